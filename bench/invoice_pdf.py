"""Our complete invoice (PDF/A-3b, XML, GiroCode) beside the bare canvas it is drawn on, and beside WeasyPrint."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from unittest.mock import patch

import pypdfium2
import segno
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kostenklar.reports.layout.page import HAIRLINE, TEXT, Sheet
from kostenklar.reports.layout.pen import Pen
from kostenklar.reports.layout.qr import giro_payload
from kostenklar.reports.render import render_paper

from .invoice_sample import sample
from .rounds import Line, Options, interleaved, milliseconds, ratio, seconds_each

OURS = "Kostenklar: PDF/A-3b, XML, faces, GiroCode"
HELVETICA = "ReportLab canvas, Helvetica, no GiroCode"
EMBEDDED = "ReportLab canvas, embedded faces, segno's GiroCode"
WEASYPRINT = "WeasyPrint: PDF/A-3b, XML attached, faces, GiroCode"


def measure(options: Options) -> list[Line]:
    """Milliseconds of a document in a warm process, their ratios, and bytes."""
    content = sample()
    drawing = overheard()
    renderers: dict[str, Callable[[], bytes]] = {
        OURS: lambda: render_paper(content),
        HELVETICA: lambda: bare_canvas(drawing, ("Helvetica", "Helvetica-Bold"), payload=""),
        EMBEDDED: embedded_canvas(drawing),
    }
    if html := html_renderer():
        renderers[WEASYPRINT] = html
    documents = {name: render() for name, render in renderers.items()}
    same_words(documents)
    times = 4 if options.quick else 20
    found = interleaved({name: seconds_each(render, times) for name, render in renderers.items()}, options.rounds)
    milliseconds(found)
    lines = [
        _line("time, WeasyPrint's PDF/A-3b = 1", *ratio(found[OURS], found[WEASYPRINT]), aim=0.12) if html else None,
        _line("time, canvas with Helvetica = 1", *ratio(found[OURS], found[HELVETICA]), aim=7),
        _line("time, canvas with faces and GiroCode = 1", *ratio(found[OURS], found[EMBEDDED])),
        _line("bytes of the PDF", len(documents[OURS]), aim=45_000),
        *(_line(f"bytes: {name}", len(pdf)) for name, pdf in documents.items() if name not in {OURS, HELVETICA}),
    ]
    return [line for line in lines if line]


def _line(what: str, figure: float, spread: str = "", aim: float | None = None) -> Line:
    return Line("invoice PDF", what, figure, spread, aim)


@dataclass
class Drawing:
    """Texts (x, baseline, text, size, bold), rules (left, y, right) and where the GiroCode stands (x, top, side)."""

    texts: list[tuple[float, float, str, float, bool]] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    code: tuple[float, float, float] = (0, 0, 0)


def overheard() -> Drawing:
    """What stands where on our invoice: the bare canvas draws it at the same places."""
    drawing = Drawing()
    text, rule, squares = Pen.text, Pen.rule, Pen.squares

    def on_text(pen: Pen, x: float, baseline: float, line: str, size: float = TEXT, *, bold: bool = False) -> None:
        drawing.texts.append((x, baseline, line, size, bold))
        text(pen, x, baseline, line, size, bold=bold)

    def on_rule(pen: Pen, left: float, y: float, right: float, weight: float = HAIRLINE) -> None:
        drawing.rules.append((left, y, right))
        rule(pen, left, y, right, weight)

    def on_squares(pen: Pen, x: float, top: float, side: float, rows: Sequence[Sequence[tuple[int, int]]]) -> None:
        drawing.code = (x, top, side)
        squares(pen, x, top, side, rows)

    with patch.multiple(Pen, text=on_text, rule=on_rule, squares=on_squares):
        render_paper(sample())
    return drawing


def bare_canvas(drawing: Drawing, faces: tuple[str, str], payload: str) -> bytes:
    """What the library costs at least: everything has its place already."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(Sheet.width, Sheet.height), pageCompression=1)
    for x, baseline, text, size, bold in drawing.texts:
        canvas.setFont(faces[bold], size)
        canvas.drawString(x, Sheet.height - baseline, text)
    for left, y, right in drawing.rules:
        canvas.line(left, Sheet.height - y, right, Sheet.height - y)
    if payload:
        _draw_code(canvas, drawing.code, payload)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw_code(canvas: Canvas, place: tuple[float, float, float], payload: str) -> None:
    code = segno.make_qr(payload, error="m", boost_error=False)
    left, top, side = place
    square = side / len(code.matrix)
    for y, row in enumerate(code.matrix, start=1):
        for x, dark in enumerate(row):
            if dark:
                place_y = Sheet.height - top - y * square
                canvas.rect(left + x * square, place_y, square, square, stroke=0, fill=1)


def embedded_canvas(drawing: Drawing) -> Callable[[], bytes]:
    """The bare canvas with our two faces, registered once, and the GiroCode square by square."""
    folder = Path(str(files("font_source_sans_pro"))) / "files"
    names = ("BenchSans", "BenchSans-Semibold")
    for name, file in zip(names, ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf"), strict=True):
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    content = sample()
    assert content.letterhead.bank
    payload = giro_payload(content.letterhead.bank, content.due, content.number)
    return lambda: bare_canvas(drawing, names, payload)


def html_renderer() -> Callable[[], bytes] | None:
    """WeasyPrint, where its native libraries are there."""
    try:
        import weasyprint  # noqa: F401  # it loads pango at once
    except OSError as missing:
        print(f"  WeasyPrint left out: {str(missing).splitlines()[0]} (apt install libpango-1.0-0 libpangoft2-1.0-0)")
        return None
    from .invoice_html import HtmlInvoices

    invoices, content = HtmlInvoices(), sample()
    return lambda: invoices.render(content)


def same_words(documents: dict[str, bytes]) -> None:
    """All renderers draw the same words on one page each; a comparison with less text would flatter somebody."""
    wanted = _words(documents[OURS])
    for name, pdf in documents.items():
        if name == HELVETICA:  # its encoding lacks some letters of the names
            continue
        pages, words = len(pypdfium2.PdfDocument(pdf)), _words(pdf)
        if pages != 1 or words != wanted:
            different = sorted(set(wanted) ^ set(words))
            raise RuntimeError(f"{name} draws {pages} pages; words that differ: {different or 'their number'}")


def _words(pdf: bytes) -> list[str]:
    return sorted("".join(page.get_textpage().get_text_range() + " " for page in pypdfium2.PdfDocument(pdf)).split())
