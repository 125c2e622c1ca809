"""The number on the insurance card: form and check digit."""

from __future__ import annotations

import pytest

from kostenklar.models.rules.kvnr import kvnr_looks_right


def test_a_number_with_its_check_digit_looks_right():
    assert kvnr_looks_right("A123456780")


@pytest.mark.parametrize(
    "number",
    [
        "A123456781",
        "A123456708",
        "B123456780",
        "1123456780",
        "a123456780",
        "A12345678",
        "A1234567800",
        "",
        "Ä123456780",
    ],
)
def test_any_other_looks_odd(number):
    assert not kvnr_looks_right(number)


@pytest.mark.parametrize("letter", "AMZ")
def test_exactly_one_last_digit_fits(letter):
    assert sum(kvnr_looks_right(f"{letter}98765432{digit}") for digit in range(10)) == 1
