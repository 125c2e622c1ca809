"""Who a caller asks about: found by a number of ours, a name as heard, a birth date or a telephone number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import and_, func, select

from ...models.clarification import Clarification
from ...models.paper import IssuedPaper
from ...models.patient import Patient
from ...models.rules.case_states import OPEN_CASES
from ...models.rules.numbering import NumberKind
from ...models.rules.patient_search import read_search, sounding_like
from ...models.rules.reference import Reference, read_reference
from ..access import leading, scoped
from ..extension import session
from .patients import PAGE, PatientRow, find_patients

OPEN_STATES: Final = tuple(sorted(state.value for state in OPEN_CASES))
_AT_THE_DESK = and_(Patient.restricted_since.is_(None), Patient.merged_into_id.is_(None))


@dataclass(frozen=True, slots=True)
class Hit:
    """A patient who may be meant; `sounds`: only the sound of the name fits."""

    row: PatientRow
    open_cases: int
    sounds: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Who may be meant; `straight` is the patient who alone is meant, `reference` the number that was typed."""

    hits: tuple[Hit, ...] = ()
    straight: int | None = None
    reference: str = ""
    more: bool = False


def find_caller(typed: str, today: dt.date) -> Found:
    """At most seven statements, whatever was typed and however many there are."""
    reference = read_reference(typed, today.year)
    if reference and len(people := patients_behind(reference)) == 1:
        return Found(straight=people[0], reference=reference.numbers[0])
    search = read_search(typed)
    page = find_patients(search, today) if search else None
    exact = page.rows if page else ()
    if search.born_on and len(exact) == 1:
        return Found(straight=exact[0].id)
    alike = () if reference else find_patients(sounding_like(search, typed), today).rows
    known = {row.id for row in exact}
    rows = [*exact, *(row for row in alike if row.id not in known)][:PAGE]
    cases = _open_cases([row.id for row in rows])
    hits = tuple(Hit(row, cases.get(row.id, 0), sounds=row.id not in known) for row in rows)
    more = bool(page and page.after) or len(alike) == PAGE
    return Found(hits, reference=reference.numbers[0] if reference else "", more=more)


def patients_behind(reference: Reference) -> list[int]:
    """Patients to whom a number belongs, of the likeliest reading that leads to anybody; never restricted ones."""
    number, query = _numbered(reference)
    found: dict[str, list[int]] = {}
    for text, patient_id in session().execute(scoped(query.where(number.in_(reference.numbers)))):
        found.setdefault(text, []).append(patient_id)
    for text in reference.numbers:
        if text in found:
            return sorted(set(found[text]))
    return []


def _numbered(reference: Reference) -> tuple[Any, Any]:
    if reference.kind is NumberKind.PATIENT:
        return Patient.number, select(Patient.number, Patient.id).where(leading(Patient), _AT_THE_DESK)
    if reference.kind is NumberKind.CLARIFICATION:
        cases = select(Clarification.number, Patient.id).join(Patient, Patient.id == Clarification.patient_id)
        return Clarification.number, cases.where(leading(Clarification), _AT_THE_DESK)
    papers = select(IssuedPaper.number, Patient.id).join(Patient, Patient.id == IssuedPaper.patient_id)
    kind = IssuedPaper.kind == reference.kind.value  # a paper's kind is that of its number
    return IssuedPaper.number, papers.where(leading(IssuedPaper), kind, _AT_THE_DESK)


def _open_cases(patient_ids: Iterable[int]) -> dict[int, int]:
    ids = list(patient_ids)
    if not ids:
        return {}
    query = (
        select(Clarification.patient_id, func.count(Clarification.id))
        .where(Clarification.patient_id.in_(ids), Clarification.state.in_(OPEN_STATES))
        .group_by(Clarification.patient_id)
    )
    return {patient_id: count for patient_id, count in session().execute(scoped(query))}  # noqa: C416  # a Row is no pair to mypy
