"""The forms of the practice: tax and bank, a site, a person, a device."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ...models.practice import Device, Physician, Practice, Staff
from ...models.rules.holidays import FederalState
from ...models.rules.vat import VatRegime
from ..practice_texts import EMPLOYMENTS, GROUP_KINDS, METHODS, STATES, VAT_REGIMES
from ..services.practice import DeviceData, PhysicianData, PracticeData, SiteData, StaffData
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .billing_settings import BillingSettings
from .fields import CheckField, ListField, PhoneField, RadioRow, TextField, choices, enum_choices
from .typed import DateTextField, DecimalTextField, IbanField, WholeNumberField

_LIMITS = (
    "temperature_min", "temperature_max", "seconds_max", "cycles_max", "wavelength_min", "wavelength_max",
    "fluence_max", "spot_min", "spot_max", "repetition_max", "pulses_max",
)  # fmt: skip


class PracticeForm(BillingSettings):
    """Tax, bank and what the law leaves to the practice; see PracticeData."""

    name = TextField(lazy_kt("Name der Praxis"), missing=lazy_kt("Der Name der Praxis fehlt."))
    legal_form = TextField(
        lazy_kt("Rechtsform"), required=False, description=lazy_kt("Zum Beispiel Einzelpraxis, GbR, PartG, GmbH")
    )
    group_kind = ListField(lazy_kt("Art des Zusammenschlusses"), choices=enum_choices(GROUP_KINDS), default="single")
    federal_state = ListField(
        lazy_kt("Bundesland"),
        choices=enum_choices(STATES),
        description=lazy_kt("Für Feiertage bei Fristen (§ 193 BGB)"),
    )
    tax_number = TextField(
        lazy_kt("Steuernummer"),
        required=False,
        longest=60,
        description=lazy_kt("Sie oder die USt-IdNr. steht auf jeder Rechnung (§ 14 Abs. 4 UStG)"),
    )
    vat_id = TextField(lazy_kt("USt-IdNr."), required=False, longest=60)
    vat_regime = RadioRow(lazy_kt("Umsatzsteuer"), choices=enum_choices(VAT_REGIMES), coerce=VatRegime)
    iban = IbanField(lazy_kt("IBAN"), required=False)
    bic = TextField(lazy_kt("BIC"), required=False, longest=60)
    bank_name = TextField(lazy_kt("Bank"), required=False)
    account_holder = TextField(
        lazy_kt("Kontoinhaber"),
        required=False,
        longest=70,
        description=lazy_kt("Steht im GiroCode, höchstens 70 Zeichen"),
    )
    payment_days = WholeNumberField(lazy_kt("Zahlungsziel"), least=0, most=90, unit=lazy_kt("Tage"))
    consent_months = WholeNumberField(lazy_kt("Einwilligung gilt"), least=1, most=60, unit=lazy_kt("Monate"))
    tablet_minutes = WholeNumberField(lazy_kt("Ein Blatt bleibt offen"), least=5, most=180, unit=lazy_kt("Minuten"))
    sign_agreement_on_screen = CheckField(
        lazy_kt("Selbstzahlervereinbarungen dürfen auf dem Tablet unterschrieben werden"),
        description=lazy_kt("Ob das der Form genügt, ist umstritten (§ 126 BGB). Sicher ist Tinte auf Papier."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Also the check digits, and that the tax number is one of the federal state."""
        sound: bool = super().validate(extra_validators)
        checks: tuple[tuple[str, Callable[[str], bool], str], ...] = (
            ("tax_number", self._is_of_the_state, self._no_tax_number()),
            ("vat_id", _is_vat_id, kt("Diese USt-IdNr. stimmt nicht. Sie beginnt mit DE und hat neun Ziffern.")),
            ("bic", _is_bic, kt("Diese BIC stimmt nicht. Sie hat acht oder elf Stellen, zum Beispiel COBADEFFXXX.")),
        )
        for name, is_right, told in checks:
            if self[name].data and not self[name].errors and not is_right(self[name].data):
                self.add_problem(name, told)
                sound = False
        return sound

    def typed(self) -> PracticeData:
        """The values of a valid form."""
        values = {name: self[name].data for name in PracticeData.__dataclass_fields__ if name in self}
        values["vat_regime"] = self.vat_regime.data.value
        values["case_reading"] = self.case_reading.data.value
        values["iban"] = self.iban.data or ""
        values["vat_id"] = "".join((self.vat_id.data or "").split()).upper()
        values["bic"] = "".join((self.bic.data or "").split()).upper()
        return PracticeData(**values)

    def _is_of_the_state(self, number: str) -> bool:
        from stdnum.de import stnr

        state = self._state()
        return bool(stnr.is_valid(number, str.__str__(STATES[state]) if state else None))

    def _state(self) -> FederalState | None:
        """The state that was chosen; None also for one that no page of ours offers."""
        chosen = self.federal_state.data
        return FederalState(chosen) if chosen in set(FederalState) else None

    def _no_tax_number(self) -> str:
        chosen = self._state()
        return kt(
            "Diese Steuernummer passt nicht zu {state}. Bitte vergleichen Sie beides mit dem Bescheid.",
            state=kt(STATES[chosen]) if chosen else "",
        )


def _is_vat_id(number: str) -> bool:
    from stdnum.de import vat

    return number.strip().upper().startswith("DE") and bool(vat.is_valid(number))


def _is_bic(code: str) -> bool:
    from stdnum import bic

    return bool(bic.is_valid(code))


class SiteForm(KostenklarForm):
    """What stands in the letterhead."""

    name = TextField(lazy_kt("Name des Standorts"), missing=lazy_kt("Der Name des Standorts fehlt."))
    street = TextField(lazy_kt("Straße und Hausnummer"), missing=lazy_kt("Die Straße fehlt."))
    postcode = TextField(lazy_kt("PLZ"), longest=20, missing=lazy_kt("Die Postleitzahl fehlt."))
    city = TextField(lazy_kt("Ort"), missing=lazy_kt("Der Ort fehlt."))
    telephone = PhoneField(lazy_kt("Telefon"), required=False)
    email = TextField(lazy_kt("E-Mail"), required=False)
    website = TextField(lazy_kt("Internetseite"), required=False)

    def typed(self) -> SiteData:
        """The values of a valid form."""
        return SiteData(**{name: self[name].data for name in SiteData.__dataclass_fields__})


class StaffForm(KostenklarForm):
    """Somebody who works here, and what a physician brings along."""

    title = TextField(lazy_kt("Titel"), required=False, longest=60)
    name = TextField(lazy_kt("Vor- und Nachname"), missing=lazy_kt("Der Name fehlt."))
    employment = ListField(lazy_kt("Stellung"), choices=enum_choices(EMPLOYMENTS), default="employed")
    engaged_from = DateTextField(lazy_kt("Hier seit"), required=False)
    engaged_to = DateTextField(lazy_kt("Hier bis"), required=False)
    actor_key = TextField(
        lazy_kt("Zugang"), required=False, description=lazy_kt("Der Schlüssel, unter dem sich die Person anmeldet")
    )
    physician = CheckField(lazy_kt("Ärztin oder Arzt"))
    specialty = TextField(lazy_kt("Fachgebiet"), required=False)
    may_override = CheckField(lazy_kt("Darf mit Begründung freigeben"), default=True)
    nisv_kind = TextField(
        lazy_kt("Fachkunde für den Laser (§ 5 NiSV)"),
        required=False,
        description=lazy_kt("Art des Nachweises, zum Beispiel Facharzt mit Fortbildung"),
    )
    nisv_issuer = TextField(lazy_kt("Ausgestellt von"), required=False)
    nisv_on = DateTextField(lazy_kt("Ausgestellt am"), required=False, future=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also what concerns two fields at once."""
        sound: bool = super().validate(extra_validators)
        start, end = self.engaged_from.data, self.engaged_to.data
        if start and end and end < start:
            self.add_problem("engaged_to", kt("Das Ende liegt vor dem Anfang. Bitte prüfen Sie es."))
            sound = False
        if self.nisv_kind.data and not self.nisv_on.data and not self.nisv_on.errors:
            self.add_problem("nisv_on", kt("Das Datum des Nachweises fehlt. Zum Beispiel 01.03.2021."))
            sound = False
        return sound

    def typed(self) -> StaffData:
        """The values of a valid form."""
        plain = {name: self[name].data for name in StaffData.__dataclass_fields__ if name != "physician"}
        brought = {name: self[name].data for name in PhysicianData.__dataclass_fields__}
        return StaffData(**plain, physician=PhysicianData(**brought) if self.physician.data else None)


class DeviceForm(KostenklarForm):
    """A cold or laser device; give the sites as `sites`, (id, name) pairs."""

    name = TextField(lazy_kt("Bezeichnung"), missing=lazy_kt("Die Bezeichnung des Geräts fehlt."))
    method = RadioRow(lazy_kt("Verfahren"), choices=enum_choices(METHODS))
    site_id = ListField(lazy_kt("Standort"), coerce=int)
    maker = TextField(lazy_kt("Hersteller"), required=False)
    model = TextField(lazy_kt("Modell"), required=False)
    serial_number = TextField(lazy_kt("Seriennummer"), required=False)
    udi = TextField(lazy_kt("UDI"), required=False)
    laser_class = TextField(lazy_kt("Laserklasse"), required=False, longest=60)
    temperature_min = DecimalTextField(
        lazy_kt("Niedrigste Temperatur"), required=False, least=-200, most=100, unit="°C"
    )
    temperature_max = DecimalTextField(lazy_kt("Höchste Temperatur"), required=False, least=-200, most=100, unit="°C")
    seconds_max = DecimalTextField(lazy_kt("Einwirkzeit höchstens"), required=False, most=3600, unit="s")
    cycles_max = WholeNumberField(lazy_kt("Durchgänge höchstens"), required=False, most=100)
    wavelength_min = WholeNumberField(lazy_kt("Kürzeste Wellenlänge"), required=False, most=20000, unit="nm")
    wavelength_max = WholeNumberField(lazy_kt("Längste Wellenlänge"), required=False, most=20000, unit="nm")
    fluence_max = DecimalTextField(lazy_kt("Fluenz höchstens"), required=False, most=9999, unit="J/cm²")
    spot_min = DecimalTextField(lazy_kt("Kleinster Spot"), required=False, most=100, unit="mm")
    spot_max = DecimalTextField(lazy_kt("Größter Spot"), required=False, most=100, unit="mm")
    repetition_max = DecimalTextField(lazy_kt("Frequenz höchstens"), required=False, most=9999, unit="Hz")
    pulses_max = WholeNumberField(lazy_kt("Impulse höchstens"), required=False, most=99999)
    notified_on = DateTextField(lazy_kt("Der Behörde angezeigt am"), required=False)
    commissioned_on = DateTextField(lazy_kt("In Betrieb seit"), required=False)
    safety_check_due = DateTextField(lazy_kt("Nächste Sicherheitsprüfung"), required=False)
    retired_on = DateTextField(lazy_kt("Außer Betrieb seit"), required=False)

    def __init__(self, *args: Any, sites: Sequence[tuple[int, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.site_id.choices = choices(sites)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that the lower limit is the lower one."""
        sound: bool = super().validate(extra_validators)
        low, high = self.temperature_min.data, self.temperature_max.data
        if low is not None and high is not None and low > high:
            told = kt("Die höchste Temperatur liegt unter der niedrigsten. Minus 89 Grad ist kälter als minus 20.")
            self.add_problem("temperature_max", told)
            sound = False
        for name in ("wavelength", "spot"):
            low, high = self[f"{name}_min"].data, self[f"{name}_max"].data
            if low is not None and high is not None and low > high:
                self.add_problem(
                    f"{name}_max", kt("Der größte Wert liegt unter dem kleinsten. Bitte prüfen Sie beide.")
                )
                sound = False
        return sound

    def typed(self) -> DeviceData:
        """The values of a valid form."""
        plain = {name: self[name].data for name in DeviceData.__dataclass_fields__ if name != "limits"}
        limits = {name: self[name].data for name in _LIMITS if self[name].data is not None}
        return DeviceData(**plain, limits=limits)


def practice_values(practice: Practice) -> dict[str, Any]:
    """What the practice's form starts with."""
    return {name: getattr(practice, name) for name in (*PracticeData.__dataclass_fields__, "version")}


def staff_values(staff: Staff, physician: Physician | None) -> dict[str, Any]:
    """What a person's form starts with."""
    values = {name: getattr(staff, name) for name in StaffData.__dataclass_fields__ if name != "physician"}
    brought = {name: getattr(physician, name) for name in PhysicianData.__dataclass_fields__} if physician else {}
    return {**values, **brought, "physician": physician is not None}


def device_values(device: Device) -> dict[str, Any]:
    """What a device's form starts with."""
    from decimal import Decimal

    values = {name: getattr(device, name) for name in DeviceData.__dataclass_fields__ if name != "limits"}
    return values | {name: Decimal(str(device.limits[name])) for name in _LIMITS if name in device.limits}
