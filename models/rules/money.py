"""Money: the one rounding, whole cents for the database, and an amount that knows its tax."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


class NotWholeCents(ValueError):
    """An amount with fractions of a cent reached a place that keeps whole cents."""


def to_cent(amount: Decimal) -> Decimal:
    """Round euros to the cent, half away from zero: the commercial rounding and the only one in the house.

    A negated amount rounds to the negated result, so a cancellation mirrors its invoice.
    """
    rounded = amount.quantize(CENT, rounding=ROUND_HALF_UP)
    return rounded or ZERO  # never -0.00 on a paper


def to_cents(amount: Decimal) -> int:
    """Euros as integer cents. Raises NotWholeCents instead of rounding in silence."""
    try:
        whole = amount.quantize(CENT)
    except InvalidOperation as error:
        raise NotWholeCents(str(amount)) from error
    if whole != amount:
        raise NotWholeCents(str(amount))
    return int(whole.scaleb(2))


def from_cents(cents: int) -> Decimal:
    """Integer cents as euros with two places."""
    return Decimal(cents).scaleb(-2).quantize(CENT)


@dataclass(frozen=True, slots=True)
class TaxedAmount:
    """Net, VAT and gross in euros, whole cents; an amount that does not add up cannot be built."""

    net: Decimal
    vat: Decimal
    gross: Decimal

    def __post_init__(self) -> None:
        for part in (self.net, self.vat, self.gross):
            to_cents(part)
        if self.net + self.vat != self.gross:
            raise ValueError(f"{self.net} + {self.vat} is not {self.gross}")

    @classmethod
    def from_net(cls, net: Decimal, rate: Decimal) -> "TaxedAmount":
        """Tax a net amount at `rate` per cent (19, not 0.19)."""
        vat = to_cent(net * rate / 100)
        return cls(net, vat, net + vat)

    @classmethod
    def nothing(cls) -> "TaxedAmount":
        """The neutral element of a sum."""
        return cls(ZERO, ZERO, ZERO)

    def __neg__(self) -> "TaxedAmount":
        return TaxedAmount(to_cent(-self.net), to_cent(-self.vat), to_cent(-self.gross))

    def __add__(self, other: "TaxedAmount") -> "TaxedAmount":
        return TaxedAmount(self.net + other.net, self.vat + other.vat, self.gross + other.gross)
