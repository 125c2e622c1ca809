"""Texts and choices in forms: tidied, refused by name, never lost."""

from enum import StrEnum

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from kostenklar.plugin.forms.fields import (
    CheckField,
    ListField,
    LongTextField,
    PhoneField,
    RadioRow,
    TextField,
    choices,
    enum_choices,
)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@pytest.fixture(autouse=True)
def german():
    with Flask("texts").test_request_context("/"):
        yield


def filled(field, **sent):
    form = type("OneField", (Form,), {"it": field})(MultiDict(sent or {"other": ""}))
    form.validate()
    return form.it


@pytest.mark.parametrize(
    "name", ["<b>x", "O'Brien", "Łukasz Çelik-Müller", "Nguyễn", "=cmd()", "N" * 200, "Yılmaz-Hofer", "D’Angelo"]
)
def test_a_name_is_taken_as_it_is(name):
    field = filled(TextField("Name"), it=name)
    assert (field.data, list(field.errors)) == (name, [])


def test_a_name_is_tidied():
    assert filled(TextField("Name"), it="  Mu\u0308ller\u00a0 Anna\n").data == "Müller Anna"
    assert filled(LongTextField("Text"), it=" eins  \r\n\r\n zwei ").data == "eins\n\n zwei"


def test_too_long_a_text_says_how_long_it_is():
    field = filled(TextField("Name"), it="N" * 201)
    assert field.errors == ["Das sind 201 Zeichen, Platz ist für 200. Bitte kürzen Sie."]
    assert field._value() == "N" * 201


@pytest.mark.parametrize(
    ("bad", "code"), [("Anna\u202ennaA", "U+202E"), ("An\x00na", "U+0000"), ("a\u2066b", "U+2066")]
)
def test_invisible_control_characters_are_refused_by_name(bad, code):
    (sentence,) = filled(TextField("Name"), it=bad).errors
    assert "Steuerzeichen" in sentence
    assert code in sentence


def test_a_line_break_is_fine_in_a_long_text_only():
    assert filled(LongTextField("Text"), it="a\nb").errors in ([], ())
    assert filled(TextField("Name"), it="a\nb").data == "a b"


def test_a_character_that_no_paper_can_print_is_named():
    (sentence,) = filled(TextField("Name"), it="Anna 漢 😀").errors
    assert "漢 😀" in sentence


def test_a_missing_text_names_its_label_and_an_optional_one_is_fine():
    assert filled(TextField("Nachname"), it="  ").errors == ["„Nachname“ fehlt noch."]
    assert list(filled(TextField("Nachname", required=False), it="").errors) == []


def test_a_telephone_number_may_have_spaces_and_signs_but_no_words():
    assert filled(PhoneField("Telefon"), it="+49 (221) 555-0148").data == "+49 (221) 555-0148"
    for bad in ("abends", "12", "1" * 21):
        assert filled(PhoneField("Telefon"), it=bad).errors == [
            "Das ist keine Telefonnummer. Zum Beispiel 0221 5550148."
        ]


def colours(kind, **kw):
    return kind("Farbe", choices=enum_choices({Colour.RED: "rot", Colour.BLUE: "blau"}), coerce=Colour, **kw)


@pytest.mark.parametrize("kind", [ListField, RadioRow])
def test_a_choice_leaves_as_its_enum_value(kind):
    assert filled(colours(kind), it="blue").data is Colour.BLUE
    assert filled(colours(kind), it="").errors == ["Bei „Farbe“ fehlt die Auswahl."]
    assert filled(colours(kind)).errors == ["Bei „Farbe“ fehlt die Auswahl."]
    assert filled(colours(kind, required=False), it="").data is None
    (sentence,) = filled(colours(kind), it="green").errors
    assert sentence.startswith("Diesen Eintrag gibt es hier nicht.")


def test_a_list_may_begin_with_an_empty_entry_that_counts_as_none():
    html = str(filled(colours(ListField, blank="Bitte wählen"), it=""))
    assert "Bitte wählen" in html
    assert filled(colours(ListField, blank="Bitte wählen"), it="").data is None


def test_labels_of_choices_are_escaped():
    assert "&lt;b&gt;" in str(filled(ListField("x", choices=choices([("1", "<b>")])), it="1"))


def test_a_box_that_must_be_ticked_says_so():
    assert filled(CheckField("Ja", must="Bitte bestätigen Sie das.")).errors == ["Bitte bestätigen Sie das."]
    assert filled(CheckField("Ja", must="Bitte bestätigen Sie das."), it="y").data is True
    assert filled(CheckField("Ja")).data is False
