"""How clarifications stand, one line each: for the pages of patient, course, treatment, estimate and invoice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select

from ...models.clarification import Clarification, ClarificationAnswer
from ...models.patient import Insurer
from ...models.practice import Practice
from ...models.rules.case_states import ClarificationState
from ...models.rules.clarification_clock import due_day
from ...models.rules.holidays import FederalState
from .. import formats
from ..access import scoped
from ..clarification_words import DECIDED, SAID, STATES
from ..extension import session
from ..texts import kt
from .clarification_answers import standing_of
from .gate_links import address

S = ClarificationState
AWAITING: Final = frozenset(state.value for state in (S.SUBMITTED, S.ACKNOWLEDGED, S.DOCUMENTS_REQUESTED))
_SPOKEN: Final = frozenset(state.value for state in (S.ANSWERED, S.CLOSED))
_MOST = 20


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """One payer's case: `state` as it is today, `colour` as the macro `state` knows it, `sentence` to be read aloud."""

    id: int
    course_id: int
    number: str
    payer: str
    payer_role: str
    state: str
    word: str
    sentence: str
    colour: str
    url: str
    started_before_answer: bool


def status_of_course(course_id: int, today: dt.date) -> tuple[CaseStatus, ...]:
    """The course's cases, the oldest first; two statements, one where nobody has answered."""
    return _statuses(Clarification.course_id == course_id, today)


def status_of_patient(patient_id: int, today: dt.date) -> tuple[CaseStatus, ...]:
    """The cases of all courses of a patient."""
    return _statuses(Clarification.patient_id == patient_id, today)


def shown_state(state: str, due_on: dt.date | None, federal_state: str, today: dt.date) -> str:
    """The state as it is today: what is late is overdue, whether or not the daily job has run."""
    if state in AWAITING and due_on and due_day(due_on, FederalState(federal_state)).is_late(today):
        return S.OVERDUE.value
    return state


def _statuses(where: ColumnElement[bool], today: dt.date) -> tuple[CaseStatus, ...]:
    query: Any = (
        select(
            Clarification.id, Clarification.course_id, Clarification.number, Clarification.payer_role,
            Clarification.state, Clarification.due_on, Clarification.decision, Clarification.statutory_clock,
            Clarification.started_before_answer, func.coalesce(Insurer.name, ""), Practice.federal_state,
        )
        .join(Practice, Practice.id == Clarification.practice_id)
        .join(Insurer, Insurer.id == Clarification.insurer_id, isouter=True)
        .where(where)
        .order_by(Clarification.id.desc())
        .limit(_MOST)
    )  # fmt: skip
    rows = session().execute(scoped(query)).all()
    answers = standing_of([row[0] for row in rows if row.decision], lines=False)
    return tuple(_status(row, answers.get(row[0]), today) for row in reversed(rows))


def _status(row: Any, answer: ClarificationAnswer | None, today: dt.date) -> CaseStatus:
    case_id, course_id, number, role, stored, due_on, _, statutory, started, payer, federal = row
    state = shown_state(stored, due_on, federal, today)
    colour, word = STATES[state]
    if state in _SPOKEN and answer is not None:
        said = said_of(answer)
    else:
        said = kt(SAID.get(state, SAID["acknowledged"]))
        if state in AWAITING and due_on:
            due = formats.day(due_on)
            said += ", " + (kt("fällig {day}", day=due) if statutory else kt("Erinnerung am {day}", day=due))
    sentence = kt("{payer}: {said}", payer=payer or kt("Kostenträger"), said=said) + "."
    return CaseStatus(
        case_id, course_id, number, payer, role, state, kt(word), sentence, colour,
        address("clarifications_show", clarification_id=case_id), started,
    )  # fmt: skip


def said_of(answer: ClarificationAnswer) -> str:
    """ "Zusage zum Teil, 1.800,00 €, bis Faktor 2,3, Sitzungen: 6, gültig bis 30.06.2027"."""
    said = [kt(DECIDED[answer.decision])]
    if answer.amount is not None:
        said.append(formats.money(answer.amount))
    if answer.factor_cap is not None:
        said.append(kt("bis Faktor {factor}", factor=formats.factor(answer.factor_cap)))
    if answer.sessions is not None:
        said.append(kt("Sitzungen: {count}", count=answer.sessions))
    if answer.valid_until is not None:
        said.append(kt("gültig bis {day}", day=formats.day(answer.valid_until)))
    return ", ".join(said)
