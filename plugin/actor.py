"""Who acts: a signed-in person of the host, or the system itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """key and name are stored as text beside what was done; practices are the ids this actor belongs to."""

    key: str
    name: str
    roles: frozenset[str]
    practices: tuple[int, ...]


_acting: ContextVar[Actor | None] = ContextVar("kostenklar_acting", default=None)


@contextmanager
def acting_as(key: str, *, name: str = "", roles: Iterable[str] = (), practices: Iterable[int] = ()) -> Iterator[Actor]:
    """Act as the system ("system:daily") or as a named actor where no request says who sits there."""
    actor = Actor(key, name or key, frozenset(roles), tuple(practices))
    token = _acting.set(actor)
    try:
        yield actor
    finally:
        _acting.reset(token)


def acting() -> Actor | None:
    """The actor set by acting_as, if any."""
    return _acting.get()
