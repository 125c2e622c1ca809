"""The steps of the open items: 1 to 30, 31 to 60, 61 to 90 days late, and older; the edges belong to one step each."""

from datetime import date, timedelta

import pytest

from kostenklar.models.rules.ageing import Age, age_of, due_from, due_until

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("late", "age"),
    [
        (-5, Age.NOT_DUE), (0, Age.NOT_DUE), (1, Age.TO_30), (30, Age.TO_30), (31, Age.TO_60), (60, Age.TO_60),
        (61, Age.TO_90), (90, Age.TO_90), (91, Age.OLDER), (4000, Age.OLDER),
    ],
)  # fmt: skip
def test_a_step_is_counted_in_days_past_the_day_of_payment(late, age):
    assert age_of(TODAY - timedelta(days=late), TODAY) is age


def test_the_bounds_of_the_steps_leave_no_day_out_and_take_none_twice():
    for late in range(-40, 130):
        due_on = TODAY - timedelta(days=late)
        within = [
            age for age in Age if (due_from(age, TODAY) or date.min) <= due_on <= (due_until(age, TODAY) or date.max)
        ]
        assert within == [age_of(due_on, TODAY)]
