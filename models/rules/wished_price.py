"""Which factor leads to a wished price, and what speaks against taking it: crooked factors, hidden lump sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from .goae import POINT_VALUE, Moment, Position, check_factor, fee, plain
from .money import CENT, ZERO, TaxedAmount, to_cent
from .severity import Finding, Severity
from .surcharges import charged

_STRAIGHT = Decimal("0.1")  # a factor with more than one decimal place looks reckoned backwards
_MOST = Decimal(999)
_EURO = Decimal(1)


@dataclass(frozen=True, slots=True)
class Service:
    """One service of what is priced, in the order of the invoice."""

    position: Position
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A factor, what everything costs with it, and what speaks against it; `off` is that price less the wished one."""

    factor: Decimal
    amount: TaxedAmount
    off: Decimal
    findings: tuple[Finding, ...] = ()

    @property
    def crooked(self) -> bool:
        """Whether the factor has more than one decimal place."""
        return is_crooked(self.factor)


@dataclass(frozen=True, slots=True)
class Wish:
    """A wished price in euros of one session, net or with VAT at `rate` per cent (0 where none is charged)."""

    price: Decimal
    gross: bool
    rate: Decimal


def is_crooked(factor: Decimal) -> bool:
    """Whether a factor has more than one decimal place: 2.8371 is, 2.8 is not."""
    return factor % _STRAIGHT != 0


def may_move(position: Position) -> bool:
    """Whether a position has a factor to choose: it has points, and is no fixed surcharge."""
    return position.points is not None and not position.fixed


def factors_for(services: Sequence[Service], line: int, wish: Wish, on: date) -> tuple[Suggestion, ...]:
    """Factors of the service `line` (counted from 0) around the wished price, the nearest first.

    The others keep theirs. The straight factors below and above are always among them, for a crooked one rests on no
    criterion of § 5(2) GOÄ. Empty where the others alone cost more than the wish. Raises as charged() does.
    """
    rest = _net(services) - fee(services[line].position, services[line].factor)
    wanted = _net_of(wish) - rest
    if wanted <= 0:
        return ()
    position = services[line].position
    exact = wanted / (Decimal(position.points or 0) * POINT_VALUE)
    straight = (exact.quantize(_STRAIGHT, ROUND_FLOOR), exact.quantize(_STRAIGHT, ROUND_CEILING))
    tried = {_fewest_places(position, exact, wanted), *straight}
    found = [_suggestion(position, factor, rest, wish, on) for factor in tried if 0 < factor <= _MOST]
    return tuple(sorted(found, key=lambda each: (abs(each.off), each.crooked, each.factor)))


def wish_too_low(wish: Wish) -> Finding:
    """The other services alone cost more than what is wished."""
    return Finding("wish_too_low", Severity.BLOCK, "", {"wished": plain(wish.price)})


def _net(services: Sequence[Service]) -> Decimal:
    before: list[Position] = []
    total = ZERO
    for service in services:
        total += charged(service.position, service.factor, before)
        before.append(service.position)
    return total


def _net_of(wish: Wish) -> Decimal:
    """The whole-cent net price that comes to the wished one; where VAT skips a cent, the nearest."""
    if not wish.gross:
        return to_cent(wish.price)
    near = to_cent(wish.price / (1 + wish.rate / 100))
    return min(
        (near, near - CENT, near + CENT),
        key=lambda net: abs(TaxedAmount.from_net(net, wish.rate).gross - wish.price),
    )


def _fewest_places(position: Position, exact: Decimal, wanted: Decimal) -> Decimal:
    """The factor with the fewest decimal places that comes to the amount; four where none does."""
    for places in range(4):
        factor = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if factor > 0 and fee(position, factor) == wanted:
            return factor
    return exact.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def _suggestion(position: Position, factor: Decimal, rest: Decimal, wish: Wish, on: date) -> Suggestion:
    amount = TaxedAmount.from_net(rest + fee(position, factor), wish.rate)
    price = amount.gross if wish.gross else amount.net
    found = check_factor(position, factor, reason=None, agreement_signed_on=None, service_on=on, moment=Moment.ENTRY)
    return Suggestion(factor, amount, price - wish.price, (*found, *_looks_reckoned(factor, price, wish)))


def _looks_reckoned(factor: Decimal, price: Decimal, wish: Wish) -> tuple[Finding, ...]:
    """§ 5(2) GOÄ: difficulty, time and circumstances make the factor, not a price; a lump sum is void (BGH)."""
    if not is_crooked(factor):
        return ()
    crooked = Finding("factor_crooked", Severity.WARN, "§ 5 Abs. 2 GOÄ", {"factor": plain(factor)})
    if price != wish.price or wish.price % _EURO:
        return (crooked,)
    facts = {"factor": plain(factor), "wished": plain(wish.price)}
    return crooked, Finding("lump_sum_hidden", Severity.WARN, "BGH, III ZR 279/23", facts)
