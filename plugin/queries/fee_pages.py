"""What the page of one number of the fee schedule reads: its row, the rules under it, and where it is used."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from ...models.practice import FavouritePosition, Procedure, ProcedurePosition
from ...models.text_version import GoaePosition
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from ..texts import language
from .fee_search import FeeRow, fee_row


@dataclass(frozen=True, slots=True)
class Validity:
    """One schedule that has the number, and the days it holds."""

    schedule: str
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True)
class FeePage:
    """A number with the rules printed under it; `in_force` says whether it holds on the day that was asked for."""

    row: FeeRow
    schedule: str
    in_force: bool
    rules: tuple[str, ...]
    validities: tuple[Validity, ...]
    used_in: tuple[tuple[int, str], ...]


def fee_page(number: str, on: dt.date) -> FeePage:
    """The number as the schedule of that day has it, else as the nearest one had it. Raises NotFound."""
    query = select(GoaePosition).where(GoaePosition.number == number).order_by(GoaePosition.valid_from.desc())
    rows = list(session().scalars(query.limit(20)))
    if not rows:
        raise NotFound(f"GOÄ {number}")
    holding = [row for row in rows if row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)]
    shown = (holding or rows)[0]
    marked = session().scalar(scoped(select(FavouritePosition.id).where(FavouritePosition.goae_number == number)))
    return FeePage(
        row=fee_row(shown, favourite=marked is not None),
        schedule=shown.schedule,
        in_force=bool(holding),
        rules=tuple(filter(None, (rule.strip() for rule in shown.notes.split("|")))),
        validities=tuple(Validity(row.schedule, row.valid_from, row.valid_to) for row in rows),
        used_in=_used_in(number),
    )


def _used_in(number: str) -> tuple[tuple[int, str], ...]:
    """(id, name) of the procedures whose chain has the number."""
    query = (
        select(Procedure.id, Procedure.name_en if language() == "en" else Procedure.name_de)
        .join(ProcedurePosition, ProcedurePosition.procedure_id == Procedure.id)
        .where(ProcedurePosition.goae_number == number)
        .distinct()
        .order_by(Procedure.id)
    )
    return tuple((found, name) for found, name in session().execute(scoped(query)))
