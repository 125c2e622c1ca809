"""Bytes that live apart: what they are (blob) and the sealed bytes themselves (blob_bytes), never loaded by lists."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Code, Id, Scoped
from .freeze import Freeze


class Blob(Base, Scoped):
    """sha256 and size are those of the plain bytes; key_id names the key that sealed them."""

    __table_args__ = (UniqueConstraint("practice_id", "sha256"),)
    __freeze__ = Freeze(open_columns=("key_id",), deletable="1 = 1")

    id: Mapped[Id]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    media_type: Mapped[Code]
    key_id: Mapped[Code]
    place: Mapped[Code] = mapped_column(default="database")  # database, folder
    stored_at: Mapped[dt.datetime]


class BlobBytes(Base):
    """The AES-GCM envelope of one blob."""

    __no_audit__ = True

    blob_id: Mapped[int] = mapped_column(ForeignKey("kostenklar_blob.id"), primary_key=True, autoincrement=False)
    envelope: Mapped[bytes] = mapped_column(LargeBinary)
