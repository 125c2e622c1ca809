"""What lists and forms read about patients: the search, the list by name, likely doubles, the record, insurers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, tuple_
from sqlalchemy.orm import aliased, selectinload

from ...models.patient import Insurer, Patient, PatientKey, Policy
from ...models.rules.patient_search import Search, name_prefix, range_of
from ...models.rules.payers import PolicyKind
from ..access import scoped
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
    query = select(Patient.sort_key, *_COLUMNS).where(_AT_THE_DESK)
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
        .where(_AT_THE_DESK, Patient.sort_key >= low, Patient.sort_key < high, Patient.birth_date == birth_date)
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
    found = session().scalar(scoped(query))
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


def _matching(prefix: str, born_on: tuple[dt.date, ...], place: tuple[str, int] | None) -> Select[Any]:
    low, high = range_of(prefix)
    other = aliased(PatientKey)  # several keys of one person may begin alike: the first one shows the person
    earlier = exists().where(other.patient_id == PatientKey.patient_id, other.key >= low, other.key < PatientKey.key)
    query = (
        select(PatientKey.key, *_COLUMNS)
        .join(Patient, Patient.id == PatientKey.patient_id)
        .where(_AT_THE_DESK, PatientKey.key >= low, PatientKey.key < high, ~earlier)
        .order_by(PatientKey.key, PatientKey.patient_id)
    )
    if born_on:
        query = query.where(Patient.birth_date.in_(born_on))
    if place:
        query = query.where(tuple_(PatientKey.key, PatientKey.patient_id) > place)
    return query


def _page(query: Select[Any], today: dt.date) -> PatientPage:
    """Rows of (place, columns): one more than the page is read, which tells whether there is another page."""
    rows = session().execute(scoped(query.limit(PAGE + 1))).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    insured = _insured([row[1] for row in rows[:PAGE]], today)
    return PatientPage(
        rows=tuple(PatientRow(*row[1:], insured=insured.get(row[1], ())) for row in rows[:PAGE]),
        after=f"{last[1]}-{last[0]}" if last else "",
    )


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
