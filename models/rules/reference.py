"""Reads the number of a paper or case as it is said or typed: "kk 2026 3", "KK20260003", "re-2026-12"."""

import re
from dataclasses import dataclass

from .numbering import PREFIXES, UNDATED_KINDS, NumberKind, format_number

_KINDS = {prefix: kind for kind, prefix in PREFIXES.items()}
_BETWEEN = re.compile(r"[\s\-–—_/.:#]+")
_DATED = re.compile(r"(?P<year>20[0-9]{2})(?P<n>[0-9]{1,12})")
_UNDATED = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Reference:
    """What was typed: the kind of number, and how each reading of it is printed, the likeliest first."""

    kind: NumberKind
    numbers: tuple[str, ...]


def read_reference(text: str, this_year: int) -> Reference | None:
    """None for what is no number of ours. Without a year this year is meant, then the one before."""
    compact = _BETWEEN.sub("", text)
    prefix, digits = compact[:2].upper(), compact[2:]
    kind = _KINDS.get(prefix)
    if kind is None:
        return None
    numbers = tuple(format_number(prefix, year, n) for year, n in _readings(kind, digits, this_year) if n)
    return Reference(kind, numbers) if numbers else None


def _readings(kind: NumberKind, digits: str, this_year: int) -> list[tuple[int | None, int]]:
    if not _UNDATED.fullmatch(digits) and not _DATED.fullmatch(digits):
        return []
    if kind in UNDATED_KINDS:
        return [(None, int(digits))]
    if dated := _DATED.fullmatch(digits):
        return [(int(dated["year"]), int(dated["n"]))]
    return [(this_year, int(digits)), (this_year - 1, int(digits))]
