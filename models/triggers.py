"""Freeze and audit triggers, generated from the metadata for SQLite and PostgreSQL (promises 2, 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, text

from .freeze import Freeze
from .records import PREFIX, Base
from .trigger_dialects import POSTGRES_AUDIT, POSTGRES_REFUSE, postgres_triggers, sqlite_triggers

REFUSED = "kostenklar_frozen"  # opens the message of every refused statement


@dataclass(frozen=True, slots=True)
class Guard:
    """What the triggers of one table need to know."""

    table: Table
    freeze: Freeze | None
    audited: bool

    @property
    def noun(self) -> str:
        return self.table.name.removeprefix(PREFIX)

    @property
    def audit_columns(self) -> list[str]:
        return [column.name for column in self.table.columns if column.info.get("audit", True)]


def guards() -> list[Guard]:
    """One guard for each of our tables that is frozen or audited, in the metadata's order."""
    found = []
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        assert isinstance(table, Table)
        freeze = getattr(mapper.class_, "__freeze__", None)
        audited = not getattr(mapper.class_, "__no_audit__", False)
        if freeze or audited:
            found.append(Guard(table, freeze, audited))
    return sorted(found, key=lambda guard: guard.table.name)


def wanted(dialect: str) -> dict[str, str]:
    """Trigger name -> its CREATE TRIGGER statement for "sqlite" or "postgresql"."""
    make = sqlite_triggers if dialect == "sqlite" else postgres_triggers
    return {name: statement for guard in guards() for name, statement in make(guard.table.name, *_parts(guard))}


def _parts(guard: Guard) -> tuple[list[str], list[str], Freeze | None]:
    every = [column.name for column in guard.table.columns]
    return every, guard.audit_columns if guard.audited else [], guard.freeze


def remove(connection: Connection) -> None:
    """Take every trigger of ours away, until `install` in the same transaction.

    SQLite renames no table while a trigger of another one names it, and its batch migrations drop some silently.
    """
    sqlite = connection.dialect.name == "sqlite"
    for name, table in present(connection):
        connection.exec_driver_sql(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {table}"))


def install(connection: Connection) -> None:
    """Set every trigger again. Runs after each upgrade, before which they were removed."""
    dialect = connection.dialect.name
    remove(connection)
    if dialect == "postgresql":
        connection.execute(text(POSTGRES_REFUSE))
        connection.execute(text(POSTGRES_AUDIT))
    for statement in wanted(dialect).values():
        connection.exec_driver_sql(statement)


def differences(connection: Connection) -> list[str]:
    """Names of triggers that are missing, changed, switched off or not ours to have; empty when all is well."""
    dialect = connection.dialect.name
    there = dict(_definitions(connection))
    want = wanted(dialect)
    wrong = [f"missing: {name}" for name in want if name not in there]
    wrong += [f"unknown: {name}" for name in there if name not in want]
    if dialect == "sqlite":
        wrong += [f"changed: {name}" for name, sql in want.items() if name in there and there[name] != sql]
        return sorted(wrong)
    wrong += [f"changed or off: {name}" for name, sql in want.items() if name in there and not _same(there[name], sql)]
    ours = "\n".join([POSTGRES_REFUSE, POSTGRES_AUDIT, *want.values()])
    wrong += [f"changed: {name}" for name, body in _functions(connection) if body not in ours]
    return sorted(wrong)


def present(connection: Connection) -> list[tuple[str, str]]:
    """(trigger, table) of every trigger of ours that the database has now."""
    if connection.dialect.name == "sqlite":
        query = (
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'kostenklar\\_%' ESCAPE '\\'"
        )
    else:
        query = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgname LIKE 'kostenklar\\_%' AND pg_table_is_visible(c.oid)"
        )
    return [(name, table) for name, table in connection.execute(text(query))]


def _definitions(connection: Connection) -> Iterator[tuple[str, str]]:
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'kostenklar\\_%' ESCAPE '\\'"
    else:
        query = (
            "SELECT t.tgname, CAST(t.tgenabled AS text) || ' ' || pg_get_triggerdef(t.oid) FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgname LIKE 'kostenklar\\_%' AND pg_table_is_visible(c.oid)"
        )
    yield from ((name, sql) for name, sql in connection.execute(text(query)))


def _functions(connection: Connection) -> list[tuple[str, str]]:
    query = "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'kostenklar\\_%' AND pg_function_is_visible(oid)"
    return [(name, body) for name, body in connection.execute(text(query))]


def _same(found: str, want: str) -> bool:
    """PostgreSQL prints a trigger in its own words: compare the comment-free fingerprint that names its condition."""
    return found.startswith("O ") and want.rpartition("kostenklar_fp_")[2][:12] in found
