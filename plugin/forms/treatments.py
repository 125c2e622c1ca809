"""The small forms about a treatment: plan it, ask before it, start it, and give a reason."""

from __future__ import annotations

from typing import Any, Final

from wtforms.validators import ValidationError

from ..clock import today
from ..queries.treatments import Choices
from ..services.treatments import People, Plan, Recheck
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .fields import ListField, LongTextField, RadioRow, choices
from .typed import DateTextField, TimeTextField

_YES_OR_NO = choices([("yes", lazy_kt("ja")), ("no", lazy_kt("nein"))])
_TRUTH: Final[dict[Any, bool]] = {"yes": True, "no": False, True: True, False: False}


def _yes(value: Any) -> bool:
    """A radio's value as truth; a bool is one already. Raises ValueError for anything else."""
    if value not in _TRUTH:
        raise ValueError(f"neither yes nor no: {value!r}")
    return _TRUTH[value]


def _fill(field: Any, entries: list[tuple[int, str]]) -> None:
    """Entries after the field's blank one."""
    field.choices = [*field.choices[:1], *choices(entries)]


class PlanForm(KostenklarForm):
    """A new session; with `late` one that already took place."""

    on = DateTextField(lazy_kt("Tag"), description="")
    time = TimeTextField(lazy_kt("Uhrzeit"), required=False)
    site_id = ListField(lazy_kt("Standort"), coerce=int)
    performer_id = ListField(
        lazy_kt("Durchgeführt von"), coerce=int, required=False, blank=lazy_kt("steht noch nicht fest")
    )
    device_id = ListField(lazy_kt("Gerät"), coerce=int, required=False, blank=lazy_kt("steht noch nicht fest"))
    late = False

    def offer(self, found: Choices, sites: list[tuple[int, str]]) -> None:
        """Fill the lists; a practice with one place is not asked for it."""
        _fill(self.performer_id, found.performers)
        _fill(self.device_id, found.devices)
        if len(sites) > 1:
            self.site_id.choices = choices(sites)
        else:
            del self.site_id

    def validate_on(self, field: DateTextField) -> None:
        """A plan lies ahead, a late entry behind."""
        if field.data is None:
            return
        if self.late and field.data > today():
            raise ValidationError(kt("Der Tag liegt in der Zukunft. Bitte prüfen Sie ihn."))
        if not self.late and field.data < today():
            raise ValidationError(
                kt("Der Tag liegt in der Vergangenheit. Eine Sitzung, die schon war, tragen Sie bitte nach.")
            )

    def plan(self) -> Plan:
        """What was typed."""
        site = self.site_id.data if "site_id" in self else None
        return Plan(self.on.data, self.time.data, site, self.device_id.data, self.performer_id.data, self.late)


class RecheckForm(KostenklarForm):
    """The short questions of the day (domain 10.1 no. 9)."""

    recheck_tan = RadioRow(lazy_kt("Ist die Haut gebräunt?"), choices=_YES_OR_NO, coerce=_yes)
    last_sun_on = DateTextField(
        lazy_kt("Zuletzt Sonne oder Solarium"),
        future=False,
        required=False,
        description=lazy_kt("TT.MM.JJJJ, leer: nichts Nennenswertes"),
    )
    recheck_medicines = RadioRow(lazy_kt("Neue oder geänderte Medikamente?"), choices=_YES_OR_NO, coerce=_yes)
    recheck_pregnancy = RadioRow(lazy_kt("Schwanger oder möglicherweise schwanger?"), choices=_YES_OR_NO, coerce=_yes)
    recheck_herpes = RadioRow(lazy_kt("Herpes in der letzten Zeit?"), choices=_YES_OR_NO, coerce=_yes)
    recheck_changes = RadioRow(lazy_kt("Hat sich an den Stellen etwas verändert?"), choices=_YES_OR_NO, coerce=_yes)
    recheck_note = LongTextField(lazy_kt("Notiz"), longest=1000, required=False)
    minor_capable = RadioRow(
        lazy_kt("Versteht die oder der Minderjährige Bedeutung und Tragweite (§ 630d BGB)?"),
        choices=_YES_OR_NO,
        coerce=_yes,
        required=False,
    )

    def shape(self, *, sex: str, judge: bool) -> None:
        """Leave out what is not asked: pregnancy of men, the judgement where it is no physician's turn."""
        if sex == "m":
            del self.recheck_pregnancy
        if not judge:
            del self.minor_capable

    def answers(self) -> Recheck:
        """What was answered."""
        return Recheck(
            tan=self.recheck_tan.data,
            medicines=self.recheck_medicines.data,
            herpes=self.recheck_herpes.data,
            changes=self.recheck_changes.data,
            pregnancy=self.recheck_pregnancy.data if "recheck_pregnancy" in self else None,
            last_sun_on=self.last_sun_on.data,
            note=self.recheck_note.data or "",
            minor_capable=self.minor_capable.data if "minor_capable" in self else None,
        )


class PeopleFields(KostenklarForm):
    """Who applies, who answers for it, with what."""

    performer_id = ListField(
        lazy_kt("Durchgeführt von"),
        coerce=int,
        blank=lazy_kt("bitte wählen"),
        missing=lazy_kt("Wer behandelt, fehlt noch."),
    )
    supervisor_id = ListField(
        lazy_kt("Ärztliche Aufsicht"),
        coerce=int,
        required=False,
        blank=lazy_kt("nicht nötig, behandelt wird ärztlich"),
    )
    device_id = ListField(
        lazy_kt("Gerät"), coerce=int, blank=lazy_kt("bitte wählen"), missing=lazy_kt("Das Gerät fehlt noch.")
    )

    def offer(self, found: Choices) -> None:
        """Fill the lists; where the practice has no device for it, none is asked for."""
        _fill(self.performer_id, found.performers)
        _fill(self.supervisor_id, found.physicians)
        if found.devices:
            _fill(self.device_id, found.devices)
        else:
            del self.device_id

    def people(self) -> People:
        """Who and with what; the performer's own name is no supervision of somebody else."""
        device = self.device_id.data if "device_id" in self else None
        return People(self.performer_id.data, self.supervisor_id.data, device)


class StartForm(PeopleFields):
    """Start at this minute."""


class ReasonForm(KostenklarForm):
    """A step that asks why."""

    reason = LongTextField(lazy_kt("Grund"), longest=1000, missing=lazy_kt("Der Grund fehlt. Ein Satz genügt."))
