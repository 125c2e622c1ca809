"""Stopping a session on the screen: why, what it stops, what is added afterwards, and two people at one session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from kostenklar.models.consent import Consent
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.treatment_records import complete
from kostenklar.tests.forms_of import fill, form_at
from kostenklar.tests.people import Cast
from kostenklar.tests.treatment_scene import a_plan, a_record, a_started_one, done, fresh

Sits = Callable[..., Any]
HOME = "/kostenklar"
LATER = today() + dt.timedelta(days=40)


def acting(cast: Cast) -> Any:
    return acting_as("user:sabine", name="Sabine Krüger", roles=["reception"], practices=[cast.practice_id])


@pytest.fixture
def running(app: Flask, cast: Cast) -> int:
    """A session that runs, with a later one planned."""
    with app.app_context(), acting(cast):
        a_plan(cast, LATER)
        return a_started_one(cast)


def at(treatment_id: int, rest: str = "") -> str:
    return f"{HOME}/treatments/{treatment_id}{rest}"


def state(app: Flask, cast: Cast, treatment_id: int) -> str:
    with app.app_context(), acting(cast):
        return fresh(treatment_id).state


def words(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_page_says_before_what_a_withdrawal_stops(cast: Cast, sits: Sits, running: int) -> None:
    page = words(sits("reception").get(at(running, "/abort")).text)
    assert "widerruft die Einwilligung" in page
    assert f"Abgesagt werden die geplanten Sitzungen: {LATER:%d.%m.%Y}." in page
    assert "Kostenvoranschläge und Kostenklärungen der Serie werden zur Durchsicht markiert" in page
    assert page.count("btn-primary") == 1


def test_a_withdrawal_on_the_table_needs_no_reason(app: Flask, cast: Cast, sits: Sits, running: int) -> None:
    answer = fill(sits("reception"), at(running, "/abort"), why="withdrawn", **{f"s{cast.lesion_id}_spots": "2"})
    assert answer.status_code == 303, answer.text
    assert state(app, cast, running) == "aborted"
    with app.app_context(), acting(cast):
        assert session().query(Consent).one().state == "withdrawn"
    page = words(sits("reception").get(at(running)).text)
    assert "Einwilligung während der Sitzung widerrufen" in page
    course = words(sits("reception").get(f"{HOME}/courses/{cast.course_id}").text)
    assert "widerrufen" in course
    assert "nicht begonnen" in course


def test_another_reason_must_be_named_and_leaves_the_consent(app: Flask, cast: Cast, sits: Sits, running: int) -> None:
    wrong = fill(sits("reception"), at(running, "/abort"), why="other", **{f"s{cast.lesion_id}_spots": "2"})
    assert wrong.status_code == 422
    assert "Der Grund fehlt." in wrong.text
    assert 'value="2"' in wrong.text
    assert fill(sits("reception"), at(running, "/abort"), why="other", reason="Gerät defekt").status_code == 303
    with app.app_context(), acting(cast):
        assert session().query(Consent).one().state == "signed"


def test_what_was_done_until_then_is_added_afterwards(app: Flask, cast: Cast, sits: Sits, running: int) -> None:
    desk = sits("reception")
    fill(desk, at(running, "/abort"), why="withdrawn")
    page = desk.get(at(running)).text
    assert "Bis dahin Gemachtes eintragen" in page.split("btn-primary")[1][:200]
    site = f"s{cast.lesion_id}_"
    typed = {"temperature_c": "-60", "seconds": "10", "cycles": "1", "spots": "3", "area_cm2": "2"}
    answer = fill(desk, at(running, "/aborted"), **{site + name: value for name, value in typed.items()})
    assert answer.status_code == 303, answer.text
    shown = words(desk.get(at(running)).text)
    assert "−60 °C" in shown
    assert "Nachsorgeblatt öffnen" in shown
    assert form_at(desk, at(running, "/aborted"))[1][site + "spots"] == "3"


def test_whoever_records_while_somebody_stops_loses_nothing(app: Flask, cast: Cast, sits: Sits, running: int) -> None:
    desk, room = sits("reception"), sits("physician")
    url, typed = form_at(room, at(running, "/record"))
    fill(desk, at(running, "/abort"), why="withdrawn")
    answer = room.post(url, data=typed | {f"s{cast.lesion_id}_spots": "4", "note": "fast fertig"})
    assert answer.status_code in (409, 422)
    assert "fast fertig" in answer.text
    assert state(app, cast, running) == "aborted"


def test_whoever_stops_what_was_just_recorded_is_told(app: Flask, cast: Cast, sits: Sits, running: int) -> None:
    desk = sits("reception")
    url, typed = form_at(desk, at(running, "/abort"))
    with app.app_context(), acting(cast):
        done(lambda: complete(running, None, a_record(cast)))
    answer = desk.post(url, data=typed | {"why": "withdrawn"})
    assert answer.status_code in (409, 422)
    assert state(app, cast, running) == "done"
    with app.app_context(), acting(cast):
        assert session().query(Consent).one().state == "signed"


def test_the_withdrawal_page_names_what_it_calls_off(app: Flask, cast: Cast, sits: Sits, running: int) -> None:
    with app.app_context(), acting(cast):
        consent_id = session().query(Consent).one().id
    page = words(sits("reception").get(f"{HOME}/consents/{consent_id}/withdrawal").text)
    assert f"Abgesagt werden die geplanten Sitzungen: {LATER:%d.%m.%Y}." in page
    assert at(running, "/abort") in page
