"""Loads a fee schedule beside the one that holds: all of the file or nothing, the old one closed the day before."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import func, insert, select, update

from ...models.rules.schedule_file import Fault, RowFault, ScheduleRow, read_schedule
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.text_version import GoaePosition
from ..extension import session

LONGEST_NAME = 60


class FileRefused(Exception):
    """A file with faults, of which nothing was loaded."""

    def __init__(self, faults: Iterable[RowFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a file: how many numbers, which are doubtful, and which schedules it ended."""

    count: int
    doubtful: tuple[str, ...]
    ended: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule that is loaded; the end may be open."""

    name: str
    valid_from: dt.date
    valid_to: dt.date | None
    count: int
    doubtful: int


def schedules() -> list[Schedule]:
    """All schedules, the oldest first."""
    query = (
        select(
            GoaePosition.schedule, GoaePosition.valid_from, GoaePosition.valid_to, func.count(),
            func.count().filter(GoaePosition.doubtful),
        )
        .group_by(GoaePosition.schedule, GoaePosition.valid_from, GoaePosition.valid_to)
        .order_by(GoaePosition.valid_from, GoaePosition.schedule)
    )  # fmt: skip
    return [Schedule(*row) for row in session().execute(query)]


def load_schedule(data: bytes, name: str, valid_from: dt.date) -> Loaded:
    """Load a CSV file (UTF-8, comma or semicolon, columns as in models/catalogue/goae.csv) within a unit of work.

    Raises FileRefused with every fault of the file, RuleBroken for a name in use, or a day that is not later than the
    beginning of every schedule that is there: a schedule that has been charged by is never changed.
    """
    rows = read_file(data)
    _refuse_unfit(name, valid_from)
    ended = _close_before(valid_from)
    values = [asdict(row) | {"schedule": name, "valid_from": valid_from} for row in rows]
    session().execute(insert(GoaePosition), values)
    return Loaded(len(rows), tuple(row.number for row in rows if row.doubtful), ended)


def read_file(data: bytes) -> list[ScheduleRow]:
    """The file's positions. Raises FileRefused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused([RowFault(0, Fault.UNREADABLE)]) from None
    first = text.partition("\n")[0]
    reader = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True
    )
    try:
        rows, faults = read_schedule(reader.fieldnames or (), _rows(reader))
    except csv.Error:
        raise FileRefused([RowFault(reader.line_num, Fault.UNREADABLE)]) from None
    if faults:
        raise FileRefused(faults)
    return rows


def _rows(reader: csv.DictReader[str]) -> Iterator[Mapping[str, str]]:
    yield from reader


def _refuse_unfit(name: str, valid_from: dt.date) -> None:
    if not name.strip() or len(name) > LONGEST_NAME:
        raise RuleBroken([Finding("schedule_name", Severity.BLOCK, "", {"longest": str(LONGEST_NAME)})])
    if session().scalar(select(GoaePosition.id).where(GoaePosition.schedule == name).limit(1)):
        raise RuleBroken([Finding("schedule_known", Severity.BLOCK, "", {"name": name})])
    newest = session().scalar(select(func.max(GoaePosition.valid_from)))
    if newest and valid_from <= newest:
        facts = {"newest": newest.isoformat(), "valid_from": valid_from.isoformat()}
        raise RuleBroken([Finding("schedule_too_early", Severity.BLOCK, "", facts)])


def _close_before(valid_from: dt.date) -> tuple[str, ...]:
    """End what would still hold on that day, the day before; return the names of those schedules."""
    open_ended = GoaePosition.valid_to.is_(None) | (GoaePosition.valid_to >= valid_from)
    names = session().scalars(select(GoaePosition.schedule).where(open_ended).distinct()).all()
    last = valid_from - dt.timedelta(days=1)
    session().execute(
        update(GoaePosition).where(open_ended).values(valid_to=last), execution_options={"synchronize_session": False}
    )
    return tuple(sorted(names))
