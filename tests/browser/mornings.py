"""A story in browsers: whoever was away for days signs in again, as in every practice in the morning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from kostenklar.tests.browser.desk import Desk
from kostenklar.tests.stories.conftest import Calendar


class Mornings:
    """Their browsers; called with a day and an hour it turns the program to it. The owner comes in when asked for."""

    def __init__(self, sit_down: Callable[..., Desk]) -> None:
        self.calendar = Calendar()
        self._sit_down = sit_down
        self.reception, self.physician = sit_down("reception"), sit_down("physician")
        self.present = {"reception": self.reception, "physician": self.physician}

    @property
    def owner(self) -> Desk:
        """The owner's browser."""
        if "owner" not in self.present:
            self.present["owner"] = self._sit_down("owner")
        return self.present["owner"]

    def __call__(self, day: dt.date, time: str = "09:00") -> None:
        self.calendar.turn(day, time)
        for role, at in self.present.items():
            at.context.clear_cookies(name="kostenklar_host")
            at.sign_in(role)
