"""Numbers that do not stand beside each other: General provisions B GOÄ and what is printed under the numbers."""

from collections.abc import Iterator
from itertools import combinations

from ..severity import Finding, Severity
from .bill import Bill, Service, at, same_contact

# number -> numbers that are not charged beside it, as printed under it
_NOT_BESIDE = {
    "4": frozenset({"30", "34", "801", "806", "807", "816", "817", "835"}),
    "5": frozenset({"6", "7", "8"}),
    "6": frozenset({"7", "8"}),
    "7": frozenset({"8"}),
    "8": frozenset({"800"}),
    "34": frozenset({"1", "3", "15", "30"}),
    "A": frozenset({"B", "C", "D"}),
    "C": frozenset({"B"}),
}
_PICKY = frozenset(_NOT_BESIDE).union(*_NOT_BESIDE.values())
_THREE_WITH = frozenset({"5", "6", "7", "8", "800", "801"})
_TYPING = frozenset({"95", "96"})
_TYPED = frozenset({"80", "85", "90"})
_SURCHARGES = frozenset({*"ABCD", "K1"})  # of talks and examinations
_REPORTS = frozenset({"70", "75", "80", "85"})


def numbers_exclude_each_other(bill: Bill) -> Iterator[Finding]:
    """Nr. 5 not beside 6 to 8, Nr. 7 not beside 5, 6, 8 and so on: of two in one contact one is taken out."""
    for one, other in combinations([each for each in bill.services if each.number in _PICKY], 2):
        if not same_contact(one, other):
            continue
        for here, there in ((one, other), (other, one)):
            if there.number in _NOT_BESIDE.get(here.number, frozenset()):
                facts = at(here.line, here.number, other=there.number, other_line=str(there.line))
                yield Finding("numbers_exclude", Severity.BLOCK, _source(here.number), facts)


def numbers_exclude_an_earlier_one(bill: Bill) -> Iterator[Finding]:
    """The same on two invoices of one day; without clock times it may have been two contacts, so it is asked."""
    for service in bill.services:
        for before in bill.earlier:
            if _exclude(service.number, before.number) and same_contact(service, before):
                facts = at(service.line, service.number, other=before.number, service_on=before.service_on.isoformat())
                yield Finding("numbers_exclude_earlier", Severity.WARN, _source(service.number), facts)


def three_stands_alone(bill: Bill) -> Iterator[Finding]:
    """Nr. 3 GOÄ: only by itself, or with 5, 6, 7, 8, 800 or 801."""
    for service in bill.services:
        if service.number != "3":
            continue
        others = {each.number for each in _beside(bill, service)} - _THREE_WITH - _SURCHARGES
        if others:
            facts = at(service.line, "3", others=", ".join(sorted(others, key=_natural)))
            yield Finding("three_not_beside", Severity.BLOCK, "Nr. 3 GOÄ", facts)


def two_stands_alone(bill: Bill) -> Iterator[Finding]:
    """Nr. 2 GOÄ: not together with any other fee of the same contact."""
    for service in bill.services:
        if service.number == "2" and any(True for _ in _beside(bill, service)):
            yield Finding("two_not_beside", Severity.BLOCK, "Nr. 2 GOÄ", at(service.line, "2"))


def typing_belongs_to_a_report(bill: Bill) -> Iterator[Finding]:
    """Nr. 95 and 96 GOÄ: only beside 80, 85 and 90."""
    numbers = {service.number for service in bill.services}
    for service in bill.services:
        if service.number in _TYPING and not numbers & _TYPED:
            facts = at(service.line, service.number)
            yield Finding("typing_without_report", Severity.BLOCK, f"Nr. {service.number} GOÄ", facts)


def report_was_asked_for(bill: Bill) -> Iterator[Finding]:
    """A certificate or report is charged where it was written and asked for; an estimate is none (domain 1.3)."""
    for service in bill.services:
        if service.number in _REPORTS:
            yield Finding("report_on_request", Severity.HINT, "", at(service.line, service.number))


def talk_was_long_enough(bill: Bill) -> Iterator[Finding]:
    """§ 12(2) no. 2 GOÄ: the legend's minimum duration stands on the paper, so it has to be true."""
    for place, line, position in bill.goae_lines():
        if position.minimum_minutes:
            facts = at(place, line.number, minutes=str(position.minimum_minutes))
            yield Finding("minimum_duration", Severity.HINT, "§ 12 Abs. 2 GOÄ", facts)


def _exclude(one: str, other: str) -> bool:
    return other in _NOT_BESIDE.get(one, frozenset()) or one in _NOT_BESIDE.get(other, frozenset())


def _beside(bill: Bill, service: Service) -> Iterator[Service]:
    return (each for each in bill.services if each.line != service.line and same_contact(each, service))


def _source(number: str) -> str:
    return f"Nr. {number} GOÄ" if number.isdigit() else f"Zuschlag {number} GOÄ"


def _natural(number: str) -> tuple[int, str]:
    digits = "".join(letter for letter in number if letter.isdigit())
    return int(digits or 0), number
