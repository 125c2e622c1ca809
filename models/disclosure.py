"""What went out and what came in: the log of disclosures, and incoming scans until they are filed to a case."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Code, Id, Name, Prose, Scoped, Versioned, reference
from .freeze import Freeze


class Disclosure(Base, Scoped):
    """Who told, printed or exported what to whom, and how the identity was checked."""

    __table_args__ = (Index("ix_kostenklar_disclosure_by_patient", "patient_id", "at"),)
    __freeze__ = Freeze()

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient", index=False)
    at: Mapped[dt.datetime]
    actor_key: Mapped[Name]
    actor_name: Mapped[Name]
    what: Mapped[Code]  # told, printed, sent, exported
    noun: Mapped[Code]  # what it was about: clarification, patient, papers
    record_id: Mapped[int | None]
    sentence: Mapped[Prose] = mapped_column(default="")  # what was read aloud
    told_name: Mapped[Name] = mapped_column(default="")
    told_role: Mapped[Code] = mapped_column(default="")  # patient, guardian, contact, policyholder
    identity: Mapped[Code] = mapped_column(default="")  # birth_date, callback, known, number


class AuthorisedContact(Base, Scoped, Versioned):
    """Whom the patient allows to be told, and about what, until when."""

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    name: Mapped[Name]
    relation: Mapped[Name] = mapped_column(default="")
    telephone: Mapped[Code] = mapped_column(default="")
    scope: Mapped[Code] = mapped_column(default="appointments")  # appointments, costs, everything
    valid_until: Mapped[dt.date | None]
    allowed_on: Mapped[dt.date]
    allowed_how: Mapped[Name] = mapped_column(default="")
    revoked_on: Mapped[dt.date | None]


class IncomingScan(Base, Scoped, Versioned):
    """A letter or signed paper as it came in; filed to its case by the number that stands on it."""

    __table_args__ = (Index("ix_kostenklar_incoming_scan_open", "practice_id", "state", "id"),)

    id: Mapped[Id]
    blob_id: Mapped[int] = reference("blob")
    state: Mapped[Code] = mapped_column(default="waiting")  # waiting, filed, put_aside
    received_on: Mapped[dt.date]
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[Name]
    file_name: Mapped[Name] = mapped_column(default="")
    note: Mapped[Prose] = mapped_column(default="")
    patient_id: Mapped[int | None] = reference("patient", nullable=True)
    noun: Mapped[Code] = mapped_column(default="")  # clarification, consent, cost_notice, case_grant, fee_agreement
    record_id: Mapped[int | None]
    filed_at: Mapped[dt.datetime | None]
    filed_by: Mapped[Name] = mapped_column(default="")
