"""Cancels an issued invoice: a cancellation with its own number and every amount negated; the first one stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import select

from ...models.invoice import Invoice, InvoiceLine
from ...models.paper import IssuedPaper
from ...models.practice import Practice
from ...models.rules.billing import Billing, check_cancel
from ...models.rules.numbering import NumberKind
from ...models.rules.severity import refuse_blocked
from ...models.rules.states import InvoiceStep
from ...reports.content.cancellation import CancellationContent, cancellation_of
from ...reports.content.invoice import InvoiceContent
from ..extension import session
from ..unit_of_work import locked
from .invoice_issue import locked_treatments
from .invoice_papers import refuse_unprintable, said_in_a_sentence
from .moves import move
from .numbers import draw
from .papers import content_of, issue

_MIRRORED = ("patient_id", "course_id", "site_id", "physician_id", "diagnosis")
_LINE_FIELDS = (
    "treatment_id", "position", "kind", "article_id", "receipt_id", "other_illness",
    "indication_by", "indication_reason",
    "service_on", "clock_time", "goae_number", "service", "analog_service", "body_site",
    "points", "factor", "indication", "vat_rate", "on_demand", "reason", "agreement_on",
)  # fmt: skip


def cancel_invoice(invoice_id: int, version: int | None, reason: str, today: dt.date) -> Invoice:
    """The cancellation of an issued invoice; its treatments can be billed anew.

    Raises StepNotAllowed for one that is cancelled or not issued, StalePage, and RuleBroken for a cancellation, for
    closed books and for a reason that no paper can print.
    """
    invoice: Invoice = locked(Invoice, invoice_id, version)
    locked_until = session().scalar(select(Practice.books_locked_until).where(Practice.id == invoice.practice_id))
    refuse_blocked(
        check_cancel(is_cancellation=invoice.kind == "cancellation", cancel_on=today, books_locked_until=locked_until)
    )
    treatments = locked_treatments(invoice)
    move(invoice, InvoiceStep.CANCEL, reason)
    assert invoice.paper is not None  # only an issued one can be cancelled
    content = _mirrored(invoice.paper, reason, today)
    refuse_unprintable(content)
    cancellation = _mirror(invoice, reason)
    for treatment in treatments:
        treatment.billing = Billing.OPEN.value
    session().flush()
    _number(cancellation, invoice.paper, content)
    return cancellation


def _mirror(invoice: Invoice, reason: str) -> Invoice:
    """An invoice of its own: same services, counts and amounts turned."""
    cancellation = Invoice(
        practice_id=invoice.practice_id,
        kind="cancellation",
        cancels_id=invoice.id,
        cancel_reason=reason,
        net_total=-invoice.net_total,
        vat_total=-invoice.vat_total,
        gross_total=-invoice.gross_total,
        **{name: getattr(invoice, name) for name in _MIRRORED},
    )
    cancellation.lines = [_negated(line) for line in invoice.lines]
    session().add(cancellation)
    return cancellation


def _negated(line: InvoiceLine) -> InvoiceLine:
    return InvoiceLine(
        practice_id=line.practice_id,
        quantity=-line.quantity,
        net=-line.net,
        **{name: getattr(line, name) for name in _LINE_FIELDS},
    )


def _number(cancellation: Invoice, cancelled: IssuedPaper, content: CancellationContent) -> None:
    today = content.issued_on
    number = draw(cancellation.practice_id, NumberKind.CANCELLATION, today.year)
    with said_in_a_sentence():
        paper = issue(
            replace(content, number=number),
            practice_id=cancellation.practice_id,
            patient_id=cancellation.patient_id,
            number=number,
            issued_on=today,
            corrects=cancelled,
        )
    cancellation.number = number
    cancellation.paper_id = paper.id
    cancellation.issued_on = today
    move(cancellation, InvoiceStep.ISSUE, content.reason)


def _mirrored(paper: IssuedPaper, reason: str, today: dt.date) -> CancellationContent:
    """The photograph of the invoice with every amount turned, still without a number."""
    content = content_of(paper)
    assert isinstance(content, InvoiceContent)
    return cancellation_of(content, number="", issued_on=today, reason=reason)
