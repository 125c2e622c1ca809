"""Search and lists stay quick: few statements, no table read from end to end, pages by keyset."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import insert, text

from kostenklar.models.patient import Patient, PatientKey, Policy
from kostenklar.models.rules.patient_search import patient_keys, read_search, sort_key
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries import patient_page, patients
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.statements import watched

TODAY = dt.date(2026, 11, 23)
LAST = ("Müller", "Schmidt", "Yıldız", "Nguyễn", "O'Brien", "Weiß", "Çelik", "Hofer", "Lindner", "Nowak")
BIG = ("kostenklar_patient", "kostenklar_patient_key")


@pytest.fixture
def crowd(as_reception, cast):
    """2,000 patients with their keys: enough for both databases to prefer an index."""
    born = [dt.date(1950, 1, 1) + dt.timedelta(n * 7) for n in range(2000)]
    people = [(100_000 + n, f"{LAST[n % 10]}{n // 400 or ''}", f"Vorname{n}", born[n]) for n in range(2000)]
    own = {"practice_id": cast.practice_id}
    with unit_of_work():
        session().execute(
            insert(Patient),
            [
                {**own, "id": key, "number": f"PB-{key}", "last_name": last, "first_name": first, "birth_date": born,
                 "city": "Köln", "sort_key": sort_key(last, first)}
                for key, last, first, born in people
            ],
        )  # fmt: skip
        session().execute(
            insert(PatientKey),
            [
                {**own, "patient_id": key, "key": found}
                for key, last, first, born in people
                for found in patient_keys(
                    last_name=last, first_name=first, birth_name="", birth_date=born, numbers=[f"PB-{key}"],
                    phones=[f"0221 {key}"],
                )
            ],
        )  # fmt: skip
        session().execute(insert(Policy), [{**own, "patient_id": key, "kind": "gkv"} for key, *_ in people])
    session().execute(text("ANALYZE"))
    session().commit()
    return people


TYPED = ("mueller", "Müller", "vorname17", "müller vorname1", "02.01.1950", "0221 1000", "PB-100007", "gibtesnicht")


def test_a_search_reads_the_index_in_its_order_with_few_statements(app, crowd):
    for typed in TYPED:
        with watched(app) as seen:
            patients.find_patients(read_search(typed), TODAY)
        assert len(seen) <= 3, typed
        assert seen.scanned(*BIG) == [], typed
        searches = [plan for plan in seen.plans() if "patient_key" in plan]
        assert searches, typed
        assert not any("TEMP B-TREE" in plan for plan in searches), typed


def test_the_list_and_its_later_pages_read_the_index(app, crowd):
    after = patients.patients_by_name(TODAY).after
    with watched(app) as seen:
        patients.patients_by_name(TODAY)
        patients.patients_by_name(TODAY, after)
        patients.likely_same("Müller", dt.date(1950, 1, 1))
    assert len(seen) == 5
    assert seen.scanned(*BIG) == []


def test_paging_shows_everybody_once_in_order(crowd):
    shown = all_pages(lambda after: patients.patients_by_name(TODAY, after))
    assert len({row.id for row in shown}) == len(shown) == len(crowd) + 1, "and the first patient of the cast"
    keys = [sort_key(row.last_name, row.first_name) for row in shown if row.id >= 100_000]
    assert keys == sorted(keys)
    found = all_pages(lambda after: patients.find_patients(read_search("vorname"), TODAY, after))
    assert sorted(row.id for row in found) == [key for key, *_ in crowd], "several keys of one person begin alike"


@pytest.mark.parametrize("cursor", ["x", "-", "12", "99999999999999999999-a", "1-\x00", "ü-ü", "1-a\x00"])
def test_a_broken_cursor_starts_at_the_head(as_reception, cast, cursor):
    assert [row.id for row in patients.patients_by_name(TODAY, cursor).rows] == [cast.patient_id]


def all_pages(read):
    shown: list[patients.PatientRow] = []
    after, pages = "", 0
    while pages == 0 or after:
        page = read(after)
        shown, after, pages = [*shown, *page.rows], page.after, pages + 1
    assert pages == -(-len(shown) // patients.PAGE), "every page but the last is full"
    return shown


def test_a_patients_page_reads_no_more_for_more_rows(app, crowd, cast):
    def read(patient_id):
        with watched(app) as seen:
            patient_page.patient_head(patient_id)
            patient_page.policies_of(patient_id)
            patient_page.courses_of(patient_id)
            patient_page.events_of(patient_id)
        return seen

    few = read(cast.patient_id)
    with unit_of_work():
        session().execute(
            insert(Policy), [{"practice_id": cast.practice_id, "patient_id": cast.patient_id, "kind": "gkv"}] * 40
        )
    many = read(cast.patient_id)
    assert len(few) == len(many) == 4
    assert many.scanned(*BIG) == []
