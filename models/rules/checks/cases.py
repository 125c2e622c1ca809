"""How often within a day, a Behandlungsfall or half a year: General provisions B GOÄ, BÄK recommendation of 2002.

A Behandlungsfall exists per illness, and its month is read in two ways (domain 10.1 no. 7): its rules warn, and a line
of another illness is a case of its own.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from ..deadlines import CaseReading, add_months, case_last_day
from ..severity import Finding, Severity
from .bill import Bill, Service, at, same_contact

_PROVISION = "Abschnitt B GOÄ"
_TIMED = frozenset({"1", "3", "5", "6", "7", "8"})
_OTHER_SECTIONS = frozenset("CDEFGHIJKLMNO")
_LASER = frozenset({"2440", "2885", "2886"})
_LASER_TIMES = 3
_HALF_YEAR = 6


def consultation_once_beside_treatment(bill: Bill) -> Iterator[Finding]:
    """Nr. 1 and 5 beside services of sections C to O: only once in a Behandlungsfall."""
    every = (*bill.earlier, *bill.services)

    def counts(service: Service) -> bool:
        beside = (each for each in every if same_contact(each, service))
        return any(each.section in _OTHER_SECTIONS for each in beside)

    for number in ("1", "5"):
        for service, before in _repeats(bill, lambda each, n=number: each.number == n and counts(each), 1):  # type: ignore[misc]  # bound now
            facts = at(service.line, number, first_on=before.service_on.isoformat())
            yield Finding("once_per_case", Severity.WARN, _PROVISION, facts)


def long_talk_once_per_case(bill: Bill) -> Iterator[Finding]:
    """Nr. 3: more than once in a Behandlungsfall only with its own reason."""
    for service, before in _repeats(bill, lambda each: each.number == "3", 1):
        if not service.reason.strip():
            facts = at(service.line, "3", first_on=before.service_on.isoformat())
            yield Finding("repeat_needs_reason", Severity.WARN, "Nr. 3 GOÄ", facts)


def relatives_once_per_case(bill: Bill) -> Iterator[Finding]:
    """Nr. 4: once in a Behandlungsfall."""
    for service, before in _repeats(bill, lambda each: each.number == "4", 1):
        facts = at(service.line, "4", first_on=before.service_on.isoformat())
        yield Finding("once_per_case_number", Severity.WARN, "Nr. 4 GOÄ", facts)


def laser_three_times_per_case(bill: Bill) -> Iterator[Finding]:
    """Each laser position up to three times in a Behandlungsfall, whatever the analogous service (domain 1.2)."""
    for number in sorted(_LASER):
        wanted = _analog(number)
        for service, _ in _repeats(bill, wanted, _LASER_TIMES):
            facts = at(service.line, number, times=str(_LASER_TIMES))
            yield Finding("laser_fourth_time", Severity.WARN, "", facts)


def life_talk_twice_in_six_months(bill: Bill) -> Iterator[Finding]:
    """Nr. 34: at most twice within six months."""
    every = sorted((each for each in (*bill.earlier, *bill.services) if each.number == "34"), key=_order)
    for service in every:
        since = [each for each in every if _order(each) <= _order(service)]
        within = [each for each in since if add_months(each.service_on, _HALF_YEAR) > service.service_on]
        if service.line and sum(each.count for each in within) > 2:
            yield Finding("twice_in_six_months", Severity.BLOCK, "Nr. 34 GOÄ", at(service.line, "34"))


def same_day_with_clock_time(bill: Bill) -> Iterator[Finding]:
    """Nr. 1, 3, 5 to 8 twice on one day: only with the time of each on the invoice."""
    for (number, day), group in _by_day(each for each in (*bill.earlier, *bill.services) if each.number in _TIMED):
        times = [each.clock_time for each in group]
        if sum(each.count for each in group) < 2 or (all(times) and len(set(times)) == len(times) == _whole(group)):
            continue
        for service in group:
            twice = service.count > 1 or not service.clock_time or times.count(service.clock_time) > 1
            if service.line and twice:
                facts = at(service.line, number, service_on=day.isoformat(), count=str(service.count))
                yield Finding("clock_time_missing", Severity.BLOCK, _PROVISION, facts)


def _whole(group: Iterable[Service]) -> int:
    return sum(each.count for each in group)


def _by_day(services: Iterable[Service]) -> Iterator[tuple[tuple[str, date], list[Service]]]:
    groups: dict[tuple[str, date], list[Service]] = {}
    for each in services:
        groups.setdefault((each.number, each.service_on), []).append(each)
    yield from groups.items()


def _analog(number: str) -> Callable[[Service], bool]:
    return lambda each: each.number == number and each.analog


def _repeats(bill: Bill, wanted: Callable[[Service], bool], allowed: int) -> Iterator[tuple[Service, Service]]:
    """(line of this bill, the first of its case) for each wanted service beyond the allowed count of its case."""
    every = [each for each in (*bill.earlier, *bill.services) if not each.other_illness]
    counts: Counter[date] = Counter()
    first: dict[date, Service] = {}
    for start, service in _in_cases(sorted(every, key=_order), bill.case_reading):
        if not wanted(service):
            continue
        counts[start] += service.count
        before = first.setdefault(start, service)
        if service.line and counts[start] > allowed:
            yield service, before


def _in_cases(services: Iterable[Service], reading: CaseReading) -> Iterator[tuple[date, Service]]:
    """Each service with the first day of its Behandlungsfall; the first contact after its end opens the next."""
    start: date | None = None
    for service in services:
        if start is None or service.service_on > case_last_day(start, reading):
            start = service.service_on
        yield start, service


def _order(service: Service) -> tuple[date, str, int]:
    return service.service_on, service.clock_time, service.line
