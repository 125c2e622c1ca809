"""The planned sessions of a coming day with what each still lacks: the statements do not grow with the sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import exists, func, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from ...models.clarification import Clarification
from ...models.estimate import FeeAgreement
from ...models.paper import IssuedPaper
from ...models.patient import Insurer, Patient, Policy
from ...models.practice import Staff
from ...models.rules.case_states import FeeAgreementState
from ...models.rules.gate_facts import GateItem
from ...models.rules.payers import PayerKind, PolicyKind, payer_of
from ...models.rules.states import ConsentState, CostNoticeState, TreatmentState
from ...models.treatment import Treatment
from ..access import leading, scoped
from ..extension import session
from ..texts import language
from .gate_batch import gates, places_among
from .gate_links import Places
from .gate_records import CourseRecords

PAGE: Final = 40
DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class PaperToPrint:
    """An issued paper that still waits for its signature, or for being handed over."""

    id: int
    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A planned session; `cases` are (payer's name, state) of its course's clarifications, the newest first."""

    treatment: Treatment
    records: CourseRecords
    items: tuple[GateItem, ...]
    where: Places
    payer: PayerKind
    insurers: tuple[str, ...]
    cases: tuple[tuple[str, str], ...]
    papers: tuple[PaperToPrint, ...]

    @property
    def procedure(self) -> str:
        """The procedure's name in the reader's language."""
        procedure = self.records.course.procedure
        return procedure.name_en if language() == "en" else procedure.name_de


@dataclass(frozen=True, slots=True)
class DayPage:
    """At most PAGE sessions of a day; `after` is the cursor of the next page, "" on the last."""

    on: dt.date
    sessions: tuple[PlannedSession, ...] = ()
    after: str = ""


def coming_days(today: dt.date) -> list[tuple[dt.date, int]]:
    """(day, planned sessions) of the next days that have any."""
    query = (
        select(Treatment.planned_on, func.count(Treatment.id))
        .where(leading(Treatment), Treatment.planned_on > today, *_PLANNED)
        .group_by(Treatment.planned_on)
        .order_by(Treatment.planned_on)
        .limit(DAYS)
    )
    return [(on, count) for on, count in session().execute(scoped(query))]


def day_page(on: dt.date, today: dt.date, after: str = "") -> DayPage:
    """The sessions of a day from behind the cursor, in about twenty statements whatever their number."""
    treatments = _treatments(on, after)
    shown = treatments[:PAGE]
    if not shown:
        return DayPage(on)
    read, course_ids = gates(shown, on, today), {each.course_id for each in shown}
    agreements, cases = _agreements(course_ids), _cases(course_ids)
    insurers = _insurers({each.patient_id for each in shown}, on)
    papers = _papers([_paper_ids(read[each.id][0], agreements.get(each.course_id)) for each in shown])
    sessions = []
    for each in shown:
        records, items = read[each.id]
        agreement = agreements.get(each.course_id)
        ids = _paper_ids(records, agreement)
        sessions.append(
            PlannedSession(
                treatment=each, records=records, items=items,
                where=places_among(records, each.id, agreement[0] if agreement else None),
                payer=payer_of(PolicyKind(policy.kind) for policy in records.policies if _holds(policy, on)),
                insurers=tuple(insurers.get(each.patient_id, ())), cases=tuple(cases.get(each.course_id, ())),
                papers=tuple(papers[paper_id] for paper_id in ids if paper_id in papers),
            )
        )  # fmt: skip
    last = shown[-1]
    return DayPage(on, tuple(sessions), f"{last.planned_time}-{last.id}" if len(treatments) > PAGE else "")


_PLANNED: Final[tuple[Any, ...]] = (
    Treatment.state == TreatmentState.PLANNED.value,
    ~exists().where(Patient.id == Treatment.patient_id, Patient.restricted_since.is_not(None)),
)


def _treatments(on: dt.date, after: str) -> list[Treatment]:
    query = (
        select(Treatment)
        .where(leading(Treatment), Treatment.planned_on == on, *_PLANNED)
        .options(
            joinedload(Treatment.performed_by).joinedload(Staff.physician),
            joinedload(Treatment.supervised_by).joinedload(Staff.physician),
            joinedload(Treatment.device),
            selectinload(Treatment.sites),
            selectinload(Treatment.overrides),
        )
        .order_by(Treatment.planned_time, Treatment.id)
        .limit(PAGE + 1)
    )
    time, dash, number = after.partition("-")
    if dash and number.isascii() and number.isdigit() and len(number) < 18 and "\x00" not in time:
        query = query.where(tuple_(Treatment.planned_time, Treatment.id) > (time, int(number)))
    return list(session().scalars(scoped(query)))


def _holds(policy: Policy, on: dt.date) -> bool:
    return (policy.valid_from or on) <= on <= (policy.valid_to or on)


def _insurers(patient_ids: Collection[int], on: dt.date) -> dict[int, list[str]]:
    query = (
        select(Policy.patient_id, Insurer.name, Policy.valid_from, Policy.valid_to)
        .join(Insurer, Insurer.id == Policy.insurer_id)
        .where(Policy.patient_id.in_(patient_ids))
        .order_by(Policy.id)
    )
    found: dict[int, list[str]] = {}
    for patient_id, name, valid_from, valid_to in session().execute(scoped(query)):
        if (valid_from or on) <= on <= (valid_to or on) and name not in found.setdefault(patient_id, []):
            found[patient_id].append(name)
    return found


def _cases(course_ids: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    query = (
        select(Clarification.course_id, func.coalesce(Insurer.name, ""), Clarification.state)
        .join(Insurer, Insurer.id == Clarification.insurer_id, isouter=True)
        .where(Clarification.course_id.in_(course_ids), Clarification.state.not_in(("cancelled", "expired")))
        .order_by(Clarification.id.desc())
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for course_id, name, state in session().execute(scoped(query)):
        found.setdefault(course_id, []).append((name, state))
    return found


def _agreements(course_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """(id, paper's id) of each course's § 2 agreement that waits for ink."""
    query = select(FeeAgreement.course_id, FeeAgreement.id, FeeAgreement.paper_id).where(
        FeeAgreement.course_id.in_(course_ids), FeeAgreement.state == FeeAgreementState.PREPARED.value
    )
    rows = session().execute(scoped(query.order_by(FeeAgreement.id)))
    return {course_id: (key, paper_id) for course_id, key, paper_id in rows}


def _paper_ids(records: CourseRecords, agreement: tuple[int, int] | None) -> list[int]:
    """The unsigned papers of a course as they are laid before the patient: consent, costs, § 2 agreement."""
    found = [each.paper_id for each in records.consents if each.state == ConsentState.PREPARED.value]
    for each in records.notices:
        handed = each.with_agreement and each.state == CostNoticeState.HANDED.value
        if handed or each.state == CostNoticeState.PREPARED.value:
            found.append(each.paper_id)
    return found + ([agreement[1]] if agreement else [])


def _papers(ids: list[list[int]]) -> dict[int, PaperToPrint]:
    wanted = {paper_id for each in ids for paper_id in each}
    if not wanted:
        return {}
    query = select(IssuedPaper.id, IssuedPaper.kind, IssuedPaper.number).where(IssuedPaper.id.in_(wanted))
    return {row[0]: PaperToPrint(*row) for row in session().execute(scoped(query))}
