"""The insured person's number of the statutory funds (§ 290 SGB V): a letter and nine digits, the last one a check."""

import re

_KVNR = re.compile(r"[A-Z][0-9]{9}")


def kvnr_looks_right(number: str) -> bool:
    """Form and check digit: the letter counts as its place in the alphabet (A = 01), weights 1 and 2 in turn, digit
    sums, modulo 10. A number that fails may still stand on a card: it warns, never blocks.
    """
    if not _KVNR.fullmatch(number):
        return False
    digits = f"{ord(number[0]) - ord('A') + 1:02d}{number[1:9]}"
    weighted = (int(digit) * (1 + place % 2) for place, digit in enumerate(digits))
    return sum(value - 9 if value > 9 else value for value in weighted) % 10 == int(number[9])
