"""Characters that no field takes: one cannot see them, they turn the reading direction, or are half a character."""

import unicodedata

_JOINERS = frozenset("\u200c\u200d")  # part of how some scripts are written
_LINE_BREAKS = frozenset("\n\r\t")


def forbidden(text: str, *, multiline: bool = False) -> tuple[str, ...]:
    """Names of the refused characters in `text`, each once, in order, as in "RIGHT-TO-LEFT OVERRIDE (U+202E)".

    Control and format characters (bidi ones let a paper read differently from what was typed, those without a width
    part a name that looks whole), lone surrogates and noncharacters. `multiline` fields may hold line breaks and tabs.
    """
    found = (char for char in text if _is_forbidden(char) and not (multiline and char in _LINE_BREAKS))
    return tuple(dict.fromkeys(map(_name, found)))


def _is_forbidden(char: str) -> bool:
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and char not in _JOINERS:
        return True
    code = ord(char)
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def _name(char: str) -> str:
    code = f"U+{ord(char):04X}"
    name = unicodedata.name(char, "")
    return f"{name} ({code})" if name else code
