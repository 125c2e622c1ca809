"""What pages read about money: the payments and reminders of an invoice, what is open, where a credit can go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ...models.invoice import Invoice, Payment, Reminder
from ...models.paper import IssuedPaper
from ...models.rules.money import ZERO
from ...models.rules.payments import OPEN_STATES, RECEIVED, PaymentKind
from ...models.rules.states import InvoiceState
from ..access import scoped
from ..errors import NotFound
from ..extension import session

_OPEN = [state.value for state in sorted(OPEN_STATES)]
_DUE = [*_OPEN, InvoiceState.PAID.value]


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A row of money: negative where it went. `other_number` is the invoice at the other end of a moved credit."""

    id: int
    invoice_id: int
    amount: Decimal
    value_date: dt.date
    kind: str
    external_receipt_no: str
    payer: str
    counterpart_id: int | None
    receipt_paper_id: int | None
    reason: str
    recorded_at: dt.datetime
    recorded_by: str
    receipt_number: str | None
    reversed_by: int | None

    @property
    def can_be_reversed(self) -> bool:
        """Whether a second row may take it back: once, and no such row itself."""
        return self.reversed_by is None and self.kind != PaymentKind.REVERSAL.value

    @property
    def can_be_receipted(self) -> bool:
        """Whether a receipt fits: for money that came and stayed."""
        return self.can_be_reversed and self.receipt_paper_id is None and PaymentKind(self.kind) in RECEIVED


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A reminder with its paper."""

    id: int
    invoice_id: int
    level: int
    paper_id: int
    issued_on: dt.date
    pay_until: dt.date
    open_amount: Decimal
    fee: Decimal
    interest: Decimal
    in_default_since: dt.date | None
    delivered_on: dt.date | None
    delivered_how: str
    recorded_by: str
    number: str

    @property
    def demand(self) -> Decimal:
        """What the letter asked for: what was open, with its interest and fee."""
        return self.open_amount + self.interest + self.fee


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice of the patient on which something is open."""

    id: int
    number: str
    issued_on: dt.date
    gross_total: Decimal
    paid_total: Decimal

    @property
    def open(self) -> Decimal:
        """Euros still to be paid."""
        return self.gross_total - self.paid_total


@dataclass(frozen=True, slots=True)
class Sums:
    """What a patient owes and what the practice holds for the patient, in euros; how many invoices are open."""

    open: Decimal
    credit: Decimal
    count: int
    credit_invoice_id: int | None


def open_amount(state: str, kind: str, gross: Decimal, paid: Decimal) -> Decimal | None:
    """What is still to be paid; None for what nobody owes: drafts, cancelled ones, cancellations."""
    if kind != "invoice" or state not in _DUE:
        return None
    return max(gross - paid, ZERO)


def credit_amount(state: str, gross: Decimal, paid: Decimal) -> Decimal:
    """What was paid without being owed; see rules.payments.Account.credit."""
    return max(paid - (ZERO if state == InvoiceState.CANCELLED.value else gross), ZERO)


def claimed(payments: Iterable[PaymentRow], reminders: Sequence[ReminderRow]) -> Decimal:
    """Interest and cost that letters asked for and that no money was taken for yet: all fees, the latest interest."""
    asked = sum((row.fee for row in reminders), max((row.interest for row in reminders), default=ZERO))
    kind = PaymentKind.CLAIMS.value
    taken = -sum((row.amount for row in payments if row.kind == kind and row.reversed_by is None), ZERO)
    return max(asked - taken, ZERO)


def payments_of(invoice_id: int) -> tuple[PaymentRow, ...]:
    """All rows, the oldest first."""
    return _payments(Payment.invoice_id == invoice_id)


def payment_row(payment_id: int) -> PaymentRow:
    """One row. Raises NotFound."""
    found = _payments(Payment.id == payment_id)
    if not found:
        raise NotFound(f"payment {payment_id}")
    return found[0]


def reminders_of(invoice_id: int) -> tuple[ReminderRow, ...]:
    """All reminders and dunning letters, the oldest first."""
    return _reminders(Reminder.invoice_id == invoice_id)


def reminder_row(reminder_id: int) -> ReminderRow:
    """One letter. Raises NotFound."""
    found = _reminders(Reminder.id == reminder_id)
    if not found:
        raise NotFound(f"reminder {reminder_id}")
    return found[0]


def _reminders(where: Any) -> tuple[ReminderRow, ...]:
    own = [getattr(Reminder, name) for name in list(ReminderRow.__dataclass_fields__)[:-1]]
    query: Any = (
        select(*own, IssuedPaper.number)
        .join(IssuedPaper, IssuedPaper.id == Reminder.paper_id)
        .where(where)
        .order_by(Reminder.id)
    )
    return tuple(ReminderRow(*row) for row in session().execute(scoped(query)))


def open_invoices(patient_id: int) -> tuple[OpenInvoice, ...]:
    """The patient's invoices on which something is open, the oldest first: where a credit can go."""
    columns = [getattr(Invoice, name) for name in OpenInvoice.__dataclass_fields__]
    query: Any = (
        select(*columns)
        .where(Invoice.patient_id == patient_id, Invoice.kind == "invoice", Invoice.state.in_(_OPEN))
        .order_by(Invoice.issued_on, Invoice.id)
    )
    return tuple(OpenInvoice(*row) for row in session().execute(scoped(query)))


def sums_of(patient_id: int) -> Sums:
    """What is open and what is credit over all invoices of the patient, in one statement."""
    columns = (Invoice.id, Invoice.state, Invoice.gross_total, Invoice.paid_total)
    query: Any = (
        select(*columns)
        .where(Invoice.patient_id == patient_id, Invoice.kind == "invoice")
        .where(Invoice.state.in_(_OPEN) | (Invoice.paid_total > ZERO))
        .order_by(Invoice.id)
    )
    rows = [row for row in session().execute(scoped(query)) if row.state in (*_DUE, InvoiceState.CANCELLED.value)]
    still = [max(row.gross_total - row.paid_total, ZERO) for row in rows if row.state in _OPEN]
    left = {row.id: credit_amount(row.state, row.gross_total, row.paid_total) for row in rows}
    held = [invoice_id for invoice_id, credit in left.items() if credit]
    return Sums(sum(still, ZERO), sum(left.values(), ZERO), len(still), held[0] if held else None)


def reminded_until(invoice_id: int) -> dt.date | None:
    """The latest day that a reminder of this invoice asks for."""
    found: dt.date | None = session().scalar(
        scoped(select(func.max(Reminder.pay_until)).where(Reminder.invoice_id == invoice_id))
    )
    return found


def _payments(where: Any) -> tuple[PaymentRow, ...]:
    taken_back = aliased(Payment)
    reversal = (
        select(func.max(taken_back.id))
        .where(taken_back.counterpart_id == Payment.id, taken_back.kind == PaymentKind.REVERSAL.value)
        .correlate(Payment)
        .scalar_subquery()
    )
    own = [getattr(Payment, name) for name in list(PaymentRow.__dataclass_fields__)[:-2]]
    query: Any = (
        select(*own, IssuedPaper.number, reversal)
        .join(IssuedPaper, IssuedPaper.id == Payment.receipt_paper_id, isouter=True)
        .where(where)
        .order_by(Payment.id)
    )
    return tuple(PaymentRow(*row) for row in session().execute(scoped(query)))
