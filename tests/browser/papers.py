"""Papers as a person gets them: the text on them, what a telephone reads from the GiroCode, and a signed scan."""

from __future__ import annotations

import io
import re

import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw


def text_of(pdf: bytes) -> str:
    """The whole text on one line, no-break spaces as spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s+", " ", " ".join(pages))


def girocode_of(pdf: bytes) -> list[str]:
    """The lines of the one code on the paper, read from its picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        found = [code for page in document for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil())]
    assert len(found) == 1, [code.text for code in found]
    return str(found[0].text).split("\n")


def signed_scan(pdf: bytes) -> bytes:
    """All pages printed, a name written at the foot of the last one, and scanned as a picture a page."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages: list[Image.Image] = [page.render(scale=1, grayscale=True).to_pil() for page in document]
    ImageDraw.Draw(pages[-1]).text((120, 700), "Gisela Yilmaz-Hofer", fill=0)
    scan = io.BytesIO()
    pages[0].save(scan, "PDF", save_all=True, append_images=pages[1:])
    return scan.getvalue()
