"""What is typed into the search field finds the patient, however the name is spelled."""

from __future__ import annotations

import datetime as dt

import pytest

from kostenklar.models.rules.patient_search import LONGEST_KEY, patient_keys, range_of, read_search, sort_key


def keys(last="Müller", first="Anna", birth_name="", born=dt.date(1957, 9, 2), numbers=("PA-0001",), phones=()):
    return patient_keys(
        last_name=last, first_name=first, birth_name=birth_name, birth_date=born, numbers=numbers, phones=phones
    )


def finds(typed, **patient):
    return any(key.startswith(prefix) for prefix in read_search(typed).prefixes for key in keys(**patient))


@pytest.mark.parametrize(
    "typed",
    ["müller", "Müller", "MUELLER", "muller", "mueller a", "Müller, Anna", "anna mü", "anna mue", "anna mu", "Mü"],
)
def test_a_name_with_an_umlaut_is_found_however_it_is_typed(typed):
    assert finds(typed)


@pytest.mark.parametrize(
    "typed", ["02.09.1957", "2.9.1957", "02.09.57", "2/9/57", "02.09.", "02091957", "1957-09-02", "19570902"]
)
def test_a_birth_date_is_found_in_the_forms_people_type(typed):
    assert finds(typed)


@pytest.mark.parametrize("typed", ["0221 555", "0221/5550148", "+49 221 555", "0049 221 5550148", "02215550148"])
def test_a_telephone_number_is_found_by_its_digits(typed):
    assert finds(typed, phones=["0221 5550148"])


@pytest.mark.parametrize("typed", ["PA-0001", "pa-0001", "PA 0001", "pa0001", "0001"])
def test_a_patient_number_is_found(typed):
    assert finds(typed)


@pytest.mark.parametrize(
    ("typed", "last", "first"),
    [
        ("celik", "Çelik-Müller", "Łukasz"),
        ("lukasz c", "Çelik-Müller", "Łukasz"),
        ("müller", "Çelik-Müller", "Łukasz"),
        ("nguyen", "Nguyễn", "Thị Hồng"),
        ("hong nguyen", "Nguyễn", "Thị Hồng"),
        ("o'brien", "O'Brien", "Sean"),
        ("obrien", "O'Brien", "Sean"),
        ("O’Brien", "O'Brien", "Sean"),
        ("weiss", "Weiß", "Ute"),
        ("Weiß", "Weiss", "Ute"),
        ("yilmaz", "Yılmaz-Hofer", "Gisela"),
        ("heydt", "von der Heydt", "Karl"),
        ("anna müller", "Müller", "Anna Maria"),
        ("maria müller", "Müller", "Anna Maria"),
        ("b x", "<b>x", "Eva"),
        ("cmd", "=cmd()", "Eva"),
    ],
)
def test_each_part_of_a_name_leads_to_the_patient(typed, last, first):
    assert finds(typed, last=last, first=first)


def test_the_birth_name_is_found():
    assert finds("schmitz anna", birth_name="Schmitz")


@pytest.mark.parametrize("typed", ["maier", "anna schmidt", "03.09.1957", "0221 556", "PA-0002"])
def test_somebody_else_is_not_found(typed):
    assert not finds(typed, phones=["0221 5550148"])


def test_a_name_typed_with_its_umlaut_means_the_umlaut_first():
    assert read_search("Mü").prefixes == ("mue", "mu"), "Mustermann only where no Müller is found"


def test_a_date_behind_a_name_narrows_the_name():
    search = read_search("Müller, Anna 02.09.57")
    assert search.prefixes[0] == "mueller anna"
    assert search.born_on == (dt.date(1957, 9, 2), dt.date(2057, 9, 2))


def test_a_day_that_does_not_exist_is_part_of_the_name():
    assert read_search("Müller 31.02.1957").born_on == ()


@pytest.mark.parametrize("typed", ["", "   ", "?!", "---", "\x00"])
def test_nothing_typed_searches_for_nothing(typed):
    assert not read_search(typed)


def test_a_range_holds_exactly_what_begins_with_the_prefix():
    low, high = range_of("mue")
    assert low <= "mue" < high
    assert low <= "mueller anna" < high
    assert not low <= "mufti" < high
    assert not low <= "mu" < high


def test_equal_names_stand_together_and_double_names_after_them():
    names = [("Müller-Lüdenscheidt", "Ada"), ("Müller", "Zoe"), ("Mueller", "Anna"), ("Muster", "Eva")]
    assert sorted(names, key=lambda name: sort_key(*name)) == [
        ("Mueller", "Anna"), ("Müller", "Zoe"), ("Müller-Lüdenscheidt", "Ada"), ("Muster", "Eva"),
    ]  # fmt: skip


def test_a_very_long_name_fits_its_column():
    assert max(map(len, keys(last="ß" * 200, first="Ä" * 200))) <= LONGEST_KEY
    assert len(sort_key("ß" * 200, "Ä" * 200)) <= LONGEST_KEY
