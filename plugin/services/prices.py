"""What a kind of treatment costs, as it may be told on the telephone: its chain with VAT, before anybody looked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...models.practice import Practice, Procedure
from ...models.rules.goae import Moment, NoPoints, Position, check_factor
from ...models.rules.invoice import InvoiceLine, InvoiceTotals, invoice_totals
from ...models.rules.severity import Finding, RuleBroken
from ...models.rules.vat import NO_RATE, Indication, VatRegime, vat_rate
from ...models.rules.wished_price import Service, Suggestion, Wish, factors_for, may_move, wish_too_low
from ..errors import NotFound
from ..extension import session
from ..queries.fees import positions
from .estimate_plans import by_area
from .fees import PricedService, chain


@dataclass(frozen=True, slots=True)
class Price:
    """A session's services and sums; findings are what the price rests on (a reason, a § 2 agreement)."""

    services: tuple[PricedService, ...]
    totals: InvoiceTotals
    findings: tuple[Finding, ...]

    def of_sessions(self, least: int, most: int) -> tuple[Decimal, Decimal]:
        """Euros gross of all sessions, from and to; each session is an invoice of its own sums."""
        return self.totals.gross * least, self.totals.gross * most


def price_of(
    procedure: Procedure,
    indication: Indication,
    today: dt.date,
    area_cm2: Decimal | None = None,
    known: Mapping[str, Position] | None = None,
) -> Price | None:
    """One session of the procedure; None where its chain is empty or can no longer be priced."""
    try:
        services = by_area(chain(procedure, today, known), area_cm2, today)
    except (NotFound, RuleBroken, NoPoints):
        return None
    return priced(services, indication, regime_of(procedure.practice_id), today) if services else None


def prices_of(
    procedures: Sequence[Procedure], indication: Indication, today: dt.date
) -> list[tuple[Procedure, Price | None]]:
    """Each with the price of a session, as price_of says it; the schedule is read once for all of them."""
    known = positions([entry.goae_number for each in procedures for entry in each.chain], today)
    return [(each, price_of(each, indication, today, known=known)) for each in procedures]


def priced(services: Sequence[PricedService], indication: Indication, regime: VatRegime, today: dt.date) -> Price:
    """Sums of these services at one indication, VAT once on the whole."""
    lines = [
        InvoiceLine(today, each.position.number, each.position.text, each.net, indication, factor=each.factor)
        for each in services
    ]
    findings = [found for each in services for found in _factor_findings(each, today)]
    return Price(tuple(services), invoice_totals(lines, regime), tuple(findings))


def regime_of(practice_id: int) -> VatRegime:
    """How the practice stands to VAT."""
    return VatRegime(session().get_one(Practice, practice_id).vat_regime)


def rate_for(practice_id: int, indication: Indication) -> Decimal:
    """Per cent on a price at this indication, 0 where none is charged."""
    return vat_rate(indication, regime_of(practice_id)) or NO_RATE


def wished(services: Sequence[PricedService], line: int, wish: Wish, today: dt.date) -> tuple[Suggestion, ...]:
    """Factors for a wished price of one session. Raises RuleBroken where the other services alone cost more."""
    found = factors_for([Service(each.position, each.factor) for each in services], line, wish, today)
    if not found:
        raise RuleBroken([wish_too_low(wish)])
    return found


def movable(services: Sequence[PricedService]) -> list[int]:
    """The services whose factor can be chosen, the dearest first; empty where all are fixed."""
    lines = [line for line, each in enumerate(services) if may_move(each.position)]
    return sorted(lines, key=lambda line: -(services[line].position.points or 0))


def _factor_findings(service: PricedService, today: dt.date) -> list[Finding]:
    return check_factor(
        service.position, service.factor, reason=None, agreement_signed_on=None, service_on=today, moment=Moment.ENTRY
    )
