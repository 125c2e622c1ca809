"""Forms of an authorised contact: allow somebody to be told, and take that back."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from ..clock import today
from ..grant_texts import CONTACT_SCOPES
from ..sentences import sentence
from ..services.contacts import ContactData, contact_findings, revocation_findings
from ..texts import lazy_kt
from .base import KostenklarForm
from .fields import ListField, PhoneField, RadioRow, TextField, enum_choices
from .typed import DateTextField

ALLOWED_HOW = {
    "schriftlich": lazy_kt("schriftlich"),
    "persönlich am Empfang": lazy_kt("persönlich am Empfang"),
    "am Telefon": lazy_kt("am Telefon"),
}


class ContactForm(KostenklarForm):
    """Who may be told what, and until when; version is the patient's."""

    name = TextField(lazy_kt("Name"), missing=lazy_kt("Der Name fehlt. Wer darf Auskunft bekommen?"))
    relation = TextField(lazy_kt("Beziehung"), required=False, longest=120, description=lazy_kt("zum Beispiel Tochter"))
    telephone = PhoneField(lazy_kt("Telefon"), required=False)
    scope = RadioRow(lazy_kt("Worüber"), choices=enum_choices(CONTACT_SCOPES), default="appointments")
    allowed_on = DateTextField(lazy_kt("Erlaubt am"), future=False)
    how = ListField(lazy_kt("Wie erlaubt"), choices=enum_choices(ALLOWED_HOW), default="schriftlich")
    valid_until = DateTextField(lazy_kt("Gilt bis"), required=False, description=lazy_kt("leer: bis zum Widerruf"))
    places: ClassVar[dict[str, str]] = {
        "contact_allowed_in_future": "allowed_on",
        "contact_ends_before_start": "valid_until",
    }

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if fits:
            for finding in contact_findings(self.typed(), today()):
                self.add_problem(self.places[finding.code], sentence(finding))
                fits = False
        return fits

    def typed(self) -> ContactData:
        """The values of a valid form."""
        return ContactData(**{name: self[name].data for name in ContactData.__dataclass_fields__})


class ContactEndForm(KostenklarForm):
    """The day on which the patient took it back; allowed_on and revoked_on are set by the view."""

    on = DateTextField(lazy_kt("Gilt nicht mehr ab"), future=False)
    allowed_on: dt.date
    revoked_on: dt.date | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if fits:
            for finding in revocation_findings(self.on.data, self.allowed_on, self.revoked_on, today()):
                self.add_problem("on", sentence(finding))
                fits = False
        return fits
