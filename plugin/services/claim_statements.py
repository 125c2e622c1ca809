"""From an unpaid invoice to the statement of its claim: payments, letters, default, interest to the day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from ...models.invoice import Invoice, Payment, Reminder
from ...models.paper import IssuedPaper
from ...models.practice import Practice, Site
from ...models.rules.dunning import Claim
from ...models.rules.interest import interest_sum
from ...models.rules.money import ZERO
from ...reports.content.base import Language
from ...reports.content.claim_statement import ClaimInterest, ClaimLetter, ClaimPayment, ClaimStatementContent
from ...reports.content.formats import day
from ...reports.content.invoice import InvoiceContent
from ...reports.content.texts import filled
from ...reports.content.words import word
from ..access import scoped
from ..extension import session
from ..queries.dunning import Interest
from .letterheads import debtor_address, letterhead, person
from .papers import content_of
from .texts import wording

_BODY = "claim_statement.body"
_LANGUAGE: Language = "de"  # for a lawyer and a German court, whatever the patient speaks


def claim_statement(
    invoice: Invoice, claim: Claim, interest: Interest, recipient: tuple[str, ...], note: str, today: dt.date
) -> ClaimStatementContent:
    """What the statement says, still without its number; periods that came to no cent are left out."""
    practice, site = session().get_one(Practice, invoice.practice_id), session().get_one(Site, invoice.site_id)
    letters, periods = _letters(invoice.id), [period for period in interest.periods if period.amount]
    charged, fees = interest_sum(periods), sum((letter.fee for letter in letters), ZERO)
    assert invoice.issued_on is not None  # nothing is open on a draft
    assert invoice.due_on is not None
    assert claim.limitation is not None
    period_from, period_to = _period(invoice)
    values = {"invoice": invoice.number or "", "invoiced": day(invoice.issued_on, _LANGUAGE)}
    return ClaimStatementContent(
        language=_LANGUAGE,
        letterhead=letterhead(practice, site),
        recipient=recipient,
        number="",
        issued_on=today,
        patient=person(invoice.patient),
        debtor=debtor_address(invoice),
        invoice_number=invoice.number or "",
        invoice_issued_on=invoice.issued_on,
        period_from=period_from,
        period_to=period_to,
        due_on=invoice.due_on,
        received_on=claim.received_on,
        default_since=claim.default_since if claim.in_default(today) else None,
        limitation=claim.limitation,
        total=claim.account.gross,
        paid=claim.account.paid,
        due=claim.account.open,
        interest=charged,
        fees=fees,
        claimed=claim.account.open + charged + fees,
        payments=_payments(invoice.id),
        letters=letters,
        periods=tuple(
            ClaimInterest(
                first=each.first, last=each.last, principal=each.principal, percent=each.percent, amount=each.amount
            )
            for each in periods
        ),
        body=filled(wording(invoice.practice_id, _BODY, _LANGUAGE, today), values),
        note=note,
    )


def _period(invoice: Invoice) -> tuple[dt.date, dt.date]:
    """The days of service, as the issued invoice says them."""
    content = content_of(invoice.paper) if invoice.paper else None
    assert isinstance(content, InvoiceContent)  # a claim has its invoice
    return content.period_from, content.period_to


def _payments(invoice_id: int) -> tuple[ClaimPayment, ...]:
    query: Any = (
        select(Payment.value_date, Payment.kind, Payment.amount)
        .where(Payment.invoice_id == invoice_id)
        .order_by(Payment.value_date, Payment.id)
    )
    rows: list[tuple[dt.date, str, Decimal]] = [tuple(row) for row in session().execute(scoped(query))]
    return tuple(
        ClaimPayment(on=on, way=word(_LANGUAGE, f"claim_way_{kind}"), amount=amount) for on, kind, amount in rows
    )


def _letters(invoice_id: int) -> tuple[ClaimLetter, ...]:
    query: Any = (
        select(Reminder.issued_on, Reminder.level, IssuedPaper.number, Reminder.pay_until, Reminder.fee)
        .join(IssuedPaper, IssuedPaper.id == Reminder.paper_id)
        .where(Reminder.invoice_id == invoice_id)
        .order_by(Reminder.id)
    )
    return tuple(
        ClaimLetter(
            on=row.issued_on,
            name=word(_LANGUAGE, f"claim_letter_{row.level}"),
            number=row.number,
            pay_until=row.pay_until,
            fee=row.fee,
        )
        for row in session().execute(scoped(query))
    )
