"""The invoice: its lines, its sums, and its exact negative."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .goae import Position, fee, to_factor
from .money import TaxedAmount, to_cents
from .vat import Indication, VatGroup, VatRegime, on_demand, vat_groups


class LineKind(StrEnum):
    """What a line charges: a service of the fee schedule, an expense of § 10 GOÄ, or goods."""

    GOAE = "goae"
    EXPENSE = "expense"
    GOODS = "goods"


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line: a service (with `position`) or, without, an amount taken over from a frozen paper.

    `single` is one service in whole-cent euros net; `count` is negative on a cancellation. `matter` names what the
    line treats (a lesion or a course): one matter has one indication. `session` is the
    treatment it bills. `agreement_signed_on` is the § 2 paper's date. `clock_time` "10:30" or ""; `analog`: charged
    like another service (§ 6(2) GOÄ); `receipt`: its receipt is attached (§ 12(2) no. 5); `other_illness`: a
    Behandlungsfall of its own (domain 10.1 no. 7); `decided_apart`: a physician set its indication for this line
    alone. Goods have `goods_rate`, their VAT in per cent.
    """

    service_on: date
    number: str
    text: str
    single: Decimal
    indication: Indication
    count: int = 1
    factor: Decimal = Decimal(1)
    position: Position | None = None
    reason: str | None = None
    agreement_signed_on: date | None = None
    agreed_factor: Decimal | None = None
    matter: str = ""
    session: str = ""
    kind: LineKind = LineKind.GOAE
    goods_rate: Decimal | None = None
    clock_time: str = ""
    analog: bool = False
    other_illness: bool = False
    receipt: bool = False
    decided_apart: bool = False

    def __post_init__(self) -> None:
        to_cents(self.single)

    @property
    def net(self) -> Decimal:
        """Euros net of the line: each service is rounded by itself, then multiplied."""
        return self.single * self.count

    @property
    def on_demand(self) -> bool:
        """Whether "auf Verlangen" stands beside it (§ 12(3) GOÄ)."""
        return self.kind is LineKind.GOAE and on_demand(self.indication)


@dataclass(frozen=True, slots=True)
class InvoiceTotals:
    """The sums at the foot: one VAT group per rate and exemption, and all of them together."""

    groups: tuple[VatGroup, ...]
    amount: TaxedAmount

    @property
    def net(self) -> Decimal:
        """Euros net of the whole invoice."""
        return self.amount.net

    @property
    def vat(self) -> Decimal:
        """Euros VAT; zero is never printed as an amount (§ 14c UStG)."""
        return self.amount.vat

    @property
    def gross(self) -> Decimal:
        """What is to be paid."""
        return self.amount.gross


def service_line(  # noqa: PLR0913 - one keyword for each field of the line that a caller may give
    position: Position,
    factor: Decimal,
    indication: Indication,
    service_on: date,
    *,
    text: str | None = None,
    count: int = 1,
    reason: str | None = None,
    agreement_signed_on: date | None = None,
    agreed_factor: Decimal | None = None,
    matter: str = "",
) -> InvoiceLine:
    """A line for a position at a factor; `text` replaces its name (analogous services). Raises as fee() does."""
    return InvoiceLine(
        service_on=service_on,
        number=position.number,
        text=text or position.text,
        single=fee(position, factor),
        indication=indication,
        count=count,
        factor=to_factor(factor),
        position=position,
        reason=reason,
        agreement_signed_on=agreement_signed_on,
        agreed_factor=agreed_factor,
        matter=matter,
    )


def invoice_totals(lines: Iterable[InvoiceLine], regime: VatRegime) -> InvoiceTotals:
    """Groups and sums of all lines; their order does not matter. Raises RuleBroken where a line is undecided."""
    groups = vat_groups(lines, regime)
    return InvoiceTotals(groups, sum((group.amount for group in groups), TaxedAmount.nothing()))


def services_gross(lines: Iterable[InvoiceLine], regime: VatRegime) -> Decimal:
    """Euros gross without goods: what a cost information or an estimate can announce."""
    return invoice_totals([line for line in lines if line.kind is not LineKind.GOODS], regime).gross


def negated(lines: Sequence[InvoiceLine]) -> tuple[InvoiceLine, ...]:
    """The lines of the cancellation: same services, counts turned, so that the sums are exactly negative."""
    return tuple(replace(line, count=-line.count) for line in lines)
