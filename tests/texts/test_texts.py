"""The words on the screen: chosen language, German as the id, late labels."""

import pytest
from flask import Flask
from markupsafe import escape

from kostenklar.plugin import texts
from kostenklar.plugin.texts import choose_language, kt, kt_count, language, lazy_kt, use_language


@pytest.fixture
def english(monkeypatch):
    monkeypatch.setattr(texts, "_english", lambda: {"Heute": "Today", "{count} Tage": "{count} days"})


def request_with(cookie="", accept=""):
    app = Flask("look")
    headers = {"Cookie": f"kostenklar_look={cookie}"} if cookie else {}
    if accept:
        headers["Accept-Language"] = accept
    return app.test_request_context("/", headers=headers).request


@pytest.mark.parametrize(
    ("cookie", "accept", "spoken"),
    [
        ("", "", "de"),
        ("", "fr-FR, it", "de"),
        ("", "en-GB,en;q=0.9,de;q=0.8", "en"),
        ("", "de-DE,de;q=0.9,en;q=0.8", "de"),
        ("de.dark", "en-GB", "de"),
        ("en.light", "de-DE", "en"),
        ("xx.dark", "en", "en"),
        ("'; DROP", "", "de"),
    ],
)
def test_the_persons_choice_goes_before_the_browsers_and_german_before_all(cookie, accept, spoken):
    assert choose_language(request_with(cookie, accept)) == spoken


def test_a_request_leaves_no_language_behind():
    app = Flask("language")
    with app.test_request_context("/"):
        use_language("en")
        assert language() == "en"
    with app.test_request_context("/"):
        assert language() == "de"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="fr"):
        use_language("fr")  # type: ignore[arg-type]  # what an old cookie may say


def test_a_label_written_at_import_time_speaks_the_readers_language(english):
    label = lazy_kt("Heute")
    with Flask("label").test_request_context("/"):
        assert (str(label), f"{label}", escape(label)) == ("Heute", "Heute", "Heute")
        use_language("en")
        assert (str(label), f"{label}", escape(label)) == ("Today", "Today", "Today")


def test_a_label_is_escaped_like_any_text():
    assert escape(lazy_kt("<b>x")) == "&lt;b&gt;x"


def test_counting_words_know_one_and_many(english):
    with Flask("count").test_request_context("/"):
        assert [kt_count("{count} Tag", "{count} Tage", count) for count in (0, 1, 2)] == ["0 Tage", "1 Tag", "2 Tage"]
        use_language("en")
        assert kt_count("{count} Tag", "{count} Tage", 2) == "2 days"


def test_a_text_without_english_stays_german_and_braces_without_facts_stay(english):
    with Flask("fallback").test_request_context("/"):
        use_language("en")
        assert kt("Gibt es nicht") == "Gibt es nicht"
        assert kt("{so}") == "{so}"
