"""What stands on a consent with its information: §§ 630d, 630e BGB; the paper only supplements the oral talk."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from .base import Language, PaperContent, PaperContradictsItself
from .formats import day
from .parts import Letterhead, Person, Question, Section, Signature
from .texts import questions_of, section_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The oral talk; what is not known yet becomes a line to fill in."""

    explained_by: str = ""
    held_on: date | None = None
    started: str = ""
    ended: str = ""
    companion: str = ""
    interpreter: str = ""
    individual_risks: str = ""
    questions: str = ""
    copy_handed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentContent(PaperContent):
    """Information, questions, the talk and the declaration for one procedure at named sites.

    `sections` inform (aim, course, risks, alternatives, before, after, cost), `declaration` is what is agreed to,
    `terms` (withdrawal, copy, photos) stand before it.
    """

    kind: ClassVar[str] = "consent"

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    issued_on: date
    patient: Person
    physician: str
    procedure: str
    sites: tuple[str, ...]
    sessions_from: int
    sessions_to: int
    valid_until: date | None
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    declaration: Section
    terms: tuple[Section, ...]
    signatures: tuple[Signature, ...]
    talk: Talk = Talk()
    minor: bool = False
    area_cm2: Decimal | None = None
    device: str = ""
    method: str = ""
    contact: str = ""
    draft: bool = False

    def __post_init__(self) -> None:
        if self.minor and not any(signature.role == "guardian" for signature in self.signatures):
            raise PaperContradictsItself("a minor's consent has no line for a guardian to sign")


_INFORMING = ("aim", "information", "risks", "alternatives", "before", "aftercare")
_TERMS = ("consent.withdrawal", "consent.copy", "consent.photos")
_CLAUSES = ("risk.skin_dark", "risk.skin_sensitive", "risk.ink_darkens")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentTexts:
    """The parts of a consent that come from text versions."""

    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    declaration: Section
    terms: tuple[Section, ...]


def consent_keys(procedure: str) -> tuple[str, ...]:
    """The keys of all texts that the consent to a procedure (its code) is built from."""
    own = tuple(f"{procedure}.{name}" for name in (*_INFORMING, "questions"))
    return (*own, "notice.moles", "notice.coverage", "consent.declaration", "consent.minor", *_TERMS, *_CLAUSES)


def consent_texts(
    procedure: str, bodies: Mapping[str, str], *, minor: bool, own_dates: str = "", clauses: tuple[str, ...] = ()
) -> ConsentTexts:
    """Put the bodies of `consent_keys` into their order.

    `own_dates` (a `sun_sentence`) joins what to do before; `clauses` ("skin_dark" ...) are this patient's own risks and
    join the risks. Raises KeyError for a text that was not given.
    """
    sections = {name: section_of(bodies[f"{procedure}.{name}"]) for name in _INFORMING}
    sections["aim"] = _joined(sections["aim"], bodies["notice.moles"])
    sections["before"] = _joined(sections["before"], own_dates)
    for clause in clauses:
        sections["risks"] = _joined(sections["risks"], bodies[f"risk.{clause}"].strip())
    terms = (*_TERMS, "consent.minor") if minor else _TERMS
    return ConsentTexts(
        sections=(*sections.values(), section_of(bodies["notice.coverage"])),
        questions=questions_of(bodies[f"{procedure}.questions"]),
        declaration=section_of(bodies["consent.declaration"]),
        terms=tuple(section_of(bodies[key]) for key in terms),
    )


def _joined(section: Section, more: str) -> Section:
    return replace(section, body=f"{section.body}\n\n{more}") if more else section


def sun_sentence(language: Language, *, treated_on: date, avoid_from: date, avoid_until: date) -> str:
    """The patient's own dates for the days without sun; avoidance includes both days."""
    first, last, treated = (day(value, language) for value in (avoid_from, avoid_until, treated_on))
    if language == "de":
        return f"Für Ihren Termin am {treated} heißt das: bitte keine Sonne und kein Solarium vom {first} bis {last}."
    return f"For your appointment on {treated} this means: please no sun and no tanning bed from {first} to {last}."
