"""The GiroCode: the bank transfer of an invoice as a QR code (EPC069-12, version 002)."""

import re
from decimal import Decimal

from ..content.parts import Bank

_MASK = 3  # any mask is valid; choosing the best one costs four times the code itself
_DARK = re.compile(rb"\x01+")  # a row of the matrix holds one byte a square


class NoValidIban(ValueError):
    """The account number on the paper has a wrong check digit; money would go astray."""


def giro_payload(bank: Bank, amount: Decimal, purpose: str) -> str:
    """The text inside the code: amount in euros, the purpose is the invoice number and nothing else (no diagnosis).

    Raises NoValidIban.
    """
    from stdnum import iban

    if not iban.is_valid(bank.iban):
        raise NoValidIban(bank.iban)
    account = iban.compact(bank.iban)
    lines = ("BCD", "002", "1", "SCT", bank.bic, bank.holder[:70], account, f"EUR{amount:.2f}", "", "", purpose[:140])
    return "\n".join(lines)


def giro_code(bank: Bank, amount: Decimal, purpose: str) -> list[list[tuple[int, int]]]:
    """The dark squares, each row as runs of (first, length), without the quiet zone. Raises NoValidIban."""
    import segno

    payload = giro_payload(bank, amount, purpose)
    code = segno.make_qr(payload, error="m", boost_error=False, mask=_MASK, encoding="utf-8")
    return [[(run.start(), run.end() - run.start()) for run in _DARK.finditer(row)] for row in code.matrix]
