"""What a reader finds on the receipt and on the payment reminder, and what is never there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import zxingcpp

from kostenklar.reports.content.base import LANGUAGES, Language, PaperDoesNotAddUp
from kostenklar.reports.content.formats import money
from kostenklar.reports.content.kinds import content_from_dict
from kostenklar.reports.content.parts import Letterhead, Person
from kostenklar.reports.content.receipt import ReceiptContent
from kostenklar.reports.content.reminder import ReminderContent
from kostenklar.reports.content.texts import filled
from kostenklar.reports.content.words import word
from kostenklar.reports.render import render_paper

Make = Callable[..., Any]
PATIENT = Person(name="Łukasz Çelik-Müller", birth_date=date(1984, 3, 9))
INVOICE = {"invoice": "RE-2026-0412", "invoiced": "23.11.2026"}


@pytest.fixture
def receipt(letterhead: Letterhead, bodies: Make) -> Make:
    def make(language: Language = "de", **changes: Any) -> ReceiptContent:
        way = word(language, "way_till", number="K-0815")
        values = {**INVOICE, "day": "27.11.2026", "amount": money(Decimal("50.00"), language), "way": way}
        content = ReceiptContent(
            language=language,
            letterhead=letterhead,
            recipient=("Łukasz Çelik-Müller", "Am Markt 3", "50667 Köln"),
            number="QU-2026-0007",
            issued_on=date(2026, 11, 27),
            patient=PATIENT,
            payer="Łukasz Çelik-Müller",
            amount=Decimal("50.00"),
            received_on=date(2026, 11, 27),
            way=way,
            invoice_number="RE-2026-0412",
            invoice_issued_on=date(2026, 11, 23),
            body=filled(bodies(language)["receipt.body"], values),
        )
        return replace(content, **changes)

    return make


@pytest.fixture
def reminder(letterhead: Letterhead, bodies: Make) -> Make:
    def make(language: Language = "de", **changes: Any) -> ReminderContent:
        values = {**INVOICE, "amount": money(Decimal("61.33"), language), "pay_by": "07.01.2027"}
        content = ReminderContent(
            language=language,
            letterhead=letterhead,
            recipient=("Łukasz Çelik-Müller", "Am Markt 3", "50667 Köln"),
            number="ZE-2026-0003",
            issued_on=date(2026, 12, 28),
            patient=PATIENT,
            invoice_number="RE-2026-0412",
            invoice_issued_on=date(2026, 11, 23),
            total=Decimal("111.33"),
            paid=Decimal("50.00"),
            due=Decimal("61.33"),
            pay_by=date(2027, 1, 7),
            body=filled(bodies(language)["reminder.body"], values),
        )
        return replace(content, **changes)

    return make


def test_a_receipt_says_how_much_when_how_by_whom_and_for_what(receipt: Make, read: Make) -> None:
    paper = read(render_paper(receipt()))
    for phrase in (
        "Quittung QU-2026-0007",
        "zur Rechnung RE-2026-0412 vom 23.11.2026 am 27.11.2026 den Betrag von 50,00 € erhalten haben",
        "laut Praxiskasse, Beleg-Nr. K-0815",
        "Gezahlt von",
        "Erhaltener Betrag 50,00 €",
        "Łukasz Çelik-Müller",
        "09.03.1984",
        "Diese Quittung ist keine Rechnung.",
    ):
        assert phrase in paper, phrase


def test_a_reminder_is_friendly_free_and_asks_for_what_is_open(reminder: Make, read: Make) -> None:
    paper = read(render_paper(reminder()))
    for phrase in (
        "Zahlungserinnerung zur Rechnung RE-2026-0412",
        "Offen sind 61,33 €",
        "Rechnungsbetrag 111,33 €",
        "bereits gezahlt -50,00 €",
        "noch zu zahlen 61,33 €",
        "Bitte überweisen Sie den Betrag bis 07.01.2027",
        "Kosten entstehen Ihnen durch diese Erinnerung nicht",
    ):
        assert phrase in paper or phrase.replace("-", "−") in paper, phrase
    for word_ in ("Zinsen", "Verzug", "Mahn", "Diagnose", "Gebühr"):
        assert word_ not in paper, word_


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_code_pays_just_what_is_open(language: Language, reminder: Make, read: Make) -> None:
    image = read(render_paper(reminder(language))).document[0].render(scale=2).to_pil()
    (code,) = zxingcpp.read_barcodes(image)
    assert code.text.splitlines()[3:] == [
        "SCT", "MUSTDEFFXXX", "Hautpraxis am Lindenhof", "DE89370400440532013000", "EUR61.33", "", "", "RE-2026-0412",
    ]  # fmt: skip


def test_without_an_account_there_is_no_code(reminder: Make, letterhead: Letterhead, read: Make) -> None:
    paper = read(render_paper(reminder(letterhead=replace(letterhead, bank=None))))
    assert zxingcpp.read_barcodes(paper.document[0].render(scale=2).to_pil()) == []


def test_an_english_reader_gets_both_in_english(receipt: Make, reminder: Make, read: Make) -> None:
    for phrase in ("Receipt (Quittung) QU-2026-0007", "Amount received EUR 50.00", "at the practice's till"):
        assert phrase in read(render_paper(receipt("en"))), phrase
    for phrase in ("Payment reminder for invoice RE-2026-0412", "EUR 61.33 remain open", "still to be paid EUR 61.33"):
        assert phrase in read(render_paper(reminder("en"))), phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_come_back_from_json_as_they_were(language: Language, receipt: Make, reminder: Make) -> None:
    for content in (receipt(language), reminder(language)):
        assert content_from_dict(content.to_dict()) == content


@pytest.mark.parametrize("changes", [{"due": Decimal("61.34")}, {"paid": Decimal("111.33"), "due": Decimal("0.00")}])
def test_a_reminder_that_does_not_add_up_or_asks_for_nothing_is_none(reminder: Make, changes: dict[str, Any]) -> None:
    with pytest.raises(PaperDoesNotAddUp):
        reminder(**changes)
