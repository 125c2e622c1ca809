"""What stands on an agreement on instalments: what is open of which invoice, and when how much of it is paid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from .base import PaperContent, PaperDoesNotAddUp
from .parts import Letterhead, Person, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedInstalment:
    """So much until then."""

    due_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentPlanContent(PaperContent):
    """The instalments are exactly what is open: no interest, no costs."""

    kind: ClassVar[str] = "instalment_plan"

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
    instalments: tuple[PlannedInstalment, ...]
    body: str
    signatures: tuple[Signature, ...]

    def __post_init__(self) -> None:
        if self.total - self.paid != self.due:
            raise PaperDoesNotAddUp(f"{self.total} less {self.paid} is not {self.due}")
        planned = sum((each.amount for each in self.instalments), Decimal(0))
        if planned != self.due or any(each.amount <= 0 for each in self.instalments):
            raise PaperDoesNotAddUp(f"the instalments come to {planned}, open are {self.due}")
