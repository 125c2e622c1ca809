"""The search in the fee schedule: what is found, and what stands first."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from kostenklar.models.catalogue import goae_rows
from kostenklar.models.rules.fee_search import FeeKey, fee_key, find_fees, looks_like_number, own_word_keys

DAY = dt.date(2026, 11, 22)
SINCE = dt.date(1983, 1, 1)
KEYS = [
    fee_key(index, row.number, row.text, SINCE, None, common=row.common) for index, row in enumerate(goae_rows(), 1)
]


def numbers(typed: str, **given: object) -> list[str]:
    return [key.number for key in find_fees(KEYS, typed, DAY, **given)]  # type: ignore[arg-type]


def test_a_number_stands_first_and_those_that_begin_so_behind_it():
    assert numbers("740")[0] == "740"
    assert set(numbers("74")) >= {"740", "741", "743"}
    assert numbers("441")[0] == "441"
    assert "740" not in numbers("40")


def test_a_surcharge_is_found_by_its_letter_and_a_laboratory_number_by_its_own():
    assert numbers("A")[0] == "A"
    assert numbers("a")[0] == "A"
    assert numbers("3541.H") == ["3541.H"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("kryo", "740"),
        ("Kryotherapie Haut", "740"),
        ("dermatoskopie", "750"),
        ("beratung", "1"),
        ("BERATUNG", "1"),
        ("feuermal", ""),
        ("naevus flammeus", "2440"),
        ("flammeus naev", "2440"),
        ("ganzkörper", "8"),
        ("ganzkoerper", "8"),
        ("ganzkorper", "8"),
    ],
)
def test_words_are_found_in_any_order_from_their_beginnings_and_with_or_without_umlauts(typed, number):
    found = numbers(typed)
    assert (found[0] if found else "") == number


def test_words_within_compounds_are_found_after_those_that_begin_so():
    found = numbers("therapie")
    assert "740" in found
    assert numbers("zzz") == []
    assert "441" in numbers("laser")
    assert "1200" not in numbers("laser")  # "Gläsern"
    assert numbers("%") == numbers("")


def test_the_common_numbers_come_before_the_rest_and_favourites_before_them():
    common = {key.number for key in KEYS if key.common}
    found = numbers("haut")
    ranks = [number not in common for number in found]
    assert all(before <= after for before, after in pairwise(ranks))
    rare = next(number for number in found if number not in common)
    assert numbers("haut", favourites={rare})[0] == rare


def test_nothing_typed_shows_favourites_and_the_common_ones():
    found = numbers("", favourites={"2886", "5298"})
    assert found[:2] == ["2886", "5298"]
    assert 60 <= len(found) <= 80
    assert numbers("   ") == numbers("")


def test_what_the_practice_calls_a_service_finds_it_too():
    own = own_word_keys([("2440", "Laserbehandlung einer Tätowierung"), ("2440", "Laserentfernung")])
    assert "2440" not in numbers("tätow")
    assert numbers("taetow", own_words=own)[0] == "2440"
    assert numbers("tatow", own_words=own)[0] == "2440"
    assert numbers("2440 laserbehandlung", own_words=own) == ["2440"]


def test_only_what_is_in_force_on_the_day_is_found_and_of_two_the_later_one():
    old = FeeKey(1, "1", " 1 beratung", "", True, SINCE, dt.date(2027, 6, 30))
    new = FeeKey(2, "1", " 1 beratung neu", "", True, dt.date(2027, 7, 1))
    overlapping = FeeKey(3, "1", " 1 beratung spaet", "", True, dt.date(2027, 1, 1))
    assert find_fees([old, new], "beratung", DAY) == [old]
    assert find_fees([old, new], "beratung", dt.date(2027, 7, 1)) == [new]
    assert find_fees([old, overlapping], "1", dt.date(2027, 2, 1)) == [overlapping]
    assert find_fees([old, new], "1", dt.date(1982, 1, 1)) == []


def test_a_number_is_told_from_a_word():
    assert all(map(looks_like_number, ("1", "2440", "A", " 441 ", "3541.H", "3562.H1")))
    assert not any(map(looks_like_number, ("", "kryo", "24 40", "12345", "A1")))
