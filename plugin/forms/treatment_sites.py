"""The table of parameters in a form: one row of fields a lesion, with the hints of the last time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, cast

from wtforms import Field

from ...models.course import Lesion, place
from ...models.treatment import Treatment, TreatmentSite
from ..formats import plain_number
from ..services.treatment_records import SiteRecord
from ..texts import kt, language, lazy_kt
from .fields import TextField
from .typed import DecimalTextField, WholeNumberField
from .validators import Unreadable

_OF_COLD: Final = ("probe", "temperature_c", "seconds", "cycles", "spots", "area_cm2")
_OF_LASERS: Final = (
    "probe", "wavelength_nm", "fluence_j_cm2", "spot_mm", "pulse_length", "repetition_hz", "pulses", "cycles",
    "area_cm2",
)  # fmt: skip
PARAMETERS: Final = tuple(dict.fromkeys(_OF_COLD + _OF_LASERS))
_MAY_BE_UNKNOWN: Final = frozenset({"probe", "pulse_length", "repetition_hz"})
"""What a record need not hold: many lasers have one fixed pulse."""
_PULSE: Final = re.compile(r"(\d{1,6}(?:,\d{1,3})?)\s*(ps|ns|µs|μs|us|ms)")


class PulseField(TextField):
    """The length of a pulse with its unit: "10 ns"; a figure alone could mean anything."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if not self.data:
            return
        read = _PULSE.fullmatch(self.data)
        if read is None:
            raise Unreadable(kt("Bitte mit Einheit: ps, ns, µs oder ms. Zum Beispiel 10 ns."))
        unit = read[2].replace("us", "µs").replace("μ", "µ")
        self.data = f"{read[1]} {unit}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its field's name, its head, and its unit."""

    name: str
    label: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A lesion with its fields, and the hints of the last time by field name."""

    lesion_id: int
    title: str
    fields: dict[str, Any]
    hints: dict[str, str]


class SiteTable:
    """Mixed into forms that ask for parameters: the fields s<lesion>_<name>, made by `with_sites`."""

    lesions: tuple[Lesion, ...] = ()
    columns: tuple[Column, ...] = ()

    def rows(self, last: Treatment | None) -> list[Row]:
        """The rows as the page shows them, with "zuletzt 10, geändert"."""
        before = {site.lesion_id: site for site in last.sites} if last else {}
        return [
            Row(
                lesion.id,
                place(lesion.site, lesion.side, language()),
                fields := self._row(lesion.id),
                {name: _hint(field, before.get(lesion.id), name) for name, field in fields.items()},
            )
            for lesion in self.lesions
        ]

    def fill_sites(self, sites: Iterable[TreatmentSite]) -> None:
        """Put recorded parameters into the fields, over whatever stands there."""
        for site in sites:
            for name, field in self._row(site.lesion_id).items():
                field.data, field.raw_data, field.process_errors = getattr(site, name), None, []

    def site_records(self) -> tuple[SiteRecord, ...]:
        """The lesions for which at least one figure was typed."""
        return tuple(
            SiteRecord(lesion.id, **{name: _typed(field) for name, field in self._row(lesion.id).items()})
            for lesion in self.lesions
            if self._touched(lesion.id)
        )

    def ask_for_all(self) -> bool:
        """A row that was begun must be whole but for what may be unknown; puts a sentence beside what is missing."""
        whole = True
        for lesion in self.lesions:
            if not self._touched(lesion.id):
                continue
            for name in self._figures():
                field = self._row(lesion.id)[name]
                if name not in _MAY_BE_UNKNOWN and field.data is None and not field.errors:
                    missing = kt("{site}: Bei „{label}“ fehlt die Zahl.", site=lesion.place, label=field.label.text)
                    field.errors = [missing]
                    whole = False
        return whole

    def _figures(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.name not in ("probe", "pulse_length"))

    def _row(self, lesion_id: int) -> dict[str, Any]:
        form = cast(Any, self)
        names = [column.name for column in self.columns]
        return {name: form[f"s{lesion_id}_{name}"] for name in names if f"s{lesion_id}_{name}" in form}

    def _touched(self, lesion_id: int) -> bool:
        row = self._row(lesion_id)
        return any(row[name].data is not None or row[name].errors for name in self._figures())


def with_sites(base: type[Any], treatment: Treatment) -> type[Any]:
    """The form class with a row for each lesion of the course; what a laser does not have is not asked."""
    laser = treatment.course.procedure.method == "laser"
    columns = _columns(laser=laser)
    fields: dict[str, Any] = {
        f"s{lesion.id}_{column.name}": _field(column) for lesion in treatment.course.lesions for column in columns
    }
    return type(
        base.__name__,
        (base,),
        {**fields, "lesions": tuple(treatment.course.lesions), "columns": columns, "laser": laser},
    )


def _columns(*, laser: bool) -> tuple[Column, ...]:
    every = {
        "probe": Column("probe", lazy_kt("Handstück") if laser else lazy_kt("Sonde")),
        "temperature_c": Column("temperature_c", lazy_kt("Temperatur"), "°C"),
        "seconds": Column("seconds", lazy_kt("Einwirkzeit"), "s"),
        "cycles": Column("cycles", lazy_kt("Durchgänge")),
        "spots": Column("spots", lazy_kt("Stellen")),
        "area_cm2": Column("area_cm2", lazy_kt("Fläche"), "cm²"),
        "wavelength_nm": Column("wavelength_nm", lazy_kt("Wellenlänge"), "nm"),
        "fluence_j_cm2": Column("fluence_j_cm2", lazy_kt("Fluenz"), "J/cm²"),
        "spot_mm": Column("spot_mm", lazy_kt("Spotgröße"), "mm"),
        "pulse_length": Column("pulse_length", lazy_kt("Impulsdauer")),
        "repetition_hz": Column("repetition_hz", lazy_kt("Frequenz"), "Hz"),
        "pulses": Column("pulses", lazy_kt("Impulse")),
    }
    return tuple(every[name] for name in (_OF_LASERS if laser else _OF_COLD))


_COUNTS: Final = {"cycles": (1, 9999), "spots": (1, 9999), "pulses": (1, 99999), "wavelength_nm": (100, 20000)}
_FIGURES: Final[dict[str, tuple[Decimal | int, int]]] = {
    "temperature_c": (-200, 100),
    "seconds": (Decimal("0.1"), 3600),
}
_ANY_FIGURE: Final = (Decimal("0.01"), 9999)


def _field(column: Column) -> Any:
    if column.name == "probe":
        return TextField(column.label, required=False, longest=60)
    if column.name == "pulse_length":
        return PulseField(column.label, required=False, longest=20)
    if column.name in _COUNTS:
        least, most = _COUNTS[column.name]
        return WholeNumberField(column.label, least=least, most=most, unit=column.unit, required=False)
    lowest, highest = _FIGURES.get(column.name, _ANY_FIGURE)
    return DecimalTextField(column.label, unit=column.unit, least=lowest, most=highest, required=False)


def _typed(field: Field) -> Any:
    return field.data or "" if isinstance(field, TextField) else field.data


def _hint(field: Any, before: TreatmentSite | None, name: str) -> str:
    """ "zuletzt 10", and "geändert" where something else stands there now."""
    if before is None or (was := getattr(before, name)) in (None, ""):
        return ""
    shown = was if isinstance(was, str) else plain_number(Decimal(was)).replace("-", "−")
    if field.data in (None, "") or field.data == was:
        return kt("zuletzt {value}", value=shown)
    return kt("zuletzt {value}, geändert", value=shown)
