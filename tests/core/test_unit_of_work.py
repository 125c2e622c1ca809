"""One POST, one transaction: locked roots, versions, once-tokens, and who may see what (promises 7, 8, 12)."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text

from kostenklar.models.records import Patient
from kostenklar.plugin.access import scoped
from kostenklar.plugin.actor import Actor, acting_as
from kostenklar.plugin.errors import AlreadyDone, DatabaseBusy, NotFound, StalePage
from kostenklar.plugin.extension import extension, session
from kostenklar.plugin.unit_of_work import locked, unit_of_work
from kostenklar.tests.people import Cast


def city(cast: Cast) -> str:
    session().expire_all()
    return session().get_one(Patient, cast.patient_id).city


def test_what_a_use_case_does_is_committed_as_a_whole_or_not_at_all(as_reception: Actor, cast: Cast) -> None:
    def half_done() -> None:
        with unit_of_work():
            locked(Patient, cast.patient_id).city = "Bonn"
            session().flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    assert city(cast) == "Köln"


def test_a_stale_page_is_refused_and_tells_who_was_faster(as_reception: Actor, cast: Cast) -> None:
    shown = session().get_one(Patient, cast.patient_id).version
    with unit_of_work():
        locked(Patient, cast.patient_id, shown).city = "Bonn"

    with pytest.raises(StalePage) as stale, unit_of_work():
        locked(Patient, cast.patient_id, shown)

    assert stale.value.changed_by == as_reception.name
    assert stale.value.version == shown + 1


def test_a_change_of_lines_alone_makes_the_page_stale_too(as_reception: Actor, cast: Cast) -> None:
    shown = session().get_one(Patient, cast.patient_id).version
    with unit_of_work():
        locked(Patient, cast.patient_id, shown)
    with pytest.raises(StalePage), unit_of_work():
        locked(Patient, cast.patient_id, shown)


def test_a_token_counts_once_and_leads_to_the_first_result(as_reception: Actor, cast: Cast) -> None:
    with unit_of_work(once="t-1") as work:
        work.leads_to = "/patients/1"
    with pytest.raises(AlreadyDone) as done, unit_of_work(once="t-1"):
        locked(Patient, cast.patient_id).city = "Bonn"
    assert done.value.leads_to == "/patients/1"
    assert city(cast) == "Köln"


def test_a_token_of_a_failed_use_case_can_be_sent_again(as_reception: Actor, cast: Cast) -> None:
    with pytest.raises(NotFound), unit_of_work(once="t-2"):
        locked(Patient, 999_999)
    with unit_of_work(once="t-2"):
        locked(Patient, cast.patient_id).city = "Bonn"
    assert city(cast) == "Bonn"


def test_two_who_change_one_record_at_once_do_not_overwrite_each_other(app: Flask, cast: Cast) -> None:
    outcomes: list[str] = []
    both_looked = threading.Barrier(2)

    def change(name: str) -> None:
        with app.app_context(), acting_as(f"user:{name}", practices=[cast.practice_id]):
            shown = session().get_one(Patient, cast.patient_id).version
            session().commit()
            both_looked.wait()
            try:
                with unit_of_work():
                    locked(Patient, cast.patient_id, shown).city = name
                outcomes.append("changed")
            except StalePage:
                outcomes.append("stale")

    people = [threading.Thread(target=change, args=(name,)) for name in ("Bonn", "Trier")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(outcomes) == ["changed", "stale"]


def test_a_foreign_practices_record_is_not_there(as_reception: Actor, cast: Cast, app: Flask) -> None:
    with acting_as("user:fremd", practices=[cast.stranger_id]):
        with pytest.raises(NotFound), unit_of_work():
            locked(Patient, cast.patient_id)
        assert session().scalars(scoped(select(Patient))).all() == []
        assert session().execute(scoped(select(Patient.id, Patient.last_name))).all() == []
    assert len(session().scalars(scoped(select(Patient))).all()) == 1


def test_who_belongs_to_no_practice_sees_nothing(as_reception: Actor, cast: Cast) -> None:
    with acting_as("user:niemand"):
        assert session().scalars(scoped(select(Patient))).all() == []


def test_a_lazy_load_stays_within_the_practice(as_reception: Actor, cast: Cast) -> None:
    with unit_of_work():
        session().execute(text("UPDATE kostenklar_policy SET practice_id = :other"), {"other": cast.stranger_id})
    session().expire_all()
    patient = session().scalars(scoped(select(Patient))).one()
    assert patient.policies == []


def test_loading_outside_a_unit_of_work_is_a_mistake_that_shows(as_reception: Actor, cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="inside a unit of work"):
        locked(Patient, cast.patient_id)


def test_a_database_that_others_hold_is_named_busy(
    as_reception: Actor, cast: Cast, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not database_url.startswith("sqlite"):
        session().execute(text("SET lock_timeout = '200ms'"))
        session().commit()
    session().remove()
    extension().db.engine.dispose()
    other: Any = create_engine(database_url).connect()
    if database_url.startswith("sqlite"):
        other.exec_driver_sql("BEGIN IMMEDIATE")
        session().execute(text("PRAGMA busy_timeout = 100"))
    else:
        other.execute(text("SELECT 1 FROM kostenklar_patient FOR UPDATE"))
        session().execute(text("SET lock_timeout = '200ms'"))
        session().commit()

    with pytest.raises(DatabaseBusy), unit_of_work():
        locked(Patient, cast.patient_id)

    other.rollback()
    other.close()
    other.engine.dispose()


def test_writers_on_sqlite_get_their_turn_in_the_order_of_asking(app: Flask, cast: Cast, database_url: str) -> None:
    with app.app_context():
        queue = extension().writers
    order: list[int] = []
    assert queue.acquire(1)

    def wait(n: int) -> None:
        assert queue.acquire(5)
        order.append(n)
        queue.release()

    waiting = []
    for n in range(8):
        thread = threading.Thread(target=wait, args=(n,))
        thread.start()
        waiting.append(thread)
        while len(queue._queue) <= n:  # the test looks at the queue's length
            pass
    queue.release()
    for thread in waiting:
        thread.join()
    assert order == list(range(8))


def test_who_waits_too_long_leaves_the_queue_and_blocks_nobody(app: Flask, cast: Cast) -> None:
    with app.app_context():
        queue = extension().writers
    assert queue.acquire(1)
    assert not queue.acquire(0.05)
    queue.release()
    assert queue.acquire(0.05)
    queue.release()
