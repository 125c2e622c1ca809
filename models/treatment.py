"""A treatment: one session of a course, with what was set and seen at each site."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Code, Hundredths, Id, Name, Prose, Scoped, Versioned, reference
from .course import Course, Lesion
from .freeze import Freeze
from .practice import Device, Staff


class Treatment(Base, Scoped, Versioned):
    """One session. happened_at (started_at) and documented_at are two times; a late or irregular entry is flagged."""

    __table_args__ = (
        Index("ix_kostenklar_treatment_by_day", "practice_id", "planned_on", "planned_time", "id"),
        Index("ix_kostenklar_treatment_unusual", "practice_id", "irregular", "planned_on", "planned_time", "id"),
        Index("ix_kostenklar_treatment_to_bill", "practice_id", "billing", "state", "id"),
        Index("ix_kostenklar_treatment_by_state", "practice_id", "state", "planned_on"),
    )

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    course_id: Mapped[int] = reference("course")
    site_id: Mapped[int] = reference("site")
    session_no: Mapped[int] = mapped_column(Integer)
    state: Mapped[Code] = mapped_column(default="planned")
    planned_on: Mapped[dt.date]
    planned_time: Mapped[Code] = mapped_column(default="")  # "10:30"
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    documented_at: Mapped[dt.datetime | None]
    documented_by: Mapped[Name] = mapped_column(default="")
    performed_by_id: Mapped[int | None] = reference("staff", nullable=True)
    supervised_by_id: Mapped[int | None] = reference("staff", nullable=True)
    device_id: Mapped[int | None] = reference("device", nullable=True)
    # the short re-check of this session (domain 10.1 no. 9)
    rechecked_at: Mapped[dt.datetime | None]
    recheck_tan: Mapped[bool | None] = mapped_column(Boolean)
    recheck_medicines: Mapped[bool | None] = mapped_column(Boolean)
    recheck_pregnancy: Mapped[bool | None] = mapped_column(Boolean)
    recheck_herpes: Mapped[bool | None] = mapped_column(Boolean)
    recheck_changes: Mapped[bool | None] = mapped_column(Boolean)
    recheck_note: Mapped[Prose] = mapped_column(default="")
    last_sun_on: Mapped[dt.date | None]
    minor_capable: Mapped[bool | None] = mapped_column(Boolean)  # a physician's judgement, asked for minors only
    minor_capable_by: Mapped[Name] = mapped_column(default="")
    test_spot: Mapped[Name] = mapped_column(default="")
    anaesthetic: Mapped[Name] = mapped_column(default="")
    eye_protection: Mapped[bool] = mapped_column(Boolean, default=False)
    immediate_reaction: Mapped[Name] = mapped_column(default="")
    note: Mapped[Prose] = mapped_column(default="")
    aftercare_handed: Mapped[bool] = mapped_column(Boolean, default=False)
    aftercare_paper_id: Mapped[int | None] = reference("issued_paper", nullable=True)
    end_reason: Mapped[Prose] = mapped_column(default="")  # why aborted or not started
    withdrawn_on_table: Mapped[bool] = mapped_column(
        Boolean, default=False
    )  # aborted because the consent was withdrawn
    irregular: Mapped[bool] = mapped_column(Boolean, default=False)
    irregular_reason: Mapped[Prose] = mapped_column(default="")
    irregular_by: Mapped[Name] = mapped_column(default="")
    billing: Mapped[Code] = mapped_column(default="open")  # open, billed, goodwill, not_billable

    course: Mapped[Course] = relationship()
    device: Mapped[Device | None] = relationship()
    performed_by: Mapped[Staff | None] = relationship(foreign_keys="Treatment.performed_by_id")
    supervised_by: Mapped[Staff | None] = relationship(foreign_keys="Treatment.supervised_by_id")
    sites: Mapped[list[TreatmentSite]] = relationship(order_by="TreatmentSite.id", cascade="all, delete-orphan")
    overrides: Mapped[list[GateOverride]] = relationship(order_by="GateOverride.id")


class TreatmentSite(Base, Scoped):
    """What was set at one lesion: probe temperature (°C), seconds, cycles, spots, area (cm²); for a laser wavelength
    (nm), fluence (J/cm²), spot (mm), pulse length with its unit ("10 ns"), repetition (Hz) and number of pulses.
    """

    id: Mapped[Id]
    treatment_id: Mapped[int] = reference("treatment")
    lesion_id: Mapped[int] = reference("lesion")
    probe: Mapped[Name] = mapped_column(default="")
    temperature_c: Mapped[Hundredths | None]
    seconds: Mapped[Hundredths | None]
    cycles: Mapped[int | None] = mapped_column(Integer)
    spots: Mapped[int | None] = mapped_column(Integer)
    area_cm2: Mapped[Hundredths | None]
    wavelength_nm: Mapped[int | None] = mapped_column(Integer)
    fluence_j_cm2: Mapped[Hundredths | None]
    spot_mm: Mapped[Hundredths | None]
    pulse_length: Mapped[Code] = mapped_column(default="")
    repetition_hz: Mapped[Hundredths | None]
    pulses: Mapped[int | None] = mapped_column(Integer)

    lesion: Mapped[Lesion] = relationship()


class GateOverride(Base, Scoped):
    """A physician or owner opened one item of the gate for one treatment, with a reason (domain 10.2).

    An item may be opened again: a new re-check asks for a new release.
    """

    __freeze__ = Freeze()

    id: Mapped[Id]
    treatment_id: Mapped[int] = reference("treatment")
    code: Mapped[Code]
    reason: Mapped[Prose]
    at: Mapped[dt.datetime]
    actor_key: Mapped[Name]
    actor_name: Mapped[Name]
