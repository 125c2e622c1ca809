"""Where things stand on an invoice."""

from ..content.formats import day, day_range, iban, money
from ..content.invoice import InvoiceContent
from ..content.words import word
from .blocks import paragraph, title
from .flow import Row, kept_together, space
from .letter import Letter, render_letter
from .page import MM, SMALL, SMALL_LEADING, TEXT, Sheet
from .pen import Pen
from .qr import giro_code
from .services import closing_sums, service_groups
from .wrap import wrapped

_CODE_SIDE = 28 * MM
_CODE_QUIET = 4 * MM
_DETAILS_LABEL = 32 * MM


def render(content: InvoiceContent) -> bytes:
    """The invoice as PDF."""
    language = content.language
    name = word(language, "invoice_title", number=content.number) if content.number else word(language, "invoice")
    letter = Letter(
        language=language,
        letterhead=content.letterhead,
        recipient=content.recipient,
        patient=content.patient,
        name=name,
        info=_info(content),
        rows=[*title(name), *_body(content)],
        draft=content.draft,
    )
    return render_letter(letter, content)


def _info(content: InvoiceContent) -> tuple[tuple[str, str], ...]:
    language, born = content.language, content.patient.birth_date
    return (
        (word(language, "invoice_number"), content.number),
        (word(language, "invoice_date"), day(content.issued_on, language)),
        (word(language, "patient"), content.patient.name),
        (word(language, "birth_date"), day(born, language) if born else ""),
        (word(language, "procedure"), content.procedure),
        (word(language, "period"), day_range(content.period_from, content.period_to, language)),
        (word(language, "physician"), content.physician),
        (word(language, "contact"), content.contact),
    )


def _body(content: InvoiceContent) -> list[Row]:
    language = content.language
    rows = paragraph(word(language, "invoice_lead"))
    rows += paragraph(word(language, "diagnosis", text=content.diagnosis)) if content.diagnosis else []
    sums = closing_sums(language, "invoice_total", content.total, content.paid, content.due)
    rows += service_groups(content.groups, language, sums)
    for note in content.notes:
        rows += paragraph(note)
    payment = paragraph(content.default_notice) if content.default_notice else []
    payment += [space(6), _transfer(content)] if content.has_giro_code else []
    return [*rows, *kept_together(payment)]


def _transfer(content: InvoiceContent) -> Row:
    """The GiroCode with the same figures beside it, for whoever types them."""
    bank, language = content.letterhead.bank, content.language
    assert bank is not None  # has_giro_code
    squares = giro_code(bank, content.due, content.number)
    left = Sheet.left + _CODE_SIDE + 2 * _CODE_QUIET
    room = Sheet.right - left - _DETAILS_LABEL
    details = (
        (word(language, "payee"), bank.holder),
        ("IBAN", iban(bank.iban)),
        ("BIC", bank.bic),
        (word(language, "amount"), money(content.due, language)),
        (word(language, "purpose"), content.number),
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
