"""What a reader finds on a release and on a power of attorney (domain 4.2), German and English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kostenklar.reports.content.base import LANGUAGES, Language, PaperContradictsItself
from kostenklar.reports.content.case_grant import CaseGrantContent, PowerOfAttorneyContent, ReleaseContent
from kostenklar.reports.content.kinds import content_from_dict
from kostenklar.reports.content.parts import Letterhead, Person, Signature
from kostenklar.reports.content.texts import filled, section_of
from kostenklar.reports.render import render_paper

Bodies = Callable[[Language], dict[str, str]]
Make = Callable[..., CaseGrantContent]
PURPOSE = {
    "de": "Klärung der Kostenübernahme vor der Behandlung (Fall KK-2026-0003)",
    "en": "Clarifying before the treatment whether its costs are covered (case KK-2026-0003)",
}


@pytest.fixture
def grant(letterhead: Letterhead, person: Person, bodies: Bodies) -> Make:
    """A release with estimate, diagnosis and findings; a power of attorney of the patient's mother."""

    def build(kind: str = "release", language: Language = "de", **changes: Any) -> CaseGrantContent:
        law = "insurer" if kind == "release" else "clock"
        texts = {name: bodies(language)[f"{kind}.{name}"] for name in ("declaration", law, "voluntary")}
        values = {"practice": letterhead.practice, "insurer": "Albatros Kranken AG"}
        declaration, *terms = (section_of(filled(text, values)) for text in texts.values())
        shared: dict[str, Any] = {
            "language": language, "letterhead": letterhead, "number": "SE-2026-0003", "issued_on": date(2026, 11, 23),
            "recipient": (person.name, "Aachener Straße 12", "50674 Köln"), "patient": person,
            "case_number": "KK-2026-0003", "insurer": ("Albatros Kranken AG", "Leistung", "Hafen 1", "20457 Hamburg"),
            "contract_no": "V-4711", "insured_no": "01", "procedure": "Laser bei Pigmentflecken",
            "sites": ("Wange links", "Handrücken rechts"), "purpose": PURPOSE[language],
            "valid_until": date(2027, 5, 23), "declaration": declaration, "terms": tuple(terms),
            "contact": "0221 555 01 40",
        }  # fmt: skip
        content: CaseGrantContent
        if kind == "release":
            signers = (Signature(role="patient", name=person.name),)
            content = ReleaseContent(**shared, signatures=signers, shown=("estimate", "diagnosis", "findings"))
        else:
            holder = Person(name="Zofia Müller", birth_date=date(1955, 4, 1))
            signers = (Signature(role="policyholder", name=holder.name),)
            content = PowerOfAttorneyContent(**shared, signatures=signers, holder=holder)
        return replace(content, **changes)

    return build


def test_par_203_stgb_the_release_names_all_that_domain_4_2_asks_for(grant: Make, read: Callable[..., Any]) -> None:
    paper = read(render_paper(grant()))
    for phrase in (
        "SE-2026-0003",
        "KK-2026-0003",
        "Łukasz Çelik-Müller, geb. 09.03.1984",  # patient
        "Albatros Kranken AG, Leistung, Hafen 1, 20457 Hamburg",  # insurer
        "Klärung der Kostenübernahme",  # purpose
        "Nur diese Daten und Unterlagen dürfen gezeigt werden",
        "Befund und ärztliche Einschätzung",
        "Fotos werden nicht gezeigt.",
        "Vertrag V-4711, Versichertennummer 01",
        "Laser bei Pigmentflecken: Wange links, Handrücken rechts",
        "vom Tag der Unterschrift bis 23.05.2027",  # period
        "Diese Erklärung ist freiwillig.",
        "jederzeit formlos bei uns widerrufen",
        "Die Erklärung gilt nur für diesen Fall",  # never global
        "(§ 203 StGB)",
        "(§ 213 VVG)",
        "Ort, Datum, Unterschrift Patient/in: Łukasz Çelik-Müller",
    ):
        assert phrase in paper, phrase
    assert "Behandlungsplan:" not in paper
    assert len(paper.pages) == 1


def test_photographs_stand_on_it_only_if_ticked(grant: Make, read: Callable[..., Any]) -> None:
    paper = read(render_paper(grant(photos=True)))
    assert "Fotos der genannten Körperstellen" in paper
    assert "Fotos werden nicht gezeigt" not in paper


def test_par_192_8_vvg_the_power_of_attorney_names_holder_and_person_treated(
    grant: Make, read: Callable[..., Any]
) -> None:
    paper = read(render_paper(grant("power_of_attorney", number="VM-2026-0001")))
    for phrase in (
        "VM-2026-0001",
        "Zofia Müller, geb. 01.04.1955",
        "Łukasz Çelik-Müller, geb. 09.03.1984",
        "in meinem Namen bei Albatros Kranken AG",
        "(§ 192 Abs. 8 VVG)",
        "Sie ersetzt keine Entbindung von der Schweigepflicht",
        "Die Vollmacht gilt nur für diesen Fall.",
        "Unterschrift Versicherungsnehmer/in: Zofia Müller",
    ):
        assert phrase in paper, phrase
    assert len(paper.pages) == 1


@pytest.mark.parametrize("kind", ["release", "power_of_attorney"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_are_whole_and_come_back_from_what_was_stored(
    grant: Make, read: Callable[..., Any], kind: str, language: Language
) -> None:
    content = grant(kind, language, sites=("Wange links",), procedure="Laser")
    assert content_from_dict(content.to_dict()) == content
    paper = read(render_paper(content))
    own = "Voluntary and revocable" if language == "en" else "Freiwillig und widerruflich"
    other = "Freiwillig" if language == "en" else "Voluntary"
    assert own in paper
    assert other not in paper
    assert "{" not in paper.text


@pytest.mark.parametrize(
    "changes", [{"insurer": ()}, {"purpose": ""}, {"valid_until": date(2026, 1, 1)}, {"shown": ()}]
)
def test_a_release_for_everybody_for_nothing_or_of_nothing_is_no_paper(grant: Make, changes: dict[str, Any]) -> None:
    with pytest.raises(PaperContradictsItself):
        grant(**changes)
