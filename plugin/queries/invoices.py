"""The list of invoices: the newest first by keyset, drafts apart, patients who are restricted left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from ...models.course import Course
from ...models.invoice import Invoice, InvoiceLine
from ...models.patient import Patient
from ...models.practice import Procedure
from ...models.rules.money import ZERO
from ...models.rules.states import UNPAID, InvoiceState
from ...models.treatment import Treatment
from ..access import leading, scoped
from ..clock import BERLIN
from ..errors import NotFound
from ..extension import session
from ..texts import language
from .instalments import under_plan
from .payments import credit_amount, open_amount

PAGE = 50
_DRAFTS_ON_TOP = 10
_FALLING = (InvoiceState.ISSUED.value, InvoiceState.SENT.value, InvoiceState.PART_PAID.value)
_GONE = (InvoiceState.CANCELLED.value, InvoiceState.DISCARDED.value)


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice, a cancellation or a draft in the list; a draft has neither number nor amount yet."""

    id: int
    kind: str
    state: str
    number: str | None
    issued_on: dt.date | None
    due_on: dt.date | None
    gross_total: Decimal
    paid_total: Decimal
    delivered_on: dt.date | None
    handed_over_on: dt.date | None
    patient_id: int
    last_name: str
    first_name: str
    title: str
    birth_date: dt.date
    course_id: int
    procedure: str
    service_on: dt.date | None
    in_instalments: bool

    @property
    def open(self) -> Decimal | None:
        """Euros still to be paid, None where nobody owes it."""
        return open_amount(self.state, self.kind, self.gross_total, self.paid_total)

    @property
    def credit(self) -> Decimal:
        """Euros paid without being owed."""
        return credit_amount(self.state, self.gross_total, self.paid_total) if self.kind == "invoice" else ZERO


@dataclass(frozen=True, slots=True)
class After:
    """Where a page of the list begins: behind this invoice; a draft has no date."""

    issued_on: dt.date | None
    id: int


@dataclass(frozen=True, slots=True)
class InvoiceList:
    """One page of the list; `more` is where the next one begins, None at the end."""

    drafts: tuple[InvoiceRow, ...]
    more_drafts: bool
    rows: tuple[InvoiceRow, ...]
    more: After | None


@dataclass(frozen=True, slots=True)
class SessionToBill:
    """A treatment and the invoice that bills it, if there is one."""

    treatment_id: int
    session_no: int
    planned_on: dt.date
    started_at: dt.datetime | None
    last_name: str
    first_name: str
    title: str
    birth_date: dt.date
    patient_id: int
    procedure: str
    invoice_id: int | None

    @property
    def day(self) -> dt.date:
        """The day of the session, in Germany."""
        return self.started_at.astimezone(BERLIN).date() if self.started_at else self.planned_on


def session_to_bill(treatment_id: int) -> SessionToBill:
    """Raises NotFound."""
    procedure = Procedure.name_en if language() == "en" else Procedure.name_de
    bills = (
        select(func.max(Invoice.id))
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .where(InvoiceLine.treatment_id == Treatment.id, Invoice.kind == "invoice", Invoice.state.not_in(_GONE))
        .correlate(Treatment)
        .scalar_subquery()
    )
    own = [Treatment.id, Treatment.session_no, Treatment.planned_on, Treatment.started_at]
    person = [Patient.last_name, Patient.first_name, Patient.title, Patient.birth_date, Patient.id]
    query: Any = (
        select(*own, *person, procedure, bills)
        .join(Patient, Patient.id == Treatment.patient_id)
        .join(Course, Course.id == Treatment.course_id)
        .join(Procedure, Procedure.id == Course.procedure_id)
        .where(Treatment.id == treatment_id)
    )
    row = session().execute(scoped(query)).first()
    if row is None:
        raise NotFound(f"treatment {treatment_id}")
    return SessionToBill(*tuple(row))


def invoice_list(today: dt.date, state: InvoiceState | None = None, after: After | None = None) -> InvoiceList:
    """All issued ones with the drafts on top, or those of one state; two statements whatever the rows.

    What is late counts as overdue from the day after its day on, whether or not the job has run.
    """
    drafts: list[InvoiceRow] = []
    if state is None and after is None:
        newest = _rows().where(leading(Invoice), Invoice.state == InvoiceState.DRAFT.value).order_by(Invoice.id.desc())
        drafts = _read(newest.limit(_DRAFTS_ON_TOP + 1))
    rows = _read(_page(today, state, after).limit(PAGE + 1))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return InvoiceList(
        drafts=tuple(drafts[:_DRAFTS_ON_TOP]),
        more_drafts=len(drafts) > _DRAFTS_ON_TOP,
        rows=tuple(rows[:PAGE]),
        more=After(last.issued_on, last.id) if last else None,
    )


def _page(today: dt.date, state: InvoiceState | None, after: After | None) -> Select[tuple[object, ...]]:
    query = _rows() if state is InvoiceState.OVERDUE else _rows().where(leading(Invoice))
    if state is not None:
        query = query.where(_stands(state, today))
    if state in (InvoiceState.DRAFT, InvoiceState.DISCARDED):
        query = query.where(Invoice.issued_on.is_(None))
        return (query.where(Invoice.id < after.id) if after else query).order_by(Invoice.id.desc())
    query = query.where(Invoice.issued_on.is_not(None))
    if state in UNPAID:
        query = query.where(Invoice.kind == "invoice")  # nobody owes a cancellation
    if after and after.issued_on:
        query = query.where(tuple_(Invoice.issued_on, Invoice.id) < tuple_(after.issued_on, after.id))
    return query.order_by(Invoice.issued_on.desc(), Invoice.id.desc())


def _stands(state: InvoiceState, today: dt.date) -> ColumnElement[bool]:
    """The state as pages reckon it: past its day an unpaid one is overdue, unless it is paid by instalments."""
    if state is InvoiceState.OVERDUE:
        late = and_(Invoice.state.in_(_FALLING), Invoice.kind == "invoice", Invoice.due_on < today, ~under_plan())
        unpaid = aliased(Invoice)  # few of all: found by their state, not by reading the list to its end
        few = select(unpaid.id).where(leading(unpaid), unpaid.state.in_((*_FALLING, state.value)))
        return and_(Invoice.id.in_(few), or_(Invoice.state == state.value, late))
    if state.value in _FALLING:
        waits = or_(Invoice.due_on.is_(None), Invoice.due_on >= today, under_plan())
        return and_(Invoice.state == state.value, waits)
    return Invoice.state == state.value


def _rows() -> Select[tuple[object, ...]]:
    names = list(InvoiceRow.__dataclass_fields__)
    own = [getattr(Invoice, name) for name in names[: names.index("last_name")]]
    person = [Patient.last_name, Patient.first_name, Patient.title, Patient.birth_date]
    procedure = Procedure.name_en if language() == "en" else Procedure.name_de
    line = select(func.min(InvoiceLine.service_on)).where(InvoiceLine.invoice_id == Invoice.id)
    return (
        select(*own, *person, Invoice.course_id, procedure, line.correlate(Invoice).scalar_subquery(), under_plan())
        .join(Patient, Patient.id == Invoice.patient_id)
        .join(Course, Course.id == Invoice.course_id)
        .join(Procedure, Procedure.id == Course.procedure_id)
        .where(Patient.restricted_since.is_(None))
    )


def _read(query: Select[tuple[object, ...]]) -> list[InvoiceRow]:
    return [InvoiceRow(*row) for row in session().execute(scoped(query))]
