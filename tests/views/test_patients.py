"""Taking somebody in: what is kept, what is asked back, and who is asked about."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from kostenklar.models.patient import Patient
from kostenklar.plugin.extension import session
from kostenklar.tests.forms_of import fill, typed_into
from kostenklar.tests.patient_scene import MUELLER, PATIENTS, ask, id_in, patient, register, shown


def test_name_birth_date_and_insurance_are_enough(app, desk):
    answer = fill(desk, f"{PATIENTS}/new", **MUELLER, **{"policy-insurer": "Kasse Süd"})
    new = patient(app, id_in(answer.location))
    assert (answer.status_code, new.number, new.full_name) == (303, "PA-0001", "Anna Müller")
    page = desk.get(answer.location).text
    assert "Kasse Süd" in page
    assert "in der Regel keine Kassenleistung" in page
    assert "Behandlungsserie anlegen" in page


def test_everything_is_kept_and_shown_again_in_the_form(app, desk):
    typed = {
        "title": "Dr.", "birth_name": "Schmitz", "sex": "w", "street": "Eigelstein 1", "postcode": "50668",
        "city": "Köln", "phones-0-number": "0221 5550148", "phones-0-may_leave_message": "y",
        "phones-1-number": "0171 1234567", "phones-1-kind": "work", "email": "anna@example.org", "email_consent": "y",
        "language": "en", "kvnr": "a123456780", "external_id": "4711", "skin_type": "2",
        "representatives-0-name": "Eva Müller", "representatives-0-sole_custody": "y",
        "representatives-0-proof_seen": "y", "recipient-name": "Firma Beispiel", "recipient-street": "Weg 1",
        "recipient-city": "Bonn", "privacy_on": "2.11.26", "privacy_version": "2026-01",
    }  # fmt: skip
    new = id_in(fill(desk, f"{PATIENTS}/new", **MUELLER, **typed).location)
    again = shown(desk.get(f"{PATIENTS}/{new}/edit").text)
    expected = typed | {"kvnr": "A123456780", "privacy_on": "02.11.2026"}
    assert {name: again[name] for name in expected} == expected
    answer = fill(desk, f"{PATIENTS}/{new}/edit", **{"phones-0-number": ""})
    assert answer.status_code == 303
    with app.app_context():
        phones = session().get_one(Patient, new).phones
        assert [(phone.number, phone.kind) for phone in phones] == [("0171 1234567", "work")]


def test_an_ordinary_number_on_the_card_says_nothing_and_an_odd_one_is_kept_and_said(app, desk):
    answer = fill(desk, f"{PATIENTS}/new", **MUELLER, kvnr="A123456789")
    assert patient(app, id_in(answer.location)).kvnr == "A123456789"
    assert "sieht ungewöhnlich aus" in desk.get(answer.location).text
    answer = fill(desk, f"{PATIENTS}/new", **{**MUELLER, "last_name": "Weiß"}, kvnr="A 123 456 780")
    assert "sieht ungewöhnlich aus" not in desk.get(answer.location).text


@pytest.mark.parametrize(
    "name", ["<b>x", "O'Brien", "Łukasz Çelik-Müller", "Nguyễn", "=cmd()", "x" * 200, '"><script>alert(1)</script>']
)
def test_unusual_names_are_taken_and_never_become_markup(app, desk, name):
    answer = fill(desk, f"{PATIENTS}/new", **{**MUELLER, "last_name": name})
    assert patient(app, id_in(answer.location)).last_name == name
    for page in (answer.location, PATIENTS, f"{answer.location}/edit", f"{answer.location}/insurance"):
        text = desk.get(page).text
        assert "<b>x" not in text
        assert "<script>alert" not in text


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("last_name", "", "Der Nachname fehlt."),
        ("last_name", "x" * 201, "Platz ist für 200"),
        ("last_name", "Mül\u202eler", "unsichtbares Steuerzeichen"),
        ("first_name", "An\x00na", "unsichtbares Steuerzeichen"),
        ("last_name", "李", "fehlen in der Schrift der Dokumente"),
        ("birth_date", "", "Das Geburtsdatum fehlt."),
        ("birth_date", "23.11.2199", "liegt in der Zukunft"),
        ("birth_date", "31.02.1990", "Diesen Tag gibt es nicht."),
        ("birth_date", "gestern", "Das ist kein Datum."),
        ("birth_date", "01.01.1800", "kann nicht stimmen"),
        ("phones-0-number", "abc", "Das ist keine Telefonnummer."),
        ("email", "anna@", "Diese E-Mail-Adresse stimmt nicht."),
        ("postcode", "5066", "fünf Ziffern"),
        ("policy-kind", "", "Die Art der Versicherung fehlt."),
        ("policy-kind", "kasse", "Diesen Eintrag gibt es hier nicht."),
        ("policy-percentage", "150", "höchstens 100"),
        ("policy-holder_city", "Bonn", "fehlt der Name der Versicherungsnehmerin"),
        ("representatives-0-sole_custody", "y", "Der Name der Vertretung fehlt."),
        ("recipient-name", "Firma", "fehlt die Straße"),
        ("email_consent", "y", "Zur Zustimmung fehlt die E-Mail-Adresse."),
        ("country", "XX", "Diesen Eintrag gibt es hier nicht."),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(app, cast, desk, field, typed, told):
    values = MUELLER | {"street": "Eigelstein 1", field: typed}
    answer = fill(desk, f"{PATIENTS}/new", **values)
    assert answer.status_code == 422
    assert told in answer.text
    assert shown(answer.text)["street"] == "Eigelstein 1"
    assert ask(app, select(func.count(Patient.id)).where(Patient.practice_id == cast.practice_id)) == 1


def test_a_likely_double_is_asked_about_once(app, cast, desk):
    first = register(app, cast)
    answer = fill(desk, f"{PATIENTS}/new", **{**MUELLER, "last_name": "Mueller", "first_name": "Berta"})
    assert answer.status_code == 200
    assert "Ist das vielleicht dieselbe Person?" in answer.text
    assert f'href="{PATIENTS}/{first}"' in answer.text
    again = desk.post(f"{PATIENTS}/new", data=typed_into(answer.text))
    assert again.status_code == 303
    assert ask(app, select(func.count(Patient.id)).where(Patient.birth_date == dt.date(1990, 1, 2))) == 2


def test_whoever_changes_the_name_is_asked_again(app, cast, desk):
    register(app, cast)
    register(app, cast, last="Weiß")
    answer = fill(desk, f"{PATIENTS}/new", **MUELLER)
    again = desk.post(f"{PATIENTS}/new", data=typed_into(answer.text, last_name="Weiss"))
    assert "Ist das vielleicht dieselbe Person?" in again.text


def test_the_same_form_twice_takes_in_one_patient(app, cast, desk):
    sent = typed_into(desk.get(f"{PATIENTS}/new").text, **MUELLER)
    first = desk.post(f"{PATIENTS}/new", data=sent)
    sent["asked_about"] = ["mueller 1990-01-02"]
    second = desk.post(f"{PATIENTS}/new", data=sent)
    assert first.location == second.location
    assert ask(app, select(func.count(Patient.id)).where(Patient.practice_id == cast.practice_id)) == 2


def test_without_the_forms_secret_nothing_is_saved(app, cast, desk):
    sent = typed_into(desk.get(f"{PATIENTS}/new").text, **MUELLER, csrf_token="forged")
    assert desk.post(f"{PATIENTS}/new", data=sent).status_code == 422
    assert ask(app, select(func.count(Patient.id)).where(Patient.practice_id == cast.practice_id)) == 1


def test_nobody_without_the_right_takes_in_a_patient(sits):
    for role in ("admin", None):
        answer = sits(role).get(f"{PATIENTS}/new")
        assert answer.status_code in (401, 403)
