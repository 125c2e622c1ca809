"""The SQL of the triggers in SQLite's and PostgreSQL's words; models.triggers decides which are wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from .freeze import Freeze

NOW = {"sqlite": "date('now')", "postgresql": "CURRENT_DATE"}
DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}

POSTGRES_REFUSE = """
CREATE OR REPLACE FUNCTION kostenklar_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'kostenklar_frozen: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""

POSTGRES_AUDIT = """
CREATE OR REPLACE FUNCTION kostenklar_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  body jsonb;
  record_id bigint;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(n.key, jsonb_build_array(o.value, n.value)) INTO body
      FROM jsonb_each(to_jsonb(NEW)) n JOIN jsonb_each(to_jsonb(OLD)) o ON o.key = n.key
      WHERE n.key = ANY(TG_ARGV::text[]) AND n.value IS DISTINCT FROM o.value;
    IF body IS NULL THEN RETURN NULL; END IF;
  ELSE
    SELECT jsonb_object_agg(r.key, r.value) INTO body
      FROM jsonb_each(CASE WHEN TG_OP = 'INSERT' THEN to_jsonb(NEW) ELSE to_jsonb(OLD) END) r
      WHERE r.key = ANY(TG_ARGV::text[]);
  END IF;
  record_id := CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
  INSERT INTO kostenklar_audit_entry (at, actor_key, actor_name, reason, table_name, row_id, operation, body)
  VALUES (to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    NULLIF(current_setting('kostenklar.actor_key', true), ''),
    NULLIF(current_setting('kostenklar.actor_name', true), ''),
    NULLIF(current_setting('kostenklar.reason', true), ''),
    substr(TG_TABLE_NAME, 12), record_id, lower(TG_OP), body::text);
  RETURN NULL;
END $$
"""


def conditions(freeze: Freeze, columns: list[str], dialect: str) -> tuple[str, str]:
    """(condition that refuses an UPDATE, condition that refuses a DELETE) of a frozen table."""
    differs = DIFFERS[dialect]
    changes = [f"NEW.{name} {differs} OLD.{name}" for name in columns if name not in freeze.changeable]
    changes += [f"(OLD.{name} IS NOT NULL AND NEW.{name} {differs} OLD.{name})" for name in freeze.fill_only]
    changes += [f"(NEW.{name} IS NOT NULL AND NEW.{name} {differs} OLD.{name})" for name in freeze.empty_only]
    changes += [f"NEW.{name} < OLD.{name}" for name in freeze.rising]
    update = " OR ".join(changes)
    delete = f"NOT ({freeze.deletable.format(today=NOW[dialect])})" if freeze.deletable else "1 = 1"
    if freeze.once:
        return f"({freeze.once}) AND ({update})", f"({freeze.once}) AND {delete}"
    return update, delete


def sqlite_triggers(
    table: str, columns: list[str], audited: list[str], freeze: Freeze | None
) -> Iterator[tuple[str, str]]:
    """(name, statement) of each trigger of one table on SQLite."""
    if freeze:
        update, delete = conditions(freeze, columns, "sqlite")
        refused = [("frozen", "UPDATE", update), ("kept", "DELETE", delete)]
        if freeze.closed:
            refused.append(("closed", "INSERT", freeze.once.replace("OLD.", "NEW.")))
        for what, operation, when in refused:
            name = f"{table}_{what}"
            yield (
                name,
                (
                    f"CREATE TRIGGER {name} BEFORE {operation} ON {table} WHEN {when} "
                    f"BEGIN SELECT RAISE(ABORT, 'kostenklar_frozen: {operation} on {table}'); END"
                ),
            )
    if audited:
        yield from _sqlite_audit(table, audited)


def _sqlite_audit(table: str, columns: list[str]) -> Iterator[tuple[str, str]]:
    whole = {
        row: "json_object(" + ", ".join(f"'{name}', {row}.{name}" for name in columns) + ")" for row in ("NEW", "OLD")
    }
    pairs = " UNION ALL ".join(f"SELECT '{name}' AS k, OLD.{name} AS o, NEW.{name} AS n" for name in columns)
    changed = f"(SELECT json_group_object(k, json_array(o, n)) FROM ({pairs}) WHERE o IS NOT n)"
    differs = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)
    for operation, row, body, when in (
        ("insert", "NEW", whole["NEW"], ""),
        ("update", "NEW", changed, f"WHEN {differs} "),
        ("delete", "OLD", whole["OLD"], ""),
    ):
        name = f"{table}_audit_{operation}"
        yield (
            name,
            (
                f"CREATE TRIGGER {name} AFTER {operation.upper()} ON {table} {when}BEGIN "
                "INSERT INTO kostenklar_audit_entry "
                "(at, actor_key, actor_name, reason, table_name, row_id, operation, body) "
                "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), a.actor_key, a.actor_name, a.reason, "
                f"'{table.removeprefix('kostenklar_')}', {row}.id, '{operation}', {body} "
                "FROM (SELECT 1) LEFT JOIN kostenklar_audit_actor a ON a.id = 1; END"
            ),
        )


def postgres_triggers(
    table: str, columns: list[str], audited: list[str], freeze: Freeze | None
) -> Iterator[tuple[str, str]]:
    """(name, statement) of each trigger of one table on PostgreSQL; each passes a fingerprint of its condition."""
    if freeze:
        update, delete = conditions(freeze, columns, "postgresql")
        refused = [("frozen", "UPDATE", update), ("kept", "DELETE", delete)]
        if freeze.closed:
            refused.append(("closed", "INSERT", freeze.once.replace("OLD.", "NEW.")))
        for what, operation, when in refused:
            yield _postgres(table, what, operation, when)
    if freeze or audited:
        yield _postgres(table, "whole", "TRUNCATE", "", each="STATEMENT")
    if audited:
        quoted = ", ".join(f"'{name}'" for name in audited)
        name = f"{table}_audit"
        mark = _fingerprint(quoted)
        yield (
            name,
            (
                f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION kostenklar_audit({quoted}, '{mark}')"
            ),
        )


def _postgres(table: str, what: str, operation: str, when: str, each: str = "ROW") -> tuple[str, str]:
    name = f"{table}_{what}"
    if "SELECT" in when:  # a trigger's WHEN takes no subquery: ask in a function of its own
        return _postgres_asking(table, name, operation, when)
    condition = f"WHEN ({when}) " if when else ""
    return name, (
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH {each} {condition}"
        f"EXECUTE FUNCTION kostenklar_refuse('{_fingerprint(when)}')"
    )


def _postgres_asking(table: str, name: str, operation: str, when: str) -> tuple[str, str]:
    function = f"{name}_ask"
    answer = "OLD" if operation == "DELETE" else "NEW"
    return name, (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN "
        f"RAISE EXCEPTION 'kostenklar_frozen: {operation} on {table}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {answer}; END $$; "
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION {function}('{_fingerprint(when)}')"
    )


def _fingerprint(condition: str) -> str:
    return "kostenklar_fp_" + hashlib.sha256(condition.encode()).hexdigest()[:12]
