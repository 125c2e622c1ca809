"""The page of one patient: who pays, what comes next, what is missing, what happened."""

from __future__ import annotations

import re

import pytest

from kostenklar.models.ledger import Move
from kostenklar.models.patient import Patient, Policy
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import now
from kostenklar.plugin.extension import session
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.patient_scene import PATIENTS, register
from kostenklar.tests.statements import watched
from kostenklar.tests.treatment_scene import a_consent


def test_the_page_says_who_pays_what_comes_next_and_what_is_missing(cast, desk):
    page = desk.get(f"{PATIENTS}/{cast.patient_id}").text
    for word in (
        "Yılmaz-Hofer, Gisela", "geb.", "02.09.1957", "Kasse Rheinland-West", "in der Regel keine Kassenleistung",
        "Nächster Schritt", "Was fehlt noch", "Einwilligung", "Altersflecken Handrücken rechts", "Verlauf",
    ):  # fmt: skip
        assert word in page
    assert page.count("btn-primary") == 1


@pytest.mark.parametrize(
    ("sex", "told"),
    [("w", "mit der Versicherten"), ("m", "mit dem Versicherten"), ("d", "mit der versicherten Person")],
)
def test_the_private_insured_is_told_that_it_is_clarified_individually(app, cast, desk, sex, told):
    new = register(app, cast, sex=sex)
    assert f"individuell {told}" in desk.get(f"{PATIENTS}/{new}").text


def test_what_happened_stands_newest_first_with_the_way_to_its_paper(cast, as_reception, desk):
    a_consent(cast)
    page = desk.get(f"{PATIENTS}/{cast.patient_id}").text
    assert re.search(r'Einwilligung <a href="/kostenklar/papers/\d+\.pdf">EW-\d{4}-0001</a> ausgestellt', page)
    assert page.index("Einwilligung unterschrieben zurück") < page.index("EW-")
    assert "Sabine Krüger" in page


def test_only_the_newest_events_are_read(app, cast, as_reception, desk):
    with unit_of_work():
        own = {"practice_id": cast.practice_id, "patient_id": cast.patient_id, "noun": "treatment", "record_id": 1}
        for _ in range(30):
            session().add(
                Move(
                    **own,
                    step="start",
                    from_state="a",
                    to_state="b",
                    at=now(),
                    actor_key="t",
                    actor_name="Sabine Krüger",
                )
            )
    assert desk.get(f"{PATIENTS}/{cast.patient_id}").text.count("Sitzung begonnen") == 8


def test_the_page_speaks_english(cast, desk):
    desk.set_cookie("kostenklar_look", "en.light")
    page = desk.get(f"{PATIENTS}/{cast.patient_id}").text
    assert "What is still missing" in page
    assert "as a rule not covered" in page


def test_the_pages_statements_do_not_grow(app, cast, desk):
    url = f"{PATIENTS}/{cast.patient_id}"
    desk.get(url)
    with watched(app) as few:
        desk.get(url)
    with app.app_context(), acting_as("t", practices=[cast.practice_id]), unit_of_work():
        record = session().get_one(Patient, cast.patient_id)
        for _ in range(20):
            session().add(Policy(practice_id=cast.practice_id, patient_id=record.id, kind="pkv_supplementary"))
    with watched(app) as many:
        desk.get(url)
    assert len(few) == len(many)
