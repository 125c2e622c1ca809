"""Who stands on an invoice: recipient, physician, diagnosis, and which of their letters no paper can print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ...models.course import Course
from ...models.invoice import Invoice
from ...models.patient import Patient
from ...models.practice import Practice, Staff
from ...models.rules.e_invoice import HOME, EInvoiceDuty, e_invoice_duty
from ...models.rules.issue import RecipientFacts
from ...models.treatment import Treatment


def recipient_of(patient: Patient) -> RecipientFacts:
    """Whoever pays for the patient, else the patient."""
    other = patient.recipient
    if other:
        return RecipientFacts(*(str(other.get(key) or "") for key in ("name", "street", "postcode", "city")))
    return RecipientFacts(patient.full_name, patient.street, patient.postcode, patient.city)


def duty_towards(patient: Patient, on: dt.date, *, taxed: bool) -> EInvoiceDuty:
    """Whether whoever pays for the patient is a company that needs an electronic invoice."""
    other = patient.recipient or {}
    if patient.e_invoice and (other.get("country") or HOME) == HOME:
        return EInvoiceDuty.NONE  # it gets one
    return e_invoice_duty(
        company=bool(other.get("company")), country=str(other.get("country") or HOME), taxed=taxed, on=on
    )


def physician_of(treatments: Iterable[Treatment]) -> Staff | None:
    """Who answers for the service (§ 4(2) GOÄ): the physician who treated, else the one who supervised."""
    for treatment in treatments:
        for staff in (treatment.performed_by, treatment.supervised_by):
            if staff is not None and staff.physician is not None:
                return staff
    return None


def diagnosis_of(course: Course) -> str:
    """The diagnosis with its code, e.g. "Lentigo solaris (L81.4 G R)"; "" where none is recorded."""
    code = " ".join(part for part in (course.icd_code, course.icd_certainty, course.icd_side) if part)
    if not course.icd_code:
        return course.diagnosis
    return f"{course.diagnosis} ({code})" if course.diagnosis else code


def unprintable(invoice: Invoice, practice: Practice, physician: Staff | None) -> tuple[str, ...]:
    """The characters that the papers' face lacks, from all that somebody typed, each once."""
    from ...reports.layout.fonts import missing_characters

    patient, procedure = invoice.patient, invoice.course.procedure
    typed = [
        patient.full_name, patient.street, patient.city, *(str(value) for value in (patient.recipient or {}).values()),
        practice.name, practice.account_holder, practice.bank_name, physician.full_name if physician else "",
        diagnosis_of(invoice.course), procedure.name_de, procedure.name_en,
        *(text for line in invoice.lines for text in (line.service, line.analog_service, line.body_site, line.reason)),
    ]  # fmt: skip
    return tuple(missing_characters("\n".join(typed)))
