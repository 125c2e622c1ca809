"""Where things stand on a release and on a power of attorney, which share their frame."""

from collections.abc import Sequence

from ..content.base import Language
from ..content.case_grant import CaseGrantContent
from ..content.formats import day
from ..content.parts import Person
from ..content.words import word
from .blocks import pairs, section, sections, signatures, title
from .flow import Row, kept_together
from .letter import Letter, render_letter


def render_grant(content: CaseGrantContent, about: Sequence[tuple[str, str]], rows: Sequence[Row]) -> bytes:
    """The paper as PDF: what it is about (`about` says who), the paper's own rows, terms, what is signed."""
    language = content.language
    letter = Letter(
        language=language,
        letterhead=content.letterhead,
        recipient=content.recipient,
        patient=content.patient,
        name=f"{word(language, content.kind)} {content.number}",
        info=_info(content),
        rows=[
            *title(word(language, f"{content.kind}_title")),
            *_scope(content, about),
            *rows,
            *sections(content.terms),
            *kept_together([*section(content.declaration), *signatures(content.signatures, language)]),
        ],
    )
    return render_letter(letter, content)


def named(person: Person, language: Language) -> str:
    """A person with the birth date, where it is known."""
    if person.birth_date is None:
        return person.name
    return f"{person.name}, {word(language, 'born', day=day(person.birth_date, language))}"


def _info(content: CaseGrantContent) -> tuple[tuple[str, str], ...]:
    language, born = content.language, content.patient.birth_date
    return (
        (word(language, "number"), content.number),
        (word(language, "date"), day(content.issued_on, language)),
        (word(language, "grant_case"), content.case_number),
        (word(language, "patient"), content.patient.name),
        (word(language, "birth_date"), day(born, language) if born else ""),
        (word(language, "contact"), content.contact),
    )


def _scope(content: CaseGrantContent, about: Sequence[tuple[str, str]]) -> list[Row]:
    language = content.language
    until = word(language, "grant_valid_value", day=day(content.valid_until, language))
    numbers = (("grant_contract", content.contract_no), ("grant_insured_no", content.insured_no))
    known = ", ".join(f"{word(language, key)} {value}" for key, value in numbers if value)
    return pairs(
        (
            *about,
            (word(language, "grant_towards"), ", ".join(content.insurer)),
            (word(language, "grant_numbers"), known),
            (word(language, "procedure"), f"{content.procedure}: {', '.join(content.sites)}"),
            (word(language, "grant_purpose"), content.purpose),
            (word(language, "grant_valid"), until),
        )
    )
