"""What today's page reads about money: invoices that are late, sessions that have none yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import and_, exists, func, select

from ...models.course import Course
from ...models.debt import InstalmentPlan
from ...models.invoice import Invoice, InvoiceLine, Reminder
from ...models.patient import Patient
from ...models.practice import Procedure
from ...models.rules.dunning import DunningLevel, next_level
from ...models.rules.states import UNPAID
from ...models.treatment import Treatment
from ..access import leading, scoped
from ..extension import session
from ..texts import language
from .home import AT_THE_DESK, SHOWN, WHO, Who, first_of_each, one, restricted


@dataclass(frozen=True, slots=True)
class DueInvoice:
    """An invoice that is late."""

    who: Who
    id: int
    number: str
    due_on: dt.date
    gross_total: Decimal
    paid_total: Decimal
    reminded_on: dt.date | None
    last_level: int | None

    @property
    def next_level(self) -> DunningLevel | None:
        """The letter whose turn it is; None after the second dunning letter."""
        return next_level([] if self.last_level is None else [self.last_level])

    @property
    def unpaid(self) -> Decimal:
        """What is still to come, in euros."""
        return self.gross_total - self.paid_total


@dataclass(frozen=True, slots=True)
class Unbilled:
    """A session that took place and has no invoice; draft_id where one is begun."""

    who: Who
    id: int
    planned_on: dt.date
    session_no: int
    name_de: str
    name_en: str
    draft_id: int | None

    @property
    def procedure(self) -> str:
        """The procedure's name in the reader's language."""
        return self.name_en if language() == "en" else self.name_de


def late_invoices(today: dt.date) -> list[DueInvoice]:
    """Unpaid past their day, the longest first; who was reminded is left alone until the day that was named.

    So is what is on hold, paid by instalments, or with a lawyer.
    """
    waiting = exists().where(Reminder.invoice_id == Invoice.id, Reminder.pay_until >= today)
    planned = exists().where(InstalmentPlan.invoice_id == Invoice.id, InstalmentPlan.state == "agreed")
    held = and_(Invoice.dunning_hold_until.is_not(None), Invoice.dunning_hold_until >= today)
    reminded, level = (
        select(func.max(column)).where(Reminder.invoice_id == Invoice.id).correlate(Invoice).scalar_subquery()
        for column in (Reminder.issued_on, Reminder.level)
    )
    late = (
        select(Invoice.id, Invoice.due_on.label("day"))
        .where(leading(Invoice), Invoice.state == state.value, Invoice.due_on < today)
        .where(Invoice.kind == "invoice", ~restricted(Invoice.patient_id), ~waiting, ~planned, ~held)
        .where(Invoice.handed_over_on.is_(None))
        for state in UNPAID
    )
    money = (Invoice.gross_total, Invoice.paid_total)
    query = (
        select(*WHO, Invoice.id, Invoice.number, Invoice.due_on, *money, reminded, level)
        .join(Patient, Patient.id == Invoice.patient_id)
        .where(Invoice.id.in_(first_of_each(late)))
        .order_by(Invoice.due_on, Invoice.id)
        .limit(SHOWN + 1)
    )
    return [DueInvoice(Who(*row[:5]), *row[5:]) for row in session().execute(scoped(query))]


def unbilled() -> list[Unbilled]:
    """Sessions that took place and wait for their invoice, the oldest first."""
    line = and_(InvoiceLine.treatment_id == Treatment.id, Invoice.id == InvoiceLine.invoice_id)
    draft = one(func.max(Invoice.id), line, Invoice.state == "draft")
    query = (
        select(
            *WHO, Treatment.id, Treatment.planned_on, Treatment.session_no, Procedure.name_de, Procedure.name_en, draft
        )
        .join(Patient, Patient.id == Treatment.patient_id)
        .join(Course, Course.id == Treatment.course_id)
        .join(Procedure, Procedure.id == Course.procedure_id)
        .where(leading(Treatment), Treatment.state == "done", Treatment.billing == "open", AT_THE_DESK)
        .order_by(Treatment.id)
        .limit(SHOWN + 1)
    )
    return [Unbilled(Who(*row[:5]), *row[5:]) for row in session().execute(scoped(query))]
