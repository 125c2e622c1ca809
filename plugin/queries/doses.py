"""What a device may be set to and what was set at each site, in the words the desk reads."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final, Protocol

from ...models.practice import Device
from ...models.rules.procedures import DeviceLimit, Dose
from ..texts import kt, lazy_kt

PARAMETERS: Final = {
    "temperature": ("temperature_c", lazy_kt("Temperatur")),
    "seconds": ("seconds", lazy_kt("Einwirkzeit")),
    "cycles": ("cycles", lazy_kt("Durchgänge")),
    "spots": ("spots", lazy_kt("Stellen")),
    "area": ("area_cm2", lazy_kt("Fläche")),
}
"""Name in a device's limits -> the column of a treated site, and its word."""


class Settings(Protocol):
    """Anything with the parameters of one site: a TreatmentSite, or what was typed for one."""

    @property
    def temperature_c(self) -> Decimal | None: ...
    @property
    def seconds(self) -> Decimal | None: ...
    @property
    def cycles(self) -> int | None: ...
    @property
    def spots(self) -> int | None: ...
    @property
    def area_cm2(self) -> Decimal | None: ...


def limits_of(device: Device | None) -> tuple[DeviceLimit, ...]:
    """The limits that stand in Device.limits as {"seconds_max": 60, ...}."""
    stored = device.limits if device else {}
    return tuple(
        DeviceLimit(kt(word), _end(stored, f"{name}_min"), _end(stored, f"{name}_max"))
        for name, (_, word) in PARAMETERS.items()
        if f"{name}_min" in stored or f"{name}_max" in stored
    )


def doses_of(sites: Iterable[tuple[str, Settings]]) -> tuple[Dose, ...]:
    """Each parameter that is known, of (name of the site, its settings)."""
    return tuple(
        Dose(place, kt(word), Decimal(value))
        for place, settings in sites
        for column, word in PARAMETERS.values()
        if (value := getattr(settings, column)) is not None
    )


def _end(stored: dict[str, Any], name: str) -> Decimal | None:
    value = stored.get(name)
    return None if value is None else Decimal(str(value))
