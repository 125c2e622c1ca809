"""Where things stand on the letter beside a corrected invoice."""

from ..content.correction_letter import CorrectionLetterContent
from ..content.formats import day
from ..content.words import word
from .about_invoice import letter_about
from .blocks import body_rows, pairs, title
from .flow import Row, space
from .letter import render_letter
from .services import closing_sums
from .tables import sum_block


def render(content: CorrectionLetterContent) -> bytes:
    """The letter as PDF."""
    name = word(content.language, "correction_title", number=content.number)
    return render_letter(letter_about(content, name, _body(content), dated=False), content)


def _body(content: CorrectionLetterContent) -> list[Row]:
    language = content.language
    papers = (
        ("correction_old", content.cancelled_number, content.cancelled_issued_on),
        ("correction_cancellation", content.cancellation_number, content.cancellation_issued_on),
        ("correction_new", content.invoice_number, content.invoice_issued_on),
    )
    subject = word(language, "correction_subject", new=content.invoice_number, old=content.cancelled_number)
    named = [
        (word(language, key), word(language, "for_invoice_value", number=number, day=day(on, language)))
        for key, number, on in papers
    ]
    sums = closing_sums(language, "invoice_total", content.total, content.paid, content.due)
    rows = [*title(subject), *body_rows(content.body), *body_rows(content.credit_note), space(4), *pairs(named)]
    return [*rows, space(6), *sum_block(sums)]
