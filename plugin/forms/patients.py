"""The form of a patient: the same for a new one, then with an insurance, and for a changed one."""

from __future__ import annotations

import re
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField

from ...models.patient import Patient
from ...models.rules.folding import fold
from ..clock import BERLIN
from ..patient_texts import COUNTRIES, PAPER_LANGUAGES, PHONE_KINDS, REPRESENTATIVE_KINDS, SEXES
from ..services.patients import PatientData, PhoneData, RecipientData, RepresentativeData
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .fields import CheckField, ListField, PhoneField, RadioRow, TextField, choices, enum_choices
from .policies import PolicyFields
from .typed import BirthDateField, DateTextField

_SKIN_TYPES = list(enumerate(("I", "II", "III", "IV", "V", "VI"), start=1))
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_POSTCODE = re.compile(r"[0-9]{5}")


class PhoneFields(Form):
    """A telephone; an empty number is no telephone."""

    number = PhoneField(lazy_kt("Telefon"), required=False)
    kind = ListField(lazy_kt("Art"), choices=enum_choices(PHONE_KINDS), default="mobile")
    may_leave_message = CheckField(lazy_kt("Nachricht darf hinterlassen werden"))


class RepresentativeFields(Form):
    """Who acts for the patient; an empty name is nobody."""

    name = TextField(lazy_kt("Name"), required=False)
    kind = ListField(lazy_kt("Als"), choices=enum_choices(REPRESENTATIVE_KINDS), default="parent")
    sole_custody = CheckField(lazy_kt("Hat die Sorge allein"))
    proof_seen = CheckField(lazy_kt("Nachweis hat vorgelegen"))

    def validate(self, extra_validators: Any = None) -> bool:
        """A tick without a name belongs to nobody."""
        sound: bool = super().validate(extra_validators)
        if not self.name.data and (self.sole_custody.data or self.proof_seen.data):
            self.name.errors = [*self.name.errors, kt("Der Name der Vertretung fehlt.")]
            return False
        return sound


class RecipientFields(Form):
    """Who gets the invoices instead of the patient."""

    name = TextField(lazy_kt("Name"), required=False)
    street = TextField(lazy_kt("Straße und Hausnummer"), required=False)
    postcode = TextField(lazy_kt("PLZ"), required=False, longest=20)
    city = TextField(lazy_kt("Ort"), required=False)
    country = ListField(lazy_kt("Land"), choices=enum_choices(COUNTRIES), default="DE")
    company = CheckField(lazy_kt("Das ist eine Firma"))

    def validate(self, extra_validators: Any = None) -> bool:
        """All of a letter's address, or nothing."""
        sound: bool = super().validate(extra_validators)
        parts = {
            "name": kt("Der Name auf der Rechnung fehlt."),
            "street": kt("Zur Anschrift auf der Rechnung fehlt die Straße."),
            "city": kt("Zur Anschrift auf der Rechnung fehlt der Ort."),
        }
        if any(self[name].data for name in (*parts, "postcode", "company")):
            for name, told in parts.items():
                if not self[name].data and not self[name].errors:
                    self[name].errors = [told]
                    sound = False
        postcode = self.postcode.data or ""
        if postcode and self.country.data == "DE" and not _POSTCODE.fullmatch(postcode):
            self.postcode.errors = [kt("Die PLZ hat fünf Ziffern. Zum Beispiel 50667.")]
            sound = False
        return sound


class PatientForm(KostenklarForm):
    """What the desk knows of a person; see PatientData."""

    last_name = TextField(lazy_kt("Nachname"), missing=lazy_kt("Der Nachname fehlt."))
    first_name = TextField(lazy_kt("Vorname"), missing=lazy_kt("Der Vorname fehlt."))
    title = TextField(lazy_kt("Titel"), required=False, longest=60)
    birth_name = TextField(lazy_kt("Geburtsname"), required=False)
    birth_date = BirthDateField(lazy_kt("Geburtsdatum"))
    sex = RadioRow(lazy_kt("Geschlecht"), choices=enum_choices(SEXES), required=False)
    street = TextField(lazy_kt("Straße und Hausnummer"), required=False)
    postcode = TextField(lazy_kt("PLZ"), required=False, longest=20, render_kw={"inputmode": "numeric"})
    city = TextField(lazy_kt("Ort"), required=False)
    country = ListField(lazy_kt("Land"), choices=enum_choices(COUNTRIES), default="DE")
    phones = FieldList(FormField(PhoneFields), min_entries=2, max_entries=12)
    email = TextField(lazy_kt("E-Mail"), required=False, render_kw={"inputmode": "email"})
    email_consent = CheckField(lazy_kt("Stimmt zu, Papiere per E-Mail zu bekommen"))
    language = RadioRow(lazy_kt("Sprache der Papiere"), choices=enum_choices(PAPER_LANGUAGES), default="de")
    kvnr = TextField(
        lazy_kt("Krankenversichertennummer"),
        required=False,
        longest=60,
        description=lazy_kt("Ein Buchstabe und neun Ziffern"),
    )
    external_id = TextField(lazy_kt("Nummer im Praxisprogramm"), required=False, longest=60)
    skin_type = ListField(
        lazy_kt("Hauttyp nach Fitzpatrick"),
        choices=choices(_SKIN_TYPES),
        coerce=int,
        blank=lazy_kt("Noch nicht bestimmt"),
        required=False,
    )
    skin_sensitive = CheckField(lazy_kt("Sehr empfindliche Haut"))
    representatives = FieldList(FormField(RepresentativeFields), min_entries=2, max_entries=6)
    recipient = FormField(RecipientFields)
    e_invoice = CheckField(lazy_kt("Möchte elektronische Rechnungen (XML im PDF)"))
    privacy_version = TextField(lazy_kt("Fassung"), required=False, longest=60)
    privacy_on = DateTextField(lazy_kt("Datenschutzhinweise ausgehändigt am"), required=False, future=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also what concerns two fields at once."""
        sound: bool = super().validate(extra_validators)
        for name, told in self._contradictions():
            self.add_problem(name, told)
            sound = False
        return sound

    def _contradictions(self) -> list[tuple[str, str]]:
        found = []
        email, postcode = self.email.data or "", self.postcode.data or ""
        if email and not _EMAIL.fullmatch(email):
            found.append(("email", kt("Diese E-Mail-Adresse stimmt nicht. Zum Beispiel name@praxis.de.")))
        if self.email_consent.data and not email:
            found.append(("email", kt("Zur Zustimmung fehlt die E-Mail-Adresse.")))
        if postcode and self.country.data == "DE" and not _POSTCODE.fullmatch(postcode):
            found.append(("postcode", kt("Die PLZ hat fünf Ziffern. Zum Beispiel 50667.")))
        return found

    def typed(self) -> PatientData:
        """The values of a valid form."""
        plain = {name: self[name].data for name in _PLAIN}
        return PatientData(
            **plain,
            sex=self.sex.data or "",
            kvnr=(self.kvnr.data or "").replace(" ", "").upper(),
            phones=tuple(PhoneData(**row) for row in self.phones.data if row["number"]),
            representatives=tuple(RepresentativeData(**row) for row in self.representatives.data if row["name"]),
            recipient=RecipientData(**self.recipient.data) if self.recipient.data["name"] else None,
        )

    @property
    def open_parts(self) -> frozenset[str]:
        """The folded parts of the page that hold something, or something wrong."""
        filled = {
            "representatives": any(row["name"] for row in self.representatives.data),
            "recipient": bool(self.recipient.data["name"] or self.e_invoice.data),
            "more": any(self[name].data for name in _MORE),
        }
        wrong = {"representatives", "recipient"} & self.errors.keys()
        more = {"more"} if set(_MORE) & self.errors.keys() else set()
        return frozenset({name for name, there in filled.items() if there} | wrong | more)


_PLAIN = tuple(
    name
    for name in PatientData.__dataclass_fields__
    if name not in ("sex", "kvnr", "phones", "representatives", "recipient")
)
_MORE = ("birth_name", "external_id", "skin_type", "skin_sensitive", "privacy_version", "privacy_on")


class NewPatientForm(PatientForm):
    """With the first insurance, and with whom the desk was already asked about: see `asked`."""

    policy = FormField(PolicyFields)
    asked_about = HiddenField()

    @property
    def question(self) -> str:
        """Whom the form is about: who changes the name or the birth date is asked again."""
        return f"{fold(self.last_name.data or '').spelled} {self.birth_date.data}"

    @property
    def asked(self) -> bool:
        """Whether the page has already shown the likely doubles of exactly this person."""
        return bool(self.asked_about.data == self.question)

    def ask(self) -> None:
        """Remember that it does so now."""
        self.asked_about.data = self.question


def values_of(patient: Patient) -> dict[str, Any]:
    """What a form of this patient starts with."""
    columns = (*(name for name in _PLAIN if name != "privacy_on"), "version", "sex", "kvnr", "recipient")
    values = {name: getattr(patient, name) for name in columns}
    values["recipient"] = patient.recipient or {}
    values["privacy_on"] = patient.privacy_at.astimezone(BERLIN).date() if patient.privacy_at else None
    values["phones"] = [
        {"number": each.number, "kind": each.kind, "may_leave_message": each.may_leave_message}
        for each in patient.phones
    ]
    values["representatives"] = [
        {
            "name": each.name,
            "kind": each.kind,
            "sole_custody": each.sole_custody,
            "proof_seen": each.proof_seen_at is not None,
        }
        for each in patient.representatives
    ]
    return values
