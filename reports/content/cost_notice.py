"""What stands on the cost information before a treatment (§ 630c(3) BGB), for statutory patients with the agreement."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from .base import Language, PaperContent, PaperContradictsItself, PaperDoesNotAddUp
from .formats import money
from .parts import Letterhead, Person, Signature
from .texts import filled

Payer = Literal["gkv", "pkv", "self_payer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedService:
    """One service of a session as planned: the lowest and the highest factor, quantity and net amount of the line."""

    number: str
    service: str
    factor_from: Decimal
    factor_to: Decimal
    amount_from: Decimal
    amount_to: Decimal
    quantity: int = 1
    analog_service: str = ""
    minimum_minutes: int | None = None
    reason: str = ""
    on_demand: bool = False
    fee_agreement: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Net, VAT and gross euros of one end of the range."""

    net: Decimal
    vat: Decimal
    gross: Decimal

    def __post_init__(self) -> None:
        if self.net + self.vat != self.gross:
            raise PaperDoesNotAddUp(f"{self.net} + {self.vat} is not {self.gross}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CostNoticeContent(PaperContent):
    """Expected costs per session and in total, itemised like an invoice.

    `notice` says who usually pays. `agreement` (the self-payer's declaration) and `par52` stand only on papers of
    statutory patients (domain 10.1 no. 12).
    """

    kind: ClassVar[str] = "cost_notice"

    letterhead: Letterhead
    recipient: tuple[str, ...]
    number: str
    issued_on: date
    patient: Person
    physician: str
    payer: Payer
    procedure: str
    sites: tuple[str, ...]
    sessions_from: int
    sessions_to: int
    services: tuple[PlannedService, ...]
    vat_rate: Decimal | None
    session_from: Price
    session_to: Price
    total_from: Decimal
    total_to: Decimal
    notice: str
    exemption: str = ""
    agreement: str = ""
    par52: str = ""
    receipt: str = ""
    area_cm2: Decimal | None = None
    device: str = ""
    contact: str = ""
    insurer: str = ""
    valid_until: date | None = None
    notes: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    draft: bool = False

    def __post_init__(self) -> None:
        self._check_statutory_parts()
        self._check_amounts()

    def _check_statutory_parts(self) -> None:
        if self.payer != "gkv" and (self.agreement or self.par52):
            raise PaperContradictsItself("the agreement and the § 52 note belong to statutory patients only")
        if (self.vat_rate is None) != bool(self.exemption):
            raise PaperContradictsItself("the fee has either a VAT rate or the reason of its exemption")
        if self.vat_rate is None and (self.session_from.vat or self.session_to.vat):
            raise PaperContradictsItself("an exempt fee shows VAT")

    def _check_amounts(self) -> None:
        lowest = sum((service.amount_from for service in self.services), Decimal())
        highest = sum((service.amount_to for service in self.services), Decimal())
        if (lowest, highest) != (self.session_from.net, self.session_to.net):
            raise PaperDoesNotAddUp(f"the services make {lowest} to {highest}")


def notice_values(
    language: Language, *, gross: tuple[Decimal, Decimal], sessions: tuple[int, int], total: tuple[Decimal, Decimal]
) -> dict[str, str]:
    """The values for the placeholders of the notices: gross per session, sessions, gross in total, each from and to.

    In German the currency stands only behind the upper amount, as the sentence is worded.
    """
    return {
        "gross_from": _lower(gross[0], language),
        "gross_to": money(gross[1], language),
        "sessions_from": str(sessions[0]),
        "sessions_to": str(sessions[1]),
        "total_from": _lower(total[0], language),
        "total_to": money(total[1], language),
    }


def cost_sentence(
    body: str,
    language: Language,
    *,
    gross: tuple[Decimal, Decimal],
    sessions: tuple[int, int],
    total: tuple[Decimal, Decimal],
) -> str:
    """A notice (`notice.gkv`, `notice.pkv`, `notice.own_cost`) with its amounts.

    Where both ends of a range are equal, "{x_from} bis {x_to}" shrinks to the one value.
    """
    values = notice_values(language, gross=gross, sessions=sessions, total=total)
    ends = {"gross": gross, "sessions": sessions, "total": total}
    single = {name for name, (lowest, highest) in ends.items() if lowest == highest}
    body = _RANGE.sub(lambda match: f"{{{match[1]}_to}}" if match[1] in single else match[0], body)
    if sessions == (1, 1):
        body = body.replace("{sessions_to} Sitzungen", "{sessions_to} Sitzung").replace("_to} sessions", "_to} session")
    return filled(body, values)


_RANGE = re.compile(r"\{([a-z]+)_from\} (?:bis|to) \{\1_to\}")


def _lower(amount: Decimal, language: Language) -> str:
    text = money(amount, language)
    return text.removesuffix("\u00a0€") if language == "de" else text
