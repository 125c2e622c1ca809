"""Money: one rounding, whole cents, amounts that add up."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kostenklar.models.rules.money import NotWholeCents, TaxedAmount, from_cents, to_cent, to_cents

QUICK = settings(max_examples=30, deadline=None, database=None)
EUROS = st.decimals(-100_000, 100_000, places=6)
CENTS = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("-0.005", "-0.01"), ("-2.675", "-2.68"), ("1", "1.00")],
)
def test_half_a_cent_rounds_away_from_zero(amount: str, rounded: str) -> None:
    assert str(to_cent(Decimal(amount))) == rounded


def test_a_negative_trifle_is_not_printed_as_minus_zero() -> None:
    assert str(to_cent(Decimal("-0.001"))) == "0.00"


@pytest.mark.parametrize("amount", ["0.001", "9.525", "NaN", "Infinity", "1E-9"])
def test_fractions_of_a_cent_are_refused(amount: str) -> None:
    with pytest.raises(NotWholeCents):
        to_cents(Decimal(amount))


@QUICK
@given(CENTS)
def test_cents_come_back_as_they_went(cents: int) -> None:
    assert to_cents(from_cents(cents)) == cents


@QUICK
@given(EUROS)
def test_rounding_a_negative_mirrors_rounding_the_positive(amount: Decimal) -> None:
    assert to_cent(-amount) == -to_cent(amount)
    assert abs(to_cent(amount) - amount) <= Decimal("0.005")


def test_an_amount_that_does_not_add_up_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="is not"):
        TaxedAmount(Decimal("9.52"), Decimal("1.81"), Decimal("11.32"))
    with pytest.raises(NotWholeCents):
        TaxedAmount(Decimal("9.525"), Decimal("1.805"), Decimal("11.33"))


def test_740_times_2_3_is_11_33_gross() -> None:
    amount = TaxedAmount.from_net(Decimal("9.52"), Decimal("19.00"))
    assert (amount.vat, amount.gross) == (Decimal("1.81"), Decimal("11.33"))


@QUICK
@given(CENTS, CENTS)
def test_an_amount_and_its_negative_leave_nothing(net: int, other: int) -> None:
    amount = TaxedAmount.from_net(from_cents(net), Decimal(19))
    assert amount + -amount == TaxedAmount.nothing()
    assert -amount == TaxedAmount.from_net(from_cents(-net), Decimal(19))
    assert amount + TaxedAmount.from_net(from_cents(other), Decimal(0)) + -amount == TaxedAmount.from_net(
        from_cents(other), Decimal(0)
    )
