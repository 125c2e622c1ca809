"""Failed sign-ins are slowed by account and by address: in a table that survives a restart, and never for ever."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, case, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from .records import SignInAttempt

FORGOTTEN_AFTER: Final = dt.timedelta(hours=12)
_LONGEST: Final = 15  # minutes


@dataclass(frozen=True, slots=True)
class Counter:
    """What is counted: `free` failures cost nothing, the next one a minute, then twice as long each time."""

    kind: str
    key: str
    free: int


def counters(login: str, address: str) -> tuple[Counter, Counter]:
    """The account's counter and the address's. The login is hashed: people type passwords into that field, too."""
    return (
        Counter("account", hashlib.sha256(login.encode()).hexdigest(), free=4),
        Counter("address", address[:64], free=19),
    )


def enter(engine: Engine, both: tuple[Counter, ...], now: dt.datetime) -> dt.timedelta:
    """Count an attempt before its password is looked at, so that many at once do not slip through.

    Nothing when it may go on, else how long to wait; an attempt that has to wait does not count.
    """
    with engine.begin() as connection:
        connection.execute(delete(SignInAttempt).where(SignInAttempt.last_at < now - FORGOTTEN_AFTER))
        for counter in both:
            if not _counted(connection, counter, now):
                connection.rollback()
                return _wait(engine, counter, now)
    return dt.timedelta()


def take_back(engine: Engine, both: tuple[Counter, ...], now: dt.datetime) -> None:
    """The password was right: this attempt was no failure, the ones before it stay counted."""
    with engine.begin() as connection:
        for counter in both:
            connection.execute(
                update(SignInAttempt)
                .where(*_is(counter), SignInAttempt.failures > 0)
                .values(failures=SignInAttempt.failures - 1, next_at=now)
            )


def forget(engine: Engine, counter: Counter) -> None:
    """Somebody signed in: the account's failures are over. The address keeps its own."""
    with engine.begin() as connection:
        connection.execute(delete(SignInAttempt).where(*_is(counter)))


def _counted(connection: Connection, counter: Counter, now: dt.datetime) -> bool:
    """One more failure, in one statement; False while the counter's time to wait is not over."""
    insert: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    failures = SignInAttempt.failures + 1
    minutes = [(failures <= counter.free, now)]
    minutes += [(failures == counter.free + 1 + step, now + dt.timedelta(minutes=2**step)) for step in range(4)]
    statement = insert(SignInAttempt).values(kind=counter.kind, key=counter.key, failures=1, last_at=now, next_at=now)
    statement = statement.on_conflict_do_update(
        index_elements=["kind", "key"],
        set_={
            "failures": failures,
            "last_at": now,
            "next_at": case(*minutes, else_=now + dt.timedelta(minutes=_LONGEST)),
        },
        where=SignInAttempt.next_at <= now,
    )
    return connection.execute(statement.returning(SignInAttempt.failures)).first() is not None


def _wait(engine: Engine, counter: Counter, now: dt.datetime) -> dt.timedelta:
    with engine.connect() as connection:
        until = connection.scalar(select(func.max(SignInAttempt.next_at)).where(*_is(counter)))
    return max(dt.timedelta(seconds=1), (until or now) - now)


def _is(counter: Counter) -> tuple[Any, Any]:
    return SignInAttempt.kind == counter.kind, SignInAttempt.key == counter.key
