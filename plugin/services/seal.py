"""Chains committed audit entries by hash, under one lock, apart from the transactions that wrote them (promise 5)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select, text

from ...models.ledger import AuditEntry, AuditSeal
from ..clock import now
from ..extension import session

LOCK = 7_264_001  # any number that only the sealer uses with pg_advisory_xact_lock
BATCH = 5_000


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first place where the chain does not hold: seq of the seal, and what is wrong."""

    seq: int
    what: str


def seal(limit: int = BATCH) -> int:
    """Seal up to `limit` entries that no seal covers yet. Returns how many; call it inside a unit of work."""
    if session().connection().dialect.name == "postgresql":
        session().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    last = session().execute(select(AuditSeal.seq, AuditSeal.hash).order_by(AuditSeal.seq.desc()).limit(1)).first()
    seq, previous = (last.seq, last.hash) if last else (0, "")
    entries = (
        session()
        .scalars(
            select(AuditEntry)
            .outerjoin(AuditSeal, AuditSeal.entry_id == AuditEntry.id)
            .where(AuditSeal.seq.is_(None))
            .order_by(AuditEntry.id)  # a slow transaction may commit a lower number later: its own seq comes later, too
            .limit(limit)
        )
        .all()
    )
    for entry in entries:
        seq += 1
        body = _body_hash(entry.body)
        previous = link(previous, entry, body)
        session().add(AuditSeal(seq=seq, entry_id=entry.id, body_sha256=body, hash=previous, sealed_at=now()))
    return len(entries)


def link(previous: str, entry: AuditEntry, body_sha256: str) -> str:
    """The hash of one link: over the one before, who did what to which row when, and the body's hash."""
    facts = (
        previous, entry.id, entry.at, entry.actor_key, entry.actor_name, entry.reason, entry.table_name, entry.row_id,
        entry.operation, body_sha256,
    )  # fmt: skip
    return hashlib.sha256("\x1f".join("" if fact is None else str(fact) for fact in facts).encode()).hexdigest()


def broken_link() -> BrokenLink | None:
    """Walk the whole chain; None when it holds. An erased body (NULL) leaves its link provable."""
    previous, expected = "", 0
    query = select(AuditSeal, AuditEntry).outerjoin(AuditEntry, AuditEntry.id == AuditSeal.entry_id)
    with session().execute(query.order_by(AuditSeal.seq).execution_options(yield_per=1_000)) as rows:
        for sealed, entry in rows:
            expected += 1
            if wrong := _wrong(sealed, entry, previous, expected):
                return BrokenLink(sealed.seq, wrong)
            previous = sealed.hash
    return None


def _wrong(sealed: AuditSeal, entry: AuditEntry | None, previous: str, expected: int) -> str:
    if sealed.seq != expected:
        return "a seal is missing before it"
    if entry is None:
        return "its entry is missing"
    if entry.body is not None and _body_hash(entry.body) != sealed.body_sha256:
        return "its body was changed"
    if link(previous, entry, sealed.body_sha256) != sealed.hash:
        return "its entry was changed"
    return ""


def _body_hash(body: str | None) -> str:
    return hashlib.sha256((body or "").encode()).hexdigest()
