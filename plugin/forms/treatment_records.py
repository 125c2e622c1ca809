"""The form for what was done in a session: one row of parameters a lesion, then how it went."""

from __future__ import annotations

from typing import Any, Final

from ...models.treatment import Treatment
from ..clock import BERLIN, now
from ..services.treatment_records import Record
from ..texts import lazy_kt
from .base import KostenklarForm
from .courses import WhenNeeded
from .fields import CheckField, ListField, LongTextField, RadioRow, TextField, choices
from .treatment_sites import PARAMETERS, SiteTable
from .treatments import PeopleFields
from .typed import DateTextField, TimeTextField

REACTIONS: Final = (
    lazy_kt("keine"),
    lazy_kt("Rötung"),
    lazy_kt("Rötung, leichte Schwellung"),
    lazy_kt("Rötung, Blasen"),
    lazy_kt("andere, siehe Notiz"),
)
"""What is seen right after it; kept in German, as all the file is."""


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


class AbortedForm(RecordForm):
    """What had been done in a session that was stopped; when it began and ended stays as it was noted."""

    def shape(self, *, planning: bool) -> None:
        """As for any record, without the times."""
        super().shape(planning=planning)
        del self.began, self.ended


class _OtherReason(WhenNeeded, LongTextField):
    """Needed unless the patient withdraws: that wants no reason (§ 630d(3) BGB)."""


class AbortForm(SiteTable, KostenklarForm):
    """Stop at this minute: why, and what had been done until then."""

    why = RadioRow(
        lazy_kt("Warum?"),
        choices=choices(
            [
                ("withdrawn", lazy_kt("Die Patientin oder der Patient widerruft die Einwilligung")),
                ("other", lazy_kt("aus einem anderen Grund")),
            ]
        ),
        default="other",
    )
    reason = _OtherReason(
        lazy_kt("Grund"), longest=1000, missing=lazy_kt("Der Grund fehlt. Ein Satz genügt."),
        description=lazy_kt("bei einem Widerruf freiwillig"),
    )  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if not self.withdrawn and not self.reason.data and not self.reason.errors:
            self.add_problem("reason", str(self.reason.missing))
            return False
        return fits

    @property
    def withdrawn(self) -> bool:
        """Whether the consent is taken back on the table."""
        return bool(self.why.data == "withdrawn")


def recorded(treatment: Treatment) -> dict[str, Any]:
    """What the record holds so far, as the fields' first values."""
    began = treatment.started_at.astimezone(BERLIN).time() if treatment.started_at else None
    ended = treatment.ended_at.astimezone(BERLIN).time() if treatment.ended_at else None
    site_values = {f"s{site.lesion_id}_{name}": getattr(site, name) for site in treatment.sites for name in PARAMETERS}
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
