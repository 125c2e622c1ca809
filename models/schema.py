"""The schema in the database: bring it up to date, say whether it is behind."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from . import triggers
from .records import PREFIX

VERSION_TABLE = f"{PREFIX}alembic_version"
HEAD = "0001"  # compared at start without importing Alembic; a test holds it against the scripts


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
    Raises RuntimeError when rows point nowhere afterwards; nothing is changed then.
    """
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.rollback()
        try:
            with connection.begin():
                if sqlite:
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                _run(connection, revision)
                if sqlite:
                    _check_references(connection)
                if revision == "head":
                    triggers.install(connection)
        finally:
            if sqlite:
                connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _run(connection: Connection, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"rows point nowhere after the migration: {broken[:5]}")
