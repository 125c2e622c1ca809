"""One transaction spans the stranger's rows and ours: both are there afterwards, or neither."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, event, func, select, update
from sqlalchemy.exc import IntegrityError

from kostenklar.models import records
from kostenklar.models.rules.states import TreatmentStep
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.cli import bring_up_to_date
from kostenklar.plugin.errors import StalePage
from kostenklar.plugin.extension import extension, session
from kostenklar.plugin.services.moves import move
from kostenklar.plugin.services.setup import NewPractice, open_practice
from kostenklar.plugin.signals import state_moved
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.people import Cast, set_the_scene

PRACTICE = NewPractice(name="Hautpraxis am Fluss", street="Ufer 1", postcode="20095", city="Hamburg")


class Broken(Exception):
    """Something fails after both have written."""


@pytest.fixture
def running(book: Flask) -> Iterator[Flask]:
    with book.app_context(), acting_as("system:tests"):
        yield book


def counts(app: Flask, stranger: ModuleType) -> tuple[int, int]:
    """(patients of the stranger, practices of ours), seen from another connection."""
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with engine.connect() as connection:
        found = [
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (stranger.Patient.__table__, records.Practice.__table__)
        ]
    engine.dispose()
    return found[0], found[1]


def write_both(stranger: ModuleType, nickname: str | None = "Momo", trouble: Exception | None = None) -> None:
    with unit_of_work():
        session().add(stranger.Patient(nickname=nickname))
        open_practice(PRACTICE)
        session().flush()
        if trouble:
            raise trouble


def test_success_keeps_both(running: Flask, stranger: ModuleType) -> None:
    write_both(stranger)
    assert counts(running, stranger) == (1, 1)


@pytest.mark.parametrize("trouble", [Broken(), StalePage("patient", 1)])
def test_failure_keeps_neither(running: Flask, stranger: ModuleType, trouble: Exception) -> None:
    with pytest.raises(type(trouble)):
        write_both(stranger, trouble=trouble)
    assert counts(running, stranger) == (0, 0)


def test_half_of_it_is_never_seen_by_others(running: Flask, stranger: ModuleType) -> None:
    with unit_of_work():
        write_both(stranger)  # joins the outer one
        assert counts(running, stranger) == (0, 0)
    assert counts(running, stranger) == (1, 1)


@pytest.mark.parametrize("flushed", [False, True])
def test_what_it_had_begun_before_goes_the_same_way(running: Flask, stranger: ModuleType, flushed: bool) -> None:
    for trouble, kept in ((Broken(), (0, 0)), (None, (2, 1))):
        session().add(stranger.Patient(nickname="before"))
        if flushed:
            session().flush()
        try:
            write_both(stranger, trouble=trouble)
        except Broken:
            assert trouble
        assert counts(running, stranger) == kept


def test_its_own_mistake_in_the_database_takes_ours_back(running: Flask, stranger: ModuleType) -> None:
    with pytest.raises(IntegrityError):
        write_both(stranger, nickname=None)
    assert counts(running, stranger) == (0, 0)
    session().add(stranger.Patient(nickname="Momo"))  # and its session is fit for work again
    session().commit()
    assert counts(running, stranger) == (1, 0)


def test_what_its_listener_adds_is_kept_with_our_step(running: Flask, stranger: ModuleType) -> None:
    def remember(_move: Any, **_facts: Any) -> None:
        session().add(stranger.Patient(nickname="Momo"))

    cast = set_the_scene()
    with state_moved.connected_to(remember):
        plan_and_call_off(cast)
    assert counts(running, stranger)[0] == 1
    assert session().scalars(select(records.Treatment.state)).all() == ["not_started"]


def test_what_its_listener_raises_stops_our_step(running: Flask, stranger: ModuleType) -> None:
    def stop(_move: Any, **_facts: Any) -> None:
        session().add(stranger.Patient(nickname="Momo"))
        raise Broken

    cast = set_the_scene()
    with state_moved.connected_to(stop), pytest.raises(Broken):
        plan_and_call_off(cast)
    assert counts(running, stranger)[0] == 0
    assert session().scalars(select(records.Treatment.state)).all() == []


def plan_and_call_off(cast: Cast) -> None:
    with unit_of_work():
        planned = records.Treatment(
            practice_id=cast.practice_id, patient_id=cast.patient_id, course_id=cast.course_id, site_id=cast.site_id,
            session_no=1, planned_on=dt.date(2026, 11, 20),
        )  # fmt: skip
        session().add(planned)
        session().flush()
        move(planned, TreatmentStep.CALL_OFF)


def test_its_commit_afterwards_is_not_written_down_as_our_persons_doing(running: Flask, stranger: ModuleType) -> None:
    with acting_as("user:sabine", name="Sabine"):
        write_both(stranger)
    session().execute(update(records.Practice).values(legal_form="GbR"))
    session().commit()
    wrote = select(records.AuditEntry.actor_key).where(records.AuditEntry.table_name == "practice")
    keys = session().scalars(wrote.order_by(records.AuditEntry.id)).all()
    assert keys[0] == "user:sabine"
    assert len(keys) > 1
    assert keys[-1] != "user:sabine"


def test_a_host_that_begins_its_transactions_by_sqlalchemys_recipe_is_served_too(
    open_book: Callable[..., Flask], stranger: ModuleType, tmp_path: Path
) -> None:
    """The recipe for sqlite3: isolation_level None, and BEGIN sent by an event; then no PRAGMA works within."""
    app = open_book(f"sqlite:///{tmp_path / 'recipe.db'}")
    with app.app_context(), acting_as("system:tests"):
        follow_the_recipe(extension().db.engine)
        bring_up_to_date()
        with pytest.raises(Broken):
            write_both(stranger, trouble=Broken())
        assert counts(app, stranger) == (0, 0)
        write_both(stranger)
        assert counts(app, stranger) == (1, 1)


def follow_the_recipe(engine: Engine) -> None:
    engine.dispose()

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begun(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")
