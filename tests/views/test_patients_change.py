"""Changing a patient's data and insurances."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from kostenklar.models.patient import Patient, Policy
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.forms_of import fill, typed_into
from kostenklar.tests.patient_scene import PATIENTS, ask, patient, register, shown


def test_who_was_slower_sees_who_was_faster_and_keeps_the_typing(app, cast, desk, sits):
    new = register(app, cast)
    slow = typed_into(desk.get(f"{PATIENTS}/{new}/edit").text, street="Langsame Straße 1")
    assert fill(sits("owner"), f"{PATIENTS}/{new}/edit", street="Schnelle Straße 1").status_code == 303
    answer = desk.post(f"{PATIENTS}/{new}/edit", data=slow)
    assert answer.status_code == 409
    assert "Dr. med. Karl Lindner hat diese Seite um" in answer.text
    assert shown(answer.text)["street"] == "Langsame Straße 1"
    assert patient(app, new).street == "Schnelle Straße 1"
    assert desk.post(f"{PATIENTS}/{new}/edit", data=typed_into(answer.text)).status_code == 303


def test_a_restricted_patient_is_not_there_for_the_desk(app, cast, desk):
    new = register(app, cast)
    with app.app_context(), acting_as("t"), unit_of_work():
        session().get_one(Patient, new).restricted_since = now()
    for path in ("", "/edit", "/insurance"):
        assert desk.get(f"{PATIENTS}/{new}{path}").status_code == 404
    assert "Müller" not in desk.get(PATIENTS).text


def test_a_second_insurance_is_added_and_the_first_one_ended(app, cast, desk):
    new = register(app, cast)
    url = f"{PATIENTS}/{new}/insurance"
    added = fill(desk, url, kind="gkv", insurer="Kasse Süd", valid_from="1.1.26")
    assert added.status_code == 303
    page = desk.get(url).text
    assert "Albatros Kranken" in page
    assert "Kasse Süd" in page
    first = ask(app, select(Policy.id).where(Policy.patient_id == new, Policy.kind == "pkv_full"))
    yesterday = today() - dt.timedelta(days=1)
    assert fill(desk, f"{url}/{first}", valid_to=f"{yesterday:%d.%m.%Y}").status_code == 303
    assert "gilt heute nicht" in desk.get(url).text
    assert "Albatros Kranken" not in desk.get(f"{PATIENTS}/{new}").text


def test_an_insurance_that_ends_before_it_begins_is_asked_back(app, cast, desk):
    new = register(app, cast)
    answer = fill(desk, f"{PATIENTS}/{new}/insurance", kind="gkv", valid_from="2.1.26", valid_to="1.1.26")
    assert answer.status_code == 422
    assert "Das Ende liegt vor dem Anfang." in answer.text


def test_a_policy_of_another_patient_is_not_there(app, cast, desk):
    new = register(app, cast)
    foreign = ask(app, select(Policy.id).where(Policy.patient_id == cast.patient_id))
    assert desk.get(f"{PATIENTS}/{new}/insurance/{foreign}").status_code == 404
