"""A story in browsers: whoever was away for days signs in again, as in every practice in the morning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from kostenklar.tests.browser.desk import Desk
from kostenklar.tests.stories.conftest import Calendar


class Mornings:
    """The receptionist's and the physician's browser; called with a day and an hour it turns the program to it."""

    def __init__(self, sit_down: Callable[..., Desk]) -> None:
        self.calendar = Calendar()
        self.reception, self.physician = sit_down("reception"), sit_down("physician")

    def __call__(self, day: dt.date, time: str = "09:00") -> None:
        self.calendar.turn(day, time)
        for role, at in (("reception", self.reception), ("physician", self.physician)):
            at.context.clear_cookies(name="kostenklar_host")
            at.sign_in(role)
