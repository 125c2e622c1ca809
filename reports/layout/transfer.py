"""The GiroCode with the same figures beside it, for whoever types them: on invoices and reminders."""

from decimal import Decimal

from ..content.base import Language
from ..content.formats import iban, money
from ..content.parts import Bank
from ..content.words import word
from .flow import Row
from .page import MM, SMALL, SMALL_LEADING, TEXT, Sheet
from .pen import Pen
from .qr import giro_code
from .wrap import wrapped

_CODE_SIDE = 28 * MM
_CODE_QUIET = 4 * MM
_DETAILS_LABEL = 32 * MM


def transfer(bank: Bank, amount: Decimal, purpose: str, language: Language) -> Row:
    """The bank transfer of an amount; the purpose is an invoice number and nothing else. Raises NoValidIban."""
    squares = giro_code(bank, amount, purpose)
    left = Sheet.left + _CODE_SIDE + 2 * _CODE_QUIET
    room = Sheet.right - left - _DETAILS_LABEL
    details = (
        (word(language, "payee"), bank.holder),
        ("IBAN", iban(bank.iban)),
        ("BIC", bank.bic),
        (word(language, "amount"), money(amount, language)),
        (word(language, "purpose"), purpose),
    )
    lines = [
        ("" if index else label, text)
        for label, value in details
        if value
        for index, text in enumerate(wrapped(value, room, TEXT))
    ]

    def draw(pen: Pen, top: float) -> None:
        pen.squares(Sheet.left, top, _CODE_SIDE, squares)
        for index, (label, text) in enumerate(lines):
            baseline = top + 8 + index * 13
            pen.text(left, baseline, label, SMALL)
            pen.text(left + _DETAILS_LABEL, baseline, text, TEXT)
        caption = word(language, "giro_caption")
        pen.line(Sheet.left, top + _CODE_SIDE + 5, caption, SMALL, SMALL_LEADING)

    return Row(max(_CODE_SIDE + 5 + SMALL_LEADING, len(lines) * 13 + 4), draw)
