"""What a device may be set to and what was set at each site, in the words the desk reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from ...models.practice import Device
from ...models.rules.procedures import DeviceLimit, Dose
from ...models.treatment import TreatmentSite
from ..formats import NBSP, area, quantity
from ..texts import kt, lazy_kt


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of one site: its column, its word and its unit ("" for a count)."""

    column: str
    word: str
    unit: str = ""


PARAMETERS: Final = {
    "temperature": Parameter("temperature_c", lazy_kt("Temperatur"), "°C"),
    "seconds": Parameter("seconds", lazy_kt("Einwirkzeit"), "s"),
    "wavelength": Parameter("wavelength_nm", lazy_kt("Wellenlänge"), "nm"),
    "fluence": Parameter("fluence_j_cm2", lazy_kt("Fluenz"), "J/cm²"),
    "spot": Parameter("spot_mm", lazy_kt("Spotgröße"), "mm"),
    "repetition": Parameter("repetition_hz", lazy_kt("Frequenz"), "Hz"),
    "pulses": Parameter("pulses", lazy_kt("Impulse")),
    "cycles": Parameter("cycles", lazy_kt("Durchgänge")),
    "spots": Parameter("spots", lazy_kt("Stellen")),
    "area": Parameter("area_cm2", lazy_kt("Fläche"), "cm²"),
}
"""Name in a device's limits -> the figure it bounds."""

_SHOWN: Final = (
    "temperature", "seconds", "wavelength", "fluence", "spot", "repetition", "pulses", "spots", "cycles", "area",
)  # fmt: skip


def limits_of(device: Device | None) -> tuple[DeviceLimit, ...]:
    """The limits that stand in Device.limits as {"seconds_max": 60, ...}."""
    stored = device.limits if device else {}
    return tuple(
        DeviceLimit(kt(each.word), _end(stored, f"{name}_min"), _end(stored, f"{name}_max"), each.unit)
        for name, each in PARAMETERS.items()
        if f"{name}_min" in stored or f"{name}_max" in stored
    )


def doses_of(sites: Iterable[tuple[str, TreatmentSite]]) -> tuple[Dose, ...]:
    """Each parameter that is known, of (name of the site, its settings)."""
    return tuple(
        Dose(place, kt(each.word), Decimal(value))
        for place, settings in sites
        for each in PARAMETERS.values()
        if (value := getattr(settings, each.column)) is not None
    )


def settings_of(site: TreatmentSite) -> list[tuple[str, str]]:
    """(word, value with its unit) of all that is known of one site, as pages show it."""
    known = []
    for name in _SHOWN:
        each = PARAMETERS[name]
        value = getattr(site, each.column)
        if value is not None:
            known.append((kt(each.word), _written(each, value)))
        if name == "spot" and site.pulse_length:
            known.append((kt("Impulsdauer"), site.pulse_length))
    head = kt("Sonde") if site.temperature_c is not None else kt("Handstück")
    return [(head, site.probe), *known] if site.probe else known


def _written(each: Parameter, value: Any) -> str:
    if each.column == "area_cm2":
        return area(value)
    if each.column == "wavelength_nm":  # nobody writes 1.064 nm
        return f"{value}{NBSP}nm"
    return quantity(value, each.unit) if each.unit else str(value)


def _end(stored: dict[str, Any], name: str) -> Decimal | None:
    value = stored.get(name)
    return None if value is None else Decimal(str(value))
