"""The rules of billing asked of what announces costs: itemised like an invoice, and by the same engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...models.rules.checks import check_bill
from ...models.rules.checks.bill import Bill, Stage
from ...models.rules.goae import to_factor
from ...models.rules.invoice import InvoiceLine
from ...models.rules.money import to_cent
from ...models.rules.severity import Finding, Severity
from ...models.rules.vat import Indication, VatRegime
from ..queries.cost_notices import Cover
from ..queries.estimates import EstimateLineRow
from ..queries.fees import positions
from .estimate_plans import EstimatedFactor
from .fees import PricedService, charges
from .paper_heads import PaperHead


@dataclass(frozen=True, slots=True)
class EstimateFacts:
    """Of whom it speaks: the joint indication, who pays, the VAT of the practice, and whether a mole is treated."""

    indication: Indication
    cover: Cover
    regime: VatRegime
    naevus: bool = False


def facts_of(head: PaperHead, cover: Cover) -> EstimateFacts:
    """The same, of a paper that is about to be issued."""
    regime = VatRegime(head.practice.vat_regime)
    return EstimateFacts(head.indication, cover, regime, any(lesion.kind == "mole" for lesion in head.lesions))


def billing_findings(
    facts: EstimateFacts,
    services: Sequence[PricedService],
    factors: Sequence[EstimatedFactor],
    today: dt.date,
    area_cm2: Decimal | None = None,
) -> list[Finding]:
    """What the rules say of one session of the estimate; lines count from 1 in the order of the chain.

    Raises FactorRefused for a factor that is none.
    """
    return check_bill(
        Bill(
            lines=tuple(_lines(facts, services, factors, today)),
            regime=facts.regime,
            payer=facts.cover.payer,
            today=today,
            stage=Stage.ESTIMATE,
            tariffs=facts.cover.tariffs,
            laser_areas={"": area_cm2} if area_cm2 else {},
            naevus_sessions=frozenset({""} if facts.naevus else ()),
        )
    )


def issued_warnings(lines: Sequence[EstimateLineRow], cover: Cover, regime: VatRegime, on: dt.date) -> list[Finding]:
    """What the rules would have somebody look at in an estimate of that day, with the factors that were typed."""
    known = positions([line.goae_number for line in lines], on)
    billed = tuple(
        InvoiceLine(
            service_on=on,
            number=line.goae_number,
            text=line.analog_service or line.service,
            single=to_cent(line.net / line.quantity),
            indication=Indication(line.indication),
            count=line.quantity,
            factor=line.factor,
            position=known.get(line.goae_number),
            reason=line.reason,
            agreement_signed_on=on if line.fee_agreement else None,
            analog=bool(line.analog_service),
        )
        for line in lines
    )
    found = check_bill(Bill(billed, regime, cover.payer, on, Stage.ESTIMATE, tariffs=cover.tariffs))
    return [finding for finding in found if finding.severity is Severity.WARN]


def _lines(
    facts: EstimateFacts, services: Sequence[PricedService], factors: Sequence[EstimatedFactor], today: dt.date
) -> Iterator[InvoiceLine]:
    amounts = charges(services, [planned.factor for planned in factors])
    for service, planned, single in zip(services, factors, amounts, strict=True):
        its = service.position
        yield InvoiceLine(
            service_on=today,
            number=its.number,
            text=service.analog_service or its.text,
            single=single,
            indication=facts.indication,
            factor=to_factor(planned.factor),
            position=its,
            reason=planned.reason,
            analog=bool(service.analog_service),
        )
