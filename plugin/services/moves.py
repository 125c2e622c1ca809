"""Moves a record's state along its table and writes the history row (promise 4)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from ...models.ledger import Move
from ...models.rules.case_states import CASE_GRANT, CLARIFICATION, ESTIMATE, FEE_AGREEMENT
from ...models.rules.incoming_states import INCOMING_SCAN
from ...models.rules.instalments import INSTALMENT_PLAN
from ...models.rules.states import CONSENT, COST_NOTICE, INVOICE, TREATMENT, MoveTable
from ...models.rules.tablet_states import PAPER_SIGNING, SIDE_EFFECT
from ..clock import now
from ..extension import actor, session
from ..signals import state_moved
from ..unit_of_work import SYSTEM

TABLES: dict[str, MoveTable[Any, Any]] = {
    "treatment": TREATMENT,
    "consent": CONSENT,
    "cost_notice": COST_NOTICE,
    "invoice": INVOICE,
    "estimate": ESTIMATE,
    "clarification": CLARIFICATION,
    "case_grant": CASE_GRANT,
    "fee_agreement": FEE_AGREEMENT,
    "paper_signing": PAPER_SIGNING,
    "side_effect": SIDE_EFFECT,
    "incoming_scan": INCOMING_SCAN,
    "instalment_plan": INSTALMENT_PLAN,
}


def move(record: Any, step: StrEnum, reason: str = "") -> Move:
    """Advance any record that has a table of moves. Raises StepNotAllowed."""
    noun = record.__tablename__.removeprefix("kostenklar_")
    table = TABLES[noun]
    before = table.states(record.state)
    after = table.advance(before, step)
    who = actor() or SYSTEM
    record.state = after.value
    history = Move(
        practice_id=record.practice_id,
        noun=noun,
        record_id=record.id,
        patient_id=record.patient_id,
        step=step.value,
        from_state=before.value,
        to_state=after.value,
        at=now(),
        actor_key=who.key,
        actor_name=who.name,
        reason=reason,
    )
    session().add(history)
    state_moved.send(history)
    return history


def steps(noun: str, state: str) -> tuple[str, ...]:
    """The steps that the table allows from here: the buttons of the page."""
    table = TABLES[noun]
    return tuple(step.value for step in table.next_steps(table.states(state)))
