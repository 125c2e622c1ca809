"""The usual services of a procedure: what may stand in its chain, checked while the practice edits it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .goae import FactorRefused, Moment, Position, check_factor, to_factor
from .severity import Finding, Severity
from .surcharges import chargeable

MOST_POSITIONS = 20


@dataclass(frozen=True, slots=True)
class ChainEntry:
    """What the practice writes for one service; `reasons` are texts of § 12(3) GOÄ to choose from, one a line."""

    number: str
    factor: Decimal
    analog_service: str = ""
    reasons: str = ""


def reasons_of(text: str) -> tuple[str, ...]:
    """The texts to choose from, each once, without empty lines."""
    return tuple(dict.fromkeys(filter(None, (line.strip() for line in text.splitlines()))))


def entry_findings(entry: ChainEntry, position: Position | None, others: Iterable[str], on: date) -> list[Finding]:
    """What stands against an entry beside the `others` (numbers of the chain); blocks first.

    A number without an amount, a factor that no agreement could carry, and a fixed surcharge at another factor are
    refused. Above the threshold it is told what such a line needs on every invoice.
    """
    numbers = list(others)
    if position is None or not chargeable(position):
        return [Finding("position_unknown", Severity.BLOCK, "", {"number": entry.number, "service_on": on.isoformat()})]
    if len(numbers) >= MOST_POSITIONS:
        return [Finding("chain_full", Severity.BLOCK, "", {"most": str(MOST_POSITIONS)})]
    found = _factor_findings(entry, position, on)
    if entry.number in numbers:
        found.append(Finding("chain_repeats", Severity.WARN, "", {"number": entry.number}))
    return found


def _factor_findings(entry: ChainEntry, position: Position, on: date) -> list[Finding]:
    try:
        factor = to_factor(entry.factor)
    except FactorRefused:
        return [Finding("factor_unusable", Severity.BLOCK, "", {"number": entry.number})]
    reason = "to choose from" if reasons_of(entry.reasons) else None
    found = check_factor(position, factor, reason=reason, agreement_signed_on=None, service_on=on, moment=Moment.ENTRY)
    refused = {"factor_fixed", "factor_out_of_range"}
    return [
        Finding(each.code, Severity.BLOCK, each.paragraph, each.facts) if each.code in refused else each
        for each in found
    ]
