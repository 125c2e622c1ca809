"""What is kept about every change: moves of state, audit entries by triggers, their seals; once-tokens and jobs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, BigInt, Code, Id, Name, Prose, Scoped, reference
from .freeze import Freeze


class Move(Base, Scoped):
    """One move of a state: who, when, why (promise 4)."""

    __table_args__ = (Index("ix_kostenklar_move_of", "noun", "record_id", "id"),)
    __freeze__ = Freeze()

    id: Mapped[Id]
    noun: Mapped[Code]  # a table with moves: services.moves.TABLES
    record_id: Mapped[int]
    patient_id: Mapped[int] = reference("patient")
    step: Mapped[Code]
    from_state: Mapped[Code]
    to_state: Mapped[Code]
    at: Mapped[dt.datetime]
    actor_key: Mapped[Name]
    actor_name: Mapped[Name]
    reason: Mapped[Prose] = mapped_column(default="")


class AuditEntry(Base):
    """One changed row, written by a trigger: so bulk statements and a host's own commits count too (promise 5)."""

    __freeze__ = Freeze(empty_only=("body",))
    __no_audit__ = True
    __table_args__ = (Index("ix_kostenklar_audit_entry_of", "table_name", "row_id"),)

    id: Mapped[Id]
    at: Mapped[str] = mapped_column(String(40))  # ISO 8601 in UTC, as the database wrote it
    actor_key: Mapped[str | None]
    actor_name: Mapped[str | None]
    reason: Mapped[str | None] = mapped_column(Text)
    table_name: Mapped[Code]
    row_id: Mapped[int]
    operation: Mapped[Code]  # insert, update, delete
    body: Mapped[str | None] = mapped_column(Text)  # JSON; erasable on time


class AuditSeal(Base):
    """A link of the hash chain over committed audit entries; it survives the erasure of their bodies."""

    __freeze__ = Freeze()
    __no_audit__ = True

    seq: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(BigInt, unique=True)
    body_sha256: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[dt.datetime]


class AuditActor(Base):
    """On SQLite the one row, set within a transaction, that tells the triggers who acts (PostgreSQL: set_config)."""

    __no_audit__ = True

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    actor_key: Mapped[str | None]
    actor_name: Mapped[str | None]
    reason: Mapped[str | None] = mapped_column(Text)


class OnceToken(Base):
    """A form's token, used once: a second POST leads to the first one's result (promise 7)."""

    __no_audit__ = True
    __table_args__ = (Index("ix_kostenklar_once_token_used", "used_at"),)

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    actor_key: Mapped[Name]
    used_at: Mapped[dt.datetime]
    leads_to: Mapped[str | None] = mapped_column(Text)


class Job(Base):
    """Work for later: one step, one transaction, a lease."""

    __table_args__ = (
        UniqueConstraint("kind", "unique_key"),
        Index("ix_kostenklar_job_due", "state", "run_at"),
    )
    __no_audit__ = True

    id: Mapped[Id]
    kind: Mapped[Code]
    unique_key: Mapped[str | None]
    practice_id: Mapped[int | None] = reference("practice", nullable=True)
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[Code] = mapped_column(default="waiting")  # waiting, running, done, failed
    run_at: Mapped[dt.datetime]
    leased_until: Mapped[dt.datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    last_error: Mapped[Prose] = mapped_column(default="")
