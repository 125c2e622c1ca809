"""Where things stand on a payment reminder."""

from ..content.reminder import ReminderContent
from ..content.words import word
from .about_invoice import letter_about
from .blocks import body_rows, title
from .flow import Row, kept_together, space
from .letter import render_letter
from .services import closing_sums
from .tables import sum_block
from .transfer import transfer


def render(content: ReminderContent) -> bytes:
    """The reminder as PDF."""
    name = word(content.language, "reminder_title", number=content.number)
    return render_letter(letter_about(content, name, _body(content), content.pay_by), content)


def _body(content: ReminderContent) -> list[Row]:
    language = content.language
    rows = [*title(word(language, "reminder_subject", number=content.invoice_number)), *body_rows(content.body)]
    sums = closing_sums(language, "invoice_total", content.total, content.paid, content.due)
    rows += [space(4), *sum_block(sums)]
    if content.has_giro_code and content.letterhead.bank:
        code = transfer(content.letterhead.bank, content.due, content.invoice_number, language)
        rows += kept_together([space(12), code])
    return rows
