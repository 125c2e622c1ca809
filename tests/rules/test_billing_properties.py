"""What holds for every bill, whatever its lines: whole cents, VAT by group, order, its exact negative, shares."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kostenklar.models import catalogue
from kostenklar.models.rules.checks import RULES, check_bill
from kostenklar.models.rules.checks.bill import Tariff
from kostenklar.models.rules.clarification_clock import PayerRole
from kostenklar.models.rules.goae import POINT_VALUE, fee
from kostenklar.models.rules.invoice import InvoiceLine, invoice_totals, negated
from kostenklar.models.rules.mends import mends
from kostenklar.models.rules.money import from_cents, to_cents
from kostenklar.models.rules.payers import PolicyKind
from kostenklar.models.rules.reimbursement import Answer, Decision, Payer, expectation
from kostenklar.models.rules.surcharges import charged
from kostenklar.models.rules.vat import Exemption, Indication, VatRegime
from kostenklar.tests.rules.bills import TODAY, bill, earlier, expense, goods, laser, line, position

WELL = settings(max_examples=80, deadline=None, database=None)
CENT = Decimal("0.01")
DECIDED = st.sampled_from([Indication.MEDICAL, Indication.COSMETIC])
FACTORS = st.integers(10, 350).map(lambda tenths: Decimal(tenths) / 100)
NUMBERS = (
    "1",
    "2",
    "3",
    "5",
    "7",
    "34",
    "75",
    "95",
    "441",
    "443",
    "444",
    "740",
    "750",
    "2401",
    "2404",
    "2440",
    "2441",
    "2886",
)
DAYS = st.integers(0, 70).map(lambda back: TODAY - timedelta(days=back))

GOAE = st.builds(
    lambda number, factor, indication, count, day, analog, time: replace(
        line(number, "" if position(number).fixed else str(factor)),
        indication=indication, count=count, service_on=day, analog=analog, clock_time=time,
    ),
    st.sampled_from(NUMBERS), FACTORS, DECIDED, st.integers(1, 4), DAYS, st.booleans(),
    st.sampled_from(["", "09:10", "17:40"]),
)  # fmt: skip
EXPENSES = st.builds(
    lambda text, cents, why, receipt: expense(text, str(from_cents(cents)), indication=why, receipt=receipt),
    st.sampled_from(["Spezialgaze", "Porto", "Pflaster", "Materialpauschale"]), st.integers(1, 90_000), DECIDED,
    st.booleans(),
)  # fmt: skip
GOODS = st.builds(
    lambda cents, rate, count: goods("Sonnencreme", str(from_cents(cents)), rate, count=count),
    st.integers(1, 90_000), st.sampled_from(["19", "7", "0"]), st.integers(1, 5),
)  # fmt: skip
BILLS = st.lists(st.one_of(GOAE, GOAE, EXPENSES, GOODS), min_size=1, max_size=14)
REGIMES = st.sampled_from(VatRegime)


@WELL
@given(BILLS, REGIMES)
def test_each_sum_is_whole_cents_and_they_add_up(lines: list[InvoiceLine], regime: VatRegime) -> None:
    totals = invoice_totals(lines, regime)
    for amount in (totals.net, totals.vat, totals.gross, *(each.net for each in lines)):
        assert amount == amount.quantize(CENT)
    assert totals.net == sum(each.net for each in lines)
    assert totals.gross == totals.net + totals.vat
    assert totals.gross == sum(group.amount.gross for group in totals.groups)


@WELL
@given(BILLS, REGIMES)
def test_en_16931_vat_is_reckoned_once_a_group_and_is_at_most_half_a_cent_off(
    lines: list[InvoiceLine], regime: VatRegime
) -> None:
    for group in invoice_totals(lines, regime).groups:
        exact = group.amount.net * group.rate / 100
        assert group.amount.vat == exact.quantize(CENT, ROUND_HALF_UP)
        assert abs(group.amount.vat - exact) <= CENT / 2


@WELL
@given(BILLS)
def test_14c_ustg_no_vat_where_none_is_charged(lines: list[InvoiceLine]) -> None:
    groups = invoice_totals(lines, VatRegime.SMALL_BUSINESS).groups
    assert all(group.amount.vat == 0 and group.exemption for group in groups)
    for group in invoice_totals(lines, VatRegime.STANDARD).groups:
        assert group.exemption is not Exemption.SMALL_BUSINESS
        assert group.exemption is None or group.amount.vat == 0


@WELL
@given(BILLS, REGIMES, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter_to_the_sums(lines, regime, random) -> None:
    mixed = list(lines)
    random.shuffle(mixed)
    assert invoice_totals(mixed, regime) == invoice_totals(lines, regime)


@WELL
@given(BILLS, BILLS, REGIMES)
def test_two_bills_in_one_have_the_sum_of_their_net_amounts(one, other, regime) -> None:
    together = invoice_totals([*one, *other], regime)
    assert together.net == invoice_totals(one, regime).net + invoice_totals(other, regime).net


@WELL
@given(BILLS, REGIMES)
def test_a_cancellation_is_the_exact_negative_group_by_group(lines: list[InvoiceLine], regime: VatRegime) -> None:
    totals, turned = invoice_totals(lines, regime), invoice_totals(negated(lines), regime)
    assert (turned.net, turned.vat, turned.gross) == (-totals.net, -totals.vat, -totals.gross)
    for group, its in zip(totals.groups, turned.groups, strict=True):
        assert (its.rate, its.exemption, its.amount) == (group.rate, group.exemption, -group.amount)
    assert "-0.00" not in {str(turned.net), str(turned.vat), str(turned.gross)}
    both = invoice_totals([*lines, *negated(lines)], regime)
    assert both.gross == 0


@WELL
@given(st.sampled_from(["740", "1", "2404", "2440", "2886", "3511"]), FACTORS)
def test_5_1_goae_one_rounding_at_the_end(number: str, factor: Decimal) -> None:
    its = position(number)
    exact = (its.points or 0) * POINT_VALUE * factor
    assert abs(fee(its, factor) - exact) <= CENT / 2
    assert fee(its, factor + Decimal("0.1")) >= fee(its, factor)


@WELL
@given(st.sampled_from(["740", "2404", "2440", "2886"]), FACTORS)
def test_nr_441_never_hangs_on_the_factor_and_never_exceeds_67_49(number: str, factor: Decimal) -> None:
    its = charged(position("441"), Decimal(1), [position(number)])
    assert its == min(fee(position(number), Decimal(1)), Decimal("67.49"))
    assert to_cents(its) >= 0


PERCENT = st.integers(0, 100).map(Decimal)


@WELL
@given(st.integers(0, 1_000_000).map(from_cents), PERCENT)
def test_two_shares_of_a_bill_leave_nothing_and_take_nothing_twice(total: Decimal, share: Decimal) -> None:
    for one in (share, Decimal(70), Decimal(50), Decimal("33.33")):
        payers = [
            Payer("Beihilfe", PayerRole.BEIHILFE, one, Answer(Decision.FULL)),
            Payer("Albatros", PayerRole.PKV, 100 - one, Answer(Decision.FULL)),
        ]
        found = expectation(total, 1, [], payers)
        assert [part.part for part in found.parts] == [part.pays for part in found.parts]
        assert sum(part.part or 0 for part in found.parts) == total
        assert all((part.part or 0) >= 0 for part in found.parts)
        assert found.gap == 0


@WELL
@given(st.integers(0, 1_000_000).map(from_cents), st.lists(PERCENT, min_size=1, max_size=4))
def test_no_share_is_ever_negative(total: Decimal, shares: list[Decimal]) -> None:
    payers = [Payer(str(place), PayerRole.PKV, share, Answer(Decision.FULL)) for place, share in enumerate(shares)]
    found = expectation(total, 1, [], payers)
    for part in found.parts:
        assert part.part is not None
        assert part.part >= 0
        assert part.part == part.part.quantize(CENT)
    assert found.gap is not None
    assert found.gap >= 0


CODES = {code for rule in RULES for code in rule.codes}
EARLIER = st.lists(
    st.builds(
        lambda number, day, count, analog: earlier(number, day, count=count, analog=analog),
        st.sampled_from(NUMBERS), DAYS, st.integers(1, 3), st.booleans(),
    ),
    max_size=8,
)  # fmt: skip


@WELL
@given(BILLS, EARLIER, st.sets(st.sampled_from(PolicyKind), max_size=3))
def test_whatever_is_billed_each_finding_names_a_line_that_is_there(lines, before, kinds) -> None:
    asked = bill(*lines, earlier=tuple(before), tariffs=tuple(Tariff(kind) for kind in kinds))
    for finding in check_bill(asked):
        assert finding.code in CODES
        for name in ("line", "other_line", "after"):
            assert 1 <= int(finding.facts.get(name, "1")) <= len(lines)
        assert all(1 <= mend.line <= len(lines) for mend in mends(finding))


@WELL
@given(st.lists(GOAE, min_size=1, max_size=8), EARLIER, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_change_what_is_said(lines, before, random) -> None:
    """Surcharges apart: where they stand is what their rules are about."""
    services = [each for each in lines if each.number not in {"441", "443", "444"}]
    mixed = list(services)
    random.shuffle(mixed)
    said = [
        Counter(finding.code for finding in check_bill(bill(*each, earlier=tuple(before))))
        for each in (services, mixed)
    ]
    assert said[0].keys() == said[1].keys()


@lru_cache
def whole_catalogue() -> list[dict[str, str]]:
    file = next(Path(str(catalogue.__file__)).parent.rglob("goae*.csv"))
    with file.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def test_every_number_of_the_schedule_is_rounded_like_its_printed_amount() -> None:
    rows = [row for row in whole_catalogue() if row["points"]]
    assert len(rows) > 2_800
    for row in rows:
        exact = Decimal(row["points"]) * POINT_VALUE
        assert abs(fee(replace(position("740"), points=int(row["points"])), Decimal(1)) - exact) <= CENT / 2


def test_a_laser_session_of_any_area_has_at_most_one_proposal() -> None:
    for area in ("0.5", "7", "7.5", "21", "21.5", "300"):
        found = check_bill(bill(laser(), laser_areas={"1": Decimal(area)}))
        assert len(found) <= 1
