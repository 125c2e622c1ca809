"""A fee schedule as a file: every row read and checked, so that it is loaded whole or not at all."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from .characters import forbidden
from .goae import POINT_VALUE
from .surcharges import PERCENTAGES

COLUMNS: Final = ("number", "points", "text", "section", "factor_threshold", "factor_max")
"""Without these there is no position; further ones have a value of their own where they are missing."""

DOUBT = "CHECK"  # how official_notes marks a row whose points want a look
_MOST_POINTS = 1_000_000
_MOST_FACTOR = Decimal(100)
_LONGEST_NUMBER, _LONGEST_TEXT, _LONGEST_NOTES = 20, 4000, 8000
_NUMBER = re.compile(r"[A-Z0-9][A-Za-z0-9.]*")
_CENT = Decimal("0.01")


class Fault(StrEnum):
    """What is wrong with a row, or with the file as a whole."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    COLUMNS_MISSING = "columns_missing"
    CELLS = "cells"
    NUMBER = "number"
    TWICE = "twice"
    TEXT = "text"
    SECTION = "section"
    POINTS = "points"
    FACTOR = "factor"
    FACTORS_BACKWARDS = "factors_backwards"
    FLAG = "flag"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class RowFault:
    """`row` as a spreadsheet counts it: the head is row 1; 0 for the file. `value` is what stands there."""

    row: int
    fault: Fault
    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A number as the file has it; `doubtful`: loaded, but points and amount want to be compared."""

    number: str
    text: str
    points: int | None
    section: str
    fee_type: str
    threshold: Decimal
    maximum: Decimal
    fixed: bool
    agreement_allowed: bool
    common: bool
    doubtful: bool
    minimum_minutes: int | None
    notes: str


@dataclass(slots=True)
class _Cells:
    """One row while it is read: takes values out of it and collects what is wrong."""

    row: int
    values: Mapping[str, str]
    faults: list[RowFault] = field(default_factory=list)

    def text(self, column: str, longest: int, default: str = "") -> str:
        """A cell without blanks around it; a longer one, or one with characters that no field takes, is a fault."""
        value = (self.values.get(column) or default).strip()
        if len(value) > longest or forbidden(value, multiline=True):
            self.refuse(Fault.TEXT, column)
        return value

    def flag(self, column: str, *, default: bool) -> bool:
        """0 or 1."""
        value = (self.values.get(column) or "").strip()
        if value not in ("", "0", "1"):
            self.refuse(Fault.FLAG, column)
        return value == "1" if value else default

    def whole(self, column: str, most: int, fault: Fault) -> int | None:
        """A whole figure above zero; None for an empty cell."""
        value = (self.values.get(column) or "").strip()
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and len(value) <= 12 and 0 < int(value) <= most):
            self.refuse(fault, column)
            return None
        return int(value)

    def factor(self, column: str) -> Decimal:
        """A factor with at most four decimal places, point or comma."""
        value = (self.values.get(column) or "").strip().replace(",", ".")
        try:
            factor = Decimal(value)
        except InvalidOperation:
            factor = Decimal(0)
        if not factor.is_finite() or not 0 < factor < _MOST_FACTOR or factor != factor.quantize(Decimal("0.0001")):
            self.refuse(Fault.FACTOR, column)
            return Decimal(1)
        return factor

    def refuse(self, fault: Fault, column: str) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(RowFault(self.row, fault, column, (self.values.get(column) or "")[:60]))


def read_schedule(head: Iterable[str], rows: Iterable[Mapping[str, str]]) -> tuple[list[ScheduleRow], list[RowFault]]:
    """(positions, faults) of a file whose first line is `head`. What has a single fault is not to be loaded."""
    missing = [column for column in COLUMNS if column not in set(head)]
    if missing:
        return [], [RowFault(1, Fault.COLUMNS_MISSING, ", ".join(missing))]
    found: list[ScheduleRow] = []
    faults: list[RowFault] = []
    seen: dict[str, int] = {}
    for number, values in enumerate(rows, start=2):
        cells = _Cells(number, values)
        position = _position(cells)
        if position.number in seen:
            cells.faults.append(RowFault(number, Fault.TWICE, "number", position.number))
        seen.setdefault(position.number, number)
        found.append(position)
        faults += cells.faults
    if not found:
        faults.append(RowFault(0, Fault.EMPTY))
    return found, faults


def _position(cells: _Cells) -> ScheduleRow:
    if None in cells.values or None in cells.values.values():  # more or fewer cells than the head has
        cells.faults.append(RowFault(cells.row, Fault.CELLS))
    number = cells.text("number", _LONGEST_NUMBER)
    if not _NUMBER.fullmatch(number):
        cells.refuse(Fault.NUMBER, "number")
    text, section = cells.text("text", _LONGEST_TEXT), cells.text("section", _LONGEST_NUMBER)
    for value, column, fault in ((text, "text", Fault.TEXT), (section, "section", Fault.SECTION)):
        if not value:
            cells.refuse(fault, column)
    threshold, maximum = cells.factor("factor_threshold"), cells.factor("factor_max")
    if threshold > maximum:
        cells.refuse(Fault.FACTORS_BACKWARDS, "factor_max")
    notes = cells.text("official_notes", _LONGEST_NOTES)
    points = cells.whole("points", _MOST_POINTS, Fault.POINTS)
    return ScheduleRow(
        number=number,
        text=text,
        points=points,
        section="A" if cells.flag("section_a", default=False) else section,  # § 5(3) GOÄ: charged like section A
        fee_type=cells.text("fee_type", _LONGEST_NUMBER, "aerztlich"),
        threshold=threshold,
        maximum=maximum,
        fixed=cells.flag("fixed_factor_1", default=False),
        agreement_allowed=cells.flag("fee_agreement_allowed", default=True),
        common=cells.flag("derm_relevant", default=False),
        doubtful=DOUBT in notes or not _adds_up(number, points, cells.values.get("amount_1_0")),
        minimum_minutes=cells.whole("minimum_minutes", 600, Fault.MINUTES) or minimum_minutes(number, text, notes),
        notes=notes,
    )


def minimum_minutes(number: str, text: str, notes: str) -> int | None:
    """The minimum duration that an invoice must name (§ 12(2) no. 2 GOÄ), from the legend or the rule under it.

    Of the rules only the one of Nr. 3 gives a duration of the service itself, in this very form.
    """
    found = re.search(r"Dauer mindestens (\d+) Minuten", text) or re.search(
        rf"Nummer {re.escape(number)} \(Dauer mindestens (\d+) Minuten\)", notes
    )
    return int(found[1]) if found else None


def _adds_up(number: str, points: int | None, printed: str | None) -> bool:
    """Whether there is an amount at all, and the printed single rate, if any, is that of the points."""
    if points is None:
        return number in PERCENTAGES
    try:
        return not printed or abs(Decimal(printed.strip().replace(",", ".")) - points * POINT_VALUE) <= _CENT
    except InvalidOperation:
        return False
