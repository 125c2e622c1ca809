"""The only place that reads the clock: rules get what it says passed in."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def now() -> dt.datetime:
    """This instant, in UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The legal date in Germany."""
    return now().astimezone(BERLIN).date()


def at_berlin(day: dt.date, time: dt.time) -> dt.datetime:
    """The instant of a wall-clock time in Germany."""
    return dt.datetime.combine(day, time, BERLIN).astimezone(dt.UTC)
