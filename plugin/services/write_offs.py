"""Writes off what will not come in, and takes that back: the owner decides, with a reason; the claim itself stays."""

from __future__ import annotations

import datetime as dt

from ...models.invoice import Invoice
from ...models.rules.money import ZERO
from ...models.rules.states import InvoiceStep
from ..unit_of_work import locked
from .moves import move


def write_off(invoice_id: int, version: int | None, reason: str, today: dt.date) -> None:
    """Take an unpaid invoice out of the receivables; a later payment is still booked on it.

    Raises StepNotAllowed for what is not unpaid, StalePage.
    """
    invoice: Invoice = locked(Invoice, invoice_id, version)
    move(invoice, InvoiceStep.WRITE_OFF, reason)
    invoice.written_off_on = today


def take_back_write_off(invoice_id: int, version: int | None, reason: str) -> None:
    """Put it back among the receivables, where it stood: sent or part paid; late ones fall overdue again by the job.

    Raises StepNotAllowed for what is not written off, StalePage.
    """
    invoice: Invoice = locked(Invoice, invoice_id, version)
    move(invoice, InvoiceStep.REOPEN, reason)
    invoice.written_off_on = None
    if invoice.delivered_on is not None:
        move(invoice, InvoiceStep.SEND)
    if invoice.paid_total > ZERO:
        move(invoice, InvoiceStep.PAY_PART)
