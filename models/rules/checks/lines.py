"""What holds for each line by itself: that there is one, its count, its day, its number and its decided indication."""

from collections.abc import Iterator

from ..invoice import LineKind
from ..money import ZERO
from ..severity import Finding, Severity
from ..vat import Indication, undecided_finding
from .bill import Bill, at

_RATES = frozenset({0, 7, 19})  # § 12 UStG


def has_lines(bill: Bill) -> Iterator[Finding]:
    """§ 12(2) GOÄ: an invoice names services."""
    if not bill.lines:
        yield Finding("invoice_without_lines", Severity.BLOCK, "§ 12 Abs. 2 GOÄ")


def indication_is_decided(bill: Bill) -> Iterator[Finding]:
    """§ 4 no. 14 a UStG, domain 10.1 no. 1: an invoice with an undecided line is not issued. Goods have their rate."""
    for place, line in enumerate(bill.lines, start=1):
        if line.indication is Indication.UNDECIDED and line.goods_rate is None:
            yield undecided_finding(place)


def count_is_positive(bill: Bill) -> Iterator[Finding]:
    """At least one; the negative stands on a cancellation only."""
    for place, line in enumerate(bill.lines, start=1):
        if line.count < 1:
            yield Finding("line_count", Severity.BLOCK, "", at(place, line.number, count=str(line.count)))


def service_is_rendered(bill: Bill) -> Iterator[Finding]:
    """§ 12(2) no. 1 GOÄ: the day of a service that took place."""
    for place, line in enumerate(bill.lines, start=1):
        if line.service_on > bill.today:
            facts = at(place, line.number, service_on=line.service_on.isoformat())
            yield Finding("service_in_future", Severity.BLOCK, "§ 12 Abs. 2 GOÄ", facts)


def number_is_in_schedule(bill: Bill) -> Iterator[Finding]:
    """§ 4(1) GOÄ: a number of the schedule that held on the day; before its first day there is none."""
    for place, line in enumerate(bill.lines, start=1):
        if line.kind is LineKind.GOAE and line.position is None:
            facts = at(place, line.number, service_on=line.service_on.isoformat())
            yield Finding("line_not_in_schedule", Severity.BLOCK, "§ 4 Abs. 1 GOÄ", facts)


def price_is_positive(bill: Bill) -> Iterator[Finding]:
    """Goods and expenses are typed amounts: nothing, or less, is a slip."""
    for place, line in enumerate(bill.lines, start=1):
        if line.kind is not LineKind.GOAE and line.single <= ZERO:
            yield Finding("line_without_price", Severity.BLOCK, "", {"line": str(place), "service": line.text})


def goods_have_a_rate(bill: Bill) -> Iterator[Finding]:
    """§ 12 UStG knows 19 and 7 per cent; another rate is looked at. A wrong one is owed all the same (§ 14c)."""
    for place, line in bill.other_lines(LineKind.GOODS):
        if line.goods_rate is not None and line.goods_rate not in _RATES:
            facts = {"line": str(place), "service": line.text, "rate": format(line.goods_rate.normalize(), "f")}
            yield Finding("goods_rate_unusual", Severity.WARN, "§ 12 UStG", facts)
