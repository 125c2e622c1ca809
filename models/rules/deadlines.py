"""Deadlines of the BGB: days, weeks and months, the shift to a working day, default, limitation, Behandlungsfall."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from .holidays import FederalState, is_public_holiday

_SATURDAY = 5
DEFAULT_DAYS = 30  # § 286(3) BGB
LIMITATION_YEARS = 3  # § 195 BGB
CASE_DAYS = 30


class CaseReading(StrEnum):
    """How "one month" of the Behandlungsfall is read (sources differ: a setting, domain 10.1 no. 7)."""

    MONTH = "month"
    THIRTY_DAYS = "thirty_days"


def add_days(event_on: date, days: int) -> date:
    """Last day of a deadline of days; the day of the event does not count (§§ 187(1), 188(1) BGB)."""
    return event_on + timedelta(days=_whole(days))


def add_weeks(event_on: date, weeks: int) -> date:
    """Last day of a deadline of weeks: the same weekday (§ 188(2) BGB)."""
    return event_on + timedelta(weeks=_whole(weeks))


def add_months(event_on: date, months: int) -> date:
    """Last day of a deadline of months: the same number, or the month's last day (§ 188(2), (3) BGB)."""
    year, month0 = divmod(event_on.year * 12 + event_on.month - 1 + _whole(months), 12)
    return date(year, month0 + 1, min(event_on.day, monthrange(year, month0 + 1)[1]))


def is_workday(on: date, state: FederalState) -> bool:
    """Neither Saturday nor Sunday nor a public holiday of the state."""
    return on.weekday() < _SATURDAY and not is_public_holiday(on, state)


def shift_to_workday(on: date, state: FederalState) -> date:
    """The day itself or the next working day (§ 193 BGB), by the holidays of `state`."""
    while not is_workday(on, state):
        on += timedelta(days=1)
    return on


def in_default_from(due_on: date, received_on: date, state: FederalState) -> date:
    """First day of default: the day after 30 days from due date *and* receipt (§ 286(3) BGB).

    Holds for a consumer only where the invoice itself says so; the end is shifted to a working day.
    """
    last = add_days(max(due_on, received_on), DEFAULT_DAYS)
    return shift_to_workday(last, state) + timedelta(days=1)


def limitation_end(due_on: date) -> date:
    """Last day before the claim is barred: 31 December, three years on (§§ 195, 199(1) BGB).

    A GOÄ claim falls due when the compliant invoice is issued (§ 12(1) GOÄ).
    """
    return date(due_on.year + LIMITATION_YEARS, 12, 31)


def case_last_day(first_contact_on: date, reading: CaseReading) -> date:
    """Last day of the Behandlungsfall that a first contact opens: 15.03. -> 15.04., a new case from 16.04."""
    if reading is CaseReading.MONTH:
        return add_months(first_contact_on, 1)
    return add_days(first_contact_on, CASE_DAYS)


def _whole(count: int) -> int:
    if count < 0:
        raise ValueError(f"a deadline of {count}")
    return count
