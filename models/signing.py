"""Signing on the tablet: the capability for one paper, and the strokes that were drawn."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Code, Id, Name, Prose, Scoped, Versioned, reference
from .freeze import Freeze
from .paper import IssuedPaper


class PaperSigning(Base, Scoped, Versioned):
    """One paper, given to one tablet once: pairing code, then the tablet's own secret; both kept as hashes only."""

    __table_args__ = (
        Index("ix_kostenklar_paper_signing_by_code", "code_sha256", unique=True),
        Index("ix_kostenklar_paper_signing_by_record", "noun", "record_id", "state"),
    )

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    noun: Mapped[Code]  # consent, case_grant, cost_notice
    record_id: Mapped[int]
    record_version: Mapped[int] = mapped_column(Integer)
    paper_id: Mapped[int] = reference("issued_paper")
    paper_sha256: Mapped[str] = mapped_column(String(64))  # what is shown is what is signed
    state: Mapped[Code] = mapped_column(default="offered")
    code_sha256: Mapped[str] = mapped_column(String(64), info={"audit": False})
    secret_sha256: Mapped[str | None] = mapped_column(String(64), info={"audit": False})
    offered_at: Mapped[dt.datetime]
    offered_by: Mapped[Name]
    code_until: Mapped[dt.datetime]
    paired_at: Mapped[dt.datetime | None]
    asked_at: Mapped[dt.datetime | None]  # "Ich möchte noch fragen": the desk is told, nothing ends
    ends_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    signed_scan_id: Mapped[int | None] = reference("blob", nullable=True)

    paper: Mapped[IssuedPaper] = relationship()
    signatures: Mapped[list[Signature]] = relationship(order_by="Signature.id")


class Signature(Base, Scoped):
    """One drawn signature: strokes as vectors, each a list of [x, y, milliseconds] in the field's own units."""

    __freeze__ = Freeze()

    id: Mapped[Id]
    paper_signing_id: Mapped[int] = reference("paper_signing")
    role: Mapped[Code]  # patient, guardian, physician, practice, policyholder
    name: Mapped[Name]
    place: Mapped[int] = mapped_column(Integer)  # which of the paper's signature lines, counted from 0
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    strokes: Mapped[list[Any]] = mapped_column(info={"audit": False})
    strokes_sha256: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[dt.datetime]
    note: Mapped[Prose] = mapped_column(default="")
