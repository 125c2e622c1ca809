"""What the forms around a draft's lines offer: sessions, what is usual for a number, what one click mends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select

from ...models.invoice import Invoice
from ...models.practice import Practice, ProcedurePosition
from ...models.rules.chains import reasons_of
from ...models.rules.mends import Mend, MendKind, mends
from ...models.rules.severity import Finding
from ...models.rules.vat import VatRegime
from ..access import scoped
from ..extension import session
from .course_invoices import BillableSession, billable_sessions
from .fee_agreements import agreed

_REASON_MISSING: Final = "factor_needs_reason"
_MOST_REASONS: Final = 3


@dataclass(frozen=True, slots=True)
class Usual:
    """How the procedure's chain charges a number: its factor, what is really done, reasons to choose from."""

    factor: Decimal | None = None
    analog_service: str = ""
    reasons: tuple[str, ...] = ()


def sessions_for(invoice_id: int, course_id: int) -> tuple[BillableSession, ...]:
    """The sessions that a new line of the draft may belong to: its own, else those that stand on no invoice yet."""
    there = billable_sessions(course_id)
    own = tuple(entry for entry in there if entry.draft_id == invoice_id)
    return own or tuple(entry for entry in there if entry.draft_id is None)


def usual_for(invoice: Invoice, number: str, on: dt.date) -> Usual:
    """What is usual for the number in this course; a signed § 2 GOÄ agreement names the factor."""
    query: Any = (
        select(ProcedurePosition)
        .where(ProcedurePosition.procedure_id == invoice.course.procedure_id, ProcedurePosition.goae_number == number)
        .order_by(ProcedurePosition.position)
        .limit(1)
    )
    entry = session().scalar(scoped(query))
    agreement = agreed(invoice.course_id, number, on)
    if entry is None:
        return Usual(factor=agreement.factor if agreement else None)
    return Usual(agreement.factor if agreement else entry.factor, entry.analog_service, reasons_of(entry.reasons))


def offered_mends(invoice: Invoice, findings: Iterable[Finding]) -> tuple[tuple[Mend, ...], ...]:
    """For each finding what one click mends; for a missing reason also the texts of the procedure's chain."""
    found = tuple(findings)
    asked = any(finding.code == _REASON_MISSING for finding in found)
    texts = _reasons_of_chain(invoice.course.procedure_id) if asked else {}
    return tuple((*_with_reason(finding, texts), *mends(finding)) for finding in found)


def _with_reason(finding: Finding, texts: dict[str, tuple[str, ...]]) -> Iterable[Mend]:
    if finding.code == _REASON_MISSING:
        for text in texts.get(finding.facts["number"], ())[:_MOST_REASONS]:
            yield Mend(MendKind.SET_REASON, int(finding.facts["line"]), text)


def _reasons_of_chain(procedure_id: int) -> dict[str, tuple[str, ...]]:
    query: Any = select(ProcedurePosition.goae_number, ProcedurePosition.reasons).where(
        ProcedurePosition.procedure_id == procedure_id
    )
    return {number: reasons_of(text) for number, text in session().execute(scoped(query))}


def charges_vat(practice_id: int) -> bool:
    """Whether the practice shows VAT at all (§ 19 UStG)."""
    return session().get_one(Practice, practice_id).vat_regime != VatRegime.SMALL_BUSINESS.value
