"""Which answer of a payer stands, and what the payers of a course together will probably not reimburse."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ...models.clarification import Clarification, ClarificationAnswer
from ...models.estimate import Estimate
from ...models.ledger import Move
from ...models.rules.clarification_clock import PayerRole
from ...models.rules.reimbursement import (
    Answer,
    Decision,
    EstimatedLine,
    Expectation,
    LineAnswer,
    Payer,
    Verdict,
    expectation,
)
from ..access import scoped
from ..extension import session

_NOT_ASKED: Final = ("not_required", "cancelled", "expired")


@dataclass(frozen=True, slots=True)
class AskedPayer:
    """A payer of the course as its page and paper tell it."""

    case: Clarification
    name: str
    answer: ClarificationAnswer | None


def standing_answer(clarification_id: int) -> ClarificationAnswer | None:
    """The answer that came in last since the case was opened or reopened; what was said by telephone binds nobody."""
    return standing_of([clarification_id]).get(clarification_id)


def standing_of(case_ids: list[int], *, lines: bool = True) -> dict[int, ClarificationAnswer]:
    """Case id -> the answer that stands, for those that have one."""
    if not case_ids:
        return {}
    reopened: Any = (
        select(func.max(Move.at))
        .where(
            Move.noun == "clarification",
            Move.record_id == ClarificationAnswer.clarification_id,
            Move.step == "reopen",
        )
        .correlate(ClarificationAnswer)
        .scalar_subquery()
    )
    query = (
        select(ClarificationAnswer)
        .where(
            ClarificationAnswer.clarification_id.in_(case_ids),
            ClarificationAnswer.binding.is_(True),
            or_(reopened.is_(None), ClarificationAnswer.recorded_at > reopened),
        )
        .order_by(ClarificationAnswer.received_on, ClarificationAnswer.id)
    )
    if lines:
        query = query.options(selectinload(ClarificationAnswer.lines))
    return {answer.clarification_id: answer for answer in session().scalars(scoped(query))}


def answers_of(clarification_id: int) -> list[ClarificationAnswer]:
    """All answers and notes of a case with their lines, the latest first."""
    query = (
        select(ClarificationAnswer)
        .where(ClarificationAnswer.clarification_id == clarification_id)
        .options(selectinload(ClarificationAnswer.lines))
        .order_by(ClarificationAnswer.received_on.desc(), ClarificationAnswer.id.desc())
    )
    return list(session().scalars(scoped(query)))


def asked_payers(course_id: int) -> list[AskedPayer]:
    """Every payer of the course that was or is to be asked, in the order the cases were opened."""
    query = (
        select(Clarification)
        .where(Clarification.course_id == course_id, Clarification.state.not_in(_NOT_ASKED))
        .options(
            joinedload(Clarification.insurer), joinedload(Clarification.policy), joinedload(Clarification.estimate)
        )
        .order_by(Clarification.id)
    )
    cases = list(session().scalars(scoped(query)))
    newest = {case.policy_id: case for case in cases}  # a closed case gives way to a later one with the same payer
    kept = [case for case in cases if newest[case.policy_id] is case]
    answers = standing_of([case.id for case in kept])
    return [AskedPayer(case, payer_name(case), answers.get(case.id) if case.decision else None) for case in kept]


def expected(payers: list[AskedPayer], today: dt.date) -> Expectation | None:
    """What is probably not reimbursed, by the latest estimate that a case rests on; None without an estimate."""
    estimates = [payer.case.estimate for payer in payers if payer.case.estimate]
    if not estimates:
        return None
    estimate: Estimate = max(estimates, key=lambda each: each.id)
    lines = [
        EstimatedLine(line.id, line.net, line.factor, line.vat_rate, line.fee_agreement) for line in estimate.lines
    ]
    return expectation(
        estimate.gross_max, estimate.sessions_max, lines, [_payer(payer, estimate, today) for payer in payers]
    )


def payer_name(case: Clarification) -> str:
    """The insurer's name, "" where none is on file."""
    return case.insurer.name if case.insurer else ""


def _payer(payer: AskedPayer, estimate: Estimate, today: dt.date) -> Payer:
    policy, answer = payer.case.policy, payer.answer
    said = None
    if answer is not None:
        on_these = payer.case.estimate_id == estimate.id  # lines of another estimate say nothing of this one
        said = Answer(
            decision=Decision(answer.decision),
            amount=answer.amount,
            factor_cap=answer.factor_cap,
            sessions=answer.sessions,
            lines={
                line.estimate_line_id: LineAnswer(Verdict(line.verdict), line.factor_cap, line.amount, line.sessions)
                for line in answer.lines
            }
            if on_these
            else {},
            conditions=bool(answer.conditions),
            ran_out=answer.valid_until is not None and answer.valid_until < today,
        )
    return Payer(payer.name, PayerRole(payer.case.payer_role), policy.percentage if policy else None, said)
