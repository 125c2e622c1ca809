"""Issues the two dunning letters: what is open, since when in default, interest to the day, a fee only as the law lets.

Also what goes round them: letting invoices fall overdue, the hold, and when a letter reached the patient.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from ...models.invoice import Invoice, Reminder
from ...models.practice import Practice
from ...models.rules.billing import check_delivery
from ...models.rules.dunning import Claim, DunningLevel, check_letter, dunning_fee
from ...models.rules.money import ZERO
from ...models.rules.payments import refuse_unconfirmed
from ...models.rules.severity import Finding, RuleBroken, Severity, refuse_blocked
from ...models.rules.states import UNPAID, InvoiceState, InvoiceStep
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from ..queries.dunning import Interest, claim_of, interest_to
from ..queries.instalments import under_plan
from ..unit_of_work import locked
from .dunning_content import dunning_content
from .moves import move
from .reminders import record_letter

_FALLING = (InvoiceState.ISSUED.value, InvoiceState.SENT.value, InvoiceState.PART_PAID.value)
_UNPAID = frozenset(state.value for state in UNPAID)
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """What a dunning letter of today would ask for, in euros, and what stands against it."""

    claim: Claim
    interest: Interest
    fee: Decimal
    findings: tuple[Finding, ...]

    @property
    def demand(self) -> Decimal:
        """All that it asks for."""
        return self.claim.account.open + self.interest.amount + self.fee


def previewed(
    invoice: Invoice, level: DunningLevel, pay_until: dt.date, today: dt.date, *, with_interest: bool = True
) -> Preview:
    """The letter as it would be today, still without a number."""
    claim = claim_of(invoice)
    interest = interest_to(invoice, claim, today) if with_interest else Interest()
    real_cost = session().get_one(Practice, invoice.practice_id).dunning_fee
    found = check_letter(claim, level, pay_until, today)
    return Preview(claim, interest, dunning_fee(level, claim, real_cost, today), (*found, *interest.findings))


def issue_dunning(
    invoice_id: int,
    version: int | None,
    level: DunningLevel | int,
    pay_until: dt.date,
    today: dt.date,
    *,
    confirmed: Collection[str] = (),
    with_interest: bool = True,
) -> Reminder:
    """A dunning letter (level 1 or 2) of an open invoice, with its paper.

    Raises RuleBroken for what blocks (nothing open, not yet due, a hold, a plan that runs, a lawyer) and for warnings
    that are not among `confirmed`; StalePage.
    """
    wanted = DunningLevel(level)
    if wanted is DunningLevel.REMINDER:
        raise ValueError("a friendly reminder is issued by issue_reminder")
    invoice: Invoice = locked(Invoice, invoice_id, version)
    letter = previewed(invoice, wanted, pay_until, today, with_interest=with_interest)
    refuse_unconfirmed(letter.findings, confirmed)
    content = dunning_content(
        invoice, letter.claim, letter.interest.periods, letter.fee, level=wanted, pay_until=pay_until, today=today
    )
    return record_letter(
        invoice,
        content,
        wanted,
        letter.claim,
        today,
        fee=letter.fee,
        interest=content.interest_total,
        in_default_since=content.in_default_since,
    )


def hold_dunning(invoice_id: int, version: int | None, until: dt.date, reason: str, today: dt.date) -> None:
    """Write no letter before that day is over. Raises RuleBroken for a day that is past or where nothing is open."""
    invoice = _unpaid(invoice_id, version)
    if until < today:
        raise RuleBroken([Finding("hold_day_past", Severity.BLOCK)])
    invoice.dunning_hold_until, invoice.dunning_hold_reason = until, reason


def release_dunning(invoice_id: int, version: int | None) -> None:
    """Letters may be written again."""
    invoice: Invoice = locked(Invoice, invoice_id, version)
    invoice.dunning_hold_until, invoice.dunning_hold_reason = None, ""


def record_letter_delivery(reminder_id: int, delivered_on: dt.date, how: str) -> int:
    """Note once when and how a letter reached the patient; returns its invoice's id. Raises NotFound, RuleBroken."""
    reminder: Reminder | None = session().scalar(scoped(select(Reminder).where(Reminder.id == reminder_id)))
    if reminder is None:
        raise NotFound(f"reminder {reminder_id}")
    invoice: Invoice = locked(Invoice, reminder.invoice_id)
    if reminder.delivered_on is not None:
        raise RuleBroken([Finding("letter_delivered", Severity.BLOCK, "", {"on": reminder.delivered_on.isoformat()})])
    allowed = bool(invoice.patient.email and invoice.patient.email_consent)
    refuse_blocked(check_delivery(reminder.issued_on, delivered_on, by_mail=how == "email", mail_allowed=allowed))
    reminder.delivered_on, reminder.delivered_how = delivered_on, how
    session().flush()
    return invoice.id


def fall_overdue(today: dt.date) -> int:
    """Let every unpaid invoice of all practices whose day is over fall overdue; returns how many did. For the job."""
    every = select(Practice.id)  # named, so that the index by state and day serves
    query = (
        select(Invoice)
        .where(Invoice.practice_id.in_(every), Invoice.state.in_(_FALLING), Invoice.due_on < today)
        .where(Invoice.kind == "invoice")
        .where(~under_plan())
        .order_by(Invoice.due_on, Invoice.id)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True, of=Invoice)
    )
    late = list(session().scalars(query))
    for invoice in late:
        move(invoice, InvoiceStep.FALL_OVERDUE)
    return len(late)


def _unpaid(invoice_id: int, version: int | None) -> Invoice:
    invoice: Invoice = locked(Invoice, invoice_id, version)
    if invoice.kind != "invoice" or invoice.state not in _UNPAID or invoice.gross_total - invoice.paid_total <= ZERO:
        raise RuleBroken([Finding("reminder_nothing_open", Severity.BLOCK)])
    return invoice
