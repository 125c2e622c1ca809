"""The pen: draws on ReportLab's canvas, measuring from the upper left corner like everybody who holds the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .fonts import BOLD, REGULAR, width
from .page import HAIRLINE, PETROL, SMALL, TEXT, Sheet

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject


class Pen:
    """All text of a page goes into one text object: fewer operators, smaller and faster."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._text: PDFTextObject = canvas.beginText()
        self._font: tuple[str, float] | None = None

    def text(self, x: float, baseline: float, text: str, size: float = TEXT, *, bold: bool = False) -> None:
        """Write a line; it is set as it is, markup has no meaning here."""
        font = (BOLD if bold else REGULAR, size)
        if font != self._font:
            self._text.setFont(*font)
            self._font = font
        self._text.setTextOrigin(x, Sheet.height - baseline)
        self._text.textOut(text)

    def right(self, x: float, baseline: float, text: str, size: float = TEXT, *, bold: bool = False) -> None:
        """Write a line that ends at `x`."""
        self.text(x - width(text, size, bold=bold), baseline, text, size, bold=bold)

    def line(self, x: float, top: float, text: str, size: float, leading: float, *, bold: bool = False) -> None:
        """Write a line into a strip of `leading` points that begins at `top`."""
        self.text(x, baseline_of(top, size, leading), text, size, bold=bold)

    def lines(self, x: float, top: float, lines: Sequence[str], size: float = SMALL, leading: float = 0.0) -> None:
        """Write lines under each other."""
        step = leading or size * 1.2
        for index, text in enumerate(lines):
            self.line(x, top + index * step, text, size, step)

    def rule(self, left: float, y: float, right: float, weight: float = HAIRLINE) -> None:
        """Draw a level black line."""
        self._canvas.setLineWidth(weight)
        self._canvas.line(left, Sheet.height - y, right, Sheet.height - y)

    def petrol_rule(self, left: float, y: float, right: float) -> None:
        """Draw the practice's rule."""
        self._canvas.saveState()
        self._canvas.setStrokeColorRGB(*PETROL)
        self.rule(left, y, right, weight=1.2)
        self._canvas.restoreState()

    def box(self, x: float, top: float, side: float) -> None:
        """Draw an empty box to tick."""
        self._canvas.setLineWidth(0.6)
        self._canvas.rect(x, Sheet.height - top - side, side, side)

    def tick(self, x: float, top: float, side: float) -> None:
        """Draw a box with a cross in it."""
        self.box(x, top, side)
        low, high = Sheet.height - top - side, Sheet.height - top
        self._canvas.lines([(x, low, x + side, high), (x, high, x + side, low)])

    def squares(self, x: float, top: float, side: float, rows: Sequence[Sequence[tuple[int, int]]]) -> None:
        """Fill runs of unit squares, each row a list of (first, length), in a square of `side`: one path, one scale."""
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(x, Sheet.height - top - side)
        canvas.scale(side / len(rows), side / len(rows))
        path = [
            f"{first} {len(rows) - 1 - index} {length} 1 re"
            for index, runs in enumerate(rows)
            for first, length in runs
        ]
        # As a literal: the path object formats every whole number as a float, a fifth of an invoice's time.
        canvas.addLiteral(" ".join([*path, "f"]))
        canvas.restoreState()

    def strokes(
        self,
        x: float,
        bottom: float,
        room: float,
        height: float,
        strokes: Sequence[Sequence[tuple[int, int, int]]],
        field: int,
    ) -> None:
        """Draw a signature as one vector path: `field` units wide is `room`, smaller where it would be too high."""
        points = [point for stroke in strokes for point in stroke]
        left, top, foot = min(p[0] for p in points), min(p[1] for p in points), max(p[1] for p in points)
        scale = min(room / field, height / max(1, foot - top))
        start, low = x + left * room / field, Sheet.height - bottom

        def at(point: tuple[int, int, int]) -> str:
            return f"{start + (point[0] - left) * scale:.2f} {low + (foot - point[1]) * scale:.2f}"

        path = []
        for stroke in strokes:
            first, *others = map(at, stroke)
            path += [f"{first} m", *(f"{other} l" for other in others or [first])]  # a dot is a line to itself
        self._canvas.addLiteral(" ".join(["q 1 J 1 j 1.1 w 0 G", *path, "S Q"]))

    def finish_page(self) -> None:
        """Put the collected text on the page and begin the next one."""
        self._canvas.drawText(self._text)
        self._canvas.showPage()
        self._text = self._canvas.beginText()
        self._font = None


def baseline_of(top: float, size: float, leading: float) -> float:
    """The baseline of a line in its strip; the face's ascent is three quarters of its size."""
    return top + (leading - size) / 2 + 0.75 * size
