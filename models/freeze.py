"""How a record says that it is frozen: what may still change, from when on, and when it may be deleted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Freeze:
    """Turned into database triggers by models.triggers.

    once: SQL over OLD that says when the row is frozen ("" = from its first day).
    open_columns: columns that stay changeable (a state, a withdrawal); every other one is refused.
    deletable: SQL over OLD under which a delete is allowed ("" = never while frozen).
    fill_only: open columns that may only go from NULL to a value, once.
    empty_only: open columns that may only become NULL (erasure on time).
    rising: open columns whose number may only grow.
    closed: no new row either, once its parent is frozen (the condition is read with NEW for OLD).
    """

    once: str = ""
    open_columns: tuple[str, ...] = ()
    deletable: str = ""
    fill_only: tuple[str, ...] = ()
    empty_only: tuple[str, ...] = ()
    rising: tuple[str, ...] = ()
    closed: bool = False

    @property
    def changeable(self) -> frozenset[str]:
        return frozenset(self.open_columns) | frozenset(self.fill_only) | frozenset(self.empty_only + self.rising)
