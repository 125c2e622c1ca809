"""The usual services of a procedure: added, changed, moved and taken out by the practice, under its version."""

from __future__ import annotations

import datetime as dt

from ...models.practice import Procedure, ProcedurePosition
from ...models.rules.chains import ChainEntry, entry_findings
from ...models.rules.severity import refuse_blocked
from ..errors import NotFound
from ..extension import session
from ..queries.fees import positions
from ..unit_of_work import locked
from .fees import chain


def keep_position(
    procedure_id: int, version: int | None, position_id: int | None, entry: ChainEntry, today: dt.date
) -> int:
    """Change a position of the chain, or add one at its end. Returns its id.

    Raises NotFound, StalePage, RuleBroken for what no invoice could carry.
    """
    procedure = _locked(procedure_id, version)
    others = [each.goae_number for each in procedure.chain if each.id != position_id]
    found = positions([entry.number], today).get(entry.number)
    refuse_blocked(entry_findings(entry, found, others, today))
    position = _of(procedure, position_id) if position_id else _added(procedure)
    position.goae_number, position.factor = entry.number, entry.factor
    position.analog_service, position.reasons = entry.analog_service, entry.reasons
    _settle(procedure, today)
    return int(position.id)


def move_position(procedure_id: int, version: int | None, position_id: int, *, up: bool, today: dt.date) -> None:
    """One place up or down; at the end of the chain it stays. Raises NotFound, StalePage, RuleBroken."""
    procedure = _locked(procedure_id, version)
    position = _of(procedure, position_id)
    at = procedure.chain.index(position)
    to = at - 1 if up else at + 1
    if 0 <= to < len(procedure.chain):
        other = procedure.chain[to]
        position.position, other.position = other.position, position.position
    _settle(procedure, today)


def remove_position(procedure_id: int, version: int | None, position_id: int, today: dt.date) -> None:
    """Take a position out of the chain. Raises NotFound, StalePage, RuleBroken where another one rests on it."""
    procedure = _locked(procedure_id, version)
    session().delete(_of(procedure, position_id))
    _settle(procedure, today)


def _locked(procedure_id: int, version: int | None) -> Procedure:
    procedure: Procedure = locked(Procedure, procedure_id, version)
    _renumber(procedure)
    return procedure


def _of(procedure: Procedure, position_id: int) -> ProcedurePosition:
    for position in procedure.chain:
        if position.id == position_id:
            return position
    raise NotFound(f"position {position_id} of procedure {procedure.id}")


def _added(procedure: Procedure) -> ProcedurePosition:
    position = ProcedurePosition(
        practice_id=procedure.practice_id, procedure_id=procedure.id, position=len(procedure.chain) + 1
    )
    session().add(position)
    return position


def _settle(procedure: Procedure, today: dt.date) -> None:
    """Read the chain in its new order, and price it once: a surcharge without its service is refused here."""
    session().flush()
    session().expire(procedure, ["chain"])
    _renumber(procedure)
    chain(procedure, today)


def _renumber(procedure: Procedure) -> None:
    for place, position in enumerate(procedure.chain, start=1):
        if position.position != place:
            position.position = place
