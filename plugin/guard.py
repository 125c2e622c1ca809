"""Looks once, before the first page, whether the database can carry us: schema, triggers' PRAGMAs, reachability."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError, ProgrammingError

from ..models.schema import HEAD, current
from .database_errors import named
from .errors import HostNotReady, SchemaBehind
from .extension import extension, session

# The least value and its name. Without recursive_triggers a REPLACE would slip past the freeze triggers; with less than
# FULL a power cut could take back an invoice that was handed out, and its number would be drawn again.
_PRAGMAS = {"foreign_keys": (1, "ON"), "recursive_triggers": (1, "ON"), "synchronous": (2, "FULL")}


def check_database() -> None:
    """Raises SchemaBehind, DatabaseGone or HostNotReady; quiet and free of queries once all was well."""
    mounted = extension()
    if mounted.schema_is_current:
        return
    try:
        connection = session().connection()
        _check_host(connection)
        found = current(connection)
    except OperationalError as error:
        session().rollback()
        raise named(error) from error
    except ProgrammingError as error:
        session().rollback()
        raise SchemaBehind(str(error.orig)) from error
    if found != HEAD:
        raise SchemaBehind(f"the tables stand at {found}, the program needs {HEAD}")
    mounted.schema_is_current = True


def _check_host(connection: Connection) -> None:
    """Raises HostNotReady for a database or a session that could not keep what we promise."""
    lacks = [f"PRAGMA {name}={word}" for name, word in _missing_pragmas(connection)]
    if getattr(connection.connection.driver_connection, "autocommit", False) is True:
        lacks.append("transactions (they run in AUTOCOMMIT)")
    if not session().autoflush:
        lacks.append("autoflush in db.session")
    if lacks:
        raise HostNotReady("the host's database connections lack " + ", ".join(lacks) + "; see docs/host.md")


def _missing_pragmas(connection: Connection) -> list[tuple[str, str]]:
    if connection.dialect.name != "sqlite":
        return []
    found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() or 0 for name in _PRAGMAS}
    return [(name, word) for name, (least, word) in _PRAGMAS.items() if found[name] < least]
