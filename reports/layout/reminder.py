"""Where things stand on a payment reminder."""

from ..content.formats import day
from ..content.reminder import ReminderContent
from ..content.words import word
from .blocks import body_rows, title
from .flow import Row, kept_together, space
from .letter import Letter, render_letter
from .services import closing_sums
from .tables import sum_block
from .transfer import transfer


def render(content: ReminderContent) -> bytes:
    """The reminder as PDF."""
    letter = Letter(
        language=content.language,
        letterhead=content.letterhead,
        recipient=content.recipient,
        patient=content.patient,
        name=word(content.language, "reminder_title", number=content.number),
        info=_info(content),
        rows=_body(content),
    )
    return render_letter(letter, content)


def _info(content: ReminderContent) -> tuple[tuple[str, str], ...]:
    language, born = content.language, content.patient.birth_date
    invoiced = day(content.invoice_issued_on, language)
    return (
        (word(language, "number"), content.number),
        (word(language, "date"), day(content.issued_on, language)),
        (
            word(language, "for_invoice"),
            word(language, "for_invoice_value", number=content.invoice_number, day=invoiced),
        ),
        (word(language, "patient"), content.patient.name),
        (word(language, "birth_date"), day(born, language) if born else ""),
        (word(language, "please_pay_by"), day(content.pay_by, language)),
    )


def _body(content: ReminderContent) -> list[Row]:
    language = content.language
    rows = [*title(word(language, "reminder_subject", number=content.invoice_number)), *body_rows(content.body)]
    sums = closing_sums(language, "invoice_total", content.total, content.paid, content.due)
    rows += [space(4), *sum_block(sums)]
    if content.has_giro_code and content.letterhead.bank:
        code = transfer(content.letterhead.bank, content.due, content.invoice_number, language)
        rows += kept_together([space(12), code])
    return rows
