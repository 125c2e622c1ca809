"""What a driver's operational error means for the person at the desk."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError

from .errors import DatabaseBusy, DatabaseFull, DatabaseGone, KostenklarError, SchemaBehind

_BUSY = ("database is locked", "database table is locked", "lock timeout", "deadlock", "could not serialize")
_FULL = ("disk is full", "disk full", "no space left", "could not extend file")
_BEHIND = ("no such table", "no such column")


def named(error: OperationalError) -> KostenklarError:
    """DatabaseBusy, DatabaseFull, SchemaBehind or DatabaseGone for a driver's error."""
    words = str(error.orig).lower()
    if any(word in words for word in _BUSY):
        return DatabaseBusy(words)
    if any(word in words for word in _FULL):
        return DatabaseFull(words)
    if any(word in words for word in _BEHIND):
        return SchemaBehind(words)
    return DatabaseGone(words)
