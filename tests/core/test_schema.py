"""The schema is built by migrations alone, upgrades keep what is filled in, and triggers survive batch migrations."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Column, Engine, MetaData, create_engine, insert, text, update
from sqlalchemy import types as sqltypes
from sqlalchemy.exc import DBAPIError

from kostenklar.models import schema, triggers
from kostenklar.models.records import Base, IssuedPaper, Patient
from kostenklar.plugin.actor import Actor
from kostenklar.plugin.errors import SchemaBehind
from kostenklar.plugin.extension import extension, session
from kostenklar.plugin.guard import check_database
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.core.drawing import keep_paper
from kostenklar.tests.host import make_app
from kostenklar.tests.people import Cast


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    return ScriptDirectory.from_config(config)


def test_the_head_that_the_program_compares_is_the_newest_migration() -> None:
    assert scripts().get_heads() == [schema.HEAD]


def test_the_migrations_build_what_the_records_say(as_reception: Actor) -> None:
    context = MigrationContext.configure(
        session().connection(),
        opts={"include_name": lambda name, kind, _: kind != "table" or name in Base.metadata.tables},
    )
    assert compare_metadata(context, Base.metadata) == []


def test_every_foreign_key_has_its_index(as_reception: Actor) -> None:
    missing = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.foreign_keys and not column.primary_key and not leads_an_index(table, column.name)
        if column.name != "practice_id"  # docs/decisions/0008: it finds too many rows to be asked
    ]
    assert missing == []


def leads_an_index(table: object, column: str) -> bool:
    first = [next(c.name for c in index.columns) for index in table.indexes]  # type: ignore[attr-defined]
    first += [
        next(c.name for c in constraint.columns)
        for constraint in table.constraints  # type: ignore[attr-defined]
        if constraint.__class__.__name__ == "UniqueConstraint"
    ]
    return column in first


def test_an_upgrade_of_a_filled_database_keeps_every_row_and_every_guard(as_reception: Actor, cast: Cast) -> None:
    with unit_of_work():
        keep_paper(cast.practice_id, cast.patient_id, "RE-2026-0001")
    session().remove()

    schema.upgrade(extension().db.engine)

    assert session().get_one(Patient, cast.patient_id).last_name == "Yılmaz-Hofer"
    assert triggers.differences(session().connection()) == []
    session().rollback()
    with pytest.raises(DBAPIError, match="kostenklar_frozen"), unit_of_work():
        session().execute(update(IssuedPaper).values(number="RE-2026-0002"))


def test_a_batch_migration_drops_the_triggers_check_says_so_and_the_upgrade_sets_them_again(
    as_reception: Actor, cast: Cast
) -> None:
    with unit_of_work():
        keep_paper(cast.practice_id, cast.patient_id, "RE-2026-0001")
    engine = extension().db.engine
    session().remove()
    rebuild_in_batch_mode(engine, "kostenklar_issued_paper")
    forge = text("UPDATE kostenklar_issued_paper SET sha256 = 'forged'")
    assert any(line.startswith("Trigger fehlt: kostenklar_issued_paper") for line in problems())
    session().execute(forge)  # nothing refuses it: this is why the triggers are set again after each upgrade
    session().rollback()
    session().remove()

    schema.upgrade(engine)

    with pytest.raises(DBAPIError, match="kostenklar_frozen"), unit_of_work():
        session().execute(forge)


def rebuild_in_batch_mode(engine: Engine, table: str) -> None:
    """What a migration of a column does on SQLite; on PostgreSQL the triggers are taken away by hand."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            with Operations(MigrationContext.configure(connection)).batch_alter_table(table, recreate="always"):
                pass
        else:
            for name, where in triggers.present(connection):
                if where == table:
                    connection.exec_driver_sql(f"DROP TRIGGER {name} ON {where}")
        connection.commit()
    engine.dispose()


def test_tables_behind_the_program_are_named(as_reception: Actor, cast: Cast) -> None:
    session().execute(text("UPDATE kostenklar_alembic_version SET version_num = '0000'"))
    session().commit()
    extension().schema_is_current = False
    with pytest.raises(SchemaBehind):
        check_database()


def test_a_page_over_tables_that_are_behind_says_what_to_do(app: Flask, cast: Cast, sits: object) -> None:
    with app.app_context():
        session().execute(text("UPDATE kostenklar_alembic_version SET version_num = '0000'"))
        session().commit()
    answer = sits("reception").get("/kostenklar/patients")  # type: ignore[operator]
    assert answer.status_code == 503
    assert "kostenklar upgrade" in answer.text


def test_a_database_filled_at_the_first_schema_comes_through_every_later_migration(
    empty_database: str, tmp_path: Path
) -> None:
    app = make_app(empty_database, tmp_path)
    with app.app_context():
        engine = extension().db.engine
        schema.upgrade(engine, "0001")
        fill_first_schema(engine)

        schema.upgrade(engine)

        with engine.connect() as connection:
            assert schema.current(connection) == schema.HEAD
            assert triggers.differences(connection) == []
            assert connection.execute(text("SELECT last_name FROM kostenklar_patient")).scalars().all() == ["Çelik"]
            assert connection.execute(text("SELECT number FROM kostenklar_issued_paper")).scalar() == "RE-2026-0001"
        with pytest.raises(DBAPIError, match="kostenklar_frozen"), engine.begin() as connection:
            connection.execute(text("DELETE FROM kostenklar_issued_paper"))
        engine.dispose()


def fill_first_schema(engine: Engine) -> None:
    """Rows as the first release had them, written without today's records."""
    tables = MetaData()
    tables.reflect(engine, only=lambda name, _: name.startswith("kostenklar_"))
    own = {"id": 1, "practice_id": 1}
    rows: dict[str, dict[str, Any]] = {
        "practice": {"id": 1, "name": "Praxis"},
        "patient": {
            **own, "number": "PA-0001", "first_name": "Łukasz", "last_name": "Çelik", "sort_key": "celik lukasz",
            "birth_date": dt.date(1984, 3, 9),
        },
        "blob": {**own, "sha256": "0" * 64, "size": 3, "media_type": "application/pdf", "key_id": "a"},
        "issued_paper": {
            **own, "patient_id": 1, "kind": "invoice", "number": "RE-2026-0001", "sha256": "0" * 64, "blob_id": 1,
            "issued_on": dt.date(2026, 11, 20), "retain_until": dt.date(2034, 12, 31), "schema_version": 1,
            "content": {}, "language": "de", "issued_by": "Test",
        },
        "once_token": {"token": "t", "actor_key": "a"},
    }  # fmt: skip
    with engine.begin() as connection:
        for name, values in rows.items():
            table = tables.tables[f"kostenklar_{name}"]
            blanks = {column.name: blank(column) for column in table.columns if not column.nullable}
            connection.execute(insert(table).values(blanks | values))


def blank(column: Column[Any]) -> Any:
    """Something that fits a column which says nothing about its default to the database."""
    if isinstance(column.type, sqltypes.DateTime):
        return dt.datetime(2026, 11, 20, 8, 0, tzinfo=dt.UTC)
    if isinstance(column.type, sqltypes.Integer):
        return 0
    if isinstance(column.type, sqltypes.Boolean):
        return False
    return ""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.db'}"
        return
    server: str = request.getfixturevalue("postgres_server")
    admin = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    name = f"kk_old_{uuid.uuid4().hex[:8]}"
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield server.format(name=name)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()
