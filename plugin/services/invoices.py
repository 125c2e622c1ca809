"""The invoice from the treatment on: draft, owner's override, discard, and the hand-over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from ...models.invoice import Invoice, InvoiceLine
from ...models.rules.billing import (
    Billing,
    check_billable,
    check_delivery,
    nothing_to_bill,
    session_on_invoice,
)
from ...models.rules.severity import RuleBroken, refuse_blocked
from ...models.rules.states import InvoiceState, InvoiceStep, StepNotAllowed, TreatmentState
from ...models.treatment import Treatment
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from ..queries.invoice_people import physician_of
from ..unit_of_work import locked
from .draft_lines import open_draft
from .invoice_lines import copied, lines_of_sessions
from .moves import move

_GONE = (InvoiceState.CANCELLED.value, InvoiceState.DISCARDED.value)


def draft_invoice(treatment_id: int) -> int:
    """The id of the treatment's invoice: the one that is there, else a new draft from the procedure's chain.

    Raises RuleBroken where nothing can be billed.
    """
    treatment: Treatment = locked(Treatment, treatment_id)
    return invoice_for(treatment_id) or _drafted([treatment]).id


def draft_course_invoice(course_id: int, treatment_ids: Sequence[int]) -> int:
    """The id of one draft over these sessions of the course; the one that is there if it bills just these.

    Raises RuleBroken where none is chosen, one cannot be billed or stands on another invoice, and NotFound for a
    session of another course.
    """
    treatments: list[Treatment] = [locked(Treatment, treatment_id) for treatment_id in sorted(set(treatment_ids))]
    if any(treatment.course_id != course_id for treatment in treatments):
        raise NotFound(f"sessions of course {course_id}")
    there = {invoice_id for treatment in treatments if (invoice_id := invoice_for(treatment.id))}
    if there:
        return _same_sessions(there, treatments)
    return _drafted(treatments).id


def reissue_invoice(invoice_id: int, version: int | None) -> int:
    """The id of the new draft that follows a cancelled invoice: the same lines, to be changed there.

    The one that is there is returned. Raises StepNotAllowed for an invoice that is not cancelled, RuleBroken where a
    session was billed elsewhere since.
    """
    old: Invoice = locked(Invoice, invoice_id, version)
    if old.state != InvoiceState.CANCELLED.value:
        raise StepNotAllowed(InvoiceState(old.state), InvoiceStep.ISSUE)
    if there := follower_of(invoice_id):
        return there
    ids = sorted({line.treatment_id for line in old.lines if line.treatment_id is not None})
    treatments: list[Treatment] = [locked(Treatment, treatment_id) for treatment_id in ids]
    if there_too := {found for treatment in treatments if (found := invoice_for(treatment.id))}:
        return _same_sessions(there_too, treatments)
    invoice = _drafted(treatments, lines=copied(old.lines)) if treatments else _of_goods(old)
    invoice.replaces_id, invoice.with_diagnosis = old.id, old.with_diagnosis
    session().flush()
    return invoice.id


def follower_of(invoice_id: int) -> int | None:
    """The id of the invoice that was written anew for this cancelled one, draft or issued."""
    found: int | None = session().scalar(
        scoped(
            select(Invoice.id)
            .where(Invoice.replaces_id == invoice_id, Invoice.state.not_in(_GONE))
            .order_by(Invoice.id.desc())
            .limit(1)
        )
    )
    return found


def _of_goods(old: Invoice) -> Invoice:
    """A new draft after an invoice that billed no session."""
    invoice = Invoice(
        practice_id=old.practice_id, patient_id=old.patient_id, course_id=old.course_id, site_id=old.site_id
    )
    invoice.lines = copied(old.lines)
    session().add(invoice)
    return invoice


def _same_sessions(there: set[int], treatments: Sequence[Treatment]) -> int:
    """The one invoice that bills exactly these sessions. Raises RuleBroken where another one bills some of them."""
    invoice = session().get_one(Invoice, min(there))
    billed = {line.treatment_id for line in invoice.lines}
    if len(there) == 1 and billed == {treatment.id for treatment in treatments}:
        return invoice.id
    raise RuleBroken([session_on_invoice(invoice.number or "")])


def _drafted(treatments: Sequence[Treatment], lines: list[InvoiceLine] | None = None) -> Invoice:
    """A new draft over locked sessions of one course."""
    if not treatments:
        raise RuleBroken([nothing_to_bill()])
    for treatment in treatments:
        refuse_blocked(check_billable(TreatmentState(treatment.state), Billing(treatment.billing)))
    first = treatments[0]
    physician = physician_of(treatments)
    invoice = Invoice(
        practice_id=first.practice_id,
        patient_id=first.patient_id,
        course_id=first.course_id,
        site_id=first.site_id,
        physician_id=physician.id if physician else None,
    )
    invoice.lines = lines_of_sessions(treatments) if lines is None else lines
    session().add(invoice)
    session().flush()
    return invoice


def invoice_for(treatment_id: int) -> int | None:
    """The id of the invoice that bills the treatment now, draft or issued."""
    found: int | None = session().scalar(
        scoped(
            select(Invoice.id)
            .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
            .where(InvoiceLine.treatment_id == treatment_id, Invoice.kind == "invoice", Invoice.state.not_in(_GONE))
            .order_by(Invoice.id)
            .limit(1)
        )
    )
    return found


def override_agreement(invoice_id: int, version: int | None, reason: str) -> None:
    """The owner takes the invoice without the written agreement upon themselves (domain 10.2); the audit says who."""
    open_draft(invoice_id, version).without_agreement_reason = reason


def choose_diagnosis(invoice_id: int, version: int | None, *, shown: bool) -> None:
    """Whether the diagnosis will stand on the paper; until somebody chooses, it follows the payer."""
    open_draft(invoice_id, version).with_diagnosis = shown


def discard_invoice(invoice_id: int, version: int | None) -> None:
    """Put a draft away; it never had a number, and the treatment can be billed anew."""
    move(locked(Invoice, invoice_id, version), InvoiceStep.DISCARD)


def record_delivery(invoice_id: int, version: int | None, delivered_on: dt.date, how: str) -> None:
    """Note when and how the paper reached the patient: default begins with it (§ 286(3) BGB)."""
    invoice: Invoice = locked(Invoice, invoice_id, version)
    if invoice.issued_on is None:
        raise NotFound(f"issued invoice {invoice_id}")
    mail_allowed = bool(invoice.patient.email and invoice.patient.email_consent)
    refuse_blocked(check_delivery(invoice.issued_on, delivered_on, by_mail=how == "email", mail_allowed=mail_allowed))
    invoice.delivered_on = delivered_on
    invoice.delivered_how = how
    if invoice.state == InvoiceState.ISSUED.value and invoice.kind == "invoice":
        move(invoice, InvoiceStep.SEND)
