"""The host's own tables: bring them up to date, say whether they are; apart from the plugin's migrations."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from weakref import WeakSet

from sqlalchemy import Engine, inspect, text

_seen_current: WeakSet[Engine] = WeakSet()

VERSION_TABLE: Final = "standalone_alembic_version"
HEAD: Final = "0001"  # compared at start without importing Alembic; a test holds it against the scripts
_LOCK: Final = 4_711_002  # any number of our own: two starting processes upgrade one after the other


def is_current(engine: Engine) -> bool:
    """Whether the host's tables are those of this release."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return False
        found: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608  # a constant
    return found == HEAD


def was_current(engine: Engine) -> bool:
    """As is_current, but asked only until it was true once: tables do not grow older while we run."""
    if engine not in _seen_current and is_current(engine):
        _seen_current.add(engine)
    return engine in _seen_current


def upgrade_host(engine: Engine) -> None:
    """Bring the host's tables to this release, in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with engine.connect() as connection, connection.begin():
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
