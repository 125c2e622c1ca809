"""The electronic invoice inside a paper: there only where it is wanted, right by schema and rules, saying the same."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pypdf
import pytest
from lxml import etree

from kostenklar.reports.content.services import ServiceLine
from kostenklar.reports.layout.en16931 import invoice_xml
from kostenklar.reports.render import render_paper
from kostenklar.tests.reports.electronic_cases import cases
from kostenklar.tests.reports.proofs import broken_business_rules, broken_schema

Make = Callable[..., Any]
RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"
NAMES = (
    "plain", "mixed", "exempt", "kleinunternehmer", "analog", "goods_only", "three_pages", "guardian", "company",
    "abroad", "english", "part_paid", "nothing_due", "many_lines", "cancellation", "cancellation_exempt",
)  # fmt: skip


@pytest.fixture(scope="module")
def wanted(invoice: Make, cryo_line: ServiceLine, bodies: Make) -> dict[str, Any]:
    return cases(invoice, cryo_line, bodies("de"))


def xml_inside(pdf: bytes) -> list[bytes]:
    """The bytes of every file in the PDF."""
    return [data for found in pypdf.PdfReader(io.BytesIO(pdf)).attachments.values() for data in found]


def texts(xml: bytes, name: str) -> list[str]:
    return [each.text or "" for each in etree.fromstring(xml).iter(f"{RAM}{name}")]


@pytest.mark.parametrize("name", NAMES)
def test_schema_and_schematron_of_en_16931_find_nothing(name: str, wanted: dict[str, Any]) -> None:
    (xml,) = xml_inside(render_paper(wanted[name]))

    assert broken_schema(xml) == []
    assert broken_business_rules(xml) == []


def test_every_case_is_tried(wanted: dict[str, Any]) -> None:
    assert set(NAMES) == set(wanted)


def test_the_proof_notices_a_wrong_sum_and_an_unknown_element(wanted: dict[str, Any]) -> None:
    (xml,) = xml_inside(render_paper(wanted["plain"]))

    assert any("BR-CO-1" in found for found in broken_business_rules(xml.replace(b">11.33<", b">11.34<", 1)))
    assert broken_schema(xml.replace(b"ram:TypeCode", b"ram:Kind"))


def test_nothing_is_inside_unless_it_was_asked_for(invoice: Make) -> None:
    pdf = render_paper(invoice())

    assert xml_inside(pdf) == []
    assert b"urn:factur-x" not in pdf


def test_a_draft_is_no_electronic_invoice(wanted: dict[str, Any]) -> None:
    assert xml_inside(render_paper(replace(wanted["plain"], number="", draft=True))) == []


def test_the_file_is_named_and_declared_as_factur_x_asks(wanted: dict[str, Any]) -> None:
    pdf = render_paper(wanted["plain"])

    for part in (
        b"/AFRelationship /Alternative", b"/Subtype /text#2Fxml", b"(factur-x.xml)", b"/AF ",
        b"<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>", b"<fx:DocumentType>INVOICE</fx:DocumentType>",
        b"<pdfaid:part>3</pdfaid:part>", b"<pdfaid:conformance>B</pdfaid:conformance>",
    ):  # fmt: skip
        assert part in pdf, part


def test_sums_and_lines_are_those_of_the_pages(wanted: dict[str, Any]) -> None:
    content = wanted["mixed"]
    (xml,) = xml_inside(render_paper(content))

    assert texts(xml, "GrandTotalAmount") == [str(content.total)]
    assert texts(xml, "LineTotalAmount")[:-1] == [str(line.amount) for each in content.groups for line in each.lines]
    assert texts(xml, "BasisAmount") == [str(each.net) for each in content.groups]
    assert texts(xml, "CalculatedAmount") == [str(each.vat) for each in content.groups]
    assert texts(xml, "ExemptionReasonCode") == ["VATEX-EU-132-1C"]
    assert texts(xml, "ChargeAmount")[-2:] == ["19.90", "10.72"]
    assert texts(xml, "BilledQuantity")[-2:] == ["3", "1"]


def test_par_12_goae_reason_mark_agreement_and_analogy_stand_in_the_lines(wanted: dict[str, Any]) -> None:
    (xml,) = xml_inside(render_paper(wanted["analog"]))
    said = " ".join(texts(xml, "Content") + texts(xml, "Name")).replace("\u00a0", " ")

    for phrase in (
        "Faktor 3,8", "10:30 Uhr", "auf Verlangen erbracht", "Vereinbarung nach § 2 GOÄ vom 01.11.2026",
        "Begründung: Erhöhter Zeitaufwand", "entsprechend Nr. 2440 GOÄ", "Patient/in: Łukasz Çelik-Müller",
        "geb. 09.03.1984",
    ):  # fmt: skip
        assert phrase in said, phrase
    assert texts(xml, "SellerAssignedID") == ["A\u00a02440"]


def test_a_kleinunternehmer_shows_no_vat_and_no_code_that_does_not_exist(wanted: dict[str, Any]) -> None:  # § 19 UStG
    (xml,) = xml_inside(render_paper(wanted["kleinunternehmer"]))

    assert texts(xml, "CalculatedAmount") == ["0.00"]
    assert texts(xml, "ExemptionReason") == ["Steuerbefreit als Kleinunternehmer gemäß § 19 UStG."]
    assert texts(xml, "ExemptionReasonCode") == []


def test_a_cancellation_is_a_correction_that_names_its_invoice_with_negative_counts(wanted: dict[str, Any]) -> None:
    (xml,) = xml_inside(render_paper(wanted["cancellation"]))

    assert texts(xml, "TypeCode")[0] == "384"
    assert texts(xml, "IssuerAssignedID") == ["RE-2026-0412"]
    assert all(count.startswith("-") for count in texts(xml, "BilledQuantity"))
    assert not any(price.startswith("-") for price in texts(xml, "ChargeAmount"))
    assert Decimal(texts(xml, "DuePayableAmount")[0]) == wanted["cancellation"].total == -wanted["mixed"].total
    assert "Gutschrift" not in xml.decode()


@pytest.mark.parametrize(
    ("name", "buyer", "country"),
    [
        ("guardian", "Eva Müller & Sohn <Haushalt>", "DE"),
        ("company", "Beispiel Immobilien GmbH", "DE"),
        ("abroad", "Élodie Dupont", "BE"),
    ],
)
def test_the_buyer_is_whoever_pays(name: str, buyer: str, country: str, wanted: dict[str, Any], read: Make) -> None:
    pdf = render_paper(wanted[name])
    (xml,) = xml_inside(pdf)

    assert texts(xml, "Name")[-1] == buyer
    assert texts(xml, "CountryID") == ["DE", country]
    assert buyer in read(pdf)


def test_the_child_stands_on_the_guardians_invoice(wanted: dict[str, Any], read: Make) -> None:
    pdf = render_paper(wanted["guardian"])

    assert "Mia Müller" in read(pdf)
    assert "04.05.2012" in read(pdf)
    assert any("Mia Müller, geb. 04.05.2012" in note for note in texts(xml_inside(pdf)[0], "Content"))


def test_nothing_typed_becomes_markup(invoice: Make, wanted: dict[str, Any]) -> None:
    content = replace(wanted["plain"], diagnosis="</ram:Content><x>&amp; ]]>", procedure="<b>x")
    assert content.electronic is not None
    xml = invoice_xml(content, content.electronic).encode()

    assert broken_schema(xml) == []
    assert any("</ram:Content><x>&amp; ]]>" in note for note in texts(xml, "Content"))


def test_where_nothing_is_due_nothing_asks_for_a_transfer(wanted: dict[str, Any]) -> None:
    (xml,) = xml_inside(render_paper(wanted["nothing_due"]))

    assert texts(xml, "DuePayableAmount") == ["0.00"]
    assert texts(xml, "IBANID") == []
    assert texts(xml_inside(render_paper(wanted["part_paid"]))[0], "DuePayableAmount") == ["209.31"]


def test_more_than_a_million_euros_on_300_lines_are_written_out(wanted: dict[str, Any], read: Make) -> None:
    paper = read(render_paper(wanted["many_lines"]))

    assert "Rechnungsbetrag 1.428.000,00 €" in paper
    assert paper.text.count("Kryotherapie der Haut") == 300
    assert f"Seite {len(paper.pages)} von {len(paper.pages)}" in paper
