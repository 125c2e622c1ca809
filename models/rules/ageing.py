"""How old a receivable is: the five steps of the list of open items, counted from the day of payment."""

from datetime import date, timedelta
from enum import StrEnum


class Age(StrEnum):
    """Days past the day until which payment was asked for."""

    NOT_DUE = "not_due"
    TO_30 = "to_30"
    TO_60 = "to_60"
    TO_90 = "to_90"
    OLDER = "older"


_LAST_DAY = {Age.NOT_DUE: 0, Age.TO_30: 30, Age.TO_60: 60, Age.TO_90: 90}


def due_from(age: Age, today: date) -> date | None:
    """The earliest day of payment of this step; None for the last one, which has no beginning."""
    last = _LAST_DAY.get(age)
    return None if last is None else today - timedelta(days=last)


def due_until(age: Age, today: date) -> date | None:
    """The latest day of payment of this step; None for what is not due yet."""
    steps = list(Age)
    before = steps.index(age) - 1
    return None if before < 0 else today - timedelta(days=_LAST_DAY[steps[before]] + 1)
