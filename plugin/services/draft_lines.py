"""What the desk changes in a draft's lines: add, change, move, remove; prices follow by themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ...models.invoice import Invoice, InvoiceLine
from ...models.practice import Practice
from ...models.rules.billing import LASER_NUMBERS
from ...models.rules.goae import SINGLE, to_factor
from ...models.rules.invoice import LineKind
from ...models.rules.money import ZERO
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.rules.states import INVOICE, InvoiceState, InvoiceStep
from ...models.rules.surcharges import OPERATION_SURCHARGES
from ...models.rules.vat import VatRegime, on_demand, vat_rate
from ...models.treatment import Treatment
from ..errors import NotFound
from ..extension import session
from ..queries.draft_choices import sessions_for
from ..queries.fee_agreements import agreed
from ..queries.invoice_lines import service_day, treated_indication
from ..unit_of_work import locked
from .invoice_lines import number_through
from .line_prices import position_to_charge, price_lines


@dataclass(frozen=True, slots=True)
class LineChange:
    """What the desk says of a service; the indication is a physician's decision about the lesions.

    `number`: of a new line, or for a laser line another position of the area steps; "" keeps the line's own. None
    leaves what stands there: of `service_on` for a new line the day of its session.
    """

    factor: Decimal
    quantity: int
    reason: str
    clock_time: str  # "10:30" or ""
    number: str = ""
    analog_service: str | None = None
    other_illness: bool | None = None
    service_on: dt.date | None = None


def open_draft(invoice_id: int, version: int | None) -> Invoice:
    """The locked draft. Raises StepNotAllowed where the invoice is no draft any more."""
    invoice: Invoice = locked(Invoice, invoice_id, version)
    INVOICE.advance(InvoiceState(invoice.state), InvoiceStep.DISCARD)
    return invoice


def line_of(invoice: Invoice, line_id: int) -> InvoiceLine:
    """Raises NotFound."""
    found = next((entry for entry in invoice.lines if entry.id == line_id), None)
    if found is None:
        raise NotFound(f"line {line_id} of invoice {invoice.id}")
    return found


def change_line(invoice_id: int, version: int | None, line_id: int, change: LineChange) -> None:
    """Change a service. Raises FactorRefused for a factor that is none, RuleBroken for a day without its number."""
    invoice = open_draft(invoice_id, version)
    line = line_of(invoice, line_id)
    laser = change.number in LASER_NUMBERS and line.goae_number in LASER_NUMBERS
    charge(invoice, line, change, change.number if laser else line.goae_number)
    price_lines(invoice.lines)


def add_service(invoice_id: int, version: int | None, treatment_id: int, change: LineChange) -> None:
    """A service of one session, behind what stands there; a surcharge behind its operation.

    Raises RuleBroken for a session of another invoice, and for a number that has no amount on that day.
    """
    invoice = open_draft(invoice_id, version)
    treatment = session_of(invoice, treatment_id)
    line = belonging_line(invoice, treatment, LineKind.GOAE, change.service_on or service_day(treatment))
    charge(invoice, line, change, change.number)
    put_in(invoice, line, place_of(invoice, line))


def remove_line(invoice_id: int, version: int | None, line_id: int) -> None:
    """Take a line off the draft. Raises RuleBroken where a surcharge would be left without its service."""
    invoice = open_draft(invoice_id, version)
    invoice.lines.remove(line_of(invoice, line_id))
    settle(invoice)


def move_line(invoice_id: int, version: int | None, line_id: int, *, up: bool) -> None:
    """Change places with the line above or below. Raises RuleBroken at the end of the list."""
    invoice = open_draft(invoice_id, version)
    here = invoice.lines.index(line_of(invoice, line_id))
    there = here - 1 if up else here + 1
    if not 0 <= there < len(invoice.lines):
        raise RuleBroken([Finding("line_at_end", Severity.BLOCK)])
    move_to(invoice, here, there)


def move_to(invoice: Invoice, here: int, there: int) -> None:
    """Put the line at one place, counted from 0, to another; prices follow."""
    invoice.lines.insert(there, invoice.lines.pop(here))
    settle(invoice)


def charge(invoice: Invoice, line: InvoiceLine, change: LineChange, number: str) -> None:
    """Write into a line what is said of its service; its price comes with price_lines."""
    line.service_on = change.service_on or line.service_on
    charged = position_to_charge(number, line.service_on)
    line.goae_number, line.service, line.points = number, charged.text, charged.points or 0
    line.factor, line.quantity = to_factor(change.factor), change.quantity
    line.reason, line.clock_time = change.reason, change.clock_time
    if change.analog_service is not None:
        line.analog_service = change.analog_service
    if change.other_illness is not None:
        line.other_illness = change.other_illness
    agreement = agreed(invoice.course_id, number, line.service_on)
    line.agreement_on = agreement.signed_on if agreement and agreement.factor == line.factor else None


def session_of(invoice: Invoice, treatment_id: int) -> Treatment:
    """The locked session, if a line of this draft may belong to it."""
    if treatment_id not in {entry.id for entry in sessions_for(invoice.id, invoice.course_id)}:
        raise RuleBroken([Finding("session_not_here", Severity.BLOCK)])
    treatment: Treatment = locked(Treatment, treatment_id)
    return treatment


def belonging_line(invoice: Invoice, treatment: Treatment, kind: LineKind, day: dt.date) -> InvoiceLine:
    """A line of the session with its indication; number and price are still to come."""
    indication = treated_indication(treatment)
    regime = VatRegime(session().get_one(Practice, invoice.practice_id).vat_regime)
    return InvoiceLine(
        practice_id=invoice.practice_id,
        treatment_id=treatment.id,
        position=0,
        kind=kind.value,
        service_on=day,
        goae_number="",
        points=0,
        factor=SINGLE,
        quantity=1,
        net=ZERO,
        indication=indication.value,
        vat_rate=vat_rate(indication, regime) or None,
        on_demand=kind is LineKind.GOAE and on_demand(indication),
        analog_service="",
        clock_time="",
        reason="",
        other_illness=False,
    )


def place_of(invoice: Invoice, line: InvoiceLine) -> int:
    """Where a new line goes, counted from 0: behind its session; surcharges of C VIII behind the largest operation."""
    own = [index for index, each in enumerate(invoice.lines) if each.treatment_id == line.treatment_id]
    if not own:
        return len(invoice.lines)
    if line.goae_number not in OPERATION_SURCHARGES:
        return own[-1] + 1
    operations = [index for index in own if invoice.lines[index].goae_number not in OPERATION_SURCHARGES]
    place = max(operations, key=lambda index: invoice.lines[index].points, default=own[-1]) + 1
    while place < len(invoice.lines) and invoice.lines[place].goae_number in OPERATION_SURCHARGES:
        place += 1
    return place


def put_in(invoice: Invoice, line: InvoiceLine, place: int) -> None:
    """Put a line at a place, counted from 0; prices and numbers follow."""
    invoice.lines.insert(place, line)
    settle(invoice)


def settle(invoice: Invoice) -> None:
    """Prices and places of all lines, in the order they stand in now."""
    price_lines(invoice.lines)
    number_through(invoice.lines)
    session().flush()
