"""The search at the desk: who is found, how, and what becomes of what was typed."""

from __future__ import annotations

import re

import pytest

from kostenklar.plugin.services.patients import PhoneData
from kostenklar.tests.patient_scene import PATIENTS, register, shown


@pytest.mark.parametrize("typed", ["mueller", "Müller", "muller", "anna mü", "02.01.1990", "0221 555", "PA-00"])
def test_a_search_shows_name_birth_date_insurance_and_city(app, cast, desk, typed):
    register(app, cast, phones=(PhoneData(number="0221 5550148"),))
    page = desk.get(PATIENTS, query_string={"q": typed}).text
    for word in ("Müller, Anna", "02.01.1990", "privat", "Köln"):
        assert word in page


def test_a_patient_number_leads_straight_to_the_patient(app, cast, desk):
    new = register(app, cast)
    answer = desk.get(PATIENTS, query_string={"q": "pa-0001"})
    assert (answer.status_code, answer.location) == (302, f"{PATIENTS}/{new}")


def test_a_single_hit_by_name_is_still_a_list(app, cast, desk):
    register(app, cast)
    assert desk.get(PATIENTS, query_string={"q": "müller"}).status_code == 200


def test_who_is_not_found_can_be_taken_in_with_what_was_typed(cast, desk):
    page = desk.get(PATIENTS, query_string={"q": "anna <schmitz>"})
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
    values = shown(desk.get(f"{PATIENTS}/new", query_string={"typed": typed}).text)
    assert (values["first_name"], values["last_name"], values["birth_date"]) == (first, last, born)


def test_an_empty_practice_says_so(sits, cast):
    page = sits("reception", practices=(cast.stranger_id,)).get(PATIENTS).text
    assert "Noch ist niemand eingetragen." in page


def test_a_search_for_signs_alone_finds_nobody_and_breaks_nothing(desk):
    for typed in ("%", "___", "\x00", "'", "🙂"):
        assert "ist niemand eingetragen" in desk.get(PATIENTS, query_string={"q": typed}).text


def test_a_foreign_practice_finds_nobody(app, cast, sits):
    new = register(app, cast)
    stranger = sits("reception", practices=(cast.stranger_id,))
    assert "Müller, Anna" not in stranger.get(PATIENTS, query_string={"q": "müller"}).text
    for path in ("", "/edit", "/insurance"):
        assert stranger.get(f"{PATIENTS}/{new}{path}").status_code == 404
