"""What an invoice's page reads about a debt besides its dunning: letter of correction, instalments, hand-over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from ...models.debt import DebtHandover, InstalmentPlan
from ...models.invoice import Invoice, Reminder
from ...models.paper import IssuedPaper
from ...models.rules.money import ZERO
from ...models.rules.payments import OPEN_STATES
from ...models.rules.states import InvoiceState
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from .instalments import PlanRow, plan_row


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A paper and its number."""

    id: int
    number: str


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A claim that was handed to a lawyer, in euros of that day."""

    id: int
    invoice_id: int
    number: str
    paper_id: int
    lawyer: str
    handed_on: dt.date
    open_amount: Decimal
    interest: Decimal
    fees: Decimal
    note: str
    ended_on: dt.date | None
    ended_reason: str
    recorded_by: str

    @property
    def claimed(self) -> Decimal:
        """All that the statement claims."""
        return self.open_amount + self.interest + self.fees


@dataclass(frozen=True, slots=True)
class Debts:
    """What follows an invoice: may a letter of correction be written, may instalments be agreed, is it with a lawyer.

    `letter` is the one that was written; `corrects` says that the invoice took another one's place and is valid.
    """

    corrects: bool
    letter: PaperLink | None
    plan: PlanRow | None
    handover: HandoverRow | None
    open: Decimal

    @property
    def in_instalments(self) -> bool:
        """Whether a plan holds."""
        return self.plan is not None and self.plan.state.value == "agreed"

    @property
    def with_lawyer(self) -> bool:
        """Whether the claim is with a lawyer now, and something of it still open."""
        return bool(self.open) and self.handover is not None and self.handover.ended_on is None


def debts_of(invoice: Invoice, today: dt.date) -> Debts | None:
    """Of an issued invoice, None for a draft and a cancellation. One statement, one more where there is a plan."""
    if invoice.kind != "invoice" or invoice.paper_id is None:
        return None
    letter, plan, handover = _followed(invoice)
    owed = InvoiceState(invoice.state) in OPEN_STATES
    return Debts(
        corrects=invoice.replaces_id is not None and invoice.state != InvoiceState.CANCELLED.value,
        letter=PaperLink(invoice.letter_paper_id, letter) if invoice.letter_paper_id else None,
        plan=plan_row(plan, invoice, today) if plan else None,
        handover=handover,
        open=max(invoice.gross_total - invoice.paid_total, ZERO) if owed else ZERO,
    )


def handover_row(handover_id: int) -> HandoverRow:
    """Raises NotFound."""
    row = session().execute(scoped(_handovers().where(DebtHandover.id == handover_id))).first()
    if row is None:
        raise NotFound(f"handover {handover_id}")
    return HandoverRow(*tuple(row))


def handover_papers(handover: HandoverRow) -> tuple[PaperLink, ...]:
    """The papers that go with it: the statement, the invoice, and the letters that were written until then."""
    letters = (
        select(Reminder.paper_id)
        .where(Reminder.invoice_id == handover.invoice_id, Reminder.issued_on <= handover.handed_on)
        .scalar_subquery()
    )
    invoice = select(Invoice.paper_id).where(Invoice.id == handover.invoice_id).scalar_subquery()
    query: Any = (
        select(IssuedPaper.id, IssuedPaper.number)
        .where((IssuedPaper.id == handover.paper_id) | (IssuedPaper.id == invoice) | IssuedPaper.id.in_(letters))
        .order_by(IssuedPaper.id)
    )
    return tuple(PaperLink(*row) for row in session().execute(scoped(query)))


def _followed(invoice: Invoice) -> tuple[str, InstalmentPlan | None, HandoverRow | None]:
    """(number of the letter of correction, the latest plan, the latest hand-over)."""
    latest = {
        record: select(func.max(record.id)).where(record.invoice_id == invoice.id).scalar_subquery()
        for record in (InstalmentPlan, DebtHandover)
    }
    query: Any = (
        select(IssuedPaper.number, InstalmentPlan, *_columns())
        .select_from(Invoice)
        .join(IssuedPaper, IssuedPaper.id == Invoice.letter_paper_id, isouter=True)
        .join(InstalmentPlan, InstalmentPlan.id == latest[InstalmentPlan], isouter=True)
        .join(DebtHandover, DebtHandover.id == latest[DebtHandover], isouter=True)
        .where(Invoice.id == invoice.id)
    )
    letter, plan, *handover = session().execute(scoped(query)).one()
    return letter or "", plan, HandoverRow(*handover) if handover[0] is not None else None


def _handovers() -> Any:
    return select(*_columns())


def _columns() -> list[Any]:
    return [getattr(DebtHandover, name) for name in HandoverRow.__dataclass_fields__]
