"""A course: the planned series of treatments with its lesions and their indication, and the explanation talk."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Code, Hundredths, Id, Name, Prose, Scoped, Versioned, partial, reference
from .patient import Patient
from .practice import Procedure, Staff

_SIDES = {
    "de": {"R": "rechts", "L": "links", "B": "beidseits"},
    "en": {"R": "right", "L": "left", "B": "both sides"},
}


def place(site: str, side: str, language: str = "de") -> str:
    """Site and side in one, "Handrücken rechts": how consents, the gate and papers name a lesion."""
    return f"{site} {_SIDES[language].get(side, '')}".strip()


class Course(Base, Scoped, Versioned):
    """The series one patient plans with one procedure."""

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    procedure_id: Mapped[int] = reference("procedure")
    title: Mapped[Name]
    sessions_min: Mapped[int] = mapped_column(Integer, default=1)
    sessions_max: Mapped[int] = mapped_column(Integer, default=1)
    next_planned_on: Mapped[dt.date | None]
    diagnosis: Mapped[Name] = mapped_column(default="")
    icd_code: Mapped[Code] = mapped_column(default="")
    icd_certainty: Mapped[str] = mapped_column(String(1), default="")  # G, V, Z, A
    icd_side: Mapped[str] = mapped_column(String(1), default="")  # L, R, B
    icd_year: Mapped[int | None] = mapped_column(Integer)
    ended_on: Mapped[dt.date | None]

    patient: Mapped[Patient] = relationship()
    procedure: Mapped[Procedure] = relationship()
    lesions: Mapped[list[Lesion]] = relationship(order_by="Lesion.id", back_populates="course")
    explanations: Mapped[list[Explanation]] = relationship(order_by="Explanation.id")


class Lesion(Base, Scoped):
    """What is treated at one site; a physician sets its indication and confirms that it is benign (domain 10.1)."""

    __table_args__ = (partial("ix_kostenklar_lesion_unchecked", "course_id", where="benign_on IS NULL"),)

    id: Mapped[Id]
    course_id: Mapped[int] = reference("course")
    kind: Mapped[Code]  # age_spot, mole, scar, age_wart, pigment_spot, tattoo
    site: Mapped[Name]
    side: Mapped[str] = mapped_column(String(1), default="")
    size_mm: Mapped[Hundredths | None]
    count: Mapped[int] = mapped_column(Integer, default=1)
    pigmented: Mapped[bool] = mapped_column(Boolean, default=True)
    ink_colours: Mapped[Name] = mapped_column(default="")  # of a tattoo, codes parted by commas
    ink_may_darken: Mapped[bool] = mapped_column(Boolean, default=False)  # iron oxide and the like (domain 11 no. 11)
    indication: Mapped[Code] = mapped_column(default="undecided")  # rules.vat.Indication
    indication_reason: Mapped[Prose] = mapped_column(default="")
    indication_by_id: Mapped[int | None] = reference("staff", nullable=True)
    indication_at: Mapped[dt.datetime | None]
    benign_how: Mapped[Name] = mapped_column(default="")
    benign_by_id: Mapped[int | None] = reference("staff", nullable=True)
    benign_on: Mapped[dt.date | None]

    course: Mapped[Course] = relationship(back_populates="lesions")
    benign_by: Mapped[Staff | None] = relationship(foreign_keys="Lesion.benign_by_id")
    indication_by: Mapped[Staff | None] = relationship(foreign_keys="Lesion.indication_by_id")

    @property
    def place(self) -> str:
        """Site and side, in German: what `Consent.sites` holds one a line."""
        return place(self.site, self.side)


class Explanation(Base, Scoped):
    """The oral talk of § 630e BGB: who, when, how long, what was asked, and that copies were handed over."""

    __table_args__ = (Index("ix_kostenklar_explanation_by_course", "course_id", "started_at"),)

    id: Mapped[Id]
    course_id: Mapped[int] = reference("course", index=False)
    explained_by_id: Mapped[int] = reference("staff")
    channel: Mapped[Code] = mapped_column(default="in_person")  # in_person, video, telephone
    started_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime]
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[Name]
    language: Mapped[Code] = mapped_column(default="de")
    interpreter: Mapped[Name] = mapped_column(default="")
    companion: Mapped[Name] = mapped_column(default="")
    individual_risks: Mapped[Prose] = mapped_column(default="")
    questions: Mapped[Prose] = mapped_column(default="")
    plan: Mapped[Prose] = mapped_column(default="")
    waiver: Mapped[Prose] = mapped_column(default="")
    copy_handed_on: Mapped[dt.date | None]
    copy_handed_how: Mapped[Code] = mapped_column(default="")  # paper, email

    explained_by: Mapped[Staff] = relationship()
