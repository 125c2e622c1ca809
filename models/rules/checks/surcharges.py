"""The surcharges 440 to 445 of section C.VIII: beside which operation, where on the paper, which one, how often."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from ..goae import Position, plain
from ..invoice import InvoiceLine
from ..severity import Finding, Severity
from ..surcharges import OPERATION_SURCHARGES, PERCENTAGES, charged, operation_of
from .bill import Bill, at

SURCHARGES = frozenset({"440", "441", "442", "443", "444", "445"})
_BY_POINTS = ((1200, "445"), (800, "444"), (500, "443"), (250, "442"))
_OUTPATIENT = frozenset(number for _, number in _BY_POINTS)
_LAW = "Abschnitt C VIII GOÄ"

# Operations that the general provision names, and numbers near them that it does not (domain 1.1); others are asked.
_NAMED = frozenset({"1365", "2402", "2404", "2405", "2440", "2441", "2442", "2454"})
_NOT_NAMED = frozenset({"740", "743", "755", "757", "2403", "2885", "2886"})
_OPERATIVE = frozenset("FHIJKL")

Numbered = tuple[int, InvoiceLine, Position]


def surcharge_has_its_operation(bill: Bill) -> Iterator[Finding]:
    """Only beside an operation of the same day that the provision names; beside an analogous one it is disputed."""
    for place, line, _ in _surcharges(bill):
        operations = _operations(bill, line)
        if not operations:
            yield Finding("surcharge_without_operation", Severity.BLOCK, _LAW, at(place, line.number))
            continue
        _, operation, its = _belongs_to(place, operations)
        if operation.analog:
            facts = at(place, line.number, operation=its.number)
            yield Finding("surcharge_beside_analog", Severity.WARN, _LAW, facts)
        elif _never_beside(_belongs_to(place, operations)):
            facts = at(place, line.number, operation=its.number)
            yield Finding("surcharge_not_beside", Severity.BLOCK, _LAW, facts)
        elif its.number not in _NAMED:
            facts = at(place, line.number, operation=its.number)
            yield Finding("surcharge_operation_unknown", Severity.WARN, _LAW, facts)


def surcharge_follows_its_operation(bill: Bill) -> Iterator[Finding]:
    """Listed directly behind the operation that it belongs to; between them only other surcharges."""
    for place, line, _ in _surcharges(bill):
        operations = _operations(bill, line)
        if not operations or _never_beside(_belongs_to(place, operations)):
            continue
        before = place - 1
        while before and bill.lines[before - 1].number in OPERATION_SURCHARGES:
            before -= 1
        if before not in {its_place for its_place, _, _ in operations}:
            wanted, _, its = _belongs_to(place, operations)
            facts = at(place, line.number, operation=its.number, after=str(wanted))
            yield Finding("surcharge_not_after_operation", Severity.BLOCK, _LAW, facts)


def surcharge_once_a_day(bill: Bill) -> Iterator[Finding]:
    """Each surcharge once per treatment day, also where an earlier invoice has it."""
    counts: Counter[tuple[str, date]] = Counter()
    for service in (*bill.earlier, *bill.services):
        if service.number not in SURCHARGES:
            continue
        key = service.number, service.service_on
        counts[key] += service.count
        if service.line and counts[key] > 1:
            facts = at(service.line, service.number, count=str(service.count))
            yield Finding("surcharge_once_a_day", Severity.BLOCK, f"Nr. {service.number} GOÄ", facts)


def outpatient_surcharges_exclude_each_other(bill: Bill) -> Iterator[Finding]:
    """Of 442 to 445 one a day."""
    first: dict[date, str] = {}
    for service in (*bill.earlier, *bill.services):
        if service.number not in _OUTPATIENT:
            continue
        other = first.setdefault(service.service_on, service.number)
        if service.line and other != service.number:
            facts = at(service.line, service.number, other=other)
            yield Finding("surcharges_exclude", Severity.BLOCK, f"Nr. {service.number} GOÄ", facts)


def outpatient_surcharge_by_points(bill: Bill) -> Iterator[Finding]:
    """442 to 445 by the operation with the highest points of the day, never by the sum."""
    for place, line, _ in _surcharges(bill):
        operations = _operations(bill, line)
        if line.number not in _OUTPATIENT or not operations:
            continue
        points = max(its.points or 0 for _, _, its in operations)
        fitting = next((number for limit, number in _BY_POINTS if points >= limit), "")
        if fitting == line.number:
            continue
        facts = at(place, line.number, points=str(points)) | ({"proposed": fitting} if fitting else {})
        yield Finding("surcharge_by_points", Severity.BLOCK, f"Nr. {line.number} GOÄ", facts)


def percentage_is_reckoned(bill: Bill) -> Iterator[Finding]:
    """Nr. 441: 100 per cent of the single rate of the operation, at most 67.49 euros (132 DM); Nr. 5298: 25."""
    before: defaultdict[tuple[str, date], list[Position]] = defaultdict(list)
    for place, line, position in bill.goae_lines():
        above = before[line.session, line.service_on]
        if position.points is None and position.number in PERCENTAGES and operation_of(position.number, above):
            due = charged(position, line.factor, above)
            if line.single != due:
                facts = at(place, line.number, amount=str(line.single), fee=str(due), factor=plain(line.factor))
                yield Finding("surcharge_amount", Severity.BLOCK, f"Nr. {line.number} GOÄ", facts)
        above.append(position)


def _surcharges(bill: Bill) -> Iterator[Numbered]:
    return (each for each in bill.goae_lines() if each[2].number in SURCHARGES)


def _operations(bill: Bill, surcharge: InvoiceLine) -> list[Numbered]:
    """The operative lines of the surcharge's day: with points, of a section that has operations."""
    return [
        (place, line, position)
        for place, line, position in bill.goae_lines()
        if line.service_on == surcharge.service_on
        and position.number not in SURCHARGES
        and position.points is not None
        and position.section in _OPERATIVE
    ]


def _never_beside(operation: Numbered) -> bool:
    """Whether the provision surely does not name it; what is charged by analogy is disputed."""
    return operation[2].number in _NOT_NAMED and not operation[1].analog


def _belongs_to(place: int, operations: list[Numbered]) -> Numbered:
    """The nearest operation before the surcharge, else the first behind it."""
    before = [each for each in operations if each[0] < place]
    return before[-1] if before else operations[0]
