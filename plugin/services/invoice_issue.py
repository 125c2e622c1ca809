"""Issues a draft: what can fail comes first, the number is drawn last, all in one transaction (promise 3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ...models.invoice import Invoice
from ...models.rules.billing import Billing, check_billable, draft_changed
from ...models.rules.numbering import NumberKind
from ...models.rules.severity import RuleBroken, refuse_blocked
from ...models.rules.states import INVOICE, InvoiceState, InvoiceStep, TreatmentState
from ...models.treatment import Treatment
from ...reports.content.invoice import InvoiceContent
from ..extension import session
from ..queries.invoice_drafts import Draft, draft_of
from ..unit_of_work import locked
from .invoice_lines import rate_kept
from .invoice_papers import invoice_content, refuse_unprintable, said_in_a_sentence
from .moves import move
from .numbers import draw
from .papers import issue


def issue_invoice(invoice_id: int, version: int | None, shown: str, today: dt.date) -> Invoice:
    """Freeze the draft under the next number, with its paper; its treatments are billed from then on.

    `shown` is the fingerprint of the draft that the page showed. Raises RuleBroken (also where the draft has changed
    since), StepNotAllowed, StalePage.
    """
    invoice: Invoice = locked(Invoice, invoice_id, version)
    INVOICE.advance(InvoiceState(invoice.state), InvoiceStep.ISSUE)
    for treatment in locked_treatments(invoice):
        refuse_blocked(check_billable(TreatmentState(treatment.state), Billing(treatment.billing)))
        treatment.billing = Billing.BILLED.value
    draft = draft_of(invoice, today)
    refuse_blocked(draft.findings)
    if draft.fingerprint != shown:
        raise RuleBroken([draft_changed()])
    content = invoice_content(draft, today)
    refuse_unprintable(content)
    _settle(draft)
    _number(draft, content, today)
    return invoice


def locked_treatments(invoice: Invoice) -> list[Treatment]:
    """The treatments that the invoice bills, each locked, always in the same order."""
    ids = {line.treatment_id for line in invoice.lines if line.treatment_id is not None}
    return [locked(Treatment, treatment_id) for treatment_id in sorted(ids)]


def _settle(draft: Draft) -> None:
    """Write into the lines what was decided by now; they cannot change once the invoice has its paper."""
    for record, line in zip(draft.invoice.lines, draft.lines, strict=True):
        record.indication = line.indication.value
        record.vat_rate = rate_kept(line, draft.regime)
        record.on_demand = line.on_demand
        record.agreement_on = line.agreement_signed_on
    session().flush()


def _number(draft: Draft, content: InvoiceContent, today: dt.date) -> None:
    invoice, totals = draft.invoice, draft.totals
    assert totals is not None  # an undecided line blocks
    number = draw(invoice.practice_id, NumberKind.INVOICE, today.year)
    with said_in_a_sentence():
        paper = issue(
            replace(content, number=number),
            practice_id=invoice.practice_id,
            patient_id=invoice.patient_id,
            number=number,
            issued_on=today,
        )
    invoice.number = number
    invoice.paper_id = paper.id
    invoice.issued_on = today
    invoice.due_on = draft.pay_by
    invoice.physician_id = draft.physician.id if draft.physician else None
    invoice.diagnosis = draft.diagnosis
    invoice.net_total, invoice.vat_total, invoice.gross_total = totals.net, totals.vat, totals.gross
    move(invoice, InvoiceStep.ISSUE)


def preview(invoice: Invoice, today: dt.date) -> bytes:
    """The PDF of a draft as it would be today: without number and GiroCode, stored nowhere. Raises RuleBroken."""
    from ...reports.render import render_paper

    with said_in_a_sentence():
        return render_paper(invoice_content(draft_of(invoice, today), today, preview=True))
