"""Bills for the tests of the rules: lines by number, and one bill for each code that a rule can return."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kostenklar.models.rules.checks.bill import Bill, Service, Stated, StatedOn, Tariff
from kostenklar.models.rules.costs import AgreementFacts
from kostenklar.models.rules.goae import Position, fee
from kostenklar.models.rules.invoice import InvoiceLine, LineKind
from kostenklar.models.rules.issue import IssuerFacts, RecipientFacts
from kostenklar.models.rules.payers import PayerKind, PolicyKind
from kostenklar.models.rules.vat import Indication, VatRegime

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
BEFORE = date(2026, 10, 19)

# number -> points, section, text, fixed
_SCHEDULE: dict[str, tuple[int | None, str, str]] = {
    "1": (80, "B", "Beratung"),
    "2": (30, "B", "Wiederholungsrezept"),
    "3": (150, "B", "Eingehende Beratung"),
    "4": (220, "B", "Fremdanamnese"),
    "5": (80, "B", "Symptombezogene Untersuchung"),
    "6": (100, "B", "Untersuchung eines Organsystems"),
    "7": (160, "B", "Untersuchung des gesamten Hautorgans"),
    "8": (260, "B", "Ganzkörperstatus"),
    "34": (300, "B", "Erörterung"),
    "75": (130, "B", "Krankheits- und Befundbericht"),
    "80": (300, "B", "Gutachten"),
    "95": (60, "B", "Schreibgebühr"),
    "440": (400, "C", "Zuschlag Operationsmikroskop"),
    "441": (None, "C", "Zuschlag Laser, je Sitzung"),
    "442": (400, "C", "Zuschlag 250 bis 499 Punkte"),
    "443": (750, "C", "Zuschlag 500 bis 799 Punkte"),
    "444": (1300, "C", "Zuschlag 800 bis 1199 Punkte"),
    "491": (121, "D", "Infiltrationsanästhesie"),
    "740": (71, "F", "Kryotherapie der Haut, je Sitzung"),
    "750": (120, "F", "Dermatoskopie"),
    "2401": (133, "L", "Probeexzision"),
    "2403": (133, "L", "Exzision einer kleinen Geschwulst"),
    "2404": (554, "L", "Exzision einer größeren Geschwulst"),
    "2440": (800, "L", "Operative Entfernung eines Naevus flammeus, je Sitzung"),
    "2441": (400, "L", "Operative Korrektur einer entstellenden Gesichtsnarbe"),
    "2885": (1110, "L", "Entfernung einer kleinen Blutadergeschwulst"),
    "2886": (2770, "L", "Entfernung einer großen Blutadergeschwulst"),
    "3511": (50, "M", "Untersuchung eines Körpermaterials"),
    "5855": (6900, "O", "Intraoperative Strahlenbehandlung"),
    "A": (70, "B", "Zuschlag außerhalb der Sprechstunde"),
    "D": (220, "B", "Zuschlag an Samstagen, Sonn- oder Feiertagen"),
    "K1": (120, "B", "Zuschlag zu Untersuchungen bei Kindern bis zum vollendeten 4. Lebensjahr"),
    "C": (320, "B", "Zuschlag zwischen 22 und 6 Uhr"),
}
_FIXED = frozenset({"95", "440", "441", "442", "443", "444", "445", "A", "B", "C", "D", "K1"})
_LIMITS = {"M": ("1.15", "1.3"), "O": ("1.8", "2.5")}
_MINUTES = {"3": 10, "34": 20}


def position(number: str) -> Position:
    """The position, with the factors of its section."""
    points, section, text = _SCHEDULE[number]
    threshold, maximum = ("1", "1") if number in _FIXED else _LIMITS.get(section, ("2.3", "3.5"))
    return Position(
        number, text, points, section, Decimal(threshold), Decimal(maximum), number in _FIXED, section not in "AEMO",
        _MINUTES.get(number),
    )  # fmt: skip


def line(number: str, factor: str = "", **changes: Any) -> InvoiceLine:
    """A cosmetic line of today, of the session "1", at its threshold."""
    its = position(number)
    chosen = Decimal(factor) if factor else its.threshold
    single = Decimal("46.63") if its.points is None else fee(its, chosen)
    return replace(
        InvoiceLine(TODAY, number, its.text, single, Indication.COSMETIC, factor=chosen, position=its, session="1"),
        **changes,
    )


def laser(number: str = "2440", **changes: Any) -> InvoiceLine:
    """A laser session charged by analogy."""
    return line(number, text="Laserbehandlung einer Tätowierung", analog=True, **changes)


def expense(text: str, single: str = "12.40", **changes: Any) -> InvoiceLine:
    """An expense of § 10 GOÄ."""
    return replace(
        InvoiceLine(TODAY, "", text, Decimal(single), Indication.COSMETIC, kind=LineKind.EXPENSE, session="1"),
        **changes,
    )


def goods(text: str, single: str = "19.90", rate: str = "19", **changes: Any) -> InvoiceLine:
    """A thing that is sold."""
    its = InvoiceLine(
        TODAY, "", text, Decimal(single), Indication.COSMETIC, kind=LineKind.GOODS, goods_rate=Decimal(rate)
    )
    return replace(its, **changes)


def earlier(number: str, on: date, **changes: Any) -> Service:
    """A service of an invoice that stands."""
    return Service(on, number, _SCHEDULE[number][1], **changes)


def bill(*lines: InvoiceLine, **changes: Any) -> Bill:
    """A bill that has nothing against it but what its lines bring; without lines it has a cryotherapy."""
    return replace(
        Bill(
            lines=lines or (line("740"),),
            regime=VatRegime.STANDARD,
            payer=PayerKind.SELF_PAYER,
            today=TODAY,
            issue_on=TODAY,
            issuer=IssuerFacts(
                "Hautpraxis", "Lindenhof 1", "10115", "Berlin", "12/345/67890", "DE02120300000000202051"
            ),
            recipient=RecipientFacts("Gisela Yılmaz-Hofer", "Am Markt 3", "10115", "Berlin"),
            physician="Dr. Seidel",
            laser_areas={"1": Decimal(5)},
        ),
        **changes,
    )


def stated(on: StatedOn, indication: Indication = Indication.MEDICAL) -> tuple[Stated, ...]:
    return (Stated(on, "course", indication, "KV-2026-0147"),)


_REASON = "Stark vernarbte Haut, doppelter Zeitaufwand"
_MATTER = line("740", matter="course")
_GKV = {"payer": PayerKind.GKV}

# code -> a bill of which a rule says it
EXAMPLES: dict[str, Bill] = {
    "issuer_address_missing": bill(issuer=IssuerFacts("Hautpraxis", "", "10115", "Berlin", "1", "DE02")),
    "issuer_tax_number_missing": bill(issuer=IssuerFacts("Hautpraxis", "Weg 1", "10115", "Berlin", " ", "DE02")),
    "issuer_bank_missing": bill(issuer=IssuerFacts("Hautpraxis", "Weg 1", "10115", "Berlin", "1", "")),
    "issuer_iban_wrong": bill(account_is_valid=False),
    "recipient_name_missing": bill(recipient=RecipientFacts("", "Weg 1", "10115", "Berlin")),
    "recipient_address_missing": bill(recipient=RecipientFacts("Yılmaz-Hofer", "", "10115", "Berlin")),
    "physician_missing": bill(physician=""),
    "characters_missing": bill(unprintable=("漢",)),
    "invoice_without_lines": replace(bill(), lines=()),
    "indication_undecided": bill(line("740", indication=Indication.UNDECIDED)),
    "line_count": bill(line("740", count=0)),
    "service_in_future": bill(line("740", service_on=TODAY + DAY)),
    "line_not_in_schedule": bill(line("740", position=None)),
    "line_without_price": bill(goods("Sonnencreme", "0.00")),
    "goods_rate_unusual": bill(goods("Sonnencreme", rate="16")),
    "factor_fixed": bill(line("2404"), line("443", "1.5")),
    "factor_needs_agreement": bill(line("740", "12")),
    "factor_out_of_range": bill(line("3511", "2")),
    "factor_needs_reason": bill(line("740", "2.8")),
    "agreement_not_allowed": bill(line("3511", "1.2", agreement_signed_on=BEFORE)),
    "agreement_too_late": bill(line("740", "12", agreement_signed_on=TODAY + DAY)),
    "agreement_other_factor": bill(line("740", "12", agreement_signed_on=BEFORE, agreed_factor=Decimal(8))),
    "agreement_same_day": bill(line("740", "12", agreement_signed_on=TODAY)),
    "amount_not_by_factor": bill(line("740", single=Decimal("50.00"))),
    "line_factor_crooked": bill(line("740", "2.1734")),
    "reason_no_criterion": bill(line("740", "2.8", reason="Privatpatient mit hohem Anspruch")),
    "reason_too_short": bill(line("740", "2.8", reason="Aufwand")),
    "tariff_cap_exceeded": bill(line("740", indication=Indication.MEDICAL), tariffs=(Tariff(PolicyKind.PKV_STANDARD),)),
    "above_insured_factor": bill(
        line("740", indication=Indication.MEDICAL), tariffs=(Tariff(PolicyKind.BEIHILFE, Decimal("1.8")),)
    ),
    "indications_differ": bill(indications=frozenset({Indication.MEDICAL, Indication.COSMETIC})),
    "indication_contradicts": bill(_MATTER, stated=stated(StatedOn.COST_NOTICE)),
    "indication_contradicts_estimate": bill(_MATTER, stated=stated(StatedOn.ESTIMATE)),
    "indication_contradicts_query": bill(_MATTER, stated=stated(StatedOn.COST_QUERY)),
    "line_decided_apart": bill(
        line("750", indication=Indication.MEDICAL, decided_apart=True),
        stated=stated(StatedOn.COST_NOTICE, Indication.COSMETIC),
    ),
    "expense_other_indication": bill(line("740"), expense("Spezialgaze", indication=Indication.MEDICAL)),
    "numbers_exclude": bill(line("5"), line("7")),
    "numbers_exclude_earlier": bill(line("5"), earlier=(earlier("7", TODAY),)),
    "three_not_beside": bill(line("3"), line("740")),
    "two_not_beside": bill(line("2"), line("740")),
    "typing_without_report": bill(line("95")),
    "report_on_request": bill(line("75")),
    "minimum_duration": bill(line("3")),
    "once_per_session": bill(line("740", count=2)),
    "clock_time_missing": bill(line("1"), line("1", clock_time="10:30")),
    "once_per_case": bill(
        line("1"), line("740"), earlier=(earlier("1", BEFORE + 10 * DAY), earlier("740", BEFORE + 10 * DAY))
    ),
    "repeat_needs_reason": bill(line("3"), earlier=(earlier("3", TODAY - 5 * DAY),)),
    "once_per_case_number": bill(line("4"), earlier=(earlier("4", TODAY - 5 * DAY),)),
    "twice_in_six_months": bill(line("34"), earlier=(earlier("34", TODAY - 90 * DAY), earlier("34", TODAY - 30 * DAY))),
    "laser_fourth_time": bill(
        laser(), earlier=tuple(earlier("2440", TODAY - days * DAY, analog=True) for days in (21, 14, 7))
    ),
    "laser_position_by_area": bill(laser(), laser_areas={"1": Decimal(22)}),
    "laser_area_counts_once": bill(laser(), laser("2885")),
    "laser_area_missing": bill(laser(), laser_areas={}),
    "laser_needs_analog": bill(line("2440")),
    "laser_naevus_question": bill(laser(), naevus_sessions=frozenset({"1"})),
    "analog_rejected": bill(line("5855", text="Laser", analog=True)),
    "surcharge_without_operation": bill(line("441")),
    "surcharge_beside_analog": bill(laser(), line("441")),
    "surcharge_not_beside": bill(line("2403"), line("441", single=Decimal("7.75"))),
    "surcharge_operation_unknown": bill(line("2401"), line("441", single=Decimal("7.75"))),
    "surcharge_not_after_operation": bill(line("2404"), line("491"), line("443")),
    "surcharge_once_a_day": bill(line("2404"), line("443"), earlier=(earlier("443", TODAY),)),
    "surcharges_exclude": bill(line("2404"), line("443"), line("442")),
    "surcharge_by_points": bill(line("2404"), line("444")),
    "surcharge_amount": bill(line("2441"), line("441", single=Decimal("46.63"))),
    "expense_without_kind": bill(line("740"), expense(" ")),
    "expense_receipt_missing": bill(line("740"), expense("Spezialgaze", "25.57")),
    "expense_not_chargeable": bill(line("740"), expense("Einmalhandschuhe")),
    "expense_immediate_use": bill(line("740"), expense("Wundsalbe")),
    "expense_postage": bill(line("740"), expense("Porto Rechnung")),
    "expense_lump_sum": bill(line("740"), expense("Materialpauschale")),
    "practice_costs_covered": bill(line("740"), expense("Lasernutzung")),
    "photos_included": bill(line("740"), expense("Fotodokumentation")),
    "appointment_not_chargeable": bill(line("740"), expense("Terminvergabe")),
    "lump_sum": bill(goods("Komplettpreis Tattoo")),
    "goods_or_service": bill(goods("Behandlung Hals")),
    "total_looks_like_lump_sum": bill(
        line("2404", "2.6022", single=Decimal("84.03"), reason=_REASON)  # 84.03 and 19 per cent are 100.00
    ),
    "total_very_high": bill(goods("Heimgerät", "10000.00")),
    "fund_benefit_question": bill(
        line("740", indication=Indication.MEDICAL), **_GKV, agreement=AgreementFacts(BEFORE, True)
    ),
    "self_payer_agreement_missing": bill(**_GKV),
    "self_payer_agreement_late": bill(**_GKV, agreement=AgreementFacts(TODAY + DAY, True)),
    "self_payer_agreement_on_screen": bill(**_GKV, agreement=AgreementFacts(BEFORE, True, True)),
    "self_payer_agreement_not_recorded": bill(**_GKV, agreement=AgreementFacts(BEFORE, False)),
    "issue_not_today": bill(issue_on=TODAY - DAY),
    "books_locked": bill(books_locked_until=TODAY),
    "service_in_locked_books": bill(line("740", service_on=BEFORE), books_locked_until=BEFORE),
    "above_cost_notice": bill(announced_gross=Decimal("10.00")),
    "above_estimate": bill(estimated_gross=Decimal("10.00"), estimate_number="KV-2026-0147"),
    "treatment_aborted": bill(aborted=True),
    "diagnosis_missing": bill(insurer_asks_diagnosis=True),
}
