"""What a service costs that the GOÄ prices by another one: Nr. 441 and 5298, a percentage of its single rate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from .goae import LASER_SURCHARGE_CAP, POINT_VALUE, NoPoints, Position, fee
from .money import to_cent
from .severity import Finding, Severity


class NoOperation(NoPoints):
    """A percentage has nothing to be a percentage of: no service with points stands before it."""


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share of the single rate of the service before; `most` is its upper end in euros."""

    share: Decimal
    most: Decimal | None = None


# Nr. 441: "100 v.H. des einfachen Gebührensatzes der betreffenden Leistung, jedoch nicht mehr als 132 Deutsche Mark";
# Nr. 5298: "25 v.H. des einfachen Gebührensatzes der betreffenden Leistung".
PERCENTAGES: Mapping[str, Percentage] = MappingProxyType(
    {"441": Percentage(Decimal(1), LASER_SURCHARGE_CAP), "5298": Percentage(Decimal("0.25"))}
)
_OPERATIVE = frozenset("FHIJKL")  # the sections that have operations
OPERATION_SURCHARGES = frozenset(str(number) for number in range(440, 450))  # section C VIII: after their operation


def charged(position: Position, factor: Decimal, before: Sequence[Position] = ()) -> Decimal:
    """Euros net of one service; `before` are the services of the same session above it, as the invoice lists them.

    Raises NoOperation for a percentage without its service, NoPoints for a position that has neither points nor a
    percentage, FactorRefused for a factor that is none.
    """
    rule = PERCENTAGES.get(position.number)
    if position.points is not None or rule is None:
        return fee(position, factor)
    operation = operation_of(position.number, before)
    if operation is None or operation.points is None:
        raise NoOperation(position.number)
    amount = to_cent(operation.points * POINT_VALUE * rule.share)
    return amount if rule.most is None else min(amount, rule.most)


def operation_of(number: str, before: Sequence[Position]) -> Position | None:
    """The service that a surcharge belongs to: the nearest one above it that is itself no surcharge.

    For the surcharges of section C VIII the nearest operation, if there is one.
    """
    services = [entry for entry in reversed(before) if entry.points is not None and not entry.fixed]
    if number in OPERATION_SURCHARGES:
        services.sort(key=lambda entry: entry.section not in _OPERATIVE)  # stable: the nearest stays in front
    return services[0] if services else None


def chargeable(position: Position) -> bool:
    """Whether an amount can be reckoned at all: by points, or as a percentage."""
    return position.points is not None or position.number in PERCENTAGES


def surcharge_needs_operation(number: str, on: date) -> Finding:
    """Nr. 441 and its like stand directly behind the service that they belong to (section C VIII GOÄ)."""
    facts = {"number": number, "service_on": on.isoformat()}
    return Finding("surcharge_needs_operation", Severity.BLOCK, f"Nr. {number} GOÄ", facts)
