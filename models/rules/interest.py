"""Interest on a debt in default: § 288(1) BGB, simple (§ 289 BGB), day by day, split where base rate or debt change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from .money import ZERO, to_cent

POINTS_OVER_BASE = Decimal(5)  # § 288(1) BGB: a consumer pays five percentage points above the base rate
DAYS_OF_A_YEAR = 365  # [own] act/365 is usual; the law names no method of counting
_DAY = timedelta(days=1)
_HALF_YEARS = ((1, 1), (7, 1))  # § 247(1) BGB: the base rate changes on 1 January and 1 July


class BaseRateMissing(LookupError):
    """No base rate is known for a day of the default; `day` is the first such day."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(day.isoformat())


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """The base rate of § 247 BGB in per cent from a day on; `own` is an entry of the practice, else a shipped one."""

    valid_from: date
    percent: Decimal
    source: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Paid:
    """What came in, or went back where it is negative, in euros on its day of value."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Period:
    """Days with one debt and one rate, both ends counted; `percent` is the whole yearly rate, `amount` whole cents."""

    first: date
    last: date
    principal: Decimal
    base_percent: Decimal
    percent: Decimal
    amount: Decimal

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def interest_periods(
    gross: Decimal, payments: Iterable[Paid], since: date, until: date, rates: Sequence[Rate]
) -> tuple[Period, ...]:
    """The interest on what was open of `gross`, from the first day of default to `until`, both counted.

    Money lowers the debt from its day of value on. Days on which nothing was open have no period; each period is
    rounded to the cent, so that what a paper shows adds up. Raises BaseRateMissing.
    """
    paid = list(payments)
    starts = {since, *(payment.on for payment in paid), *(rate.valid_from for rate in rates)}
    bounds = [*sorted(day for day in starts if since <= day <= until), until + _DAY]
    found = [
        _period(first, after - _DAY, owed, base_rate(rates, first))
        for first, after in pairwise(bounds)
        if (owed := _owed(gross, paid, first)) > ZERO
    ]
    return tuple(_joined(found))


def interest_sum(periods: Iterable[Period]) -> Decimal:
    """All of it, in euros."""
    return sum((period.amount for period in periods), ZERO)


def base_rate(rates: Iterable[Rate], on: date) -> Decimal:
    """The rate that holds on a day; of two of one day the practice's own. Raises BaseRateMissing."""
    holding = [rate for rate in rates if rate.valid_from <= on]
    if not holding:
        raise BaseRateMissing(on)
    return max(holding, key=lambda rate: (rate.valid_from, rate.own)).percent


def awaited_rate(rates: Iterable[Rate], today: date) -> date | None:
    """The first day of the current half-year where the table has no rate for it (§ 247(1) BGB), else None.

    A rate may stay as it was; then its row says so, too.
    """
    start = max(date(today.year, month, day) for month, day in _HALF_YEARS if (month, day) <= (today.month, today.day))
    return None if any(rate.valid_from == start for rate in rates) else start


def _owed(gross: Decimal, payments: Sequence[Paid], on: date) -> Decimal:
    return gross - sum((payment.amount for payment in payments if payment.on <= on), ZERO)


def _period(first: date, last: date, principal: Decimal, base: Decimal) -> Period:
    percent = base + POINTS_OVER_BASE
    days = (last - first).days + 1
    amount = to_cent(principal * percent * days / (100 * DAYS_OF_A_YEAR))
    return Period(first, last, principal, base, percent, amount)


def _joined(periods: Iterable[Period]) -> Iterator[Period]:
    """A half-year in which nothing changes makes no new period."""
    held: Period | None = None
    for period in periods:
        same = held and (held.principal, held.percent, held.last + _DAY) == (
            period.principal,
            period.percent,
            period.first,
        )
        if held and same:
            held = _period(held.first, period.last, held.principal, held.base_percent)
            continue
        if held:
            yield held
        held = period
    if held:
        yield held
