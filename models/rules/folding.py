"""Search keys: a name is found as it is written, with umlauts spelled out, and without any marks."""

import re
import unicodedata
from typing import NamedTuple

# Letters that no decomposition takes apart.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ŋ": "n"}
)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´′"))
_UMLAUT = re.compile("([aou])\u0308")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


class SearchKeys(NamedTuple):
    """Two keys of one text: "müller" is found as "mueller" and as "muller"."""

    spelled: str
    stripped: str


def fold(text: str) -> SearchKeys:
    """Fold a name for searching: (ä -> ae, ä -> a); lower case, no marks, ß -> ss, one space between words.

    Stored text and typed text pass through here alike; a search compares each typed key with the key of its kind.
    """
    apart = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    apart = unicodedata.normalize("NFKD", apart).translate(_PLAIN)
    return SearchKeys(_strip(_UMLAUT.sub(r"\1e", apart)), _strip(apart))


def phone_digits(text: str) -> str:
    """Digits of a German telephone number for searching: "+49 (0)30 12-34" and "0049 30 1234" are "030 1234" too."""
    compact = re.sub(r"[^\d+]", "", text.replace("(0)", "") if _is_international(text) else text)
    digits = "".join(str(unicodedata.decimal(char)) for char in compact if char != "+")
    if compact.startswith("+49"):
        return "0" + digits[2:]
    return "0" + digits[4:] if digits.startswith("0049") else digits


def _is_international(text: str) -> bool:
    return text.lstrip().startswith(("+", "00"))


def _strip(apart: str) -> str:
    kept = "".join(char for char in apart if not unicodedata.combining(char))
    return _BETWEEN_WORDS.sub(" ", kept).strip()
