"""The lines of a new invoice: a session's usual services, priced, with what a § 2 GOÄ agreement says of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ...models.course import place
from ...models.invoice import InvoiceLine
from ...models.practice import Practice
from ...models.rules.billing import LASER_NUMBERS, chain_empty, position_unknown
from ...models.rules.invoice import LineKind
from ...models.rules.severity import RuleBroken
from ...models.rules.surcharges import chargeable
from ...models.rules.vat import STANDARD_RATE, Taxable, VatRegime, line_vat, on_demand, vat_rate
from ...models.treatment import Treatment
from ...reports.content.formats import area
from ..extension import session
from ..queries.fee_agreements import agreed
from ..queries.fees import positions
from ..queries.invoice_lines import service_day, treated_area, treated_indication
from .fees import PricedService, chain
from .line_prices import price_lines

# what stands for itself when an invoice is written anew; amounts and decisions are looked at afresh
_KEPT = (
    "treatment_id", "position", "kind", "article_id", "receipt_id", "other_illness",
    "indication_by", "indication_reason",
    "service_on", "clock_time", "goae_number", "service", "analog_service", "body_site",
    "points", "factor", "quantity", "net", "indication", "vat_rate", "on_demand", "reason", "agreement_on",
)  # fmt: skip


def lines_of_sessions(treatments: Iterable[Treatment]) -> list[InvoiceLine]:
    """The lines of all sessions by day, numbered through. Raises RuleBroken for a procedure that cannot be priced."""
    ordered = sorted(treatments, key=lambda treatment: (service_day(treatment), treatment.id))
    lines = [line for treatment in ordered for line in _lines(treatment)]
    price_lines(lines)
    number_through(lines)
    return lines


def number_through(lines: Sequence[InvoiceLine]) -> None:
    """Count the lines from 1, in the order they stand in."""
    for index, line in enumerate(lines, start=1):
        line.position = index


def copied(lines: Iterable[InvoiceLine]) -> list[InvoiceLine]:
    """The same lines for another invoice, to be changed there."""
    again = [
        InvoiceLine(practice_id=line.practice_id, **{name: getattr(line, name) for name in _KEPT}) for line in lines
    ]
    for line in again:
        if line.kind == LineKind.GOODS.value and line.vat_rate is None:  # issued under § 19 UStG, which may be over
            line.vat_rate = STANDARD_RATE
    return again


def rate_kept(line: Taxable, regime: VatRegime) -> Decimal | None:
    """What a line keeps: the rate in per cent, none where it is exempt or not decided."""
    found = line_vat(line, regime)
    return found[0] or None if found else None


def _lines(treatment: Treatment) -> Iterator[InvoiceLine]:
    day = service_day(treatment)
    procedure = treatment.course.procedure
    known = positions([entry.goae_number for entry in procedure.chain], day)
    for entry in procedure.chain:
        found = known.get(entry.goae_number)
        if found is None or not chargeable(found):
            raise RuleBroken([position_unknown(entry.goae_number, day)])
    services = chain(procedure, day)
    if not services:
        raise RuleBroken([chain_empty()])
    regime = VatRegime(session().get_one(Practice, treatment.practice_id).vat_regime)
    for service in services:
        yield _line(treatment, day, regime, service)


def _line(treatment: Treatment, day: dt.date, regime: VatRegime, service: PricedService) -> InvoiceLine:
    language = treatment.course.patient.language
    indication = treated_indication(treatment)
    agreement = agreed(treatment.course_id, service.position.number, day)
    factor = agreement.factor if agreement else service.factor
    return InvoiceLine(
        practice_id=treatment.practice_id,
        treatment_id=treatment.id,
        service_on=day,
        goae_number=service.position.number,
        service=service.position.text,
        analog_service=_really_done(treatment, service),
        body_site=", ".join(
            dict.fromkeys(place(entry.lesion.site, entry.lesion.side, language) for entry in treatment.sites)
        ),
        points=service.position.points or 0,
        factor=factor,
        quantity=1,
        net=service.net,  # as usual; price_lines reckons with the factor agreed
        indication=indication.value,
        vat_rate=vat_rate(indication, regime) or None,
        on_demand=on_demand(indication),
        agreement_on=agreement.signed_on if agreement else None,
    )


def _really_done(treatment: Treatment, service: PricedService) -> str:
    """The service of an analogous line, for a laser with the area that it is charged by (§ 12(4) GOÄ)."""
    treated = treated_area(treatment)
    if not service.analog_service or not treated or service.position.number not in LASER_NUMBERS:
        return service.analog_service
    return f"{service.analog_service}, {area(treated, 'en' if treatment.course.patient.language == 'en' else 'de')}"
