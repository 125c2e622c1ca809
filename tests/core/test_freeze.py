"""Issued papers and what hangs on them cannot change, by whatever statement (promises 2 and 6)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError, StatementError

from kostenklar.models import triggers
from kostenklar.models.records import Invoice, InvoiceLine, IssuedPaper, Move, NumberRange
from kostenklar.plugin import blobs
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import now
from kostenklar.plugin.extension import session
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.people import Cast


@pytest.fixture
def invoice_id(app: Flask, cast: Cast) -> Any:
    """An issued invoice with one line."""
    with app.app_context(), acting_as("system:tests", practices=[cast.practice_id]):
        yield issued_invoice(cast)


def issued_invoice(cast: Cast, number: str = "RE-2026-0001") -> int:
    """Draft, lines, then paper and number: the order that issuing keeps."""
    own = {"practice_id": cast.practice_id, "patient_id": cast.patient_id}
    with unit_of_work():
        invoice = Invoice(**own, course_id=cast.course_id, site_id=cast.site_id, net_total=Decimal("9.52"))
        invoice.vat_total, invoice.gross_total = Decimal("1.81"), Decimal("11.33")
        session().add(invoice)
        session().flush()
        session().add(line_of(cast, invoice.id))
        blob = blobs.put(cast.practice_id, number.encode(), "application/pdf")
        paper = IssuedPaper(
            **own, kind="invoice", number=number, issued_on=dt.date(2026, 11, 20), issued_at=now(), issued_by="Test",
            language="de", schema_version=1, content={"total": "11.33"}, sha256=blob.sha256, blob_id=blob.id,
            retain_until=dt.date(2034, 12, 31),
        )  # fmt: skip
        session().add(paper)
        session().flush()
        invoice.number, invoice.paper_id, invoice.state = number, paper.id, "issued"
        return invoice.id


def line_of(cast: Cast, invoice_id: int) -> InvoiceLine:
    return InvoiceLine(
        practice_id=cast.practice_id, invoice_id=invoice_id, position=1, service_on=dt.date(2026, 11, 20),
        goae_number="740", service="Kryotherapie der Haut, je Sitzung", points=71, factor=Decimal("2.3"),
        net=Decimal("9.52"), indication="cosmetic", vat_rate=Decimal(19), on_demand=True,
    )  # fmt: skip


def refused(statement: Any) -> None:
    with pytest.raises(DBAPIError, match="kostenklar_frozen"), unit_of_work():
        session().execute(statement)


def test_an_issued_paper_refuses_every_change_of_its_content(invoice_id: int) -> None:
    refused(update(IssuedPaper).values(content={"total": "0.01"}))
    refused(update(IssuedPaper).values(sha256="0" * 64))
    refused(update(IssuedPaper).values(number="RE-2026-9999"))


def test_an_issued_paper_is_not_deleted_before_its_time(invoice_id: int) -> None:
    refused(delete(IssuedPaper))


def test_a_paper_may_be_kept_longer_but_never_shorter(invoice_id: int) -> None:
    with unit_of_work():
        session().execute(update(IssuedPaper).values(retain_until=dt.date(2040, 12, 31)))
    refused(update(IssuedPaper).values(retain_until=dt.date(2030, 12, 31)))


def test_a_bulk_update_of_issued_lines_is_refused(invoice_id: int) -> None:
    refused(update(InvoiceLine).values(net=Decimal("1.00")))
    refused(delete(InvoiceLine))


def test_no_line_joins_an_issued_invoice(invoice_id: int, cast: Cast) -> None:
    with pytest.raises(DBAPIError, match="kostenklar_frozen"), unit_of_work():
        session().add(line_of(cast, invoice_id))


def test_of_an_issued_invoice_only_the_state_moves(invoice_id: int) -> None:
    refused(update(Invoice).values(gross_total=Decimal("12.33"), net_total=Decimal("10.52")))
    refused(update(Invoice).values(patient_id=Invoice.course_id + 100))
    with unit_of_work():
        session().execute(update(Invoice).values(state="cancelled"))


def test_history_and_numbers_only_grow(invoice_id: int, cast: Cast) -> None:
    with unit_of_work():
        session().add(NumberRange(practice_id=cast.practice_id, kind="invoice", year=2026, prefix="RE", next_number=2))
        session().add(
            Move(
                practice_id=cast.practice_id,
                noun="invoice",
                record_id=invoice_id,
                patient_id=cast.patient_id,
                step="issue",
                from_state="draft",
                to_state="issued",
                at=now(),
                actor_key="a",
                actor_name="A",
            )
        )
    refused(update(NumberRange).values(next_number=1))
    refused(delete(NumberRange))
    refused(update(Move).values(reason="anders"))
    refused(delete(Move))


def test_replacing_a_row_on_sqlite_does_not_slip_past(invoice_id: int) -> None:
    if session().connection().dialect.name != "sqlite":
        refused(text("DELETE FROM kostenklar_issued_paper"))
        return
    columns = ", ".join(column.name for column in IssuedPaper.__table__.columns)
    forged = columns.replace("sha256", f"'{'0' * 64}'")
    refused(
        text(f"INSERT OR REPLACE INTO kostenklar_issued_paper ({columns}) SELECT {forged} FROM kostenklar_issued_paper")
    )


def test_truncating_is_refused_on_postgresql(invoice_id: int) -> None:
    if session().connection().dialect.name == "sqlite":
        refused(
            text("DELETE FROM kostenklar_issued_paper")
        )  # SQLite knows no TRUNCATE: its DELETE meets the same guard
        return
    refused(text("TRUNCATE kostenklar_issued_paper CASCADE"))


def test_every_trigger_that_is_wanted_is_there_and_a_missing_one_is_named(invoice_id: int) -> None:
    connection = session().connection()
    assert triggers.differences(connection) == []

    table = "kostenklar_invoice_line"
    on = "" if connection.dialect.name == "sqlite" else f" ON {table}"
    connection.execute(text(f"DROP TRIGGER {table}_frozen{on}"))

    assert triggers.differences(connection) == [f"missing: {table}_frozen"]
    triggers.install(connection)
    assert triggers.differences(connection) == []
    session().rollback()


def test_a_weakened_trigger_is_named(invoice_id: int) -> None:
    connection = session().connection()
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP TRIGGER kostenklar_invoice_frozen"))
        weak = "BEFORE UPDATE ON kostenklar_invoice WHEN 0 BEGIN SELECT 1; END"
        connection.execute(text(f"CREATE TRIGGER kostenklar_invoice_frozen {weak}"))
    else:
        connection.execute(text("ALTER TABLE kostenklar_invoice DISABLE TRIGGER kostenklar_invoice_frozen"))

    assert [line.partition(": ")[2] for line in triggers.differences(connection)] == ["kostenklar_invoice_frozen"]
    session().rollback()


def test_no_audited_table_has_more_columns_than_one_json_object_takes() -> None:
    assert max(len(guard.audit_columns) for guard in triggers.guards() if guard.audited) < 50


def test_money_is_whole_cents_in_the_database(invoice_id: int) -> None:
    stored = session().execute(text("SELECT net_total, vat_total, gross_total FROM kostenklar_invoice")).one()
    assert tuple(stored) == (952, 181, 1133)
    with pytest.raises(StatementError, match=r"0\.001"), unit_of_work():
        session().execute(insert(Invoice).values(net_total=Decimal("0.001")))
    session().rollback()
