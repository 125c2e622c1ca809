"""The Institutionskennzeichen of insurers and funds (§ 293 SGB V): nine digits, the last one a check."""

import re

_IK = re.compile(r"[0-9]{9}")


def ik_has_nine_digits(number: str) -> bool:
    """Whether it is an IK by its form."""
    return _IK.fullmatch(number) is not None


def ik_looks_right(number: str) -> bool:
    """Form and check digit: the third to eighth digit, weights 2 and 1 in turn, digit sums, modulo 10.

    Compared with the published numbers of four funds. One that fails may be right all the same: it warns, never blocks.
    """
    if not ik_has_nine_digits(number):
        return False
    weighted = (int(digit) * (2 - place % 2) for place, digit in enumerate(number[2:8]))
    return sum(value - 9 if value > 9 else value for value in weighted) % 10 == int(number[8])
