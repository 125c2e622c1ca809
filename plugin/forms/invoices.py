"""The forms around an invoice: issuing, the owner's override, cancelling, the hand-over."""

from __future__ import annotations

from wtforms import HiddenField

from ..clock import today
from ..texts import lazy_kt
from .base import KostenklarForm
from .fields import LongTextField, RadioRow, TextField, TicksField, choices
from .typed import DateTextField

DELIVERIES = {
    "paper": lazy_kt("gedruckt übergeben"),
    "post": lazy_kt("mit der Post"),
    "email": lazy_kt("per E-Mail"),
}


class SessionsForm(KostenklarForm):
    """Which sessions of a course go on one invoice."""

    treatments = TicksField(lazy_kt("Sitzungen"), must=lazy_kt("Bitte wählen Sie mindestens eine Sitzung."))


class DiagnosisForm(KostenklarForm):
    """The button that puts the diagnosis on the draft or leaves it off."""

    shown = HiddenField()


class ReissueForm(KostenklarForm):
    """The button that writes a cancelled invoice anew."""


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
