"""The one BlobStore: bytes go in sealed, come out checked against their hash (promise 10)."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from ..models.blob import Blob, BlobBytes
from .access import scoped
from .clock import now
from .errors import NotFound
from .extension import extension, session


class BlobDamaged(RuntimeError):
    """Stored bytes no longer have the hash they were stored with, or no key opens them."""


def put(practice_id: int, plain: bytes, media_type: str) -> Blob:
    """Store bytes once per practice; the same bytes again give the blob that is there."""
    digest = hashlib.sha256(plain).hexdigest()
    there = session().scalar(select(Blob).where(Blob.practice_id == practice_id, Blob.sha256 == digest))
    if there:
        return there
    key_id, envelope = extension().keys.seal(plain, digest)
    blob = Blob(
        practice_id=practice_id, sha256=digest, size=len(plain), media_type=media_type, key_id=key_id, stored_at=now()
    )
    session().add(blob)
    session().flush()
    session().add(BlobBytes(blob_id=blob.id, envelope=envelope))
    return blob


def get(blob_id: int) -> tuple[bytes, str]:
    """(plain bytes, media type). Raises NotFound outside the own practices, BlobDamaged where the hash differs."""
    blob = session().scalar(scoped(select(Blob).where(Blob.id == blob_id)))
    if blob is None:
        raise NotFound(f"blob {blob_id}")
    return opened(blob), blob.media_type


def opened(blob: Blob) -> bytes:
    """The plain bytes of a blob. Raises BlobDamaged."""
    from cryptography.exceptions import InvalidTag

    envelope = session().scalar(select(BlobBytes.envelope).where(BlobBytes.blob_id == blob.id))
    try:
        plain = extension().keys.open(blob.key_id, envelope or b"", blob.sha256)
    except (InvalidTag, KeyError, ValueError) as error:
        raise BlobDamaged(f"blob {blob.id} does not open") from error
    if hashlib.sha256(plain).hexdigest() != blob.sha256:
        raise BlobDamaged(f"blob {blob.id} has another hash than when it was stored")
    return plain
