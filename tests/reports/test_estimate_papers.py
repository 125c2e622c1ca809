"""The estimate and the § 2 GOÄ agreement as papers: what they refuse, and what stands on them in both languages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kostenklar.reports.content.base import LANGUAGES, Language, PaperContradictsItself, PaperDoesNotAddUp
from kostenklar.reports.content.cost_notice import Price
from kostenklar.reports.content.estimate import EstimateContent, EstimatedService
from kostenklar.reports.content.fee_agreement import AgreedService, FeeAgreementContent
from kostenklar.reports.content.kinds import content_from_dict
from kostenklar.reports.content.parts import Letterhead, Person, Signature
from kostenklar.reports.render import render_paper

Make = Callable[..., Any]
LASER = EstimatedService(
    number="2440",
    service="Operative Entfernung eines Naevus flammeus, je Sitzung",
    factor=Decimal("2.3"),
    amount=Decimal("107.25"),
    analog_service="Laserbehandlung einer Tätowierung, 5 cm²",
    on_demand=True,
)


@pytest.fixture(scope="session")
def estimate(letterhead: Letterhead, person: Person) -> Make:
    def build(language: Language = "de", **changes: Any) -> EstimateContent:
        content = EstimateContent(
            language=language,
            letterhead=letterhead,
            recipient=(person.name, "Aachener Straße 12", "50674 Köln"),
            number="KV-2026-0147",
            issued_on=date(2026, 11, 23),
            valid_until=date(2027, 2, 21),
            patient=person,
            physician="Dr. med. Katharina Vogt",
            payer="pkv",
            procedure="Laserentfernung einer Tätowierung",
            sites=("Unterarm rechts",),
            sessions_from=4,
            sessions_to=6,
            services=(LASER,),
            vat_rate=Decimal("19.00"),
            session=Price(net=Decimal("107.25"), vat=Decimal("20.38"), gross=Decimal("127.63")),
            total_from=Decimal("510.52"),
            total_to=Decimal("765.78"),
            coverage=("Private Versicherer klären die Kostenübernahme individuell mit ihren Versicherten.",),
            terms="Dieser Kostenvoranschlag gilt bis 21.02.2027.",
            diagnosis="Tätowierung (L81.8 G)",
            insurer="Continentale",
        )
        return replace(content, **changes)

    return build


@pytest.fixture(scope="session")
def agreement(person: Person) -> Make:
    def build(language: Language = "de", **changes: Any) -> FeeAgreementContent:
        content = FeeAgreementContent(
            language=language,
            payer=person.name,
            patient="",
            physician="Dr. med. Katharina Vogt",
            services=(
                AgreedService(
                    number="740", service="Kryotherapie der Haut, je Sitzung", factor=Decimal(5),
                    amount=Decimal("20.69"),
                ),
            ),
            signatures=(
                Signature(role="patient", name=person.name),
                Signature(role="physician", name="Dr. med. Katharina Vogt"),
            ),
        )  # fmt: skip
        return replace(content, **changes)

    return build


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_papers_come_back_from_json_as_they_were(language: Language, estimate: Make, agreement: Make) -> None:
    for content in (estimate(language), agreement(language)):
        assert content_from_dict(content.to_dict()) == content
        assert render_paper(content) == render_paper(content)


def test_an_estimate_is_itemised_like_an_invoice(estimate: Make, read: Make) -> None:
    """Domain 1.1, 4.3: number, text, analogy, factor, amount, mark, VAT, sessions, validity, diagnosis."""
    paper = read(render_paper(estimate()))
    for phrase in (
        "Kostenvoranschlag KV-2026-0147",
        "23.11.2026",
        "21.02.2027",
        "Tätowierung (L81.8 G)",
        "A 2440 Laserbehandlung einer Tätowierung, 5 cm²",
        "entsprechend",
        "(§ 6 Abs. 2 GOÄ)",
        "auf Verlangen erbracht, § 1 Abs. 2 S. 2 GOÄ",
        "zuzüglich 19 % Umsatzsteuer 20,38 €",
        "je Sitzung 127,63 €",
        "insgesamt bei 4 bis 6 Sitzungen 510,52 € bis 765,78 €",
        "Continentale",
    ):
        assert phrase in paper, phrase


def test_an_exempt_estimate_shows_no_vat_and_its_reason(estimate: Make, read: Make) -> None:
    net = Price(net=Decimal("107.25"), vat=Decimal("0.00"), gross=Decimal("107.25"))
    paper = read(
        render_paper(
            estimate(
                vat_rate=None,
                exemption="Steuerfrei nach § 4 Nr. 14 Buchst. a UStG.",
                session=net,
                sessions_from=1,
                sessions_to=1,
                total_from=Decimal("107.25"),
                total_to=Decimal("107.25"),
            )
        )
    )
    assert "Umsatzsteuer" not in paper.text
    assert "§ 4 Nr. 14" in paper
    assert "insgesamt bei 1 Sitzung 107,25 €" in paper


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"services": ()}, PaperContradictsItself),  # a lump sum
        ({"par52": "§ 52"}, PaperContradictsItself),
        ({"exemption": "frei"}, PaperContradictsItself),
        ({"vat_rate": None, "exemption": "frei"}, PaperContradictsItself),
        ({"total_to": Decimal("765.77")}, PaperDoesNotAddUp),
        ({"services": (replace(LASER, amount=Decimal("107.26")),)}, PaperDoesNotAddUp),
    ],
)
def test_an_estimate_that_contradicts_itself_cannot_be_built(
    estimate: Make, changes: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        estimate(**changes)


@pytest.mark.parametrize("changes", [{"services": ()}, {"payer": ""}, {"physician": ""}])
def test_an_agreement_needs_both_parties_and_its_services(agreement: Make, changes: dict[str, Any]) -> None:
    with pytest.raises(PaperContradictsItself):
        agreement(**changes)


def test_who_pays_for_somebody_else_is_named_for_whom(agreement: Make, read: Make) -> None:
    signatures = (Signature(role="payer", name="Eva Çelik"), Signature(role="physician", name="Dr. med. Vogt"))
    paper = read(render_paper(agreement(payer="Eva Çelik", patient="Mia Çelik", signatures=signatures)))
    assert "Zwischen Eva Çelik für Mia Çelik und Dr. med. Katharina Vogt" in paper
    assert "Ort, Datum, Unterschrift zahlungspflichtige Person: Eva Çelik" in paper


def test_pages_are_counted_only_where_there_are_several(agreement: Make, read: Make) -> None:
    one = agreement()
    assert "Seite" not in read(render_paper(one)).text
    many = read(render_paper(agreement(services=one.services * 40)))
    assert len(many.pages) > 1
    assert f"Seite 1 von {len(many.pages)}" in many
    assert "möglicherweise nicht in vollem Umfang gewährleistet" in many.pages[-1].replace("\r\n", " ")
