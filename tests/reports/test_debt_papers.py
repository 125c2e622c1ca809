"""What a reader finds on the letter beside a corrected invoice, on instalments and on a claim for a lawyer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import kostenklar
from kostenklar.models.catalogue import shipped_texts
from kostenklar.reports.content.base import LANGUAGES, Language, PaperDoesNotAddUp
from kostenklar.reports.content.claim_statement import (
    ClaimInterest,
    ClaimLetter,
    ClaimPayment,
    ClaimStatementContent,
)
from kostenklar.reports.content.correction_letter import CorrectionLetterContent
from kostenklar.reports.content.formats import money
from kostenklar.reports.content.instalment_plan import InstalmentPlanContent, PlannedInstalment
from kostenklar.reports.content.kinds import content_from_dict
from kostenklar.reports.content.parts import Letterhead, Person, Signature
from kostenklar.reports.content.texts import filled
from kostenklar.reports.content.words import all_words
from kostenklar.reports.render import render_paper
from kostenklar.tests.reports.proofs import broken_archive_rules

Make = Callable[..., Any]
RECIPIENT = ("Łukasz Çelik-Müller", "Am Markt 3", "50667 Köln")
PATIENT = Person(name="Łukasz Çelik-Müller", birth_date=date(1984, 3, 9))
INVOICE = {"invoice": "RE-2026-0412", "invoiced": "23.11.2026"}


@pytest.fixture
def letter(letterhead: Letterhead, bodies: Make) -> Make:
    def make(language: Language = "de", **changes: Any) -> CorrectionLetterContent:
        texts = bodies(language)
        values = {
            **INVOICE, "cancellation": "ST-2026-0009", "cancelled": "30.11.2026", "new": "RE-2026-0430",
            "newly": "01.12.2026", "amount": money(Decimal("83.20"), language),
        }  # fmt: skip
        content = CorrectionLetterContent(
            language=language,
            letterhead=letterhead,
            recipient=RECIPIENT,
            patient=PATIENT,
            number="KB-2026-0002",
            issued_on=date(2026, 12, 1),
            cancelled_number="RE-2026-0412",
            cancelled_issued_on=date(2026, 11, 23),
            cancellation_number="ST-2026-0009",
            cancellation_issued_on=date(2026, 11, 30),
            invoice_number="RE-2026-0430",
            invoice_issued_on=date(2026, 12, 1),
            total=Decimal("83.20"),
            paid=Decimal("0.00"),
            due=Decimal("83.20"),
            body=filled(texts["correction_letter.body"], values),
            credit_note=filled(texts["correction_letter.credit"], {"credit": money(Decimal("50.00"), language)}),
        )
        return replace(content, **changes)

    return make


@pytest.fixture
def plan(letterhead: Letterhead, bodies: Make) -> Make:
    def make(language: Language = "de", **changes: Any) -> InstalmentPlanContent:
        values = {**INVOICE, "amount": money(Decimal("100.00"), language), "count": "3", "grace": "7"}
        rates = [("33.33", date(2027, 1, 15)), ("33.33", date(2027, 2, 15)), ("33.34", date(2027, 3, 15))]
        content = InstalmentPlanContent(
            language=language,
            letterhead=letterhead,
            recipient=RECIPIENT,
            patient=PATIENT,
            number="RZ-2026-0001",
            issued_on=date(2026, 12, 28),
            invoice_number="RE-2026-0412",
            invoice_issued_on=date(2026, 11, 23),
            total=Decimal("150.00"),
            paid=Decimal("50.00"),
            due=Decimal("100.00"),
            instalments=tuple(PlannedInstalment(due_on=on, amount=Decimal(amount)) for amount, on in rates),
            body=filled(bodies(language)["instalment_plan.body"], values),
            signatures=(Signature(role="payer", name=RECIPIENT[0]), Signature(role="practice")),
        )
        return replace(content, **changes)

    return make


@pytest.fixture
def claim(letterhead: Letterhead, bodies: Make) -> Make:
    def make(language: Language = "de", **changes: Any) -> ClaimStatementContent:
        first, second = (date(2027, 1, 11), date(2027, 1, 31)), (date(2027, 2, 1), date(2027, 3, 1))
        content = ClaimStatementContent(
            language=language,
            letterhead=letterhead,
            patient=PATIENT,
            recipient=("Kanzlei Ahrens", "Hohenzollernring 2", "50672 Köln"),
            number="FA-2027-0001",
            issued_on=date(2027, 3, 1),
            debtor=RECIPIENT,
            invoice_number="RE-2026-0412",
            invoice_issued_on=date(2026, 11, 23),
            period_from=date(2026, 11, 20),
            period_to=date(2026, 11, 20),
            due_on=date(2026, 12, 23),
            received_on=date(2026, 11, 26),
            default_since=date(2027, 1, 11),
            limitation=date(2029, 12, 31),
            total=Decimal("1150.00"),
            paid=Decimal("150.00"),
            due=Decimal("1000.00"),
            interest=Decimal("9.48"),
            fees=Decimal("2.50"),
            claimed=Decimal("1011.98"),
            payments=(ClaimPayment(on=date(2027, 2, 1), way="Überweisung", amount=Decimal("150.00")),),
            letters=(
                ClaimLetter(
                    on=date(2026, 12, 28), name="Mahnung", number="MA-2026-0003", pay_until=date(2027, 1, 10),
                    fee=Decimal("0.00"),
                ),
                ClaimLetter(
                    on=date(2027, 1, 20), name="Zweite Mahnung", number="MA-2027-0001", pay_until=date(2027, 2, 3),
                    fee=Decimal("2.50"),
                ),
            ),
            periods=(
                ClaimInterest(first=first[0], last=first[1], principal=Decimal("1150.00"), percent=Decimal("6.52"),
                              amount=Decimal("4.31")),
                ClaimInterest(first=second[0], last=second[1], principal=Decimal("1000.00"), percent=Decimal("6.52"),
                              amount=Decimal("5.17")),
            ),
            body=filled(bodies(language)["claim_statement.body"], INVOICE),
            note="Die Schuldnerin hat am Telefon Zahlung zugesagt.",
        )  # fmt: skip
        return replace(content, **changes)

    return make


def test_the_letter_names_all_three_papers_and_asks_to_submit_the_new_one(letter: Make, read: Make) -> None:
    paper = read(render_paper(letter()))
    for phrase in (
        "Neue Rechnung RE-2026-0430 anstelle der Rechnung RE-2026-0412",
        "Unsere Rechnung RE-2026-0412 vom 23.11.2026 haben wir storniert",
        "Die Stornorechnung ist ST-2026-0009 vom 30.11.2026",
        "Versicherung oder der Beihilfe",
        "reichen Sie dort bitte die neue Rechnung zusammen mit der Stornorechnung ein",
        "Auf die stornierte Rechnung sind 50,00 € eingegangen",
        "Rechnungsbetrag 83,20 €",
        "09.03.1984",
    ):
        assert phrase in paper, phrase
    for word in ("Diagnose", "GOÄ", "Cryo", "Laser"):
        assert word not in paper, word


def test_the_plan_says_what_is_open_and_each_instalment(plan: Make, read: Make) -> None:
    paper = read(render_paper(plan()))
    for phrase in (
        "Ratenzahlung zur Rechnung RE-2026-0412",
        "sind noch 100,00 € offen",
        "in 3 Raten",
        "Zinsen und Kosten berechnen wir dafür nicht",
        "1 15.01.2027 33,33 €",
        "3 15.03.2027 33,34 €",
        "Raten zusammen 100,00 €",
        "Unterschrift zahlungspflichtige Person: Łukasz Çelik-Müller",
    ):
        assert phrase in paper, phrase


def test_par_204_bgb_the_claim_is_named_so_that_it_is_no_other(claim: Make, read: Make) -> None:
    paper = read(render_paper(claim()))
    for phrase in (
        "Forderungsaufstellung zur Rechnung RE-2026-0412",
        "Schuldner Łukasz Çelik-Müller, Am Markt 3, 50667 Köln",
        "Vergütung aus Behandlungsvertrag",
        "Leistungszeitraum 20.11.2026",
        "In Verzug seit 11.01.2027",
        "mit Ablauf des 31.12.2029 (§§ 195, 199 BGB)",
        "01.02.2027 Überweisung 150,00 €",
        "Zweite Mahnung MA-2027-0001",
        "Fünf Prozentpunkte über dem Basiszinssatz",
        "Offene Hauptforderung 1.000,00 €",
        "Zinsen bis 01.03.2027 9,48 €",
        "Mahnkosten 2,50 €",
        "Gesamtforderung 1.011,98 €",
    ):
        assert phrase in paper, phrase


def test_nothing_medical_stands_on_the_claim_beyond_that_it_was_a_treatment(claim: Make, read: Make) -> None:
    paper = read(render_paper(claim()))
    for word in ("Diagnose", "Cryo", "Laser", "Tätowierung", "L81", "Nr. 740"):
        assert word not in paper, word


def test_what_is_not_on_record_is_said_so(claim: Make, read: Make) -> None:
    paper = read(render_paper(claim(received_on=None, default_since=None, periods=(), interest=Decimal("0.00"),
                                    claimed=Decimal("1002.50"))))  # fmt: skip
    assert "In Verzug seit nicht belegt" in paper
    assert "Verzugszinsen" not in paper


def test_an_english_reader_gets_them_in_english(letter: Make, plan: Make, claim: Make, read: Make) -> None:
    for content, phrases in (
        (letter("en"), ("New invoice RE-2026-0430 in place of", "submit the new invoice there")),
        (plan("en"), ("Payment of invoice RE-2026-0412 in instalments", "All instalments EUR 100.00")),
        (claim("en"), ("Statement of the claim from invoice", "Total claim EUR 1,011.98", "Limitation presumably")),
    ):
        paper = read(render_paper(content))
        for phrase in phrases:
            assert phrase in paper, phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_come_back_from_json_as_they_were(language: Language, letter: Make, plan: Make, claim: Make) -> None:
    for content in (letter(language), plan(language), claim(language)):
        assert content_from_dict(content.to_dict()) == content


@pytest.mark.parametrize(
    "changes",
    [
        {"instalments": (PlannedInstalment(due_on=date(2027, 1, 15), amount=Decimal("99.99")),)},
        {"due": Decimal("100.01")},
        {"instalments": (PlannedInstalment(due_on=date(2027, 1, 15), amount=Decimal("100.01")),
                         PlannedInstalment(due_on=date(2027, 2, 15), amount=Decimal("-0.01")))},
    ],
)  # fmt: skip
def test_instalments_that_are_not_what_is_open_are_refused(plan: Make, changes: dict[str, Any]) -> None:
    with pytest.raises(PaperDoesNotAddUp):
        plan(**changes)


@pytest.mark.parametrize(
    "changes",
    [{"paid": Decimal("149.00")}, {"interest": Decimal("9.49")}, {"fees": Decimal(0)}, {"claimed": Decimal("1011.99")}],
)
def test_a_claim_that_does_not_add_up_is_refused(claim: Make, changes: dict[str, Any]) -> None:
    with pytest.raises(PaperDoesNotAddUp):
        claim(**changes)


@pytest.mark.verapdf
def test_verapdf_finds_nothing_on_them(tmp_path: Path, letter: Make, plan: Make, claim: Make) -> None:
    papers = {make("de").kind: render_paper(make("de")) for make in (letter, plan, claim)}
    assert broken_archive_rules(papers, tmp_path) == []


def test_par_14_4_no_10_ustg_the_word_reserved_for_self_billing_stands_nowhere() -> None:
    """ "Gutschrift" is self-billing: no text, no paper and no page says it; a comment may say why."""
    reserved = re.compile("gutschrift", re.IGNORECASE)
    house = Path(kostenklar.__file__).parent
    said = [text.key for text in shipped_texts() if reserved.search(text.body)]
    said += [key for key, pair in all_words().items() if any(map(reserved.search, pair))]
    sources = [*house.glob("templates/**/*.html"), *house.glob("plugin/**/*.p[yo]"), *house.glob("reports/**/*.py")]
    said += [str(file) for file in sources if reserved.search(_without_comments(file.read_text("utf-8")))]
    assert said == []


def _without_comments(text: str) -> str:
    return re.sub(r"  #.*$", "", text, flags=re.MULTILINE)
