"""What a payer answered: filed line by line, the later answer stands; promises by telephone bind nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from ...models.clarification import AnswerLine, Clarification, ClarificationAnswer
from ...models.rules.case_states import CLARIFICATION, ClarificationState, ClarificationStep
from ...models.rules.reimbursement import Decision, Verdict
from ...models.rules.severity import Finding, RuleBroken, Severity, refuse_blocked
from .. import blobs
from ..clock import now
from ..extension import actor, session
from ..queries.clarification_answers import standing_answer
from ..unit_of_work import SYSTEM
from .clarification_dates import case_in_hand
from .clarification_sending import receipt_findings
from .moves import move
from .scans import FiledScan

TELEPHONE = "telephone"


@dataclass(frozen=True, slots=True)
class LineData:
    """What the answer says of one line of the estimate; `amount` is net euros of one session."""

    estimate_line_id: int
    verdict: Verdict
    factor_cap: Decimal | None = None
    amount: Decimal | None = None
    sessions: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnswerData:
    """An answer as it reads. `amount`: what this payer itself pays in all; `form`: letter, portal, email, telephone."""

    dated_on: dt.date
    received_on: dt.date
    form: str
    decision: Decision
    amount: Decimal | None = None
    factor_cap: Decimal | None = None
    sessions: int | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    conditions: str = ""
    reason_code: str = ""
    objection_until: dt.date | None = None
    lines: tuple[LineData, ...] = field(default=())


def record_answer(
    clarification_id: int,
    version: int | None,
    data: AnswerData,
    scan: FiledScan | None,
    today: dt.date,
    *,
    above_confirmed: bool = False,
) -> ClarificationAnswer:
    """File an answer; of several the one that came in last stands, and all are kept.

    By telephone it is "mündlich, unverbindlich": kept as a note, the case stays where it is. Where no query is on
    record the case says so. Raises NotFound, StalePage, StepNotAllowed, RuleBroken (an amount above the estimate wants
    `above_confirmed`).
    """  # fmt: skip
    case = case_in_hand(clarification_id, version, today)
    CLARIFICATION.advance(ClarificationState(case.state), ClarificationStep.ANSWER)
    refuse_blocked(answer_findings(data, case.sent_on, _gross(case), today, above_confirmed=above_confirmed))
    answer = _filed(case, data, scan)
    if not answer.binding:
        return answer
    unknown = case.sent_on is None
    move(case, ClarificationStep.ANSWER, "Versand unbekannt" if unknown else "")
    case.unknown_dispatch = unknown
    session().flush()
    standing = standing_answer(case.id)
    case.decision = standing.decision if standing else data.decision.value
    case.told_on, case.told_how, case.remind_on = None, "", None
    return answer


def object_to(clarification_id: int, version: int | None, reason: str, today: dt.date) -> Clarification:
    """The patient objects to the answer. Raises NotFound, StalePage, StepNotAllowed."""
    case = case_in_hand(clarification_id, version, today)
    move(case, ClarificationStep.OBJECT, reason)
    return case


def answer_findings(
    data: AnswerData, sent_on: dt.date | None, gross_max: Decimal | None, today: dt.date, *, above_confirmed: bool
) -> list[Finding]:
    """What stands against an answer as typed; each code names the field it belongs to (see forms)."""
    found = receipt_findings(sent_on, data.received_on, today)
    if data.dated_on > data.received_on:
        found.append(Finding("answer_dated_later", Severity.BLOCK, "", {"received_on": data.received_on.isoformat()}))
    if data.valid_from and data.valid_until and data.valid_until < data.valid_from:
        found.append(Finding("answer_ends_before_start", Severity.BLOCK))
    if data.valid_until and data.valid_until < data.dated_on:
        found.append(Finding("answer_over_when_written", Severity.BLOCK))
    if data.objection_until and data.objection_until < data.dated_on:
        found.append(Finding("objection_before_answer", Severity.BLOCK))
    return [*found, *_amount_findings(data, gross_max, above_confirmed=above_confirmed)]


def _amount_findings(data: AnswerData, gross_max: Decimal | None, *, above_confirmed: bool) -> list[Finding]:
    if data.decision not in (Decision.FULL, Decision.PART) and data.amount:
        return [Finding("amount_without_promise", Severity.BLOCK)]
    if data.amount is None or gross_max is None or data.amount <= gross_max:
        return []
    facts = {"over": str(data.amount - gross_max), "estimate": str(gross_max)}
    return [Finding("answer_above_estimate", Severity.WARN if above_confirmed else Severity.BLOCK, "", facts)]


def _gross(case: Clarification) -> Decimal | None:
    return case.estimate.gross_max if case.estimate else None


def _filed(case: Clarification, data: AnswerData, scan: FiledScan | None) -> ClarificationAnswer:
    known = {line.id for line in case.estimate.lines} if case.estimate else set()
    if any(line.estimate_line_id not in known for line in data.lines):
        raise RuleBroken([Finding("answer_lines_changed", Severity.BLOCK)])
    blob = blobs.put(case.practice_id, scan.content, scan.media_type) if scan else None
    answer = ClarificationAnswer(
        practice_id=case.practice_id, clarification_id=case.id, round=case.round, dated_on=data.dated_on,
        received_on=data.received_on, form=data.form, binding=data.form != TELEPHONE, decision=data.decision.value,
        amount=data.amount, factor_cap=data.factor_cap, sessions=data.sessions, valid_from=data.valid_from,
        valid_until=data.valid_until, conditions=data.conditions, reason_code=data.reason_code,
        objection_until=data.objection_until, scan_id=blob.id if blob else None, recorded_at=now(),
        recorded_by=(actor() or SYSTEM).name,
    )  # fmt: skip
    session().add(answer)
    session().flush()
    session().add_all(
        AnswerLine(
            practice_id=case.practice_id, answer_id=answer.id, estimate_line_id=line.estimate_line_id,
            verdict=line.verdict.value, factor_cap=line.factor_cap, amount=line.amount, sessions=line.sessions,
            reason=line.reason,
        )
        for line in data.lines
    )  # fmt: skip
    return answer
