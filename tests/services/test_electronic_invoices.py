"""The invoice's paper beyond plain services: the XML inside, letters abroad, expenses and goods, papers of before."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pypdf
import pytest

from kostenklar.models.invoice import Invoice, InvoiceLine
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.patient import Patient
from kostenklar.models.practice import Practice
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.invoice_drafts import draft_of
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoice_issue import issue_invoice, preview
from kostenklar.plugin.services.papers import content_of
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.reports.content.cancellation import CancellationContent
from kostenklar.reports.content.invoice import InvoiceContent
from kostenklar.tests.invoice_scene import a_draft, issued, paper_text, pdf_of, record

pytestmark = pytest.mark.usefixtures("as_reception")
ABROAD = {"name": "Élodie Dupont", "street": "Rue Haute 3", "postcode": "1050", "city": "Bruxelles", "country": "BE"}


def change_patient(cast: Any, **values: Any) -> None:
    with unit_of_work():
        patient = session().get_one(Patient, cast.patient_id)
        for name, value in values.items():
            setattr(patient, name, value)


def files_inside(pdf: bytes) -> dict[str, str]:
    attached = pypdf.PdfReader(io.BytesIO(pdf)).attachments
    return {name: content[0].decode() for name, content in attached.items()}


def cancelled(invoice: Invoice) -> Invoice:
    with unit_of_work():
        return cancel_invoice(invoice.id, None, "Anschrift", today())


def stored_as_version_1(content: InvoiceContent) -> dict[str, Any]:
    """What the first version wrote for the same invoice."""
    found = {**super(InvoiceContent, content).to_dict(), "schema_version": 1}
    del found["electronic"]
    for group in found["groups"]:
        del group["exempt"]
        for line in group["lines"]:
            del line["kind"], line["receipt"]
    return found


def test_nobody_gets_readable_health_data_unasked(cast: Any) -> None:
    invoice = issued(a_draft(cast))

    assert files_inside(pdf_of(invoice)) == {}
    assert invoice.paper is not None
    assert invoice.paper.content["electronic"] is None


def test_whoever_wants_it_gets_the_xml_inside_the_paper(cast: Any) -> None:
    change_patient(cast, e_invoice=True)
    invoice = issued(a_draft(cast))

    (xml,) = files_inside(pdf_of(invoice)).values()
    assert f"<ram:ID>{invoice.number}</ram:ID>" in xml
    assert f"<ram:DuePayableAmount>{invoice.gross_total}</ram:DuePayableAmount>" in xml
    assert "Gisela Yılmaz-Hofer" in xml


def test_a_preview_is_no_invoice_and_carries_no_file(cast: Any) -> None:
    change_patient(cast, e_invoice=True)

    assert files_inside(preview(record(a_draft(cast)), today())) == {}


def test_the_cancellation_of_an_electronic_invoice_is_electronic_and_names_it(cast: Any) -> None:
    change_patient(cast, e_invoice=True)
    invoice = issued(a_draft(cast))

    (xml,) = files_inside(pdf_of(cancelled(invoice))).values()
    assert "<ram:TypeCode>384</ram:TypeCode>" in xml
    assert f"<ram:IssuerAssignedID>{invoice.number}</ram:IssuerAssignedID>" in xml


def test_a_wish_that_came_after_the_page_was_shown_is_not_carried_out_unseen(cast: Any) -> None:
    invoice_id = a_draft(cast)
    shown = draft_of(record(invoice_id), today()).fingerprint
    change_patient(cast, e_invoice=True)

    with pytest.raises(RuleBroken, match="draft_changed"), unit_of_work():
        issue_invoice(invoice_id, None, shown, today())


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_letter_abroad_names_the_country_in_capitals(cast: Any, language: str) -> None:
    change_patient(cast, recipient=ABROAD, e_invoice=True, language=language)
    invoice = issued(a_draft(cast))

    assert "Élodie Dupont Rue Haute 3 1050 Bruxelles BELGIEN" in paper_text(invoice)
    (xml,) = files_inside(pdf_of(invoice)).values()
    assert "<ram:CountryID>BE</ram:CountryID>" in xml


def test_a_letter_within_germany_names_no_country(cast: Any) -> None:
    assert "DEUTSCHLAND" not in paper_text(issued(a_draft(cast)))


def test_expenses_with_their_receipt_and_goods_stand_on_the_paper_without_number_and_factor(cast: Any) -> None:
    invoice_id = a_draft(cast)
    with unit_of_work():
        invoice = session().get_one(Invoice, invoice_id)
        first = invoice.lines[0]
        shared = {
            "practice_id": invoice.practice_id, "service_on": first.service_on, "goae_number": "", "points": 0,
            "factor": Decimal(1), "indication": first.indication, "on_demand": False,
        }  # fmt: skip
        invoice.lines += [
            InvoiceLine(**shared, position=8, kind="expense", service="Farbstoff", net=Decimal("12.50")),
            InvoiceLine(
                **shared, position=9, kind="goods", service="Sonnencreme LSF 50+", net=Decimal("39.80"), quantity=2,
                vat_rate=Decimal(19),
            ),
        ]  # fmt: skip

    invoice = issued(invoice_id)

    text = paper_text(invoice)
    assert "(GOÄ) und die abgegebenen Waren berechnen wir:" in text
    assert "§ 10 Farbstoff 1 12,50 €" in text
    assert "Sonnencreme LSF 50+ 2 39,80 €" in text
    assert invoice.paper is not None
    content = content_of(invoice.paper)
    assert isinstance(content, InvoiceContent)
    plain = [(line.number, line.factor) for group in content.groups for line in group.lines if line.kind != "goae"]
    assert plain == [("", None)] * 2


def test_a_paper_of_an_earlier_release_is_shown_and_cancelled(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(InvoiceContent, "to_dict", stored_as_version_1)
        invoice = issued(a_draft(cast))
    paper = session().get_one(IssuedPaper, invoice.paper_id)
    assert paper.content["schema_version"] == 1

    cancellation = cancelled(invoice)

    assert cancellation.paper is not None
    content = content_of(cancellation.paper)
    assert isinstance(content, CancellationContent)
    assert content.total == -invoice.gross_total


def test_a_kleinunternehmers_electronic_invoice_says_why_no_vat_is_charged(cast: Any) -> None:  # § 19 UStG
    with unit_of_work():
        session().get_one(Practice, cast.practice_id).vat_regime = "small_business"
    change_patient(cast, e_invoice=True)

    (xml,) = files_inside(pdf_of(issued(a_draft(cast)))).values()

    assert "<ram:CategoryCode>E</ram:CategoryCode>" in xml
    assert "§ 19 UStG" in xml
    assert "VATEX" not in xml
