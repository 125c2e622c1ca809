"""Services that the GOÄ does not list: how they are described, and which position a laser treatment equals."""

from decimal import Decimal

# Recommendation of the Bundesärztekammer, Deutsches Ärzteblatt 3/2002: upper limit of the area in cm², position.
_LASER_STEPS = ((Decimal(7), "2440"), (Decimal(21), "2885"))
_LASER_LARGE = "2886"


def analog_text(service: str, number: str, name: str) -> str:
    """The line's text: what was rendered, "entsprechend", number and name of the equal service (§ 12(4) GOÄ).

    German on every paper, also on an English one: the ordinance prescribes the word.
    """
    return f"{service.strip()}, entsprechend Nr. {number} GOÄ „{name.strip()}“ (§ 6 Abs. 2 GOÄ)"


def laser_position(total_area_cm2: Decimal) -> str:
    """The GOÄ number proposed for the whole area of one session in cm², all sites and lasers together.

    18 cm² and 4 cm² are one 2886. A proposal: the physician decides. Raises ValueError for an area that is none.
    """
    if not total_area_cm2.is_finite() or total_area_cm2 <= 0:
        raise ValueError(f"no area: {total_area_cm2}")
    for limit, number in _LASER_STEPS:
        if total_area_cm2 <= limit:
            return number
    return _LASER_LARGE
