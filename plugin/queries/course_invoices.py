"""What the pages of a course read about its invoices: those there are, and the sessions that can be billed together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import exists, func, select

from ...models.invoice import Invoice, InvoiceLine
from ...models.rules.states import InvoiceState
from ...models.treatment import Treatment, TreatmentSite
from ..access import scoped
from ..clock import BERLIN
from ..extension import session
from .payments import open_amount

_GONE = (InvoiceState.CANCELLED.value, InvoiceState.DISCARDED.value)


@dataclass(frozen=True, slots=True)
class BillableSession:
    """A session that took place and is not billed yet; `draft_id` where a draft holds it already.

    An aborted one can be billed where something was recorded, and is never chosen by itself.
    """

    id: int
    session_no: int
    state: str
    planned_on: dt.date
    started_at: dt.datetime | None
    end_reason: str
    draft_id: int | None

    @property
    def day(self) -> dt.date:
        """The day of the session, in Germany."""
        return self.started_at.astimezone(BERLIN).date() if self.started_at else self.planned_on

    @property
    def usual(self) -> bool:
        """Whether it is chosen before anybody chose."""
        return self.state == "done"


@dataclass(frozen=True, slots=True)
class CourseInvoice:
    """An invoice, draft or cancellation of the course."""

    id: int
    kind: str
    state: str
    number: str | None
    issued_on: dt.date | None
    due_on: dt.date | None
    gross_total: Decimal
    paid_total: Decimal
    first_on: dt.date | None
    last_on: dt.date | None

    @property
    def open(self) -> Decimal | None:
        """Euros still to be paid, None where nobody owes it."""
        return open_amount(self.state, self.kind, self.gross_total, self.paid_total)


def billable_sessions(course_id: int) -> tuple[BillableSession, ...]:
    """Done and open, and aborted ones with something recorded, in their order."""
    draft = (
        select(func.max(Invoice.id))
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .where(InvoiceLine.treatment_id == Treatment.id, Invoice.kind == "invoice", Invoice.state.not_in(_GONE))
        .correlate(Treatment)
        .scalar_subquery()
    )
    recorded = exists().where(TreatmentSite.treatment_id == Treatment.id)
    own = [getattr(Treatment, name) for name in list(BillableSession.__dataclass_fields__)[:-1]]
    query: Any = (
        select(*own, draft)
        .where(Treatment.course_id == course_id, Treatment.billing == "open")
        .where((Treatment.state == "done") | ((Treatment.state == "aborted") & recorded))
        .order_by(Treatment.session_no, Treatment.id)
    )
    return tuple(BillableSession(*row) for row in session().execute(scoped(query)))


def invoices_of_course(course_id: int) -> tuple[CourseInvoice, ...]:
    """The course's invoices, the newest first; discarded drafts are left out."""
    names = list(CourseInvoice.__dataclass_fields__)[:-2]
    days = [
        select(pick(InvoiceLine.service_on))
        .where(InvoiceLine.invoice_id == Invoice.id)
        .correlate(Invoice)
        .scalar_subquery()
        for pick in (func.min, func.max)
    ]
    query: Any = (
        select(*(getattr(Invoice, name) for name in names), *days)
        .where(Invoice.course_id == course_id, Invoice.state != InvoiceState.DISCARDED.value)
        .order_by(Invoice.id.desc())
    )
    return tuple(CourseInvoice(*row) for row in session().execute(scoped(query)))
