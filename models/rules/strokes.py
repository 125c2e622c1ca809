"""A signature drawn on a screen: what counts as one, read from what a stranger's browser sent."""

import json
from itertools import pairwise
from math import hypot

Stroke = tuple[tuple[int, int, int], ...]
"""Points (x, y, milliseconds since the first one) in the units of the field."""

FIELD_WIDTH = 1200
FIELD_HEIGHT = 400
MOST_BYTES = 120_000
MOST_STROKES = 200
MOST_POINTS = 5_000
LONGEST_MS = 3_600_000
LEAST_LENGTH = 150.0  # an eighth of the field: a dot, a slip of the finger and a tick are no signature


class StrokesUnreadable(ValueError):
    """What arrived is no drawing of the signature field."""


class StrokesTooMany(ValueError):
    """More than anybody signs with."""


class StrokesTooShort(ValueError):
    """Nothing, or hardly more than a dot, was drawn."""


def read_strokes(sent: str) -> tuple[Stroke, ...]:
    """The strokes in `sent`, a JSON list of lists of [x, y, ms]; every point is checked before anything is kept.

    Raises StrokesUnreadable, StrokesTooMany, StrokesTooShort.
    """
    if not sent.strip():
        raise StrokesTooShort("nothing was drawn")
    if len(sent) > MOST_BYTES:
        raise StrokesTooMany(f"{len(sent)} characters")
    try:
        found = json.loads(sent, parse_constant=_refused)
    except (
        ValueError,
        RecursionError,
    ) as error:  # also brackets a thousand deep
        raise StrokesUnreadable("no JSON") from error
    strokes = _strokes(found)
    if length(strokes) < LEAST_LENGTH:
        raise StrokesTooShort("hardly more than a dot")
    return strokes


def length(strokes: tuple[Stroke, ...]) -> float:
    """How far the pen went on the field."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for stroke in strokes for a, b in pairwise(stroke))


def _refused(constant: str) -> None:
    raise ValueError(constant)  # NaN and Infinity are no JSON


def _strokes(found: object) -> tuple[Stroke, ...]:
    if not isinstance(found, list) or not all(isinstance(stroke, list) for stroke in found):
        raise StrokesUnreadable("no list of strokes")
    if len(found) > MOST_STROKES or sum(map(len, found)) > MOST_POINTS:
        raise StrokesTooMany(f"{len(found)} strokes")
    return tuple(tuple(_point(point) for point in stroke) for stroke in found if stroke)


def _point(found: object) -> tuple[int, int, int]:
    if not isinstance(found, list) or len(found) != 3:
        raise StrokesUnreadable("no point")
    x, y, ms = found
    for value, most in ((x, FIELD_WIDTH), (y, FIELD_HEIGHT), (ms, LONGEST_MS)):
        if type(value) is not int or not 0 <= value <= most:  # True is an int, too
            raise StrokesUnreadable("a point outside the field")
    return x, y, ms
