"""The only place that reads the clock: rules get what it says passed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")

_stopped: ContextVar[dt.datetime | None] = ContextVar("kostenklar_stopped_clock", default=None)


def now() -> dt.datetime:
    """This instant, in UTC."""
    return _stopped.get() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The legal date in Germany."""
    return now().astimezone(BERLIN).date()


def at_berlin(day: dt.date, time: dt.time) -> dt.datetime:
    """The instant of a wall-clock time in Germany."""
    return dt.datetime.combine(day, time, BERLIN).astimezone(dt.UTC)


@contextmanager
def frozen(at: dt.datetime) -> Iterator[None]:
    """Let the clock stand at an instant: the demo practice has a past. The database's own, for the audit, runs on."""
    token = _stopped.set(at)
    try:
        yield
    finally:
        _stopped.reset(token)
