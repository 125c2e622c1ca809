"""What stands on a dunning letter (Mahnung): what is open, since when in default, interest by period; no diagnosis."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from .base import PaperContent, PaperDoesNotAddUp
from .parts import Letterhead, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestPeriod:
    """Days with one debt and one yearly rate in per cent, both ends counted."""

    first: date
    last: date
    days: int
    principal: Decimal
    percent: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningContent(PaperContent):
    """Level 1 or 2. `due` is what is open of the invoice, `demand` that with interest and fee (§§ 286, 288 BGB)."""

    kind: ClassVar[str] = "dunning"

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    issued_on: date
    level: int
    patient: Person
    invoice_number: str
    invoice_issued_on: date
    invoice_due_on: date | None
    total: Decimal
    paid: Decimal
    due: Decimal
    in_default_since: date | None
    interest: tuple[InterestPeriod, ...]
    fee: Decimal
    demand: Decimal
    pay_by: date
    body: str
    closing: str

    def __post_init__(self) -> None:
        if self.total - self.paid != self.due:
            raise PaperDoesNotAddUp(f"{self.total} less {self.paid} is not {self.due}")
        if self.due <= 0:
            raise PaperDoesNotAddUp("nothing is open")
        if self.due + self.interest_total + self.fee != self.demand:
            raise PaperDoesNotAddUp(f"{self.due}, {self.interest_total} and {self.fee} are not {self.demand}")
        if (self.interest or self.fee) and self.in_default_since is None:
            raise PaperDoesNotAddUp("interest or a fee without default")

    @property
    def interest_total(self) -> Decimal:
        """Interest to the letter's day, in euros."""
        return sum((period.amount for period in self.interest), Decimal("0.00"))

    @property
    def has_giro_code(self) -> bool:
        """Whether there is an account to transfer to."""
        return self.letterhead.bank is not None and self.letterhead.bank.takes_by_code(self.demand)
