"""What stands on a receipt (Quittung, § 368 BGB): one payment, its way, its invoice; no service, no diagnosis."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from .base import PaperContent
from .parts import Letterhead, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptContent(PaperContent):
    """A receipt is a paper of its own: the invoice stays as it is. `body` is the practice's wording, filled."""

    kind: ClassVar[str] = "receipt"

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    issued_on: date
    patient: Person
    payer: str
    amount: Decimal
    received_on: date
    way: str
    invoice_number: str
    invoice_issued_on: date
    body: str
