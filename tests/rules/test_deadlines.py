"""Deadlines of the BGB and the holidays under them."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kostenklar.models.rules.deadlines import (
    CaseReading,
    add_days,
    add_months,
    add_weeks,
    case_last_day,
    in_default_from,
    is_workday,
    limitation_end,
    shift_to_workday,
)
from kostenklar.models.rules.holidays import FIRST_YEAR, LAST_YEAR, FederalState, is_public_holiday, public_holidays

QUICK = settings(max_examples=30, deadline=None, database=None)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 20))
STATES = st.sampled_from(FederalState)


@pytest.mark.parametrize("state", FederalState)
def test_the_holidays_are_those_of_the_reference_library(state: FederalState) -> None:
    reference = holidays.country_holidays("DE", subdiv=state.value, years=range(FIRST_YEAR, LAST_YEAR + 1))
    ours = {day for year in range(FIRST_YEAR, LAST_YEAR + 1) for day in public_holidays(year, state)}
    assert ours == set(reference)


@pytest.mark.parametrize("year", [2019, 2041])
def test_years_without_a_known_table_are_refused(year: int) -> None:
    with pytest.raises(ValueError, match="no holidays known"):
        public_holidays(year, FederalState.BE)


def test_par_187_188_bgb_the_day_of_the_event_does_not_count() -> None:
    assert add_days(date(2026, 11, 23), 30) == date(2026, 12, 23)
    assert add_weeks(date(2026, 11, 23), 4) == date(2026, 12, 21)
    assert add_months(date(2026, 3, 15), 1) == date(2026, 4, 15)


@pytest.mark.parametrize(
    ("event_on", "months", "last"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2028, 2, 29), 120, date(2038, 2, 28)),
        (date(2026, 11, 30), 0, date(2026, 11, 30)),
    ],
)
def test_par_188_3_bgb_a_missing_day_is_the_last_of_its_month(event_on: date, months: int, last: date) -> None:
    assert add_months(event_on, months) == last


def test_a_deadline_does_not_run_backwards() -> None:
    for add in (add_days, add_weeks, add_months):
        with pytest.raises(ValueError, match="deadline"):
            add(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    ("on", "state", "shifted"),
    [
        (date(2026, 11, 21), FederalState.BE, date(2026, 11, 23)),  # Saturday
        (date(2026, 11, 22), FederalState.BE, date(2026, 11, 23)),  # Sunday
        (date(2026, 4, 3), FederalState.HE, date(2026, 4, 7)),  # Good Friday to the Tuesday after
        (date(2026, 1, 6), FederalState.BY, date(2026, 1, 7)),  # Epiphany in Bavaria
        (date(2026, 1, 6), FederalState.BE, date(2026, 1, 6)),  # and not in Berlin
        (date(2026, 11, 18), FederalState.SN, date(2026, 11, 19)),  # Repentance Day in Saxony
        (date(2026, 12, 25), FederalState.HH, date(2026, 12, 28)),
        (date(2026, 11, 23), FederalState.HH, date(2026, 11, 23)),
    ],
)
def test_par_193_bgb_the_end_moves_to_a_working_day_of_the_state(on: date, state: FederalState, shifted: date) -> None:
    assert shift_to_workday(on, state) == shifted


@QUICK
@given(DAYS, STATES)
def test_par_193_bgb_no_deadline_ends_on_a_holiday(on: date, state: FederalState) -> None:
    shifted = shift_to_workday(on, state)
    assert shifted.weekday() < 5
    assert not is_public_holiday(shifted, state)
    assert on <= shifted <= on + timedelta(days=5)
    assert not any(is_workday(on + timedelta(days=day), state) for day in range((shifted - on).days))


@QUICK
@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 200))
def test_months_keep_the_day_or_end_the_month(event_on: date, months: int) -> None:
    last = add_months(event_on, months)
    assert (last.year * 12 + last.month) - (event_on.year * 12 + event_on.month) == months
    assert last.day == event_on.day or (last + timedelta(days=1)).day == 1


def test_par_286_3_bgb_default_needs_due_date_and_receipt() -> None:
    # issued 23.11., received 26.11.: 30 days end on Saturday 26.12., a holiday; Monday 28.12. is the last day
    assert in_default_from(date(2026, 11, 23), date(2026, 11, 26), FederalState.BE) == date(2026, 12, 29)
    assert in_default_from(date(2026, 11, 26), date(2026, 11, 23), FederalState.BE) == date(2026, 12, 29)
    assert in_default_from(date(2026, 9, 1), date(2026, 9, 1), FederalState.BE) == date(2026, 10, 2)


def test_par_195_199_bgb_limitation_ends_with_the_third_year() -> None:
    assert limitation_end(date(2026, 1, 2)) == date(2029, 12, 31)
    assert limitation_end(date(2026, 12, 31)) == date(2029, 12, 31)


def test_behandlungsfall_one_month_or_thirty_days() -> None:
    assert case_last_day(date(2026, 3, 15), CaseReading.MONTH) == date(2026, 4, 15)
    assert case_last_day(date(2026, 3, 15), CaseReading.THIRTY_DAYS) == date(2026, 4, 14)
