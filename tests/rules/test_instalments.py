"""Instalments: the parts are the whole to the cent, the last one takes the rest, money goes to the earliest first."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kostenklar.models.rules.instalments import (
    GRACE_DAYS,
    INSTALMENT_PLAN,
    MOST_INSTALMENTS,
    NoSplit,
    PlanState,
    PlanStep,
    Rate,
    Standing,
    check_plan,
    missed_on,
    monthly,
    next_rate,
    progress,
    split_by_amount,
    split_by_count,
)
from kostenklar.models.rules.payments import Account
from kostenklar.models.rules.states import InvoiceState

TODAY = date(2026, 11, 22)
EUROS = st.integers(min_value=1, max_value=99_999_999).map(lambda cents: Decimal(cents).scaleb(-2))


def account(gross="100.00", paid="0.00", state=InvoiceState.SENT, issued_on=TODAY):
    return Account(state, False, Decimal(gross), Decimal(paid), issued_on, issued_on, None)  # no cancellation


def plan(*amounts, first_on=TODAY + timedelta(days=10)):
    return monthly([Decimal(amount) for amount in amounts], first_on)


@given(total=EUROS, count=st.integers(min_value=2, max_value=MOST_INSTALMENTS))
def test_equal_parts_come_to_the_whole_in_cents_and_none_is_nothing(total, count):
    try:
        parts = split_by_count(total, count)
    except NoSplit:
        assert total * 100 < count
        return
    assert sum(parts) == total
    assert len(parts) == count
    assert min(parts) > 0
    assert all(part == part.quantize(Decimal("0.01")) for part in parts)
    assert len(set(parts[:-1])) == 1
    assert parts[-1] >= parts[0]


@given(total=EUROS, amount=EUROS)
def test_parts_of_an_amount_come_to_the_whole_and_the_last_is_not_larger(total, amount):
    try:
        parts = split_by_amount(total, amount)
    except NoSplit:
        assert amount >= total or total > amount * MOST_INSTALMENTS
        return
    assert sum(parts) == total
    assert set(parts[:-1]) == {amount}
    assert 0 < parts[-1] <= amount


def test_the_last_instalment_takes_the_rest():
    assert split_by_count(Decimal("100.00"), 3) == (Decimal("33.33"), Decimal("33.33"), Decimal("33.34"))
    assert split_by_amount(Decimal("100.00"), Decimal("40.00")) == (
        Decimal("40.00"), Decimal("40.00"), Decimal("20.00"),
    )  # fmt: skip
    assert split_by_amount(Decimal("100.00"), Decimal("50.00")) == (Decimal("50.00"), Decimal("50.00"))


@pytest.mark.parametrize("count", [-1, 0, 1, 61, 10**9])
def test_one_instalment_is_none_and_there_is_an_end(count):
    with pytest.raises(NoSplit):
        split_by_count(Decimal("100.00"), count)


@pytest.mark.parametrize("amount", ["0.00", "-5.00", "100.00", "1.00"])
def test_an_amount_that_leaves_but_one_or_too_many_is_refused(amount):
    with pytest.raises(NoSplit):
        split_by_amount(Decimal("100.00"), Decimal(amount))


def test_they_are_monthly_and_end_with_a_short_month():
    days = [rate.due_on for rate in plan("1", "1", "1", first_on=date(2027, 1, 31))]
    assert days == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


def test_money_goes_to_the_earliest_instalment():
    rates = plan("40", "40", "20", first_on=TODAY - timedelta(days=40))
    now = progress(rates, Decimal("55.00"), TODAY)
    assert [(rate.paid, rate.standing) for rate in now] == [
        (Decimal(40), Standing.PAID), (Decimal(15), Standing.LATE), (Decimal(0), Standing.AHEAD),
    ]  # fmt: skip
    assert next_rate(now) == now[1]


def test_on_its_day_an_instalment_is_due_and_not_late():
    assert progress(plan("40", first_on=TODAY), Decimal(0), TODAY)[0].standing is Standing.DUE


def test_a_missed_instalment_counts_after_the_days_of_grace():
    rates = (Rate(TODAY, Decimal(40)), Rate(TODAY + timedelta(days=30), Decimal(60)))
    last = TODAY + timedelta(days=GRACE_DAYS)
    assert missed_on(rates, Decimal("39.99"), last) is None
    assert missed_on(rates, Decimal("39.99"), last + timedelta(days=1)) == TODAY
    assert missed_on(rates, Decimal("40.00"), last + timedelta(days=1)) is None


def test_money_taken_back_leaves_no_negative_instalment():
    assert progress(plan("40"), Decimal("-5.00"), TODAY)[0].paid == 0


def codes(at, rates, *, agreed=False, with_lawyer=False):
    return [finding.code for finding in check_plan(at, rates, TODAY, agreed=agreed, with_lawyer=with_lawyer)]


def test_what_stands_against_a_plan():
    rates = plan("50", "50")
    assert codes(account(), rates) == []
    assert codes(account(paid="100.00"), rates) == ["plan_nothing_open"]
    assert codes(account(state=InvoiceState.WRITTEN_OFF), rates) == ["plan_nothing_open"]
    assert codes(account(), plan("50", "50", first_on=TODAY)) == ["plan_day_past"]
    assert codes(account(), rates, agreed=True) == ["plan_there"]
    assert codes(account(), rates, with_lawyer=True) == ["plan_with_lawyer"]


def test_par_195_bgb_a_plan_that_outlives_the_claim_warns():
    old = account(issued_on=date(2023, 5, 1))
    assert codes(old, plan("50", "50", first_on=date(2026, 12, 1))) == ["plan_beyond_limitation"]
    assert codes(old, plan("50", "50", first_on=date(2026, 11, 30))) == []


def test_an_agreed_plan_ends_in_three_ways_and_each_is_final():
    ends = {INSTALMENT_PLAN.advance(PlanState.AGREED, step) for step in PlanStep}
    assert ends == {PlanState.KEPT, PlanState.BROKEN, PlanState.ENDED}
    assert all(INSTALMENT_PLAN.is_final(state) for state in ends)
