"""Instalments for what an invoice leaves open: how it is split, what stands against it, and how far it has come.

They cost the patient nothing. The default clause (the whole rest may be asked for after a missed instalment) and its
days of grace are this house's own wording and stand on the agreement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from .deadlines import add_months, limitation_end
from .money import CENT, ZERO, to_cents
from .payments import Account
from .severity import Finding, Severity
from .states import MoveTable

MOST_INSTALMENTS = 60  # [own] five years of months; more is no instalment any more
FEWEST_INSTALMENTS = 2
GRACE_DAYS = 7  # [own] how long an instalment may be late before the plan counts as broken


class PlanState(StrEnum):
    """Where an agreement on instalments stands."""

    AGREED = "agreed"
    KEPT = "kept"
    BROKEN = "broken"
    ENDED = "ended"


class PlanStep(StrEnum):
    """What can happen to it: all is paid, an instalment was missed, the practice or the patient ends it."""

    KEEP = "keep"
    BREAK = "break"
    END = "end"


INSTALMENT_PLAN: MoveTable[PlanState, PlanStep] = MoveTable(
    PlanState,
    PlanStep,
    MappingProxyType(
        {
            (PlanState.AGREED, PlanStep.KEEP): PlanState.KEPT,
            (PlanState.AGREED, PlanStep.BREAK): PlanState.BROKEN,
            (PlanState.AGREED, PlanStep.END): PlanState.ENDED,
        }
    ),
)


class Standing(StrEnum):
    """How one instalment stands on a day."""

    PAID = "paid"
    PART = "part"
    AHEAD = "ahead"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Rate:
    """One instalment: euros until that day."""

    due_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class RateNow:
    """An instalment as it stands: euros that were paid on it, and how it looks."""

    due_on: date
    amount: Decimal
    paid: Decimal
    standing: Standing

    @property
    def open(self) -> Decimal:
        """Euros still to be paid of it."""
        return self.amount - self.paid


class NoSplit(ValueError):
    """An amount that cannot be parted so: no cent would be left for an instalment, or there would be but one."""


def split_by_count(total: Decimal, count: int) -> tuple[Decimal, ...]:
    """So many equal amounts in whole cents; the last one takes the rest. Raises NoSplit."""
    cents = to_cents(total)
    if not FEWEST_INSTALMENTS <= count <= MOST_INSTALMENTS or cents < count:
        raise NoSplit(f"{total} in {count}")
    each = Decimal(cents // count) * CENT
    return (*((each,) * (count - 1)), total - each * (count - 1))


def split_by_amount(total: Decimal, amount: Decimal) -> tuple[Decimal, ...]:
    """As often this amount as it goes; the last one takes the rest, and is never larger. Raises NoSplit."""
    whole, cents = to_cents(amount), to_cents(total)
    if whole <= 0 or cents <= whole or -(-cents // whole) > MOST_INSTALMENTS:
        raise NoSplit(f"{total} in steps of {amount}")
    full = (cents - 1) // whole
    return (*((amount,) * full), total - amount * full)


def monthly(amounts: Sequence[Decimal], first_on: date) -> tuple[Rate, ...]:
    """One a month from the first day on; where a month is too short its last day."""
    return tuple(Rate(add_months(first_on, index), amount) for index, amount in enumerate(amounts))


def check_plan(
    account: Account, rates: Sequence[Rate], today: date, *, agreed: bool, with_lawyer: bool
) -> list[Finding]:
    """What stands against agreeing on these instalments; warnings need a second look."""
    if account.is_cancellation or account.open <= ZERO:
        return [Finding("plan_nothing_open", Severity.BLOCK)]
    return list(_findings(account, rates, today, agreed=agreed, with_lawyer=with_lawyer))


def progress(rates: Sequence[Rate], paid: Decimal, today: date) -> tuple[RateNow, ...]:
    """Each instalment with what was paid on it: money goes to the earliest first, whatever day it came."""
    left = max(paid, ZERO)
    found = []
    for rate in rates:
        here = min(rate.amount, left)
        left -= here
        found.append(RateNow(rate.due_on, rate.amount, here, _standing(rate, here, today)))
    return tuple(found)


def missed_on(rates: Sequence[Rate], paid: Decimal, today: date) -> date | None:
    """The day of the earliest instalment that has been late for longer than the days of grace, else None."""
    grace = timedelta(days=GRACE_DAYS)
    return next((now.due_on for now in progress(rates, paid, today) if now.open and now.due_on + grace < today), None)


def next_rate(rates: Sequence[RateNow]) -> RateNow | None:
    """The first instalment that is not paid in full."""
    return next((rate for rate in rates if rate.open), None)


def _standing(rate: Rate, paid: Decimal, today: date) -> Standing:
    if paid == rate.amount:
        return Standing.PAID
    if rate.due_on < today:
        return Standing.LATE
    if rate.due_on == today:
        return Standing.DUE
    return Standing.PART if paid else Standing.AHEAD


def _findings(
    account: Account, rates: Sequence[Rate], today: date, *, agreed: bool, with_lawyer: bool
) -> Iterator[Finding]:
    if with_lawyer:
        yield Finding("plan_with_lawyer", Severity.BLOCK)
    if agreed:
        yield Finding("plan_there", Severity.BLOCK)
    if rates[0].due_on <= today:
        yield Finding("plan_day_past", Severity.BLOCK)
    last = limitation_end(account.issued_on) if account.issued_on else None
    if last and rates[-1].due_on > last:
        yield Finding("plan_beyond_limitation", Severity.WARN, "§§ 195, 199 BGB", {"last": last.isoformat()})
