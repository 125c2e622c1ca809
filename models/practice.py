"""The practice (the legal entity, its tax, bank and settings), its sites, its people and its devices."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Code, Euro, Factor, Hundredths, Id, Name, Prose, Scoped, Versioned, reference
from .rules.vat import VatRegime


class Practice(Base, Versioned):
    """The legal entity: it owns patients, number ranges and papers. Settings that the law leaves open stand here."""

    id: Mapped[Id]
    name: Mapped[Name]
    legal_form: Mapped[Name] = mapped_column(default="")
    group_kind: Mapped[Code] = mapped_column(default="single")  # single, joint_practice, shared_premises, mvz
    tax_number: Mapped[Code] = mapped_column(default="")
    vat_id: Mapped[Code] = mapped_column(default="")
    iban: Mapped[Code] = mapped_column(default="")
    bic: Mapped[Code] = mapped_column(default="")
    bank_name: Mapped[Name] = mapped_column(default="")
    account_holder: Mapped[str] = mapped_column(String(70), default="")  # EPC069-12 allows 70 characters
    federal_state: Mapped[str] = mapped_column(String(2), default="NW")  # holidays of § 193 BGB
    vat_regime: Mapped[Code] = mapped_column(default=VatRegime.STANDARD.value)
    vat_on_received: Mapped[bool] = mapped_column(Boolean, default=True)  # § 20 UStG; matters from the books on
    cash_regime: Mapped[Code] = mapped_column(default="none")  # domain 10.1 no. 4: no cash taking
    books_locked_until: Mapped[dt.date | None]
    payment_days: Mapped[int] = mapped_column(Integer, default=30)
    estimate_days: Mapped[int] = mapped_column(Integer, default=90)  # how long an estimate holds (domain 4.4)
    query_reminder_days: Mapped[int] = mapped_column(Integer, default=14)  # to ask whether the patient has sent it
    tablet_minutes: Mapped[int] = mapped_column(Integer, default=30)  # how long a tablet may show a paper
    reminder_days: Mapped[int] = mapped_column(Integer, default=10)  # what a friendly reminder asks for
    dunning_days: Mapped[int] = mapped_column(Integer, default=14)  # what a dunning letter asks for
    dunning_fee: Mapped[Euro] = mapped_column(default=Decimal(0))  # of the second letter: real cost (§ 309 no. 5 BGB)
    case_reading: Mapped[Code] = mapped_column(default="month")  # rules.deadlines.CaseReading, domain 10.1 no. 7
    consent_months: Mapped[int] = mapped_column(Integer, default=12)
    sign_agreement_on_screen: Mapped[bool] = mapped_column(Boolean, default=False)  # domain 10.1 no. 3

    sites: Mapped[list[Site]] = relationship(back_populates="practice", order_by="Site.id")


class Site(Base, Scoped):
    """A place of the practice: what stands in the letterhead."""

    id: Mapped[Id]
    name: Mapped[Name]
    street: Mapped[Name]
    postcode: Mapped[Code]
    city: Mapped[Name]
    telephone: Mapped[Code] = mapped_column(default="")
    email: Mapped[Name] = mapped_column(default="")
    website: Mapped[Name] = mapped_column(default="")

    practice: Mapped[Practice] = relationship(back_populates="sites")


class Staff(Base, Scoped):
    """A person who works here; actor_key ties a sign-in to it, without a foreign key to the host's users."""

    __table_args__ = (UniqueConstraint("practice_id", "actor_key"),)

    id: Mapped[Id]
    actor_key: Mapped[str | None]
    name: Mapped[Name]
    title: Mapped[Code] = mapped_column(default="")
    employment: Mapped[Code] = mapped_column(default="employed")  # owner, employed, locum, assistant
    engaged_from: Mapped[dt.date | None]
    engaged_to: Mapped[dt.date | None]

    physician: Mapped[Physician | None] = relationship(back_populates="staff")

    @property
    def full_name(self) -> str:
        return f"{self.title} {self.name}".strip()


class Physician(Base, Scoped):
    """What a physician brings beyond being staff: the licence and the proof of qualification under § 5 NiSV."""

    id: Mapped[Id]
    staff_id: Mapped[int] = reference("staff", unique=True, index=False)
    specialty: Mapped[Name] = mapped_column(default="")
    may_override: Mapped[bool] = mapped_column(Boolean, default=True)
    nisv_kind: Mapped[Name] = mapped_column(default="")
    nisv_issuer: Mapped[Name] = mapped_column(default="")
    nisv_on: Mapped[dt.date | None]
    nisv_scan_id: Mapped[int | None] = reference("blob", nullable=True)

    staff: Mapped[Staff] = relationship(back_populates="physician")


class Device(Base, Scoped):
    """A cryo or laser device with its limits; limits hold {"temperature_min": -89, "seconds_max": 30, ...}."""

    id: Mapped[Id]
    site_id: Mapped[int] = reference("site")
    method: Mapped[Code]  # cryo, laser
    name: Mapped[Name]
    maker: Mapped[Name] = mapped_column(default="")
    model: Mapped[Name] = mapped_column(default="")
    serial_number: Mapped[Name] = mapped_column(default="")
    udi: Mapped[Name] = mapped_column(default="")
    laser_class: Mapped[Code] = mapped_column(default="")
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    commissioned_on: Mapped[dt.date | None]
    notified_on: Mapped[dt.date | None]  # § 3 NiSV: at least two weeks before commissioning
    safety_check_due: Mapped[dt.date | None]
    retired_on: Mapped[dt.date | None]


class DeviceInstruction(Base, Scoped):
    """Who was instructed in a device, and when."""

    __table_args__ = (UniqueConstraint("device_id", "staff_id"),)

    id: Mapped[Id]
    device_id: Mapped[int] = reference("device")
    staff_id: Mapped[int] = reference("staff")
    instructed_on: Mapped[dt.date]


class Procedure(Base, Scoped, Versioned):
    """A kind of treatment in the practice's catalogue, with what decides something about it."""

    __table_args__ = (UniqueConstraint("practice_id", "code"),)

    id: Mapped[Id]
    code: Mapped[Code]  # cryopeeling, pigment_laser, tattoo_laser
    name_de: Mapped[Name]
    name_en: Mapped[Name]
    method: Mapped[Code]  # cryo, laser
    nisv: Mapped[bool] = mapped_column(Boolean, default=False)  # § 5(2) NiSV: physicians with proof only
    max_area_cm2: Mapped[Hundredths | None]  # small areas only; the practice sets the figure
    sun_days_before: Mapped[int] = mapped_column(Integer, default=28)
    sun_days_after: Mapped[int] = mapped_column(Integer, default=14)
    min_interval_days: Mapped[int] = mapped_column(Integer, default=0)
    talk_lead_days: Mapped[int] = mapped_column(Integer, default=1)
    talk_lead_warns: Mapped[bool] = mapped_column(Boolean, default=False)  # laser warns, cryo hints
    active: Mapped[bool] = mapped_column(Boolean, default=True)

    chain: Mapped[list[ProcedurePosition]] = relationship(order_by="ProcedurePosition.position")


class ProcedurePosition(Base, Scoped):
    """One fee of a procedure's usual chain."""

    id: Mapped[Id]
    procedure_id: Mapped[int] = reference("procedure")
    position: Mapped[int] = mapped_column(Integer)
    goae_number: Mapped[Code]
    factor: Mapped[Factor]
    analog_service: Mapped[Prose] = mapped_column(default="")
    reasons: Mapped[Prose] = mapped_column(default="")  # texts of § 12(3) GOÄ to choose from, one a line


class FavouritePosition(Base, Scoped):
    """A number of the fee schedule that the practice wants first in every search."""

    __table_args__ = (UniqueConstraint("practice_id", "goae_number"),)

    id: Mapped[Id]
    goae_number: Mapped[Code]


class Article(Base, Scoped, Versioned):
    """Goods that the practice sells beside its services: no GOÄ, a price of its own, VAT by its rate."""

    __table_args__ = (UniqueConstraint("practice_id", "name"),)

    id: Mapped[Id]
    name: Mapped[Name]
    unit: Mapped[Code] = mapped_column(default="Stück")
    net_price: Mapped[Euro]
    vat_rate: Mapped[Hundredths]  # per cent
    active: Mapped[bool] = mapped_column(Boolean, default=True)
