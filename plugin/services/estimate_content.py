"""What stands on an estimate: services, prices with VAT by indication, and the wording for whoever pays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ...models.rules.goae import may_agree
from ...models.rules.money import ZERO, TaxedAmount
from ...models.rules.payers import PayerKind
from ...models.rules.vat import on_demand
from ...reports.content.cost_notice import Price
from ...reports.content.estimate import EstimateContent, EstimatedService
from ...reports.content.formats import day
from ...reports.content.texts import filled
from ..queries.cost_notices import Cover
from ..queries.invoice_people import diagnosis_of
from .estimate_plans import EstimatedFactor, EstimatePlan
from .fees import PricedService, charges
from .letterheads import address, person
from .paper_heads import PaperHead, latest_talk, physician_of
from .paper_prices import exempt, exemption_text, par52_text, payer_notice, rate_of, undecided_notes
from .texts import wording

_FOR_INSURERS: Final = frozenset({PayerKind.PKV})
"""Private insurers and Beihilfe read the diagnosis (domain 10.1 no. 11); nobody else needs it on this paper."""


def estimate_content(
    head: PaperHead, cover: Cover, plan: EstimatePlan, services: Sequence[PricedService], number: str, today: dt.date
) -> EstimateContent:
    """The frozen content; `services` is the chain with the laser line already at the number for the area."""
    amounts = charges(services, [planned.factor for planned in plan.factors])
    lines = tuple(_estimated(head, *parts) for parts in zip(services, plan.factors, amounts, strict=True))
    session = TaxedAmount.from_net(sum((line.amount for line in lines), ZERO), rate_of(head))
    total = (session.gross * plan.sessions_min, session.gross * plan.sessions_max)
    return EstimateContent(
        language=head.language,
        letterhead=head.letterhead,
        recipient=address(head.patient),
        number=number,
        issued_on=today,
        valid_until=plan.valid_until,
        patient=person(head.patient),
        physician=physician_of(head, latest_talk(head.course.id)),
        payer=cover.payer.value,
        procedure=head.procedure_name,
        sites=head.sites,
        sessions_from=plan.sessions_min,
        sessions_to=plan.sessions_max,
        services=lines,
        vat_rate=None if exempt(head) else rate_of(head),
        session=Price(net=session.net, vat=session.vat, gross=session.gross),
        total_from=total[0],
        total_to=total[1],
        coverage=_coverage(head, cover.payer, plan, session, today),
        terms=filled(_text(head, "estimate.terms", today), {"valid_until": day(plan.valid_until, head.language)}),
        exemption=exemption_text(head, today),
        par52=par52_text(head, cover.payer, today),
        diagnosis=diagnosis_of(head.course) if cover.payer in _FOR_INSURERS else "",
        insurer=", ".join(cover.insurers),
        area_cm2=plan.area_cm2,
        contact=head.site.telephone,
        notes=undecided_notes(head),
    )


def _estimated(head: PaperHead, service: PricedService, planned: EstimatedFactor, amount: Decimal) -> EstimatedService:
    its = service.position
    return EstimatedService(
        number=its.number,
        service=its.text,
        factor=planned.factor,
        amount=amount,
        analog_service=service.analog_service,
        minimum_minutes=its.minimum_minutes,
        reason=planned.reason.strip(),
        on_demand=on_demand(head.indication),
        fee_agreement=planned.factor > its.maximum and may_agree(its),
    )


def _coverage(
    head: PaperHead, payer: PayerKind, plan: EstimatePlan, session: TaxedAmount, today: dt.date
) -> tuple[str, ...]:
    """The sentences of domain 11 no. 15 and of whoever pays: what the patient pays is always the whole invoice."""
    sessions = (plan.sessions_min, plan.sessions_max)
    total = (session.gross * sessions[0], session.gross * sessions[1])
    gross = (session.gross, session.gross)
    notice = payer_notice(head, payer, gross=gross, sessions=sessions, total=total, today=today)
    general = _text(head, "estimate.coverage", today)
    # the notices of the other two say the same of their own payer
    return (general, notice) if payer is PayerKind.SELF_PAYER else (notice,)


def _text(head: PaperHead, key: str, today: dt.date) -> str:
    return wording(head.practice.id, key, head.language, today)
