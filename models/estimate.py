"""The estimate, itemised like an invoice, and the § 2 GOÄ fee agreement on its own paper."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Code, Euro, Factor, Hundredths, Id, Name, Prose, Scoped, Versioned, reference
from .course import Course
from .freeze import Freeze
from .paper import IssuedPaper


class Estimate(Base, Scoped, Versioned):
    """What a course will probably cost: one session itemised, sessions from and to, valid until a day.

    Never a lump sum (domain 1.1, estimates and prepayment). `flag` says why it should be looked at again
    ("consent_withdrawn", "indication_changed"); it does not end the estimate.
    """

    __table_args__ = (Index("ix_kostenklar_estimate_by_course", "course_id", "state"),)
    __freeze__ = Freeze(
        open_columns=("state", "version", "changed_at", "handed_on", "handed_how", "flag", "flagged_at")
    )

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    course_id: Mapped[int] = reference("course", index=False)
    state: Mapped[Code] = mapped_column(default="issued")
    number: Mapped[Code]
    paper_id: Mapped[int] = reference("issued_paper")
    indication: Mapped[Code]
    issued_on: Mapped[dt.date]
    valid_until: Mapped[dt.date]
    sessions_min: Mapped[int] = mapped_column(Integer)
    sessions_max: Mapped[int] = mapped_column(Integer)
    session_net: Mapped[Euro]
    session_vat: Mapped[Euro]
    session_gross: Mapped[Euro]
    gross_min: Mapped[Euro]
    gross_max: Mapped[Euro]
    handed_on: Mapped[dt.date | None]
    handed_how: Mapped[Code] = mapped_column(default="")  # paper, email
    flag: Mapped[Code] = mapped_column(default="")
    flagged_at: Mapped[dt.datetime | None]

    course: Mapped[Course] = relationship()
    paper: Mapped[IssuedPaper] = relationship()
    lines: Mapped[list[EstimateLine]] = relationship(order_by="EstimateLine.position")


class EstimateLine(Base, Scoped):
    """One service of one session: an insurer's answer speaks of it by itself (accepted, factor cap, sessions)."""

    __freeze__ = Freeze()

    id: Mapped[Id]
    estimate_id: Mapped[int] = reference("estimate")
    position: Mapped[int] = mapped_column(Integer)
    goae_number: Mapped[Code]
    service: Mapped[Prose]
    analog_service: Mapped[Prose] = mapped_column(default="")
    points: Mapped[int] = mapped_column(Integer)
    factor: Mapped[Factor]
    quantity: Mapped[int] = mapped_column(Integer, default=1)  # in each session
    net: Mapped[Euro]  # of one session
    indication: Mapped[Code]
    vat_rate: Mapped[Hundredths | None]  # per cent; none = exempt
    on_demand: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[Prose] = mapped_column(default="")  # § 12(3) GOÄ
    fee_agreement: Mapped[bool] = mapped_column(Boolean, default=False)  # rests on a § 2 agreement


class FeeAgreement(Base, Scoped, Versioned):
    """A fee other than § 5 GOÄ allows, agreed after a personal talk, in ink, before the service (§ 2(2) GOÄ).

    The talk is kept here and never printed: the document may carry nothing beyond its statutory contents.
    """

    __table_args__ = (Index("ix_kostenklar_fee_agreement_by_course", "course_id", "state"),)
    __freeze__ = Freeze(once="OLD.signed_on IS NOT NULL", open_columns=("state", "version", "changed_at"))

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    course_id: Mapped[int] = reference("course", index=False)
    state: Mapped[Code] = mapped_column(default="prepared")
    number: Mapped[Code]  # of our register, not printed
    paper_id: Mapped[int] = reference("issued_paper")
    payer_name: Mapped[Name]  # who agrees: the patient, or who pays for the patient
    physician_id: Mapped[int] = reference("staff")
    talked_on: Mapped[dt.date]
    scan_id: Mapped[int | None] = reference("blob", nullable=True)
    signed_on: Mapped[dt.date | None]
    recorded_at: Mapped[dt.datetime | None]
    recorded_by: Mapped[Name] = mapped_column(default="")

    course: Mapped[Course] = relationship()
    paper: Mapped[IssuedPaper] = relationship()
    lines: Mapped[list[FeeAgreementLine]] = relationship(order_by="FeeAgreementLine.position")


class FeeAgreementLine(Base, Scoped):
    """Number, name of the service, factor and amount of one agreed service."""

    __freeze__ = Freeze()

    id: Mapped[Id]
    fee_agreement_id: Mapped[int] = reference("fee_agreement")
    position: Mapped[int] = mapped_column(Integer)
    goae_number: Mapped[Code]
    service: Mapped[Prose]
    factor: Mapped[Factor]
    net: Mapped[Euro]
