"""Signing in and out: by name, with one answer for every wrong guess."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import pytest

from kostenklar.plugin.standalone import desk

WRONG = "Anmeldename oder Passwort stimmt nicht. Bitte prüfen Sie beides."


def test_the_start_page_leads_through_the_sign_in_and_back(house):
    browser = house.browser()
    assert browser.open("/").location == "/kostenklar/"
    first = browser.open("/notepad?tab=2")
    assert (first.status_code, first.location) == (302, "/sign-in?next=/notepad?tab%3D2")
    answer = browser.sign_in("empfang", house.passwords["empfang"], to="/notepad?tab=2")
    assert answer.location == "/notepad?tab=2"
    assert browser.open("/notepad").text == "note: empty"


def test_the_plugin_learns_who_acts(house):
    with house.app.test_request_context():
        assert desk.current_actor() is None
    client = house.at_desk("aerztin").client
    with client:
        client.get("/notepad")
        actor = desk.current_actor()
    assert actor
    assert (actor.key, actor.name, actor.roles, actor.practices) == (
        "aerztin",
        "Dr. Miriam Thiele",
        frozenset({"physician"}),
        (1,),
    )


def test_outside_a_request_nobody_acts(house):
    with house.app.app_context():
        assert desk.current_actor() is None


def test_the_login_is_read_with_capitals_and_spaces(house):
    assert house.browser().sign_in("  Empfang ", house.passwords["empfang"]).status_code == 302


def test_unknown_and_wrong_get_the_same_page(house):
    pages = []
    for login in ("empfang", "nobody"):
        answer = house.browser().sign_in(login, "wrong")
        assert answer.status_code == 422
        pages.append(re.sub(r'nonce="[^"]+"|value="[^"]+"', "", answer.text))
    assert WRONG in pages[0]
    assert pages[0] == pages[1]


def test_an_unknown_name_costs_a_hash_like_a_known_one(house, monkeypatch):
    hashed: list[str] = []
    from flask_security import forms

    monkeypatch.setattr(forms, "hash_password", hashed.append)
    house.browser().sign_in("nobody", "wrong")
    assert hashed == ["wrong"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"login": "", "password": "x"}, "Der Anmeldename fehlt."),
        ({"login": "empfang", "password": ""}, "Das Passwort fehlt."),
    ],
)
def test_an_empty_field_gets_its_sentence(house, fields, sentence):
    answer = house.browser().send("/sign-in", fields)
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("login", ["<b>x", "O'Brien", "x" * 5000, "a\x00b", "\u202eabc", "🙂"])
def test_strange_logins_are_simply_wrong(house, login):
    answer = house.browser().sign_in(login, "y" * 200)
    assert answer.status_code == 422
    assert "<b>x" not in answer.text


def test_a_closed_account_is_told_so_only_with_its_password(house):
    browser = house.at_desk("empfang")
    house.app.test_cli_runner().invoke(args=["accounts", "deactivate", "empfang"])
    assert not browser.is_in
    assert WRONG in house.browser().sign_in("empfang", "wrong").text
    answer = house.browser().sign_in("empfang", house.passwords["empfang"])
    assert "Dieses Konto ist abgeschaltet" in answer.text


def test_a_form_without_its_token_is_refused_and_counts_no_attempt(house):
    browser = house.browser()
    answer = browser.client.post("/sign-in", data={"login": "empfang", "password": house.passwords["empfang"]})
    assert answer.status_code == 422
    assert "Diese Seite war zu lange offen" in answer.text
    assert house.ask("SELECT * FROM standalone_sign_in_attempt") == []


def test_nobody_is_led_to_a_foreign_site(house):
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = house.browser().sign_in("empfang", house.passwords["empfang"], to=target)
        assert urlsplit(urljoin("http://localhost/sign-in", answer.location or "")).netloc == "localhost"


def test_signing_out_asks_once_and_ends_the_session_on_the_server(house):
    browser = house.at_desk()
    cookie = browser.client.get_cookie("kostenklar_host")
    assert "Abmelden?" in browser.open("/sign-out").text
    assert browser.is_in, "a GET must not sign out"
    assert browser.send("/sign-out").location == "/sign-in"
    assert not browser.is_in
    thief = house.browser()
    thief.client.set_cookie("kostenklar_host", cookie.value)
    assert not thief.is_in, "a copied cookie is worth nothing after the sign-out"


def test_signing_out_needs_the_form_of_the_page(house):
    browser = house.at_desk()
    browser.client.post("/sign-out")
    assert browser.is_in


def test_a_token_in_the_address_opens_nothing(house):
    browser = house.browser()
    assert browser.open("/account?auth_token=x").status_code == 302
    assert browser.client.post("/sign-in", json={"login": "empfang"}).status_code == 422


def test_the_trail_says_who_when_and_from_where(house):
    browser = house.browser("192.0.2.7")
    browser.sign_in("empfang", "wrong")
    browser.sign_in("nobody", "wrong")
    browser.sign_in("empfang", house.passwords["empfang"])
    browser.send("/sign-out")
    lines = house.ask(
        "SELECT what, login, address FROM standalone_sign_in"
        " LEFT JOIN standalone_account a ON a.id = account_id ORDER BY standalone_sign_in.id"
    )
    assert lines == [
        ("failed", "empfang", "192.0.2.7"),
        ("failed", None, "192.0.2.7"),
        ("signed_in", "empfang", "192.0.2.7"),
        ("signed_out", "empfang", "192.0.2.7"),
    ]


def test_pages_and_sentences_are_english_for_who_reads_english(house):
    english = {"Accept-Language": "en"}
    page = house.browser().open("/sign-in", headers=english)
    assert '<html lang="en"' in page.text


def test_the_new_password_signs_out_other_devices(house):
    here, there = house.at_desk(), house.at_desk()
    old, new = house.passwords["empfang"], "vier Wörter lang genug"
    fields = {"password": old, "new_password": new, "new_password_confirm": new}
    assert here.send("/account/password", fields).location == "/account"
    assert "An anderen Geräten sind Sie abgemeldet" in here.open("/account").text
    assert not there.is_in
    assert house.browser().sign_in("empfang", new).status_code == 302


@pytest.mark.parametrize(
    ("new", "again", "sentence"),
    [
        ("short", "short", "mindestens 12 Zeichen"),
        ("long enough to pass", "long enough but other", "sind verschieden"),
    ],
)
def test_a_poor_new_password_gets_a_sentence(house, new, again, sentence):
    fields = {"password": house.passwords["empfang"], "new_password": new, "new_password_confirm": again}
    answer = house.at_desk().send("/account/password", fields)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_own_account_pages_are_closed_to_strangers(house):
    for path in ("/account", "/account/password", "/account/confirm", "/account/second-factor", "/sign-out"):
        assert house.browser().open(path).status_code == 302


def test_a_password_longer_than_any_gets_a_sentence(house):
    answer = house.browser().sign_in("empfang", "y" * 100_000)
    assert answer.status_code == 422
    assert "Ein Passwort hat höchstens 200 Zeichen." in answer.text
