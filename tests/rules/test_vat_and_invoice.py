"""VAT by indication, the invoice's sums, and its exact negative."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kostenklar.models.rules.goae import Position
from kostenklar.models.rules.invoice import InvoiceLine, invoice_totals, negated, service_line
from kostenklar.models.rules.money import NotWholeCents, TaxedAmount, from_cents, to_cents
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.vat import (
    EXEMPTION_PARAGRAPHS,
    Exemption,
    Indication,
    VatRegime,
    on_demand,
    vat_groups,
    vat_rate,
)

QUICK = settings(max_examples=30, deadline=None, database=None)
ON = date(2026, 11, 23)
CRYO = Position("740", "Kryotherapie der Haut, je Sitzung", 71, "F", Decimal("2.3"), Decimal("3.5"), False, True)
DECIDED = st.sampled_from([Indication.MEDICAL, Indication.COSMETIC])


def line(net: str, indication: Indication = Indication.COSMETIC, count: int = 1) -> InvoiceLine:
    return InvoiceLine(ON, "740", "Kryotherapie", Decimal(net), indication, count)


LINES = st.lists(
    st.builds(
        lambda cents, indication, count: InvoiceLine(ON, "1", "x", from_cents(cents), indication, count),
        st.integers(0, 500_000),
        DECIDED,
        st.integers(1, 9),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("indication", "regime", "rate"),
    [
        (Indication.COSMETIC, VatRegime.STANDARD, Decimal(19)),
        (Indication.MEDICAL, VatRegime.STANDARD, Decimal(0)),
        (Indication.UNDECIDED, VatRegime.STANDARD, None),
        (Indication.COSMETIC, VatRegime.SMALL_BUSINESS, Decimal(0)),
        (Indication.MEDICAL, VatRegime.SMALL_BUSINESS, Decimal(0)),
        (Indication.UNDECIDED, VatRegime.SMALL_BUSINESS, None),
    ],
)
def test_par_4_14_and_19_ustg_rate(indication: Indication, regime: VatRegime, rate: Decimal | None) -> None:
    assert vat_rate(indication, regime) == rate


def test_740_times_2_3_on_demand_is_9_52_and_1_81_and_11_33() -> None:
    charged = service_line(CRYO, Decimal("2.3"), Indication.COSMETIC, ON)
    totals = invoice_totals([charged], VatRegime.STANDARD)
    assert (totals.net, totals.vat, totals.gross) == (Decimal("9.52"), Decimal("1.81"), Decimal("11.33"))
    assert charged.on_demand


def test_the_laser_vector_is_175_32_and_33_31_and_208_63() -> None:
    lines = [line("10.72"), line("10.72"), line("107.25"), line("46.63")]
    totals = invoice_totals(lines, VatRegime.STANDARD)
    assert totals.amount == TaxedAmount(Decimal("175.32"), Decimal("33.31"), Decimal("208.63"))


def test_vat_is_computed_on_the_group_and_not_on_each_line() -> None:
    lines = [line("0.03"), line("0.03"), line("0.03")]  # each alone would carry 0.01
    assert invoice_totals(lines, VatRegime.STANDARD).vat == Decimal("0.02")


def test_each_service_is_rounded_before_it_is_counted() -> None:
    assert service_line(CRYO, Decimal("2.3"), Indication.COSMETIC, ON, count=3).net == Decimal("28.56")


def test_a_mixed_invoice_has_one_group_a_rate_with_its_reason() -> None:
    groups = vat_groups([line("10.00", Indication.MEDICAL), line("20.00"), line("5.00")], VatRegime.STANDARD)
    assert [(group.rate, group.exemption, group.amount.net) for group in groups] == [
        (Decimal(19), None, Decimal("25.00")),
        (Decimal(0), Exemption.HEALING, Decimal("10.00")),
    ]


def test_par_19_ustg_a_small_business_shows_no_vat_and_says_why() -> None:
    groups = vat_groups([line("10.00", Indication.MEDICAL), line("20.00")], VatRegime.SMALL_BUSINESS)
    assert {group.exemption for group in groups} == {Exemption.HEALING, Exemption.SMALL_BUSINESS}
    assert all(group.amount.vat == 0 for group in groups)
    assert EXEMPTION_PARAGRAPHS[Exemption.SMALL_BUSINESS] == "§ 19 UStG"
    assert EXEMPTION_PARAGRAPHS[Exemption.HEALING] == "§ 4 Nr. 14 Buchst. a UStG"


def test_undecided_lines_have_no_sum_and_are_all_named() -> None:
    with pytest.raises(RuleBroken) as broken:
        invoice_totals(
            [line("1.00", Indication.UNDECIDED), line("1.00"), line("1.00", Indication.UNDECIDED)], VatRegime.STANDARD
        )
    assert [finding.facts["line"] for finding in broken.value.findings] == ["1", "3"]


@pytest.mark.parametrize(
    ("indication", "mark"),
    [(Indication.COSMETIC, True), (Indication.MEDICAL, False), (Indication.UNDECIDED, False)],
)
def test_par_1_2_goae_on_demand_mark(indication: Indication, mark: bool) -> None:
    assert on_demand(indication) is mark


def test_a_line_with_fractions_of_a_cent_cannot_be_built() -> None:
    with pytest.raises(NotWholeCents):
        line("9.525")


def test_no_lines_are_no_amount() -> None:
    assert invoice_totals([], VatRegime.STANDARD).amount == TaxedAmount.nothing()


@QUICK
@given(LINES, st.sampled_from(VatRegime))
def test_the_sums_are_those_of_the_groups_in_whole_cents(lines: list[InvoiceLine], regime: VatRegime) -> None:
    totals = invoice_totals(lines, regime)
    assert totals.net == sum((each.net for each in lines), Decimal(0))
    assert totals.net + totals.vat == totals.gross
    assert to_cents(totals.gross) == sum(to_cents(group.amount.gross) for group in totals.groups)
    assert len({(group.rate, group.exemption) for group in totals.groups}) == len(totals.groups)


@QUICK
@given(LINES, st.randoms(use_true_random=False), st.sampled_from(VatRegime))
def test_the_order_of_lines_does_not_matter(lines: list[InvoiceLine], random: object, regime: VatRegime) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert invoice_totals(shuffled, regime) == invoice_totals(lines, regime)


@QUICK
@given(LINES, st.sampled_from(VatRegime))
def test_a_cancellation_is_exactly_the_negative(lines: list[InvoiceLine], regime: VatRegime) -> None:
    totals, cancelled = invoice_totals(lines, regime), invoice_totals(negated(lines), regime)
    assert cancelled.amount == -totals.amount
    assert [group.amount for group in cancelled.groups] == [-group.amount for group in totals.groups]
    assert negated(negated(lines)) == tuple(lines)


def test_a_cancellation_turns_the_count_and_keeps_the_fee() -> None:
    (cancelled,) = negated([line("9.52", count=2)])
    assert (cancelled.count, cancelled.single, cancelled.net) == (-2, Decimal("9.52"), Decimal("-19.04"))
