"""Where things stand on an invoice."""

from ..content.formats import day, day_range
from ..content.invoice import InvoiceContent
from ..content.words import word
from .blocks import paragraph, title
from .factur_x import factur_x
from .flow import Row, kept_together, space
from .letter import Letter, render_letter
from .services import closing_sums, lead, service_groups
from .transfer import transfer


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
    return render_letter(letter, content, factur_x(content))


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
    rows = paragraph(lead(content.groups, language))
    rows += paragraph(word(language, "diagnosis", text=content.diagnosis)) if content.diagnosis else []
    sums = closing_sums(language, "invoice_total", content.total, content.paid, content.due)
    rows += service_groups(content.groups, language, sums)
    for note in content.notes:
        rows += paragraph(note)
    payment = paragraph(content.default_notice) if content.default_notice else []
    if content.has_giro_code and content.letterhead.bank:
        payment += [space(6), transfer(content.letterhead.bank, content.due, content.number, language)]
    return [*rows, *kept_together(payment)]
