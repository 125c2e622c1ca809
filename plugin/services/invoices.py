"""The invoice from the treatment on: draft, change of a line, owner's override, discard, and the hand-over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from ...models.course import place
from ...models.invoice import Invoice, InvoiceLine
from ...models.practice import Practice
from ...models.rules.billing import (
    LASER_NUMBERS,
    Billing,
    chain_empty,
    check_billable,
    check_delivery,
    position_unknown,
)
from ...models.rules.goae import fee, to_factor
from ...models.rules.severity import RuleBroken, refuse_blocked
from ...models.rules.states import INVOICE, InvoiceState, InvoiceStep, TreatmentState
from ...models.rules.vat import Indication, VatRegime, on_demand, vat_rate
from ...models.treatment import Treatment
from ...reports.content.formats import area
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from ..queries.fees import positions
from ..queries.invoice_drafts import service_day, treated_area, treated_indication
from ..queries.invoice_people import physician_of
from ..unit_of_work import locked
from .fees import PricedService, chain, position
from .moves import move

_GONE = (InvoiceState.CANCELLED.value, InvoiceState.DISCARDED.value)


@dataclass(frozen=True, slots=True)
class LineChange:
    """What the desk may change in a line; the indication is a physician's decision about the lesions."""

    factor: Decimal
    quantity: int
    reason: str
    clock_time: str  # "10:30" or ""


def draft_invoice(treatment_id: int) -> int:
    """The id of the treatment's invoice: the one that is there, else a new draft from the procedure's chain.

    Raises RuleBroken where nothing can be billed.
    """
    treatment: Treatment = locked(Treatment, treatment_id)
    if there := invoice_for(treatment_id):
        return there
    refuse_blocked(check_billable(TreatmentState(treatment.state), Billing(treatment.billing)))
    physician = physician_of([treatment])
    invoice = Invoice(
        practice_id=treatment.practice_id,
        patient_id=treatment.patient_id,
        course_id=treatment.course_id,
        site_id=treatment.site_id,
        physician_id=physician.id if physician else None,
    )
    invoice.lines = _lines(treatment)
    session().add(invoice)
    session().flush()
    return invoice.id


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


def change_line(invoice_id: int, version: int | None, line_id: int, change: LineChange) -> None:
    """Set factor, quantity, reason and clock time of a draft's line. Raises FactorRefused for a factor that is none."""
    invoice = _open_draft(invoice_id, version)
    line = next((entry for entry in invoice.lines if entry.id == line_id), None)
    if line is None:
        raise NotFound(f"line {line_id} of invoice {invoice_id}")
    line.factor = to_factor(change.factor)
    line.quantity = change.quantity
    line.net = fee(position(line.goae_number, line.service_on), change.factor) * change.quantity
    line.reason = change.reason
    line.clock_time = change.clock_time


def override_agreement(invoice_id: int, version: int | None, reason: str) -> None:
    """The owner takes the invoice without the written agreement upon themselves (domain 10.2); the audit says who."""
    _open_draft(invoice_id, version).without_agreement_reason = reason


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


def _open_draft(invoice_id: int, version: int | None) -> Invoice:
    """Raises StepNotAllowed where the invoice is no draft any more."""
    invoice: Invoice = locked(Invoice, invoice_id, version)
    INVOICE.advance(InvoiceState(invoice.state), InvoiceStep.DISCARD)
    return invoice


def _lines(treatment: Treatment) -> list[InvoiceLine]:
    day = service_day(treatment)
    procedure = treatment.course.procedure
    known = positions([entry.goae_number for entry in procedure.chain], day)
    for entry in procedure.chain:
        found = known.get(entry.goae_number)
        if found is None or found.points is None:
            raise RuleBroken([position_unknown(entry.goae_number, day)])
    services = chain(procedure, day)
    if not services:
        raise RuleBroken([chain_empty()])
    regime = VatRegime(session().get_one(Practice, treatment.practice_id).vat_regime)
    return [_line(treatment, day, regime, index, service) for index, service in enumerate(services, start=1)]


def _line(treatment: Treatment, day: dt.date, regime: VatRegime, index: int, service: PricedService) -> InvoiceLine:
    language = treatment.course.patient.language
    indication = treated_indication(treatment)
    return InvoiceLine(
        practice_id=treatment.practice_id,
        treatment_id=treatment.id,
        position=index,
        service_on=day,
        goae_number=service.position.number,
        service=service.position.text,
        analog_service=_really_done(treatment, service),
        body_site=", ".join(
            dict.fromkeys(place(entry.lesion.site, entry.lesion.side, language) for entry in treatment.sites)
        ),
        points=service.position.points,
        factor=service.factor,
        quantity=1,
        net=service.net,
        indication=indication.value,
        vat_rate=rate_kept(indication, regime),
        on_demand=on_demand(indication),
    )


def _really_done(treatment: Treatment, service: PricedService) -> str:
    """The service of an analogous line, for a laser with the area that it is charged by (§ 12(4) GOÄ)."""
    treated = treated_area(treatment)
    if not service.analog_service or not treated or service.position.number not in LASER_NUMBERS:
        return service.analog_service
    return f"{service.analog_service}, {area(treated, 'en' if treatment.course.patient.language == 'en' else 'de')}"


def rate_kept(indication: Indication, regime: VatRegime) -> Decimal | None:
    """What a line keeps: the rate in per cent, none where it is exempt or not decided."""
    return vat_rate(indication, regime) or None
