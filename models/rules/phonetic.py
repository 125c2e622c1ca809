"""Kölner Phonetik: names that sound alike have one code, so that Meier is found as Maier on the telephone.

H. J. Postel, „Die Kölner Phonetik“, IBM-Nachrichten 19 (1969), 925-931. Own code: no library of the house has it.
"""

from itertools import groupby

from .folding import fold

MARK = "~"
"""What every phonetic key begins with: folding never leaves it in a name, so an ordinary search never meets one."""

_ALONE = {
    **dict.fromkeys("aeijouy", "0"),
    "b": "1",
    **dict.fromkeys("fvw", "3"),
    **dict.fromkeys("gkq", "4"),
    "l": "5",
    **dict.fromkeys("mn", "6"),
    "r": "7",
    **dict.fromkeys("sz", "8"),
}
_HARD_C_FIRST = frozenset("ahkloqrux")
_HARD_C = frozenset("ahkoqux")


def sound(name: str) -> str:
    """The codes of a name's words with one space between them; "" for a name without Latin letters."""
    coded = (_coded(word) for word in fold(name).spelled.split())
    return " ".join(code for code in coded if code)


def _coded(word: str) -> str:
    letters = [char for char in word if "a" <= char <= "z"]
    digits = "".join(_digits(letters, place) for place in range(len(letters)))
    once = "".join(digit for digit, _ in groupby(digits))
    return once[:1] + once[1:].replace("0", "")


def _digits(letters: list[str], place: int) -> str:
    letter = letters[place]
    before = letters[place - 1] if place else ""
    after = letters[place + 1] if place + 1 < len(letters) else ""
    if letter in _ALONE:
        return _ALONE[letter]
    if letter == "h":
        return ""
    if letter == "p":
        return "3" if after == "h" else "1"
    if letter in "dt":
        return "8" if after and after in "csz" else "2"
    if letter == "x":
        return "8" if before and before in "ckq" else "48"
    return _c(before, after)


def _c(before: str, after: str) -> str:
    if not before:
        return "4" if after in _HARD_C_FIRST else "8"
    return "4" if before not in "sz" and after in _HARD_C else "8"
