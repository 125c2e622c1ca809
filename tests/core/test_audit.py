"""Every change leaves an audit entry, committed entries are chained by hash, erasure leaves the chain provable."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from kostenklar.models import triggers
from kostenklar.models.records import AuditEntry, AuditSeal, Patient
from kostenklar.plugin.actor import Actor
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.seal import broken_link, seal
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.people import Cast


@pytest.fixture
def desk(as_reception: Actor) -> Actor:
    return as_reception


def entries(table: str) -> list[AuditEntry]:
    return list(session().scalars(select(AuditEntry).where(AuditEntry.table_name == table).order_by(AuditEntry.id)))


def test_a_change_tells_who_when_why_and_from_what_to_what(desk: Actor, cast: Cast) -> None:
    with unit_of_work(reason="Umzug"):
        session().get_one(Patient, cast.patient_id).city = "Bonn"

    entry = entries("patient")[-1]
    assert (entry.actor_key, entry.actor_name, entry.reason) == (desk.key, desk.name, "Umzug")
    assert json.loads(entry.body or "")["city"] == ["Köln", "Bonn"]
    assert "street" not in json.loads(entry.body or "")
    assert entry.operation == "update"
    assert entry.at.endswith("Z")


def test_a_bulk_statement_leaves_an_entry_for_each_row(desk: Actor, cast: Cast) -> None:
    before = len(entries("patient"))
    with unit_of_work(reason="Sammeländerung"):
        session().execute(update(Patient).values(country="AT"))
    patients = session().scalars(select(Patient.id)).all()
    assert len(entries("patient")) == before + len(patients)


def test_a_hosts_own_commit_counts_too_and_names_nobody_else(desk: Actor, cast: Cast) -> None:
    with unit_of_work(reason="unseres"):
        session().get_one(Patient, cast.patient_id).city = "Bonn"
    session().execute(text("UPDATE kostenklar_patient SET city = 'Trier'"))
    session().commit()

    entry = entries("patient")[-1]
    assert json.loads(entry.body or "")["city"] == ["Bonn", "Trier"]
    assert (entry.actor_key, entry.reason) == (None, None)


def test_a_change_that_changes_nothing_leaves_no_entry(desk: Actor, cast: Cast) -> None:
    before = len(entries("patient"))
    with unit_of_work():
        session().execute(text("UPDATE kostenklar_patient SET city = city"))
    assert len(entries("patient")) == before


def test_what_is_rolled_back_leaves_no_entry(desk: Actor, cast: Cast) -> None:
    before = len(entries("patient"))
    with unit_of_work():
        session().execute(text("UPDATE kostenklar_patient SET city = 'Bonn'"))
        session().rollback()
    assert len(entries("patient")) == before


def test_sealing_covers_every_entry_once_and_the_chain_holds(desk: Actor, cast: Cast) -> None:
    with unit_of_work():
        first = seal()
    with unit_of_work():
        again = seal()

    assert first == session().scalar(select(func.count()).select_from(AuditEntry))
    assert again == 0
    assert broken_link() is None


def test_a_late_commit_with_a_lower_number_is_sealed_later(desk: Actor, cast: Cast) -> None:
    with unit_of_work():
        seal()
    forgotten = {"at": "2026-11-22T08:00:00.000Z", "table_name": "patient", "row_id": 1, "operation": "update"}
    with unit_of_work():  # a slow transaction that drew its id long ago and commits only now
        session().execute(insert(AuditEntry).values(id=-5, body="{}", **forgotten))
    with unit_of_work():
        assert seal() == 1
    assert session().scalar(select(AuditSeal.seq).where(AuditSeal.entry_id == -5)) == session().scalar(
        select(func.max(AuditSeal.seq))
    )
    assert broken_link() is None


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE kostenklar_audit_entry SET actor_name = 'jemand' WHERE id = :id",
        "UPDATE kostenklar_audit_entry SET body = '{}' WHERE id = :id",
        "DELETE FROM kostenklar_audit_entry WHERE id = :id",
        "DELETE FROM kostenklar_audit_seal WHERE entry_id = :id",
    ],
)
def test_entries_and_seals_refuse_forgery_and_the_chain_shows_it_where_the_guard_was_taken_away(
    desk: Actor, cast: Cast, forgery: str
) -> None:
    with unit_of_work():
        seal()
    victim = session().scalar(select(AuditSeal.entry_id).where(AuditSeal.seq == 3))
    with pytest.raises(DBAPIError, match="kostenklar_frozen"), unit_of_work():
        session().execute(text(forgery), {"id": victim})

    connection = session().connection()
    for name, table in triggers.present(connection):
        connection.execute(
            text(f"DROP TRIGGER {name}" + ("" if connection.dialect.name == "sqlite" else f" ON {table}"))
        )
    session().execute(text(forgery), {"id": victim})

    broken = broken_link()
    assert broken is not None
    assert broken.seq in {3, 4}
    session().rollback()


def test_erasing_a_body_on_time_leaves_the_chain_provable(desk: Actor, cast: Cast) -> None:
    with unit_of_work():
        seal()
    with unit_of_work(reason="Löschlauf"):
        session().execute(update(AuditEntry).where(AuditEntry.table_name == "patient").values(body=None))
    with unit_of_work():
        seal()

    assert broken_link() is None
    assert all(entry.body is None for entry in entries("patient"))


def test_the_bytes_and_secrets_of_no_record_stand_in_a_body(desk: Actor, cast: Cast, app: Flask) -> None:
    audited = {guard.noun: guard.audit_columns for guard in triggers.guards() if guard.audited}
    assert "blob_bytes" not in audited
    assert "content" not in audited["issued_paper"]


def test_nothing_of_the_audit_is_deleted(desk: Actor, cast: Cast) -> None:
    with pytest.raises(DBAPIError, match="kostenklar_frozen"), unit_of_work():
        session().execute(delete(AuditEntry))
