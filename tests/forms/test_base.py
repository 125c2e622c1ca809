"""The form of the house: CSRF that stays calm, what was typed, problems as links."""

import re
from types import SimpleNamespace

import pytest
import time_machine
from flask import Flask, g
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField
from wtforms.validators import InputRequired

from kostenklar.plugin.forms.base import KostenklarForm, bound
from kostenklar.plugin.forms.fields import RadioRow, TextField, choices
from kostenklar.plugin.forms.typed import AmountField


class Person(KostenklarForm):
    name = TextField("Name")
    amount = AmountField("Betrag", required=False)
    kind = RadioRow("Art", choices=choices([("a", "A")]), required=False)


@pytest.fixture
def app():
    app = Flask("forms")
    app.secret_key = "test"

    @app.route("/", methods=["GET", "POST"])
    def page():
        form = bound(Person, SimpleNamespace(name="Alt", amount=None, kind=None, version=7))
        g.form = form
        if form.validate_on_submit():
            return "gespeichert"
        return f"{form.hidden_tag()}|{form.name}|{form.problems()}"

    return app


def token_in(html, name="csrf_token"):
    found = re.search(rf'name="{name}" type="hidden" value="([^"]*)"', html)
    assert found
    return found[1]


def test_a_form_with_its_token_is_taken_and_one_without_is_asked_again(app):
    client = app.test_client()
    token = token_in(client.get("/").text)
    assert client.post("/", data={"csrf_token": token, "name": "Anna"}).text == "gespeichert"
    refused = client.post("/", data={"name": "Anna"}).text
    assert "Die Anmeldung wurde erneuert. Bitte senden Sie das Formular noch einmal ab." in refused
    assert 'value="Anna"' in refused


def test_a_host_that_switches_csrf_off_does_not_switch_ours_off(app):
    app.config["WTF_CSRF_ENABLED"] = False
    assert "Die Anmeldung wurde erneuert." in app.test_client().post("/", data={"name": "Anna"}).text


def test_a_form_left_open_over_the_weekend_is_still_taken(app):
    app.config["WTF_CSRF_TIME_LIMIT"] = 60
    client = app.test_client()
    with time_machine.travel("2026-11-20 18:00+01:00"):
        token = token_in(client.get("/").text)
    with time_machine.travel("2026-11-23 08:00+01:00"):
        assert client.post("/", data={"csrf_token": token, "name": "Anna"}).text == "gespeichert"


def test_the_pages_version_and_a_fresh_once_token_travel_with_the_form(app):
    client = app.test_client()
    first, second = client.get("/").text, client.get("/").text
    assert token_in(first, "version") == "7"
    assert token_in(first, "once") != token_in(second, "once")
    assert len(token_in(first, "once")) >= 20


def test_a_refused_form_keeps_its_once_token_and_its_version(app):
    refused = app.test_client().post("/", data={"once": "abc", "version": "6"}).text
    assert token_in(refused, "once") == "abc"
    assert token_in(refused, "version") == "6"


@pytest.mark.parametrize("version", ["x", "1" * 30, "-1", "١"])
def test_a_version_that_is_no_number_is_an_old_page(app, version):
    assert "Diese Seite ist veraltet." in app.test_client().post("/", data={"version": version}).text


def test_what_was_typed_before_the_sign_in_ran_out_stands_there_again(app):
    draft = MultiDict({"name": "Halb getippt", "once": "früher", "version": "6"})
    app.extensions["kostenklar"] = SimpleNamespace(typed=lambda request: draft if request.method == "GET" else None)
    html = app.test_client().get("/").text
    assert 'value="Halb getippt"' in html
    assert token_in(html, "version") == "6"


def test_without_anything_typed_the_record_stands_there(app):
    app.extensions["kostenklar"] = SimpleNamespace(typed=lambda _: None)
    assert 'value="Alt"' in app.test_client().get("/").text


def test_problems_lead_to_their_fields_and_each_sentence_stands_once(app):
    with app.test_request_context("/", method="POST", data={"amount": "abc"}):
        form = bound(Person)
        form.validate()
        form.add_problem("kind", "Bitte wählen.")
        form.add_problem("kind", "Bitte wählen.")
        form.add_problem(None, "Zusammen passt das nicht.")
        anchors = [(problem.anchor, problem.text) for problem in form.problems()]
    assert anchors == [
        ("name", "„Name“ fehlt noch."),
        ("amount", "Das ist keine Zahl. Zum Beispiel 1.251,78."),
        ("kind-0", "Bitte wählen."),
        ("", "Die Anmeldung wurde erneuert. Bitte senden Sie das Formular noch einmal ab."),
        ("", "Zusammen passt das nicht."),
    ]


def test_wtforms_own_messages_speak_our_words(app):
    class Plain(KostenklarForm):
        count = IntegerField("Zahl", [InputRequired()])

    with app.test_request_context("/", method="POST", data={}):
        form = bound(Plain)
        form.validate()
        assert form.count.errors == ["Diese Angabe fehlt."]


def test_every_text_field_of_the_house_refuses_control_characters():
    """A bare StringField of WTForms would not: no form may use one."""
    import importlib
    import pkgutil

    from wtforms import StringField

    from kostenklar.plugin import forms

    for module in pkgutil.iter_modules(forms.__path__, f"{forms.__name__}."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, type) and issubclass(thing, KostenklarForm):
                for name in dir(thing):
                    made = getattr(getattr(thing, name), "field_class", object)
                    hidden = made.__name__ == "HiddenField"
                    assert hidden or not issubclass(made, StringField), f"{thing.__name__}.{name}"
