"""Insurers, the details of policies with their policyholders, and whom a patient allows to be told."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from kostenklar.models.disclosure import AuthorisedContact
from kostenklar.models.patient import Insurer
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.tests.sheets import fill

INSURERS = "/kostenklar/insurers"
ALBATROS = {
    "name": "Albatros Kranken", "kind": "pkv", "ik": "101 575 519", "department": "Leistung", "street": "Hafen 1",
    "postcode": "20457", "city": "Hamburg", "fax": "040 55500", "portal": "https://albatros.example/praxis",
    "own_release_form": "y",
}  # fmt: skip


@pytest.fixture
def desk(sits):
    client = sits("reception")
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    return client


@pytest.fixture
def patient(cast) -> str:
    return f"/kostenklar/patients/{cast.patient_id}"


def insurers(app) -> list[Insurer]:
    with app.app_context():
        return list(session().scalars(select(Insurer).order_by(Insurer.id)))


def test_an_insurer_is_entered_and_corrected(app, desk):
    assert fill(desk, f"{INSURERS}/new", **ALBATROS).status_code == 303
    made = insurers(app)[-1]
    assert (made.name, made.ik, made.city, made.own_release_form) == ("Albatros Kranken", "101575519", "Hamburg", True)
    page = desk.get(INSURERS).text
    assert "Albatros Kranken" in page
    assert "eigenes Formular zur Entbindung" in page
    url = f"{INSURERS}/{made.id}"
    assert 'value="https://albatros.example/praxis"' in desk.get(url).text
    assert fill(desk, url, own_release_form=None, city="Bremen").status_code == 303
    assert (insurers(app)[-1].city, insurers(app)[-1].own_release_form) == ("Bremen", False)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "Der Name des Versicherers fehlt."),
        ({"kind": "bank"}, "Diesen Eintrag gibt es hier nicht."),
        ({"ik": "12345"}, "Ein Institutionskennzeichen hat neun Ziffern."),
        ({"ik": "12345678X"}, "Ein Institutionskennzeichen hat neun Ziffern."),
        ({"fax": "keins"}, "Das ist keine Telefonnummer."),
        ({"portal": "javascript:alert(1)"}, "Diese Adresse stimmt nicht."),
        ({"name": "Kasse Rheinland-WEST", "kind": "gkv"}, "gibt es in dieser Art schon"),
        ({"street": "x" * 300}, "Bitte kürzen Sie."),
    ],
)
def test_what_is_wrong_with_an_insurer_is_said_and_nothing_is_lost(app, desk, values, sentence):
    answer = fill(desk, f"{INSURERS}/new", **(ALBATROS | values))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Leistung"' in answer.text
    assert len(insurers(app)) == 1


def test_a_number_that_looks_wrong_is_kept_and_said(app, desk):
    answer = fill(desk, f"{INSURERS}/new", **(ALBATROS | {"ik": "101575591"}))
    assert insurers(app)[-1].ik == "101575591"
    assert "101575591 sieht ungewöhnlich aus" in desk.get(answer.location).text


def test_two_people_at_one_insurer_are_told(desk, app):
    url = f"{INSURERS}/{insurers(app)[0].id}"
    assert fill(desk, url, city="Köln").status_code == 303
    assert "hat diese Seite" in fill(desk, url, city="Bonn", version="1").text


def test_a_list_of_any_length_goes_page_by_page(app, cast, desk):
    with app.app_context():
        session().add_all(Insurer(practice_id=cast.practice_id, name=f"V {n:03d}", kind="pkv") for n in range(60))
        session().commit()
    first = desk.get(INSURERS).text
    assert "V 048" in first
    assert "V 059" not in first
    after = first.split("insurers?after=")[1].split('"')[0]
    assert "V 059" in desk.get(f"{INSURERS}?after={after}").text
    assert desk.get(f"{INSURERS}?after=x").status_code == 200


def test_private_and_beihilfe_together_with_every_field_stand_on_the_patients_page(desk, patient):
    private = {
        "kind": "pkv_full", "insurer": "Albatros Kranken", "insured_no": "01", "contract_no": "V-4711",
        "tariff": "Komfort B", "percentage": "50", "deductible": "300", "max_factor": "2,3", "valid_from": "01.01.2020",
        "holder_name": "Hakan Yılmaz", "holder_birth_date": "01.04.1955", "holder_street": "Ring 1",
        "holder_postcode": "50668", "holder_city": "Köln",
    }  # fmt: skip
    assert fill(desk, f"{patient}/insurance", **private).status_code == 303
    beihilfe = {"kind": "beihilfe", "insurer": "Landesamt", "insured_no": "B 12", "percentage": "50"}
    assert fill(desk, f"{patient}/insurance", **beihilfe, holder_name="Hakan Yılmaz").status_code == 303
    page = desk.get(patient).text.replace("\u00a0", " ")
    for told in (
        "Albatros Kranken", "Anteil 50 %", "Vertrag V-4711", "Versichertennummer 01", "Tarif Komfort B",
        "Selbstbehalt 300,00 € im Jahr", "höchster Faktor 2,3", "ab 01.01.2020",
        "Versicherungsnehmer/in: Hakan Yılmaz, geb. 01.04.1955, Ring 1, 50668 Köln",
        "Bemessungssatz 50 %", "Beihilfenummer B 12", "Beihilfeberechtigt: Hakan Yılmaz",
    ):  # fmt: skip
        assert told in page, told
    assert f"{INSURERS}/" in page


def test_the_practices_page_leads_to_the_insurers(sits):
    assert INSURERS in sits("owner").get("/kostenklar/practice").text
    assert INSURERS not in sits("admin").get("/kostenklar/practice").text


def contacts(app) -> list[AuthorisedContact]:
    with app.app_context():
        return list(session().scalars(select(AuthorisedContact).order_by(AuthorisedContact.id)))


ELIF = {"name": "Elif Yılmaz", "relation": "Tochter", "telephone": "0170 1234567", "scope": "costs"}


def test_a_contact_is_allowed_shown_and_ended(app, desk, patient):
    assert "Auskunft bekommt nur die Patientin oder der Patient selbst" in desk.get(patient).text
    assert fill(desk, f"{patient}/contacts", **ELIF).status_code == 303
    page = desk.get(patient).text
    for told in ("Elif Yılmaz, Tochter", "Termine und Kosten", "bis zum Widerruf", "0170 1234567"):
        assert told in page, told
    url = f"/kostenklar/contacts/{contacts(app)[0].id}/revoked"
    assert fill(desk, url).status_code == 303
    assert contacts(app)[0].revoked_on == today()
    assert "beendet" in desk.get(patient).text
    assert "Diese Erlaubnis ist schon beendet" in desk.get(url).text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "Der Name fehlt."),
        ({"scope": "diagnosis"}, "Diesen Eintrag gibt es hier nicht."),
        ({"allowed_on": "01.01.2099"}, "Das Datum liegt in der Zukunft."),
        ({"valid_until": "01.01.2020"}, "Dieser Tag ist vorbei."),
        ({"telephone": "nachts"}, "Das ist keine Telefonnummer."),
    ],
)
def test_what_is_wrong_with_a_contact_is_said_and_nothing_is_lost(app, desk, patient, values, sentence):
    answer = fill(desk, f"{patient}/contacts", **(ELIF | values))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Tochter"' in answer.text
    assert contacts(app) == []


def test_an_allowance_does_not_end_before_it_was_given_or_in_the_future(app, desk, patient):
    fill(desk, f"{patient}/contacts", **ELIF)
    url = f"/kostenklar/contacts/{contacts(app)[0].id}/revoked"
    before = f"{today() - dt.timedelta(days=3):%d.%m.%Y}"
    assert "Das Ende kann nicht davor liegen" in fill(desk, url, on=before).text
    assert "Zukunft" in fill(desk, url, on="01.01.2099").text
    assert contacts(app)[0].revoked_on is None
