"""Carries out what one click mends in a draft: only what its findings offer at this moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from ...models.invoice import Invoice, InvoiceLine
from ...models.rules.billing import draft_changed
from ...models.rules.invoice import LineKind
from ...models.rules.mends import Mend, MendKind
from ...models.rules.severity import RuleBroken
from ..queries.draft_choices import offered_mends
from ..queries.invoice_drafts import draft_of
from .draft_lines import LineChange, charge, open_draft, settle


def mend_line(invoice_id: int, version: int | None, wanted: Mend, today: dt.date) -> int:
    """Carry out one mend; the id of its line, 0 where it is gone.

    Raises RuleBroken where no finding of the draft offers it any more, StepNotAllowed, StalePage.
    """
    invoice = open_draft(invoice_id, version)
    offered = offered_mends(invoice, draft_of(invoice, today).findings)
    if not any(wanted in each for each in offered) or not 1 <= wanted.line <= len(invoice.lines):
        raise RuleBroken([draft_changed()])
    line = invoice.lines[wanted.line - 1]
    _ACTS[wanted.kind](invoice, line, wanted.value)
    settle(invoice)
    return 0 if wanted.kind is MendKind.REMOVE else line.id


def _set_factor(invoice: Invoice, line: InvoiceLine, value: str) -> None:
    _change(invoice, line, factor=Decimal(value))


def _set_number(invoice: Invoice, line: InvoiceLine, value: str) -> None:
    _change(invoice, line, number=value)


def _set_quantity(invoice: Invoice, line: InvoiceLine, value: str) -> None:
    if line.kind == LineKind.GOAE.value:
        _change(invoice, line, quantity=int(value))
        return
    line.net = line.net / line.quantity * int(value)
    line.quantity = int(value)


def _set_reason(_invoice: Invoice, line: InvoiceLine, value: str) -> None:
    line.reason = value


def _move_after(invoice: Invoice, line: InvoiceLine, value: str) -> None:
    before = invoice.lines[int(value) - 1]
    invoice.lines.remove(line)
    invoice.lines.insert(invoice.lines.index(before) + 1, line)


def _other_illness(_invoice: Invoice, line: InvoiceLine, _value: str) -> None:
    line.other_illness = True


def _remove(invoice: Invoice, line: InvoiceLine, _value: str) -> None:
    invoice.lines.remove(line)


def _change(
    invoice: Invoice, line: InvoiceLine, *, factor: Decimal | None = None, number: str = "", quantity: int = 0
) -> None:
    change = LineChange(factor or line.factor, quantity or line.quantity, line.reason, line.clock_time)
    charge(invoice, line, change, number or line.goae_number)


_ACTS: Final[Mapping[MendKind, Callable[[Invoice, InvoiceLine, str], None]]] = {
    MendKind.SET_FACTOR: _set_factor,
    MendKind.SET_NUMBER: _set_number,
    MendKind.SET_QUANTITY: _set_quantity,
    MendKind.SET_REASON: _set_reason,
    MendKind.MOVE_AFTER: _move_after,
    MendKind.OTHER_ILLNESS: _other_illness,
    MendKind.REMOVE: _remove,
}
