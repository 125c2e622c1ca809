"""What lists and forms read about patients: the search, the list by name, likely doubles, the record, insurers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, tuple_
from sqlalchemy.orm import aliased, selectinload

from ...models.patient import Insurer, Patient, PatientKey, Policy
from ...models.rules.patient_search import Search, birth_date_key, name_prefix, range_of
from ...models.rules.payers import PolicyKind
from ..access import leading, scoped
from ..errors import NotFound
from ..extension import session

PAGE = 50
_MOST_INSURERS = 400


@dataclass(frozen=True, slots=True)
class PatientRow:
    """A patient as a list shows one; `insured` are the kinds of insurance that hold today."""

    id: int
    number: str
    title: str
    first_name: str
    last_name: str
    birth_date: dt.date
    city: str
    insured: tuple[PolicyKind, ...] = ()


@dataclass(frozen=True, slots=True)
class PatientPage:
    """A page of the list; `after` is the cursor of the next one, "" on the last."""

    rows: tuple[PatientRow, ...]
    after: str = ""


_COLUMNS = (
    Patient.id, Patient.number, Patient.title, Patient.first_name, Patient.last_name, Patient.birth_date, Patient.city,
)  # fmt: skip
# Art. 18 GDPR: what is restricted is not found at the desk; a merged record lives on in the other one
_AT_THE_DESK = and_(Patient.restricted_since.is_(None), Patient.merged_into_id.is_(None))


def patients_by_name(today: dt.date, after: str = "") -> PatientPage:
    """All patients by name, from behind the cursor `after`; two statements."""
    query: Select[*tuple[Any, ...]] = select(Patient.sort_key, *_COLUMNS).where(leading(Patient), _AT_THE_DESK)
    if place := _read_cursor(after):
        query = query.where(tuple_(Patient.sort_key, Patient.id) > place)
    return _page(query.order_by(Patient.sort_key, Patient.id), today)


def find_patients(search: Search, today: dt.date, after: str = "") -> PatientPage:
    """Who is found, in the order of the key that found them: the index is read no further than the page is long.

    One statement for each way to read what was typed until somebody is found, one for the insurances.
    """
    place = _read_cursor(after)
    for prefix in search.prefixes:
        page = _page(_matching(prefix, search.born_on, place), today)
        if page.rows:
            return page
    return PatientPage(())


def likely_same(last_name: str, birth_date: dt.date) -> tuple[PatientRow, ...]:
    """Patients with this birth date and last name, however its umlauts are written: asked about before a new one."""
    low, high = range_of(name_prefix(last_name))
    query = (
        select(*_COLUMNS)
        .where(leading(Patient), Patient.sort_key >= low, Patient.sort_key < high)
        .where(_AT_THE_DESK, Patient.birth_date == birth_date)
        .order_by(Patient.sort_key, Patient.id)
        .limit(5)
    )
    return tuple(PatientRow(*row) for row in session().execute(scoped(query)))


def patient_record(patient_id: int) -> Patient:
    """The record with telephones and representatives, for its form. Raises NotFound, also for a restricted one."""
    query = (
        select(Patient)
        .where(Patient.id == patient_id, _AT_THE_DESK)
        .options(selectinload(Patient.phones), selectinload(Patient.representatives))
    )
    found: Patient | None = session().scalar(scoped(query))
    if found is None:
        raise NotFound(f"patient {patient_id}")
    return found


def insurer_names() -> list[str]:
    """The names the practice already knows, for the field's suggestions."""
    query = select(Insurer.name).distinct().order_by(Insurer.name).limit(_MOST_INSURERS)
    return list(session().scalars(scoped(query)))


def holds_on(on: dt.date) -> ColumnElement[bool]:
    """The policies that hold on a day; an open end is open."""
    return and_(
        or_(Policy.valid_from.is_(None), Policy.valid_from <= on), or_(Policy.valid_to.is_(None), Policy.valid_to >= on)
    )


def _matching(prefix: str, born_on: tuple[dt.date, ...], place: tuple[str, int] | None) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(PatientKey.key, *_COLUMNS)
        .join(Patient, Patient.id == PatientKey.patient_id)
        .where(leading(PatientKey), _AT_THE_DESK, *(_born(prefix, born_on) if born_on else _called(prefix)))
        .order_by(PatientKey.key, PatientKey.patient_id)
    )
    if place:
        query = query.where(tuple_(PatientKey.key, PatientKey.patient_id) > place)
    return query


def _called(prefix: str) -> tuple[ColumnElement[bool], ...]:
    """Several keys of one person may begin alike: the first one shows the person."""
    low, high = range_of(prefix)
    other = aliased(PatientKey)
    earlier = exists().where(other.patient_id == PatientKey.patient_id, other.key >= low, other.key < PatientKey.key)
    return PatientKey.key >= low, PatientKey.key < high, ~earlier


def _born(prefix: str, born_on: tuple[dt.date, ...]) -> tuple[ColumnElement[bool], ...]:
    """Many have a common name, and few of them were born on one day: the birth date's own key leads."""
    low, high = range_of(prefix)
    name = aliased(PatientKey)
    called = exists().where(name.patient_id == PatientKey.patient_id, name.key >= low, name.key < high)
    return PatientKey.key.in_([birth_date_key(day) for day in born_on]), Patient.birth_date.in_(born_on), called


def _page(query: Select[*tuple[Any, ...]], today: dt.date) -> PatientPage:
    """Rows of (place, columns): one more than the page is read, which tells whether there is another page."""
    rows: list[Any] = list(session().execute(scoped(query.limit(PAGE + 1))))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    insured = _insured([row[1] for row in rows[:PAGE]], today)
    return PatientPage(
        rows=tuple(PatientRow(**_named(row), insured=insured.get(row[1], ())) for row in rows[:PAGE]),
        after=f"{last[1]}-{last[0]}" if last else "",
    )


def _named(row: Any) -> dict[str, Any]:
    """The columns of a row by name, without the key before them."""
    return {column.key: value for column, value in zip(_COLUMNS, row[1:], strict=True)}


def _insured(ids: list[int], today: dt.date) -> dict[int, tuple[PolicyKind, ...]]:
    if not ids:
        return {}
    query = select(Policy.patient_id, Policy.kind).where(Policy.patient_id.in_(ids), holds_on(today))
    found: dict[int, tuple[PolicyKind, ...]] = {}
    for patient_id, kind in session().execute(scoped(query.order_by(Policy.id))):
        found[patient_id] = (*found.get(patient_id, ()), PolicyKind(kind))
    return found


def _read_cursor(text: str) -> tuple[str, int] | None:
    """(key, id) of the last row shown; None for anything that is no cursor: then the list starts at its head."""
    number, dash, key = text.partition("-")
    if not (dash and number.isascii() and number.isdigit() and len(number) < 18) or "\x00" in key:
        return None
    return key, int(number)
