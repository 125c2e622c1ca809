"""Sample papers of a fictional practice, as factories: each test changes only what it is about."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest

from kostenklar.models.catalogue import shipped_texts
from kostenklar.reports.content.aftercare import AftercareContent, aftercare_section, sun_until_sentence
from kostenklar.reports.content.base import Language
from kostenklar.reports.content.consent import ConsentContent, consent_keys, consent_texts, sun_sentence
from kostenklar.reports.content.cost_notice import CostNoticeContent, PlannedService, Price, cost_sentence
from kostenklar.reports.content.invoice import InvoiceContent, payment_notice
from kostenklar.reports.content.parts import Bank, Letterhead, Person, Signature
from kostenklar.reports.content.services import ServiceLine, VatGroup

IBAN = "DE89370400440532013000"
PROCEDURES = {
    "cryopeeling": {"de": "Cryopeeling", "en": "Cryopeeling"},
    "pigment_laser": {"de": "Laser bei Pigmentflecken", "en": "Laser on pigment spots"},
    "tattoo_laser": {"de": "Tattooentfernung mit Laser", "en": "Laser tattoo removal"},
}


@pytest.fixture(scope="session")
def bodies() -> Callable[[Language], dict[str, str]]:
    """The shipped texts of a language by key."""
    texts = shipped_texts()
    return lambda language: {text.key: text.body for text in texts if text.language == language}


@pytest.fixture(scope="session")
def letterhead() -> Letterhead:
    return Letterhead(
        practice="Hautpraxis am Lindenhof",
        street="Lindenhof 4",
        city="50667 Köln",
        phone="0221 555 01 40",
        email="praxis@lindenhof.example",
        website="www.lindenhof.example",
        physicians=("Dr. med. Katharina Vogt, Fachärztin für Dermatologie", "Dr. med. Jan Okafor, Facharzt"),
        tax_number="214/5678/0912",
        bank=Bank(holder="Hautpraxis am Lindenhof", iban=IBAN, bic="MUSTDEFFXXX", name="Musterbank Köln"),
    )


@pytest.fixture(scope="session")
def person() -> Person:
    return Person(name="Łukasz Çelik-Müller", birth_date=date(1984, 3, 9))


@pytest.fixture(scope="session")
def cryo_line() -> ServiceLine:
    return ServiceLine(
        performed_on=date(2026, 11, 20),
        number="740",
        service="Kryotherapie der Haut, je Sitzung",
        site="Wange links, Handrücken rechts",
        factor=Decimal("2.3"),
        amount=Decimal("9.52"),
        on_demand=True,
    )


@pytest.fixture(scope="session")
def invoice(
    letterhead: Letterhead, person: Person, cryo_line: ServiceLine, bodies: Callable[[Language], dict[str, str]]
) -> Callable[..., InvoiceContent]:
    """740 x 2.3: 9.52 net, 1.81 VAT, 11.33 gross."""

    def build(language: Language = "de", **changes: Any) -> InvoiceContent:
        content = InvoiceContent(
            language=language,
            letterhead=letterhead,
            recipient=(person.name, "Aachener Straße 12", "50674 Köln"),
            number="RE-2026-0412",
            issued_on=date(2026, 11, 23),
            patient=person,
            physician="Dr. med. Katharina Vogt",
            procedure=PROCEDURES["cryopeeling"][language],
            period_from=date(2026, 11, 20),
            period_to=date(2026, 11, 20),
            groups=(VatGroup(rate=Decimal("19.00"), net=Decimal("9.52"), vat=Decimal("1.81"), lines=(cryo_line,)),),
            total=Decimal("11.33"),
            due=Decimal("11.33"),
            pay_by=date(2026, 12, 23),
            default_notice=payment_notice(bodies(language)["notice.default286"], language, date(2026, 12, 23)),
            contact="0221 555 01 40",
        )
        return replace(content, **changes)

    return build


@pytest.fixture(scope="session")
def cost_notice(
    letterhead: Letterhead, person: Person, bodies: Callable[[Language], dict[str, str]]
) -> Callable[..., CostNoticeContent]:
    def build(language: Language = "de", payer: str = "gkv", **changes: Any) -> CostNoticeContent:
        texts = bodies(language)
        gkv = payer == "gkv"
        key = {"gkv": "notice.gkv", "pkv": "notice.pkv", "self_payer": "notice.own_cost"}[payer]
        gross, total = (Decimal("11.33"), Decimal("17.23")), (Decimal("11.33"), Decimal("51.69"))
        content = CostNoticeContent(
            language=language,
            letterhead=letterhead,
            recipient=(person.name, "Aachener Straße 12", "50674 Köln"),
            number="KI-2026-0031",
            issued_on=date(2026, 11, 10),
            patient=person,
            physician="Dr. med. Katharina Vogt",
            payer=payer,  # type: ignore[arg-type]  # a parameter of the tests
            procedure=PROCEDURES["cryopeeling"][language],
            sites=("Wange links", "Handrücken rechts"),
            sessions_from=1,
            sessions_to=3,
            services=(
                PlannedService(
                    number="740",
                    service="Kryotherapie der Haut, je Sitzung",
                    factor_from=Decimal("2.3"),
                    factor_to=Decimal("3.5"),
                    amount_from=Decimal("9.52"),
                    amount_to=Decimal("14.48"),
                    on_demand=True,
                ),
            ),
            vat_rate=Decimal(19),
            session_from=Price(net=Decimal("9.52"), vat=Decimal("1.81"), gross=Decimal("11.33")),
            session_to=Price(net=Decimal("14.48"), vat=Decimal("2.75"), gross=Decimal("17.23")),
            total_from=total[0],
            total_to=total[1],
            notice=cost_sentence(texts[key], language, gross=gross, sessions=(1, 3), total=total),
            agreement=texts["notice.self_payer"] if gkv else "",
            par52=texts["notice.par52"] if gkv else "",
            receipt="" if gkv else texts["notice.receipt"],
            insurer="AOK Rheinland/Hamburg" if gkv else "",
            contact="0221 555 01 40",
            signatures=(Signature(role="patient", name=person.name), Signature(role="practice")),
        )
        return replace(content, **changes)

    return build


@pytest.fixture(scope="session")
def consent(
    letterhead: Letterhead, person: Person, bodies: Callable[[Language], dict[str, str]]
) -> Callable[..., ConsentContent]:
    def build(language: Language = "de", procedure: str = "cryopeeling", **changes: Any) -> ConsentContent:
        texts = {key: bodies(language)[key] for key in consent_keys(procedure)}
        dates = sun_sentence(
            language, treated_on=date(2026, 12, 8), avoid_from=date(2026, 11, 10), avoid_until=date(2026, 12, 22)
        )
        parts = consent_texts(procedure, texts, minor=bool(changes.get("minor")), own_dates=dates)
        content = ConsentContent(
            language=language,
            letterhead=letterhead,
            recipient=(person.name, "Aachener Straße 12", "50674 Köln"),
            number="EW-2026-0019",
            issued_on=date(2026, 11, 10),
            patient=person,
            physician="Dr. med. Katharina Vogt",
            procedure=PROCEDURES[procedure][language],
            sites=("Wange links", "Handrücken rechts"),
            sessions_from=1,
            sessions_to=3,
            valid_until=date(2027, 11, 10),
            sections=parts.sections,
            questions=parts.questions,
            declaration=parts.declaration,
            terms=parts.terms,
            signatures=(
                Signature(role="patient", name=person.name),
                Signature(role="guardian"),
                Signature(role="guardian"),
                Signature(role="physician", name="Dr. med. Katharina Vogt"),
            )
            if changes.get("minor")
            else (
                Signature(role="patient", name=person.name),
                Signature(role="physician", name="Dr. med. Katharina Vogt"),
            ),
            area_cm2=Decimal("4.5"),
            device="Kältesonde K1, Nr. 0815",
            contact="0221 555 01 40",
        )
        return replace(content, **changes)

    return build


@pytest.fixture(scope="session")
def aftercare(
    letterhead: Letterhead, person: Person, bodies: Callable[[Language], dict[str, str]]
) -> Callable[..., AftercareContent]:
    def build(language: Language = "de", procedure: str = "cryopeeling", **changes: Any) -> AftercareContent:
        dates = sun_until_sentence(language, date(2026, 12, 22))
        content = AftercareContent(
            language=language,
            letterhead=letterhead,
            recipient=(person.name, "Aachener Straße 12", "50674 Köln"),
            number="NS-2026-0007",
            issued_on=date(2026, 12, 8),
            patient=person,
            physician="Dr. med. Katharina Vogt",
            procedure=PROCEDURES[procedure][language],
            sites=("Wange links", "Handrücken rechts"),
            treated_on=date(2026, 12, 8),
            sections=(aftercare_section(bodies(language)[f"{procedure}.aftercare"], dates),),
            contact="0221 555 01 40",
        )
        return replace(content, **changes)

    return build


class ReadPaper:
    """A rendered paper as a reader sees it."""

    def __init__(self, pdf: bytes) -> None:
        self.document = pypdfium2.PdfDocument(pdf)
        self.pages = [page.get_textpage().get_text_range() for page in self.document]
        self.text = " ".join(" ".join(self.pages).split())

    def __contains__(self, phrase: str) -> bool:
        return " ".join(phrase.split()) in self.text


@pytest.fixture(scope="session")
def read() -> Callable[[bytes], ReadPaper]:
    """Text of all pages, white space as single blanks (no-break spaces come out as blanks)."""
    return ReadPaper
