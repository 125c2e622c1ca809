"""Money for an invoice: received, taken back, moved to another one, paid back. Rows are only ever added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from ...models.invoice import Invoice, Payment
from ...models.practice import Practice
from ...models.rules.payments import (
    RECEIVED,
    Account,
    PaymentKind,
    check_claims,
    check_credit,
    check_payment,
    check_reversal,
    check_target,
    moves_after,
    refuse_unconfirmed,
    takes_payments,
)
from ...models.rules.severity import refuse_blocked
from ...models.rules.states import InvoiceState, InvoiceStep, StepNotAllowed
from ..access import scoped
from ..clock import now
from ..errors import NotFound
from ..extension import actor, session
from ..queries.dunning import account
from ..queries.payments import claimed, payments_of, reminders_of
from ..unit_of_work import SYSTEM, locked
from .moves import move


@dataclass(frozen=True, slots=True)
class Received:
    """Money as it came: euros, day of value, by transfer or settled at the till with its receipt number."""

    amount: Decimal
    value_date: dt.date
    kind: PaymentKind
    external_receipt_no: str = ""
    payer: str = ""


def record_payment(
    invoice_id: int, version: int | None, received: Received, today: dt.date, *, confirmed: Collection[str] = ()
) -> Payment:
    """Book money received; what is too much, or came for a cancelled invoice, stays there as credit.

    `confirmed`: codes of the warnings that somebody has seen. Raises RuleBroken for the others and for what blocks,
    StepNotAllowed for a draft and for a cancellation, StalePage.
    """
    invoice: Invoice = locked(Invoice, invoice_id, version)
    account = account_of(invoice)
    if not takes_payments(account) or received.kind not in RECEIVED:
        raise StepNotAllowed(account.state, InvoiceStep.PAY_PART)
    refuse_unconfirmed(check_payment(account, received.amount, received.value_date, today), confirmed)
    return _booked(
        invoice,
        Payment(
            amount=received.amount,
            value_date=received.value_date,
            kind=received.kind.value,
            external_receipt_no=received.external_receipt_no,
            payer=received.payer,
        ),
    )


def reverse_payment(
    payment_id: int, version: int | None, value_date: dt.date, reason: str, today: dt.date
) -> list[Payment]:
    """Take a row back with a second, negative one; a moved credit goes back to where it came from, too.

    `version` is that of the payment's invoice. Raises RuleBroken for a row that is one itself or was taken back, and
    where its money has gone on.
    """
    payment = payment_record(payment_id)
    rows = sorted(_both_ends(payment), key=lambda row: row.invoice_id)
    invoices = {
        row.invoice_id: locked(Invoice, row.invoice_id, version if row.invoice_id == payment.invoice_id else None)
        for row in rows
    }
    for row in rows:
        refuse_blocked(
            check_reversal(
                account_of(invoices[row.invoice_id]),
                row.amount,
                kind=PaymentKind(row.kind),
                done=reversal_of(row.id) is not None,
                value_date=value_date,
                today=today,
            )
        )
    return [
        _booked(
            invoices[row.invoice_id],
            Payment(
                amount=-row.amount,
                value_date=value_date,
                kind=PaymentKind.REVERSAL.value,
                payer=row.payer,
                counterpart_id=row.id,
                reason=reason,
            ),
        )
        for row in rows
    ]


def move_credit(
    invoice_id: int, version: int | None, target_id: int, amount: Decimal, today: dt.date
) -> tuple[Payment, Payment]:
    """Move so much of an invoice's credit to another open invoice of the same patient: two rows, one negative.

    Raises RuleBroken where the credit or what is open there is smaller, NotFound for another patient's invoice.
    """
    ends = {
        key: locked(Invoice, key, version if key == invoice_id else None) for key in sorted({invoice_id, target_id})
    }
    source, target = ends[invoice_id], ends[target_id]
    if source.patient_id != target.patient_id or source is target:
        raise NotFound(f"invoice {target_id} of patient {source.patient_id}")
    refuse_blocked([*check_credit(account_of(source), amount, today, today), *check_target(account_of(target), amount)])
    kind = PaymentKind.MOVED.value
    gone = _booked(source, Payment(amount=-amount, value_date=today, kind=kind, reason=target.number or ""))
    come = _booked(
        target,
        Payment(amount=amount, value_date=today, kind=kind, counterpart_id=gone.id, reason=source.number or ""),
    )
    return gone, come


def note_refund(
    invoice_id: int, version: int | None, amount: Decimal, value_date: dt.date, reason: str, today: dt.date
) -> Payment:
    """Note that so much of a credit was paid back outside this program. Raises RuleBroken where there is less."""
    invoice: Invoice = locked(Invoice, invoice_id, version)
    refuse_blocked(check_credit(account_of(invoice), amount, value_date, today))
    return _booked(
        invoice, Payment(amount=-amount, value_date=value_date, kind=PaymentKind.REFUND.value, reason=reason)
    )


def note_claims(invoice_id: int, version: int | None, amount: Decimal, value_date: dt.date, today: dt.date) -> Payment:
    """Take so much of a credit as default interest and dunning cost. Raises RuleBroken where letters asked for less."""
    invoice: Invoice = locked(Invoice, invoice_id, version)
    asked = claimed(payments_of(invoice_id), reminders_of(invoice_id))
    refuse_blocked(check_claims(account_of(invoice), asked, amount, value_date, today))
    return _booked(invoice, Payment(amount=-amount, value_date=value_date, kind=PaymentKind.CLAIMS.value))


def account_of(invoice: Invoice) -> Account:
    """The invoice as its payments see it."""
    locked_until = session().scalar(select(Practice.books_locked_until).where(Practice.id == invoice.practice_id))
    return account(invoice, locked_until)


def payment_record(payment_id: int) -> Payment:
    """Raises NotFound."""
    payment: Payment | None = session().scalar(scoped(select(Payment).where(Payment.id == payment_id)))
    if payment is None:
        raise NotFound(f"payment {payment_id}")
    return payment


def reversal_of(payment_id: int) -> int | None:
    """The id of the row that takes this one back."""
    found: int | None = session().scalar(
        scoped(
            select(Payment.id).where(Payment.counterpart_id == payment_id, Payment.kind == PaymentKind.REVERSAL.value)
        )
    )
    return found


def _both_ends(payment: Payment) -> list[Payment]:
    """The row, and for a moved credit its other half."""
    if payment.kind != PaymentKind.MOVED.value:
        return [payment]
    if payment.counterpart_id is not None:
        return [payment, payment_record(payment.counterpart_id)]
    query = select(Payment).where(Payment.counterpart_id == payment.id, Payment.kind == PaymentKind.MOVED.value)
    other = session().scalar(scoped(query))
    if other is None:
        raise NotFound(f"the other half of payment {payment.id}")
    return [payment, other]


def _booked(invoice: Invoice, payment: Payment) -> Payment:
    """Write the row, and bring the invoice's sum and state along."""
    before = invoice.paid_total
    payment.practice_id, payment.invoice_id = invoice.practice_id, invoice.id
    payment.recorded_at, payment.recorded_by = now(), (actor() or SYSTEM).name
    session().add(payment)
    invoice.paid_total = before + payment.amount
    steps = moves_after(
        InvoiceState(invoice.state),
        invoice.gross_total,
        before,
        invoice.paid_total,
        sent=invoice.delivered_on is not None,
    )
    for step in steps:
        move(invoice, step, payment.reason if step is InvoiceStep.REOPEN else "")
    session().flush()
    return payment
