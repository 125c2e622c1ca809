"""The schema in the database: bring it up to date, say whether it is behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from . import triggers
from .records import PREFIX

VERSION_TABLE = f"{PREFIX}alembic_version"
HEAD = "0004"  # compared at start without importing Alembic; a test holds it against the scripts


def include_name(name: str | None, kind: str, _parent_names: object) -> bool:
    """For a host's Alembic env.py: its autogenerate leaves our tables alone."""
    return not (kind == "table" and name is not None and name.startswith(PREFIX))


def current(connection: Connection) -> str | None:
    """The revision the database stands at, or None before the first upgrade."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    return found


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the migrations and set every trigger again, in one transaction.

    On SQLite foreign keys are off meanwhile (batch mode rebuilds tables) and checked before the commit.
    Raises RuntimeError when rows of ours point nowhere afterwards; nothing is changed then.
    """
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            with _without_foreign_keys(connection), connection.begin():
                _begin_immediate(connection)
                _run(connection, revision)
                _check_references(connection)
        else:
            with connection.begin():
                _run(connection, revision)


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Off, then as the host had it. Past SQLAlchemy: within a transaction, which a host may begin, it has no effect."""
    driver: Any = connection.connection.driver_connection
    (before,) = driver.execute("PRAGMA foreign_keys").fetchone()
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA foreign_keys={before}")


def _begin_immediate(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    if not driver.in_transaction:  # a host that follows SQLAlchemy's recipe for sqlite3 has sent its own BEGIN
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _run(connection: Connection, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    if revision == "head":
        triggers.remove(connection)
    command.upgrade(config, revision)
    if revision == "head":
        triggers.install(connection)


def _check_references(connection: Connection) -> None:
    """A host's own tables may hold what they like."""
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    broken = [tuple(row) for row in rows if row[0].startswith(PREFIX)]
    if broken:
        raise RuntimeError(f"rows point nowhere after the migration: {broken[:5]}")
