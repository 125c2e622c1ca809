"""Whom a patient allows to be told things, about what, until when; taken back at any time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ...models.disclosure import AuthorisedContact
from ...models.patient import Patient
from ...models.rules.severity import Finding, Severity, refuse_blocked
from ..errors import NotFound
from ..extension import session
from ..unit_of_work import locked


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactData:
    """Who may be told; scope is appointments, costs (and appointments) or everything; `how` it was allowed."""

    name: str
    scope: str
    allowed_on: dt.date
    relation: str = ""
    telephone: str = ""
    how: str = ""
    valid_until: dt.date | None = None


def allow_contact(patient_id: int, version: int | None, data: ContactData, today: dt.date) -> int:
    """Take down whom the patient allows to be told. Returns the id; raises NotFound, StalePage, RuleBroken."""
    patient: Patient = locked(Patient, patient_id, version)
    if patient.restricted_since:  # Art. 18 GDPR: for the desk there is no such patient
        raise NotFound(f"patient {patient_id}")
    refuse_blocked(contact_findings(data, today))
    contact = AuthorisedContact(
        practice_id=patient.practice_id, patient_id=patient.id, name=data.name, relation=data.relation,
        telephone=data.telephone, scope=data.scope, valid_until=data.valid_until, allowed_on=data.allowed_on,
        allowed_how=data.how,
    )  # fmt: skip
    session().add(contact)
    session().flush()
    return contact.id


def revoke_contact(contact_id: int, version: int | None, on: dt.date, today: dt.date) -> None:
    """From that day on nothing is told any more. Raises NotFound, StalePage, RuleBroken."""
    contact: AuthorisedContact = locked(AuthorisedContact, contact_id, version)
    refuse_blocked(revocation_findings(on, contact.allowed_on, contact.revoked_on, today))
    contact.revoked_on = on


def contact_findings(data: ContactData, today: dt.date) -> list[Finding]:
    """What cannot have been allowed: in the future, or for days gone by."""
    found = []
    if data.allowed_on > today:
        found.append(Finding("contact_allowed_in_future", Severity.BLOCK))
    if data.valid_until is not None and data.valid_until < today:
        found.append(Finding("contact_ends_before_start", Severity.BLOCK))
    return found


def revocation_findings(on: dt.date, allowed_on: dt.date, revoked_on: dt.date | None, today: dt.date) -> list[Finding]:
    """When an allowance cannot have been taken back: again, in the future, or before it was given."""
    if revoked_on is not None:
        return [Finding("contact_ended", Severity.BLOCK, "", {"on": revoked_on.isoformat()})]
    if on > today:
        return [Finding("contact_allowed_in_future", Severity.BLOCK)]
    if on < allowed_on:
        return [Finding("contact_ended_before_start", Severity.BLOCK, "", {"on": allowed_on.isoformat()})]
    return []
