"""Search keys of a patient, and what somebody means who types into the search field: prefixes of such keys."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .folding import fold, phone_digits
from .phonetic import MARK, sound

LONGEST_KEY = 240
_MOST_WORDS = 4  # of a name: "von der Heydt-Lindner" is found by each of them

_TYPED_DATE = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2})?)?(?!\d)")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_CENTURIES = (1900, 2000)


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed. `prefixes`: the first one that finds anybody is meant. `born_on`: days that narrow a name."""

    prefixes: tuple[str, ...] = ()
    born_on: tuple[date, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.prefixes)


def sort_key(last_name: str, first_name: str) -> str:
    """Where a patient stands in the list: ä as ae; all "Müller" before the first "Müller-Lüdenscheidt"."""
    return f"{name_prefix(last_name)}{fold(first_name).spelled}"[:LONGEST_KEY]


def name_prefix(last_name: str) -> str:
    """What the sort keys of everybody with exactly this last name begin with (the two spaces sort before a letter)."""
    return f"{fold(last_name).spelled}  "[:LONGEST_KEY]


def patient_keys(
    *,
    last_name: str,
    first_name: str,
    birth_name: str,
    birth_date: date,
    numbers: Iterable[str],
    phones: Iterable[str],
) -> frozenset[str]:
    """Every key under which a patient is found: names both ways round, birth date, telephones, numbers."""
    keys = {birth_date_key(birth_date), f"{birth_date:%d%m%y}", f"{birth_date:%Y%m%d}"}
    for family in filter(None, (last_name, birth_name)):
        for family_key, given_key in zip(fold(family), fold(first_name), strict=True):
            keys.update(_name_keys(family_key, given_key))
    for number in numbers:
        spaced = fold(number).spelled
        keys.update((spaced, spaced.replace(" ", ""), phone_digits(number)))
    keys.update(phone_digits(phone) for phone in phones)
    return frozenset(key[:LONGEST_KEY].strip() for key in keys if key.strip())


def phonetic_keys(*, last_name: str, first_name: str, birth_name: str) -> frozenset[str]:
    """Keys by sound, behind MARK and with a space after the last word; MARK alone says that a patient has them."""
    keys = {MARK}
    for family in filter(None, (last_name, birth_name)):
        keys.update(_heard(key) for key in _name_keys(sound(family), sound(first_name)))
    return frozenset(keys)


def sounding_like(search: Search, text: str) -> Search:
    """The same name by its sound, whole words only; nothing where no name was typed."""
    heard = sound(_take_date(text)[0]) if any(char.isalpha() for char in text) else ""
    return Search((_heard(heard),), search.born_on) if heard else Search()


def _heard(code: str) -> str:
    return f"{MARK}{' '.join(code.split())}"[: LONGEST_KEY - 1] + " "


def birth_date_key(birth_date: date) -> str:
    """The key under which everybody stands who was born on that day."""
    return f"{birth_date:%d%m%Y}"


def read_search(text: str) -> Search:
    """A name (also with a birth date behind it), a birth date, a telephone number, a patient's number, or a part."""
    if any(char.isalpha() for char in text):
        name, born_on = _take_date(text)
        return Search(tuple(dict.fromkeys(key for key in fold(name) if key)), born_on)
    if found := _ISO_DATE.search(text):
        return Search((found[0].replace("-", ""),))
    if found := _TYPED_DATE.search(text):
        return Search((f"{found[1]:0>2}{found[2]:0>2}{found[3] or ''}",))
    digits = phone_digits(text)
    return Search((digits,) if digits else ())


def range_of(prefix: str) -> tuple[str, str]:
    """(first key, first key after the last one) of all keys that begin with `prefix`, in code point order."""
    return prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)


def _name_keys(family: str, given: str) -> Iterator[str]:
    """ "mueller anna maria", "mueller maria", "anna maria mueller", "anna mueller", "maria mueller"."""
    families, givens = _from_each_word(family), _from_each_word(given)
    for one in families:
        yield from (f"{one} {other}" for other in givens)
        yield from (f"{other} {one}" for other in {given, *given.split()[:_MOST_WORDS]})


def _from_each_word(name: str) -> list[str]:
    words = name.split()
    return [" ".join(words[start:]) for start in range(min(len(words), _MOST_WORDS))] or [""]


def _take_date(text: str) -> tuple[str, tuple[date, ...]]:
    """The text without the complete date in it, and the days which that date can be."""
    for pattern in (_ISO_DATE, _TYPED_DATE):
        for found in pattern.finditer(text):
            days = _days(*(found.groups() if pattern is _TYPED_DATE else reversed(found.groups())))
            if days:
                return text[: found.start()] + " " + text[found.end() :], days
    return text, ()


def _days(day: str, month: str, year: str | None) -> tuple[date, ...]:
    years = () if not year else (int(year),) if len(year) == 4 else tuple(c + int(year) for c in _CENTURIES)
    found = []
    for each in years:
        try:
            found.append(date(each, int(month), int(day)))
        except ValueError:
            continue  # no such day: then it was no date
    return tuple(found)
