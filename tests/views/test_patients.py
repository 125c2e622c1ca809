"""At the desk: searching, taking somebody in, changing the data, and the page of one patient."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from kostenklar.models.ledger import Move
from kostenklar.models.patient import Patient, Policy
from kostenklar.models.rules.payers import PolicyKind
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.patients import PatientData, PhoneData, register_patient
from kostenklar.plugin.services.policies import PolicyData
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.forms_of import fill, forms_in, typed_into
from kostenklar.tests.people import Cast
from kostenklar.tests.statements import watched
from kostenklar.tests.treatment_scene import a_consent

HERE = "/kostenklar/patients"
MUELLER = {"last_name": "Müller", "first_name": "Anna", "birth_date": "02.01.1990", "policy-kind": "gkv"}


@pytest.fixture
def desk(sits):
    return sits("reception")


def register(app: Flask, cast: Cast, last="Müller", first="Anna", born=dt.date(1990, 1, 2), **more) -> int:
    policy = PolicyData(kind=PolicyKind.PKV_FULL, insurer="Albatros Kranken")
    with app.app_context(), acting_as("t", name="Sabine Krüger", practices=[cast.practice_id]), unit_of_work():
        data = PatientData(last_name=last, first_name=first, birth_date=born, city="Köln", **more)
        return register_patient(cast.practice_id, data, [policy])


def shown(html):
    """The values that stand in the page's form."""
    return forms_in(html)[0][1]


def ask(app, statement):
    with app.app_context():
        return session().scalar(statement)


def patient(app, patient_id):
    with app.app_context():
        return session().get_one(Patient, patient_id)


def id_in(location):
    return int(re.findall(r"/patients/(\d+)$", location)[0])


# searching --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["mueller", "Müller", "muller", "anna mü", "02.01.1990", "0221 555", "PA-00"])
def test_a_search_shows_name_birth_date_insurance_and_city(app, cast, desk, typed):
    register(app, cast, phones=(PhoneData(number="0221 5550148"),))
    page = desk.get(HERE, query_string={"q": typed}).text
    for word in ("Müller, Anna", "02.01.1990", "privat", "Köln"):
        assert word in page


def test_a_patient_number_leads_straight_to_the_patient(app, cast, desk):
    new = register(app, cast)
    answer = desk.get(HERE, query_string={"q": "pa-0001"})
    assert (answer.status_code, answer.location) == (302, f"{HERE}/{new}")


def test_a_single_hit_by_name_is_still_a_list(app, cast, desk):
    register(app, cast)
    assert desk.get(HERE, query_string={"q": "müller"}).status_code == 200


def test_who_is_not_found_can_be_taken_in_with_what_was_typed(cast, desk):
    page = desk.get(HERE, query_string={"q": "anna <schmitz>"})
    assert "ist niemand eingetragen" in page.text
    assert "<schmitz>" not in page.text
    found = re.findall(r'href="([^"]*/new\?typed=[^"]*)"', page.text)[-1]
    values = shown(desk.get(found.replace("&amp;", "&")).text)
    assert (values["first_name"], values["last_name"]) == ("Anna", "<Schmitz>")


@pytest.mark.parametrize(
    ("typed", "first", "last", "born"),
    [
        ("Müller, Anna", "Anna", "Müller", ""),
        ("anna maria müller", "Anna Maria", "Müller", ""),
        ("o'brien", "", "O'Brien", ""),
        ("Anna Müller 2.1.90", "Anna", "Müller", "02.01.1990"),
        ("02.01.1990", "", "", "02.01.1990"),
        ("0221 555", "", "", ""),
        ("31.02.1990", "", "", ""),
    ],
)
def test_what_was_typed_lands_in_the_right_field(desk, typed, first, last, born):
    values = shown(desk.get(f"{HERE}/new", query_string={"typed": typed}).text)
    assert (values["first_name"], values["last_name"], values["birth_date"]) == (first, last, born)


def test_an_empty_practice_says_so(sits, cast):
    page = sits("reception", practices=(cast.stranger_id,)).get(HERE).text
    assert "Noch ist niemand eingetragen." in page


def test_a_search_for_signs_alone_finds_nobody_and_breaks_nothing(desk):
    for typed in ("%", "___", "\x00", "'", "🙂"):
        assert "ist niemand eingetragen" in desk.get(HERE, query_string={"q": typed}).text


def test_a_foreign_practice_finds_nobody(app, cast, sits):
    new = register(app, cast)
    stranger = sits("reception", practices=(cast.stranger_id,))
    assert "Müller, Anna" not in stranger.get(HERE, query_string={"q": "müller"}).text
    for path in ("", "/edit", "/insurance"):
        assert stranger.get(f"{HERE}/{new}{path}").status_code == 404


# taking in --------------------------------------------------------------------------------------------------------


def test_name_birth_date_and_insurance_are_enough(app, desk):
    answer = fill(desk, f"{HERE}/new", **MUELLER, **{"policy-insurer": "Kasse Süd"})
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
    new = id_in(fill(desk, f"{HERE}/new", **MUELLER, **typed).location)
    again = shown(desk.get(f"{HERE}/{new}/edit").text)
    expected = typed | {"kvnr": "A123456780", "privacy_on": "02.11.2026"}
    assert {name: again[name] for name in expected} == expected
    answer = fill(desk, f"{HERE}/{new}/edit", **{"phones-0-number": ""})
    assert answer.status_code == 303
    with app.app_context():
        phones = session().get_one(Patient, new).phones
        assert [(phone.number, phone.kind) for phone in phones] == [("0171 1234567", "work")]


def test_an_ordinary_number_on_the_card_says_nothing_and_an_odd_one_is_kept_and_said(app, desk):
    answer = fill(desk, f"{HERE}/new", **MUELLER, kvnr="A123456789")
    assert patient(app, id_in(answer.location)).kvnr == "A123456789"
    assert "sieht ungewöhnlich aus" in desk.get(answer.location).text
    answer = fill(desk, f"{HERE}/new", **{**MUELLER, "last_name": "Weiß"}, kvnr="A 123 456 780")
    assert "sieht ungewöhnlich aus" not in desk.get(answer.location).text


@pytest.mark.parametrize(
    "name", ["<b>x", "O'Brien", "Łukasz Çelik-Müller", "Nguyễn", "=cmd()", "x" * 200, '"><script>alert(1)</script>']
)
def test_unusual_names_are_taken_and_never_become_markup(app, desk, name):
    answer = fill(desk, f"{HERE}/new", **{**MUELLER, "last_name": name})
    assert patient(app, id_in(answer.location)).last_name == name
    for page in (answer.location, HERE, f"{answer.location}/edit", f"{answer.location}/insurance"):
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
    answer = fill(desk, f"{HERE}/new", **values)
    assert answer.status_code == 422
    assert told in answer.text
    assert shown(answer.text)["street"] == "Eigelstein 1"
    assert ask(app, select(func.count(Patient.id)).where(Patient.practice_id == cast.practice_id)) == 1


def test_a_likely_double_is_asked_about_once(app, cast, desk):
    first = register(app, cast)
    answer = fill(desk, f"{HERE}/new", **{**MUELLER, "last_name": "Mueller", "first_name": "Berta"})
    assert answer.status_code == 200
    assert "Ist das vielleicht dieselbe Person?" in answer.text
    assert f'href="{HERE}/{first}"' in answer.text
    again = desk.post(f"{HERE}/new", data=typed_into(answer.text))
    assert again.status_code == 303
    assert ask(app, select(func.count(Patient.id)).where(Patient.birth_date == dt.date(1990, 1, 2))) == 2


def test_whoever_changes_the_name_is_asked_again(app, cast, desk):
    register(app, cast)
    register(app, cast, last="Weiß")
    answer = fill(desk, f"{HERE}/new", **MUELLER)
    again = desk.post(f"{HERE}/new", data=typed_into(answer.text, last_name="Weiss"))
    assert "Ist das vielleicht dieselbe Person?" in again.text


def test_the_same_form_twice_takes_in_one_patient(app, cast, desk):
    sent = typed_into(desk.get(f"{HERE}/new").text, **MUELLER)
    first = desk.post(f"{HERE}/new", data=sent)
    sent["asked_about"] = ["mueller 1990-01-02"]
    second = desk.post(f"{HERE}/new", data=sent)
    assert first.location == second.location
    assert ask(app, select(func.count(Patient.id)).where(Patient.practice_id == cast.practice_id)) == 2


def test_without_the_forms_secret_nothing_is_saved(app, cast, desk):
    sent = typed_into(desk.get(f"{HERE}/new").text, **MUELLER, csrf_token="forged")
    assert desk.post(f"{HERE}/new", data=sent).status_code == 422
    assert ask(app, select(func.count(Patient.id)).where(Patient.practice_id == cast.practice_id)) == 1


def test_nobody_without_the_right_takes_in_a_patient(sits):
    for role in ("admin", None):
        answer = sits(role).get(f"{HERE}/new")
        assert answer.status_code in (401, 403)


# changing ---------------------------------------------------------------------------------------------------------


def test_who_was_slower_sees_who_was_faster_and_keeps_the_typing(app, cast, desk, sits):
    new = register(app, cast)
    slow = typed_into(desk.get(f"{HERE}/{new}/edit").text, street="Langsame Straße 1")
    assert fill(sits("owner"), f"{HERE}/{new}/edit", street="Schnelle Straße 1").status_code == 303
    answer = desk.post(f"{HERE}/{new}/edit", data=slow)
    assert answer.status_code == 409
    assert "Dr. med. Karl Lindner hat diese Seite um" in answer.text
    assert shown(answer.text)["street"] == "Langsame Straße 1"
    assert patient(app, new).street == "Schnelle Straße 1"
    assert desk.post(f"{HERE}/{new}/edit", data=typed_into(answer.text)).status_code == 303


def test_a_restricted_patient_is_not_there_for_the_desk(app, cast, desk):
    new = register(app, cast)
    with app.app_context(), acting_as("t"), unit_of_work():
        session().get_one(Patient, new).restricted_since = now()
    for path in ("", "/edit", "/insurance"):
        assert desk.get(f"{HERE}/{new}{path}").status_code == 404
    assert "Müller" not in desk.get(HERE).text


# insurances -------------------------------------------------------------------------------------------------------


def test_a_second_insurance_is_added_and_the_first_one_ended(app, cast, desk):
    new = register(app, cast)
    url = f"{HERE}/{new}/insurance"
    added = fill(desk, url, kind="gkv", insurer="Kasse Süd", valid_from="1.1.26")
    assert added.status_code == 303
    page = desk.get(url).text
    assert "Albatros Kranken" in page
    assert "Kasse Süd" in page
    first = ask(app, select(Policy.id).where(Policy.patient_id == new, Policy.kind == "pkv_full"))
    yesterday = today() - dt.timedelta(days=1)
    assert fill(desk, f"{url}/{first}", valid_to=f"{yesterday:%d.%m.%Y}").status_code == 303
    assert "gilt heute nicht" in desk.get(url).text
    assert "Albatros Kranken" not in desk.get(f"{HERE}/{new}").text


def test_an_insurance_that_ends_before_it_begins_is_asked_back(app, cast, desk):
    new = register(app, cast)
    answer = fill(desk, f"{HERE}/{new}/insurance", kind="gkv", valid_from="2.1.26", valid_to="1.1.26")
    assert answer.status_code == 422
    assert "Das Ende liegt vor dem Anfang." in answer.text


def test_a_policy_of_another_patient_is_not_there(app, cast, desk):
    new = register(app, cast)
    foreign = ask(app, select(Policy.id).where(Policy.patient_id == cast.patient_id))
    assert desk.get(f"{HERE}/{new}/insurance/{foreign}").status_code == 404


# the page of one --------------------------------------------------------------------------------------------------


def test_the_page_says_who_pays_what_comes_next_and_what_is_missing(cast, desk):
    page = desk.get(f"{HERE}/{cast.patient_id}").text
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
    assert f"individuell {told}" in desk.get(f"{HERE}/{new}").text


def test_what_happened_stands_newest_first_with_the_way_to_its_paper(cast, as_reception, desk):
    a_consent(cast)
    page = desk.get(f"{HERE}/{cast.patient_id}").text
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
    assert desk.get(f"{HERE}/{cast.patient_id}").text.count("Sitzung begonnen") == 8


def test_the_page_speaks_english(cast, desk):
    desk.set_cookie("kostenklar_look", "en.light")
    page = desk.get(f"{HERE}/{cast.patient_id}").text
    assert "What is still missing" in page
    assert "as a rule not covered" in page


def test_the_pages_statements_do_not_grow(app, cast, desk):
    url = f"{HERE}/{cast.patient_id}"
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
