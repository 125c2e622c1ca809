"""The invoices that the electronic form is tried on, by name; each adds up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from kostenklar.models.rules.invoice import LineKind
from kostenklar.models.rules.money import to_cent
from kostenklar.models.rules.vat import Exemption
from kostenklar.reports.content.cancellation import CancellationContent, cancellation_of
from kostenklar.reports.content.electronic import Electronic, Party
from kostenklar.reports.content.invoice import InvoiceContent
from kostenklar.reports.content.parts import Person
from kostenklar.reports.content.services import ServiceLine, VatGroup

SELLER = Party(name="Hautpraxis am Lindenhof", street="Lindenhof 4", postcode="50667", city="Köln")
PATIENT = Party(name="Łukasz Çelik-Müller", street="Aachener Straße 12", postcode="50674", city="Köln")
GUARDIAN = replace(PATIENT, name="Eva Müller & Sohn <Haushalt>")
COMPANY = Party(name="Beispiel Immobilien GmbH", street="Am Hof 1", postcode="53113", city="Bonn")
ABROAD = Party(name="Élodie Dupont", street="Rue de l’Église 3", postcode="1050", city="Bruxelles", country="BE")
CHILD = Person(name="Mia Müller", birth_date=date(2012, 5, 4))
LASER = "Operative Entfernung eines Naevus flammeus, je Sitzung"


def group(rate: str | None, *lines: ServiceLine, exempt: Exemption | None = None, said: str = "") -> VatGroup:
    net = sum((line.amount for line in lines), Decimal())
    vat = to_cent(net * Decimal(rate) / 100) if rate else Decimal("0.00")
    return VatGroup(rate=Decimal(rate) if rate else None, net=net, vat=vat, lines=lines, exempt=exempt, exemption=said)


def cases(
    invoice: Callable[..., InvoiceContent], line: ServiceLine, texts: dict[str, str]
) -> dict[str, InvoiceContent | CancellationContent]:
    """What issue 4 names, with expenses, goods, payments and the cancellation of the most mixed one."""

    def build(*groups: VatGroup, buyer: Party = PATIENT, paid: str = "0.00", **changes: Any) -> InvoiceContent:
        total = sum((each.net + each.vat for each in groups), Decimal())
        town = f"{buyer.postcode} {buyer.city}"
        return invoice(
            groups=groups,
            total=total,
            paid=Decimal(paid),
            due=total - Decimal(paid),
            recipient=(buyer.name, buyer.street, town, *(["BELGIEN"] if buyer.country == "BE" else [])),
            electronic=Electronic(seller=SELLER, buyer=buyer),
            **changes,
        )

    healing = replace(
        line, number="5", service="Symptombezogene Untersuchung", amount=Decimal("10.72"), on_demand=False
    )
    analog = replace(
        line,
        number="2440",
        service=LASER,
        analog_service="Laserbehandlung einer Tätowierung, 5 cm²",
        factor=Decimal("3.8"),
        amount=Decimal("177.19"),
        reason="Erhöhter Zeitaufwand; tiefe Pigmente",
        agreement_on=date(2026, 11, 1),
        clock_time="10:30",
    )
    expense = replace(
        line, kind=LineKind.EXPENSE, number="", factor=None, service="Farbstoff", amount=Decimal("31.20"),
        receipt=True, on_demand=False, site="",
    )  # fmt: skip
    goods = replace(
        line, kind=LineKind.GOODS, number="", factor=None, service="Sonnenschutzcreme LSF 50+, 50 ml",
        amount=Decimal("59.70"), quantity=3, on_demand=False, site="",
    )  # fmt: skip
    taxed = group("19.00", line, analog, expense)
    free = group(None, healing, exempt=Exemption.HEALING, said=texts["invoice.exempt_healing"])
    small = group(None, line, goods, exempt=Exemption.SMALL_BUSINESS, said=texts["invoice.exempt_small_business"])
    mixed = build(taxed, group("7.00", goods), free, diagnosis="Lentigo senilis (L81.4 G)")
    return {
        "plain": build(group("19.00", line)),
        "mixed": mixed,
        "exempt": build(free),
        "kleinunternehmer": build(small),
        "analog": build(group("19.00", analog)),
        "goods_only": build(group("19.00", goods)),
        "three_pages": build(group("19.00", *[replace(analog, reason="Grund " * 30)] * 11)),
        "guardian": build(taxed, buyer=GUARDIAN, patient=CHILD),
        "company": build(taxed, buyer=COMPANY),
        "abroad": build(taxed, buyer=ABROAD),
        "english": build(taxed, free, language="en"),
        "part_paid": build(taxed, paid="50.00"),
        "nothing_due": build(taxed, paid="259.31"),
        "many_lines": build(group("19.00", *[replace(line, amount=Decimal("4000.00"))] * 300)),
        "cancellation": cancellation_of(mixed, number="ST-2026-0003", issued_on=date(2026, 11, 24), reason="Anschrift"),
        "cancellation_exempt": cancellation_of(build(free), number="ST-2026-0004", issued_on=date(2026, 11, 24)),
    }
