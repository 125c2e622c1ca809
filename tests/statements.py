"""Watches what a piece of work sends to the database: how many statements, and how the database would run them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, event

_NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@dataclass
class Watched:
    """The statements in their order, each with its parameters."""

    engine: Engine
    statements: list[tuple[str, Any]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)

    def plans(self) -> list[str]:
        """How the database would run each of them."""
        explain = "EXPLAIN QUERY PLAN " if self.engine.dialect.name == "sqlite" else "EXPLAIN "
        with self.engine.connect() as connection:
            return [_plan(connection, explain + statement, values) for statement, values in list(self.statements)]

    def scanned(self, *tables: str) -> list[str]:
        """The plans that read one of the tables from end to end."""
        marks = [f"SCAN {table}" for table in tables] + [f"Seq Scan on {table} " for table in tables]
        return [plan for plan in self.plans() if any(_whole(plan, mark) for mark in marks)]


@contextmanager
def watched(app: Flask) -> Iterator[Watched]:
    """Collect what is sent while the block runs."""
    with app.app_context():
        engine: Engine = app.extensions["test-db"].engine
    found = Watched(engine)

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        if not statement.lstrip().upper().startswith(_NOT_COUNTED):
            found.statements.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _plan(connection: Connection, statement: str, values: Any) -> str:
    rows = connection.exec_driver_sql(statement, values).all()
    return "\n".join(" ".join(str(cell) for cell in row) for row in rows)


def _whole(plan: str, mark: str) -> bool:
    """SQLite says SCAN also where it walks an index in order: that is no bare scan."""
    return any(mark in line + " " and "USING" not in line for line in plan.splitlines())
