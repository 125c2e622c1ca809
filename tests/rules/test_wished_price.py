"""The factor for a wished price: the nearest ones, and what speaks against them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kostenklar.models.catalogue import goae_rows
from kostenklar.models.rules.goae import NoPoints, Position
from kostenklar.models.rules.severity import Severity
from kostenklar.models.rules.wished_price import Service, Wish, factors_for, is_crooked, may_move, wish_too_low

DAY = dt.date(2026, 11, 22)
FEES = {
    row.number: Position(
        row.number, row.text, row.points, "A" if row.in_section_a_list else row.section, row.threshold, row.maximum,
        row.fixed, row.agreement_allowed,
    )
    for row in goae_rows()
}  # fmt: skip
CRYO = [Service(FEES["740"], Decimal("2.3"))]
TATTOO = [
    Service(FEES["1"], Decimal("2.3")), Service(FEES["5"], Decimal("2.3")), Service(FEES["2440"], Decimal("2.3")),
    Service(FEES["441"], Decimal(1)),
]  # fmt: skip


def gross(price: str) -> Wish:
    return Wish(Decimal(price), True, Decimal(19))


def net(price: str, rate: str = "19") -> Wish:
    return Wish(Decimal(price), False, Decimal(rate))


def codes(suggestion) -> set[str]:
    return {finding.code for finding in suggestion.findings}


def test_par_5_1_the_usual_price_of_cryopeeling_leads_back_to_its_factor():
    """740 x 2.3 is 9.52 net, 11.33 gross (domain 10.1 no. 13)."""
    best = factors_for(CRYO, 0, gross("11.33"), DAY)[0]
    assert (best.factor, best.amount.net, best.amount.gross, best.off) == (
        Decimal("2.3"),
        Decimal("9.52"),
        Decimal("11.33"),
        Decimal(0),
    )
    assert codes(best) == set()
    assert factors_for(CRYO, 0, net("9.52"), DAY)[0].factor == Decimal("2.3")


def test_par_2_a_price_far_above_needs_an_agreement():
    best = factors_for(CRYO, 0, gross("80"), DAY)[0]
    assert best.off == 0
    assert "factor_needs_agreement" in codes(best)


def test_par_12_3_above_the_threshold_a_reason_is_needed():
    straight = next(each for each in factors_for(CRYO, 0, net("12.42"), DAY) if each.factor == Decimal(3))
    assert codes(straight) == {"factor_needs_reason"}


def test_a_crooked_factor_warns_and_the_straight_ones_stand_beside_it():
    found = factors_for(CRYO, 0, gross("80.00"), DAY)
    best = found[0]
    assert best.crooked
    assert {"factor_crooked", "lump_sum_hidden"} <= codes(best)
    straight = [each for each in found if not each.crooked]
    assert len(straight) == 2
    assert straight[0].factor - straight[1].factor in (Decimal("0.1"), Decimal("-0.1"))
    assert all(not {"factor_crooked", "lump_sum_hidden"} & codes(each) for each in straight)
    assert all(finding.severity is Severity.WARN for finding in best.findings)


def test_a_crooked_factor_for_an_odd_sum_is_no_hidden_lump_sum():
    best = factors_for(CRYO, 0, net("79.99"), DAY)[0]
    assert codes(best) & {"factor_crooked", "lump_sum_hidden"} == {"factor_crooked"}


def test_the_other_services_keep_their_factor_and_a_percentage_follows_its_service():
    """1 + 5 + 2440, each x 2.3, + 441: 175.32 net, 208.63 gross (domain 1.3)."""
    best = factors_for(TATTOO, 2, gross("208.63"), DAY)[0]
    assert (best.factor, best.amount.net) == (Decimal("2.3"), Decimal("175.32"))


def test_a_sum_that_the_others_alone_exceed_finds_nothing_and_says_so():
    assert factors_for(TATTOO, 2, net("50"), DAY) == ()
    assert wish_too_low(net("50")).facts == {"wished": "50"}


def test_a_price_below_the_single_rate_is_told_of():
    below = factors_for(CRYO, 0, net("2.00"), DAY)[0]
    assert "factor_needs_agreement" in codes(below)


def test_section_a_e_m_o_has_no_agreement_to_offer():
    """§ 2(3) GOÄ."""
    service = [Service(FEES["5298"], Decimal(1))] if FEES["5298"].points else [Service(FEES["560"], Decimal("1.8"))]
    best = factors_for(service, 0, net("20"), DAY)[0]
    assert "factor_out_of_range" in codes(best)


def test_vat_that_skips_a_cent_gives_the_nearest_price():
    reached = {
        factors_for(CRYO, 0, Wish(Decimal(cents) / 100, True, Decimal(19)), DAY)[0].off for cents in range(2000, 2040)
    }
    assert reached <= {Decimal("0.00"), Decimal("0.01"), Decimal("-0.01")}


def test_fixed_surcharges_and_percentages_have_no_factor_to_choose():
    assert [may_move(FEES[number]) for number in ("740", "440", "441", "A")] == [True, False, False, False]
    with pytest.raises(NoPoints):
        factors_for(TATTOO, 3, net("100"), DAY)


@pytest.mark.parametrize(("factor", "crooked"), [("2.3", False), ("3", False), ("2.35", True), ("2.8371", True)])
def test_crooked_means_more_than_one_decimal_place(factor, crooked):
    assert is_crooked(Decimal(factor)) is crooked


@given(
    number=st.sampled_from(["740", "2440", "2885", "2886", "750", "1", "5"]),
    cents=st.integers(1, 300_000),
    wants_gross=st.booleans(),
    rate=st.sampled_from([Decimal(0), Decimal(7), Decimal(19)]),
)
def test_every_suggestion_costs_what_it_says_and_the_nearest_is_first(number, cents, wants_gross, rate):
    wish = Wish(Decimal(cents) / 100, wants_gross, rate)
    found = factors_for([Service(FEES[number], Decimal("2.3"))], 0, wish, DAY)
    for each in found:
        price = each.amount.gross if wants_gross else each.amount.net
        assert each.off == price - wish.price
        assert each.amount.net + each.amount.vat == each.amount.gross
        assert each.factor == each.factor.quantize(Decimal("0.0001"))
    assert [abs(each.off) for each in found] == sorted(abs(each.off) for each in found)
