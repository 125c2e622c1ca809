"""Interest on a debt in default, to the cent and to the day."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kostenklar.models.rules.interest import (
    BaseRateMissing,
    Paid,
    Rate,
    awaited_rate,
    base_rate,
    interest_periods,
    interest_sum,
)

RATES = (
    Rate(date(2025, 1, 1), Decimal("2.27")),
    Rate(date(2025, 7, 1), Decimal("1.27")),
    Rate(date(2026, 1, 1), Decimal("1.27")),
    Rate(date(2026, 7, 1), Decimal("1.52")),
)
EUROS = st.decimals(Decimal("0.01"), Decimal(99999), places=2)
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


def test_par_288_1_bgb_five_points_over_the_base_rate_for_each_day() -> None:
    (period,) = interest_periods(Decimal("1000.00"), (), date(2026, 8, 1), date(2026, 8, 31), RATES)
    assert (period.days, period.percent) == (31, Decimal("6.52"))
    assert period.amount == Decimal("5.54")  # 1000 x 6.52 % x 31 / 365 = 5.5375


def test_a_new_base_rate_begins_a_new_period() -> None:
    periods = interest_periods(Decimal("1000.00"), (), date(2026, 6, 1), date(2026, 7, 31), RATES)
    assert [(p.first, p.last, p.days, p.percent, p.amount) for p in periods] == [
        (date(2026, 6, 1), date(2026, 6, 30), 30, Decimal("6.27"), Decimal("5.15")),
        (date(2026, 7, 1), date(2026, 7, 31), 31, Decimal("6.52"), Decimal("5.54")),
    ]
    assert interest_sum(periods) == Decimal("10.69")


def test_a_base_rate_that_stays_begins_none() -> None:
    (period,) = interest_periods(Decimal("1000.00"), (), date(2025, 12, 1), date(2026, 1, 31), RATES)
    assert (period.first, period.last, period.days) == (date(2025, 12, 1), date(2026, 1, 31), 62)


def test_money_lowers_the_debt_from_its_day_on() -> None:
    payments = (Paid(date(2026, 8, 11), Decimal("400.00")), Paid(date(2026, 5, 1), Decimal("100.00")))
    periods = interest_periods(Decimal("1000.00"), payments, date(2026, 8, 1), date(2026, 8, 20), RATES)
    assert [(p.principal, p.days) for p in periods] == [(Decimal("900.00"), 10), (Decimal("500.00"), 10)]


def test_what_was_paid_bears_none_and_what_went_back_does_again() -> None:
    payments = (Paid(date(2026, 8, 6), Decimal("1000.00")), Paid(date(2026, 8, 11), Decimal("-1000.00")))
    periods = interest_periods(Decimal("1000.00"), payments, date(2026, 8, 1), date(2026, 8, 15), RATES)
    assert [(p.first.day, p.last.day) for p in periods] == [(1, 5), (11, 15)]


def test_par_289_bgb_no_interest_on_interest() -> None:
    """A year twice as long costs twice as much: nothing is added to the debt."""
    flat = (Rate(date(2025, 1, 1), Decimal("1.00")),)
    one = interest_sum(interest_periods(Decimal(365), (), date(2025, 1, 1), date(2025, 12, 31), flat))
    two = interest_sum(interest_periods(Decimal(365), (), date(2025, 1, 1), date(2026, 12, 31), flat))
    assert (one, two) == (Decimal("21.90"), Decimal("43.80"))


def test_before_the_first_known_base_rate_no_figure_is_made_up() -> None:
    with pytest.raises(BaseRateMissing) as missing:
        interest_periods(Decimal(100), (), date(2024, 12, 31), date(2025, 1, 31), RATES)
    assert missing.value.day == date(2024, 12, 31)


def test_nothing_runs_before_the_default() -> None:
    assert interest_periods(Decimal(100), (), date(2026, 8, 2), date(2026, 8, 1), RATES) == ()


def test_the_practice_s_own_entry_stands_before_the_shipped_one_of_the_same_day() -> None:
    own = Rate(date(2026, 7, 1), Decimal("1.77"), "Bundesbank, 30.06.2026", own=True)
    assert base_rate((own, *RATES), date(2026, 8, 1)) == Decimal("1.77")
    assert base_rate((*RATES, own), date(2026, 8, 1)) == Decimal("1.77")


def test_par_247_1_bgb_each_half_year_wants_its_rate() -> None:
    assert awaited_rate(RATES, date(2026, 11, 23)) is None
    assert awaited_rate(RATES, date(2026, 12, 31)) is None
    assert awaited_rate(RATES, date(2027, 1, 1)) == date(2027, 1, 1)
    assert awaited_rate(RATES, date(2027, 8, 5)) == date(2027, 7, 1)


@given(gross=EUROS, since=DAYS, length=st.integers(0, 900), parts=st.lists(st.tuples(DAYS, EUROS), max_size=4))
def test_whole_cents_never_negative_and_the_periods_follow_each_other(
    gross: Decimal, since: date, length: int, parts: list[tuple[date, Decimal]]
) -> None:
    until = since + timedelta(length)
    periods = interest_periods(gross, [Paid(*part) for part in parts], since, until, RATES)
    assert all(p.amount >= 0 and p.amount == p.amount.quantize(Decimal("0.01")) for p in periods)
    assert all(since <= p.first <= p.last <= until for p in periods)
    assert all(a.last < b.first for a, b in pairwise(periods))
