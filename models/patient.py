"""The patient with telephones, representatives, search keys and insurance policies, and the insurers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Cents, Code, Factor, Hundredths, Id, Name, Prose, Scoped, SortKey, Versioned, partial, reference


class Patient(Base, Scoped, Versioned):
    """A patient of one practice. restricted_since (Art. 18 GDPR) takes the record out of every list of the desk."""

    __table_args__ = (
        UniqueConstraint("practice_id", "number"),
        Index("ix_kostenklar_patient_by_name", "practice_id", "sort_key", "id"),
        partial("ix_kostenklar_patient_restricted", "id", where="restricted_since IS NOT NULL"),
    )

    id: Mapped[Id]
    number: Mapped[Code]
    external_id: Mapped[Code] = mapped_column(default="")  # in the practice system
    kvnr: Mapped[Code] = mapped_column(default="")
    title: Mapped[Code] = mapped_column(default="")
    first_name: Mapped[Name]
    last_name: Mapped[Name]
    birth_name: Mapped[Name] = mapped_column(default="")
    birth_date: Mapped[dt.date]
    sex: Mapped[str] = mapped_column(String(1), default="")  # m, w, d, x or unknown
    street: Mapped[Name] = mapped_column(default="")
    postcode: Mapped[Code] = mapped_column(default="")
    city: Mapped[Name] = mapped_column(default="")
    country: Mapped[str] = mapped_column(String(2), default="DE")
    email: Mapped[Name] = mapped_column(default="")
    email_consent: Mapped[bool] = mapped_column(Boolean, default=False)
    language: Mapped[str] = mapped_column(String(2), default="de")  # of the papers
    skin_type: Mapped[int | None] = mapped_column(Integer)  # Fitzpatrick 1 to 6
    skin_sensitive: Mapped[bool] = mapped_column(Boolean, default=False)  # very sensitive skin may scar (domain 11)
    # invoice recipient if not the patient: name, street, postcode, city, country (ISO 3166, "DE"), company (bool)
    recipient: Mapped[dict[str, Any] | None]
    e_invoice: Mapped[bool] = mapped_column(Boolean, default=False)  # the recipient wants the XML inside: health data
    privacy_version: Mapped[Code] = mapped_column(default="")
    privacy_at: Mapped[dt.datetime | None]
    restricted_since: Mapped[dt.datetime | None]
    legal_hold: Mapped[Prose] = mapped_column(default="")
    merged_into_id: Mapped[int | None] = reference("patient", nullable=True)
    sort_key: Mapped[SortKey]

    phones: Mapped[list[PatientPhone]] = relationship(order_by="PatientPhone.id", cascade="all, delete-orphan")
    policies: Mapped[list[Policy]] = relationship(order_by="Policy.id")
    representatives: Mapped[list[Representative]] = relationship(
        order_by="Representative.id", cascade="all, delete-orphan"
    )

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.title, self.first_name, self.last_name) if part)


class PatientPhone(Base, Scoped):
    """A telephone number and whether a message may be left there."""

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    kind: Mapped[Code] = mapped_column(default="private")  # private, mobile, work
    number: Mapped[Code]
    may_leave_message: Mapped[bool] = mapped_column(Boolean, default=False)


class Representative(Base, Scoped):
    """Who acts for a patient: a parent or guardian, with the custody and the proof that was seen."""

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    name: Mapped[Name]
    kind: Mapped[Code]  # parent, guardian, carer
    sole_custody: Mapped[bool] = mapped_column(Boolean, default=False)
    proof_seen_by: Mapped[Name] = mapped_column(default="")
    proof_seen_at: Mapped[dt.datetime | None]


class PatientKey(Base, Scoped):
    """A folded search key (name both ways, ü as ue and as u; birth date; telephone; number): a prefix finds it."""

    __table_args__ = (Index("ix_kostenklar_patient_key_search", "practice_id", "key", "patient_id"),)
    __no_audit__ = True  # made of what stands in the patient's row, whose changes are kept

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    key: Mapped[SortKey]


class Insurer(Base, Scoped, Versioned):
    """A statutory fund, private insurer or Beihilfe authority."""

    id: Mapped[Id]
    name: Mapped[Name]
    kind: Mapped[Code]  # gkv, pkv, beihilfe
    ik: Mapped[Code] = mapped_column(default="")  # Institutionskennzeichen, 9 digits
    department: Mapped[Name] = mapped_column(default="")
    street: Mapped[Name] = mapped_column(default="")
    postcode: Mapped[Code] = mapped_column(default="")
    city: Mapped[Name] = mapped_column(default="")
    fax: Mapped[Code] = mapped_column(default="")
    portal: Mapped[Name] = mapped_column(default="")
    own_release_form: Mapped[bool] = mapped_column(Boolean, default=False)


class Policy(Base, Scoped):
    """One insurance of a patient; several hold at once (private 50 %, Beihilfe 50 %)."""

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    insurer_id: Mapped[int | None] = reference("insurer", nullable=True)
    kind: Mapped[Code]  # rules.payers.PolicyKind
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    contract_no: Mapped[Code] = mapped_column(default="")
    insured_no: Mapped[Code] = mapped_column(default="")
    tariff: Mapped[Name] = mapped_column(default="")
    percentage: Mapped[Hundredths | None]
    deductible: Mapped[Decimal | None] = mapped_column(Cents)
    max_factor: Mapped[Factor | None]
    holder_name: Mapped[Name] = mapped_column(default="")  # policyholder if not the patient
    holder_street: Mapped[Name] = mapped_column(default="")
    holder_postcode: Mapped[Code] = mapped_column(default="")
    holder_city: Mapped[Name] = mapped_column(default="")
    holder_country: Mapped[str] = mapped_column(String(2), default="DE")
    holder_birth_date: Mapped[dt.date | None]

    insurer: Mapped[Insurer | None] = relationship()
