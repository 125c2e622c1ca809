"""A side effect: how it was reported, what it was, who saw it, what was done and how it ended."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Code, Id, Name, Prose, Scoped, Versioned, reference
from .treatment import Treatment


class SideEffect(Base, Scoped, Versioned):
    """Reported by telephone, at the desk or seen by ourselves; a physician judges it, follow-ups stay open lists."""

    __table_args__ = (Index("ix_kostenklar_side_effect_by_follow_up", "practice_id", "state", "follow_up_on"),)

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    course_id: Mapped[int] = reference("course")
    treatment_id: Mapped[int] = reference("treatment")
    lesion_id: Mapped[int | None] = reference("lesion", nullable=True)
    state: Mapped[Code] = mapped_column(default="reported")
    kinds: Mapped[Prose]  # codes, one a line: redness, swelling, blister, burn, lighter, darker, scar, infection, ...
    description: Mapped[Prose] = mapped_column(default="")
    began_on: Mapped[dt.date | None]
    reported_at: Mapped[dt.datetime]
    reported_how: Mapped[Code]  # telephone, in_person, email, seen
    reported_by: Mapped[Name] = mapped_column(default="")  # the patient or who called
    recorded_by: Mapped[Name]
    advice: Mapped[Prose] = mapped_column(default="")  # what the desk said
    expected: Mapped[bool | None] = mapped_column(Boolean)  # a physician's judgement
    seen_by_id: Mapped[int | None] = reference("staff", nullable=True)
    seen_at: Mapped[dt.datetime | None]
    measure: Mapped[Prose] = mapped_column(default="")
    outcome: Mapped[Code] = mapped_column(default="")  # gone, better, lasting, referred
    outcome_on: Mapped[dt.date | None]
    follow_up_on: Mapped[dt.date | None]
    par52_note: Mapped[Prose] = mapped_column(default="")  # § 52(2), § 294a(2) SGB V: what was said or reported

    treatment: Mapped[Treatment] = relationship()
