"""Which invoices a batch would take: the drafts, what is not handed over, whose day of payment is over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, select, union_all

from ...models.invoice import Invoice, Reminder
from ...models.patient import Patient
from ...models.rules.batch_states import MOST_ITEMS, BatchKind
from ...models.rules.states import UNPAID, InvoiceState
from ..access import leading, scoped
from ..extension import session
from .batch_rows import COLUMNS, ItemRow, read_rows
from .instalments import under_plan

SHOWN: Final = 25
Own = tuple[ColumnElement[bool], ...]  # what keeps to one practice


@dataclass(frozen=True, slots=True)
class Candidates:
    """The invoices that a batch would take, MOST_ITEMS at most; `more`: there are others behind them."""

    ids: tuple[int, ...]
    more: bool
    rows: tuple[ItemRow, ...]


def candidates(practice_id: int, kind: BatchKind, today: dt.date) -> Candidates:
    """Two statements, whatever the number."""
    which, order = _asked(kind, (leading(Invoice), Invoice.practice_id == practice_id), today)
    query = (
        select(Invoice.id)
        .join(Patient, Patient.id == Invoice.patient_id)
        .where(Patient.restricted_since.is_(None), *which)
        .order_by(*order)
        .limit(MOST_ITEMS + 1)
    )
    ids = tuple(session().scalars(scoped(query)))
    shown = ids[:SHOWN]
    rows = {row.invoice_id: row for row in read_rows(select(*COLUMNS).where(Invoice.id.in_(shown)))}
    return Candidates(ids[:MOST_ITEMS], len(ids) > MOST_ITEMS, tuple(rows[key] for key in shown if key in rows))


def _asked(kind: BatchKind, own: Own, today: dt.date) -> tuple[list[ColumnElement[bool]], list[Any]]:
    """The drafts; what was issued and not handed over; what is late and not reminded of, held back or given away."""
    if kind is BatchKind.ISSUE:
        return [*own, Invoice.kind == "invoice", Invoice.state == InvoiceState.DRAFT.value], [
            Invoice.issued_on,  # none has one yet, but the index has it before the id: by that alone all would be read
            Invoice.id,
        ]
    if kind is BatchKind.PRINT:
        waits = Invoice.number.is_not(None), Invoice.delivered_on.is_(None)
        walks = (select(Invoice.id).where(*own, Invoice.state == state.value, *waits) for state in UNPAID)
        return [Invoice.id.in_(union_all(*walks))], [Invoice.id]
    unpaid = Invoice.state.in_([state.value for state in UNPAID])
    reminded = exists().where(Reminder.invoice_id == Invoice.id, Reminder.pay_until >= today)
    held = Invoice.dunning_hold_until.is_(None) | (Invoice.dunning_hold_until < today)
    late = [Invoice.due_on < today, Invoice.gross_total > Invoice.paid_total]
    return [
        *own,
        Invoice.kind == "invoice",
        unpaid,
        *late,
        held,
        Invoice.handed_over_on.is_(None),
        ~under_plan(),
        ~reminded,
    ], [
        Invoice.due_on,
        Invoice.id,
    ]
