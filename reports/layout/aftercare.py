"""Where things stand on the aftercare sheet."""

from ..content.aftercare import AftercareContent
from ..content.formats import day
from ..content.words import word
from .blocks import sections, title
from .letter import Letter, render_letter


def render(content: AftercareContent) -> bytes:
    """The aftercare sheet as PDF."""
    language, born = content.language, content.patient.birth_date
    name = word(language, "aftercare_title", procedure=content.procedure)
    info = (
        (word(language, "number"), content.number),
        (word(language, "date"), day(content.issued_on, language)),
        (word(language, "patient"), content.patient.name),
        (word(language, "birth_date"), day(born, language) if born else ""),
        (word(language, "treated_on"), day(content.treated_on, language)),
        (word(language, "sites"), ", ".join(content.sites)),
        (word(language, "next_on"), day(content.next_on, language) if content.next_on else ""),
        (word(language, "physician"), content.physician),
        (word(language, "contact"), content.contact),
    )
    letter = Letter(
        language=language,
        letterhead=content.letterhead,
        recipient=content.recipient,
        patient=content.patient,
        name=name,
        info=info,
        rows=[*title(name), *sections(content.sections)],
        draft=content.draft,
    )
    return render_letter(letter, content)
