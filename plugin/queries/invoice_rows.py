"""What an invoice's page is made of: head, sums, money, history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ...models.invoice import Invoice
from ...models.rules.e_invoice import EInvoiceDuty
from ...models.rules.mends import Mend
from ...models.rules.money import ZERO
from ...models.rules.payers import PayerKind
from ...models.rules.severity import Finding
from ...models.rules.states import INVOICE, InvoiceState, InvoiceStep
from ..texts import language
from .debts import Debts
from .dunning import DunningStatus
from .invoice_line_rows import LineRow
from .payments import PaymentRow, ReminderRow, claimed


@dataclass(frozen=True, slots=True)
class Head:
    """Whom and what an invoice is about, and where it stands."""

    id: int
    version: int
    kind: str
    state: str
    number: str
    patient_id: int
    last_name: str
    first_name: str
    title: str
    birth_date: dt.date
    course_id: int
    procedure: str
    service_on: dt.date | None
    treatment_id: int | None
    service_until: dt.date | None = None
    sessions: int = 1
    with_lawyer: bool = False

    @property
    def several(self) -> bool:
        """Whether it bills more than one session."""
        return self.sessions > 1

    @property
    def is_draft(self) -> bool:
        return self.state == InvoiceState.DRAFT.value

    @property
    def can_be_cancelled(self) -> bool:
        """Whether the table of states allows it; a cancellation is final."""
        allowed = INVOICE.next_steps(InvoiceState(self.state))
        return self.kind == "invoice" and InvoiceStep.CANCEL in allowed


@dataclass(frozen=True, slots=True)
class SumRow:
    """One VAT group; without a rate it is exempt and shows no VAT (§ 14c UStG)."""

    rate: Decimal | None
    net: Decimal
    vat: Decimal


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A move of the invoice: what, when, who, why."""

    step: str
    at: dt.datetime
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Other:
    """The invoice at the other end of a cancellation, or written anew; `credit` is what the patient has there."""

    id: int
    number: str
    state: str = ""
    credit: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """The course's estimate beside an invoice, in euros gross for so many sessions; `over` is negative below it."""

    number: str
    amount: Decimal
    over: Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """What came in for an issued invoice, in euros: `open` is None where nobody owes it."""

    paid: Decimal
    open: Decimal | None
    credit: Decimal
    payments: tuple[PaymentRow, ...]
    reminders: tuple[ReminderRow, ...]

    @property
    def claims(self) -> Decimal:
        """How much of the credit can pay interest and dunning cost that letters asked for."""
        return min(self.credit, claimed(self.payments, self.reminders))


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft as it would be issued today; no sums while a line is undecided. `fingerprint` of what is shown."""

    head: Head
    lines: tuple[LineRow, ...]
    sums: tuple[SumRow, ...]
    gross: Decimal | None
    payer: PayerKind
    recipient: str
    physician: str
    diagnosis: str
    known_diagnosis: str
    pay_by: dt.date
    estimate: EstimateRow | None
    override_reason: str
    findings: tuple[Finding, ...]
    offers: tuple[tuple[Mend, ...], ...]  # beside the findings: what one click mends
    undecided_lesion_id: int | None
    replaces: Other | None
    fingerprint: str
    e_invoice: bool = False  # the XML goes inside
    to_minor: bool = False  # nobody else is named who pays for a minor
    duty: EInvoiceDuty = EInvoiceDuty.NONE


@dataclass(frozen=True, slots=True)
class IssuedPage:
    """An invoice that left the state of a draft: issued, paid, cancelled, discarded, or a cancellation itself."""

    head: Head
    lines: tuple[LineRow, ...]
    sums: tuple[SumRow, ...]
    gross: Decimal
    payer: PayerKind
    recipient: str
    physician: str
    diagnosis: str
    issued_on: dt.date | None
    due_on: dt.date | None
    paper_id: int | None
    delivered_on: dt.date | None
    delivered_how: str
    email_consent: bool
    cancel_reason: str
    override_reason: str
    other: Other | None
    replaces: Other | None
    follower: Other | None
    money: Money
    estimate: EstimateRow | None
    history: tuple[HistoryRow, ...]
    dunning: DunningStatus | None
    debts: Debts | None
    e_invoice: bool = False  # the XML is inside


def head_of(invoice: Invoice) -> Head:
    """The head of an invoice that is loaded with patient, course, procedure and lines."""
    patient, procedure = invoice.patient, invoice.course.procedure
    days = [line.service_on for line in invoice.lines]
    return Head(
        id=invoice.id,
        version=invoice.version,
        kind=invoice.kind,
        state=invoice.state,
        number=invoice.number or "",
        patient_id=patient.id,
        last_name=patient.last_name,
        first_name=patient.first_name,
        title=patient.title,
        birth_date=patient.birth_date,
        course_id=invoice.course_id,
        procedure=procedure.name_en if language() == "en" else procedure.name_de,
        service_on=min(days, default=None),
        treatment_id=next((line.treatment_id for line in invoice.lines if line.treatment_id is not None), None),
        service_until=max(days, default=None),
        sessions=len({line.treatment_id for line in invoice.lines} - {None}),
        with_lawyer=invoice.handed_over_on is not None,
    )
