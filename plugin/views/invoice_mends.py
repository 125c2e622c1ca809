"""The buttons that mend a finding with one click: what each says, and what it sends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ...models.rules.mends import Mend, MendKind
from .. import formats
from ..access import Permission, may
from ..texts import kt


@dataclass(frozen=True, slots=True)
class Offer:
    """One button: its words, and the change that it sends."""

    label: str
    mend: Mend


def offers_of(mends: Iterable[Mend]) -> list[Offer]:
    """The buttons of a finding, the best one first; none for whoever does not write invoices."""
    if not may(Permission.ISSUE_INVOICES):
        return []
    return [Offer(_LABELS[mend.kind](mend), mend) for mend in mends]


_LABELS: Final[Mapping[MendKind, Callable[[Mend], str]]] = {
    MendKind.SET_FACTOR: lambda mend: kt("Faktor {factor} nehmen", factor=formats.factor(Decimal(mend.value))),
    MendKind.SET_NUMBER: lambda mend: kt("Nr. {number} übernehmen", number=mend.value),
    MendKind.SET_QUANTITY: lambda mend: kt("Anzahl {count} nehmen", count=mend.value),
    MendKind.SET_REASON: lambda mend: kt("Begründung „{reason}“ nehmen", reason=mend.value),
    MendKind.MOVE_AFTER: lambda mend: kt("Hinter Position {line} stellen", line=mend.value),
    MendKind.OTHER_ILLNESS: lambda _mend: kt("Andere Erkrankung"),
    MendKind.REMOVE: lambda mend: kt("Position {line} entfernen", line=mend.line),
}
