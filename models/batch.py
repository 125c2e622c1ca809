"""A batch: many invoices issued, printed or reminded of in one go, each in a transaction of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Code, Id, Name, Prose, Scoped, reference


class Batch(Base, Scoped):
    """What was asked for, by whom, and how far it is; a job takes one item after the other (rules.batch_states)."""

    __table_args__ = (Index("ix_kostenklar_batch_latest", "practice_id", "id"),)

    id: Mapped[Id]
    kind: Mapped[Code]  # issue, print, remind
    state: Mapped[Code] = mapped_column(default="waiting")  # rules.batch_states.BatchState
    wanted: Mapped[dict[str, Any]] = mapped_column(default=dict)  # the form's answers, such as the new day of payment
    total: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    refused: Mapped[int] = mapped_column(Integer, default=0)
    started_at: Mapped[dt.datetime]
    started_by: Mapped[Name]
    actor_key: Mapped[Name]
    finished_at: Mapped[dt.datetime | None]


class BatchItem(Base, Scoped):
    """One invoice of a batch: done once, or refused with the sentence that says why."""

    __table_args__ = (
        UniqueConstraint("batch_id", "invoice_id"),
        Index("ix_kostenklar_batch_item_next", "batch_id", "state", "position"),
    )
    __no_audit__ = True  # what it did is kept with the invoice

    id: Mapped[Id]
    batch_id: Mapped[int] = reference("batch", index=False)
    position: Mapped[int] = mapped_column(Integer)
    invoice_id: Mapped[int] = reference("invoice")
    shown: Mapped[Code] = mapped_column(default="")  # fingerprint of the draft that the person saw
    state: Mapped[Code] = mapped_column(default="waiting")  # rules.batch_states.ItemState
    note: Mapped[Prose] = mapped_column(default="")  # findings as JSON, see services.batch_items.noted
    paper_id: Mapped[int | None] = reference("issued_paper", nullable=True)
    done_at: Mapped[dt.datetime | None]
