"""What every SQLite connection of this host is told; a plugin inside somebody else's application only checks these."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an invoice number that was handed out survives a power cut
    "PRAGMA busy_timeout=15000",
    "PRAGMA recursive_triggers=ON",  # REPLACE must fire the delete triggers of freeze and audit
)


def tell_pragmas(engine: Engine) -> None:
    """Set PRAGMAS on each new connection. pysqlite keeps its own transaction control: the unit of work sends BEGIN."""

    known: set[str] = set()

    @event.listens_for(engine, "do_connect")
    def about_to_connect(_dialect: Any, _record: Any, arguments: list[Any], _named: dict[str, Any]) -> None:
        """SQLite would make an empty file where a known one was moved away, and the practice would seem to be empty."""
        file = str(arguments[0])
        if file in known and not Path(file).exists():
            raise sqlite3.OperationalError(f"the database file is gone: {file}")
        if Path(file).exists():
            known.add(file)

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        cursor.close()
