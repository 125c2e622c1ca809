"""The forms around a procedure's chain: one position, and moving it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from wtforms import HiddenField

from ...models.practice import ProcedurePosition
from ...models.rules.chains import ChainEntry, entry_findings
from ...models.rules.severity import Finding, blocks
from ..clock import today
from ..queries.fees import positions
from ..sentences import sentence
from ..texts import lazy_kt
from .base import KostenklarForm
from .fields import LongTextField, TextField
from .typed import FactorField

_FIELDS: Final = {
    "position_unknown": "number",
    "factor_fixed": "factor",
    "factor_out_of_range": "factor",
    "factor_unusable": "factor",
}


class PositionForm(KostenklarForm):
    """One service of a chain; give the numbers of the others as `others`."""

    number = TextField(lazy_kt("Nummer"), longest=10, missing=lazy_kt("Die Nummer fehlt. Zum Beispiel 2440."))
    factor = FactorField(lazy_kt("Faktor"))
    analog_service = LongTextField(lazy_kt("Tatsächlich erbrachte Leistung"), required=False, longest=300)
    reasons = LongTextField(lazy_kt("Begründungen zur Auswahl"), required=False, longest=4000)

    def __init__(self, *args: Any, others: Sequence[str] = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.others = others

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that the schedule has the number, and what its factor may be."""
        sound: bool = super().validate(extra_validators)
        if not sound:
            return False
        stopping = blocks(self.findings())
        for each in stopping:
            self.add_problem(_FIELDS.get(each.code), sentence(each))
        return not stopping

    def findings(self) -> list[Finding]:
        """What stands against what was typed, blocks and warnings."""
        entry = self.typed()
        position = positions([entry.number], today()).get(entry.number)
        return entry_findings(entry, position, self.others, today())

    def typed(self) -> ChainEntry:
        """The values of a valid form; a letter of a surcharge is a capital."""
        number = "".join((self.number.data or "").split()).upper().removeprefix("NR.")
        return ChainEntry(
            number, self.factor.data or Decimal(0), self.analog_service.data or "", self.reasons.data or ""
        )


class StepForm(KostenklarForm):
    """The buttons that move a position up or down, or take it out."""

    what = HiddenField()


def position_values(position: ProcedurePosition) -> dict[str, Any]:
    """What the form of a position starts with."""
    return {
        "number": position.goae_number,
        "factor": position.factor,
        "analog_service": position.analog_service,
        "reasons": position.reasons,
    }
