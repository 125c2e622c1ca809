"""From an unpaid invoice to what stands on its dunning letter, in the patient's language; careful where the law is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from ...models.invoice import Invoice
from ...models.practice import Practice, Site
from ...models.rules.dunning import Claim, DunningLevel
from ...models.rules.interest import Period, interest_sum
from ...models.rules.money import ZERO
from ...reports.content.base import Language
from ...reports.content.dunning import DunningContent, InterestPeriod
from ...reports.content.formats import day, money
from ...reports.content.texts import filled
from ..extension import session
from .letterheads import debtor_address, letterhead, person
from .texts import wordings

_LEADS = {DunningLevel.FIRST: "first", DunningLevel.SECOND: "second"}
_KEYS = tuple(
    f"dunning.{part}" for part in ("first", "second", "default", "notice", "interest", "fee", "closing", "last")
)


def dunning_content(
    invoice: Invoice,
    claim: Claim,
    periods: Sequence[Period],
    fee: Decimal,
    *,
    level: DunningLevel,
    pay_until: dt.date,
    today: dt.date,
) -> DunningContent:
    """What the letter says, still without its number; periods that came to no cent are left out."""
    language: Language = "en" if invoice.patient.language == "en" else "de"
    practice, site = session().get_one(Practice, invoice.practice_id), session().get_one(Site, invoice.site_id)
    charged = [period for period in periods if period.amount]
    demand = claim.account.open + interest_sum(charged) + fee
    said = _said(invoice, claim, language, demand=demand, fee=fee, pay_until=pay_until, today=today)
    assert invoice.issued_on is not None  # nothing is open on a draft
    return DunningContent(
        language=language,
        letterhead=letterhead(practice, site),
        recipient=debtor_address(invoice),
        number="",
        issued_on=today,
        level=level.value,
        patient=person(invoice.patient),
        invoice_number=invoice.number or "",
        invoice_issued_on=invoice.issued_on,
        invoice_due_on=invoice.due_on,
        total=claim.account.gross,
        paid=claim.account.paid,
        due=claim.account.open,
        in_default_since=claim.default_since if claim.in_default(today) else None,
        interest=tuple(_stated(period) for period in charged),
        fee=fee,
        demand=demand,
        pay_by=pay_until,
        body=_body(said, level, in_default=claim.in_default(today), interest=bool(charged), fee=fee > ZERO),
        closing="\n\n".join([*([said["last"]] if level is DunningLevel.SECOND else []), said["closing"]]),
    )


def _said(
    invoice: Invoice,
    claim: Claim,
    language: Language,
    *,
    demand: Decimal,
    fee: Decimal,
    pay_until: dt.date,
    today: dt.date,
) -> dict[str, str]:
    """Part of the letter -> its wording that holds today, filled."""
    assert invoice.issued_on is not None
    values = {
        "invoice": invoice.number or "",
        "invoiced": day(invoice.issued_on, language),
        "amount": money(claim.account.open, language),
        "demand": money(demand, language),
        "pay_by": day(pay_until, language),
        "since": day(claim.default_since, language) if claim.default_since else "",
        "fee": money(fee, language),
    }
    found = wordings(invoice.practice_id, _KEYS, language, today)
    return {key.removeprefix("dunning."): filled(body, values) for key, body in found.items()}


def _body(said: dict[str, str], level: DunningLevel, *, in_default: bool, interest: bool, fee: bool) -> str:
    parts = [said[_LEADS[level]], said["default"] if in_default else said["notice"]]
    parts += [said["interest"]] if interest else []
    parts += [said["fee"]] if fee else []
    return "\n\n".join(parts)


def _stated(period: Period) -> InterestPeriod:
    return InterestPeriod(
        first=period.first,
        last=period.last,
        days=period.days,
        principal=period.principal,
        percent=period.percent,
        amount=period.amount,
    )
