"""The fields of an insurance: alone on the insurance page, and within the form for a new patient."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import Form

from ...models.patient import Policy
from ...models.rules.payers import PolicyKind
from ..patient_texts import COUNTRIES, POLICY_KINDS
from ..services.policies import PolicyData
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .fields import ListField, TextField, enum_choices
from .typed import AmountField, BirthDateField, DateTextField, DecimalTextField

INSURERS = "versicherer"
"""The id of the page's list of known insurers, which suggests while one types."""


class PolicyFields(Form):
    """What a policy is made of; see PolicyData."""

    kind = ListField(
        lazy_kt("Art der Versicherung"),
        choices=enum_choices(POLICY_KINDS),
        coerce=PolicyKind,
        blank=lazy_kt("Bitte wählen"),
        missing=lazy_kt("Die Art der Versicherung fehlt. Von ihr hängt ab, welche Papiere nötig sind."),
    )
    insurer = TextField(
        lazy_kt("Krankenkasse, Versicherer oder Beihilfestelle"),
        required=False,
        render_kw={"list": INSURERS},
    )
    insured_no = TextField(lazy_kt("Versichertennummer"), required=False, longest=60)
    contract_no = TextField(lazy_kt("Vertragsnummer"), required=False, longest=60)
    tariff = TextField(lazy_kt("Tarif"), required=False)
    percentage = DecimalTextField(lazy_kt("Anteil"), required=False, most=100, unit="%")
    deductible = AmountField(lazy_kt("Selbstbehalt im Jahr"), required=False)
    max_factor = DecimalTextField(lazy_kt("Höchster Faktor"), required=False, least=Decimal("0.1"), most=10, places=4)
    valid_from = DateTextField(lazy_kt("Gültig ab"), required=False)
    valid_to = DateTextField(lazy_kt("Gültig bis"), required=False)
    holder_name = TextField(lazy_kt("Name"), required=False)
    holder_birth_date = BirthDateField(lazy_kt("Geburtsdatum"), required=False)
    holder_street = TextField(lazy_kt("Straße und Hausnummer"), required=False)
    holder_postcode = TextField(lazy_kt("PLZ"), required=False, longest=20)
    holder_city = TextField(lazy_kt("Ort"), required=False)
    holder_country = ListField(lazy_kt("Land"), choices=enum_choices(COUNTRIES), default="DE")

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: no end before the beginning, and nobody without a name."""
        sound = super().validate(extra_validators)
        start, end = self.valid_from.data, self.valid_to.data
        if start and end and end < start:
            self.valid_to.errors = [*self.valid_to.errors, kt("Das Ende liegt vor dem Anfang. Bitte prüfen Sie es.")]
            sound = False
        if not self.holder_name.data and any(self[name].data for name in _OF_THE_HOLDER):
            told = kt("Zu diesen Angaben fehlt der Name der Versicherungsnehmerin oder des Versicherungsnehmers.")
            self.holder_name.errors = [*self.holder_name.errors, told]
            sound = False
        return sound

    def typed(self) -> PolicyData:
        """The values of a valid form."""
        return PolicyData(**{name: self[name].data for name in PolicyData.__dataclass_fields__})


_OF_THE_HOLDER = ("holder_birth_date", "holder_street", "holder_postcode", "holder_city")


def values_of(policy: Policy, insurer: str) -> dict[str, Any]:
    """What the form of this insurance starts with."""
    columns = (name for name in PolicyData.__dataclass_fields__ if name != "insurer")
    return {"insurer": insurer} | {name: getattr(policy, name) for name in columns}


class PolicyForm(PolicyFields, KostenklarForm):
    """An insurance on its own page; version is the patient's."""
