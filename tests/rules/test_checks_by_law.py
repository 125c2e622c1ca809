"""The rules of a bill at their edges, each test named after its source."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kostenklar.models.rules.checks import check_bill
from kostenklar.models.rules.checks.bill import Bill, Stage, StatedOn, Tariff
from kostenklar.models.rules.deadlines import CaseReading
from kostenklar.models.rules.invoice import InvoiceLine
from kostenklar.models.rules.payers import PolicyKind
from kostenklar.models.rules.severity import Severity
from kostenklar.models.rules.vat import Indication
from kostenklar.tests.rules.bills import DAY, TODAY, bill, earlier, expense, goods, line, stated

MEDICAL = Indication.MEDICAL
MORNING, EVENING = {"clock_time": "09:10"}, {"clock_time": "17:40"}


def codes(*lines: InvoiceLine, **changes: Any) -> list[str]:
    return _codes(bill(*lines, **changes))


def _codes(of: Bill) -> list[str]:
    return [finding.code for finding in check_bill(of) if finding.severity is not Severity.HINT]


# General provisions B


@pytest.mark.parametrize("pair", [("5", "6"), ("5", "7"), ("5", "8"), ("7", "6"), ("8", "7"), ("6", "8")])
def test_provision_b_examinations_stand_not_beside_each_other(pair: tuple[str, str]) -> None:
    assert codes(line(pair[0]), line(pair[1])) == ["numbers_exclude"]


def test_provision_b_two_contacts_of_one_day_are_told_apart_by_their_times() -> None:
    assert codes(line("5", **MORNING), line("7", **EVENING)) == []
    assert codes(line("5"), line("7", service_on=TODAY - DAY)) == []
    assert codes(line("5", **MORNING), line("7")) == ["numbers_exclude"]


def test_provision_b_the_finding_names_both_lines() -> None:
    (finding,) = check_bill(bill(line("7"), line("740"), line("5")))
    assert (finding.facts["line"], finding.facts["other_line"]) == ("3", "1")


def test_provision_b_what_another_invoice_of_the_day_has_is_asked() -> None:
    (finding,) = check_bill(bill(line("7"), earlier=(earlier("5", TODAY),)))
    assert (finding.code, finding.severity) == ("numbers_exclude_earlier", Severity.WARN)
    assert check_bill(bill(line("7"), earlier=(earlier("5", TODAY - DAY),))) == []
    assert check_bill(bill(line("7", **MORNING), earlier=(earlier("5", TODAY, **EVENING),))) == []


@pytest.mark.parametrize("other", ["5", "6", "7", "8", "A", "K1"])
def test_nr_3_stands_beside_an_examination(other: str) -> None:
    assert codes(line("3"), line(other)) == []


@pytest.mark.parametrize("other", ["1", "740", "2401"])
def test_nr_3_stands_beside_nothing_else(other: str) -> None:
    assert "three_not_beside" in codes(line("3"), line(other))


def test_nr_2_stands_alone() -> None:
    assert codes(line("2")) == []
    assert codes(line("2"), line("1")) == ["two_not_beside"]


def test_nr_95_stands_beside_an_expert_statement() -> None:
    assert codes(line("80"), line("95")) == []


@pytest.mark.parametrize("pair", [("A", "C")])
def test_surcharge_letters_exclude_each_other(pair: tuple[str, str]) -> None:
    assert codes(line("1"), *(line(letter) for letter in pair)) == ["numbers_exclude"]


def test_provision_b_the_same_number_twice_a_day_needs_its_times() -> None:
    assert codes(line("1", **MORNING), line("1", **EVENING)) == []
    assert codes(line("1"), line("1")) == ["clock_time_missing", "clock_time_missing"]
    assert codes(line("1", **MORNING), line("1", **MORNING)) == ["clock_time_missing", "clock_time_missing"]
    assert codes(line("1", **MORNING), line("1", **EVENING, count=2)) == ["clock_time_missing"]
    assert codes(line("740"), line("740", session="2")) == []


def test_provision_b_the_earlier_invoice_of_the_day_counts() -> None:
    before = (earlier("1", TODAY, clock_time="09:10"),)
    assert codes(line("1"), earlier=before) == ["clock_time_missing"]
    assert codes(line("1", **EVENING), earlier=before) == []


FIRST = date(2026, 10, 23)


def seen_on(day: date, *numbers: str) -> dict[str, Any]:
    return {"earlier": tuple(earlier(number, day) for number in numbers)}


@pytest.mark.parametrize("number", ["1", "5"])
def test_provision_b_advice_beside_treatment_once_in_a_behandlungsfall(number: str) -> None:
    again = (line(number), line("740"))
    assert codes(*again, **seen_on(FIRST, number, "740")) == ["once_per_case"]  # 23.10. to 23.11.: the last day
    assert codes(*again, **seen_on(FIRST - DAY, number, "740")) == []  # a new case
    assert codes(*again, **seen_on(FIRST, number)) == []  # the first advice stood alone
    assert codes(line(number), **seen_on(FIRST, number, "740")) == []  # the second stands alone
    assert codes(line(number, other_illness=True), line("740"), **seen_on(FIRST, number, "740")) == []


def test_domain_10_1_no_7_the_month_is_read_as_the_practice_reads_it() -> None:
    again = (line("1"), line("740"))
    assert codes(*again, **seen_on(FIRST, "1", "740"), case_reading=CaseReading.THIRTY_DAYS) == []
    inside = seen_on(TODAY - timedelta(days=30), "1", "740")
    assert codes(*again, **inside, case_reading=CaseReading.THIRTY_DAYS) == ["once_per_case"]


def test_a_behandlungsfall_begins_with_its_first_contact_not_with_the_last() -> None:
    days = (TODAY - timedelta(days=50), TODAY - timedelta(days=25))
    before = tuple(earlier(number, day) for day in days for number in ("1", "740"))
    assert codes(line("1"), line("740"), earlier=before) == []


def test_the_sessions_of_one_invoice_are_looked_at_as_well() -> None:
    day: dict[str, Any] = {"service_on": TODAY - timedelta(days=14), "session": "0"}
    found = check_bill(bill(line("1"), line("740"), line("1", **day), line("740", **day)))
    assert [(each.code, each.facts["line"]) for each in found] == [("once_per_case", "1")]  # the later one


def test_nr_3_again_in_the_case_needs_its_reason() -> None:
    assert codes(line("3", reason="Neue Befunde"), earlier=(earlier("3", FIRST),)) == []
    assert codes(line("3"), earlier=(earlier("3", FIRST),)) == ["repeat_needs_reason"]


def test_nr_34_twice_in_six_months() -> None:
    two = (earlier("34", date(2026, 5, 23)), earlier("34", date(2026, 9, 1)))
    assert codes(line("34"), earlier=two) == []
    assert codes(line("34"), earlier=(earlier("34", date(2026, 5, 24)), two[1])) == ["twice_in_six_months"]


# Factors


def test_5_2_goae_a_crooked_factor_is_asked_and_an_agreed_one_stands() -> None:
    assert codes(line("740", "2.25")) == ["line_factor_crooked"]
    agreed = {"agreement_signed_on": TODAY - DAY, "agreed_factor": Decimal("8.75")}
    assert codes(line("740", "8.75", **agreed)) == []
    assert codes(line("3511")) == []  # 1.15 is the threshold of section M


@pytest.mark.parametrize(
    ("kind", "number", "factor", "warns"),
    [
        (PolicyKind.PKV_STANDARD, "740", "1.7", False),
        (PolicyKind.PKV_STANDARD, "740", "1.8", True),
        (PolicyKind.PKV_STANDARD, "3511", "1.1", False),
        (PolicyKind.PKV_STANDARD, "3511", "1.15", True),
        (PolicyKind.PKV_STANDARD, "5855", "1.3", False),
        (PolicyKind.PKV_STANDARD, "5855", "1.4", True),
        (PolicyKind.PKV_BASIC, "740", "1.8", False),
        (PolicyKind.PKV_BASIC, "740", "1.9", True),
        (PolicyKind.PKV_FULL, "740", "2.3", False),
    ],
)
def test_5b_goae_and_75_3a_sgb_v_cap_standard_and_basic_tariff(
    kind: PolicyKind, number: str, factor: str, warns: bool
) -> None:
    medical = line(number, factor, indication=MEDICAL)
    assert codes(medical, tariffs=(Tariff(kind),)) == (["tariff_cap_exceeded"] if warns else [])
    assert "tariff_cap_exceeded" not in codes(replace(medical, indication=Indication.COSMETIC), tariffs=(Tariff(kind),))


def test_domain_10_1_no_8_what_the_practice_entered_at_the_policy_goes_before_the_tariff() -> None:
    medical = line("740", "1.8", indication=MEDICAL)
    assert codes(medical, tariffs=(Tariff(PolicyKind.PKV_STANDARD, Decimal("1.8")),)) == []
    low = (Tariff(PolicyKind.PKV_STANDARD, Decimal("1.7")),)
    assert codes(medical, tariffs=low) == ["above_insured_factor"]
    assert codes(line("740"), tariffs=low) == []  # cosmetic: nobody insures it


def test_5_2_goae_the_insurance_is_no_reason() -> None:
    assert codes(line("740", "2.8", reason="Stark vernarbte Haut an der Hand")) == []
    assert codes(line("740", "2.8", reason="Patientin ist Privatpatientin")) == ["reason_no_criterion"]
    assert codes(line("740", "2.3", reason="Patientin ist Privatpatientin")) == []  # not on the paper, no need


def test_12_3_goae_a_reason_of_one_word_is_hinted_at() -> None:
    said = [check_bill(bill(line("740", "2.8", reason=reason))) for reason in ("Narben", "Starke Narben")]
    assert [[finding.code for finding in found] for found in said] == [["reason_too_short"], []]


# Expenses, goods, lump sums


@pytest.mark.parametrize(
    ("single", "receipt", "wanted"), [("25.56", False, 0), ("25.57", False, 1), ("25.57", True, 0)]
)
def test_12_2_no_5_goae_a_receipt_above_50_dm(single: str, receipt: bool, wanted: int) -> None:
    found = codes(line("740"), expense("Spezialgaze", single, receipt=receipt))
    assert found == ["expense_receipt_missing"] * wanted


@pytest.mark.parametrize(
    "text",
    [
        "Mulltupfer",
        "Verbandspray",
        "Oberflächenanästhetikum",
        "Einmalspritzen",
        "Desinfektionsmittel",
        "Handschuhe",
        "OP-Handschuhe",
        "Betäubungscreme",
        "EMLA 5 g",
        "Holzspatel",
        "Einmalmaterial",
        "Anästhesie-Creme",
    ],
)
def test_10_2_goae_small_things_are_in_the_fee(text: str) -> None:
    assert codes(line("740"), expense(text)) == ["expense_not_chargeable"]


@pytest.mark.parametrize("text", ["Spritzen", "Kanülen", "Skalpell", "Silikonpflaster", "Hautreinigungsmittel"])
def test_10_2_goae_what_the_name_does_not_prove_is_asked(text: str) -> None:
    (finding,) = check_bill(bill(line("740"), expense(text)))
    assert (finding.code, finding.severity) == ("expense_immediate_use", Severity.WARN)


@pytest.mark.parametrize("text", ["Kompressionshandschuhe", "Baumwollhandschuhe für zu Hause", "Farbstofflösung"])
def test_10_1_goae_what_the_patient_keeps_is_charged(text: str) -> None:
    assert codes(line("740"), expense(text)) == []


def test_10_goae_only_the_postage_of_the_invoice_is_certain() -> None:
    weights = [
        check_bill(bill(line("740"), expense(text)))[0].severity for text in ("Porto der Rechnung", "Versand der Probe")
    ]
    assert weights == [Severity.BLOCK, Severity.WARN]


@pytest.mark.parametrize("text", ["Sonnencreme", "Creme zur Nachbehandlung", "Fotoschutz Lippen"])
def test_goods_are_things(text: str) -> None:
    assert codes(goods(text)) == []


@pytest.mark.parametrize("rate", ["19", "7", "0"])
def test_12_ustg_the_usual_rates(rate: str) -> None:
    assert codes(goods("Sonnencreme", rate=rate)) == []


def test_undecided_goods_are_not_asked_for_an_indication() -> None:
    assert codes(goods("Sonnencreme", indication=Indication.UNDECIDED)) == []


def test_bgh_iii_zr_38_23_a_round_sum_of_straight_factors_is_chance() -> None:
    assert codes(line("740"), goods("Sonnencreme", "74.51")) == []  # 9.52 and 74.51 with VAT are 100.00


# One indication


def test_domain_10_1_no_1_an_undecided_paper_contradicts_nothing() -> None:
    for on in StatedOn:
        assert codes(line("740", matter="course"), stated=stated(on, Indication.UNDECIDED)) == []
        assert codes(line("740", matter="course"), stated=stated(on, Indication.COSMETIC)) == []


def test_domain_10_1_no_1_what_is_undecided_is_only_undecided() -> None:
    undecided = line("740", matter="course", indication=Indication.UNDECIDED)
    assert codes(undecided, stated=stated(StatedOn.COST_NOTICE)) == ["indication_undecided"]
    assert codes(line("740", indication=MEDICAL), line("750")) == []  # two lesions, no matter in common


def test_an_expense_of_a_mixed_bill_is_not_asked() -> None:
    mixed = (line("740", indication=MEDICAL), line("750"), expense("Spezialgaze"))
    assert "expense_other_indication" not in codes(*mixed)


def test_a_dated_estimate_is_not_asked_for_receipts_or_days() -> None:
    asked = replace(bill(line("740", count=2)), stage=Stage.ESTIMATE, issue_on=None, physician="")
    assert _codes(asked) == ["once_per_session"]
