"""Money for an invoice: payments, what is taken back, credits, receipts, and the friendly reminder."""

from __future__ import annotations

import datetime as dt

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.rules.severity import RuleBroken
from ...models.rules.states import InvoiceState, InvoiceStep, StepNotAllowed
from .. import clock
from ..access import Permission, requires
from ..blueprint import bp
from ..formats import money
from ..forms.base import bound
from ..forms.fields import choices
from ..forms.payments import (
    CreditForm,
    PaymentForm,
    ReceiptForm,
    RefundForm,
    ReminderForm,
    ReversalForm,
)
from ..queries.invoice_pages import invoice_page
from ..queries.invoice_rows import IssuedPage
from ..queries.payments import open_invoices, payment_row
from ..queries.practice import own_practice
from ..services import payments
from ..services.receipts import issue_receipt
from ..services.reminders import issue_reminder
from ..shell import notice
from ..texts import kt
from .invoices import shown_page
from .sending import carried_out, form_page

ASKED = ["GET", "POST"]


@bp.route("/invoices/<int:invoice_id>/payments", methods=ASKED)
@requires(Permission.RECORD_PAYMENTS)
def payments_new(invoice_id: int) -> AnyResponse:
    """Money that came in; too much of it, or for a cancelled invoice, is asked about once and kept as credit."""
    page = _issued(invoice_id)
    if page is None or page.head.kind != "invoice":
        return _refused(invoice_id)
    form = bound(PaymentForm, version=page.head.version, amount=page.money.open or None, payer=page.recipient)

    def record() -> str:
        try:
            payments.record_payment(
                invoice_id, form.version.data, form.received(), clock.today(), confirmed=form.confirmed
            )
        except RuleBroken as broken:
            form.ask(broken.findings)
            raise
        notice(kt("Die Zahlung ist eingetragen."))
        return _url(invoice_id)

    return carried_out(form, record) or form_page("payments/new.html", form, page=page)


@bp.route("/payments/<int:payment_id>/reversal", methods=ASKED)
@requires(Permission.RECORD_PAYMENTS)
def payments_reverse(payment_id: int) -> AnyResponse:
    """Take a payment back with a second row and its reason; asks once."""
    row = payment_row(payment_id)
    page = _issued(row.invoice_id)
    assert page is not None  # no draft has payments
    if not row.can_be_reversed and request.method == "GET":
        return _to(row.invoice_id)
    form = bound(ReversalForm, version=page.head.version)

    def reverse() -> str:
        payments.reverse_payment(payment_id, form.version.data, form.value_date.data, form.reason.data, clock.today())
        notice(kt("Die Zahlung ist zurückgenommen."))
        return _url(row.invoice_id)

    return carried_out(form, reverse) or form_page("payments/reverse.html", form, page=page, row=row)


@bp.route("/payments/<int:payment_id>/receipt", methods=ASKED)
@requires(Permission.RECORD_PAYMENTS)
def payments_receipt(payment_id: int) -> AnyResponse:
    """Issue the receipt of a payment; asks once."""
    row = payment_row(payment_id)
    page = _issued(row.invoice_id)
    assert page is not None
    if not row.can_be_receipted and request.method == "GET":
        return _to(row.invoice_id)
    form = bound(ReceiptForm)

    def issue() -> str:
        issue_receipt(payment_id, clock.today())
        notice(kt("Die Quittung ist ausgestellt. Sie liegt bei der Zahlung."))
        return _url(row.invoice_id)

    return carried_out(form, issue) or form_page("payments/receipt.html", form, page=page, row=row)


@bp.route("/invoices/<int:invoice_id>/credit", methods=ASKED)
@requires(Permission.RECORD_PAYMENTS)
def credits_move(invoice_id: int) -> AnyResponse:
    """Use a credit for another open invoice of the patient."""
    page = _issued(invoice_id)
    if page is None or (not page.money.credit and request.method == "GET"):
        return _refused(invoice_id)
    targets = [entry for entry in open_invoices(page.head.patient_id) if entry.id != invoice_id]
    asked = request.args.get("to", type=int)
    first = next((entry for entry in targets if entry.id == asked), targets[0] if targets else None)
    form = bound(
        CreditForm,
        version=page.head.version,
        target_id=first.id if first else None,
        amount=min(page.money.credit, first.open) if first else None,
    )
    form.target_id.choices = choices(
        [(entry.id, kt("{number}, offen {amount}", number=entry.number, amount=money(entry.open))) for entry in targets]
    )

    def move() -> str:
        target = form.target_id.data
        payments.move_credit(invoice_id, form.version.data, target, form.amount.data, clock.today())
        notice(kt("Das Guthaben ist verrechnet."))
        return _url(target)

    return carried_out(form, move) or form_page("payments/credit.html", form, page=page, targets=targets)


@bp.route("/invoices/<int:invoice_id>/refund", methods=ASKED)
@requires(Permission.RECORD_PAYMENTS)
def credits_refund(invoice_id: int) -> AnyResponse:
    """Note that a credit was paid back."""
    page = _issued(invoice_id)
    if page is None or (not page.money.credit and request.method == "GET"):
        return _refused(invoice_id)
    form = bound(RefundForm, version=page.head.version, amount=page.money.credit or None)

    def refund() -> str:
        payments.note_refund(
            invoice_id, form.version.data, form.amount.data, form.value_date.data, form.reason.data, clock.today()
        )
        notice(kt("Die Erstattung ist eingetragen."))
        return _url(invoice_id)

    return carried_out(form, refund) or form_page("payments/refund.html", form, page=page)


@bp.route("/invoices/<int:invoice_id>/reminder", methods=ASKED)
@requires(Permission.RECORD_PAYMENTS)
def reminders_new(invoice_id: int) -> AnyResponse:
    """A friendly reminder of what is open; too early a one is asked about once."""
    page = _issued(invoice_id)
    if page is None or (not page.money.open and request.method == "GET"):
        return _refused(invoice_id)
    until = clock.today() + dt.timedelta(days=own_practice().reminder_days)
    form = bound(ReminderForm, version=page.head.version, pay_until=until)

    def remind() -> str:
        try:
            issue_reminder(invoice_id, form.version.data, form.pay_until.data, clock.today(), confirmed=form.confirmed)
        except RuleBroken as broken:
            form.ask(broken.findings)
            raise
        notice(kt("Die Zahlungserinnerung ist ausgestellt. Bitte drucken und übergeben Sie sie."))
        return _url(invoice_id)

    return carried_out(form, remind) or form_page("payments/reminder.html", form, page=page)


def _issued(invoice_id: int) -> IssuedPage | None:
    """The page of an invoice that has a paper; None for a draft and what was discarded. Raises NotFound."""
    page = invoice_page(invoice_id, clock.today())
    return page if isinstance(page, IssuedPage) and page.paper_id else None


def _refused(invoice_id: int) -> AnyResponse:
    """Where there is nothing to book: the invoice's page, and for what was sent all the same the reason over it."""
    if request.method == "GET":
        return redirect(_url(invoice_id), 303)
    form = bound(ReceiptForm)

    def refuse() -> str:
        raise StepNotAllowed(InvoiceState.DRAFT, InvoiceStep.PAY_PART)

    return carried_out(form, refuse) or shown_page(invoice_id, form)


def _url(invoice_id: int) -> str:
    return url_for("kostenklar.invoices_show", invoice_id=invoice_id)


def _to(invoice_id: int) -> AnyResponse:
    return redirect(_url(invoice_id), 303)
