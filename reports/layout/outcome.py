"""Where things stand on the information about the outcome."""

from ..content.formats import day, money
from ..content.outcome import OutcomeContent, PayerOutcome
from ..content.words import word
from .blocks import body_rows, heading, pairs, paragraph, title
from .flow import Row, kept_together
from .letter import Letter, render_letter


def render(content: OutcomeContent) -> bytes:
    """The information as PDF."""
    language = content.language
    name = word(language, "outcome_title")
    letter = Letter(
        language=language,
        letterhead=content.letterhead,
        recipient=content.recipient,
        patient=content.patient,
        name=name,
        info=_info(content),
        rows=[*title(name), *_lead(content), *_payers(content), *_gap(content), *_whole(content)],
        draft=content.draft,
    )
    return render_letter(letter, content)


def _info(content: OutcomeContent) -> tuple[tuple[str, str], ...]:
    language, born = content.language, content.patient.birth_date
    return (
        (word(language, "number"), content.number),
        (word(language, "date"), day(content.issued_on, language)),
        (word(language, "patient"), content.patient.name),
        (word(language, "birth_date"), day(born, language) if born else ""),
        (word(language, "procedure"), content.procedure),
        (word(language, "physician"), content.physician),
        (word(language, "contact"), content.contact),
    )


def _lead(content: OutcomeContent) -> list[Row]:
    language = content.language
    return [
        *paragraph(word(language, "outcome_lead")),
        *pairs(((word(language, "outcome_estimate"), content.estimate),)),
    ]


def _payers(content: OutcomeContent) -> list[Row]:
    return [row for payer in content.payers for row in _payer(payer)]


def _payer(payer: PayerOutcome) -> list[Row]:
    rows = [*heading(f"{payer.payer} ({payer.number})"), *paragraph(payer.headline)]
    for detail in payer.details:
        rows += paragraph(detail)
    if payer.note:
        rows += paragraph(payer.note)
    return kept_together(rows)


def _gap(content: OutcomeContent) -> list[Row]:
    language = content.language
    rows = heading(word(language, "outcome_gap_title"))
    for payer in content.payers:
        if payer.gap is not None and payer.part is not None and len(content.payers) > 1:
            figures = {"part": money(payer.part, language), "amount": money(payer.gap, language)}
            rows += paragraph(word(language, "outcome_gap_of", payer=payer.payer, **figures))
    if content.gap is None:
        rows += paragraph(word(language, "outcome_gap_open"))
    else:
        rows += paragraph(word(language, "outcome_gap", amount=money(content.gap, language)))
    return [*rows, *(row for payer in content.payers for text in payer.cautions for row in paragraph(text))]


def _whole(content: OutcomeContent) -> list[Row]:
    return kept_together([*heading(word(content.language, "outcome_whole")), *body_rows(content.whole)])
