"""What stands on the aftercare sheet that goes home with the patient after each session."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from ...models.rules.procedures import Procedure
from ...models.rules.side_effects import BLISTER_DAYS, SCALE_DAYS
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


def healing_sentence(language: Language, procedure: str, treated_on: date) -> str:
    """The patient's own days of healing: scales within 2 to 3 weeks after cold (domain 11 no. 4), blisters after a
    laser gone after about 2 weeks (no. 9).
    """
    two, three = (day(treated_on + timedelta(days=days), language) for days in (BLISTER_DAYS, SCALE_DAYS))
    if procedure == Procedure.CRYOPEELING.value:
        if language == "de":
            return f"Bei Ihnen sind die Schuppen voraussichtlich zwischen dem {two} und dem {three} abgefallen."
        return f"In your case the scales will probably have fallen off between {two} and {three}."
    if language == "de":
        return f"Treten bei Ihnen Blasen auf, sind sie voraussichtlich bis etwa {two} abgeheilt."
    return f"If you get blisters, they will probably be gone by about {two}."


def sun_until_sentence(language: Language, avoid_until: date) -> str:
    """The last day without sun after the treatment."""
    last = day(avoid_until, language)
    if language == "de":
        return f"Bitte keine Sonne und kein Solarium bis einschließlich {last}."
    return f"Please no sun and no tanning bed up to and including {last}."
