"""The people of the stories at their counters, and the calendar that is turned from visit to visit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from kostenklar.plugin.clock import BERLIN
from kostenklar.tests.people import Cast
from kostenklar.tests.stories.counter import Counter


class Calendar:
    """Turns the whole program to a day and an hour; time only goes on."""

    def __init__(self) -> None:
        self._travel: time_machine.travel | None = None

    def turn(self, day: dt.date, time: str = "09:00") -> None:
        """From here on it is this hour in Berlin."""
        self.back()
        at = dt.datetime.combine(day, dt.time.fromisoformat(time), BERLIN)
        self._travel = time_machine.travel(at, tick=True)
        self._travel.start()

    def back(self) -> None:
        """To the real day."""
        if self._travel is not None:
            self._travel.stop()
            self._travel = None


@pytest.fixture
def calendar() -> Iterator[Calendar]:
    """Today, until it is turned."""
    turned = Calendar()
    yield turned
    turned.back()


@pytest.fixture
def counter(sits: Callable[..., Any], cast: Cast) -> Callable[[str | None], Counter]:
    """counter("reception"), counter("physician"), counter("owner"): who sits there, with a page open before them."""

    def at(role: str | None) -> Counter:
        return Counter(sits(role), "/kostenklar")

    return at
