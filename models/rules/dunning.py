"""When an unpaid invoice may be reminded of and dunned, since when its debtor is in default, and until when it lives.

§§ 286, 288 BGB and § 309 no. 5 BGB; the levels are this house's own: a friendly reminder, then two dunning letters.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum

from .deadlines import LIMITATION_YEARS, add_days, in_default_from, limitation_end
from .holidays import FederalState
from .money import ZERO
from .payments import Account, check_reminder
from .severity import Finding, Severity

POST_DAYS = 3  # [own] a letter's way, as with the payers: an assumption in the debtor's favour
LIMITATION_WARNS_MONTHS = 6  # [own] how long before the claim is barred the pages begin to say so
_DAY = timedelta(days=1)


class DunningLevel(IntEnum):
    """The letters in their order; only the second dunning letter may carry a fee."""

    REMINDER = 0
    FIRST = 1
    SECOND = 2


@dataclass(frozen=True, slots=True)
class Letter:
    """One that was issued: its level, until when it asks to pay, and when it was received, if that is known."""

    level: int
    pay_until: date
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """An invoice as its reminding sees it. `default_since` is the first day of default, None while it is not known."""

    account: Account
    received_on: date | None
    letters: tuple[Letter, ...] = ()
    default_since: date | None = None
    hold_until: date | None = None
    hold_reason: str = ""
    plan_runs: bool = False
    with_lawyer: bool = False

    @property
    def limitation(self) -> date | None:
        """Last day before the claim is barred (§§ 195, 199 BGB); due with the invoice (§ 12(1) GOÄ)."""
        return limitation_end(self.account.issued_on) if self.account.issued_on else None

    @property
    def reminded_until(self) -> date | None:
        """The latest day that a letter asks for."""
        return max((letter.pay_until for letter in self.letters), default=None)

    def in_default(self, on: date) -> bool:
        """Whether the debtor is in default on that day."""
        return self.default_since is not None and self.default_since <= on


def received_day(delivered_on: date | None, how: str) -> date | None:
    """When a paper reached the patient: the same day, by post three days later, which is an assumption."""
    if delivered_on is None:
        return None
    return add_days(delivered_on, POST_DAYS) if how == "post" else delivered_on


def default_since(
    *,
    issued_on: date,
    due_on: date | None,
    received_on: date | None,
    told: bool,
    letters: Sequence[Letter] = (),
    state: FederalState,
) -> date | None:
    """First day of default; None while nothing has brought it about, or its proof is missing.

    Either 30 days after the invoice fell due and was received, where the invoice itself says so (`told`: § 286(3)
    BGB), or by a dunning letter that was received, once the day it names is over (§ 286(1) BGB; waiting for that day
    is the careful reading). The day for payment that the invoice names defers both: nobody is late before it.
    """
    ways = [letter.pay_until + _DAY for letter in letters if letter.level >= DunningLevel.FIRST and letter.received_on]
    if told and received_on is not None:
        ways.append(in_default_from(issued_on, received_on, state))
    if not ways:
        return None
    return max(min(ways), due_on + _DAY) if due_on else min(ways)


def next_level(levels: Collection[int]) -> DunningLevel | None:
    """The letter that follows those that were issued; None after the second dunning letter."""
    if not levels:
        return DunningLevel.REMINDER
    return DunningLevel(max(levels) + 1) if max(levels) < DunningLevel.SECOND else None


def dunning_fee(level: int, claim: Claim, real_cost: Decimal, today: date) -> Decimal:
    """What the letter may cost: real cost only (§ 309 no. 5 BGB), and never the letter that itself causes default."""
    return real_cost if level >= DunningLevel.SECOND and claim.in_default(today) else ZERO


def check_letter(claim: Claim, level: DunningLevel, pay_until: date, today: date) -> list[Finding]:
    """What stands against this letter today; warnings need a second look."""
    found = check_reminder(claim.account, pay_until, today, reminded_until=claim.reminded_until)
    if any(finding.code == "reminder_nothing_open" for finding in found):
        return found
    found += _standstills(claim, today)
    if level is not DunningLevel.REMINDER:
        found = [finding for finding in found if finding.code != "reminder_before_due"]
        found += _dunning_findings(claim, level, today)
        barred = limitation_finding(claim, today)
        found += [barred] if barred and barred.code == "claim_barred" else []
    return sorted(found, key=lambda finding: finding.severity is not Severity.BLOCK)


def limitation_finding(claim: Claim, today: date) -> Finding | None:
    """That the claim is barred, or will be before long: the debtor may then refuse to pay (§ 214(1) BGB)."""
    issued_on = claim.account.issued_on
    last = warned_limitation(issued_on, today) if issued_on else None
    if last is None or claim.account.open <= ZERO:
        return None
    code = "claim_barred" if today > last else "claim_barred_soon"
    return Finding(code, Severity.WARN, "§§ 195, 199 BGB", {"last": last.isoformat()})


def warned_limitation(issued_on: date, today: date) -> date | None:
    """The last day of an unpaid claim that is barred or will be before long; None while there is time."""
    last = limitation_end(issued_on)
    return last if today >= _warns_from(last) else None


def warned_issue_until(today: date) -> date:
    """The latest day of issue of a claim of which `warned_limitation` warns."""
    year = today.year - LIMITATION_YEARS
    return date(year, 12, 31) if warned_limitation(date(year, 12, 31), today) else date(year - 1, 12, 31)


def _warns_from(last: date) -> date:
    """A claim ends with a year: half a year before is the first of July."""
    return date(last.year, last.month - LIMITATION_WARNS_MONTHS + 1, 1)


def _standstills(claim: Claim, today: date) -> Iterator[Finding]:
    if claim.with_lawyer:
        yield Finding("reminder_with_lawyer", Severity.BLOCK)
    if claim.plan_runs:
        yield Finding("reminder_plan_runs", Severity.BLOCK)
    if claim.hold_until and today <= claim.hold_until:
        facts = {"until": claim.hold_until.isoformat(), "reason": claim.hold_reason.removesuffix(".")}
        yield Finding("reminder_on_hold", Severity.BLOCK, "", facts)


def _dunning_findings(claim: Claim, level: DunningLevel, today: date) -> Iterator[Finding]:
    """A dunning letter counts after the claim fell due (§ 286(1) BGB); the day the practice named is waited for."""
    due_on = claim.account.due_on
    if due_on and today <= due_on:
        yield Finding("dunning_before_due", Severity.BLOCK, "§ 286 Abs. 1 BGB", {"due_on": due_on.isoformat()})
    usual = next_level([letter.level for letter in claim.letters])
    if usual is not None and level > usual:
        yield Finding("dunning_skips_level", Severity.WARN, "", {"usual": f"dunning_level_{usual.value}"})
    if claim.received_on is None:
        yield Finding("dunning_without_delivery", Severity.WARN, "§ 286 Abs. 3 BGB")
