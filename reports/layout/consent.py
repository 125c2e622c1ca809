"""Where things stand on the consent with its information."""

from ..content.consent import ConsentContent
from ..content.formats import area, count_range, day
from ..content.words import word
from .blocks import blanks, heading, pairs, paragraph, question, section, sections, signatures, title, writing_lines
from .flow import Row, kept_together, kept_with_next
from .letter import Letter, render_letter


def render(content: ConsentContent) -> bytes:
    """The consent as PDF."""
    language = content.language
    name = word(language, "consent_title", procedure=content.procedure)
    letter = Letter(
        language=language,
        letterhead=content.letterhead,
        recipient=content.recipient,
        patient=content.patient,
        name=name,
        info=_info(content),
        rows=[
            *title(name),
            *_plan(content),
            *sections(content.sections),
            *_questions(content),
            *_talk(content),
            *_declaration(content),
        ],
        draft=content.draft,
    )
    return render_letter(letter, content)


def _info(content: ConsentContent) -> tuple[tuple[str, str], ...]:
    language, born = content.language, content.patient.birth_date
    return (
        (word(language, "number"), content.number),
        (word(language, "date"), day(content.issued_on, language)),
        (word(language, "patient"), content.patient.name),
        (word(language, "birth_date"), day(born, language) if born else ""),
        (word(language, "physician"), content.physician),
        (word(language, "contact"), content.contact),
    )


def _plan(content: ConsentContent) -> list[Row]:
    language = content.language
    sessions = count_range(content.sessions_from, content.sessions_to, language)
    return pairs(
        (
            (word(language, "procedure"), content.procedure),
            (word(language, "sites"), ", ".join(content.sites)),
            (word(language, "area"), area(content.area_cm2, language) if content.area_cm2 is not None else ""),
            (word(language, "device"), content.device),
            (word(language, "method"), content.method),
            (word(language, "sessions"), word(language, "sessions_planned", count=sessions)),
        )
    )


def _questions(content: ConsentContent) -> list[Row]:
    if not content.questions:
        return []
    language = content.language
    lead = kept_with_next([*heading(word(language, "questions")), *paragraph(word(language, "questions_lead"))])
    return [*lead, *(question(part, language) for part in content.questions)]


def _talk(content: ConsentContent) -> list[Row]:
    language, talk = content.language, content.talk
    time = word(language, "talk_from", start=talk.started, end=talk.ended) if talk.started else ""
    known = (
        (word(language, "talk_by"), talk.explained_by),
        (word(language, "talk_on"), day(talk.held_on, language) if talk.held_on else ""),
        (word(language, "talk_time"), time),
        (word(language, "talk_companion"), talk.companion),
        (word(language, "talk_interpreter"), talk.interpreter),
        (word(language, "talk_copy"), talk.copy_handed),
    )
    rows = [*heading(word(language, "talk")), *paragraph(word(language, "talk_lead")), *blanks(known)]
    for key, text in (("talk_risks", talk.individual_risks), ("talk_questions", talk.questions)):
        rows += blanks([(word(language, key), text)]) if text else writing_lines(word(language, key), 2)
    return kept_together(rows)


def _declaration(content: ConsentContent) -> list[Row]:
    """What is signed stays on one page with its signatures."""
    language = content.language
    count = str(content.sessions_to)
    scope = pairs(
        (
            (word(language, "procedure"), content.procedure),
            (word(language, "sites"), ", ".join(content.sites)),
            (word(language, "sessions"), word(language, "up_to", count=count) if content.sessions_to > 1 else count),
            (word(language, "covered_until"), day(content.valid_until, language) if content.valid_until else ""),
        )
    )
    signed = [
        *section(content.declaration),
        *heading(word(language, "scope")),
        *scope,
        *signatures(content.signatures, language),
    ]
    return [*sections(content.terms), *kept_together(signed)]
