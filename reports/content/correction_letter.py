"""What stands on the letter beside a corrected invoice: which one is cancelled, and that the new one is to be used."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from .base import PaperContent, PaperDoesNotAddUp
from .parts import Letterhead, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLetterContent(PaperContent):
    """Names three papers: the cancelled invoice, its cancellation, the new invoice. No service and no diagnosis.

    `credit_note` is the sentence about money that came for the cancelled one, "" where none did.
    """

    kind: ClassVar[str] = "correction_letter"

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    issued_on: date
    patient: Person
    cancelled_number: str
    cancelled_issued_on: date
    cancellation_number: str
    cancellation_issued_on: date
    invoice_number: str
    invoice_issued_on: date
    total: Decimal
    paid: Decimal
    due: Decimal
    body: str
    credit_note: str = ""

    def __post_init__(self) -> None:
        if self.total - self.paid != self.due:
            raise PaperDoesNotAddUp(f"{self.total} less {self.paid} is not {self.due}")
