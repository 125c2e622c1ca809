"""The trail of sign-ins: who, when, from where; kept for 400 days."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

from sqlalchemy import Engine, delete, insert

from .records import SignInTrail

What = Literal["signed_in", "failed", "slowed", "timed_out", "signed_out", "password_changed", "second_factor"]
KEPT_FOR: Final = dt.timedelta(days=400)  # a year, and the time to look back at it


def note(engine: Engine, what: What, account_id: int | None, address: str, now: dt.datetime) -> None:
    """Write one line, and drop those that are old enough."""
    with engine.begin() as connection:
        connection.execute(insert(SignInTrail).values(at=now, what=what, account_id=account_id, address=address[:64]))
        connection.execute(delete(SignInTrail).where(SignInTrail.at < now - KEPT_FOR))
