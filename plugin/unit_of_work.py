"""One POST, one transaction: writers queue on SQLite, triggers learn who acts, a form counts once (promise 7)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from ..models.ledger import AuditActor, AuditEntry, OnceToken
from .access import scoped
from .actor import Actor
from .clock import now
from .database_errors import named
from .errors import AlreadyDone, DatabaseBusy, NotFound, StalePage
from .extension import actor, extension, session

Record = TypeVar("Record", bound=Any)
WAIT_SECONDS = 15.0
SYSTEM = Actor("system", "system", frozenset(), ())


class Work:
    """The running transaction; leads_to is where the browser goes afterwards, and again if the form comes twice."""

    def __init__(self) -> None:
        self.leads_to = ""


_running: ContextVar[Work | None] = ContextVar("kostenklar_work", default=None)


@contextmanager
def unit_of_work(*, once: str = "", reason: str = "") -> Iterator[Work]:
    """Commit everything or nothing. Within another unit of work it joins that one.

    once: a form's token; a second unit of work with it raises AlreadyDone. reason: goes to the audit entries.
    Raises StalePage, DatabaseBusy, DatabaseGone or DatabaseFull in place of the driver's errors.
    """
    if outer := _running.get():
        yield outer
        return
    work = Work()
    queued = _queue()
    token = _running.set(work)
    try:
        _begin(reason)
        if once:
            _use(once)
        yield work
        if once and work.leads_to:
            session().get_one(OnceToken, once).leads_to = work.leads_to
        _end()
        session().commit()
    except StaleDataError as error:
        session().rollback()
        raise StalePage("record", 0) from error
    except OperationalError as error:
        session().rollback()
        raise named(error) from error
    except BaseException:
        session().rollback()
        raise
    finally:
        _running.reset(token)
        if queued:
            extension().writers.release()


def locked(model: type[Record], record_id: int, version: int | None = None) -> Record:
    """The root of a use case, locked, read afresh, in the version the form showed.

    Raises NotFound (also for a foreign practice's record) and StalePage.
    """
    if _running.get() is None:
        raise RuntimeError("locked() belongs inside a unit of work")
    query = select(model).where(model.id == record_id).with_for_update(of=model)
    record: Record | None = session().scalar(scoped(query).execution_options(populate_existing=True))
    if record is None:
        raise NotFound(f"{model.__name__} {record_id}")
    if version is not None and record.version != version:
        raise stale(record)
    record.changed_at = now()  # so that a change of its lines alone raises the version, too
    return record


def stale(record: Any) -> StalePage:
    """The error that tells who changed the record last, and when."""
    noun = record.__tablename__.removeprefix("kostenklar_")
    last = (
        session()
        .execute(
            select(AuditEntry.actor_name, AuditEntry.at)
            .where(AuditEntry.table_name == noun, AuditEntry.row_id == record.id)
            .order_by(AuditEntry.id.desc())
            .limit(1)
        )
        .first()
    )
    return StalePage(noun, record.id, (last and last.actor_name) or "", record.changed_at, record.version)


def _queue() -> bool:
    """On SQLite wait for the turn to write; a plain lock would let a writer starve."""
    if _dialect() != "sqlite":
        return False
    if not extension().writers.acquire(WAIT_SECONDS):
        raise DatabaseBusy
    return True


def tell_triggers(reason: str) -> None:
    """From here on the running transaction's audit entries name whoever acts now, and this reason."""
    session().flush()
    _name(actor() or SYSTEM, reason)


def _begin(reason: str) -> None:
    try:
        connection = session().connection()
        if _dialect() == "sqlite" and not connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]  # sqlite3's own
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        _name(actor() or SYSTEM, reason)
    except OperationalError as error:
        session().rollback()
        raise named(error) from error


def _name(who: Actor, reason: str) -> None:
    connection = session().connection()  # past the session, which would flush what others left in it under no name
    if _dialect() == "sqlite":
        connection.execute(text("DELETE FROM kostenklar_audit_actor"))
        values = {"id": 1, "actor_key": who.key, "actor_name": who.name, "reason": reason}
        connection.execute(insert(AuditActor.__table__).values(values))  # type: ignore[arg-type]  # a Table
        return
    connection.execute(
        text(
            "SELECT set_config('kostenklar.actor_key', :key, true),"
            " set_config('kostenklar.actor_name', :name, true), set_config('kostenklar.reason', :why, true)"
        ),
        {"key": who.key, "name": who.name, "why": reason},
    )


def _end() -> None:
    session().flush()
    if _dialect() == "sqlite":  # what a host commits later is not this actor's doing
        session().execute(text("DELETE FROM kostenklar_audit_actor"))


def _use(once: str) -> None:
    who = actor() or SYSTEM
    try:
        session().execute(insert(OnceToken).values(token=once, actor_key=who.key, used_at=now()))
    except IntegrityError:
        session().rollback()
        leads_to = session().scalar(
            select(OnceToken.leads_to).where(OnceToken.token == once, OnceToken.actor_key == who.key)
        )
        raise AlreadyDone(leads_to or "") from None


def _dialect() -> str:
    return str(extension().db.engine.dialect.name)
