"""The gate as the desk reads it: what is missing, in a sentence, and where it is solved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ...models.rules.gate_facts import GateItem, GateState, Override, Stops
from ..access import Permission, may
from ..gate_texts import gate_line
from ..texts import kt, lazy_kt
from .gate_facts import gate_of, gate_of_course, happened_on, next_treatment
from .gate_links import Places, address, places, solved_at

__all__ = ["GateRow", "gate_of", "gate_of_course", "gate_rows", "gate_rows_at", "happened_on", "next_treatment"]

_RELEASE: Final = {
    Override.PHYSICIAN: (Permission.OVERRIDE_GATE, lazy_kt("Ärztlich freigeben")),
    Override.OWNER: (Permission.OVERRIDE_AGREEMENT, lazy_kt("Als Praxisleitung freigeben")),
}
_AFTERWARDS: Final = frozenset({"area", "self_payer_agreement"})
"""What may still be opened once the session began: the area is known only then, the agreement opens the invoice."""


@dataclass(frozen=True, slots=True)
class GateRow:
    """One line of "Was fehlt noch"; `url` and `release_url` are "" where this person has no way there.

    `state` is open, waiting, overdue, done or blocked; `stops_start` says that it holds back the start.
    """

    code: str
    state: str
    title: str
    text: str
    link_label: str = ""
    url: str = ""
    stops_start: bool = False
    release_label: str = ""
    release_url: str = ""

    @property
    def detail(self) -> str:
        """`text`, under the name the macro `gate` knows."""
        return self.text

    @property
    def action(self) -> str:
        """`link_label`, under the name the macro `gate` knows."""
        return self.link_label


def gate_rows(
    items: Iterable[GateItem], course_id: int, treatment_id: int | None = None, *, begun: bool = False
) -> list[GateRow]:
    """The items as lines, in their order; one statement for all links.

    `begun`: the session began, so only what can still be made up for has a way out.
    """
    return gate_rows_at(items, places(course_id, treatment_id), begun=begun)


def gate_rows_at(items: Iterable[GateItem], where: Places, *, begun: bool = False) -> list[GateRow]:
    """The items as lines where the ids that links need are known: no statement."""
    return [_row(item, where, begun=begun) for item in items]


def _row(item: GateItem, where: Places, *, begun: bool) -> GateRow:
    line = gate_line(item)
    if item.state is GateState.DONE:
        return GateRow(item.code, line.state, line.title, line.detail)
    label, url = solved_at(item, where, begun=begun)
    release_label, release_url = ("", "") if begun and item.code not in _AFTERWARDS else _release(item, where)
    return GateRow(
        code=item.code,
        state=line.state,
        title=line.title,
        text=line.detail,
        link_label=label,
        url=url,
        stops_start=item.stops is Stops.START,
        release_label=release_label,
        release_url=release_url,
    )


def _release(item: GateItem, where: Places) -> tuple[str, str]:
    if item.override is Override.NOBODY or where.treatment_id is None:
        return "", ""
    permission, label = _RELEASE[item.override]
    if not may(permission):
        return "", ""
    return kt(label), address("treatments_override", treatment_id=where.treatment_id, code=item.code)
