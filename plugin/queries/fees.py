"""Reads the fee schedule that held on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import or_, select

from ...models.rules.goae import Position
from ...models.text_version import GoaePosition
from ..extension import session


def positions(numbers: Iterable[str], on: dt.date) -> dict[str, Position]:
    """number -> the position as the schedule of that day has it, in one statement; numbers it lacks are left out."""
    rows = session().scalars(
        select(GoaePosition)
        .where(
            GoaePosition.number.in_(set(numbers)),
            GoaePosition.valid_from <= on,
            or_(GoaePosition.valid_to.is_(None), GoaePosition.valid_to >= on),
        )
        .order_by(GoaePosition.valid_from)  # where two hold, the later one wins below
    )
    return {row.number: position_of(row) for row in rows}


def position_of(row: GoaePosition) -> Position:
    """A row of a schedule as the rules know it."""
    return Position(
        number=row.number,
        text=row.text,
        points=row.points,
        section=row.section,
        threshold=row.threshold,
        maximum=row.maximum,
        fixed=row.fixed,
        agreement_allowed=row.agreement_allowed,
        minimum_minutes=row.minimum_minutes,
    )
