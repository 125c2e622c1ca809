"""The form for what was done in a session: one row of parameters a lesion, then how it went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, cast

from wtforms import Field

from ...models.course import Lesion, place
from ...models.treatment import Treatment, TreatmentSite
from ..clock import BERLIN, now
from ..formats import plain_number
from ..services.treatment_records import Record, SiteRecord
from ..texts import kt, language, lazy_kt
from .fields import CheckField, ListField, LongTextField, TextField, choices
from .treatments import PeopleFields, ReasonForm
from .typed import DateTextField, DecimalTextField, TimeTextField, WholeNumberField

REACTIONS: Final = (
    lazy_kt("keine"),
    lazy_kt("Rötung"),
    lazy_kt("Rötung, leichte Schwellung"),
    lazy_kt("Rötung, Blasen"),
    lazy_kt("andere, siehe Notiz"),
)
"""What is seen right after it; kept in German, as all the file is."""

FIGURES: Final = ("temperature_c", "seconds", "cycles", "spots", "area_cm2")
_OF_LASERS: Final = ("cycles", "spots", "area_cm2")


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
        """A row that was begun must be whole; puts a sentence beside what is missing."""
        whole = True
        for lesion in self.lesions:
            if not self._touched(lesion.id):
                continue
            for name in self._figures():
                field = self._row(lesion.id)[name]
                if field.data is None and not field.errors:
                    missing = kt("{site}: Bei „{label}“ fehlt die Zahl.", site=lesion.place, label=field.label.text)
                    field.errors = [missing]
                    whole = False
        return whole

    def _figures(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.name != "probe")

    def _row(self, lesion_id: int) -> dict[str, Any]:
        form = cast(Any, self)
        names = [column.name for column in self.columns]
        return {name: form[f"s{lesion_id}_{name}"] for name in names if f"s{lesion_id}_{name}" in form}

    def _touched(self, lesion_id: int) -> bool:
        row = self._row(lesion_id)
        return any(row[name].data is not None or row[name].errors for name in self._figures())


class RecordForm(SiteTable, PeopleFields):
    """What was done: who, when, what was set at each site, how the skin reacted."""

    began = TimeTextField(lazy_kt("Beginn"))
    ended = TimeTextField(lazy_kt("Ende"), required=False, description=lazy_kt("leer: jetzt"))
    immediate_reaction = ListField(
        lazy_kt("Reaktion direkt danach"), choices=choices([(str.__str__(text), text) for text in REACTIONS]),
        required=False, blank=lazy_kt("noch nicht eingetragen"),
    )  # fmt: skip
    anaesthetic = TextField(lazy_kt("Betäubung"), required=False)
    test_spot = TextField(lazy_kt("Probestelle"), required=False)
    eye_protection = CheckField(lazy_kt("Augenschutz getragen"))
    note = LongTextField(lazy_kt("Notiz"), longest=4000, required=False)
    aftercare_handed = CheckField(lazy_kt("Nachsorgeblatt wird gleich mitgegeben"))
    reason = LongTextField(lazy_kt("Begründung"), longest=1000, required=False)
    laser = False
    needs_all = False

    def validate(self, extra_validators: Any = None) -> bool:
        """With `needs_all` every row that was begun must be whole; what was typed for later need not be."""
        valid = super().validate(extra_validators)
        return (self.ask_for_all() and valid) if self.needs_all else valid

    def shape(self, *, planning: bool) -> None:
        """Leave out what only lasers ask for, and before the start what only comes after it."""
        if not self.laser:
            del self.test_spot, self.eye_protection
        if planning:
            del self.began, self.ended, self.immediate_reaction, self.aftercare_handed
            self.performer_id.flags.required = False
            if "device_id" in self:
                self.device_id.flags.required = False

    def ask_why(self, sentence: str) -> None:
        """The service wants a reason: its sentence goes beside the field, which is no longer optional."""
        self.form_errors.remove(sentence)
        self.reason.flags.required = True
        self.add_problem("reason", sentence)

    def fill_like(self, last: Treatment) -> None:
        """Take over people, device and parameters of the last time; what was typed elsewhere stays."""
        before = recorded(last)
        for name in ("performer_id", "supervisor_id", "device_id", "anaesthetic"):
            if name in self and before[name]:
                self[name].data = before[name]
        self.fill_sites(last.sites)

    def record(self) -> Record:
        """What was typed."""
        return Record(
            people=self.people(),
            sites=self.site_records(),
            began=self._of("began"),
            ended=self._of("ended"),
            reaction=self._of("immediate_reaction") or "",
            test_spot=self._of("test_spot") or "",
            anaesthetic=self._of("anaesthetic") or "",
            eye_protection=bool(self._of("eye_protection")),
            note=self._of("note") or "",
            aftercare_handed=bool(self._of("aftercare_handed")),
            reason=self._of("reason") or "",
        )

    def _of(self, name: str) -> Any:
        return self[name].data if name in self else None


class LateForm(RecordForm):
    """A session that took place without a start here; the reason is asked for in any case."""

    reason = LongTextField(
        lazy_kt("Begründung"), longest=1000, missing=lazy_kt("Bitte begründen Sie den Nachtrag kurz. Ein Satz genügt.")
    )
    on = DateTextField(lazy_kt("Tag der Sitzung"), future=False)


class AbortForm(SiteTable, ReasonForm):
    """Stop at this minute: why, and what had been done until then."""


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


def recorded(treatment: Treatment) -> dict[str, Any]:
    """What the record holds so far, as the fields' first values."""
    began = treatment.started_at.astimezone(BERLIN).time() if treatment.started_at else None
    ended = treatment.ended_at.astimezone(BERLIN).time() if treatment.ended_at else None
    site_values = {
        f"s{site.lesion_id}_{name}": getattr(site, name) for site in treatment.sites for name in ("probe", *FIGURES)
    }
    return {
        "performer_id": treatment.performed_by_id,
        "supervisor_id": treatment.supervised_by_id,
        "device_id": treatment.device_id,
        "began": began,
        "ended": ended,
        "on": treatment.planned_on if treatment.planned_on <= now().astimezone(BERLIN).date() else None,
        "immediate_reaction": treatment.immediate_reaction,
        "anaesthetic": treatment.anaesthetic,
        "test_spot": treatment.test_spot,
        "eye_protection": treatment.eye_protection,
        "note": treatment.note,
        "aftercare_handed": treatment.aftercare_handed,
        **site_values,
    }


def _columns(*, laser: bool) -> tuple[Column, ...]:
    spots = lazy_kt("Impulse") if laser else lazy_kt("Stellen")
    every = {
        "probe": Column("probe", lazy_kt("Handstück") if laser else lazy_kt("Sonde")),
        "temperature_c": Column("temperature_c", lazy_kt("Temperatur"), "°C"),
        "seconds": Column("seconds", lazy_kt("Einwirkzeit"), "s"),
        "cycles": Column("cycles", lazy_kt("Durchgänge")),
        "spots": Column("spots", spots),
        "area_cm2": Column("area_cm2", lazy_kt("Fläche"), "cm²"),
    }
    return tuple(every[name] for name in ("probe", *(_OF_LASERS if laser else FIGURES)))


def _field(column: Column) -> Any:
    match column.name:
        case "probe":
            return TextField(column.label, required=False, longest=60)
        case "temperature_c":
            return DecimalTextField(column.label, unit=column.unit, least=-200, most=100, required=False)
        case "cycles" | "spots":
            return WholeNumberField(column.label, least=1, most=9999, required=False)
        case "seconds":
            return DecimalTextField(column.label, unit=column.unit, most=3600, required=False)
    return DecimalTextField(column.label, unit=column.unit, least=Decimal("0.01"), most=9999, required=False)


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
