"""What stands on a claim statement (Forderungsaufstellung) for a lawyer: the one claim, named so that it is no other.

§ 204 BGB: what is to suspend the limitation has to be individualised. Nothing medical stands here; the invoice is
enclosed and says what it says.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from .base import PaperContent, PaperDoesNotAddUp
from .parts import Letterhead, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPayment:
    """Money that came, or went back with a negative amount."""

    on: date
    way: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLetter:
    """A reminder or dunning letter that was sent."""

    on: date
    name: str
    number: str
    pay_until: date
    fee: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimInterest:
    """Interest for days with one debt and one rate, both ends counted (§ 288(1) BGB)."""

    first: date
    last: date
    principal: Decimal
    percent: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStatementContent(PaperContent):
    """One claim with its way: invoice, payments, letters, default, interest to the day, limitation."""

    kind: ClassVar[str] = "claim_statement"

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    issued_on: date
    patient: Person
    debtor: tuple[str, ...]
    invoice_number: str
    invoice_issued_on: date
    period_from: date
    period_to: date
    due_on: date
    received_on: date | None
    default_since: date | None
    limitation: date
    total: Decimal
    paid: Decimal
    due: Decimal
    interest: Decimal
    fees: Decimal
    claimed: Decimal
    payments: tuple[ClaimPayment, ...]
    letters: tuple[ClaimLetter, ...]
    periods: tuple[ClaimInterest, ...]
    body: str
    note: str = ""

    def __post_init__(self) -> None:
        sums = (
            (self.paid, sum((each.amount for each in self.payments), Decimal(0))),
            (self.due, self.total - self.paid),
            (self.interest, sum((each.amount for each in self.periods), Decimal(0))),
            (self.fees, sum((each.fee for each in self.letters), Decimal(0))),
            (self.claimed, self.due + self.interest + self.fees),
        )
        for said, reckoned in sums:
            if said != reckoned:
                raise PaperDoesNotAddUp(f"{said} is not {reckoned}")
        if self.due <= 0:
            raise PaperDoesNotAddUp("nothing is open")
