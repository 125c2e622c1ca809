"""What the page of one invoice reads, draft or issued, in at most six statements."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ...models.course import Course
from ...models.invoice import Invoice
from ...models.ledger import Move
from ...models.practice import Staff
from ...models.rules.age import is_minor
from ...models.rules.invoice import LineKind, services_gross
from ...models.rules.money import ZERO, TaxedAmount
from ...models.rules.states import InvoiceState
from ...models.rules.vat import NO_RATE, Indication
from ...reports.content.cancellation import CancellationContent
from ...reports.content.invoice import InvoiceContent
from ...reports.content.kinds import content_from_dict
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from .cost_notices import cover_on
from .debts import debts_of
from .draft_choices import offered_mends
from .dunning import dunning_status
from .invoice_drafts import Draft, draft_of
from .invoice_facts import Estimated, estimated
from .invoice_line_rows import draft_lines, line_row
from .invoice_people import duty_towards, recipient_of
from .invoice_rows import (
    DraftPage,
    EstimateRow,
    Head,
    HistoryRow,
    IssuedPage,
    Money,
    Other,
    SumRow,
    head_of,
)
from .payments import credit_amount, open_amount, payments_of, reminders_of


def invoice_page(invoice_id: int, today: dt.date) -> DraftPage | IssuedPage:
    """The page of an invoice as it stands. Raises NotFound."""
    invoice = invoice_record(invoice_id)
    return _draft_page(draft_of(invoice, today), today) if invoice.state == "draft" else _issued_page(invoice, today)


def invoice_head(invoice_id: int) -> Head:
    """The head alone, for the pages that ask something once. Raises NotFound."""
    return head_of(invoice_record(invoice_id))


def invoice_record(invoice_id: int) -> Invoice:
    """The invoice with patient, course, procedure and lines, in one statement. Raises NotFound."""
    query = (
        select(Invoice)
        .where(Invoice.id == invoice_id)
        .options(
            joinedload(Invoice.patient),
            joinedload(Invoice.course).joinedload(Course.procedure),
            joinedload(Invoice.lines),
            joinedload(Invoice.paper),
        )
    )
    invoice: Invoice | None = session().scalars(scoped(query)).unique().one_or_none()
    if invoice is None:
        raise NotFound(f"invoice {invoice_id}")
    return invoice


def _draft_page(draft: Draft, today: dt.date) -> DraftPage:
    invoice = draft.invoice
    groups = draft.totals.groups if draft.totals else ()
    return DraftPage(
        head=head_of(invoice),
        lines=draft_lines(draft),
        sums=tuple(
            SumRow(None if group.exemption else group.rate, group.amount.net, group.amount.vat) for group in groups
        ),
        gross=draft.totals.gross if draft.totals else None,
        payer=draft.payer,
        recipient=draft.recipient.name,
        physician=draft.physician.full_name if draft.physician else "",
        diagnosis=draft.diagnosis,
        known_diagnosis=draft.known_diagnosis,
        pay_by=draft.pay_by,
        estimate=_estimate(
            invoice, draft.estimate, services_gross(draft.lines, draft.regime) if draft.totals else None
        ),
        override_reason=invoice.without_agreement_reason,
        findings=draft.findings,
        offers=offered_mends(invoice, draft.findings),
        undecided_lesion_id=_undecided_lesion(draft),
        replaces=_replaced(invoice),
        fingerprint=draft.fingerprint,
        e_invoice=invoice.patient.e_invoice,
        duty=duty_towards(invoice.patient, today, taxed=any(group.exemption is None for group in groups)),
        to_minor=not invoice.patient.recipient and is_minor(invoice.patient.birth_date, today),
    )


def _undecided_lesion(draft: Draft) -> int | None:
    lesions = [entry.lesion for treatment in draft.treatments for entry in treatment.sites]
    return next((lesion.id for lesion in lesions if lesion.indication == Indication.UNDECIDED.value), None)


def _issued_page(invoice: Invoice, today: dt.date) -> IssuedPage:
    physician = session().get(Staff, invoice.physician_id) if invoice.physician_id else None
    content, money = _photograph(invoice), _money(invoice)
    return IssuedPage(
        head=head_of(invoice),
        lines=tuple(line_row(line, Indication(line.indication), line.vat_rate) for line in invoice.lines),
        sums=tuple(SumRow(group.rate, group.net, group.vat) for group in (content.groups if content else ())),
        gross=invoice.gross_total,
        payer=cover_on(invoice.patient_id, invoice.lines[0].service_on if invoice.lines else today).payer,
        recipient=content.recipient[0] if content else recipient_of(invoice.patient).name,
        physician=physician.full_name if physician else "",
        diagnosis=invoice.diagnosis,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        paper_id=invoice.paper_id,
        delivered_on=invoice.delivered_on,
        delivered_how=invoice.delivered_how,
        email_consent=invoice.patient.email_consent,
        e_invoice=bool(content and content.electronic),
        cancel_reason=invoice.cancel_reason,
        override_reason=invoice.without_agreement_reason,
        other=_other(invoice),
        replaces=_replaced(invoice),
        follower=_follower(invoice),
        money=money,
        estimate=_estimate(invoice, estimated(invoice.course_id), _billed_services(invoice)),
        history=_history(invoice.id),
        dunning=dunning_status(invoice, today, money.reminders, money.payments),
        debts=debts_of(invoice, today),
    )


def _photograph(invoice: Invoice) -> InvoiceContent | CancellationContent | None:
    """What stands on the issued paper, whatever has changed since; None for a discarded draft."""
    content = content_from_dict(invoice.paper.content) if invoice.paper else None
    return content if isinstance(content, InvoiceContent | CancellationContent) else None


def _money(invoice: Invoice) -> Money:
    credit = credit_amount(invoice.state, invoice.gross_total, invoice.paid_total)
    return Money(
        paid=invoice.paid_total,
        open=open_amount(invoice.state, invoice.kind, invoice.gross_total, invoice.paid_total),
        credit=credit if invoice.kind == "invoice" else ZERO,
        payments=payments_of(invoice.id),
        reminders=reminders_of(invoice.id),
    )


def _billed_services(invoice: Invoice) -> Decimal:
    """Euros gross of an issued invoice without its goods, which no estimate names."""
    sums: dict[Decimal, Decimal] = {}
    for line in invoice.lines:
        if line.kind != LineKind.GOODS.value:
            rate = line.vat_rate or NO_RATE
            sums[rate] = sums.get(rate, ZERO) + line.net
    return sum((TaxedAmount.from_net(net, rate).gross for rate, net in sums.items()), ZERO)


def _estimate(invoice: Invoice, said: Estimated | None, gross: Decimal | None) -> EstimateRow | None:
    """How far the invoice is from the estimate of its sessions; None without one or without a sum."""
    if said is None or gross is None or invoice.kind != "invoice":
        return None
    sessions = len({line.treatment_id for line in invoice.lines} - {None})
    if not sessions:
        return None
    amount = said.of(sessions)
    return EstimateRow(said.number, amount, gross - amount)


def _replaced(invoice: Invoice) -> Other | None:
    """The cancelled invoice that this one was written for, with the credit that is left there."""
    if invoice.replaces_id is None:
        return None
    old = session().get_one(Invoice, invoice.replaces_id)
    return Other(old.id, old.number or "", old.state, credit_amount(old.state, old.gross_total, old.paid_total))


def _follower(invoice: Invoice) -> Other | None:
    """The invoice, draft or issued, that was written anew for this cancelled one."""
    if invoice.state != InvoiceState.CANCELLED.value:
        return None
    query: Any = (
        select(Invoice.id, Invoice.number, Invoice.state)
        .where(Invoice.replaces_id == invoice.id, Invoice.state != InvoiceState.DISCARDED.value)
        .order_by(Invoice.id.desc())
    )
    row = session().execute(scoped(query)).first()
    return Other(row.id, row.number or "", row.state) if row else None


def _other(invoice: Invoice) -> Other | None:
    """The cancellation of this invoice, or the invoice that this one cancels."""
    ends = or_(Invoice.cancels_id == invoice.id, Invoice.id == invoice.cancels_id)
    query: Any = select(Invoice.id, Invoice.number).where(ends)
    row = session().execute(scoped(query)).first()
    return Other(row.id, row.number) if row else None


def _history(invoice_id: int) -> tuple[HistoryRow, ...]:
    """Newest first."""
    query: Any = (
        select(Move.step, Move.at, Move.actor_name, Move.reason)
        .where(Move.noun == "invoice", Move.record_id == invoice_id)
        .order_by(Move.id.desc())
    )
    return tuple(HistoryRow(*tuple(row)) for row in session().execute(scoped(query)))
