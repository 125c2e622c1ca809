"""Who was away too long signs in again, and finds what was typed in the form."""

from __future__ import annotations

import datetime as dt
import io

from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.cli import bring_up_to_date
from kostenklar.plugin.services.setup import open_practice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.people import lindenhof

LUNCH = dt.timedelta(minutes=16)
TYPED = [("note", "Łukasz Çelik-Müller\n2. Zeile"), ("tick", "a"), ("tick", "b"), ("version", "3")]


def send_note(browser, path="/notepad", **more):
    fields = {"note": TYPED[0][1], "tick": ["a", "b"], "version": "3", "csrf_token": "t", "password": "p", "once": "o"}
    return browser.client.post(path, data=fields, **more)


def test_within_the_time_nothing_is_asked(house, clock):
    browser = house.at_desk()
    for _ in range(4):
        clock.shift(dt.timedelta(minutes=14))
        assert browser.open("/notepad").text == "note: empty"


def test_after_it_one_signs_in_again(house, clock):
    browser = house.at_desk()
    clock.shift(LUNCH)
    answer = browser.open("/notepad")
    assert answer.location == "/sign-in?next=/notepad"
    assert "Sie waren länger als 15 Minuten nicht hier" in browser.open(answer.location).text
    assert house.ask("SELECT what FROM standalone_sign_in ORDER BY id DESC LIMIT 1") == [("timed_out",)]


def test_a_page_that_asks_by_itself_is_nobody_who_sits_there(house, clock):
    browser = house.at_desk()
    clock.shift(dt.timedelta(minutes=10))
    browser.open("/kostenklar/signings/1/state")
    clock.shift(dt.timedelta(minutes=10))
    assert browser.open("/notepad").location == "/sign-in?next=/notepad"


def test_an_old_cookie_does_not_turn_the_clock_back(house, clock):
    browser = house.at_desk()
    cookie = browser.client.get_cookie("kostenklar_host")
    clock.shift(LUNCH)
    browser.open("/notepad")
    thief = house.browser()
    thief.client.set_cookie("kostenklar_host", cookie.value)
    assert not thief.is_in


def test_what_was_typed_is_back_in_the_form_after_signing_in(house, clock):
    browser = house.at_desk()
    clock.shift(LUNCH)
    answer = send_note(browser)
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/notepad")
    page = browser.open(answer.location).text
    assert "Was Sie geschrieben haben, ist aufgehoben" in page
    assert "Nur Dateien müssen Sie neu auswählen." in page
    back = browser.sign_in("empfang", house.passwords["empfang"], to="/notepad")
    assert back.location == "/notepad"
    assert browser.open("/notepad").text == f"note: {sorted([*TYPED, ('_posted_to', '/notepad')])}"
    assert browser.open("/notepad").text == "note: empty", "given back once"


def test_the_form_can_be_sent_after_signing_in_in_another_tab(house, clock):
    browser = house.at_desk()
    with browser.client.session_transaction() as session:
        session["csrf_token"] = "of the open form"
    clock.shift(LUNCH)
    browser.open("/notepad")
    browser.sign_in("empfang", house.passwords["empfang"])
    with browser.client.session_transaction() as session:
        assert session["csrf_token"] == "of the open form"


def test_another_account_does_not_get_the_text(house, clock):
    browser = house.at_desk("empfang")
    clock.shift(LUNCH)
    send_note(browser)
    browser.sign_in("aerztin", house.passwords["aerztin"])
    assert browser.open("/notepad").text == "note: empty"
    assert "Łukasz" in house.at_desk("empfang").open("/notepad").text, "its author gets it at any desk"


def test_text_sent_after_signing_out_in_another_tab_is_kept_too(house):
    browser = house.at_desk()
    browser.send("/sign-out")
    send_note(browser)
    browser.sign_in("empfang", house.passwords["empfang"])
    assert "Łukasz" in browser.open("/notepad").text


def test_a_stranger_keeps_nothing(house):
    assert send_note(house.browser()).status_code == 303
    assert house.ask("SELECT * FROM standalone_typed") == []


def test_it_lies_encrypted_and_without_secrets(house, clock):
    browser = house.at_desk()
    clock.shift(LUNCH)
    send_note(browser)
    [(fields,)] = house.ask("SELECT fields FROM standalone_typed")
    assert b"ukasz" not in fields
    browser.sign_in("empfang", house.passwords["empfang"])
    text = browser.open("/notepad").text
    assert "csrf" not in text
    assert "password" not in text


def test_it_is_gone_after_half_a_day(house, clock):
    browser = house.at_desk()
    clock.shift(LUNCH)
    send_note(browser)
    clock.shift(dt.timedelta(hours=12, minutes=1))
    browser.sign_in("empfang", house.passwords["empfang"])
    assert browser.open("/notepad").text == "note: empty"


def test_a_button_without_a_page_of_its_own_leads_back_to_where_it_stood(house, clock):
    browser = house.at_desk()
    clock.shift(LUNCH)
    answer = send_note(browser, "/notes/5/send", headers={"Referer": "http://localhost/notepad?tab=2"})
    assert answer.location == "/sign-in?next=/notepad?tab%3D2"
    browser.sign_in("empfang", house.passwords["empfang"])
    assert "('_posted_to', '/notes/5/send')" in browser.open("/notepad").text


def test_a_foreign_page_as_the_origin_leads_to_the_start(house, clock):
    browser = house.at_desk()
    clock.shift(LUNCH)
    answer = send_note(browser, "/notes/5/send", headers={"Referer": "http://evil.example/notepad"})
    assert answer.location == "/sign-in?next=/"


def test_files_are_not_kept_and_too_much_is_not_either(house, clock):
    browser = house.at_desk()
    clock.shift(LUNCH)
    browser.client.post("/notepad", data={"note": "text", "scan": (io.BytesIO(b"%PDF"), "scan.pdf")})
    assert len(house.ask("SELECT * FROM standalone_typed")) == 1
    browser.client.post("/notes/1/send", data={"note": "x" * 300_000})
    browser.client.post("/notes/1/send", data={"note": "x" * 3_000_000})
    assert len(house.ask("SELECT * FROM standalone_typed")) == 1
    browser.sign_in("empfang", house.passwords["empfang"])
    assert browser.open("/notepad").text == "note: [('_posted_to', '/notepad'), ('note', 'text')]"


def test_a_half_written_patient_is_back_on_the_real_page(house, clock):
    with house.app.app_context():
        bring_up_to_date()
        with acting_as("system:tests"), unit_of_work():
            open_practice(lindenhof())
    browser = house.at_desk()
    assert browser.open("/kostenklar/patients/new").status_code == 200
    clock.shift(LUNCH)
    fields = {"first_name": "Łukasz", "last_name": "Çelik-Müller", "birth_date": "9.3.1984", "csrf_token": "t"}
    answer = browser.client.post("/kostenklar/patients/new", data=fields)
    assert answer.location == "/sign-in?next=/kostenklar/patients/new"
    browser.sign_in("empfang", house.passwords["empfang"], to="/kostenklar/patients/new")

    page = browser.open("/kostenklar/patients/new").text

    assert 'value="Çelik-Müller"' in page
    assert 'value="9.3.1984"' in page
