"""Names as heard: Kölner Phonetik, and the numbers of papers as they are said on the telephone."""

from __future__ import annotations

import pytest

from kostenklar.models.rules.numbering import NumberKind
from kostenklar.models.rules.patient_search import phonetic_keys, read_search, sounding_like
from kostenklar.models.rules.phonetic import MARK, sound
from kostenklar.models.rules.reference import Reference, read_reference


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Wikipedia", "3412"),
        ("Breschnew", "17863"),
        ("Müller", "657"),
        ("Lüdenscheidt", "52682"),
        ("Heinz Classen", "068 4586"),
    ],
)
def test_the_codes_of_the_published_examples(name, code):
    assert sound(name) == code


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("Maier", "Meyr"),
        ("Schmitt", "Schmidt"),
        ("Yilmatz", "Yılmaz"),
        ("Kraus", "Krauß"),
        ("Filip", "Philipp"),
        ("Mueller", "Müller"),
    ],
)
def test_what_sounds_alike_has_one_code(heard, written):
    assert sound(heard) == sound(written)


def finds(typed, last, first="Anna", birth_name=""):
    keys = phonetic_keys(last_name=last, first_name=first, birth_name=birth_name)
    return any(key.startswith(prefix) for prefix in sounding_like(read_search(typed), typed).prefixes for key in keys)


def test_a_name_is_found_by_its_sound_in_either_order_and_by_each_part():
    assert finds("Maier", "Meyer")
    assert finds("Anna Maier", "Meyer")
    assert finds("Meier, Ana", "Meyer")
    assert finds("Hoffer", "Yılmaz-Hofer")
    assert finds("Jilmaz", "Weber", birth_name="Yılmaz")


def test_only_whole_words_sound_alike():
    assert not finds("Mai", "Meyer")
    assert not finds("Maier", "Mayerhof")


def test_figures_have_no_sound_and_a_name_without_letters_of_ours_is_still_marked():
    assert not sounding_like(read_search("0221 555"), "0221 555")
    assert not sounding_like(read_search("Иванов"), "Иванов")
    assert MARK in phonetic_keys(last_name="Иванов", first_name="Иван", birth_name="")


def test_a_birth_date_behind_the_name_narrows_the_sound():
    assert sounding_like(read_search("Maier 02.01.1990"), "Maier 02.01.1990").born_on


@pytest.mark.parametrize(
    "typed",
    ["KK-2026-0003", "kk-2026-3", "kk 2026 0003", "KK20260003", "Kk.2026/003", "KK–2026–3", " kk - 2026 - 3 ", "kk3"],
)
def test_a_number_is_read_however_it_is_typed(typed):
    found = read_reference(typed, 2026)
    assert found is not None
    assert found.kind is NumberKind.CLARIFICATION
    assert found.numbers[0] == "KK-2026-0003"


def test_without_a_year_this_one_is_meant_then_the_last():
    assert read_reference("RE 12", 2026) == Reference(NumberKind.INVOICE, ("RE-2026-0012", "RE-2025-0012"))
    assert read_reference("pa1", 2026) == Reference(NumberKind.PATIENT, ("PA-0001",))


@pytest.mark.parametrize(
    "typed", ["", "kk", "KK-", "Kraus", "XX-2026-1", "kk 2026 0", "re 12a", "0221 555", "kk" + "9" * 40, "KK٣", "RE-0"]
)
def test_what_is_no_number_of_ours_is_none(typed):
    assert read_reference(typed, 2026) is None
