"""The shell around every page: navigation, language, theme, notices, macros, error pages; without a database."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Blueprint, Flask, render_template_string, request

from kostenklar import plugin
from kostenklar.models.rules.severity import Finding, Severity
from kostenklar.plugin.assets import register_assets
from kostenklar.plugin.forms.base import KostenklarForm, bound
from kostenklar.plugin.forms.fields import CheckField, ListField, LongTextField, RadioRow, TextField, choices
from kostenklar.plugin.forms.scan import ScanField
from kostenklar.plugin.forms.typed import AmountField
from kostenklar.plugin.shell import notice, remember_look, template_words
from kostenklar.plugin.texts import choose_language, use_language

TEMPLATES = Path(plugin.__file__).parent.parent / "templates"
PAGES = sorted(file.stem for file in (TEMPLATES / "kostenklar" / "errors").glob("[!_]*.html"))


class Everything(KostenklarForm):
    name = TextField("Name", description="wie im Ausweis")
    amount = AmountField("Betrag")
    kind = ListField("Art", choices=choices([("a", "A")]), blank="Bitte wählen")
    row = RadioRow("Reihe", choices=choices([("a", "A"), ("b", "B")]))
    text = LongTextField("Bemerkung", required=False)
    scan = ScanField("Scan", description="PDF")
    told = CheckField("Gesagt")


@pytest.fixture
def house():
    """An app with our shell, some of our pages, and a person who may see patients only."""
    app = Flask("shell")
    app.secret_key = "test"
    blueprint = Blueprint("kostenklar", "shell", template_folder=str(TEMPLATES))
    register_assets(blueprint)
    allowed = {"see_patients"}

    @blueprint.url_value_preprocessor
    def speak(*_):
        use_language(choose_language(request))

    @blueprint.context_processor
    def words():
        return template_words() | {
            "may": allowed.__contains__,
            "csp_nonce": lambda: "n0nce",
            "actor": SimpleNamespace(name="<b>Sabine"),
            "practice_name": "Hautpraxis",
            "site_name": "Mitte",
        }

    pages: dict[str, Any] = {}
    for noun in ("home_show", "patients_list", "invoices_list", "practice_show"):
        blueprint.add_url_rule(f"/{noun}", noun, lambda: "")

    @blueprint.route("/page/<name>", methods=["GET", "POST"])
    def page(name):
        template, facts = pages[name]
        return render_template_string(template, **(facts() if callable(facts) else facts))

    app.register_blueprint(blueprint, url_prefix="/kostenklar")

    def show(template, facts=None, *, cookie="", data=None):
        pages["it"] = (template, facts or {})
        client = app.test_client()
        if cookie:
            client.set_cookie("kostenklar_look", cookie)
        method = client.get if data is None else client.post
        return method("/kostenklar/page/it", data=data).text

    return SimpleNamespace(app=app, show=show, allowed=allowed, pages=pages)


LAYOUT = '{% extends "kostenklar/layout.html" %}'


def using(file, names):
    return f'{{% from "kostenklar/_{file}.html" import {names} with context %}}'


def test_the_navigation_shows_what_exists_and_what_the_person_may_see(house):
    html = house.show(LAYOUT + '{% set nav = "patients" %}')
    assert re.findall(r'<a href="/kostenklar/(\w+)"', html) == ["home_show", "patients_list", "invoices_list"]
    assert html.count('aria-current="page"') == 1
    assert re.search(r'patients_list" aria-current="page"', html)
    house.allowed.clear()
    assert re.findall(r'<li>\s*<a href="/kostenklar/(\w+)"', house.show(LAYOUT)) == ["home_show"]


def test_only_who_may_edit_the_practice_gets_a_link_to_it(house):
    assert "practice_show" not in house.show(LAYOUT)
    house.allowed.add("edit_practice")
    assert "practice_show" in house.show(LAYOUT)


def test_language_and_theme_are_the_persons(house):
    assert '<html lang="de" data-bs-theme="light">' in house.show(LAYOUT)
    english = house.show(LAYOUT, cookie="en.dark")
    assert '<html lang="en" data-bs-theme="dark">' in english
    assert "Skip to content" in english
    assert 'data-bs-theme="light"' in house.show(LAYOUT, cookie="de.<script>")


def test_names_are_escaped_and_scripts_carry_the_nonce(house):
    html = house.show(LAYOUT)
    assert "&lt;b&gt;Sabine" in html
    assert re.findall(r"<script [^>]*>", html)[0].count('nonce="n0nce"') == 1
    assert "http:" not in html
    assert "https:" not in html


def test_signing_out_is_a_link_only_where_the_host_names_one(house):
    assert "Wechseln" not in house.show(LAYOUT)
    house.app.config["KOSTENKLAR_SIGN_OUT_ENDPOINT"] = "kostenklar.home_show"
    assert "Wechseln" in house.show(LAYOUT)


def test_two_columns_appear_only_with_something_beside(house):
    assert "kk-cols" not in house.show(LAYOUT + "{% block content %}x{% endblock %}")
    aside = house.show(LAYOUT + "{% block aside %}Schritt{% endblock %}{% block content %}Arbeit{% endblock %}")
    assert aside.index("Schritt") < aside.index("Arbeit")
    beside = house.show(LAYOUT + "{% block beside %}Prüfung{% endblock %}{% block content %}Arbeit{% endblock %}")
    assert beside.index("Arbeit") < beside.index("Prüfung")


def test_a_notice_waits_for_the_next_page_is_shown_once_and_leaves_the_hosts_messages_alone(house):
    client = house.app.test_client()
    house.pages["it"] = (LAYOUT, {})
    with house.app.test_request_context("/"):
        from flask import session

        notice("Die Sitzung ist gespeichert.")
        waiting = list(session["kostenklar_notices"])
    with client.session_transaction() as session:
        session["kostenklar_notices"] = waiting
        session["_flashes"] = [("message", "vom Wirt")]
    first, second = client.get("/kostenklar/page/it").text, client.get("/kostenklar/page/it").text
    assert "Die Sitzung ist gespeichert." in first
    assert 'role="status"' in first
    assert "Die Sitzung ist gespeichert." not in second
    with client.session_transaction() as session:
        assert session["_flashes"] == [("message", "vom Wirt")]


def test_the_look_is_remembered_and_an_unknown_one_refused(house):
    with house.app.test_request_context("/"):
        answer = house.app.make_response("")
        remember_look(answer, "en", "dark")
        assert answer.headers["Set-Cookie"].startswith("kostenklar_look=en.dark;")
        with pytest.raises(ValueError, match="fr"):
            remember_look(answer, "fr", "dark")


@pytest.mark.parametrize("name", ["open", "waiting", "overdue", "done", "blocked"])
def test_a_state_is_always_an_icon_and_a_word(house, name):
    html = house.show(using("states", "state") + "{{ state(name) }}|{{ state(name, '<Wort>') }}", {"name": name})
    own, given = html.split("|")
    assert re.search(r"</svg>\w+</span>", own)
    assert "<svg" in given
    assert "&lt;Wort&gt;" in given


def form_page(house, data=None):
    template = (
        using("fields", "form, field, error_summary, actions")
        + "{{ error_summary(f) }}{% call form(f, upload=true) %}{% for it in [f.name, f.amount, f.kind, f.row, f.text,"
        " f.scan, f.told] %}{{ field(it, again=f.errors) }}{% endfor %}"
        "{{ actions('Speichern', after='Rechnung') }}{% endcall %}"
    )

    def facts():
        form = bound(Everything)
        form.validate_on_submit()
        return {"f": form}

    return house.show(template, facts, data=data)


def test_every_field_has_its_label_and_every_id_is_there_once(house):
    html = form_page(house)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'for="([^"]+)"', html):
        assert target in ids
    assert html.count("(freiwillig)") == 1
    assert 'name="csrf_token"' in html
    assert 'name="once"' in html
    assert "fehler" not in ids


def test_an_error_stands_on_top_with_a_link_and_the_same_words_at_its_field(house):
    html = form_page(house, data={"amount": "<abc>", "name": "Anna"})
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for anchor in re.findall(r'<a href="#([^"]+)"', html):
        assert anchor in ids
    assert html.count("Das ist keine Zahl. Zum Beispiel 1.251,78.") == 2
    assert re.search(r'id="amount"[^>]*value="&lt;abc&gt;"', html)
    for described in re.findall(r'aria-describedby="([^"]+)"', html):
        assert set(described.split()) <= set(ids)
    assert 'aria-invalid="true"' in html
    assert html.index('id="fehler"') < html.index("<form")


def test_the_gate_counts_what_is_done_and_names_each_state_in_words(house):
    items = [
        {"state": "done", "title": "A"},
        {"state": "blocked", "title": "B", "url": "/x", "action": "Scan zuordnen"},
    ]
    html = house.show(using("states", "gate") + "{{ gate(items) }}", {"items": items})
    assert "1 von 2 erledigt" in html
    assert "Blockiert: " in html
    assert 'href="/x"' in html


def test_findings_say_their_sentence_and_no_findings_say_nothing(house):
    found = [Finding("talk_missing", Severity.BLOCK, "§ 630e BGB")]
    html = house.show(using("states", "findings") + "{{ findings(found) }}", {"found": found})
    assert "Das Aufklärungsgespräch fehlt." in html
    assert "§\u00a0630e\u00a0BGB" in html
    assert house.show(using("states", "findings") + "{{ findings([]) }}").strip() == ""


def test_a_money_table_writes_amounts_and_keeps_texts_as_text(house):
    line = {
        "number": "740",
        "text": "<b>Kälte",
        "how": "",
        "factor": Decimal("2.3"),
        "vat": "19 %",
        "amount": Decimal("9.52"),
    }
    html = house.show(using("parts", "money_table") + "{{ money_table([line], 'Positionen') }}", {"line": line})
    assert "9,52\u00a0€" in html
    assert "&lt;b&gt;Kälte" in html


def test_the_small_parts_write_what_they_are_given(house):
    template = (
        using("parts", "timeline, pager, empty, when, born, pairs, facts, work_row")
        + "{{ timeline([{'on': day_, 'text': 'Sitzung', 'who': 'Dr. Seidel', 'state': 'done'}]) }}"
        "{{ pager('/weiter', '') }}"
        "{{ empty('Für heute ist alles erledigt.') }}{{ born(day_) }}{{ pairs([('Netto', 'x')], 'Summe', 'y') }}"
        "{{ facts([('Art', ['a', 'b'])]) }}"
        "{{ work_row('/p', 'Nowak', day_, 'Sitzung', '', 'open', '', '/d', 'Öffnen') }}"
    )
    html = house.show(template, {"day_": dt.date(1957, 9, 2)})
    for part in ('datetime="1957-09-02"', "02.09.1957", 'rel="next" href="/weiter"', "<dd>a</dd><dd>b</dd>", "Summe"):
        assert part in html
    assert "Zum Anfang" not in html


def test_a_question_is_one_sentence_with_a_verb_and_a_way_back(house):
    template = (
        LAYOUT + '{% set question = "Stornieren?" %}{% set yes = "Stornieren" %}{% set keep_url = "/zurück" %}'
        '{% set consequence = "Es entsteht eine Stornorechnung." %}'
        '{% block content %}{% include "kostenklar/_confirm.html" %}{% endblock %}'
    )
    html = house.show(template, lambda: {"the_form": bound(KostenklarForm)})
    assert 'href="/zurück" data-leave>Behalten</a>' in html
    assert html.count("btn-primary") == 1


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_error_page_is_calm_and_has_a_way_on(house, name, language):
    error = SimpleNamespace(changed_by="Frau Thiele", changed_at=dt.datetime(2026, 11, 23, 9, 42, tzinfo=dt.UTC))
    facts = {"error": error, "findings": [Finding("talk_missing", Severity.BLOCK)]}
    template = f'{{% extends "kostenklar/errors/{name}.html" %}}'
    html = house.show(template, facts, cookie=f"{language}.light", data={"name": "<i>getippt", "csrf_token": "geheim"})
    assert html.count("<h1>") == 1
    assert "btn-primary" in html
    text = re.sub(r"<!doctype html>|<[^>]+>", "", html)
    assert "!" not in text
    assert "Traceback" not in text
    assert "geheim" not in html


@pytest.mark.parametrize("name", ["busy", "gone", "full", "behind", "general"])
def test_pages_about_a_sick_database_ask_it_nothing(house, name):
    def sick(*_):
        raise AssertionError("asked")

    facts: dict[str, object] = {"error": None, "may": sick, "nav_items": sick, "take_notices": sick, "findings": []}
    html = house.show(f'{{% extends "kostenklar/errors/{name}.html" %}}', facts)
    assert "kk-nav" not in html
    assert "Sabine" not in html


def test_the_stale_page_gives_back_what_was_typed(house):
    error = SimpleNamespace(changed_by="Frau Thiele", changed_at=dt.datetime(2026, 11, 23, 9, 42, tzinfo=dt.UTC))
    html = house.show('{% extends "kostenklar/errors/stale.html" %}', {"error": error}, data={"note": "<lang> getippt"})
    assert "Frau Thiele hat den Eintrag um 10:42\u00a0Uhr geändert." in html
    assert "&lt;lang&gt; getippt" in html


def test_who_may_do_it_is_named_on_the_forbidden_page(house):
    error = SimpleNamespace(permission="decide_indication")
    assert "Das darf nur eine Ärztin oder ein Arzt." in house.show(
        '{% extends "kostenklar/errors/forbidden.html" %}', {"error": error}
    )
