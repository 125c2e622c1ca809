"""What stands on the information for the patient: what each payer answered, what is open, what is to be paid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from .base import PaperContent, PaperContradictsItself
from .parts import Letterhead, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerOutcome:
    """One payer: `headline` and `details` in words; `part` and `gap` in euros where both are known.

    `note` is the wording of the presumption where it was noted; `cautions` stand under the figures.
    """

    payer: str
    number: str
    headline: str
    details: tuple[str, ...]
    note: str = ""
    part: Decimal | None = None
    gap: Decimal | None = None
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeContent(PaperContent):
    """All payers of a course. `gap` is None while something is open: then no figure stands there."""

    kind: ClassVar[str] = "outcome"

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    issued_on: date
    patient: Person
    physician: str
    procedure: str
    estimate: str
    payers: tuple[PayerOutcome, ...]
    gap: Decimal | None
    whole: str
    contact: str = ""
    draft: bool = False

    def __post_init__(self) -> None:
        figures = [self.gap, *(payer.gap for payer in self.payers)]
        if any(figure is not None and figure < 0 for figure in figures):
            raise PaperContradictsItself("less than nothing is not reimbursed")
        if not self.payers:
            raise PaperContradictsItself("nobody was asked")
