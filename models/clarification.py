"""Cost clarification: one case with one payer, its answers line by line, and the releases and powers of attorney."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import Boolean, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Cents, Code, Factor, Id, Name, Prose, Scoped, Versioned, reference
from .course import Course
from .estimate import Estimate, EstimateLine
from .freeze import Freeze
from .paper import IssuedPaper
from .patient import Insurer, Policy


class Clarification(Base, Scoped, Versioned):
    """The case with one payer (domain 10.1 no. 10): route, round and decision are fields, not states."""

    __table_args__ = (
        Index("ix_kostenklar_clarification_by_course", "course_id", "state"),
        Index("ix_kostenklar_clarification_by_state", "practice_id", "state", "due_on", "id"),
        Index("ix_kostenklar_clarification_by_number", "practice_id", "number", unique=True),
    )

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    course_id: Mapped[int] = reference("course", index=False)
    policy_id: Mapped[int | None] = reference("policy", nullable=True)
    insurer_id: Mapped[int | None] = reference("insurer", nullable=True)
    number: Mapped[Code]
    payer_role: Mapped[Code]  # pkv, beihilfe, gkv
    state: Mapped[Code] = mapped_column(default="draft")
    estimate_id: Mapped[int | None] = reference("estimate", nullable=True)
    query_paper_id: Mapped[int | None] = reference("issued_paper", nullable=True)
    outcome_paper_id: Mapped[int | None] = reference("issued_paper", nullable=True)
    follows_id: Mapped[int | None] = reference("clarification", nullable=True)  # reopened as a new version
    route: Mapped[Code] = mapped_column(default="patient")  # patient hands it in, practice sends it
    asked_by: Mapped[Code] = mapped_column(default="policyholder")  # policyholder, attorney (Vollmacht), practice
    round: Mapped[int] = mapped_column(Integer, default=1)
    statutory_clock: Mapped[bool] = mapped_column(Boolean, default=False)  # § 192(8) VVG
    clock_reason: Mapped[Code] = mapped_column(default="")  # why it runs or does not
    urgent: Mapped[bool] = mapped_column(Boolean, default=False)
    urgent_reason: Mapped[Prose] = mapped_column(default="")
    sent_on: Mapped[dt.date | None]
    sent_channel: Mapped[Code] = mapped_column(default="")  # patient, post, registered, fax, portal, email
    sent_proof: Mapped[Name] = mapped_column(default="")
    received_on: Mapped[dt.date | None]  # by the payer; the clock's first day
    received_proof: Mapped[Name] = mapped_column(default="")  # "" = assumed, three days after sending
    due_on: Mapped[dt.date | None]
    remind_on: Mapped[dt.date | None]
    decision: Mapped[Code] = mapped_column(default="")  # of the answer that stands
    unknown_dispatch: Mapped[bool] = mapped_column(Boolean, default=False)  # answered, no query recorded here
    told_on: Mapped[dt.date | None]  # the patient, of the outcome
    told_how: Mapped[Code] = mapped_column(default="")
    started_before_answer: Mapped[bool] = mapped_column(Boolean, default=False)
    flag: Mapped[Code] = mapped_column(default="")
    flagged_at: Mapped[dt.datetime | None]

    course: Mapped[Course] = relationship()
    policy: Mapped[Policy | None] = relationship()
    insurer: Mapped[Insurer | None] = relationship()
    estimate: Mapped[Estimate | None] = relationship()
    answers: Mapped[list[ClarificationAnswer]] = relationship(order_by="ClarificationAnswer.id")


class ClarificationAnswer(Base, Scoped):
    """What a payer said, or a promise by telephone (`binding` false). Two answers: the later stands, both are kept."""

    __freeze__ = Freeze()

    id: Mapped[Id]
    clarification_id: Mapped[int] = reference("clarification")
    round: Mapped[int] = mapped_column(Integer)
    dated_on: Mapped[dt.date]
    received_on: Mapped[dt.date]
    form: Mapped[Code]  # letter, portal, email, telephone
    binding: Mapped[bool] = mapped_column(Boolean, default=True)
    decision: Mapped[Code]  # full, part, refused, no_commitment, adviser_report
    amount: Mapped[Decimal | None] = mapped_column(Cents)
    factor_cap: Mapped[Factor | None]
    sessions: Mapped[int | None] = mapped_column(Integer)
    valid_from: Mapped[dt.date | None]
    valid_until: Mapped[dt.date | None]
    conditions: Mapped[Prose] = mapped_column(default="")
    reason_code: Mapped[Code] = mapped_column(default="")
    objection_until: Mapped[dt.date | None]
    scan_id: Mapped[int | None] = reference("blob", nullable=True)
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[Name]

    lines: Mapped[list[AnswerLine]] = relationship(order_by="AnswerLine.id")


class AnswerLine(Base, Scoped):
    """What the answer says of one line of the estimate."""

    __freeze__ = Freeze()

    id: Mapped[Id]
    answer_id: Mapped[int] = reference("clarification_answer")
    estimate_line_id: Mapped[int] = reference("estimate_line")
    verdict: Mapped[Code]  # accepted, refused, open
    factor_cap: Mapped[Factor | None]
    amount: Mapped[Decimal | None] = mapped_column(Cents)  # of one session
    sessions: Mapped[int | None] = mapped_column(Integer)
    reason: Mapped[Prose] = mapped_column(default="")

    estimate_line: Mapped[EstimateLine] = relationship()


class CaseGrant(Base, Scoped, Versioned):
    """A release from secrecy (§ 203 StGB, § 213 VVG; by the patient) or a power of attorney (by the policyholder).

    Each holds for one case and one insurer; it can be taken back at any time.
    """

    __table_args__ = (Index("ix_kostenklar_case_grant_by_case", "clarification_id", "kind", "state"),)
    __freeze__ = Freeze(
        once="OLD.signed_on IS NOT NULL",
        open_columns=("state", "version", "changed_at", "revoked_at", "revoked_how", "revoked_by"),
    )

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    clarification_id: Mapped[int] = reference("clarification", index=False)
    insurer_id: Mapped[int | None] = reference("insurer", nullable=True)
    kind: Mapped[Code]  # release, power_of_attorney
    state: Mapped[Code] = mapped_column(default="prepared")
    number: Mapped[Code]
    paper_id: Mapped[int] = reference("issued_paper")
    signer_name: Mapped[Name]
    signer_role: Mapped[Code]  # patient, guardian, policyholder
    documents: Mapped[Prose] = mapped_column(default="")  # codes of what may be shown, one a line
    photos: Mapped[bool] = mapped_column(Boolean, default=False)
    purpose: Mapped[Prose] = mapped_column(default="")
    valid_until: Mapped[dt.date]
    medium: Mapped[Code] = mapped_column(default="paper")  # paper, screen
    scan_id: Mapped[int | None] = reference("blob", nullable=True)
    signed_on: Mapped[dt.date | None]
    recorded_at: Mapped[dt.datetime | None]
    recorded_by: Mapped[Name] = mapped_column(default="")
    revoked_at: Mapped[dt.datetime | None]
    revoked_how: Mapped[Prose] = mapped_column(default="")
    revoked_by: Mapped[Name] = mapped_column(default="")  # who received it

    clarification: Mapped[Clarification] = relationship()
    insurer: Mapped[Insurer | None] = relationship()
    paper: Mapped[IssuedPaper] = relationship()
