"""A paper signed on a screen: the same paper with the strokes as vectors; and its text to read before."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest

from kostenklar.models.catalogue import shipped_texts
from kostenklar.reports.content.case_grant import PowerOfAttorneyContent, ReleaseContent
from kostenklar.reports.content.parts import DrawnSignature, Letterhead, Person, Section, Signature
from kostenklar.reports.content.reading import Block, reading, title_of
from kostenklar.reports.render import render_paper, render_signed

STROKES = (((100, 300, 0), (300, 60, 80), (420, 320, 160), (900, 100, 300)), ((1000, 80, 500),))
NOTED = "auf dem Tablet unterschrieben am 22.11.2026 um 12:30 Uhr"


def drawn(role: Any = "patient", name: str = "Łukasz Çelik-Müller") -> DrawnSignature:
    return DrawnSignature(role=role, name=name, strokes=STROKES, width=1200, noted=NOTED)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in document))


def objects(pdf: bytes, kind: int) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return sum(one.type == kind for page in document for one in page.get_objects())


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_signature_is_one_vector_path_on_its_line(consent, language):
    paper = consent(language=language)
    plain, signed = render_paper(paper), render_signed(paper, {0: drawn()})
    path, image = pypdfium2.raw.FPDF_PAGEOBJ_PATH, pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    assert objects(signed, path) == objects(plain, path) + 1
    assert objects(signed, image) == 0
    assert NOTED in text_of(signed)
    assert NOTED not in text_of(plain)


def test_equal_strokes_give_equal_bytes(consent):
    paper = consent()
    assert render_signed(paper, {0: drawn()}) == render_signed(paper, {0: drawn()})


def test_without_a_stroke_it_is_the_issued_paper(consent):
    paper = consent()
    assert render_signed(paper, {}) == render_paper(paper)


def test_a_signature_without_a_line_is_refused(consent):
    with pytest.raises(ValueError, match="without a line"):
        render_signed(consent(), {9: drawn()})


def test_the_answers_are_crossed_on_the_signed_copy(consent):
    paper = consent()
    path = pypdfium2.raw.FPDF_PAGEOBJ_PATH
    answered = render_signed(paper, {0: drawn()}, {0: True, 1: False})
    assert objects(answered, path) > objects(render_signed(paper, {0: drawn()}), path)


def test_the_strokes_stay_inside_the_line_whatever_their_shape(consent):
    for strokes in ((((600, 0, 0), (600, 400, 90)),), (((0, 200, 0), (1200, 200, 90)),), (((1200, 400, 0),),)):
        signature = DrawnSignature(role="patient", name="X", strokes=strokes, width=1200, noted=NOTED)
        pdf = render_signed(consent(), {0: signature})
        with pypdfium2.PdfDocument(pdf) as document:
            for page in document:
                for one in page.get_objects():
                    left, bottom, right, top = one.get_bounds()
                    assert left >= -2
                    assert bottom >= -2
                    assert right <= page.get_width() + 2
                    assert top <= page.get_height() + 2


def said(blocks: tuple[Block, ...]) -> str:
    return _flat(" ".join([block.text + " " + " ".join(" ".join(item) for item in block.items) for block in blocks]))


def _flat(text: str) -> str:
    return re.sub(r"[\s\u00a0]+", " ", text)


_NOT_SAID = ("language", "letterhead", "recipient", "signatures", "payer", "shown", "contact")


def stated(value: Any) -> Iterator[str]:
    """Every sentence of a paper; not its letterhead, address window, signature lines and codes."""
    if isinstance(value, str):
        yield from (line.removeprefix("- ") for line in value.split("\n"))
    elif isinstance(value, tuple):
        for item in value:
            yield from stated(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in _NOT_SAID:
                yield from stated(getattr(value, field.name))


def grants(letterhead: Letterhead, person: Person, language: Any) -> list[Any]:
    bodies = {text.key: text.body for text in shipped_texts() if text.language == language}
    common: dict[str, Any] = {
        "language": language, "letterhead": letterhead, "recipient": ("X",), "number": "SE-2026-0001",
        "issued_on": dt.date(2026, 11, 22), "patient": person, "case_number": "KK-2026-0003",
        "insurer": ("Versicherung Nordlicht", "Leistung", "Weg 1"), "contract_no": "V-77", "insured_no": "I-88",
        "procedure": "Laser", "sites": ("Stirn",), "purpose": "Klärung der Kosten",
        "valid_until": dt.date(2027, 5, 22),
        "declaration": Section(heading="Erklärung", body=bodies["release.voluntary"]),
        "terms": (Section(heading="Hinweise", body="Ich kann sie widerrufen.\n\n- jederzeit\n- formlos"),),
        "signatures": (Signature(role="patient", name=person.name),),
    }  # fmt: skip
    holder = Person(name="Olga Çelik", birth_date=None)
    return [ReleaseContent(shown=("estimate", "diagnosis"), **common), PowerOfAttorneyContent(holder=holder, **common)]


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_is_read_on_the_screen_is_all_that_stands_on_the_paper(consent, cost_notice, letterhead, person, language):
    for paper in (consent(language=language), cost_notice(language=language), *grants(letterhead, person, language)):
        shown = said(reading(paper))
        missing = [text for text in map(_flat, stated(paper)) if text.strip() and text not in shown]
        assert missing == [], (paper.kind, missing)
        assert title_of(paper)


def test_an_invoice_is_not_signed_on_a_screen(invoice):
    with pytest.raises(TypeError):
        reading(invoice())
