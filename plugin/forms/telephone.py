"""The form on the telephone: who was told, how the identity was checked, and what was read aloud."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from ..services.disclosures import NOBODY, Told
from ..telephone_texts import IDENTITIES
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .courses import WhenNeeded
from .fields import ListField, RadioRow, TextField, enum_choices


class SaidField(SelectMultipleField):
    """The sentences that were read, each with its box; the template says them."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    looks: ClassVar[str] = "boxes"


class ReadField(TextField):
    """The fingerprint of what the page said."""

    widget = HiddenInput()


class _Identity(WhenNeeded, ListField):
    """Needed unless nobody was told anything."""

    def pre_validate(self, form: object) -> None:
        WhenNeeded.pre_validate(self, form)
        ListField.pre_validate(self, form)


class TellForm(KostenklarForm):
    """`listener` gets its choices from the view: those who may be told, and nobody."""

    listener = RadioRow(
        lazy_kt("Wem haben Sie Auskunft gegeben?"), missing=lazy_kt("Bitte wählen Sie, wem Sie Auskunft gegeben haben.")
    )
    identity = _Identity(
        lazy_kt("Wie haben Sie geprüft, wer anruft?"), choices=enum_choices(IDENTITIES), blank=lazy_kt("bitte wählen")
    )
    said = SaidField(lazy_kt("Vorgelesen"), validate_choice=False)
    read = ReadField(longest=64, required=False)

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if fits and self.listener.data != NOBODY and not self.identity.data:
            self.add_problem("identity", kt("Bitte wählen Sie, wie Sie geprüft haben, wer anruft."))
            return False
        return fits

    def value(self) -> Told:
        """As the service takes it."""
        return Told(self.listener.data, self.identity.data or "", tuple(self.said.data or ()))
