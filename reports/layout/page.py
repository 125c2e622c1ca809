"""The sheet: DIN 5008 form B on A4, all measures in points from the upper left corner."""

from typing import Final

MM: Final = 72 / 25.4


class Sheet:
    """Where the parts of a letter stand."""

    width = 210 * MM
    height = 297 * MM
    left = 25 * MM
    right = 190 * MM
    text_width = right - left

    head_top = 12 * MM
    head_name_width = 92 * MM
    head_name_height = 13 * MM
    head_people_height = 12 * MM
    head_contact_left = 125 * MM
    head_contact_height = 25 * MM
    head_rule = 40 * MM

    # The window of the envelope shows 85 x 45 mm at 20/45; text keeps 5 mm from its left edge and 3 from its right.
    address_left = 20 * MM
    address_top = 45 * MM
    address_width = 85 * MM
    address_height = 45 * MM
    address_text_left = 25 * MM
    address_text_width = 77 * MM
    return_line_bottom = 62.2 * MM  # the upper 17.7 mm are for the return line and endorsements
    return_line_height = 17.2 * MM
    recipient_top = 63 * MM
    recipient_height = 26.5 * MM

    info_left = 125 * MM
    info_label_width = 28 * MM
    info_top = 50 * MM
    draft_word = 47.5 * MM

    body_top = 98.5 * MM
    body_gap = 8 * MM
    body_top_next = 27 * MM
    body_bottom = 263 * MM
    running_head = 15 * MM

    page_number = 267 * MM
    foot_rule = 269.5 * MM
    foot_top = 271 * MM
    foot_height = 17 * MM
    foot_columns = ((25 * MM, 58 * MM), (86 * MM, 58 * MM), (147 * MM, 43 * MM))

    mark_left = 4 * MM
    mark_right = 8 * MM
    fold_marks = (105 * MM, 210 * MM)
    hole_mark = 148.5 * MM


TEXT: Final = 10.0
SMALL: Final = 8.0
TITLE: Final = 14.0
LEADING: Final = 13.0
SMALL_LEADING: Final = 10.0
TITLE_LEADING: Final = 18.0
HAIRLINE: Final = 0.4

# The practice's rule is the only colour; whatever matters is black (a fax must read the same).
PETROL: Final = (11 / 255, 92 / 255, 102 / 255)
