"""The invoice that all renderers draw: one page, six lines, VAT, the notice of § 286(3) BGB, a GiroCode, the XML."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from kostenklar.models.catalogue import shipped_texts
from kostenklar.reports.content.electronic import Electronic, Party
from kostenklar.reports.content.invoice import InvoiceContent, payment_notice
from kostenklar.reports.content.parts import Bank, Letterhead, Person
from kostenklar.reports.content.services import ServiceLine, VatGroup

DAYS = (dt.date(2026, 9, 8), dt.date(2026, 10, 6), dt.date(2026, 11, 3), dt.date(2026, 12, 1))
PAY_BY = dt.date(2027, 1, 4)
FIRST_FEE, SESSION_FEE = Decimal("10.72"), Decimal("9.52")
NET, VAT, GROSS = Decimal("59.52"), Decimal("11.31"), Decimal("70.83")


def sample() -> InvoiceContent:
    """Two numbers of the first day and four sessions of cryopeeling, cosmetic, 19 % VAT."""
    notice = next(text.body for text in shipped_texts() if (text.key, text.language) == ("notice.default286", "de"))
    return InvoiceContent(
        language="de",
        letterhead=_letterhead(),
        recipient=("Łukasz Çelik-Müller", "Aachener Straße 12", "50674 Köln"),
        number="RE-2026-0412",
        issued_on=dt.date(2026, 12, 4),
        patient=Person(name="Łukasz Çelik-Müller", birth_date=dt.date(1984, 3, 9)),
        physician="Dr. med. Katharina Vogt",
        procedure="Cryopeeling",
        period_from=DAYS[0],
        period_to=DAYS[-1],
        groups=(VatGroup(rate=Decimal("19.00"), net=NET, vat=VAT, lines=_lines()),),
        total=GROSS,
        due=GROSS,
        pay_by=PAY_BY,
        default_notice=payment_notice(notice, "de", PAY_BY),
        contact="0221 555 01 40",
        diagnosis="Lentigines seniles (L81.4 G)",
        electronic=Electronic(
            seller=Party(name="Hautpraxis am Lindenhof", street="Lindenhof 4", postcode="50667", city="Köln"),
            buyer=Party(name="Łukasz Çelik-Müller", street="Aachener Straße 12", postcode="50674", city="Köln"),
        ),
    )


def _lines() -> tuple[ServiceLine, ...]:
    advice = "Beratung - auch mittels Fernsprecher -"
    first = (_line(DAYS[0], "1", advice, FIRST_FEE), _line(DAYS[0], "5", "Symptombezogene Untersuchung", FIRST_FEE))
    return (*first, *(_line(day, "740", "Kryotherapie der Haut, je Sitzung", SESSION_FEE) for day in DAYS))


def _line(day: dt.date, number: str, service: str, amount: Decimal) -> ServiceLine:
    return ServiceLine(
        performed_on=day, number=number, service=service, amount=amount, factor=Decimal("2.3"), on_demand=True
    )


def _letterhead() -> Letterhead:
    return Letterhead(
        practice="Hautpraxis am Lindenhof",
        street="Lindenhof 4",
        city="50667 Köln",
        phone="0221 555 01 40",
        email="praxis@lindenhof.example",
        website="www.lindenhof.example",
        physicians=("Dr. med. Katharina Vogt, Fachärztin für Dermatologie", "Dr. med. Jan Okafor, Facharzt"),
        tax_number="214/5678/0912",
        bank=Bank(
            holder="Hautpraxis am Lindenhof", iban="DE89370400440532013000", bic="MUSTDEFFXXX", name="Musterbank Köln"
        ),
    )
