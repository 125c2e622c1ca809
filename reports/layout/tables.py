"""Tables of services and sums: hairlines, amounts right, the explanation in small print under its service."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .flow import Row, kept_together, loosely_kept, over, space
from .page import HAIRLINE, LEADING, MM, SMALL, SMALL_LEADING, TEXT, Sheet
from .pen import Pen
from .wrap import wrapped

_PAD = 3.0
_KEPT_LINES = 10  # a longer item may be parted between its lines


@dataclass(frozen=True, slots=True)
class Column:
    """A column between two edges in points; figures end at the right one."""

    head: str
    left: float
    right: float
    figures: bool = False

    def write(self, pen: Pen, top: float, text: str, size: float = TEXT, leading: float = LEADING) -> None:
        """Write one line of a cell."""
        if self.figures:
            pen.right(self.right, top + (leading - size) / 2 + 0.75 * size, text, size)
        else:
            pen.line(self.left, top, text, size, leading)


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a table: one text for each column, and the explanations under the wide one."""

    cells: tuple[str, ...]
    below: tuple[str, ...] = ()


def table(columns: Sequence[Column], wide: int, items: Iterable[Item]) -> list[Row]:
    """A head and the items; column number `wide` is broken into lines. The head comes again on every page."""
    head = _head(columns)
    rows = [row for item in items for row in _item(columns, wide, item)]
    return [replace(head, keep=True), *(replace(row, header=(head,)) for row in rows)]


def _head(columns: Sequence[Column]) -> Row:
    height = SMALL_LEADING + _PAD

    def draw(pen: Pen, top: float) -> None:
        for column in columns:
            column.write(pen, top, column.head, SMALL, SMALL_LEADING)
        pen.rule(Sheet.left, top + height, Sheet.right, 2 * HAIRLINE)

    return Row(height, draw)


def _item(columns: Sequence[Column], wide: int, item: Item) -> list[Row]:
    column = columns[wide]
    room = column.right - column.left
    main = [_line(column, text, TEXT, LEADING) for text in wrapped(item.cells[wide], room, TEXT)]
    small = [
        _line(column, text, SMALL, SMALL_LEADING)
        for explanation in item.below
        for text in wrapped(explanation, room, SMALL)
    ]

    def others(pen: Pen, top: float) -> None:
        for index, (cell_column, text) in enumerate(zip(columns, item.cells, strict=True)):
            if index != wide:
                cell_column.write(pen, top, text)

    lines = [over(main[0], others), *main[1:], *small]
    closing = Row(_PAD, lambda pen, top: pen.rule(Sheet.left, top + _PAD, Sheet.right, HAIRLINE / 2))
    rows = [replace(space(_PAD), white=False), *lines, closing]
    return kept_together(rows) if len(lines) <= _KEPT_LINES else loosely_kept(rows)


def _line(column: Column, text: str, size: float, leading: float) -> Row:
    return Row(leading, lambda pen, top: column.write(pen, top, text, size, leading))


@dataclass(frozen=True, slots=True)
class Sum:
    """A label and an amount; the one that counts is set in semibold under a rule."""

    label: str
    amount: str
    total: bool = False


_SUM_LEFT = Sheet.left + 75 * MM


def sum_block(sums: Iterable[Sum]) -> list[Row]:
    """Sums at the right edge, kept on one page."""
    return kept_together([_sum(part) for part in sums])


def _sum(part: Sum) -> Row:
    height = LEADING + 2 * _PAD if part.total else LEADING + 1

    def draw(pen: Pen, top: float) -> None:
        strip = top + (_PAD if part.total else 0.5)
        if part.total:
            pen.rule(_SUM_LEFT, top + 1, Sheet.right, 2 * HAIRLINE)
        pen.line(_SUM_LEFT, strip, part.label, TEXT, LEADING, bold=part.total)
        pen.right(Sheet.right, strip + (LEADING - TEXT) / 2 + 0.75 * TEXT, part.amount, TEXT, bold=part.total)

    return Row(height, draw)
