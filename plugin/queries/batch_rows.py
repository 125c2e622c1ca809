"""An invoice of a batch as a row of a page: with its patient, its course, and what was noted."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from ...models.course import Course
from ...models.invoice import Invoice
from ...models.patient import Patient
from ...models.rules.money import ZERO
from ...models.rules.severity import Finding, Severity
from ..access import scoped
from ..extension import session


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An invoice with its patient; in a batch also what stood against it."""

    position: int
    invoice_id: int
    number: str | None
    patient_id: int
    last_name: str
    first_name: str
    title: str
    birth_date: dt.date
    course: str
    gross_total: Decimal
    paid_total: Decimal
    due_on: dt.date | None
    paper_id: int | None = None
    paper_number: str | None = None
    shown: str = ""  # of a reminder the letter's level, of a draft what was looked at
    findings: tuple[Finding, ...] = ()

    @property
    def open(self) -> Decimal:
        """Euros still to be paid."""
        return max(self.gross_total - self.paid_total, ZERO)


COLUMNS: Final[tuple[Any, ...]] = (
    Invoice.id.label("position"),
    Invoice.id.label("invoice_id"),
    Invoice.number,
    Invoice.patient_id,
    Patient.last_name,
    Patient.first_name,
    Patient.title,
    Patient.birth_date,
    Course.title,
    Invoice.gross_total,
    Invoice.paid_total,
    Invoice.due_on,
)
"""What a row begins with; in a batch its position comes in place of the first."""


def read_rows(query: Any) -> list[ItemRow]:
    """The rows of a statement that begins with COLUMNS, scoped; then paper, its number, what was shown, the note."""
    joined = query.join(Patient, Patient.id == Invoice.patient_id).join(Course, Course.id == Invoice.course_id)
    rows: Iterable[Any] = session().execute(scoped(joined))
    known = len(COLUMNS)
    return [ItemRow(*row[: known + 3], *(_findings(note) for note in row[known + 3 :])) for row in rows]


def _findings(note: str) -> tuple[Finding, ...]:
    """What services.batch_items.noted wrote."""
    return tuple(
        Finding(code, Severity(weight), law, facts) for code, weight, law, facts in (json.loads(note) if note else [])
    )
