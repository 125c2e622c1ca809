"""What stands on a payment reminder (Zahlungserinnerung, level 0): friendly, free, what is open; no diagnosis."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from .base import PaperContent, PaperDoesNotAddUp
from .parts import Letterhead, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderContent(PaperContent):
    """Asks for what is open of one invoice. No interest and no fee: it may be what first causes default (§ 286 BGB)."""

    kind: ClassVar[str] = "reminder"

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    issued_on: date
    patient: Person
    invoice_number: str
    invoice_issued_on: date
    total: Decimal
    paid: Decimal
    due: Decimal
    pay_by: date
    body: str

    def __post_init__(self) -> None:
        if self.total - self.paid != self.due:
            raise PaperDoesNotAddUp(f"{self.total} less {self.paid} is not {self.due}")
        if self.due <= 0:
            raise PaperDoesNotAddUp("nothing is open")

    @property
    def has_giro_code(self) -> bool:
        """Whether there is an account to transfer to."""
        return self.letterhead.bank is not None and self.letterhead.bank.takes_by_code(self.due)
