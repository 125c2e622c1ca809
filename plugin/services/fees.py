"""Positions of the fee schedule that holds on a day, and a procedure's usual chain as priced lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ...models.practice import Procedure
from ...models.rules.goae import Position, fee
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


def chain(procedure: Procedure, on: dt.date) -> list[PricedService]:
    """The procedure's usual services, priced. Raises NotFound for a number the schedule lacks."""
    found = positions([entry.goae_number for entry in procedure.chain], on)
    services = []
    for entry in procedure.chain:
        if entry.goae_number not in found:
            raise NotFound(f"GOÄ {entry.goae_number} on {on}")
        its = found[entry.goae_number]
        services.append(PricedService(its, entry.factor, entry.analog_service, fee(its, entry.factor)))
    return services
