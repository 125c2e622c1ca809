"""Characters that no field takes: they turn the reading direction, control a device, or are half a character."""

import unicodedata

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_LINE_BREAKS = frozenset("\n\r\t")


def forbidden(text: str, *, multiline: bool = False) -> tuple[str, ...]:
    """Names of the refused characters in `text`, each once, in order, as in "RIGHT-TO-LEFT OVERRIDE (U+202E)".

    Bidi controls (they let a paper read differently from what was typed), control characters, lone surrogates and
    noncharacters. `multiline` fields may hold line breaks and tabs.
    """
    found = (char for char in text if _is_forbidden(char) and not (multiline and char in _LINE_BREAKS))
    return tuple(dict.fromkeys(map(_name, found)))


def _is_forbidden(char: str) -> bool:
    if char in _BIDI or unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}:
        return True
    code = ord(char)
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def _name(char: str) -> str:
    code = f"U+{ord(char):04X}"
    name = unicodedata.name(char, "")
    return f"{name} ({code})" if name else code
