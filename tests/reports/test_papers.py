"""What a reader finds on the rendered papers."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import zxingcpp

from kostenklar.models.rules.invoice import LineKind
from kostenklar.reports.content.base import LANGUAGES, Language
from kostenklar.reports.content.cancellation import cancellation_of
from kostenklar.reports.content.parts import Letterhead, Person, Question
from kostenklar.reports.content.services import ServiceLine, VatGroup
from kostenklar.reports.layout.fonts import CharactersMissing
from kostenklar.reports.layout.page import MM, Sheet
from kostenklar.reports.layout.qr import NoValidIban
from kostenklar.reports.render import missing_characters, render_paper

Make = Callable[..., Any]
LONG_NAME = ("Anna-Katharina " * 20)[:200].strip()


def decoded(paper: Any, page: int = 0) -> list[str]:
    """The texts of all codes on the rendered page."""
    image = paper.document[page].render(scale=2).to_pil()
    return [code.text for code in zxingcpp.read_barcodes(image)]


def test_an_invoice_shows_what_par_12_goae_and_par_14_ustg_ask_for(invoice: Make, read: Make) -> None:
    paper = read(render_paper(invoice(diagnosis="Lentigo senilis, Wange links")))

    for phrase in (
        "Rechnung RE-2026-0412",
        "23.11.2026",  # issued on
        "20.11.2026 740 Kryotherapie der Haut, je Sitzung",
        "Wange links, Handrücken rechts",
        "auf Verlangen erbracht, § 1 Abs. 2 S. 2 GOÄ",
        "2,3",
        "Summe netto 9,52 €",
        "zuzüglich 19 % Umsatzsteuer 1,81 €",
        "Rechnungsbetrag 11,33 €",
        "Hautpraxis am Lindenhof · Lindenhof 4 · 50667 Köln",
        "Steuernummer 214/5678/0912",
        "Łukasz Çelik-Müller",
        "09.03.1984",
        "Diagnose: Lentigo senilis, Wange links",
        "Seite 1 von 1",
    ):
        assert phrase in paper, phrase


def test_par_286_3_bgb_stands_word_for_word(invoice: Make, read: Make) -> None:
    assert (
        "Bitte zahlen Sie möglichst bis 23.12.2026. Sie kommen spätestens in Verzug, wenn Sie nicht innerhalb von "
        "30 Tagen nach Fälligkeit und Zugang dieser Rechnung zahlen (§ 286 Abs. 3 BGB). "
        "Das gilt unabhängig von einer Erstattung."
    ) in read(render_paper(invoice()))


def test_an_analogy_its_reason_its_agreement_and_its_time_stand_under_the_service(
    invoice: Make, cryo_line: ServiceLine, read: Make
) -> None:
    line = replace(
        cryo_line,
        number="2440",
        service="Operative Entfernung eines Naevus flammeus, je Sitzung",
        analog_service="Laserbehandlung einer Tätowierung, 5 cm²",
        factor=Decimal("3.8"),
        reason="Erhöhter Zeitaufwand",
        agreement_on=date(2026, 11, 1),
        clock_time="10:30",
    )
    paper = read(
        render_paper(
            invoice(groups=(VatGroup(rate=Decimal(19), net=Decimal("9.52"), vat=Decimal("1.81"), lines=(line,)),)),
        )
    )

    assert "A 2440" in paper
    assert "entsprechend Nr. 2440 GOÄ „Operative Entfernung eines Naevus" in paper
    assert "Begründung: Erhöhter Zeitaufwand" in paper
    assert "Vereinbarung nach § 2 GOÄ vom 01.11.2026" in paper
    assert "10:30 Uhr, Wange links" in paper


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_vat_is_printed_where_the_service_is_exempt(
    language: Language, invoice: Make, cryo_line: ServiceLine, bodies: Make, read: Make
) -> None:
    for key in ("invoice.exempt_healing", "invoice.exempt_small_business"):
        text = bodies(language)[key]
        group = VatGroup(rate=None, net=Decimal("9.52"), vat=Decimal("0.00"), lines=(cryo_line,), exemption=text)
        paper = read(render_paper(invoice(language, groups=(group,), total=Decimal("9.52"), due=Decimal("9.52"))))

        assert text in paper
        for trace in ("19 %", "zuzüglich", "plus", "1,81", "1.81", "0,00", "0.00"):
            assert trace not in paper, trace


def test_the_girocode_pays_the_invoice_and_tells_nothing_else(invoice: Make, read: Make) -> None:
    content = invoice(diagnosis="Lentigo senilis")

    codes = decoded(read(render_paper(content)))

    assert codes == [
        "BCD\n002\n1\nSCT\nMUSTDEFFXXX\nHautpraxis am Lindenhof\nDE89370400440532013000\nEUR11.33\n\n\nRE-2026-0412"
    ]


def test_no_girocode_when_nothing_is_due_or_no_account_is_known(
    invoice: Make, letterhead: Letterhead, read: Make
) -> None:
    for change in (
        {"paid": Decimal("11.33"), "due": Decimal("0.00")},
        {"letterhead": replace(letterhead, bank=None)},
        {"draft": True, "number": ""},
    ):
        paper = read(render_paper(invoice(**change)))
        assert decoded(paper) == []
        assert "GiroCode" not in paper


def test_epc069_12_a_girocode_carries_at_most_999_999_999_99_euros(
    invoice: Make, cryo_line: ServiceLine, bodies: Make, read: Make
) -> None:
    text = bodies("de")["invoice.exempt_small_business"]
    for cents_more, codes in (("0.00", 1), ("0.01", 0)):
        gross = Decimal("999999999.99") + Decimal(cents_more)
        lines = (replace(cryo_line, amount=gross),)
        group = VatGroup(rate=None, net=gross, vat=Decimal("0.00"), lines=lines, exemption=text)
        paper = read(render_paper(invoice(groups=(group,), total=gross, due=gross)))
        assert len(decoded(paper)) == codes


def test_a_girocode_is_never_drawn_for_a_wrong_iban(invoice: Make, letterhead: Letterhead) -> None:
    assert letterhead.bank is not None
    wrong = replace(letterhead, bank=replace(letterhead.bank, iban="DE89370400440532013001"))

    with pytest.raises(NoValidIban):
        render_paper(invoice(letterhead=wrong))


def test_a_draft_says_so_in_its_head(invoice: Make, read: Make) -> None:
    assert "Entwurf" in read(render_paper(invoice(draft=True, number="")))
    assert "Entwurf" not in read(render_paper(invoice()))


def test_a_cancellation_names_its_invoice_and_negates_it(invoice: Make, read: Make) -> None:
    content = cancellation_of(invoice(), number="RE-2026-0413", issued_on=date(2026, 11, 24), reason="Anschrift")
    paper = read(render_paper(content))

    for phrase in (
        "Stornorechnung zu Rechnung RE-2026-0412 vom 23.11.2026",
        "RE-2026-0413",
        "-9,52 €",
        "-1,81 €",
        "Stornobetrag -11,33 €",
        "Grund: Anschrift",
    ):
        assert phrase in paper, phrase
    assert decoded(paper) == []
    assert "GiroCode" not in paper
    assert "Gutschrift" not in paper


GKV_WORDS = (
    (
        "Die geplante Behandlung ist in der Regel keine Leistung der gesetzlichen Krankenversicherung. Über Ausnahmen "
        "entscheidet Ihre Krankenkasse; Sie können dort vorher nachfragen. Ohne deren Zusage tragen Sie die Kosten "
        "selbst: voraussichtlich 11,33 bis 17,23 € je Sitzung, bei 1 bis 3 Sitzungen insgesamt 11,33 bis 51,69 € "
        "(einschl. gesetzl. USt)."
    ),
    (
        "Ich wünsche diese Leistungen ausdrücklich. Mir ist bekannt, dass sie nicht zulasten meiner Krankenkasse "
        "erbracht werden, dass ich sie nach der GOÄ selbst bezahle und in der Regel keine Erstattung erwarten kann. "
        "Ich konnte Fragen stellen und hatte Zeit zu überlegen. Eine Ausfertigung habe ich erhalten."
    ),
    (
        "Bei Erkrankungen durch medizinisch nicht notwendige ästhetische Operationen, Tätowierungen oder Piercings "
        "beteiligt die Krankenkasse Versicherte an den Kosten (§ 52 Abs. 2 SGB V). Ob dies für diese Behandlung gilt, "
        "ist nicht abschließend geklärt; Ihre Krankenkasse kann Sie an Folgekosten beteiligen."
    ),
)


def test_a_statutory_patients_cost_notice_carries_notice_agreement_and_par_52_word_for_word(
    cost_notice: Make, read: Make
) -> None:
    paper = read(render_paper(cost_notice()))

    for words in GKV_WORDS:
        assert words in paper
    for phrase in ("§ 630c Abs. 3 BGB", "740", "2,3 – 3,5", "9,52 € bis 14,48 €", "11,33 € bis 51,69 €"):
        assert phrase in paper, phrase
    assert "Ort, Datum, Unterschrift Patient/in: Łukasz Çelik-Müller" in paper


@pytest.mark.parametrize("payer", ["pkv", "self_payer"])
def test_others_get_the_costs_without_agreement_and_without_par_52(payer: str, cost_notice: Make, read: Make) -> None:
    paper = read(render_paper(cost_notice(payer=payer)))

    assert "§ 630c Abs. 3 BGB" in paper
    assert "11,33 € bis 17,23 €" in paper
    assert "§ 52" not in paper
    assert "Ich wünsche diese Leistungen" not in paper
    insurers = "Private Versicherer klären die Kostenübernahme individuell mit ihren Versicherten"
    assert (insurers in paper) is (payer == "pkv")


def test_a_consent_carries_the_mole_sentence_the_patients_dates_and_the_right_to_withdraw(
    consent: Make, read: Make
) -> None:
    paper = read(render_paper(consent()))

    for phrase in (
        (
            "Pigmentflecken behandeln wir nur, wenn ärztlich geklärt ist, dass sie gutartig sind; Muttermale nur nach "
            "besonderer ärztlicher Prüfung."
        ),
        "bitte keine Sonne und kein Solarium vom 10.11.2026 bis 22.12.2026",
        "jederzeit, ohne Angabe von Gründen und ohne besondere Form widerrufen (§ 630d Abs. 3 BGB)",
        "Kälteurtikaria",
        "Kryoglobulinämie",
        "Raynaud",
        "4,5 cm²",
        "Gilt bis 10.11.2027",
        "bis zu 3",
        "§ 630e BGB",
    ):
        assert phrase in paper, phrase
    assert "sorgeberechtigt" not in paper


def test_a_minors_consent_has_lines_for_both_guardians(consent: Make, read: Make) -> None:
    paper = read(render_paper(consent(minor=True)))

    assert paper.text.count("Unterschrift sorgeberechtigte Person") == 2


def test_an_answered_question_shows_its_remark(consent: Make, read: Make) -> None:
    question = Question(text="Sind Sie schwanger?", answer=True, remark="14. Woche")

    assert "14. Woche" in read(render_paper(consent(questions=(question,))))


def test_the_aftercare_sheet_names_the_last_day_without_sun_and_whom_to_call(aftercare: Make, read: Make) -> None:
    paper = read(render_paper(aftercare()))

    assert "Bitte keine Sonne und kein Solarium bis einschließlich 22.12.2026." in paper
    assert "Rufen Sie uns an" in paper
    assert "0221 555 01 40" in paper


@pytest.mark.parametrize(
    "name", ["<b>x", "O'Brien & Söhne", "Łukasz Çelik-Müller", "Nguyễn", "=cmd()", "{x} %s (a\\b)"]
)
def test_names_stand_on_paper_as_typed(name: str, invoice: Make, read: Make) -> None:
    person = Person(name=name, birth_date=date(1984, 3, 9))
    paper = read(render_paper(invoice(patient=person, recipient=(name, "Weg 1", "50667 Köln"))))

    assert paper.text.count(name) >= 2


def test_a_name_in_decomposed_letters_is_printed(invoice: Make, read: Make) -> None:
    paper = read(render_paper(invoice(recipient=("Mu\u0308ller", "Weg 1", "50667 Köln"))))

    assert "Müller" in paper


@pytest.mark.parametrize("text", ["東京", "😀", "a\u202eb", "a\x00b"])
def test_characters_outside_the_face_are_named_and_not_printed(text: str, invoice: Make) -> None:
    lacking = [character for character in text if character not in "ab"]

    assert missing_characters(text) == lacking
    with pytest.raises(CharactersMissing) as refused:
        render_paper(invoice(diagnosis=text))
    assert refused.value.characters == lacking


def boxes(paper: Any, page: int = 0) -> list[tuple[str, float, float, float, float]]:
    """Every character of a page with left, top, right, bottom in millimetres from the upper left corner."""
    text = paper.document[page].get_textpage()
    found = []
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if character.strip():
            left, bottom, right, top = text.get_charbox(index)
            found.append((character, left / MM, 297 - top / MM, right / MM, 297 - bottom / MM))
    return found


@pytest.mark.parametrize("name", ["Ada Lind", LONG_NAME, "x" * 200, "W" * 200])
def test_the_recipient_stays_in_the_window_and_touches_no_other_field(name: str, invoice: Make, read: Make) -> None:
    recipient = (name, "Straße 1, Hinterhaus, 4. Stock links", "50667 Köln")
    content = invoice(recipient=recipient, patient=Person(name=name, birth_date=date(1984, 3, 9)))
    characters = boxes(read(render_paper(content)))

    window = [box for box in characters if box[1] < 110 and box[2] >= 45 and box[4] <= 90]
    between = [box for box in characters if box[1] < 110 and 90 < box[4] < 98.5]
    assert "".join(box[0] for box in window).endswith("50667Köln")
    assert all(box[1] >= 20 and box[3] <= 105 for box in window)
    assert between == []
    assert all(box[3] <= 200 and box[4] <= 292 for box in characters)


def test_a_very_long_name_pushes_the_text_down_instead_of_covering_it(invoice: Make, read: Make) -> None:
    content = invoice(patient=Person(name=LONG_NAME, birth_date=date(1984, 3, 9)), contact="Telefon " * 20)
    characters = boxes(read(render_paper(content)))

    info_bottom = max(box[4] for box in characters if box[1] > 125 and box[4] < 160)
    title_top = min(box[2] for box in characters if box[4] - box[2] > 3 and box[1] < 26 and box[2] > 45)
    assert info_bottom > 98.5
    assert title_top > info_bottom


def test_a_long_invoice_repeats_its_head_counts_its_pages_and_keeps_the_sum_with_the_last_line(
    invoice: Make, cryo_line: ServiceLine, read: Make
) -> None:
    for count in range(20, 34):
        net = count * Decimal("9.52")
        group = VatGroup(rate=Decimal(19), net=net, vat=Decimal("1.81"), lines=(cryo_line,) * count)
        paper = read(render_paper(invoice(groups=(group,), total=net + Decimal("1.81"), due=net + Decimal("1.81"))))
        pages = paper.pages

        assert len(pages) >= 2
        for number, text in enumerate(pages, start=1):
            assert f"Seite {number} von {len(pages)}" in text
            assert "Łukasz Çelik-Müller" in text
            assert "09.03.1984" in text
            assert ("Kryotherapie" in text) <= ("Faktor" in text)
        assert "Kryotherapie" in next(text for text in pages if "Rechnungsbetrag" in text)
        assert sum(text.count("Kryotherapie") for text in pages) == count


def test_a_reason_longer_than_a_page_is_printed_in_full(invoice: Make, cryo_line: ServiceLine, read: Make) -> None:
    reason = " ".join(f"Grund{index}" for index in range(1500))
    group = VatGroup(
        rate=Decimal(19), net=Decimal("9.52"), vat=Decimal("1.81"), lines=(replace(cryo_line, reason=reason),)
    )
    paper = read(render_paper(invoice(groups=(group,))))

    assert all(f"Grund{index}" in paper for index in range(1500))
    assert len(paper.pages) > 1
    assert max(box[4] for page in range(len(paper.pages)) for box in boxes(paper, page)) < 292


def test_nothing_typed_overflows_head_or_foot(invoice: Make, letterhead: Letterhead, read: Make) -> None:
    wide = replace(
        letterhead, practice="Gemeinschaftspraxis " * 10, site="S" * 200, physicians=("Dr. " + "y" * 190,) * 4
    )
    characters = boxes(read(render_paper(invoice(letterhead=wide))))

    rule, foot = Sheet.head_rule / MM, Sheet.foot_rule / MM
    assert not [box for box in characters if box[2] < rule < box[4]]
    assert not [box for box in characters if box[2] < foot < box[4]]
    assert all(box[3] <= 200 and box[4] <= 292 for box in characters)


def test_signatures_stay_with_the_words_that_are_signed(consent: Make, cost_notice: Make, read: Make) -> None:
    for content, words in (
        (consent(), "Ich willige in die unten genannte Behandlung ein"),
        (cost_notice(notes=("Ein Hinweis. " * 150,)), "Ich wünsche diese Leistungen ausdrücklich"),
    ):
        pages = [" ".join(text.split()) for text in read(render_paper(content)).pages]
        signed = next(text for text in pages if "Unterschrift Patient/in" in text)
        assert words in signed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_face_is_embedded_and_the_file_tells_its_title_author_and_language(
    language: Language, invoice: Make, consent: Make
) -> None:
    for content in (invoice(language), consent(language)):
        pdf = render_paper(content)

        assert b"Helvetica" not in pdf
        assert pdf.count(b"/FontFile2") == pdf.count(b"/Type /FontDescriptor") == 2
        assert (b"/Lang (de-DE)" if language == "de" else b"/Lang (en-GB)") in pdf
        assert b"Hautpraxis am Lindenhof" in pdf
        assert b"elik" not in pdf.split(b"/Author")[1][:400]


def test_equal_content_gives_equal_bytes(invoice: Make, consent: Make) -> None:
    assert render_paper(invoice()) == render_paper(invoice())
    assert render_paper(consent()) == render_paper(consent())
    assert render_paper(invoice()) != render_paper(invoice(number="RE-2026-0413"))


def test_reportlab_is_not_loaded_with_the_program() -> None:
    program = (
        "import sys, kostenklar.reports.render, kostenklar.reports.content.kinds, kostenklar.models.catalogue\n"
        "sys.exit(any(name.split('.')[0] in ('reportlab', 'segno', 'flask', 'sqlalchemy') for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_hosts_reportlab_setting_stays_as_it_was(invoice: Make) -> None:
    from reportlab import rl_config

    before = rl_config.useA85
    render_paper(invoice())

    assert rl_config.useA85 == before


def test_papers_drawn_at_the_same_time_do_not_disturb_each_other(invoice: Make, consent: Make) -> None:
    contents = [invoice(), consent("en"), invoice("en")] * 4
    expected = [render_paper(content) for content in contents]

    with ThreadPoolExecutor(max_workers=6) as pool:
        assert list(pool.map(render_paper, contents)) == expected


def test_goods_and_expenses_have_neither_number_nor_factor_and_say_what_one_costs(
    invoice: Make, cryo_line: ServiceLine, read: Make
) -> None:
    plain = replace(cryo_line, number="", factor=None, site="", on_demand=False)
    goods = replace(plain, kind=LineKind.GOODS, service="Sonnencreme", amount=Decimal("39.80"), quantity=2)
    expense = replace(plain, kind=LineKind.EXPENSE, service="Farbstoff", amount=Decimal("31.20"), receipt=True)

    def group(*lines: ServiceLine) -> dict[str, Any]:
        net = sum((line.amount for line in lines), Decimal())
        found = VatGroup(rate=Decimal(19), net=net, vat=Decimal("1.00"), lines=lines)
        return {"groups": (found,), "total": net + 1, "due": net + 1}

    both, alone = read(render_paper(invoice(**group(expense, goods)))), read(render_paper(invoice(**group(goods))))
    assert "20.11.2026 § 10 Farbstoff 1 31,20 € Beleg liegt bei, § 12 Abs. 2 Nr. 5 GOÄ" in both
    assert "20.11.2026 Sonnencreme 2 39,80 € je 19,90 €" in both
    assert "(GOÄ) und die abgegebenen Waren berechnen wir" in both
    assert "Für die abgegebenen Waren berechnen wir" in alone
    assert "19,90 € je" not in alone
    assert "EUR 19.90 each" in read(render_paper(invoice("en", **group(goods))))
    mirror = cancellation_of(invoice(**group(expense)), number="ST-2026-0003", issued_on=date(2026, 11, 24))
    assert "§ 10 Farbstoff 1 -31,20 €" in read(render_paper(mirror))
    assert "Beleg liegt bei" not in read(render_paper(mirror))  # that lies with the invoice


def test_the_girocode_of_a_part_paid_invoice_pays_what_is_left(invoice: Make, read: Make) -> None:
    (code,) = decoded(read(render_paper(invoice(paid=Decimal("1.33"), due=Decimal("10.00")))))

    assert "EUR10.00" in code
