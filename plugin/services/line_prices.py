"""The one place where an invoice's line gets its price: points, percentage of another line, or what was typed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ...models.invoice import InvoiceLine
from ...models.rules.billing import position_unknown
from ...models.rules.goae import Position
from ...models.rules.invoice import LineKind
from ...models.rules.severity import RuleBroken
from ...models.rules.surcharges import NoOperation, chargeable, charged, surcharge_needs_operation
from ..queries.fees import positions


def position_to_charge(number: str, on: dt.date) -> Position:
    """The position of that day's schedule. Raises RuleBroken for a number it lacks, or that has no amount at all."""
    found = positions([number], on).get(number)
    if found is None or not chargeable(found):
        raise RuleBroken([position_unknown(number, on)])
    return found


def price_lines(lines: Sequence[InvoiceLine]) -> None:
    """Give every GOÄ line, in the order of the invoice, its points and its amount by the schedule of its day.

    One statement for each day of service. A line whose number the schedule lacks stays as it is. Raises RuleBroken
    for a surcharge without the service that it is a percentage of, FactorRefused for a factor that is none.
    """
    services = [line for line in lines if line.kind in (None, LineKind.GOAE.value)]
    schedule = _schedule(services)
    before: defaultdict[tuple[int | None, dt.date], list[Position]] = defaultdict(list)
    for line in services:
        found = schedule[line.service_on].get(line.goae_number)
        if found is None or not chargeable(found):
            continue
        above = before[line.treatment_id, line.service_on]
        line.points = found.points or 0
        try:
            line.net = charged(found, line.factor, above) * line.quantity
        except NoOperation:
            raise RuleBroken([surcharge_needs_operation(found.number, line.service_on)]) from None
        above.append(found)


def _schedule(lines: Iterable[InvoiceLine]) -> dict[dt.date, dict[str, Position]]:
    wanted: defaultdict[dt.date, set[str]] = defaultdict(set)
    for line in lines:
        wanted[line.service_on].add(line.goae_number)
    return {day: positions(numbers, day) for day, numbers in wanted.items()}
