"""A page that stands for a signed and scanned paper in the demo."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoScan:
    """What a scanner would have brought."""

    content: bytes
    media_type: str = "application/pdf"


def signed_scan(what: str, on: dt.date) -> DemoScan:
    """One page that says what was signed when; nobody's signature stands on it. Latin letters only."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    canvas.setTitle(f"{what}, unterschrieben (Demo)")
    canvas.setFont("Helvetica", 14)
    canvas.drawString(25 * mm, 240 * mm, what)
    canvas.setFont("Helvetica-Oblique", 20)
    canvas.drawString(25 * mm, 220 * mm, "unterschrieben (Demo)")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(25 * mm, 210 * mm, f"Köln, {on:%d.%m.%Y}")
    canvas.showPage()
    canvas.save()
    return DemoScan(file.getvalue())
