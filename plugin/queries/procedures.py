"""What pages read about the practice's kinds of treatment and their chains."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ...models.practice import Procedure, ProcedurePosition
from ..access import leading, scoped
from ..errors import NotFound
from ..extension import session
from ..texts import language


def procedures() -> list[Procedure]:
    """The active kinds of treatment with their chains, in two statements."""
    query = select(Procedure).where(leading(Procedure), Procedure.active).order_by(Procedure.id)
    return list(session().scalars(scoped(query.options(selectinload(Procedure.chain)))))


def procedure_record(procedure_id: int) -> Procedure:
    """With its chain. Raises NotFound."""
    query = select(Procedure).where(Procedure.id == procedure_id).options(selectinload(Procedure.chain))
    found: Procedure | None = session().scalar(scoped(query))
    if found is None:
        raise NotFound(f"procedure {procedure_id}")
    return found


def procedure_name(procedure: Procedure) -> str:
    """In the reader's language."""
    return procedure.name_en if language() == "en" else procedure.name_de


def chain_position(procedure_id: int, position_id: int) -> ProcedurePosition:
    """One position of a chain. Raises NotFound."""
    query = select(ProcedurePosition).where(
        ProcedurePosition.id == position_id, ProcedurePosition.procedure_id == procedure_id
    )
    found: ProcedurePosition | None = session().scalar(scoped(query))
    if found is None:
        raise NotFound(f"position {position_id} of procedure {procedure_id}")
    return found
