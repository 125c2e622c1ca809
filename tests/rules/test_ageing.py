"""The steps of the open items: 1 to 30, 31 to 60, 61 to 90 days late, and older; the edges belong to one step each."""

from datetime import date, timedelta

import pytest

from kostenklar.models.rules.ageing import Age, due_from, due_until

TODAY = date(2026, 11, 22)


def steps(late):
    """The steps within whose bounds a day of payment so many days ago lies."""
    due_on = TODAY - timedelta(days=late)
    return [age for age in Age if (due_from(age, TODAY) or date.min) <= due_on <= (due_until(age, TODAY) or date.max)]


@pytest.mark.parametrize(
    ("late", "age"),
    [
        (-5, Age.NOT_DUE), (0, Age.NOT_DUE), (1, Age.TO_30), (30, Age.TO_30), (31, Age.TO_60), (60, Age.TO_60),
        (61, Age.TO_90), (90, Age.TO_90), (91, Age.OLDER), (4000, Age.OLDER),
    ],
)  # fmt: skip
def test_a_step_is_counted_in_days_past_the_day_of_payment(late, age):
    assert steps(late) == [age]


def test_the_bounds_of_the_steps_leave_no_day_out_and_take_none_twice():
    assert {len(steps(late)) for late in range(-40, 130)} == {1}
