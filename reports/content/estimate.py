"""What stands on an estimate: one session itemised like an invoice (§ 12 GOÄ), the sessions, its last day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from .base import PaperContent, PaperContradictsItself, PaperDoesNotAddUp
from .cost_notice import Payer, Price
from .parts import Letterhead, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatedService:
    """One service of a session; `amount` is net euros of the whole line.

    With `analog_service` (what will really be done) the line is charged by analogy, § 6(2) GOÄ. `fee_agreement`: the
    factor needs an agreement under § 2 GOÄ that is still to be made.
    """

    number: str
    service: str
    factor: Decimal
    amount: Decimal
    quantity: int = 1
    analog_service: str = ""
    minimum_minutes: int | None = None
    reason: str = ""
    on_demand: bool = False
    fee_agreement: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateContent(PaperContent):
    """Never a lump sum: a paper without services cannot be built (domain 1.1, estimates and prepayment).

    `par52` stands only on papers of statutory patients, `diagnosis` where an insurer will read it.
    """

    kind: ClassVar[str] = "estimate"

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    issued_on: date
    valid_until: date
    patient: Person
    physician: str
    payer: Payer
    procedure: str
    sites: tuple[str, ...]
    sessions_from: int
    sessions_to: int
    services: tuple[EstimatedService, ...]
    vat_rate: Decimal | None
    session: Price
    total_from: Decimal
    total_to: Decimal
    coverage: tuple[str, ...]
    terms: str
    exemption: str = ""
    par52: str = ""
    diagnosis: str = ""
    insurer: str = ""
    area_cm2: Decimal | None = None
    contact: str = ""
    notes: tuple[str, ...] = ()
    draft: bool = False

    def __post_init__(self) -> None:
        if self.payer != "gkv" and self.par52:
            raise PaperContradictsItself("the § 52 note belongs to statutory patients only")
        if (self.vat_rate is None) != bool(self.exemption):
            raise PaperContradictsItself("the fee has either a VAT rate or the reason of its exemption")
        if self.vat_rate is None and self.session.vat:
            raise PaperContradictsItself("an exempt fee shows VAT")
        if not self.services:
            raise PaperContradictsItself("an estimate names every service; a lump sum is none")
        self._check_amounts()

    def _check_amounts(self) -> None:
        net = sum((service.amount for service in self.services), Decimal())
        if net != self.session.net:
            raise PaperDoesNotAddUp(f"the services make {net}")
        totals = (self.session.gross * self.sessions_from, self.session.gross * self.sessions_to)
        if totals != (self.total_from, self.total_to):
            raise PaperDoesNotAddUp(f"the sessions make {totals[0]} to {totals[1]}")
