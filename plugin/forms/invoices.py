"""The forms around an invoice: a line, issuing, the owner's override, cancelling, the hand-over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import HiddenField

from ..clock import today
from ..texts import kt, language, lazy_kt
from .base import KostenklarForm
from .fields import LongTextField, RadioRow, TextField, choices
from .typed import DateTextField, DecimalTextField, TimeTextField, WholeNumberField
from .validators import Unreadable

_MOST_FACTOR = Decimal(999)  # beyond it a decimal point slipped; what is allowed below, the rules say
DELIVERIES = {
    "paper": lazy_kt("Gedruckt übergeben"),
    "post": lazy_kt("Mit der Post"),
    "email": lazy_kt("Per E-Mail"),
}


class FactorField(DecimalTextField):
    """A GOÄ factor; 2,3 and 2.3 are the same, for nobody groups thousands in a factor."""

    missing = lazy_kt("Der Faktor fehlt. Zum Beispiel 2,3.")
    example = lazy_kt("2,3")

    def __init__(self, label: str = "", **kw: Any) -> None:
        super().__init__(label, **{"most": _MOST_FACTOR, "places": 4, **kw})

    def read(self, text: str) -> Decimal:
        value = super().read(text.replace(".", ",") if language() == "de" else text.replace(",", "."))
        if value == 0:
            raise Unreadable(self.too_little())
        return value

    def too_little(self) -> str:
        return kt("Der Faktor ist größer als null. Zum Beispiel 2,3.")


class LineForm(KostenklarForm):
    """What the desk may change in a line of a draft."""

    factor = FactorField(lazy_kt("Faktor"))
    quantity = WholeNumberField(lazy_kt("Anzahl"), least=1, most=99)
    clock_time = TimeTextField(lazy_kt("Uhrzeit"), required=False)
    reason = LongTextField(lazy_kt("Begründung"), required=False, longest=600)


class DraftForm(KostenklarForm):
    """The button that makes a draft of a treatment."""


class IssueForm(KostenklarForm):
    """The button that issues; `shown` is the fingerprint of the draft the page showed."""

    shown = HiddenField()


class DiscardForm(KostenklarForm):
    """The button that puts a draft away."""


class CancelForm(KostenklarForm):
    """Why an invoice is cancelled; the reason stands on the cancellation."""

    reason = TextField(
        lazy_kt("Grund"), longest=300, missing=lazy_kt("Der Grund fehlt. Er steht auf der Stornorechnung.")
    )


class OverrideForm(KostenklarForm):
    """Why the owner issues an invoice without the written agreement."""

    reason = LongTextField(
        lazy_kt("Begründung"),
        longest=1000,
        missing=lazy_kt("Die Begründung fehlt. Sie bleibt bei der Rechnung stehen."),
    )


class DeliveryForm(KostenklarForm):
    """When and how the paper reached the patient."""

    delivered_on = DateTextField(lazy_kt("Übergeben am"), future=False, default=today)
    delivered_how = RadioRow(lazy_kt("Auf welchem Weg"), choices=choices(list(DELIVERIES.items())))
