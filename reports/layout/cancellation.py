"""Where things stand on a cancellation."""

from decimal import Decimal

from ..content.cancellation import CancellationContent
from ..content.formats import day, day_range
from ..content.words import word
from .blocks import paragraph, title
from .factur_x import factur_x
from .flow import Row
from .letter import Letter, render_letter
from .services import closing_sums, service_groups


def render(content: CancellationContent) -> bytes:
    """The cancellation as PDF."""
    language = content.language
    letter = Letter(
        language=language,
        letterhead=content.letterhead,
        recipient=content.recipient,
        patient=content.patient,
        name=word(language, "cancellation_title", number=content.number),
        info=_info(content),
        rows=_body(content),
    )
    return render_letter(letter, content, factur_x(content))


def _info(content: CancellationContent) -> tuple[tuple[str, str], ...]:
    language, born = content.language, content.patient.birth_date
    cancelled = word(
        language,
        "for_invoice_value",
        number=content.cancelled_number,
        day=day(content.cancelled_issued_on, language),
    )
    return (
        (word(language, "cancellation_number"), content.number),
        (word(language, "date"), day(content.issued_on, language)),
        (word(language, "for_invoice"), cancelled),
        (word(language, "patient"), content.patient.name),
        (word(language, "birth_date"), day(born, language) if born else ""),
        (word(language, "procedure"), content.procedure),
        (word(language, "period"), day_range(content.period_from, content.period_to, language)),
        (word(language, "physician"), content.physician),
        (word(language, "contact"), content.contact),
    )


def _body(content: CancellationContent) -> list[Row]:
    language = content.language
    issued = day(content.cancelled_issued_on, language)
    rows = title(word(language, "cancellation_subject", number=content.cancelled_number, day=issued))
    rows += paragraph(word(language, "cancellation_lead"))
    rows += paragraph(word(language, "cancellation_reason", reason=content.reason)) if content.reason else []
    rows += paragraph(word(language, "diagnosis", text=content.diagnosis)) if content.diagnosis else []
    nothing = Decimal(0)
    rows += service_groups(
        content.groups, language, closing_sums(language, "cancelled_total", content.total, nothing, content.total)
    )
    for note in content.notes:
        rows += paragraph(note)
    return rows
