"""An issued paper: the photograph of what was handed out (promise 2)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Code, Id, Name, Scoped, reference
from .blob import Blob
from .freeze import Freeze


class IssuedPaper(Base, Scoped):
    """Frozen content and bytes; a correction is a new paper that names the old one, a reprint is the same bytes."""

    __table_args__ = (UniqueConstraint("practice_id", "kind", "number"),)
    __freeze__ = Freeze(deletable="OLD.retain_until < {today}", rising=("retain_until",))

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    kind: Mapped[Code]  # reports.content.kinds
    number: Mapped[Code]
    issued_on: Mapped[dt.date]
    issued_at: Mapped[dt.datetime]
    issued_by: Mapped[Name]
    language: Mapped[str] = mapped_column(String(2))
    schema_version: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]] = mapped_column(info={"audit": False})  # stands here anyway, with its hash
    sha256: Mapped[str] = mapped_column(String(64))
    blob_id: Mapped[int] = reference("blob")
    retain_until: Mapped[dt.date]
    corrects_id: Mapped[int | None] = reference("issued_paper", nullable=True)

    blob: Mapped[Blob] = relationship()
