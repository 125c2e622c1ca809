"""Which invoices a batch would take: the drafts, what is not handed over, whose day of payment is over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, select

from ...models.invoice import Invoice, Reminder
from ...models.patient import Patient
from ...models.rules.batch_states import MOST_ITEMS, BatchKind
from ...models.rules.states import UNPAID, InvoiceState
from ..access import leading, scoped
from ..extension import session
from .batch_rows import COLUMNS, ItemRow, read_rows

SHOWN: Final = 25


@dataclass(frozen=True, slots=True)
class Candidates:
    """The invoices that a batch would take, MOST_ITEMS at most; `more`: there are others behind them."""

    ids: tuple[int, ...]
    more: bool
    rows: tuple[ItemRow, ...]


def candidates(practice_id: int, kind: BatchKind, today: dt.date) -> Candidates:
    """Two statements, whatever the number."""
    which, order = _asked(kind, today)
    query = (
        select(Invoice.id)
        .join(Patient, Patient.id == Invoice.patient_id)
        .where(leading(Invoice), Invoice.practice_id == practice_id, Patient.restricted_since.is_(None), *which)
        .order_by(*order)
        .limit(MOST_ITEMS + 1)
    )
    ids = tuple(session().scalars(scoped(query)))
    shown = ids[:SHOWN]
    rows = {row.invoice_id: row for row in read_rows(select(*COLUMNS).where(Invoice.id.in_(shown)))}
    return Candidates(ids[:MOST_ITEMS], len(ids) > MOST_ITEMS, tuple(rows[key] for key in shown if key in rows))


def _asked(kind: BatchKind, today: dt.date) -> tuple[list[ColumnElement[bool]], list[Any]]:
    """The drafts; what was issued and not handed over; what is late and not reminded of, held back or given away."""
    if kind is BatchKind.ISSUE:
        return [Invoice.kind == "invoice", Invoice.state == InvoiceState.DRAFT.value], [Invoice.id]
    unpaid = Invoice.state.in_([state.value for state in UNPAID])
    if kind is BatchKind.PRINT:
        return [unpaid, Invoice.number.is_not(None), Invoice.delivered_on.is_(None)], [Invoice.id]
    reminded = exists().where(Reminder.invoice_id == Invoice.id, Reminder.pay_until >= today)
    held = Invoice.dunning_hold_until.is_(None) | (Invoice.dunning_hold_until < today)
    late = [Invoice.due_on < today, Invoice.gross_total > Invoice.paid_total]
    return [Invoice.kind == "invoice", unpaid, *late, held, Invoice.handed_over_on.is_(None), ~reminded], [
        Invoice.due_on,
        Invoice.id,
    ]
