"""Keeps the practice's own base rates (§ 247 BGB): one a half-year, with its source."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from ...models.debt import BaseRate
from ...models.practice import Practice
from ..access import scoped
from ..clock import now
from ..extension import actor, session
from ..unit_of_work import SYSTEM, locked


def keep_base_rate(practice_id: int, version: int | None, valid_from: dt.date, percent: Decimal, source: str) -> None:
    """Enter the rate in per cent that holds from that day, or correct the one that was entered. Raises StalePage."""
    locked(Practice, practice_id, version)
    query = select(BaseRate).where(BaseRate.practice_id == practice_id, BaseRate.valid_from == valid_from)
    rate: BaseRate | None = session().scalar(scoped(query))
    if rate is None:
        rate = BaseRate(practice_id=practice_id, valid_from=valid_from)
        session().add(rate)
    rate.percent, rate.source = percent, source
    rate.recorded_at, rate.recorded_by = now(), (actor() or SYSTEM).name
    session().flush()
