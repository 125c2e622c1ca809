"""Every paper of the house is PDF/A-3b: veraPDF says so, and what it needs is in the bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdf
import pytest

from kostenklar.reports.content.base import LANGUAGES
from kostenklar.reports.content.fee_agreement import AgreedService, FeeAgreementContent
from kostenklar.reports.content.parts import DrawnSignature, Letterhead, Person, Signature
from kostenklar.reports.content.print_list import PrintedPaper, PrintListContent
from kostenklar.reports.content.services import ServiceLine
from kostenklar.reports.layout import print_list
from kostenklar.reports.render import render_paper, render_signed
from kostenklar.tests.reports.electronic_cases import cases
from kostenklar.tests.reports.proofs import broken_archive_rules

Make = Callable[..., Any]
STROKES = (((0, 0, 0), (50, 40, 20), (120, 10, 40)), ((60, 60, 90),))


@pytest.fixture
def agreement() -> FeeAgreementContent:
    """The bare sheet: no letterhead, no day of printing."""
    return FeeAgreementContent(
        language="de",
        payer="Łukasz Çelik-Müller",
        patient="",
        physician="Dr. med. Katharina Vogt",
        services=(AgreedService(number="740", service="Kryotherapie", factor=Decimal("8.0"), amount=Decimal("33.11")),),
        signatures=(Signature(role="payer", name="Łukasz Çelik-Müller"), Signature(role="physician")),
    )


@pytest.mark.verapdf
def test_verapdf_finds_nothing_on_any_paper(  # noqa: PLR0917  # one of each kind
    tmp_path: Path, invoice: Make, cost_notice: Make, consent: Make, aftercare: Make, agreement: FeeAgreementContent,
    letterhead: Letterhead, cryo_line: ServiceLine, bodies: Make,
) -> None:  # fmt: skip
    papers = {name: render_paper(content) for name, content in cases(invoice, cryo_line, bodies("de")).items()}
    for language in LANGUAGES:
        for make in (invoice, cost_notice, consent, aftercare):
            content = make(language)
            papers[f"{content.kind}-{language}"] = render_paper(content)
    papers["draft"] = render_paper(invoice(number="", draft=True))
    papers["bare"] = render_paper(agreement)
    signature = DrawnSignature(role="patient", name="Ł", strokes=STROKES, width=200, noted="auf dem Tablet")
    papers["signed"] = render_signed(consent(), {0: signature}, {0: True, 1: False})
    listed = PrintedPaper(time="09:30", patient=Person(name="Ł", birth_date=None), paper="Rechnung", number="RE-1")
    papers["print-list"] = print_list.render(
        PrintListContent(
            language="de", letterhead=letterhead, on=date(2026, 11, 23), printed_on=date(2026, 11, 23), papers=(listed,)
        )
    )

    assert broken_archive_rules(papers, tmp_path) == []


@pytest.mark.verapdf
def test_verapdf_would_notice_a_missing_output_intent(tmp_path: Path, invoice: Make) -> None:
    spoilt = render_paper(invoice()).replace(b"/OutputIntents", b"/OutputNothing")

    assert any("spoilt" in line or "6.2" in line for line in broken_archive_rules({"spoilt": spoilt}, tmp_path))


def test_a_paper_carries_its_colour_profile_its_faces_and_its_description(invoice: Make, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(render_paper(invoice()))
    document = pypdf.PdfReader(tmp_path / "paper.pdf")
    catalog: Any = document.trailer["/Root"]
    (intent,) = (each.get_object() for each in catalog["/OutputIntents"])

    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object().get_data()[36:40] == b"acsp"
    described = document.xmp_metadata
    assert described is not None
    assert described.dc_title == {"x-default": "Rechnung RE-2026-0412"}
    assert described.dc_creator == ["Hautpraxis am Lindenhof"]
    assert document.metadata is not None
    assert document.metadata.title == "Rechnung RE-2026-0412"
    assert str(document.metadata["/CreationDate"]) == "D:20261123"


def test_every_stream_ends_with_an_end_of_line_that_its_length_leaves_out(invoice: Make) -> None:
    pdf = render_paper(invoice())

    assert pdf.count(b"endstream") == pdf.count(b"\nendstream") > 5


def test_a_practice_with_markup_in_its_name_is_described_all_the_same(invoice: Make, letterhead: Letterhead) -> None:
    content = invoice(letterhead=replace(letterhead, practice="<Haut> & Söhne"))

    assert "&lt;Haut&gt; &amp; Söhne".encode() in render_paper(content)


def test_the_agreement_under_par_2_goae_carries_no_day_of_printing(agreement: FeeAgreementContent) -> None:
    pdf = render_paper(agreement)

    assert b"CreationDate" not in pdf
    assert b"CreateDate" not in pdf


def test_a_host_that_draws_with_reportlab_itself_gets_its_streams_as_ever(invoice: Make) -> None:
    from reportlab.pdfgen.canvas import Canvas

    def drawn() -> bytes:
        canvas = Canvas("host.pdf", invariant=1)
        canvas.drawString(72, 72, "Gast")
        data: bytes = canvas.getpdfdata()
        return data

    before = drawn()
    render_paper(invoice())

    assert drawn() == before
