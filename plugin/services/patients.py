"""Patients: taking them in, changing their data, and the search keys under which they are found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, exists, select

from ...models.patient import Patient, PatientKey, PatientPhone, Representative
from ...models.rules.numbering import NumberKind
from ...models.rules.patient_search import patient_keys, phonetic_keys, sort_key
from ...models.rules.phonetic import MARK
from ..access import practices
from ..clock import BERLIN, at_berlin, now
from ..errors import NotFound
from ..extension import actor, session
from ..unit_of_work import SYSTEM, locked
from .numbers import draw
from .policies import PolicyData, add_policy


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneData:
    """A telephone number; kind is private, mobile or work."""

    number: str
    kind: str = "private"
    may_leave_message: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeData:
    """Who acts for a patient; kind is parent, guardian or carer. proof_seen: the paper lay on the desk."""

    name: str
    kind: str = "parent"
    sole_custody: bool = False
    proof_seen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientData:
    """Who gets the invoices instead of the patient."""

    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "DE"
    company: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientData:
    """What the desk knows of a person; "" and None mean that it does not know."""

    last_name: str
    first_name: str
    birth_date: dt.date
    title: str = ""
    birth_name: str = ""
    sex: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "DE"
    email: str = ""
    email_consent: bool = False
    language: str = "de"
    kvnr: str = ""
    external_id: str = ""
    skin_type: int | None = None
    skin_sensitive: bool = False
    privacy_version: str = ""
    privacy_on: dt.date | None = None
    phones: tuple[PhoneData, ...] = ()
    representatives: tuple[RepresentativeData, ...] = ()
    recipient: RecipientData | None = None
    e_invoice: bool = False


_PLAIN = (
    "last_name", "first_name", "birth_date", "title", "birth_name", "sex", "street", "postcode", "city", "country",
    "email", "email_consent", "language", "kvnr", "external_id", "skin_type", "skin_sensitive",
    "privacy_version", "e_invoice",
)  # fmt: skip


def register_patient(practice_id: int, data: PatientData, policies: Sequence[PolicyData] = ()) -> int:
    """Take a patient in, with the next number of the practice. Returns the id; raises NotFound for another practice."""
    if practice_id not in practices():
        raise NotFound(f"practice {practice_id}")
    patient = Patient(practice_id=practice_id, number=draw(practice_id, NumberKind.PATIENT, 0))
    _write(patient, data)
    session().add(patient)
    session().flush()
    for policy in policies:
        add_policy(patient, policy)
    rewrite_keys(patient)
    return patient.id


def change_patient(patient_id: int, version: int | None, data: PatientData) -> None:
    """Write what the form says now. Raises NotFound, StalePage."""
    patient = locked(Patient, patient_id, version)
    if patient.restricted_since:  # Art. 18 GDPR: for the desk there is no such patient
        raise NotFound(f"patient {patient_id}")
    _write(patient, data)
    session().flush()
    rewrite_keys(patient)


def rewrite_keys(patient: Patient) -> None:
    """Bring the search keys in line with the patient's names, birth date, telephones and numbers."""
    wanted = patient_keys(
        last_name=patient.last_name,
        first_name=patient.first_name,
        birth_name=patient.birth_name,
        birth_date=patient.birth_date,
        numbers=(patient.number, patient.external_id, patient.kvnr),
        phones=[phone.number for phone in patient.phones],
    ) | phonetic_keys(last_name=patient.last_name, first_name=patient.first_name, birth_name=patient.birth_name)
    there = set(session().scalars(select(PatientKey.key).where(PatientKey.patient_id == patient.id)))
    if gone := there - wanted:
        session().execute(
            delete(PatientKey)
            .where(PatientKey.patient_id == patient.id, PatientKey.key.in_(gone))
            .execution_options(synchronize_session=False)
        )
    new = sorted(wanted - there)
    session().add_all(PatientKey(practice_id=patient.practice_id, patient_id=patient.id, key=key) for key in new)
    session().flush()


def give_phonetic_keys(most: int) -> int:
    """Patients of every practice who were taken in before names were kept by their sound get their keys; how many.

    A job does it, `most` patients a step; until then they are found as before, only not by their sound.
    """
    heard = exists().where(PatientKey.patient_id == Patient.id, PatientKey.key == MARK)
    found = list(session().scalars(select(Patient).where(~heard).order_by(Patient.id).limit(most)))
    for patient in found:
        rewrite_keys(patient)
    return len(found)


def _write(patient: Patient, data: PatientData) -> None:
    for name in _PLAIN:
        setattr(patient, name, getattr(data, name))
    patient.sort_key = sort_key(data.last_name, data.first_name)
    patient.recipient = asdict(data.recipient) if data.recipient else None
    if data.privacy_on != _day(patient.privacy_at):  # the day is what the desk knows; an instant once kept stays
        patient.privacy_at = at_berlin(data.privacy_on, dt.time(0)) if data.privacy_on else None
    _write_phones(patient, data.phones)
    _write_representatives(patient, data.representatives)


def _write_phones(patient: Patient, phones: Sequence[PhoneData]) -> None:
    del patient.phones[len(phones) :]
    for index, data in enumerate(phones):
        if index == len(patient.phones):
            patient.phones.append(PatientPhone(practice_id=patient.practice_id))
        phone = patient.phones[index]
        phone.number, phone.kind, phone.may_leave_message = data.number, data.kind, data.may_leave_message


def _write_representatives(patient: Patient, representatives: Sequence[RepresentativeData]) -> None:
    del patient.representatives[len(representatives) :]
    for index, data in enumerate(representatives):
        if index == len(patient.representatives):
            patient.representatives.append(Representative(practice_id=patient.practice_id))
        _write_representative(patient.representatives[index], data)


def _write_representative(record: Representative, data: RepresentativeData) -> None:
    """A proof stays with the person for whom it was seen: another name, or another claim, needs it seen again."""
    same = (record.name, record.kind, record.sole_custody) == (data.name, data.kind, data.sole_custody)
    record.name, record.kind, record.sole_custody = data.name, data.kind, data.sole_custody
    if not data.proof_seen:
        record.proof_seen_by, record.proof_seen_at = "", None
    elif record.proof_seen_at is None or not same:
        record.proof_seen_by, record.proof_seen_at = (actor() or SYSTEM).name, now()


def _day(at: dt.datetime | None) -> dt.date | None:
    return at.astimezone(BERLIN).date() if at else None
