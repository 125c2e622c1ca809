"""What stands against issuing an invoice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kostenklar.models.rules.checks import check_bill
from kostenklar.models.rules.checks.bill import Bill, Stated, StatedOn
from kostenklar.models.rules.costs import AgreementFacts
from kostenklar.models.rules.goae import Position
from kostenklar.models.rules.invoice import InvoiceLine, service_line
from kostenklar.models.rules.issue import IssuerFacts, RecipientFacts
from kostenklar.models.rules.payers import PayerKind
from kostenklar.models.rules.severity import RuleBroken, Severity, blocks, refuse_blocked
from kostenklar.models.rules.vat import Indication, VatRegime
from kostenklar.tests.rules.bills import goods

TODAY = date(2026, 11, 23)
BEFORE = date(2026, 10, 19)
CRYO = Position("740", "Kryotherapie der Haut, je Sitzung", 71, "F", Decimal("2.3"), Decimal("3.5"), False, True)
CUT = Position("2404", "Exzision einer größeren Geschwulst", 554, "L", Decimal("2.3"), Decimal("3.5"), False, True)
LINE = service_line(CRYO, Decimal("2.3"), Indication.COSMETIC, TODAY, matter="hand")
ISSUER = IssuerFacts("Hautpraxis", "Lindenhof 1", "10115", "Berlin", "12/345/67890", "DE02120300000000202051")
RECIPIENT = RecipientFacts("Gisela Yılmaz-Hofer", "Am Markt 3", "10115", "Berlin")
READY = Bill(
    (LINE,),
    VatRegime.STANDARD,
    PayerKind.GKV,
    TODAY,
    issuer=ISSUER,
    recipient=RECIPIENT,
    issue_on=TODAY,
    physician="Dr. Seidel",
    agreement=AgreementFacts(BEFORE, True),
)


def line(**changes: Any) -> InvoiceLine:
    return replace(LINE, **changes)


def told(indication: Indication, on: StatedOn = StatedOn.COST_NOTICE) -> Stated:
    return Stated(on, "hand", indication, "KV-2026-0007")


def found(**changes: Any) -> list[tuple[str, Severity]]:
    return [(finding.code, finding.severity) for finding in check_bill(replace(READY, **changes))]


def test_a_complete_invoice_has_nothing_against_it() -> None:
    assert check_bill(READY) == []


BLOCK, WARN = Severity.BLOCK, Severity.WARN


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        ({"lines": ()}, "invoice_without_lines", BLOCK),
        ({"lines": (line(indication=Indication.UNDECIDED),)}, "indication_undecided", BLOCK),
        ({"lines": (line(service_on=date(2026, 11, 24)),)}, "service_in_future", BLOCK),
        ({"lines": (line(count=0),)}, "line_count", BLOCK),
        ({"lines": (line(single=Decimal("50.00")),)}, "amount_not_by_factor", BLOCK),
        (
            {"lines": (service_line(CRYO, Decimal("2.8"), Indication.COSMETIC, TODAY),)},
            "factor_needs_reason",
            BLOCK,
        ),
        (
            {"lines": (service_line(CRYO, Decimal(12), Indication.COSMETIC, TODAY, reason="Aufwand"),)},
            "factor_needs_agreement",
            BLOCK,
        ),
        ({"agreement": AgreementFacts()}, "self_payer_agreement_missing", BLOCK),
        ({"agreement": AgreementFacts(date(2026, 11, 24), True)}, "self_payer_agreement_late", BLOCK),
        ({"agreement": AgreementFacts(BEFORE, False)}, "self_payer_agreement_not_recorded", BLOCK),
        ({"agreement": AgreementFacts(BEFORE, True, True)}, "self_payer_agreement_on_screen", BLOCK),
        ({"agreement": AgreementFacts(), "agreement_overridden": True}, "self_payer_agreement_missing", WARN),
        ({"lines": (line(indication=Indication.MEDICAL),)}, "fund_benefit_question", WARN),
        ({"issuer": replace(ISSUER, tax_number=" ")}, "issuer_tax_number_missing", BLOCK),
        ({"issuer": replace(ISSUER, street="")}, "issuer_address_missing", BLOCK),
        ({"issuer": replace(ISSUER, iban="")}, "issuer_bank_missing", BLOCK),
        ({"recipient": replace(RECIPIENT, name="")}, "recipient_name_missing", BLOCK),
        ({"recipient": replace(RECIPIENT, town="")}, "recipient_address_missing", WARN),
        ({"issue_on": date(2026, 11, 22)}, "issue_not_today", BLOCK),
        ({"books_locked_until": TODAY}, "books_locked", BLOCK),
        (
            {"books_locked_until": date(2026, 10, 31), "lines": (line(service_on=date(2026, 10, 31)),)},
            "service_in_locked_books",
            WARN,
        ),
        ({"stated": (told(Indication.MEDICAL),)}, "indication_contradicts", BLOCK),
        ({"announced_gross": Decimal("11.32")}, "above_cost_notice", WARN),
    ],
)
def test_what_stands_against_an_invoice(changes: dict[str, Any], code: str, severity: Severity) -> None:
    assert found(**changes) == [(code, severity)]


def test_par_33_ustdv_above_250_euros_the_recipients_address_must_stand() -> None:
    large = service_line(CUT, Decimal("2.3"), Indication.COSMETIC, TODAY, count=4)
    assert found(lines=(large,), recipient=replace(RECIPIENT, street="")) == [("recipient_address_missing", BLOCK)]


def test_par_33_ustdv_exactly_250_euros_are_a_small_invoice() -> None:
    nowhere = replace(RECIPIENT, street="")
    for net, severity in (("210.08", WARN), ("210.09", BLOCK)):  # 250.00 and 250.01 with VAT
        assert found(lines=(goods("Sonnencreme", net),), recipient=nowhere) == [("recipient_address_missing", severity)]


def test_one_matter_has_one_indication_within_the_invoice() -> None:
    assert ("indication_contradicts", BLOCK) in found(lines=(LINE, line(indication=Indication.MEDICAL)))
    assert found(lines=(LINE, line(matter="face", session="2")), stated=(told(Indication.UNDECIDED),)) == []


def test_the_agreement_must_be_older_than_the_first_service() -> None:
    earlier = line(service_on=date(2026, 10, 18))
    assert found(lines=(LINE, earlier)) == [("self_payer_agreement_late", BLOCK)]


def test_private_patients_need_no_agreement() -> None:
    for payer in (PayerKind.PKV, PayerKind.SELF_PAYER):
        assert found(payer=payer, agreement=AgreementFacts()) == []


def test_the_exact_announced_amount_is_not_above_it() -> None:
    assert found(announced_gross=Decimal("11.33"), estimated_gross=Decimal("11.33")) == []
    over = check_bill(replace(READY, announced_gross=Decimal("10.00")))[0]
    assert over.facts == {"gross": "11.33", "announced": "10.00", "over": "1.33"}


def test_146_4_ao_the_day_of_issue_is_today_where_no_other_is_named() -> None:
    assert found(issue_on=None, books_locked_until=TODAY) == [("books_locked", BLOCK)]


def test_only_blocks_stop_the_issue() -> None:
    warned = check_bill(replace(READY, announced_gross=Decimal("10.00")))
    refuse_blocked(warned)
    stopped = check_bill(replace(READY, lines=(), announced_gross=Decimal("10.00")))
    with pytest.raises(RuleBroken, match="invoice_without_lines") as broken:
        refuse_blocked(stopped)
    assert broken.value.findings == blocks(stopped)


def test_a_line_is_named_by_its_place() -> None:
    bad = replace(service_line(CRYO, Decimal("2.8"), Indication.COSMETIC, TODAY), session="2")
    (finding,) = check_bill(replace(READY, lines=(LINE, bad)))
    assert finding.facts["line"] == "2"
    assert finding.facts["factor"] == "2.8"
