"""The patient's signed consent and the text-form cost notice, each with its paper, its scan and its two times."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Code, Euro, Id, Name, Prose, Scoped, Versioned, reference
from .course import Course
from .freeze import Freeze
from .paper import IssuedPaper


class Consent(Base, Scoped, Versioned):
    """Agreement to one procedure at named sites for a number of sessions until a day; withdrawn to the minute."""

    __table_args__ = (Index("ix_kostenklar_consent_by_state", "practice_id", "state", "paper_id"),)
    __freeze__ = Freeze(
        once="OLD.signed_on IS NOT NULL",
        open_columns=("state", "version", "changed_at", "withdrawn_at", "withdrawn_by", "withdrawn_how", "recorded_by"),
    )

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    course_id: Mapped[int] = reference("course")
    procedure_id: Mapped[int] = reference("procedure")
    state: Mapped[Code] = mapped_column(default="prepared")
    paper_id: Mapped[int] = reference("issued_paper")
    sites: Mapped[Prose]  # one a line
    sessions: Mapped[int] = mapped_column(Integer)
    valid_until: Mapped[dt.date]
    risk_clauses: Mapped[Code] = mapped_column(default="")  # rules.risks.RiskClause on the paper, parted by commas
    medium: Mapped[Code] = mapped_column(default="paper")  # paper, screen
    scan_id: Mapped[int | None] = reference("blob", nullable=True)
    signed_on: Mapped[dt.date | None]
    recorded_at: Mapped[dt.datetime | None]
    recorded_by: Mapped[Name] = mapped_column(default="")
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[Name] = mapped_column(default="")  # who received the withdrawal
    withdrawn_how: Mapped[Prose] = mapped_column(default="")

    course: Mapped[Course] = relationship()
    paper: Mapped[IssuedPaper] = relationship()
    signers: Mapped[list[ConsentSigner]] = relationship(order_by="ConsentSigner.id")


class ConsentSigner(Base, Scoped):
    """Who signed a consent, in which role, and how the identity was checked."""

    __freeze__ = Freeze()

    id: Mapped[Id]
    consent_id: Mapped[int] = reference("consent")
    name: Mapped[Name]
    role: Mapped[Code]  # patient, guardian
    identity_checked: Mapped[Code] = mapped_column(default="")  # known, document


class CostNotice(Base, Scoped, Versioned):
    """Expected costs in text form (§ 630c(3) BGB); for statutory patients with the self-payer agreement."""

    __table_args__ = (
        Index("ix_kostenklar_cost_notice_by_course", "course_id", "state"),
        Index("ix_kostenklar_cost_notice_by_state", "practice_id", "with_agreement", "state", "paper_id"),
    )
    __freeze__ = Freeze(
        once="OLD.signed_on IS NOT NULL", open_columns=("state", "version", "changed_at", "handed_on", "handed_how")
    )

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    course_id: Mapped[int] = reference("course", index=False)
    state: Mapped[Code] = mapped_column(default="prepared")
    payer: Mapped[Code]  # rules.payers.PayerKind at the time
    with_agreement: Mapped[bool] = mapped_column(Boolean)
    indication: Mapped[Code]
    paper_id: Mapped[int] = reference("issued_paper")
    gross_min: Mapped[Euro]
    gross_max: Mapped[Euro]
    handed_on: Mapped[dt.date | None]
    handed_how: Mapped[Code] = mapped_column(default="")  # paper, email
    medium: Mapped[Code] = mapped_column(default="paper")  # of the signature: paper, screen
    scan_id: Mapped[int | None] = reference("blob", nullable=True)
    signed_on: Mapped[dt.date | None]
    recorded_at: Mapped[dt.datetime | None]
    recorded_by: Mapped[Name] = mapped_column(default="")

    course: Mapped[Course] = relationship()
    paper: Mapped[IssuedPaper] = relationship()
