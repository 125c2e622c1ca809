"""What stands on a paper survives storage and refuses to contradict itself."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kostenklar.models.rules.invoice import LineKind
from kostenklar.reports.content.base import PaperContradictsItself, PaperDoesNotAddUp, UnreadableContent
from kostenklar.reports.content.cancellation import CancellationContent, cancellation_of
from kostenklar.reports.content.cost_notice import CostNoticeContent, cost_sentence
from kostenklar.reports.content.invoice import InvoiceContent
from kostenklar.reports.content.kinds import content_from_dict
from kostenklar.reports.content.services import ServiceLine, VatGroup, service_wording
from kostenklar.reports.content.texts import PlaceholderUnknown, filled, placeholders, questions_of, section_of
from kostenklar.reports.content.words import all_words
from kostenklar.reports.render import render_paper

Make = Callable[..., InvoiceContent]


def test_every_paper_is_read_back_from_json_as_it_was(
    invoice: Make, cost_notice: Make, consent: Make, aftercare: Make
) -> None:
    bill = invoice()
    cancellation = cancellation_of(bill, number="RE-2026-0413", issued_on=date(2026, 11, 24))

    for content in (bill, cancellation, cost_notice(), consent(minor=True), aftercare("en")):
        assert content_from_dict(json.loads(content.to_json())) == content


def test_amounts_keep_their_cents_in_json(invoice: Make) -> None:
    assert invoice().to_dict()["total"] == "11.33"


def test_equal_content_has_equal_json(invoice: Make) -> None:
    assert invoice().to_json() == invoice().to_json()


@pytest.mark.parametrize(
    "change",
    [
        {"schema_version": 3},
        {"schema_version": 1, "groups": None},
        {"kind": "receipt"},
        {"total": 11.33},
        {"total": None},
        {"extra": "x"},
    ],
)
def test_stored_content_of_another_shape_is_refused(invoice: Make, change: dict[str, object]) -> None:
    with pytest.raises(UnreadableContent):
        content_from_dict({**invoice().to_dict(), **change})


def test_an_invoice_whose_total_is_not_its_groups_is_refused(invoice: Make) -> None:
    with pytest.raises(PaperDoesNotAddUp):
        invoice(total=Decimal("11.34"), due=Decimal("11.34"))


def test_a_group_whose_lines_are_not_its_net_is_refused(cryo_line: ServiceLine) -> None:
    with pytest.raises(PaperDoesNotAddUp):
        VatGroup(rate=Decimal(19), net=Decimal("9.53"), vat=Decimal("1.81"), lines=(cryo_line,))


def test_an_exempt_group_with_vat_is_refused(cryo_line: ServiceLine) -> None:  # § 14c UStG
    with pytest.raises(PaperContradictsItself):
        VatGroup(rate=None, net=Decimal("9.52"), vat=Decimal("1.81"), lines=(cryo_line,), exemption="frei")


def test_a_group_without_rate_needs_the_reason_of_its_exemption(cryo_line: ServiceLine) -> None:
    with pytest.raises(PaperContradictsItself):
        VatGroup(rate=None, net=Decimal("9.52"), vat=Decimal("0.00"), lines=(cryo_line,))


def test_the_par_52_note_stands_on_papers_of_statutory_patients_only(
    cost_notice: Callable[..., CostNoticeContent],
) -> None:
    with pytest.raises(PaperContradictsItself):
        cost_notice(payer="pkv", par52="Hinweis")


def test_a_minors_consent_needs_a_guardians_line(consent: Make) -> None:
    adult = consent()

    with pytest.raises(PaperContradictsItself):
        replace(adult, minor=True)  # type: ignore[call-arg]  # the factory's type is shared


def test_a_cancellation_mirrors_every_amount(invoice: Make, cryo_line: ServiceLine) -> None:
    free = replace(cryo_line, amount=Decimal("0.00"))
    group = VatGroup(rate=Decimal(19), net=Decimal("9.52"), vat=Decimal("1.81"), lines=(cryo_line, free))
    cancellation = cancellation_of(invoice(groups=(group,)), number="RE-2026-0413", issued_on=date(2026, 11, 24))

    assert cancellation.total == Decimal("-11.33")
    assert [line.amount for line in cancellation.groups[0].lines] == [Decimal("-9.52"), Decimal("0.00")]
    assert not cancellation.groups[0].lines[1].amount.is_signed()
    assert (cancellation.groups[0].net, cancellation.groups[0].vat) == (Decimal("-9.52"), Decimal("-1.81"))


def test_par_12_4_goae_an_analogy_names_the_service_entsprechend_and_the_equivalent_number() -> None:
    wording = service_wording(
        "de",
        "2440",
        "Operative Entfernung eines Naevus flammeus, je Sitzung",
        analog_service="Laserbehandlung einer Tätowierung, 5 cm²",
        minimum_minutes=None,
    )

    assert wording.replace("\u00a0", " ") == (
        "Laserbehandlung einer Tätowierung, 5 cm², entsprechend Nr. 2440 GOÄ "
        "„Operative Entfernung eines Naevus flammeus, je Sitzung“ (§ 6 Abs. 2 GOÄ)"
    )


def test_par_12_2_goae_the_minimum_duration_is_named_once() -> None:
    named = service_wording("de", "3", "Eingehende Beratung", analog_service="", minimum_minutes=10)
    printed = service_wording(
        "de", "34", "Erörterung (Dauer mindestens 20 Minuten)", analog_service="", minimum_minutes=20
    )

    assert named.replace("\u00a0", " ") == "Eingehende Beratung (Dauer mindestens 10 Minuten)"
    assert printed == "Erörterung (Dauer mindestens 20 Minuten)"


def test_a_range_of_one_value_is_written_once() -> None:
    body = "{gross_from} bis {gross_to} je Sitzung, bei {sessions_from} bis {sessions_to} Sitzungen {total_to}"
    price = (Decimal("11.33"), Decimal("11.33"))

    sentence = cost_sentence(body, "de", gross=price, sessions=(1, 1), total=price)

    assert sentence.replace("\u00a0", " ") == "11,33 € je Sitzung, bei 1 Sitzung 11,33 €"


def test_filling_a_text_leaves_other_braces_and_does_not_read_values_again() -> None:
    assert filled("{a} {B} {} {a b}", {"a": "{a}"}) == "{a} {B} {} {a b}"
    assert placeholders("{gross_from} bis {gross_to}") == {"gross_from", "gross_to"}
    with pytest.raises(PlaceholderUnknown):
        filled("{unknown}", {})


def test_a_text_parts_into_heading_body_and_questions() -> None:
    assert section_of("# Risiken\nNarben.").heading == "Risiken"
    assert section_of("Ohne Überschrift.").heading == ""
    assert [question.text for question in questions_of("# F\n- Eins?\n- Zwei?")] == ["Eins?", "Zwei?"]


def test_every_fixed_word_stands_in_both_languages_with_the_same_placeholders() -> None:
    for key, (german, english) in all_words().items():
        assert german, key
        assert english, key
        assert placeholders(german) == placeholders(english), key


@pytest.mark.parametrize("kind", ["invoice", "cancellation"])
def test_a_paper_that_the_first_version_stored_is_read_and_says_the_same(kind: str, read: Callable[..., Any]) -> None:
    stored = json.loads((Path(__file__).parent / "stored" / f"{kind}_1.json").read_text())
    assert stored["schema_version"] == 1

    content = content_from_dict(stored)

    assert isinstance(content, InvoiceContent | CancellationContent)
    kinds = [line.kind for group in content.groups for line in group.lines]
    assert kinds == [LineKind.GOAE] * 6 + [LineKind.EXPENSE]
    assert content.electronic is None
    assert str(content.total) == stored["total"]
    paper = read(render_paper(content))
    for phrase in (stored["number"], "Łukasz Çelik-Müller", "Beratung - auch mittels Fernsprecher -", "§ 10 Farbstoff"):
        assert phrase in paper, phrase


def test_a_stored_invoice_of_the_first_version_can_be_cancelled_today() -> None:
    stored = json.loads((Path(__file__).parent / "stored" / "invoice_1.json").read_text())
    content = content_from_dict(stored)
    assert isinstance(content, InvoiceContent)

    cancellation = cancellation_of(content, number="ST-2026-0009", issued_on=date(2026, 12, 6))

    assert cancellation.total == -content.total
    assert content_from_dict(cancellation.to_dict()) == cancellation
