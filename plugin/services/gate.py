"""The gate as a guard: a start that it holds back is refused, with every item that is missing."""

from __future__ import annotations

import datetime as dt

from ...models.rules.gate import blocking
from ...models.rules.gate_facts import GateItem
from ...models.rules.severity import RuleBroken
from ...models.treatment import Treatment
from ..queries.gate_facts import gate_of, gate_of_course

__all__ = ["StartRefused", "gate_of", "gate_of_course", "refuse_while_blocked"]


class StartRefused(RuleBroken):
    """The treatment may not begin; `items` are what holds it back, each with its findings."""

    def __init__(self, items: tuple[GateItem, ...]) -> None:
        super().__init__(finding for item in items for finding in item.findings)
        self.items = items


def refuse_while_blocked(treatment: Treatment, today: dt.date) -> None:
    """Raises StartRefused where the gate holds back the start."""
    if items := blocking(gate_of(treatment, today)):
        raise StartRefused(items)
