"""The base rates of § 247 BGB that a practice reckons with: the shipped table, and its own entries before it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import select

from ...models.catalogue import base_rates
from ...models.debt import BaseRate
from ...models.rules.interest import Rate
from ..access import scoped
from ..extension import session


def rates_of(practice_id: int) -> tuple[Rate, ...]:
    """All of them, the newest first; of two of one day the practice's own comes first."""
    query: Any = select(BaseRate.valid_from, BaseRate.percent, BaseRate.source).where(
        BaseRate.practice_id == practice_id
    )
    rows = session().execute(scoped(query))
    own = [Rate(row.valid_from, row.percent, row.source, own=True) for row in rows]
    return tuple(sorted([*_shipped(), *own], key=lambda rate: (rate.valid_from, rate.own), reverse=True))


@cache
def _shipped() -> tuple[Rate, ...]:
    return tuple(Rate(*row) for row in base_rates())
