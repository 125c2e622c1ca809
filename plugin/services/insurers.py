"""Insurers, funds and Beihilfe authorities as the practice knows them: added, corrected."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from ...models.patient import Insurer
from ...models.rules.folding import fold
from ...models.rules.severity import Finding, RuleBroken, Severity
from ..access import practices, scoped
from ..errors import NotFound
from ..extension import session
from ..unit_of_work import locked


@dataclass(frozen=True, slots=True, kw_only=True)
class InsurerData:
    """Name, kind (gkv, pkv, beihilfe), the number IK, where letters go, and whether it wants its own release form."""

    name: str
    kind: str
    ik: str = ""
    department: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    fax: str = ""
    portal: str = ""
    own_release_form: bool = False


def add_insurer(practice_id: int, data: InsurerData) -> int:
    """A new one. Returns its id; raises NotFound for another practice, RuleBroken where it is there already."""
    if practice_id not in practices():
        raise NotFound(f"practice {practice_id}")
    insurer = Insurer(practice_id=practice_id)
    _write(insurer, data)
    session().add(insurer)
    session().flush()
    return insurer.id


def change_insurer(insurer_id: int, version: int | None, data: InsurerData) -> None:
    """Correct it; papers that were issued stay as they are. Raises NotFound, StalePage, RuleBroken."""
    _write(locked(Insurer, insurer_id, version), data)


def _write(insurer: Insurer, data: InsurerData) -> None:
    if _twin(insurer, data):
        raise RuleBroken([Finding("insurer_double", Severity.BLOCK, "", {"name": data.name})])
    for name in InsurerData.__dataclass_fields__:
        setattr(insurer, name, getattr(data, name))


def _twin(insurer: Insurer, data: InsurerData) -> bool:
    """Whether another one of this kind has this name, however its umlauts are written."""
    query = select(Insurer.id, Insurer.name).where(
        Insurer.practice_id == insurer.practice_id, Insurer.kind == data.kind
    )
    wanted = fold(data.name).spelled
    with session().no_autoflush:
        rows = session().execute(scoped(query)).all()
    return any(fold(name).spelled == wanted for key, name in rows if key != insurer.id)
