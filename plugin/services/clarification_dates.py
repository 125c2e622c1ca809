"""The dates of a case: whether the statutory clock runs, when the answer is due, and what follows once it is late."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import select

from ...models.clarification import Clarification
from ...models.practice import Practice
from ...models.rules.case_states import ClarificationState, ClarificationStep
from ...models.rules.clarification_clock import (
    AskedBy,
    ClockReason,
    DueDay,
    PayerRole,
    answer_due,
    clock_reason,
    due_day,
    receipt_day,
)
from ...models.rules.holidays import FederalState
from ...models.rules.vat import Indication
from ..extension import session
from ..queries.case_grants import standing_grant
from ..unit_of_work import locked
from .moves import move

S = ClarificationState
WAITING: Final = frozenset(state.value for state in (S.SUBMITTED, S.ACKNOWLEDGED, S.DOCUMENTS_REQUESTED))
"""States in which an answer is awaited and can become late."""
_AT_ONCE: Final = 200


def why_clock(case: Clarification, on: dt.date) -> ClockReason:
    """Whether the statutory clock can run for a query sent on that day, and why not."""
    estimate = case.estimate
    return clock_reason(
        PayerRole(case.payer_role),
        AskedBy(case.asked_by),
        power=standing_grant(case.id, "power_of_attorney", on) is not None,
        gross_max=estimate.gross_max if estimate else None,
        indication=Indication(estimate.indication) if estimate else None,
    )


def set_clock(case: Clarification, reason: ClockReason) -> None:
    """Say whether the clock runs, and until when, from the days that stand on the case."""
    case.statutory_clock, case.clock_reason = reason is ClockReason.RUNS, reason.value
    set_due(case)


def set_due(case: Clarification) -> None:
    """Reckon the due date anew from sending or proven receipt."""
    if case.sent_on is not None:
        received = receipt_day(case.sent_on, case.received_on)
        case.due_on = answer_due(received, statutory=case.statutory_clock, urgent=case.urgent)


def due_day_of(case: Clarification) -> DueDay | None:
    """The due date with the working day we wait for, by the holidays of the practice's state."""
    if case.due_on is None:
        return None
    return due_day(case.due_on, FederalState(session().get_one(Practice, case.practice_id).federal_state))


def is_late(case: Clarification, today: dt.date) -> bool:
    """Whether an answer is awaited and even the next working day is over."""
    due = due_day_of(case)
    return case.state in WAITING and due is not None and due.is_late(today)


def case_in_hand(clarification_id: int, version: int | None, today: dt.date) -> Clarification:
    """The locked case; what has become late falls overdue first, whether or not the daily job ran.

    Raises NotFound, StalePage.
    """
    case: Clarification = locked(Clarification, clarification_id, version)
    if is_late(case, today):
        move(case, ClarificationStep.FALL_OVERDUE)
    return case


def fall_overdue(today: dt.date) -> int:
    """Let every late case of all practices fall overdue; returns how many did. For the daily job."""
    query = (
        select(Clarification)
        .where(Clarification.state.in_(sorted(WAITING)), Clarification.due_on < today)
        .order_by(Clarification.due_on)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    late = [case for case in session().scalars(query) if is_late(case, today)]
    for case in late:
        move(case, ClarificationStep.FALL_OVERDUE)
    return len(late)
