"""The letters of a batch: which one is an invoice's turn, what stands against it, and the letter itself."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from ...models.invoice import Invoice
from ...models.rules.dunning import DunningLevel, check_letter
from ...models.rules.severity import Finding, RuleBroken, Severity
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from ..queries.dunning import claim_of, next_level
from .dunning import issue_dunning, previewed
from .reminders import issue_reminder


def check_turn(invoice_id: int, pay_until: dt.date, today: dt.date) -> tuple[tuple[Finding, ...], str]:
    """(what stands against the letter that is its turn, that letter's level as text). Raises NotFound, RuleBroken."""
    invoice: Invoice | None = session().scalar(scoped(select(Invoice).where(Invoice.id == invoice_id)))
    if invoice is None:
        raise NotFound(f"invoice {invoice_id}")
    level = _turn(invoice)
    if level is DunningLevel.REMINDER:
        return tuple(check_letter(claim_of(invoice), level, pay_until, today)), str(level.value)
    return previewed(invoice, level, pay_until, today).findings, str(level.value)


def remind(invoice_id: int, shown: str, pay_until: dt.date, today: dt.date) -> int:
    """The id of the letter's paper. Raises RuleBroken where another letter is its turn by now, and for warnings."""
    invoice: Invoice | None = session().scalar(scoped(select(Invoice).where(Invoice.id == invoice_id)))
    if invoice is None:
        raise NotFound(f"invoice {invoice_id}")
    level = _turn(invoice)
    if str(level.value) != shown:
        raise RuleBroken([Finding("batch_moved_on", Severity.BLOCK)])
    if level is DunningLevel.REMINDER:
        return issue_reminder(invoice_id, None, pay_until, today).paper_id
    return issue_dunning(invoice_id, None, level, pay_until, today).paper_id


def _turn(invoice: Invoice) -> DunningLevel:
    level = next_level(invoice)
    if level is None:
        raise RuleBroken([Finding("batch_no_letter_left", Severity.BLOCK)])
    return level
