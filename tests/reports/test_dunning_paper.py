"""What a reader finds on a dunning letter, and what is never there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import zxingcpp

from kostenklar.reports.content.base import LANGUAGES, Language, PaperDoesNotAddUp
from kostenklar.reports.content.dunning import DunningContent, InterestPeriod
from kostenklar.reports.content.formats import money
from kostenklar.reports.content.kinds import content_from_dict
from kostenklar.reports.content.parts import Letterhead, Person
from kostenklar.reports.content.texts import filled
from kostenklar.reports.render import render_paper

Make = Callable[..., Any]
PERIODS = (
    InterestPeriod(
        first=date(2026, 5, 4), last=date(2026, 6, 30), days=58, principal=Decimal("1201.78"),
        percent=Decimal("6.27"), amount=Decimal("11.97"),
    ),
    InterestPeriod(
        first=date(2026, 7, 1), last=date(2026, 8, 14), days=45, principal=Decimal("1201.78"),
        percent=Decimal("6.52"), amount=Decimal("9.66"),
    ),
)  # fmt: skip


@pytest.fixture
def letter(letterhead: Letterhead, bodies: Make) -> Make:
    def make(language: Language = "de", level: int = 2, **changes: Any) -> DunningContent:
        values = {
            "invoice": "RE-2026-0107", "invoiced": "01.04.2026", "amount": money(Decimal("1201.78"), language),
            "demand": money(Decimal("1225.91"), language), "pay_by": "28.08.2026", "since": "04.05.2026",
            "fee": money(Decimal("2.50"), language),
        }  # fmt: skip
        said = {key: filled(text, values) for key, text in bodies(language).items() if key.startswith("dunning.")}
        parts = ("second" if level == 2 else "first", "default", "interest", "fee")
        content = DunningContent(
            language=language,
            letterhead=letterhead,
            recipient=("Łukasz Çelik-Müller", "Am Markt 3", "50667 Köln"),
            number="MA-2026-0004",
            issued_on=date(2026, 8, 14),
            level=level,
            patient=Person(name="Łukasz Çelik-Müller", birth_date=date(1984, 3, 9)),
            invoice_number="RE-2026-0107",
            invoice_issued_on=date(2026, 4, 1),
            invoice_due_on=date(2026, 5, 1),
            total=Decimal("1251.78"),
            paid=Decimal("50.00"),
            due=Decimal("1201.78"),
            in_default_since=date(2026, 5, 4),
            interest=PERIODS,
            fee=Decimal("2.50"),
            demand=Decimal("1225.91"),
            pay_by=date(2026, 8, 28),
            body="\n\n".join(said[f"dunning.{part}"] for part in parts),
            closing="\n\n".join([said["dunning.last"], said["dunning.closing"]]),
        )
        return replace(content, **changes)

    return make


def test_it_says_what_is_open_since_when_and_how_the_interest_came_about(letter: Make, read: Make) -> None:
    paper = read(render_paper(letter()))
    for phrase in (
        "Zweite Mahnung zur Rechnung RE-2026-0107",
        "MA-2026-0004",
        "Offen sind 1.201,78 €",
        "seit dem 04.05.2026 in Verzug (§ 286 BGB)",
        "fünf Prozentpunkte über dem Basiszinssatz",
        "§ 288 Abs. 1 BGB",
        "04.05.2026 – 30.06.2026 58 6,27 % 1.201,78 € 11,97 €",
        "01.07.2026 – 14.08.2026 45 6,52 % 1.201,78 € 9,66 €",
        "Verzugszinsen bis 14.08.2026 21,63 €",
        "Kosten dieses Schreibens 2,50 €",
        "noch zu zahlen 1.225,91 €",
        "Bitte zahlen bis",
        "unabhängig davon zu zahlen, ob eine Versicherung oder die Beihilfe etwas erstattet",
    ):
        assert phrase in paper, phrase


def test_it_names_neither_illness_nor_treatment_and_threatens_nothing(letter: Make, read: Make) -> None:
    paper = read(render_paper(letter()))
    for word_ in ("Diagnose", "Laser", "Cryo", "GOÄ", "Inkasso", "Schufa", "SCHUFA", "40,00", "Gutschrift"):
        assert word_ not in paper, word_


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_code_pays_all_that_it_asks_for(language: Language, letter: Make, read: Make) -> None:
    image = read(render_paper(letter(language))).document[0].render(scale=2).to_pil()
    (code,) = zxingcpp.read_barcodes(image)
    assert "EUR1225.91" in code.text.splitlines()
    assert code.text.splitlines()[-1] == "RE-2026-0107"


def test_without_an_account_there_is_no_code(letter: Make, letterhead: Letterhead, read: Make) -> None:
    paper = read(render_paper(letter(letterhead=replace(letterhead, bank=None))))
    assert zxingcpp.read_barcodes(paper.document[0].render(scale=2).to_pil()) == []


def test_an_english_reader_gets_it_in_english(letter: Make, read: Make) -> None:
    paper = read(render_paper(letter("en", level=1)))
    for phrase in (
        "First dunning letter for invoice RE-2026-0107",
        "section 286 German Civil Code",
        "Default interest until 14 August 2026 EUR 21.63",
        "How the default interest is reckoned",
        "still to be paid EUR 1,225.91",
    ):
        assert phrase in paper, phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_comes_back_from_json_as_it_was(language: Language, letter: Make) -> None:
    content = letter(language)
    assert content_from_dict(content.to_dict()) == content


@pytest.mark.parametrize(
    "changes",
    [
        {"due": Decimal("1201.79")},
        {"demand": Decimal("1225.92")},
        {"in_default_since": None},
        {"total": Decimal("50.00"), "due": Decimal("0.00")},
    ],
)
def test_a_letter_that_does_not_add_up_is_none(letter: Make, changes: dict[str, Any]) -> None:
    with pytest.raises(PaperDoesNotAddUp):
        letter(**changes)
