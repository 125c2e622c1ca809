"""Every pair of text and ground in both themes can be read: WCAG 2.2 AA, computed from the stylesheet."""

import re
from pathlib import Path

import pytest

from kostenklar import plugin

CSS = (Path(plugin.__file__).parent / "static" / "kostenklar.css").read_text("utf-8")
STATES = ("open", "waiting", "overdue", "done", "blocked")
GROUNDS = ("page", "surface")

TEXT_PAIRS = [
    *((text, ground) for text in ("text", "muted") for ground in ("page", "surface", "sunken")),
    ("text", "accent-soft"),  # the row under the pointer, a quiet button under it
    *((state, f"{state}-soft") for state in STATES),  # a badge; "ended" is muted on sunken
    *((state, "surface") for state in STATES),  # an icon in a card, an error sentence
    ("blocked", "page"),  # an error sentence outside a card
    *(("text", f"{state}-soft") for state in STATES),  # a note
    *(("accent", ground) for ground in GROUNDS),  # a link
    *(("accent-strong", ground) for ground in GROUNDS),
    ("accent-strong", "accent-soft"),  # the current place
    ("on-accent", "accent"),  # the primary button
    ("on-accent", "accent-strong"),
]
EDGE_PAIRS = [
    *(("edge", ground) for ground in GROUNDS),  # a field
    *(("focus", ground) for ground in (*GROUNDS, "sunken", "accent-soft")),
    *((state, "surface") for state in STATES),  # red bar, timeline
    ("accent", "surface"),
    *((state, "page") for state in ("done", "open", "waiting", "overdue")),  # steps, bars of notes
]


def colours(theme):
    block = re.search(rf'\[data-bs-theme="{theme}"\] {{(.*?)}}', CSS, re.DOTALL)
    assert block
    return dict(re.findall(r"--kk-([\w-]+): (#[0-9a-f]{3,6});", block[1]))


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_the_one_of_wcag():
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids=" on ".join)
def test_text_can_be_read(theme, pair):
    found = colours(theme)
    assert contrast(found[pair[0]], found[pair[1]]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("pair", EDGE_PAIRS, ids=" on ".join)
def test_edges_and_focus_can_be_seen(theme, pair):
    found = colours(theme)
    assert contrast(found[pair[0]], found[pair[1]]) >= 3


def test_both_themes_know_the_same_colours():
    assert colours("light").keys() == colours("dark").keys()


def test_no_colour_comes_straight_from_bootstrap():
    for file in (Path(plugin.__file__).parent.parent / "templates").rglob("*.html"):
        text = file.read_text("utf-8")
        assert not re.search(r"\b(text|bg|btn|alert|badge)-(danger|warning|success|info|dark|light)\b", text), file
        assert " style=" not in text, file
