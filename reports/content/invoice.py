"""What stands on an invoice: § 12 GOÄ, § 14(4) UStG, § 286(3) BGB."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from .base import Language, PaperContent, PaperDoesNotAddUp
from .electronic import Electronic
from .formats import day
from .parts import Letterhead, Person
from .services import VatGroup, check_total, with_line_kinds
from .texts import filled

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceContent(PaperContent):
    """An invoice to the patient or whoever pays for them. A draft has no number and no GiroCode."""

    kind: ClassVar[str] = "invoice"
    schema_version: ClassVar[int] = 2

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    issued_on: date
    patient: Person
    physician: str
    procedure: str
    period_from: date
    period_to: date
    groups: tuple[VatGroup, ...]
    total: Decimal
    due: Decimal
    paid: Decimal = NOTHING
    pay_by: date | None = None
    default_notice: str = ""
    contact: str = ""
    diagnosis: str = ""
    notes: tuple[str, ...] = ()
    draft: bool = False
    electronic: Electronic | None = None

    def __post_init__(self) -> None:
        check_total(self.groups, self.total)
        if self.total - self.paid != self.due:
            raise PaperDoesNotAddUp(f"{self.total} less {self.paid} is not {self.due}")

    @classmethod
    def upgraded(cls, stored: dict[str, Any]) -> dict[str, Any]:
        return as_second_version(stored)

    @property
    def has_giro_code(self) -> bool:
        """Whether there is something to transfer, and an account to transfer it to."""
        bank = self.letterhead.bank
        return not self.draft and bank is not None and bank.takes_by_code(self.due)


def as_second_version(stored: dict[str, Any]) -> dict[str, Any]:
    """An invoice or a cancellation of the first version in the shape of the second; any other as it is."""
    if stored.get("schema_version") != 1:
        return stored
    return {**stored, "schema_version": 2, "groups": with_line_kinds(stored["groups"]), "electronic": None}


def payment_notice(body: str, language: Language, pay_by: date) -> str:
    """The sentence of § 286(3) BGB (text `notice.default286`) with the day until which payment is asked for."""
    return filled(body, {"pay_by": day(pay_by, language)})
