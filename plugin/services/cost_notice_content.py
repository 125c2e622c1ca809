"""What stands on a cost notice: services, prices with VAT by indication, and the wording for whoever pays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from ...models.rules.age import is_minor
from ...models.rules.money import ZERO, TaxedAmount
from ...models.rules.payers import PayerKind
from ...models.rules.vat import on_demand
from ...reports.content.cost_notice import CostNoticeContent, PlannedService, Price
from ...reports.content.parts import Signature
from ..queries.cost_notices import Cover
from .cost_plans import CostPlan, PlannedFactor, needs_agreement
from .fees import PricedService, charges
from .letterheads import address, person
from .paper_heads import PaperHead, guardian_signatures, latest_talk, physician_of
from .paper_prices import exempt, exemption_text, par52_text, payer_notice, rate_of, undecided_notes
from .texts import wording


def cost_notice_content(
    head: PaperHead, cover: Cover, plan: CostPlan, services: Sequence[PricedService], number: str, today: dt.date
) -> CostNoticeContent:
    """The frozen content."""
    lowest, highest = _session_prices(head, plan, services)
    gross = (lowest.gross, highest.gross)
    sessions = (plan.sessions_min, plan.sessions_max)
    total = (gross[0] * sessions[0], gross[1] * sessions[1])
    gkv = cover.payer is PayerKind.GKV

    def text(key: str) -> str:
        return wording(head.practice.id, key, head.language, today)

    return CostNoticeContent(
        language=head.language,
        letterhead=head.letterhead,
        recipient=address(head.patient),
        number=number,
        issued_on=today,
        patient=person(head.patient),
        physician=physician_of(head, latest_talk(head.course.id)),
        payer=cover.payer.value,
        procedure=head.procedure_name,
        sites=head.sites,
        sessions_from=sessions[0],
        sessions_to=sessions[1],
        services=tuple(
            _planned(head, *parts) for parts in zip(services, plan.factors, *_amounts(plan, services), strict=True)
        ),
        vat_rate=None if exempt(head) else rate_of(head),
        session_from=_price(lowest),
        session_to=_price(highest),
        total_from=total[0],
        total_to=total[1],
        notice=payer_notice(head, cover.payer, gross=gross, sessions=sessions, total=total, today=today),
        exemption=exemption_text(head, today),
        agreement=text("notice.self_payer") if gkv else "",
        par52=par52_text(head, cover.payer, today),
        receipt="" if gkv else text("notice.receipt"),
        contact=head.site.telephone,
        insurer=", ".join(cover.insurers),
        notes=undecided_notes(head),
        signatures=_signatures(head, today, with_practice=gkv),
    )


def _session_prices(
    head: PaperHead, plan: CostPlan, services: Sequence[PricedService]
) -> tuple[TaxedAmount, TaxedAmount]:
    """(lowest, highest) of one session: VAT on the sum, as the invoice will have it."""
    rate = rate_of(head)
    lowest, highest = _amounts(plan, services)
    return TaxedAmount.from_net(sum(lowest, ZERO), rate), TaxedAmount.from_net(sum(highest, ZERO), rate)


def _amounts(plan: CostPlan, services: Sequence[PricedService]) -> tuple[list[Decimal], list[Decimal]]:
    """(lowest, highest) of each service."""
    lowest = charges(services, [factors.lowest for factors in plan.factors])
    return lowest, charges(services, [factors.highest for factors in plan.factors])


def _planned(
    head: PaperHead, service: PricedService, factors: PlannedFactor, lowest: Decimal, highest: Decimal
) -> PlannedService:
    return PlannedService(
        number=service.position.number,
        service=service.position.text,
        factor_from=factors.lowest,
        factor_to=factors.highest,
        amount_from=lowest,
        amount_to=highest,
        analog_service=service.analog_service,
        minimum_minutes=service.position.minimum_minutes,
        reason=factors.reason,
        on_demand=on_demand(head.indication),
        fee_agreement=needs_agreement(service, factors),
    )


def _price(amount: TaxedAmount) -> Price:
    return Price(net=amount.net, vat=amount.vat, gross=amount.gross)


def _signatures(head: PaperHead, today: dt.date, *, with_practice: bool) -> tuple[Signature, ...]:
    """The contract is the guardians' where the patient is a minor (§§ 107, 108, 1629 BGB)."""
    if is_minor(head.patient.birth_date, today):
        party = guardian_signatures(head.patient)
    else:
        party = (Signature(role="patient", name=head.patient.full_name),)
    return (*party, Signature(role="practice")) if with_practice else party
