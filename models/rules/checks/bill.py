"""What the rules of a bill look at: its lines, what was charged before, who pays, and what earlier papers said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from ..costs import AgreementFacts
from ..deadlines import CaseReading
from ..goae import Position
from ..invoice import InvoiceLine, LineKind, invoice_totals, services_gross
from ..issue import IssuerFacts, RecipientFacts
from ..payers import PayerKind, PolicyKind
from ..vat import Indication, VatRegime

NOBODY = RecipientFacts("", "", "", "")
NO_ISSUER = IssuerFacts("", "", "", "", "", "")


class Stage(StrEnum):
    """What the bill is for: an estimate is asked less, nothing has been rendered yet."""

    ESTIMATE = "estimate"
    INVOICE = "invoice"


class StatedOn(StrEnum):
    """A paper of the case that names an indication."""

    COST_NOTICE = "cost_notice"
    ESTIMATE = "estimate"
    COST_QUERY = "cost_query"


@dataclass(frozen=True, slots=True)
class Stated:
    """What one paper says of one matter; `number` is the paper's, "" where the sentence needs none."""

    on: StatedOn
    matter: str
    indication: Indication
    number: str = ""


@dataclass(frozen=True, slots=True)
class Tariff:
    """One policy that holds: its kind and, where known, the highest factor that it pays."""

    kind: PolicyKind
    max_factor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """One charged service of the fee schedule, of this bill (`line` counted from 1) or of an earlier one (0)."""

    service_on: date
    number: str
    section: str
    count: int = 1
    clock_time: str = ""
    session: str = ""
    analog: bool = False
    other_illness: bool = False
    line: int = 0
    reason: str = ""


@dataclass(frozen=True)  # without slots: what many rules ask for is made once
class Bill:
    """All that the rules ask of an invoice draft or an estimate.

    `earlier`: services of the patient's issued invoices that stand. `indications` of all treated lesions;
    `laser_areas` in cm² by session, without sessions that name none; `naevus_sessions` treat a mole. `announced_gross`
    is the upper end of the cost information in euros for so many sessions, `estimated_gross` that of the estimate.
    `agreement_overridden` is the owner's logged decision. `insurer_asks_diagnosis` where the invoice goes to an insurer
    or Beihilfe and names none; `unprintable` the characters that somebody typed and the papers' face lacks.
    """

    lines: tuple[InvoiceLine, ...]
    regime: VatRegime
    payer: PayerKind
    today: date
    stage: Stage = Stage.INVOICE
    issue_on: date | None = None
    issuer: IssuerFacts = NO_ISSUER
    recipient: RecipientFacts = NOBODY
    physician: str = ""
    tariffs: tuple[Tariff, ...] = ()
    earlier: tuple[Service, ...] = ()
    case_reading: CaseReading = CaseReading.MONTH
    agreement: AgreementFacts = field(default_factory=AgreementFacts)
    agreement_overridden: bool = False
    books_locked_until: date | None = None
    stated: tuple[Stated, ...] = ()
    announced_gross: Decimal | None = None
    estimated_gross: Decimal | None = None
    estimate_number: str = ""
    indications: frozenset[Indication] = frozenset()
    aborted: bool = False
    laser_areas: Mapping[str, Decimal] = field(default_factory=dict)
    naevus_sessions: frozenset[str] = frozenset()
    insurer_asks_diagnosis: bool = False
    unprintable: tuple[str, ...] = ()
    account_is_valid: bool = True

    def goae_lines(self) -> Iterator[tuple[int, InvoiceLine, Position]]:
        """(place counted from 1, line, position) of all lines of the fee schedule that are in it."""
        for place, line in enumerate(self.lines, start=1):
            if line.kind is LineKind.GOAE and line.position is not None:
                yield place, line, line.position

    def other_lines(self, kind: LineKind) -> Iterator[tuple[int, InvoiceLine]]:
        """(place counted from 1, line) of the expenses, or of the goods."""
        return ((place, line) for place, line in enumerate(self.lines, start=1) if line.kind is kind)

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """The bill's own services."""
        return tuple(
            Service(
                line.service_on, position.number, position.section, line.count, line.clock_time, line.session,
                line.analog, line.other_illness, place, line.reason or "",
            )
            for place, line, position in self.goae_lines()
        )  # fmt: skip

    def sells_goods_alone(self) -> bool:
        """Whether nothing was rendered: what the law asks of a physician's service is not asked."""
        return bool(self.lines) and all(line.kind is LineKind.GOODS for line in self.lines)

    def announced_part(self) -> Decimal | None:
        """The gross sum in euros without goods, which no cost paper announces; None while a line is undecided."""
        if self.gross is None:
            return None
        return services_gross(self.lines, self.regime)

    @cached_property
    def gross(self) -> Decimal | None:
        """The gross sum in euros, or None while a line is undecided."""
        if any(line.indication is Indication.UNDECIDED and line.goods_rate is None for line in self.lines):
            return None
        return invoice_totals(self.lines, self.regime).gross


def at(place: int, number: str, **facts: str) -> dict[str, str]:
    """The facts of a finding about one line: its place counted from 1, its number, and more."""
    return {"line": str(place), "number": number, **facts}


def same_contact(one: Service, other: Service) -> bool:
    """Whether two services belong to one contact: one day, unless clock times tell them apart."""
    apart = one.clock_time and other.clock_time and one.clock_time != other.clock_time
    return one.service_on == other.service_on and not apart
