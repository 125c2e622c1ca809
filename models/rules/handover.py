"""Whether an unpaid claim can be handed to a lawyer: what is left to claim, and what a lawyer would ask for first."""

from collections.abc import Iterator
from datetime import date

from .dunning import Claim, DunningLevel
from .money import ZERO
from .severity import Finding, Severity


def check_handover(claim: Claim, today: date) -> list[Finding]:
    """What stands against it; warnings need a second look. Blocks come first."""
    if claim.account.is_cancellation or claim.account.open <= ZERO:
        return [Finding("handover_nothing_open", Severity.BLOCK)]
    return [*_blocks(claim), *_warnings(claim, today)]


def _blocks(claim: Claim) -> Iterator[Finding]:
    if claim.with_lawyer:
        yield Finding("handover_there", Severity.BLOCK)
    if claim.plan_runs:
        yield Finding("handover_plan_holds", Severity.BLOCK)


def _warnings(claim: Claim, today: date) -> Iterator[Finding]:
    last = claim.limitation
    if last and today > last:
        yield Finding("handover_barred", Severity.WARN, "§§ 195, 199 BGB", {"last": last.isoformat()})
    if not claim.in_default(today):
        yield Finding("handover_without_default", Severity.WARN, "§ 286 BGB")
    if not any(letter.level >= DunningLevel.FIRST for letter in claim.letters):
        yield Finding("handover_without_dunning", Severity.WARN)
