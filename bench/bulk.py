"""Brings millions of rows into an empty practice: past the ORM, with indexes and triggers set again afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, text

from kostenklar.models import triggers
from kostenklar.models.records import Base

Row = tuple[Any, ...]
_SQLITE_INDEXES = (
    "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid"
)
_POSTGRES_INDEXES = """
    SELECT indexname, tablename, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND NOT EXISTS (
        SELECT 1 FROM pg_constraint WHERE conname = indexname
    )"""


class Sheet:
    """Where the rows of one record go: `names` are the columns that differ, all others keep their default."""

    def __init__(self, model: type[Base], *names: str) -> None:
        table = model.__table__
        assert isinstance(table, Table)
        self.table = table
        defaults = {
            column.name: _plain(column.default.arg)
            for column in table.columns
            if column.name not in names and column.default is not None and column.default.is_scalar
        }
        self.columns = (*names, *defaults)
        self._constants = tuple(defaults.values())

    def load(self, connection: Connection, rows: Iterable[Row]) -> None:
        """Insert rows whose values are texts, numbers and None, as both databases read them."""
        complete: Iterator[Row] = (row + self._constants for row in rows)
        driver: Any = connection.connection.driver_connection
        names = ", ".join(self.columns)
        if connection.dialect.name == "sqlite":
            marks = ", ".join("?" * len(self.columns))
            driver.executemany(f"INSERT INTO {self.table.name} ({names}) VALUES ({marks})", complete)
            return
        with driver.cursor() as cursor, cursor.copy(f"COPY {self.table.name} ({names}) FROM STDIN") as copy:
            for row in complete:
                copy.write_row(row)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


@contextmanager
def unguarded(connection: Connection, sheets: Sequence[Sheet]) -> Iterator[None]:
    """Without triggers and indexes while rows come in: a bulk load that nobody audits, a hundred times as fast."""
    postgresql = connection.dialect.name == "postgresql"
    for name, table in triggers.present(connection):
        connection.execute(text(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else "")))
    tables = {sheet.table.name for sheet in sheets}
    query = _POSTGRES_INDEXES if postgresql else _SQLITE_INDEXES
    indexes = [(name, sql) for name, table, sql in connection.execute(text(query)) if table in tables]
    for name, _ in indexes:
        connection.execute(text(f"DROP INDEX {name}"))
    yield
    for _, sql in indexes:  # in the order of the migration: where two look alike, SQLite takes the later one
        connection.exec_driver_sql(sql)
    triggers.install(connection)
    if postgresql:
        for sheet in sheets:
            name = sheet.table.name
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"))


def instant(day: dt.date, hour: int) -> str:
    """An instant as both databases read it."""
    return f"{day.isoformat()} {hour:02}:15:00.000000"
