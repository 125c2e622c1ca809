"""What can go wrong for a person: each error carries its facts; the blueprint turns it into a page with a sentence."""

from __future__ import annotations

from typing import Any


class KostenklarError(Exception):
    """Base of our errors; status is the HTTP status of its page, template its page."""

    status = 500
    template = "problem"


class NotSignedIn(KostenklarError):
    """Nobody is signed in."""

    status = 401


class NotAllowed(KostenklarError):
    """The acting person lacks a permission."""

    status = 403

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission


class NotFound(KostenklarError):
    """No such record among those the acting person may see."""

    status = 404


class StalePage(KostenklarError):
    """Somebody changed the record after this page was shown."""

    status = 409

    def __init__(
        self, noun: str, record_id: int, changed_by: str = "", changed_at: Any = None, version: int | None = None
    ) -> None:
        super().__init__(f"{noun} {record_id}")
        self.version = version
        self.noun = noun
        self.record_id = record_id
        self.changed_by = changed_by
        self.changed_at = changed_at


class AlreadyDone(KostenklarError):
    """The same form was sent twice; leads_to is where the first sending led."""

    status = 303

    def __init__(self, leads_to: str) -> None:
        super().__init__(leads_to)
        self.leads_to = leads_to


class DatabaseBusy(KostenklarError):
    """Others are writing, and waiting took too long."""

    status = 503


class DatabaseGone(KostenklarError):
    """The database cannot be reached."""

    status = 503


class DatabaseFull(KostenklarError):
    """The disk or the database is full."""

    status = 507


class SchemaBehind(KostenklarError):
    """The program is newer than the tables: `kostenklar upgrade` mends it."""

    status = 503


class HostNotReady(RuntimeError):
    """The host lacks something we need; the message names it."""
