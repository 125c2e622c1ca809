"""What the pages of clarifications read: the list by what is to be done, one case with all about it, its history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import joinedload

from ...models.clarification import Clarification
from ...models.course import Course
from ...models.estimate import Estimate
from ...models.ledger import Move
from ...models.paper import IssuedPaper
from ...models.patient import Insurer, Patient, Policy
from ...models.practice import Practice
from ...models.rules.case_states import ClarificationState
from ...models.rules.clarification_clock import payer_role
from ...models.rules.payers import PolicyKind
from ..access import leading, scoped
from ..errors import NotFound
from ..extension import session
from .clarification_status import AWAITING, shown_state

PAGE = 50
S = ClarificationState


class Part(StrEnum):
    """The parts of the list: who has to do something."""

    OURS = "ours"
    WAITING = "waiting"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    DONE = "done"


_STATES: Final = {
    Part.OURS: (S.DRAFT, S.ESTIMATE_ISSUED, S.READY, S.DOCUMENTS_REQUESTED, S.OBJECTION),
    Part.WAITING: (S.WITH_PATIENT, S.SUBMITTED, S.ACKNOWLEDGED),
    Part.OVERDUE: (S.OVERDUE,),
    Part.ANSWERED: (S.ANSWERED, S.PRESUMED),
    Part.DONE: (S.NOT_REQUIRED, S.CLOSED, S.EXPIRED, S.CANCELLED),
}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in the list; `state` as it is today."""

    id: int
    number: str
    state: str
    stored: str
    payer: str
    payer_role: str
    due_on: dt.date | None
    remind_on: dt.date | None
    statutory_clock: bool
    decision: str
    told_on: dt.date | None
    round: int
    course_id: int
    title: str
    patient_id: int
    last_name: str
    first_name: str
    patient_title: str
    birth_date: dt.date


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page; `more` is the id behind which the next one begins, None at the end."""

    rows: tuple[CaseRow, ...]
    more: int | None


def case_list(part: Part, today: dt.date, after: int | None = None) -> CaseList:
    """The newest first, in one statement; whoever is restricted is left out."""
    query = _rows().where(leading(Clarification), _in_part(part, today), Patient.restricted_since.is_(None))
    if after is not None:
        query = query.where(Clarification.id < after)
    found = _read(query.order_by(Clarification.id.desc()).limit(PAGE + 1), today)
    return CaseList(tuple(found[:PAGE]), found[PAGE - 1].id if len(found) > PAGE else None)


def to_look_at(today: dt.date, most: int) -> list[CaseRow]:
    """Cases that are late or whose reminder is due, the longest first: for today's page, in one statement."""
    due = and_(Clarification.state.in_(sorted(AWAITING)), Clarification.due_on < today)
    asked = Clarification.state.in_((S.WITH_PATIENT.value, S.DOCUMENTS_REQUESTED.value))
    remind = and_(asked, Clarification.remind_on <= today)
    late = or_(Clarification.state == S.OVERDUE.value, due, remind)
    open_states = sorted({*AWAITING, S.OVERDUE.value, S.WITH_PATIENT.value})
    query = (
        _rows()
        .where(leading(Clarification), Clarification.state.in_(open_states), late, Patient.restricted_since.is_(None))
        .order_by(func.coalesce(Clarification.due_on, Clarification.remind_on), Clarification.id)
        .limit(most)
    )
    rows = _read(query, today)
    reminded = [S.WITH_PATIENT.value, S.DOCUMENTS_REQUESTED.value]
    return [
        row
        for row in rows
        if row.state == S.OVERDUE.value or (row.state in reminded and row.remind_on and row.remind_on <= today)
    ]


def case_record(clarification_id: int) -> Clarification:
    """The case with insurer, policy and estimate. Raises NotFound."""
    query = (
        select(Clarification)
        .where(Clarification.id == clarification_id)
        .options(
            joinedload(Clarification.insurer),
            joinedload(Clarification.policy),
            joinedload(Clarification.estimate).selectinload(Estimate.lines),
        )
    )
    case: Clarification | None = session().scalar(scoped(query))
    if case is None:
        raise NotFound(f"clarification {clarification_id}")
    return case


@dataclass(frozen=True, slots=True)
class PaperLink:
    """An issued paper of the case."""

    id: int
    number: str
    issued_on: dt.date


def papers_of_case(case: Clarification) -> dict[str, PaperLink]:
    """Kind -> the letter and the information that hold for the case now."""
    ids = [paper_id for paper_id in (case.query_paper_id, case.outcome_paper_id) if paper_id]
    query: Any = select(IssuedPaper.kind, IssuedPaper.id, IssuedPaper.number, IssuedPaper.issued_on)
    if not ids:
        return {}
    rows = session().execute(scoped(query.where(IssuedPaper.id.in_(ids))))
    return {kind: PaperLink(*rest) for kind, *rest in rows}


@dataclass(frozen=True, slots=True)
class CaseMove:
    """One move of the case."""

    step: str
    at: dt.datetime
    who: str
    reason: str


def moves_of_case(clarification_id: int) -> list[CaseMove]:
    """The newest first."""
    query: Any = (
        select(Move.step, Move.at, Move.actor_name, Move.reason)
        .where(Move.noun == "clarification", Move.record_id == clarification_id)
        .order_by(Move.id.desc())
    )
    return [CaseMove(*row) for row in session().execute(scoped(query))]


@dataclass(frozen=True, slots=True)
class PolicyChoice:
    """A policy that holds and somebody can be asked about."""

    id: int
    kind: PolicyKind
    insurer: str
    holder: str


def policies_to_ask(patient_id: int, on: dt.date) -> list[PolicyChoice]:
    """The patient's policies that hold on that day, without those that leave nobody to ask."""
    query: Any = (
        select(Policy.id, Policy.kind, func.coalesce(Insurer.name, ""), Policy.holder_name)
        .join(Insurer, Insurer.id == Policy.insurer_id, isouter=True)
        .where(
            Policy.patient_id == patient_id,
            or_(Policy.valid_from.is_(None), Policy.valid_from <= on),
            or_(Policy.valid_to.is_(None), Policy.valid_to >= on),
        )
        .order_by(Policy.id)
    )
    found = [PolicyChoice(key, PolicyKind(kind), *rest) for key, kind, *rest in session().execute(scoped(query))]
    return [policy for policy in found if payer_role(policy.kind)]


def federal_state_of(practice_id: int) -> str:
    """The state whose holidays count."""
    found: str = session().scalars(select(Practice.federal_state).where(Practice.id == practice_id)).one()
    return found


def _in_part(part: Part, today: dt.date) -> ColumnElement[bool]:
    """What is late by its date counts as overdue before the daily job has moved it."""
    states = Clarification.state.in_([state.value for state in _STATES[part]])
    late = and_(Clarification.state.in_(sorted(AWAITING)), func.coalesce(Clarification.due_on, today) < today)
    if part is Part.OVERDUE:
        return or_(states, late)
    return and_(states, not_(late)) if part in (Part.OURS, Part.WAITING) else states


def _rows() -> Select[Any]:
    query: Any = (
        select(
            Clarification.id, Clarification.number, Clarification.state, func.coalesce(Insurer.name, ""),
            Clarification.payer_role, Clarification.due_on, Clarification.remind_on, Clarification.statutory_clock,
            Clarification.decision, Clarification.told_on, Clarification.round, Clarification.course_id, Course.title,
            Patient.id, Patient.last_name, Patient.first_name, Patient.title, Patient.birth_date,
            Practice.federal_state,
        )
        .join(Course, Course.id == Clarification.course_id)
        .join(Patient, Patient.id == Clarification.patient_id)
        .join(Practice, Practice.id == Clarification.practice_id)
        .join(Insurer, Insurer.id == Clarification.insurer_id, isouter=True)
    )  # fmt: skip
    return cast(Select[Any], query)


def _read(query: Select[Any], today: dt.date) -> list[CaseRow]:
    rows = []
    for key, number, stored, payer, role, due_on, *rest, federal in session().execute(scoped(query)):
        state = shown_state(stored, due_on, federal, today)
        rows.append(CaseRow(key, number, state, stored, payer, role, due_on, *rest))
    return rows
