"""What stands on the § 2 GOÄ agreement, and nothing else may (§ 2(2) sentence 3 GOÄ)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from .base import PaperContent, PaperContradictsItself
from .parts import Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedService:
    """Number, name of the service, factor and agreed amount in net euros."""

    number: str
    service: str
    factor: Decimal
    amount: Decimal
    analog_service: str = ""
    minimum_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeAgreementContent(PaperContent):
    """The parties by name, the services, and lines for place, date and signature; the statement is the statute's own.

    No letterhead, no number of a register, no date of printing, no remark: each would be a further declaration.
    `patient` is "" where the patient agrees.
    """

    kind: ClassVar[str] = "fee_agreement"

    payer: str
    patient: str
    physician: str
    services: tuple[AgreedService, ...]
    signatures: tuple[Signature, ...]

    def __post_init__(self) -> None:
        if not (self.payer and self.physician):
            raise PaperContradictsItself("an agreement needs both parties")
        if not self.services:
            raise PaperContradictsItself("an agreement names its services")
