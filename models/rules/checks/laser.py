"""Lasers are charged by the whole area of a session: BÄK recommendation, Deutsches Ärzteblatt 3/2002 (domain 1.2)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from ..analog import laser_position
from ..billing import LASER_NUMBERS
from ..goae import plain
from ..severity import Finding, Severity
from .bill import Bill, at

_PER_SESSION = "je Sitzung"  # how a legend says that the service counts once, however many spots were treated
_REJECTED = "5855"


def once_per_session(bill: Bill) -> Iterator[Finding]:
    """Nr. 740, 2440 and others "je Sitzung": once, whatever the number of spots."""
    counts: Counter[tuple[str, date, str]] = Counter()
    last: dict[tuple[str, date, str], int] = {}
    own: dict[tuple[str, date, str], int] = {}
    for place, line, position in bill.goae_lines():
        if _PER_SESSION in position.text and position.points is not None:
            key = line.number, line.service_on, line.session
            counts[key] += line.count
            last[key], own[key] = place, line.count
    for (number, day, session), count in counts.items():
        if count > 1:
            key = number, day, session
            facts = at(last[key], number, count=str(count), own=str(own[key]))
            yield Finding("once_per_session", Severity.BLOCK, f"Nr. {number} GOÄ", facts)


def number_fits_the_area(bill: Bill) -> Iterator[Finding]:
    """The whole area of one session gives the number; a proposal, the physician decides."""
    for place, line, _ in bill.goae_lines():
        area = bill.laser_areas.get(line.session)
        if not area or line.number not in LASER_NUMBERS:
            continue
        proposed = laser_position(area)
        if proposed != line.number:
            facts = at(place, line.number, proposed=proposed, area=plain(area))
            yield Finding("laser_position_by_area", Severity.WARN, "", facts)


def area_counts_once(bill: Bill) -> Iterator[Finding]:
    """18 cm² and 4 cm² are one 2886: not one number for each lesion or laser."""
    seen: dict[tuple[date, str], str] = {}
    for place, line, _ in bill.goae_lines():
        if line.number not in LASER_NUMBERS or not line.analog:
            continue
        other = seen.setdefault((line.service_on, line.session), line.number)
        if other != line.number or line.count > 1:
            facts = at(place, line.number, other=other, count=str(line.count))
            yield Finding("laser_area_counts_once", Severity.WARN, "", facts)


def area_is_recorded(bill: Bill) -> Iterator[Finding]:
    """The recommendation asks for the measured area, with a photo before and after."""
    for place, line, _ in bill.goae_lines():
        if line.number in LASER_NUMBERS and line.analog and line.session and not bill.laser_areas.get(line.session):
            yield Finding("laser_area_missing", Severity.WARN, "", at(place, line.number))


def laser_is_analog(bill: Bill) -> Iterator[Finding]:
    """2440, 2885, 2886 name vascular operations: another laser treatment is charged by analogy (§ 6(2), § 12(4))."""
    for place, line, _ in bill.goae_lines():
        if line.number in LASER_NUMBERS and not line.analog:
            yield Finding("laser_needs_analog", Severity.WARN, "§ 12 Abs. 4 GOÄ", at(place, line.number))


def naevi_are_left_out(bill: Bill) -> Iterator[Finding]:
    """The recommendation leaves out melanocytic naevi."""
    for place, line, _ in bill.goae_lines():
        if line.number in LASER_NUMBERS and line.analog and line.session in bill.naevus_sessions:
            yield Finding("laser_naevus_question", Severity.WARN, "", at(place, line.number))


def radiotherapy_is_no_laser(bill: Bill) -> Iterator[Finding]:
    """Analogous 5855 was rejected by courts (second-hand, so it warns)."""
    for place, line, _ in bill.goae_lines():
        if line.number == _REJECTED and line.analog:
            yield Finding("analog_rejected", Severity.WARN, "§ 6 Abs. 2 GOÄ", at(place, line.number))
