"""Finds numbers of the fee schedule by number or words, in the order in which a desk needs them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .folding import fold

_MOST_WORDS = 6
_NUMBER = re.compile(r"[A-Z]|\d{1,4}(?:\.H\d?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeeKey:
    """What the search knows of one number; the end may be open.

    `words`: number and folded wording, `plain` the wording without marks where that differs, with a space before every
    word. `row` tells the row of the schedule; `common`: one of the numbers that do the work.
    """

    row: int
    number: str
    words: str
    plain: str
    common: bool
    valid_from: date
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the row is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def fee_key(row: int, number: str, text: str, valid_from: date, valid_to: date | None, *, common: bool) -> FeeKey:
    """The key of one row of a schedule."""
    spelled, stripped = fold(text)
    plain = f" {stripped}" if stripped != spelled else ""
    return FeeKey(row, number, f" {number.casefold()} {spelled}", plain, common, valid_from, valid_to)


def find_fees(
    keys: Iterable[FeeKey],
    typed: str,
    on: date,
    *,
    favourites: Collection[str] = (),
    own_words: Mapping[str, str] | None = None,
) -> list[FeeKey]:
    """The numbers in force that fit what was typed; each word has to stand somewhere in number or wording.

    The very number comes first, then favourites, then the common ones, then the rest; among those whose number begins
    so before those whose words do. Nothing typed: favourites and common ones. `own_words` (number -> folded text) are
    what the practice itself calls a service.
    """
    words, named = _words(typed), own_words or {}
    found: dict[str, tuple[tuple[int, ...], FeeKey]] = {}
    for key in _candidates(keys, words, named):
        rank = _rank(key, words, named.get(key.number, ""), favourite=key.number in favourites)
        if rank is None or not key.holds(on):
            continue
        known = found.get(key.number)
        if known is None or known[1].valid_from < key.valid_from:  # where two hold, the later one counts
            found[key.number] = (rank, key)
    return [key for _, key in sorted(found.values(), key=lambda hit: (hit[0], hit[1].row))]


def looks_like_number(typed: str) -> bool:
    """Whether somebody typed a number and no word: then Enter means this one."""
    return bool(_NUMBER.fullmatch(typed.strip()))


def own_word_keys(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """(number, what the practice calls the service) pairs as folded text by number."""
    found: dict[str, str] = {}
    for number, text in texts:
        both = fold(text)
        found[number] = f"{found.get(number, '')} {both.spelled} {both.stripped}"
    return found


def _candidates(keys: Iterable[FeeKey], words: list[tuple[str, str]], named: Mapping[str, str]) -> list[FeeKey]:
    """The keys in which the longest word stands: a few of thousands, found without looking closer."""
    if not words:
        return list(keys)
    spelled, stripped = max(words, key=lambda word: len(word[0]))
    begins = f" {stripped}"
    own = {number for number, text in named.items() if spelled in text or begins in text}
    return [key for key in keys if spelled in key.words or begins in key.plain or key.number in own]


def _words(typed: str) -> list[tuple[str, str]]:
    """(spelled, stripped) of each word; "3541.H" stays one."""
    return list(_folded(typed.split()[:_MOST_WORDS]))


def _folded(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        if _NUMBER.fullmatch(word):
            yield word.casefold(), word.casefold()
            continue
        spelled, stripped = fold(word)
        yield from zip(spelled.split(), stripped.split(), strict=False)


def _rank(key: FeeKey, words: list[tuple[str, str]], own: str, *, favourite: bool) -> tuple[int, ...] | None:
    """(group, how it was found), the lower the earlier; None where a word is missing."""
    if not words:
        return (1, 0) if favourite else (2, 0) if key.common else None
    number, text = key.number.casefold(), key.words + own
    worst = 0
    for spelled, stripped in words:
        if number.startswith(spelled):
            continue
        if f" {spelled}" in text or f" {stripped}" in key.plain or f" {stripped}" in own:
            worst = max(worst, 1)
        elif spelled in text and not spelled.isdigit():  # as it is spelled: a laser is not found in glasses
            worst = max(worst, 2)
        else:
            return None
    if len(words) == 1 and number == words[0][0]:
        return (0, 0)
    return (1 if favourite else 2 if key.common else 3, worst)
