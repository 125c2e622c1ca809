"""Where things stand on a receipt."""

from ..content.formats import day, money
from ..content.parts import Signature
from ..content.receipt import ReceiptContent
from ..content.words import word
from .blocks import body_rows, pairs, signatures, title
from .flow import Row, space
from .letter import Letter, render_letter
from .tables import Sum, sum_block


def render(content: ReceiptContent) -> bytes:
    """The receipt as PDF."""
    letter = Letter(
        language=content.language,
        letterhead=content.letterhead,
        recipient=content.recipient,
        patient=content.patient,
        name=word(content.language, "receipt_title", number=content.number),
        info=_info(content),
        rows=_body(content),
    )
    return render_letter(letter, content)


def _info(content: ReceiptContent) -> tuple[tuple[str, str], ...]:
    language, born = content.language, content.patient.birth_date
    return (
        (word(language, "number"), content.number),
        (word(language, "date"), day(content.issued_on, language)),
        (word(language, "patient"), content.patient.name),
        (word(language, "birth_date"), day(born, language) if born else ""),
    )


def _body(content: ReceiptContent) -> list[Row]:
    language = content.language
    invoiced = day(content.invoice_issued_on, language)
    items = (
        (
            word(language, "for_invoice"),
            word(language, "for_invoice_value", number=content.invoice_number, day=invoiced),
        ),
        (word(language, "paid_by"), content.payer),
        (word(language, "received_on"), day(content.received_on, language)),
        (word(language, "paid_way"), content.way),
    )
    rows = [*title(word(language, "receipt_title", number=content.number)), *body_rows(content.body), *pairs(items)]
    rows += [space(6), *sum_block([Sum(word(language, "received"), money(content.amount, language), total=True)])]
    return [*rows, space(12), *signatures([Signature(role="practice")], language)]  # § 368 BGB: in writing
