"""What the payers will probably not reimburse: an estimate of an estimate, open wherever somebody has not committed.

The patient always pays the whole invoice (domain 10.1 no. 11). Deductible and premium refund are left out, and no
figure is made up: an open answer, a promise without figures or an unknown share of the policy leaves the result open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from .clarification_clock import PayerRole
from .money import ZERO, TaxedAmount, to_cent

WHOLE = Decimal(100)


class Decision(StrEnum):
    """What an answer says; the last two commit to nothing (domain 10.1 no. 10)."""

    FULL = "full"
    PART = "part"
    REFUSED = "refused"
    NO_COMMITMENT = "no_commitment"
    ADVISER_REPORT = "adviser_report"


class Verdict(StrEnum):
    """What an answer says of one line."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    OPEN = "open"


class Caution(StrEnum):
    """What stands beside a figure; each has its sentence."""

    SECTION_2_FEE = "section_2_fee"  # Beihilfe often takes such fees only to the threshold
    CONDITIONS = "conditions"
    RAN_OUT = "ran_out"


@dataclass(frozen=True, slots=True)
class EstimatedLine:
    """One line of the estimate: net euros of one session, its VAT rate (None where exempt), its factor."""

    id: int
    net: Decimal
    factor: Decimal
    vat_rate: Decimal | None
    fee_agreement: bool = False


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """What the payer said of a line; `amount` is net euros of one session."""

    verdict: Verdict
    factor_cap: Decimal | None = None
    amount: Decimal | None = None
    sessions: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer that stands. `amount` is what this payer itself pays in all, in euros."""

    decision: Decision
    amount: Decimal | None = None
    factor_cap: Decimal | None = None
    sessions: int | None = None
    lines: Mapping[int, LineAnswer] = field(default_factory=dict)
    conditions: bool = False
    ran_out: bool = False

    @property
    def says_how_much(self) -> bool:
        """Whether a part can be computed from it."""
        return any((self.amount is not None, self.factor_cap, self.sessions is not None, self.lines))


@dataclass(frozen=True, slots=True)
class Payer:
    """One payer of the course: per cent of the policy (None where unknown) and the answer, None while there is none."""

    name: str
    role: PayerRole
    share: Decimal | None
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class PayerPart:
    """What falls to one payer, in euros; `pays` and `gap` are None while it is open."""

    payer: Payer
    part: Decimal | None
    pays: Decimal | None
    cautions: tuple[Caution, ...] = ()

    @property
    def gap(self) -> Decimal | None:
        """Of this payer's part probably not reimbursed; never negative."""
        if self.part is None or self.pays is None:
            return None
        return max(self.part - self.pays, ZERO)


@dataclass(frozen=True, slots=True)
class Expectation:
    """The whole: `gap` is what all payers together leave, None while one of them is open."""

    total: Decimal
    parts: tuple[PayerPart, ...]

    @property
    def gap(self) -> Decimal | None:
        """Probably not reimbursed, before deductible and premium refund; never negative."""
        if not self.parts or any(part.pays is None for part in self.parts):
            return None
        return max(self.total - sum((part.pays or ZERO for part in self.parts), ZERO), ZERO)


def expectation(total: Decimal, sessions: int, lines: Sequence[EstimatedLine], payers: Sequence[Payer]) -> Expectation:
    """What each payer takes of `total` (gross euros of `sessions` sessions).

    Shares are cut off the running sum, so 70 % and 30 % leave nothing and take nothing twice.
    """
    parts, done = [], Decimal(0)
    for payer in payers:
        share = _share(payer, alone=len(payers) == 1)
        part = None
        if share is not None:
            part = to_cent(total * (done + share) / WHOLE) - to_cent(total * done / WHOLE)
            done += share
        pays = _pays(payer, part, share, sessions, lines)
        parts.append(PayerPart(payer, part, pays, _cautions(payer, lines)))
    return Expectation(total, tuple(parts))


def _share(payer: Payer, *, alone: bool) -> Decimal | None:
    """A single private policy or fund without a percentage covers all of it; Beihilfe never does."""
    if payer.share is not None:
        return payer.share
    return WHOLE if alone and payer.role is not PayerRole.BEIHILFE else None


def _pays(
    payer: Payer, part: Decimal | None, share: Decimal | None, sessions: int, lines: Sequence[EstimatedLine]
) -> Decimal | None:
    answer = payer.answer
    if answer is None or answer.decision in (Decision.NO_COMMITMENT, Decision.ADVISER_REPORT):
        return None
    if answer.decision is Decision.REFUSED:
        return ZERO
    if any(line.verdict is Verdict.OPEN for line in answer.lines.values()):
        return None
    if part is None or share is None:
        return answer.amount
    if answer.decision is Decision.PART and not answer.says_how_much:
        return None
    accepted = to_cent(_accepted(answer, sessions, lines) * share / WHOLE)
    limits = [part, accepted] if _limits_basis(answer) else [part]
    return min([*limits, answer.amount] if answer.amount is not None else limits)


def _limits_basis(answer: Answer) -> bool:
    """Whether the answer cuts what counts, apart from an amount; otherwise the whole part stands to the cent."""
    return bool(answer.factor_cap or answer.sessions is not None or answer.lines)


def _accepted(answer: Answer, sessions: int, lines: Sequence[EstimatedLine]) -> Decimal:
    """Gross euros that count: per session and VAT rate taxed as an estimate is, then times the sessions."""
    total = ZERO
    counts = {line.id: _sessions(answer, line, sessions) for line in lines}
    for number in range(1, sessions + 1):
        nets: dict[Decimal, Decimal] = {}
        for line in lines:
            if number <= counts[line.id]:
                rate = line.vat_rate or Decimal(0)
                nets[rate] = nets.get(rate, ZERO) + _net(answer, line)
        total += sum((TaxedAmount.from_net(net, rate).gross for rate, net in nets.items()), ZERO)
    return total


def _sessions(answer: Answer, line: EstimatedLine, sessions: int) -> int:
    said = answer.lines.get(line.id)
    if said and said.verdict is Verdict.REFUSED:
        return 0
    limits = [limit for limit in (sessions, answer.sessions, said.sessions if said else None) if limit is not None]
    return min(limits)


def _net(answer: Answer, line: EstimatedLine) -> Decimal:
    said = answer.lines.get(line.id)
    net = line.net
    for cap in (answer.factor_cap, said.factor_cap if said else None):
        if cap is not None and cap < line.factor:
            net = min(net, to_cent(line.net * cap / line.factor))
    return min(net, said.amount) if said and said.amount is not None else net


def _cautions(payer: Payer, lines: Sequence[EstimatedLine]) -> tuple[Caution, ...]:
    answer, found = payer.answer, []
    if payer.role is PayerRole.BEIHILFE and any(line.fee_agreement for line in lines):
        found.append(Caution.SECTION_2_FEE)
    if answer and answer.conditions:
        found.append(Caution.CONDITIONS)
    if answer and answer.ran_out:
        found.append(Caution.RAN_OUT)
    return tuple(found)
