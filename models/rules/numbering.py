"""Numbers of papers and patients: their form, reading them back, and proving that none is missing or double."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class NumberKind(StrEnum):
    """What draws a number; each kind has a range of its own, cancellations too."""

    INVOICE = "invoice"
    CANCELLATION = "cancellation"
    COST_NOTICE = "cost_notice"
    CONSENT = "consent"
    AFTERCARE = "aftercare"
    ESTIMATE = "estimate"
    FEE_AGREEMENT = "fee_agreement"
    CLARIFICATION = "clarification"
    COST_QUERY = "cost_query"
    RELEASE = "release"
    POWER_OF_ATTORNEY = "power_of_attorney"
    OUTCOME = "outcome"
    RECEIPT = "receipt"
    REMINDER = "reminder"
    DUNNING = "dunning"
    INSTALMENT_PLAN = "instalment_plan"
    CORRECTION_LETTER = "correction_letter"
    CLAIM_STATEMENT = "claim_statement"
    PATIENT = "patient"


PREFIXES = {
    NumberKind.INVOICE: "RE",
    NumberKind.CANCELLATION: "ST",
    NumberKind.COST_NOTICE: "KI",
    NumberKind.CONSENT: "EW",
    NumberKind.AFTERCARE: "NB",
    NumberKind.ESTIMATE: "KV",
    NumberKind.FEE_AGREEMENT: "HV",
    NumberKind.CLARIFICATION: "KK",
    NumberKind.COST_QUERY: "KA",
    NumberKind.RELEASE: "SE",
    NumberKind.POWER_OF_ATTORNEY: "VM",
    NumberKind.OUTCOME: "KE",
    NumberKind.RECEIPT: "QU",
    NumberKind.REMINDER: "ZE",
    NumberKind.DUNNING: "MA",
    NumberKind.INSTALMENT_PLAN: "RZ",
    NumberKind.CORRECTION_LETTER: "KB",
    NumberKind.CLAIM_STATEMENT: "FA",
    NumberKind.PATIENT: "PA",
}
UNDATED_KINDS = frozenset({NumberKind.PATIENT})  # runs on over the years: a patient keeps the number

_PREFIX = re.compile(r"[A-Z]{1,6}")
_NUMBER = re.compile(r"(?P<prefix>[A-Z]{1,6})-(?:(?P<year>[0-9]{4})-)?(?P<n>[0-9]{4,12})")


@dataclass(frozen=True, slots=True, order=True)
class DrawnNumber:
    """The parts of a number; `year` is 0 where the range runs on over the years."""

    prefix: str
    year: int
    n: int

    def __str__(self) -> str:
        return format_number(self.prefix, self.year or None, self.n)


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers missing between drawn ones, both ends included."""

    first: DrawnNumber
    last: DrawnNumber


@dataclass(frozen=True, slots=True)
class RangeCheck:
    """What a look at all numbers of a practice shows."""

    gaps: tuple[Gap, ...]
    doubles: tuple[str, ...]
    unreadable: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing is missing, double or unreadable."""
        return not (self.gaps or self.doubles or self.unreadable)


def format_number(prefix: str, year: int | None, n: int) -> str:
    """RE-2026-0001, or PA-0001 without a year; five and more digits are written out (§ 14(4) Nr. 4 UStG: unique)."""
    if not _PREFIX.fullmatch(prefix) or n < 1 or (year is not None and not 1000 <= year <= 9999):
        raise ValueError(f"no number: {prefix!r} {year} {n}")
    return f"{prefix}-{n:04d}" if year is None else f"{prefix}-{year:04d}-{n:04d}"


def parse_number(text: str) -> DrawnNumber:
    """The parts of a printed number. Raises ValueError for anything that format_number would not write."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise ValueError(f"no number: {text!r}")
    number = DrawnNumber(match["prefix"], int(match["year"] or 0), int(match["n"]))
    if str(number) != text:
        raise ValueError(f"no number: {text!r}")
    return number


def gaps_and_doubles(numbers: Iterable[str], *, first: int = 1) -> RangeCheck:
    """Look at all drawn numbers, of several ranges and years together; each range begins at `first`.

    Numbers not yet drawn after the last one are no gap. The law wants unique numbers (§ 14(4) Nr. 4 UStG);
    gapless is this house's own promise.
    """
    drawn: Counter[DrawnNumber] = Counter()
    unreadable: list[str] = []
    for text in numbers:
        try:
            drawn[parse_number(text)] += 1
        except ValueError:
            unreadable.append(text)
    doubles = tuple(str(number) for number in sorted(drawn) if drawn[number] > 1)
    return RangeCheck(tuple(_gaps(sorted(drawn), first)), doubles, tuple(unreadable))


def _gaps(drawn: list[DrawnNumber], first: int) -> Iterable[Gap]:
    expected: dict[tuple[str, int], int] = {}
    for number in drawn:
        where = (number.prefix, number.year)
        awaited = expected.get(where, first)
        if number.n > awaited:
            yield Gap(DrawnNumber(*where, awaited), DrawnNumber(*where, number.n - 1))
        expected[where] = max(awaited, number.n + 1)
