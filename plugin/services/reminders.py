"""Issues the friendly payment reminder (level 0): free of charge, for what is open on its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from ...models.invoice import Invoice, Reminder
from ...models.practice import Practice, Site
from ...models.rules.dunning import Claim, DunningLevel, check_letter
from ...models.rules.money import ZERO
from ...models.rules.numbering import NumberKind
from ...models.rules.payments import Account, refuse_unconfirmed
from ...models.rules.states import InvoiceStep
from ...reports.content.base import Language
from ...reports.content.dunning import DunningContent
from ...reports.content.formats import day, money
from ...reports.content.reminder import ReminderContent
from ...reports.content.texts import filled
from ..clock import now
from ..extension import actor, session
from ..queries.dunning import claim_of
from ..unit_of_work import SYSTEM, locked
from .invoice_papers import refuse_unprintable
from .letterheads import debtor_address, letterhead, person
from .moves import move
from .papers import issue_next
from .texts import wording

_BODY = "reminder.body"


def issue_reminder(
    invoice_id: int, version: int | None, pay_until: dt.date, today: dt.date, *, confirmed: Collection[str] = ()
) -> Reminder:
    """A friendly reminder of an open invoice, with its paper.

    Raises RuleBroken where nothing is open, the new day is past, or a hold, a plan or a lawyer stands against it, and
    for warnings (before the due date, while an earlier letter runs) that are not among `confirmed`; StalePage.
    """
    invoice: Invoice = locked(Invoice, invoice_id, version)
    claim = claim_of(invoice)
    refuse_unconfirmed(check_letter(claim, DunningLevel.REMINDER, pay_until, today), confirmed)
    content = _content(invoice, claim.account, pay_until, today)
    return record_letter(invoice, content, DunningLevel.REMINDER, claim, today)


def record_letter(
    invoice: Invoice,
    content: ReminderContent | DunningContent,
    level: DunningLevel,
    claim: Claim,
    today: dt.date,
    *,
    fee: Decimal = ZERO,
    interest: Decimal = ZERO,
    in_default_since: dt.date | None = None,
) -> Reminder:
    """Freeze a reminder or a dunning letter under its number, with the move and the row that remembers it."""
    refuse_unprintable(content)
    move(invoice, InvoiceStep.REMIND)
    kind = NumberKind.REMINDER if level is DunningLevel.REMINDER else NumberKind.DUNNING
    paper = issue_next(content, kind, practice_id=invoice.practice_id, patient_id=invoice.patient_id, issued_on=today)
    reminder = Reminder(
        practice_id=invoice.practice_id,
        invoice_id=invoice.id,
        level=level.value,
        paper_id=paper.id,
        issued_on=today,
        pay_until=content.pay_by,
        open_amount=claim.account.open,
        fee=fee,
        interest=interest,
        in_default_since=in_default_since,
        recorded_at=now(),
        recorded_by=(actor() or SYSTEM).name,
    )
    session().add(reminder)
    session().flush()
    return reminder


def _content(invoice: Invoice, account: Account, pay_until: dt.date, today: dt.date) -> ReminderContent:
    language: Language = "en" if invoice.patient.language == "en" else "de"
    practice, site = session().get_one(Practice, invoice.practice_id), session().get_one(Site, invoice.site_id)
    assert invoice.issued_on is not None  # nothing is open on a draft
    values = {
        "invoice": invoice.number or "",
        "invoiced": day(invoice.issued_on, language),
        "amount": money(account.open, language),
        "pay_by": day(pay_until, language),
    }
    return ReminderContent(
        language=language,
        letterhead=letterhead(practice, site),
        recipient=debtor_address(invoice),
        number="",
        issued_on=today,
        patient=person(invoice.patient),
        invoice_number=invoice.number or "",
        invoice_issued_on=invoice.issued_on,
        total=account.gross,
        paid=account.paid,
        due=account.open,
        pay_by=pay_until,
        body=filled(wording(invoice.practice_id, _BODY, language, today), values),
    )
