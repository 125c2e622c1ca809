"""How a case ends and begins anew: presumption, close, cancel, expire, reopen.

A case that is reopened is the same row: it goes back to draft with round 1, wants a new estimate and letter, and keeps
its number, its moves and its earlier answers. Those no longer count: only an answer filed after the reopening stands.
"""

from __future__ import annotations

import datetime as dt

from ...models.clarification import Clarification
from ...models.rules.case_states import CLARIFICATION, ClarificationState, ClarificationStep
from ...models.rules.severity import Finding, Severity, refuse_blocked
from ...models.rules.vat import Indication
from ..unit_of_work import locked
from .clarification_dates import case_in_hand, due_day_of
from .clarifications import indication_of
from .moves import move

S, Step = ClarificationState, ClarificationStep


def presume(clarification_id: int, version: int | None, today: dt.date) -> Clarification:
    """Note the presumption of § 192(8) sentence 3 VVG, where the clock ran out: rebuttable, and no promise of costs.

    Raises NotFound, StalePage, StepNotAllowed, RuleBroken.
    """
    case = case_in_hand(clarification_id, version, today)
    CLARIFICATION.advance(S(case.state), Step.PRESUME)
    refuse_blocked(presumption_findings(case, today))
    move(case, Step.PRESUME)
    return case


def close(clarification_id: int, version: int | None, reason: str, today: dt.date) -> Clarification:
    """Nothing more to come. Raises NotFound, StalePage, StepNotAllowed."""
    case = case_in_hand(clarification_id, version, today)
    return _end(case, Step.CLOSE, reason)


def cancel(clarification_id: int, version: int | None, reason: str, today: dt.date) -> Clarification:
    """The query is given up, at any time. Raises NotFound, StalePage, StepNotAllowed."""
    case = case_in_hand(clarification_id, version, today)
    return _end(case, Step.CANCEL, reason)


def expire(clarification_id: int, version: int | None, today: dt.date) -> Clarification:
    """The estimate ran out before anything was sent. Raises NotFound, StalePage, StepNotAllowed, RuleBroken."""
    case: Clarification = locked(Clarification, clarification_id, version)
    CLARIFICATION.advance(S(case.state), Step.EXPIRE)
    estimate = case.estimate
    if estimate and estimate.valid_until >= today:
        facts = {"number": estimate.number, "until": estimate.valid_until.isoformat()}
        refuse_blocked([Finding("estimate_still_holds", Severity.BLOCK, "", facts)])
    return _end(case, Step.EXPIRE, estimate.number if estimate else "")


def reopen(clarification_id: int, version: int | None, reason: str) -> Clarification:
    """Begin anew on the same case. Raises NotFound, StalePage, StepNotAllowed."""
    case: Clarification = locked(Clarification, clarification_id, version)
    move(case, Step.REOPEN, reason)
    case.round, case.decision, case.estimate_id = 1, "", None
    case.query_paper_id = case.outcome_paper_id = None
    case.statutory_clock, case.clock_reason = False, ""
    case.sent_on = case.received_on = case.due_on = case.remind_on = case.told_on = None
    case.sent_channel = case.sent_proof = case.received_proof = case.told_how = case.flag = ""
    case.unknown_dispatch = case.started_before_answer = False
    case.flagged_at = None
    return case


def presumption_findings(case: Clarification, today: dt.date) -> list[Finding]:
    """Why nothing can be presumed: no clock, not late yet, or no healing treatment any more."""
    if not case.statutory_clock:
        return [Finding("presume_without_clock", Severity.BLOCK, "§ 192 Abs. 8 VVG")]
    if indication_of(case.course_id) is Indication.COSMETIC:
        return [Finding("presume_cosmetic", Severity.BLOCK, "§ 192 Abs. 8 VVG")]
    due = due_day_of(case)
    if due is None or not due.is_late(today):
        facts = {"until": due.waits_until.isoformat()} if due else {}
        return [Finding("presume_too_early", Severity.BLOCK, "§ 192 Abs. 8 VVG", facts)]
    return []


def _end(case: Clarification, step: ClarificationStep, reason: str) -> Clarification:
    move(case, step, reason)
    case.remind_on = None
    return case
