"""How findings become one item of the gate."""

from collections.abc import Iterable, Mapping

from .gate_facts import GateItem, GateState, Override, Stops
from .severity import Finding, Severity

_WEIGHT = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.HINT: 2}


def item(
    code: str,
    findings: Iterable[Finding],
    *,
    stops: Stops = Stops.START,
    warning_stops: Stops = Stops.NOTHING,
    override: Override = Override.NOBODY,
    open_state: GateState = GateState.OPEN,
    done: Mapping[str, str] | None = None,
) -> GateItem:
    """Blocked where a finding blocks (then it holds back `stops`), `open_state` where one warns, otherwise done.

    `warning_stops` is for a warning now that blocks later, at the invoice.

    A hint alone leaves the item done and is still told. `done` are facts for the sentence of a solved item.
    """
    ordered = tuple(sorted(findings, key=lambda finding: _WEIGHT[finding.severity]))
    worst = ordered[0] if ordered else None
    if worst is None or worst.severity is Severity.HINT:
        return GateItem(code, GateState.DONE, ordered, facts=dict(done or {}))
    if worst.severity is Severity.BLOCK:
        return GateItem(code, GateState.BLOCKED, ordered, stops, override, worst.facts)
    return GateItem(code, open_state, ordered, warning_stops, override, worst.facts)
