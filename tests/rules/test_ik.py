"""The number of an insurer: form and check digit."""

import pytest

from kostenklar.models.rules.ik import ik_has_nine_digits, ik_looks_right


@pytest.mark.parametrize("number", ["108018007", "101575519", "104940005", "101560000"])
def test_published_numbers_of_funds_look_right(number):
    assert ik_looks_right(number)


@pytest.mark.parametrize("number", ["108018008", "101575591", "123"])
def test_a_slip_of_the_finger_is_noticed(number):
    assert not ik_looks_right(number)


@pytest.mark.parametrize(
    ("number", "fits"), [("108018007", True), ("10801800", False), ("10801800X", False), ("", False)]
)
def test_it_has_nine_digits(number, fits):
    assert ik_has_nine_digits(number) is fits
