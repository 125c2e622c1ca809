"""Runs the ways of the demo's patients hour by hour: each step at its own time, in the name of whoever does it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from ..models.rules.holidays import FIRST_YEAR, LAST_YEAR, FederalState, is_public_holiday
from . import clock
from .demo_money_file import MoneyFile
from .demo_people import PEOPLE
from .demo_plot import SESSION, Case, Step
from .demo_practice import PHYSICIAN, House
from .extension import session

_APART: Final = dt.timedelta(minutes=20)  # not everybody comes at once
_SLOTS: Final = 14
_FRIDAY: Final = 4


class Entry(NamedTuple):
    """A line of the diary; entries sort by their instant, then as they were written."""

    at: dt.datetime
    place: int
    file: MoneyFile
    do: partial[None]
    who: str


def run(house: House, cases: Sequence[Case], now: dt.datetime) -> None:
    """Let everything happen in its order, so that numbers rise with their days. Runs inside a unit of work."""
    entries: list[Entry] = []
    for index, case in enumerate(cases):
        file = MoneyFile(house, PEOPLE[case.person], case.wish, case.factors, case.performer)
        entries += _diary(file, case, index, now)
    for entry in sorted(entries, key=lambda entry: (entry.at, entry.place)):
        with clock.frozen(entry.at), house.sits(entry.who):
            entry.do()
            session().flush()
            session().expire_all()  # the next one reads what is there, as every request does


def workday(today: dt.date, days: int) -> dt.date:
    """`days` from today; the past moves back to a day on which a practice in Cologne is open, the future on to one."""
    day, step = today + dt.timedelta(days=days), dt.timedelta(days=-1 if days < 0 else 1)
    while days and _closed(day):
        day += step
    return day


def _diary(file: MoneyFile, case: Case, index: int, now: dt.datetime) -> Iterator[Entry]:
    today, last = now.astimezone(clock.BERLIN).date(), dt.datetime.min.replace(tzinfo=dt.UTC)
    shift = _APART * (index % _SLOTS)
    for place, (step, session_day) in enumerate(_steps(case)):
        day = workday(today, session_day + step.day)
        planned = clock.at_berlin(day, _later(step.time, shift))
        last = min(max(planned, last + dt.timedelta(minutes=1)), now)  # today's steps, where today is still young
        on, at = workday(today, session_day), _later("08:30", shift)
        yield Entry(last, index * 100 + place, file, _deed(file, case, step, on, at), _who(file, step))


def _steps(case: Case) -> Iterator[tuple[Step, int]]:
    """(step, day of its session) of a case in its order."""
    first, *_ = days = (*case.before, case.day)
    way = [(step._replace(day=step.day - case.lead), first) for step in case.opening]
    way += [(step, first) for step in case.between]
    for day in days:
        way += [(step, day) for step in SESSION]
    verbs = [step.verb for step, _ in way]
    end = len(verbs) - verbs[::-1].index(case.until)
    yield from (pair for pair in way[:end] if pair[0].verb not in case.without)
    yield from ((step, case.day) for step in case.then)


def _deed(file: MoneyFile, case: Case, step: Step, on: dt.date, at: dt.time) -> partial[None]:
    verb = case.instead.get(step.verb, step.verb)
    if verb == "plan":
        return partial(file.plan, on, at)
    if verb == "late":
        return partial(file.record_late, on, at)
    return partial(getattr(file, verb))


def _who(file: MoneyFile, step: Step) -> str:
    """Whether a minor understands what is done is a physician's judgement."""
    return PHYSICIAN if step.verb == "recheck" and file.person.age is not None else step.who


def _later(time: str, shift: dt.timedelta) -> dt.time:
    return (dt.datetime.combine(dt.date.min, dt.time.fromisoformat(time)) + shift).time()


def _closed(day: dt.date) -> bool:
    holiday = FIRST_YEAR <= day.year <= LAST_YEAR and is_public_holiday(day, FederalState.NW)
    return day.weekday() > _FRIDAY or holiday
