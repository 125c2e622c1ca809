"""A practice of the last release upgrades: guards in place, its invoices readable, payable, cancellable."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Column, Connection, Engine, MetaData, Table, inspect, select, text, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from kostenklar.models import schema, triggers
from kostenklar.models.records import Base, Invoice, IssuedPaper
from kostenklar.models.trigger_dialects import POSTGRES_AUDIT, POSTGRES_REFUSE
from kostenklar.plugin.actor import Actor, acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import extension, session
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoices import draft_invoice, record_delivery
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.core.test_schema import empty_database
from kostenklar.tests.host import client_of, make_app
from kostenklar.tests.invoice_scene import a_draft, a_session, issued, paper_text
from kostenklar.tests.payment_scene import paid, stands
from kostenklar.tests.people import Cast

__all__ = ["empty_database"]  # the fixture
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def at_0003(empty_database: str, sqlite_template: Any, tmp_path: Path) -> Iterator[tuple[Flask, Cast]]:
    """A database as the release before billing left it: two invoices, one handed over, with that day's triggers."""
    cast: Cast = sqlite_template.cast
    shutil.copy(sqlite_template.with_scene, tmp_path / "source.db")
    rows = rows_of_a_practice(make_app(f"sqlite:///{tmp_path / 'source.db'}", tmp_path), cast)
    app = make_app(empty_database, tmp_path)
    with app.app_context():
        engine: Engine = extension().db.engine
        schema.upgrade(engine, "0003")
        with engine.begin() as connection:
            put_in(connection, rows)
            old_triggers(connection)
        yield app, cast
        session().remove()
        engine.dispose()


def rows_of_a_practice(app: Flask, cast: Cast) -> Rows:
    with app.app_context():
        with acting_as("user:sabine", name="Sabine Krüger", practices=[cast.practice_id]):
            first = issued(a_draft(cast)).id
            treatment_id = a_session(cast, session_no=2)
            with unit_of_work():
                second = draft_invoice(treatment_id)
            issued(second)
            with unit_of_work():
                record_delivery(first, None, today(), "person")
        session().remove()
        engine = extension().db.engine
        with engine.connect() as connection:
            found = {
                table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
                for table in Base.metadata.sorted_tables
            }
        engine.dispose()
    for row in found["kostenklar_invoice"]:
        row["state"] = "issued"  # "sent" was none of its states
    for row in found["kostenklar_issued_paper"]:
        if row["kind"] == "invoice":
            row["content"] = of_the_first_version(row["content"])
    return found


def of_the_first_version(content: dict[str, Any]) -> dict[str, Any]:
    """The invoice's content without what came with billing."""
    old = {name: value for name, value in content.items() if name != "electronic"} | {"schema_version": 1}
    for group in old["groups"]:
        group["lines"] = [
            {name: value for name, value in line.items() if name not in ("kind", "receipt")} for line in group["lines"]
        ]
        group.pop("exempt", None)
    return old


def put_in(connection: Connection, rows: Rows) -> None:
    """What of the rows has a table and a column there."""
    there = inspect(connection)
    tables = set(there.get_table_names())
    for table in Base.metadata.sorted_tables:
        if table.name not in tables or not rows[table.name]:
            continue
        columns = {column["name"] for column in there.get_columns(table.name)}
        old = Table(table.name, MetaData(), *(Column(c.name, c.type) for c in table.columns if c.name in columns))
        found = [{name: value for name, value in row.items() if name in columns} for row in rows[table.name]]
        connection.execute(old.insert(), found)
        if connection.dialect.name == "postgresql" and "id" in columns and isinstance(found[0]["id"], int):
            sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
            connection.execute(text(f"SELECT setval({sequence}, max(id)) FROM {table.name} HAVING {sequence} <> ''"))


def old_triggers(connection: Connection) -> None:
    """Those of today that the tables of that day can bear."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(POSTGRES_REFUSE))
        connection.execute(text(POSTGRES_AUDIT))
    for statement in triggers.wanted(connection.dialect.name).values():
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(statement)
        except SQLAlchemyError:
            continue
    assert len(triggers.present(connection)) > 100


def test_the_last_release_s_practice_goes_on_with_its_invoices(at_0003: tuple[Flask, Cast]) -> None:
    app, cast = at_0003

    schema.upgrade(extension().db.engine)

    assert triggers.differences(session().connection()) == []
    assert problems() == []
    session().rollback()
    with acting_as("user:sabine", name="Sabine Krüger", practices=[cast.practice_id]):
        handed, kept = session().scalars(select(Invoice).order_by(Invoice.id)).all()
        assert (handed.state, kept.state) == ("sent", "issued")
        assert "RE-" in paper_text(handed)
        first, second = handed.id, kept.id
        paid(first, "5.00")
        assert stands(first)[0] == "part_paid"
        with unit_of_work():
            cancel_invoice(second, None, "Doppelt", today())
        assert stands(second)[0] == "cancelled"
        with pytest.raises(DBAPIError, match="kostenklar_frozen"), unit_of_work():
            session().execute(update(IssuedPaper).values(number="RE-2026-0009"))
    desk = client_of(app, Actor("user:sabine", "Sabine Krüger", frozenset({"reception"}), (cast.practice_id,)))
    for page in (f"invoices/{first}", f"invoices/{second}", "invoices", "invoices/receivables", ""):
        assert desk.get(f"/kostenklar/{page}").status_code == 200, page
