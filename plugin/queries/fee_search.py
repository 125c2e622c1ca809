"""What the search for a number of the fee schedule reads: three small statements a key stroke, the rest is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from ...models.practice import FavouritePosition, Procedure, ProcedurePosition
from ...models.rules.fee_search import FeeKey, fee_key, find_fees, own_word_keys
from ...models.rules.goae import SINGLE, Position, fee
from ...models.text_version import GoaePosition
from ..access import scoped
from ..extension import extension, session
from .fees import position_of

SHOWN = 12
LONGEST = 100
_KEPT = "fee_keys"


@dataclass(frozen=True, slots=True)
class FeeRow:
    """A number as the search and its page show it; euros net, None where the fee is a share of another one."""

    position: Position
    favourite: bool
    common: bool
    doubtful: bool
    single: Decimal | None
    usual: Decimal | None
    most: Decimal | None


@dataclass(frozen=True, slots=True)
class FeesFound:
    """The first rows of a search, and how many there are at all."""

    rows: tuple[FeeRow, ...]
    count: int


def search_fees(typed: str, on: dt.date) -> FeesFound:
    """The numbers in force on a day that fit what was typed, see rules.fee_search."""
    marked = favourites()
    hits = find_fees(_keys(), typed[:LONGEST], on, favourites=marked, own_words=_own_words())
    wanted = [key.row for key in hits[:SHOWN]]
    rows = {row.id: row for row in session().scalars(select(GoaePosition).where(GoaePosition.id.in_(wanted)))}
    shown = tuple(fee_row(rows[each], favourite=rows[each].number in marked) for each in wanted)
    return FeesFound(shown, len(hits))


def favourites() -> frozenset[str]:
    """The numbers that the practice wants first."""
    return frozenset(session().scalars(scoped(select(FavouritePosition.goae_number))))


def fee_row(row: GoaePosition, *, favourite: bool) -> FeeRow:
    """A row of the schedule with its amounts at single rate, threshold and maximum."""
    its = position_of(row)
    amounts = [None if its.points is None else fee(its, each) for each in (SINGLE, its.threshold, its.maximum)]
    return FeeRow(its, favourite, row.common, row.doubtful, *amounts)


def _own_words() -> dict[str, str]:
    query = (
        select(ProcedurePosition.goae_number, ProcedurePosition.analog_service, Procedure.name_de)
        .join(Procedure, Procedure.id == ProcedurePosition.procedure_id)
        .where(Procedure.active)
    )
    return own_word_keys((number, f"{analog} {name}") for number, analog, name in session().execute(scoped(query)))


def _keys() -> tuple[FeeKey, ...]:
    """The keys of all schedules, kept until another one is loaded: that adds rows, and so raises the largest id."""
    newest = session().scalar(select(func.max(GoaePosition.id))) or 0
    kept: tuple[int, tuple[FeeKey, ...]] | None = extension().state.get(_KEPT)
    if kept is None or kept[0] != newest:
        columns = (
            GoaePosition.id, GoaePosition.number, GoaePosition.text, GoaePosition.valid_from, GoaePosition.valid_to,
            GoaePosition.common,
        )  # fmt: skip
        rows = session().execute(select(*columns).order_by(GoaePosition.id))
        kept = (newest, tuple(fee_key(*row[:-1], common=row[-1]) for row in rows))
        extension().state[_KEPT] = kept
    return kept[1]
