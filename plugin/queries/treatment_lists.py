"""Lists of treatments by day, paged by key: today, coming, past, and those that want a physician's reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, exists, select, tuple_

from ...models.course import Course
from ...models.patient import Patient
from ...models.practice import Procedure
from ...models.rules.states import TreatmentState
from ...models.treatment import Treatment
from ..access import leading, scoped
from ..extension import session
from ..texts import language

PAGE = 50


class When(StrEnum):
    """Which part of the list; `unusual` are entries that were late or irregular (domain 10.1 no. 14)."""

    TODAY = "today"
    COMING = "coming"
    PAST = "past"
    UNUSUAL = "unusual"


@dataclass(frozen=True, slots=True)
class ListedTreatment:
    """One session as a row of the list."""

    id: int
    planned_on: dt.date
    planned_time: str
    started_at: dt.datetime | None
    state: str
    session_no: int
    sessions_max: int
    irregular: bool
    reason_missing: bool
    billing: str
    title: str
    procedure: str
    patient_title: str
    last_name: str
    first_name: str
    birth_date: dt.date

    @property
    def key(self) -> str:
        """Where the next page begins, if this is the last row."""
        return f"{self.planned_on.isoformat()}.{self.planned_time or '-'}.{self.id}"


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows in order; `next_key` is "" on the last page."""

    rows: list[ListedTreatment]
    next_key: str


def treatment_list(when: When, today: dt.date, after: str = "", size: int = PAGE) -> ListPage:
    """One statement: it walks the index for the page's ids and looks at nothing else but them.

    A key that does not read starts the list anew.
    """
    backwards = when in (When.PAST, When.UNUSUAL)
    here = (
        select(Treatment.id)
        .where(leading(Treatment), *_part(when, today), *_after(after, backwards=backwards), ~_restricted())
        .order_by(*_order(backwards=backwards))
        .limit(size + 1)
        .subquery()
    )
    query = _rows().join(here, here.c.id == Treatment.id).order_by(*_order(backwards=backwards))
    rows = [ListedTreatment(*row) for row in session().execute(scoped(query))]
    more = len(rows) > size
    return ListPage(rows[:size], rows[size - 1].key if more else "")


def _order(*, backwards: bool) -> tuple[Any, ...]:
    columns = (Treatment.planned_on, Treatment.planned_time, Treatment.id)
    return tuple(column.desc() for column in columns) if backwards else columns


def _restricted() -> ColumnElement[bool]:
    return exists().where(Patient.id == Treatment.patient_id, Patient.restricted_since.is_not(None))


def _part(when: When, today: dt.date) -> tuple[ColumnElement[bool], ...]:
    match when:
        case When.TODAY:
            return (Treatment.planned_on == today,)
        case When.COMING:
            return Treatment.planned_on > today, Treatment.state != TreatmentState.NOT_STARTED.value
        case When.PAST:
            return (Treatment.planned_on < today,)
    unusual: Any = Treatment.irregular  # bare, so that both databases take it as a key of the index
    return (unusual,)


def _after(key: str, *, backwards: bool) -> tuple[ColumnElement[bool], ...]:
    day, _, rest = key.partition(".")
    time, _, row = rest.partition(".")
    if not (row.isascii() and row.isdigit() and len(row) < 19):
        return ()
    try:
        on = dt.date.fromisoformat(day)
    except ValueError:
        return ()
    here = tuple_(Treatment.planned_on, Treatment.planned_time, Treatment.id)
    there = tuple_(on, "" if time == "-" else time, int(row))
    return (here < there, Treatment.planned_on <= on) if backwards else (here > there, Treatment.planned_on >= on)


def _rows() -> Any:
    name = Procedure.name_en if language() == "en" else Procedure.name_de
    open_reason = Treatment.irregular & (Treatment.irregular_reason == "")
    return (
        select(
            Treatment.id, Treatment.planned_on, Treatment.planned_time, Treatment.started_at, Treatment.state,
            Treatment.session_no, Course.sessions_max, Treatment.irregular, open_reason, Treatment.billing,
            Course.title, name, Patient.title, Patient.last_name, Patient.first_name, Patient.birth_date,
        )
        .join(Course, Course.id == Treatment.course_id)
        .join(Procedure, Procedure.id == Course.procedure_id)
        .join(Patient, Patient.id == Treatment.patient_id)
    )  # fmt: skip
