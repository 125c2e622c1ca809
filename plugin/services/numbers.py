"""Draws the next number of a range, in the transaction that uses it (promise 3)."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from ...models.invoice import NumberRange
from ...models.rules.numbering import PREFIXES, UNDATED_KINDS, NumberKind, format_number
from ..extension import session


def draw(practice_id: int, kind: NumberKind, year: int) -> str:
    """The next number, e.g. "RE-2026-0001": gapless, because it is given back with a rolled-back transaction.

    Call it last: the range stays locked until the commit.
    """
    kept_year = 0 if kind in UNDATED_KINDS else year
    taken = _take(practice_id, kind, kept_year)
    if taken is None:
        _open_range(practice_id, kind, kept_year)
        taken = _take(practice_id, kind, kept_year)
    assert taken is not None
    return format_number(taken[0], kept_year or None, taken[1])


def _take(practice_id: int, kind: NumberKind, year: int) -> tuple[str, int] | None:
    row = (
        session()
        .execute(
            update(NumberRange)
            .where(NumberRange.practice_id == practice_id, NumberRange.kind == kind.value, NumberRange.year == year)
            .values(next_number=NumberRange.next_number + 1)
            .returning(NumberRange.prefix, NumberRange.next_number)
            .execution_options(synchronize_session=False)
        )
        .first()
    )
    return (row.prefix, row.next_number - 1) if row else None


def _open_range(practice_id: int, kind: NumberKind, year: int) -> None:
    """Open the year's range; when two do so at once, the second waits for the first and goes on with its row."""
    try:
        with session().begin_nested():
            session().add(NumberRange(practice_id=practice_id, kind=kind.value, year=year, prefix=PREFIXES[kind]))
    except IntegrityError:
        session().scalar(select(NumberRange.id).limit(1))
