"""What stands on a cancellation (Stornorechnung): an invoice of its own with every amount negated, § 14(4) UStG."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from .base import PaperContent
from .electronic import Electronic
from .invoice import InvoiceContent, as_second_version
from .parts import Letterhead, Person
from .services import VatGroup, check_total


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationContent(PaperContent):
    """A cancellation names the invoice it takes back; it asks for no payment."""

    kind: ClassVar[str] = "cancellation"
    schema_version: ClassVar[int] = 2

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    issued_on: date
    cancelled_number: str
    cancelled_issued_on: date
    patient: Person
    physician: str
    procedure: str
    period_from: date
    period_to: date
    groups: tuple[VatGroup, ...]
    total: Decimal
    contact: str = ""
    diagnosis: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()
    electronic: Electronic | None = None

    def __post_init__(self) -> None:
        check_total(self.groups, self.total)

    @classmethod
    def upgraded(cls, stored: dict[str, Any]) -> dict[str, Any]:
        return as_second_version(stored)


def cancellation_of(
    invoice: InvoiceContent, *, number: str, issued_on: date, reason: str = "", notes: tuple[str, ...] = ()
) -> CancellationContent:
    """The mirror of an issued invoice: what stood there stands here again, each amount with the opposite sign.

    Receipts lay with the invoice; a cancellation carries none, and says none.
    """
    return CancellationContent(
        language=invoice.language,
        letterhead=invoice.letterhead,
        recipient=invoice.recipient,
        number=number,
        issued_on=issued_on,
        cancelled_number=invoice.number,
        cancelled_issued_on=invoice.issued_on,
        patient=invoice.patient,
        physician=invoice.physician,
        procedure=invoice.procedure,
        period_from=invoice.period_from,
        period_to=invoice.period_to,
        groups=tuple(_negated(group) for group in invoice.groups),
        total=_minus(invoice.total),
        contact=invoice.contact,
        diagnosis=invoice.diagnosis,
        reason=reason,
        notes=notes,
        electronic=invoice.electronic,
    )


def _minus(amount: Decimal) -> Decimal:
    return -amount if amount else amount  # never -0.00 on a paper


def _negated(group: VatGroup) -> VatGroup:
    lines = tuple(replace(line, amount=_minus(line.amount), receipt=False) for line in group.lines)
    return replace(group, net=_minus(group.net), vat=_minus(group.vat), lines=lines)
