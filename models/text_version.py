"""Texts and fee schedules as rows: immutable, with the day they hold from (promise 11)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Code, Factor, Id, Name, Prose, reference
from .freeze import Freeze


class TextVersion(Base):
    """One wording in one language; practice_id is empty for a shipped one. A practice's own wins over it."""

    __table_args__ = (UniqueConstraint("practice_id", "key", "language", "sha256"),)
    __freeze__ = Freeze(open_columns=("approved_by", "approved_at"))

    id: Mapped[Id]
    practice_id: Mapped[int | None] = reference("practice", nullable=True)
    key: Mapped[Code]
    language: Mapped[str] = mapped_column(String(2))
    body: Mapped[Prose]
    sha256: Mapped[str] = mapped_column(String(64))
    shipped: Mapped[bool] = mapped_column(Boolean)
    valid_from: Mapped[dt.date]
    approved_by: Mapped[Name] = mapped_column(default="")
    approved_at: Mapped[dt.datetime | None]


class GoaePosition(Base):
    """A number of a fee schedule with the days it holds; rules get it as rules.goae.Position."""

    __table_args__ = (
        UniqueConstraint("schedule", "number"),
        Index("ix_kostenklar_goae_position_by_number", "number", "valid_from"),
    )
    __no_audit__ = True

    id: Mapped[Id]
    schedule: Mapped[Code]  # "GOÄ 1982/1996"
    number: Mapped[Code]
    text: Mapped[Prose]
    points: Mapped[int | None] = mapped_column(Integer)
    section: Mapped[Code]
    fee_type: Mapped[Code]
    threshold: Mapped[Factor]
    maximum: Mapped[Factor]
    fixed: Mapped[bool] = mapped_column(Boolean)
    agreement_allowed: Mapped[bool] = mapped_column(Boolean)
    common: Mapped[bool] = mapped_column(Boolean, default=False)  # the sixty numbers that do the work
    doubtful: Mapped[bool] = mapped_column(Boolean, default=False)
    minimum_minutes: Mapped[int | None] = mapped_column(Integer)  # § 12(2) no. 2 GOÄ
    notes: Mapped[Prose] = mapped_column(default="")
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
