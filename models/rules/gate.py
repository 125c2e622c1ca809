"""The gate before the start: what is missing, in the order in which one reads and solves it (domain 10.2).

The start is held back by a pigmented lesion without benign check, by a missing or unfit consent or talk, by a
minor's missing signatures, by missing cost information, by a laser in unqualified hands, by a device limit, and for
statutory patients by a missing self-payer agreement. The last one is a block of the private invoice in domain 10.2;
as § 18(8) no. 3 BMV-Ä wants the signature *before* the treatment, a start without it could never be billed, and
domain 8 no. 8 counts the contract among the conditions of the start. So it holds back the start as well, and the
owner's logged override opens both. A signed agreement whose scan is still missing holds back the invoice only.
What took place all the same is recorded in any case (§ 630f BGB): the gate guards the start, not the record.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from . import gate_papers, gate_person, gate_session
from .gate_facts import GateFacts, GateItem, GateState, Override, Stops

_STEPS = (
    gate_session.benign,
    gate_session.indication,
    gate_papers.talk,
    gate_papers.consent,
    gate_papers.risks,
    gate_person.guardians,
    gate_papers.fund_question,
    gate_papers.cost_notice,
    gate_papers.agreement,
    gate_papers.fee_agreement,
    gate_session.recheck,
    gate_session.sun,
    gate_session.interval,
    gate_session.area,
    gate_person.performer,
    gate_session.device,
)


def gate(facts: GateFacts, today: date) -> tuple[GateItem, ...]:
    """All items that concern this treatment, in reading order; solved ones are among them.

    Papers are judged for the day of the treatment, or for today where that day has passed.
    """
    on = max(today, facts.planned_on)
    items = (item for step in _STEPS for item in step(facts, on))
    return tuple(_with_override(item, facts) for item in items)


def blocking(items: Iterable[GateItem]) -> tuple[GateItem, ...]:
    """The items that hold back the start."""
    return tuple(item for item in items if item.stops is Stops.START)


def may_start(items: Iterable[GateItem]) -> bool:
    """Whether nothing holds back the start."""
    return not blocking(items)


def _with_override(item: GateItem, facts: GateFacts) -> GateItem:
    if item.override is Override.NOBODY or item.code not in facts.overridden:
        return item
    told = {**item.facts, "overridden_by": item.override.value}
    return replace(item, state=GateState.DONE, stops=Stops.NOTHING, facts=told)
