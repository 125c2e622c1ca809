"""Flowing rows over pages: what belongs together stays together, a table's head comes again, the sheets are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from .pen import Pen

Draw = Callable[[Pen, float], None]


@dataclass(frozen=True, slots=True)
class Row:
    """A strip of the page that is never cut. `keep` holds it on the page of the next row."""

    height: float
    draw: Draw
    keep: bool = False
    header: tuple[Row, ...] = ()  # drawn again where this row is the first of a page
    white: bool = False  # mere space, dropped where it would be the first of a page


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and where its upper edge lies on the page, in points from the top."""

    top: float
    row: Row


def space(height: float) -> Row:
    """White space of some points."""
    return Row(height, lambda _pen, _top: None, white=True)


def over(row: Row, more: Draw) -> Row:
    """The row with something else drawn on the same strip."""

    def both(pen: Pen, top: float) -> None:
        row.draw(pen, top)
        more(pen, top)

    return replace(row, draw=both)


def kept_together(rows: Sequence[Row]) -> list[Row]:
    """The rows as one block that moves to the next page as a whole."""
    return [replace(row, keep=index < len(rows) - 1) for index, row in enumerate(rows)]


def kept_with_next(rows: Sequence[Row]) -> list[Row]:
    """The rows as one block that also stays with what follows."""
    return [replace(row, keep=True) for row in rows]


def loosely_kept(rows: Sequence[Row]) -> list[Row]:
    """Many rows that may be parted, but never with a single one left alone on a page."""
    last = len(rows) - 1
    return [replace(row, keep=row.keep or (index in (0, last - 1) and index < last)) for index, row in enumerate(rows)]


def paginated(rows: Sequence[Row], first_top: float, next_top: float, bottom: float) -> list[list[Placed]]:
    """Rows on pages. A block taller than a page is parted after all."""
    pages: list[list[Placed]] = [[]]
    top = first_top
    for block in _blocks(rows):
        if pages[-1] and top + _height(block) > bottom:
            pages.append([])
            top = next_top
        for row in block:
            if pages[-1] and top + row.height > bottom:
                pages.append([])
                top = next_top
            if not pages[-1] and len(pages) > 1:
                top = _opened(pages[-1], row, top)
            if row.white and not pages[-1]:
                continue
            pages[-1].append(Placed(top, row))
            top += row.height
    return pages if pages[-1] else pages[:-1] or pages  # mere space behind a full page opens no sheet


def _opened(page: list[Placed], row: Row, top: float) -> float:
    for head in row.header:
        page.append(Placed(top, head))
        top += head.height
    return top


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    block: list[Row] = []
    for row in rows:
        block.append(row)
        if not row.keep:
            yield block
            block = []
    if block:
        yield block


def _height(block: Sequence[Row]) -> float:
    return sum(row.height for row in block)
