"""Positions of the fee schedule that holds on a day, and a procedure's usual chain as priced lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...models.practice import Procedure
from ...models.rules.goae import Position
from ...models.rules.severity import RuleBroken
from ...models.rules.surcharges import NoOperation, charged, surcharge_needs_operation
from ..errors import NotFound
from ..queries.fees import positions


@dataclass(frozen=True, slots=True)
class PricedService:
    """One service of a chain: the position, its factor, what is really done if charged by analogy, net euros."""

    position: Position
    factor: Decimal
    analog_service: str
    net: Decimal


def position(number: str, on: dt.date) -> Position:
    """The position as the schedule of that day has it. Raises NotFound for a number it lacks."""
    try:
        return positions([number], on)[number]
    except KeyError:
        raise NotFound(f"GOÄ {number} on {on}") from None


def charges(services: Sequence[PricedService], factors: Iterable[Decimal]) -> list[Decimal]:
    """Euros net of each service at these factors; a surcharge by percentage from the services before it."""
    positions_in_order = [service.position for service in services]
    return [
        charged(its, factor, positions_in_order[:place])
        for place, (its, factor) in enumerate(zip(positions_in_order, factors, strict=True))
    ]


def chain(procedure: Procedure, on: dt.date, known: Mapping[str, Position] | None = None) -> list[PricedService]:
    """The procedure's usual services, priced. Raises NotFound for a number the schedule lacks.

    `known` are positions of that day that were read already, for many procedures at once.
    Raises RuleBroken for a surcharge by percentage that stands behind no service.
    """
    found = positions([entry.goae_number for entry in procedure.chain], on) if known is None else known
    services: list[PricedService] = []
    for entry in procedure.chain:
        if entry.goae_number not in found:
            raise NotFound(f"GOÄ {entry.goae_number} on {on}")
        its = found[entry.goae_number]
        try:
            net = charged(its, entry.factor, [service.position for service in services])
        except NoOperation:
            raise RuleBroken([surcharge_needs_operation(its.number, on)]) from None
        services.append(PricedService(its, entry.factor, entry.analog_service, net))
    return services
