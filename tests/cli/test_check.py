"""`kostenklar check` says what it proved, names each forgery in one line, and answers 1."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, text

from kostenklar.models import schema, triggers
from kostenklar.models.records import BlobBytes
from kostenklar.plugin.clock import frozen
from kostenklar.plugin.demo import load_demo
from kostenklar.plugin.demo_plot import Case
from kostenklar.plugin.demo_wishes import CHEEK
from kostenklar.plugin.extension import extension, session
from kostenklar.plugin.keys import Keys, new_key_line
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.unit_of_work import unit_of_work


def check(app: Flask) -> Result:
    return app.test_cli_runner().invoke(args=["kostenklar", "check"])


@pytest.fixture
def books(app: Flask) -> Flask:
    """A practice with one patient: consent and cost notice signed, treated, aftercare, invoice; all in 2026."""
    with app.app_context(), frozen(dt.datetime(2026, 6, 15, 14, 0, tzinfo=dt.UTC)):
        load_demo((Case("berg", CHEEK, -3, "issue"),))
    assert check(app).exit_code == 0
    return app


class Undone(Exception):
    """Takes a forgery back."""


def forge(statement: str) -> list[str]:
    """What somebody with the database's password can do, triggers away and back again, and what is found then."""
    found: list[str] = []
    with suppress(Undone), unit_of_work():
        connection = session().connection()
        for name, table in triggers.present(connection):
            connection.exec_driver_sql(dropping(name, table))
        connection.exec_driver_sql(statement)
        triggers.install(connection)
        found = problems()
        raise Undone
    return found


def dropping(trigger: str, table: str) -> str:
    """The statement that takes a trigger away."""
    return f"DROP TRIGGER {trigger}" + ("" if extension().db.engine.dialect.name == "sqlite" else f" ON {table}")


def test_a_sound_practice_is_told_what_was_proved(books: Flask) -> None:
    told = check(books)

    assert told.exit_code == 0
    first, seal, last = told.output.splitlines()
    assert first.startswith("Geprüft: 4 Dokumente, 2 Scans, 4 Nummern, ")
    assert first.endswith(" Trigger.")
    assert seal.startswith("Letztes Siegel: ")
    assert last == "Alles in Ordnung."


FORGERIES = {
    "a paper has another number": (
        "UPDATE kostenklar_issued_paper SET number = 'EW-2026-0003' WHERE kind = 'consent'",
        "Nummern EW-2026-0001 bis EW-2026-0002 fehlen",
    ),
    "the last paper is gone": (
        "UPDATE kostenklar_number_range SET next_number = 3 WHERE kind = 'invoice'",
        "Nummer RE-2026-0002 ist zuletzt vergeben, es gibt dazu 1 Dokumente",
    ),
    "a paper has a number of no range": (
        "UPDATE kostenklar_issued_paper SET number = 'XX-0001' WHERE kind = 'aftercare'",
        "Nummer XX-0001: zu ihr gehört kein Nummernkreis",
    ),
    "a paper names other bytes": (
        "UPDATE kostenklar_issued_paper SET sha256 = 'forged' WHERE kind = 'consent'",
        "Dokument EW-2026-0001: die Datei ist nicht die, die ausgestellt wurde",
    ),
    "an invoice's line has another amount": (
        "UPDATE kostenklar_invoice_line SET net = net + 100",
        "Rechnung RE-2026-0001: ihre Zeilen ergeben eine andere Summe",
    ),
    "an invoice asks for more than its paper": (
        "UPDATE kostenklar_invoice SET vat_total = vat_total + 100, gross_total = gross_total + 100",
        "Rechnung RE-2026-0001: sie stimmt nicht mit ihrem Dokument überein",
    ),
    "an audit entry names somebody else": (
        "UPDATE kostenklar_audit_entry SET actor_name = 'jemand' WHERE id = 90",
        "Protokoll, Siegel 90: sein Eintrag ist verändert",
    ),
    "an audit entry says something else": (
        "UPDATE kostenklar_audit_entry SET body = '{}' WHERE id = 90",
        "Protokoll, Siegel 90: der Inhalt seines Eintrags ist verändert",
    ),
    "an audit entry is gone": (
        "DELETE FROM kostenklar_audit_entry WHERE id = 90",
        "Protokoll, Siegel 90: sein Eintrag fehlt",
    ),
    "a seal is gone": (
        "DELETE FROM kostenklar_audit_seal WHERE seq = 90",
        "Protokoll, Siegel 91: davor fehlt ein Siegel",
    ),
}


def test_each_forgery_is_named(books: Flask, subtests: pytest.Subtests) -> None:
    for forgery, (statement, expected) in FORGERIES.items():
        with subtests.test(forgery), books.app_context():
            assert expected in forge(statement)
            assert problems() == []


def test_changed_bytes_and_a_lost_key_are_named_for_each_paper(books: Flask) -> None:
    with books.app_context():
        stored = session().scalars(select(BlobBytes).order_by(BlobBytes.blob_id)).first()
        assert stored is not None
        stored.envelope = stored.envelope[:-1] + bytes([stored.envelope[-1] ^ 1])
        session().commit()
    changed = check(books)
    assert changed.exit_code == 1
    assert changed.output.count("die gespeicherte Datei ist verändert, oder ihr Schlüssel fehlt") == 1

    with books.app_context():
        extension().keys = Keys({"other": new_key_line("other").encode()[:32]})
    lost = check(books)
    assert lost.output.count("die gespeicherte Datei ist verändert, oder ihr Schlüssel fehlt") == 6  # scans, too


def test_a_missing_trigger_is_named_and_the_upgrade_brings_it_back(app: Flask) -> None:
    with app.app_context():
        connection = session().connection()
        name, table = next(one for one in triggers.present(connection) if one[1] == "kostenklar_issued_paper")
        connection.exec_driver_sql(dropping(name, table))
        session().commit()

    assert f"Trigger fehlt: {name}" in check(app).output
    assert app.test_cli_runner().invoke(args=["kostenklar", "upgrade"]).exit_code == 0
    assert check(app).exit_code == 0


def test_tables_of_another_release_get_the_line_to_type_and_nothing_is_written(app: Flask) -> None:
    with app.app_context():
        session().connection().exec_driver_sql(f"UPDATE {schema.VERSION_TABLE} SET version_num = '0000'")
        session().commit()
        before = session().scalar(text("SELECT count(*) FROM kostenklar_audit_seal"))

    told = check(app)

    assert told.exit_code == 1
    assert told.output.splitlines()[0].endswith("Bitte geben Sie ein: kostenklar upgrade")
    with app.app_context():
        assert session().scalar(text("SELECT count(*) FROM kostenklar_audit_seal")) == before
