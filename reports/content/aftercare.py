"""What stands on the aftercare sheet that goes home with the patient after each session."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from .base import Language, PaperContent
from .formats import day
from .parts import Letterhead, Person, Section
from .texts import section_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercareContent(PaperContent):
    """How to care for the treated skin, until when to stay out of the sun, and whom to call."""

    kind: ClassVar[str] = "aftercare"

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    issued_on: date
    patient: Person
    physician: str
    procedure: str
    sites: tuple[str, ...]
    treated_on: date
    sections: tuple[Section, ...]
    contact: str = ""
    next_on: date | None = None
    draft: bool = False


def aftercare_section(body: str, own_dates: str = "") -> Section:
    """The section of the text `<procedure>.aftercare`, with the patient's own date (`sun_until_sentence`) under it."""
    section = section_of(body)
    return replace(section, body=f"{section.body}\n\n{own_dates}") if own_dates else section


def sun_until_sentence(language: Language, avoid_until: date) -> str:
    """The last day without sun after the treatment."""
    last = day(avoid_until, language)
    if language == "de":
        return f"Bitte keine Sonne und kein Solarium bis einschließlich {last}."
    return f"Please no sun and no tanning bed up to and including {last}."
