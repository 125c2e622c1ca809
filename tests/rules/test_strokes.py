"""What counts as a signature drawn on a screen."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kostenklar.models.rules.strokes import (
    FIELD_HEIGHT,
    FIELD_WIDTH,
    LEAST_LENGTH,
    MOST_POINTS,
    StrokesTooMany,
    StrokesTooShort,
    StrokesUnreadable,
    length,
    read_strokes,
)

ACROSS = [[[100, 200, 0], [700, 200, 400]]]


def test_a_line_across_the_field_is_read_as_it_was_drawn():
    assert read_strokes(json.dumps(ACROSS)) == (((100, 200, 0), (700, 200, 400)),)


def test_a_dot_belongs_to_a_signature_but_is_none():
    dotted = [*ACROSS, [[900, 100, 900]]]
    assert read_strokes(json.dumps(dotted))[1] == ((900, 100, 900),)
    with pytest.raises(StrokesTooShort):
        read_strokes("[[[900,100,0]]]")


@pytest.mark.parametrize("short", ["", "  ", "[]", "[[]]", "[[[0,0,0],[149,0,5]]]", "[[[5,5,0]],[[900,5,0]]]"])
def test_what_is_shorter_than_an_eighth_of_the_field_is_no_signature(short):
    assert LEAST_LENGTH == FIELD_WIDTH / 8
    with pytest.raises(StrokesTooShort):
        read_strokes(short)


@pytest.mark.parametrize(
    "garbage",
    [
        "{", "null", "1", '"x"', "{}", "[1]", "[[1]]", "[[[1,2]]]", "[[[1,2,3,4]]]", "[[[1,2,null]]]", "[[[1.0,2,3]]]",
        "[[[NaN,2,3]]]", "[[[Infinity,2,3]]]", "[[[true,2,3]]]", '[[["1",2,3]]]', f"[[[{FIELD_WIDTH + 1},0,0]]]",
        f"[[[0,{FIELD_HEIGHT + 1},0]]]", "[[[0,-1,0]]]", "[[[0,0,-1]]]", "[[[0,0,99999999999]]]", "[" * 90_000,
        "[[[" + "1" * 5_000 + ",0,0]]]", '[[{"x":1}]]',
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_unreadable(garbage):
    with pytest.raises(StrokesUnreadable):
        read_strokes(garbage)


@pytest.mark.parametrize(
    "much", ["x" * 120_001, json.dumps([[[0, 0, 0]]] * 201), json.dumps([[[0, 0, 0]] * (MOST_POINTS + 1)])]
)
def test_more_than_anybody_signs_with_is_refused(much):
    with pytest.raises(StrokesTooMany):
        read_strokes(much)


@given(st.text(max_size=300))
def test_any_text_is_a_signature_or_is_refused_by_name(sent):
    with contextlib.suppress(StrokesTooShort, StrokesTooMany, StrokesUnreadable):
        assert length(read_strokes(sent)) >= LEAST_LENGTH


POINT = st.tuples(st.integers(0, FIELD_WIDTH), st.integers(0, FIELD_HEIGHT), st.integers(0, 60_000))


@given(st.lists(st.lists(POINT, min_size=1, max_size=30), min_size=1, max_size=8))
def test_every_drawing_inside_the_field_that_is_long_enough_comes_back_as_it_was(strokes):
    drawn = tuple(map(tuple, strokes))
    if length(drawn) >= LEAST_LENGTH:
        assert read_strokes(json.dumps(strokes)) == drawn
