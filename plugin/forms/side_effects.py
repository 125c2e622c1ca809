"""The forms about a side effect: report it, judge it, close it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...models.rules.side_effects import SideEffectKind
from ..clock import BERLIN, at_berlin, now
from ..services.side_effects import Judgement, Report
from ..side_effect_texts import HOW, KINDS, OUTCOMES
from ..texts import lazy_kt
from .base import KostenklarForm
from .courses import WhenNeeded
from .fields import ListField, LongTextField, RadioRow, TextField, TicksField, choices, enum_choices
from .typed import DateTextField, TimeTextField

_YES_OR_NO = choices([("yes", lazy_kt("ja")), ("no", lazy_kt("nein"))])


class _Described(WhenNeeded, LongTextField):
    """Needed where only words can tell what it is."""


class ReportForm(KostenklarForm):
    """What was told, by whom, and what the desk said."""

    how = RadioRow(lazy_kt("Wie gemeldet"), choices=enum_choices(HOW), default="telephone")
    on = DateTextField(lazy_kt("Gemeldet am"), future=False)
    time = TimeTextField(lazy_kt("Um"))
    by = TextField(lazy_kt("Gemeldet von"), required=False, longest=160)
    kinds = TicksField(
        lazy_kt("Was ist aufgetreten?"), choices=enum_choices(KINDS),
        must=lazy_kt("Bitte kreuzen Sie an, was aufgetreten ist."),
    )  # fmt: skip
    lesion_id = ListField(lazy_kt("Wo"), coerce=int, required=False, blank=lazy_kt("an allen Stellen oder unklar"))
    began_on = DateTextField(lazy_kt("Seit wann"), required=False, future=False)
    description = _Described(
        lazy_kt("Beschreibung"), longest=2000,
        description=lazy_kt("in den Worten der Patientin oder des Patienten; nötig bei „anderes“"),
        missing=lazy_kt("Bei „anderes“ fehlt die Beschreibung. Ein Satz genügt."),
    )  # fmt: skip
    advice = LongTextField(lazy_kt("Was wurde geraten?"), required=False, longest=2000)
    follow_up_on = DateTextField(lazy_kt("Nachkontrolle am"), required=False, past=False)

    def offer(self, lesions: list[tuple[int, str]]) -> None:
        """The sites of the session's course."""
        field: Any = self.lesion_id
        field.choices = [*field.choices[:1], *choices(lesions)]

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        only_other = SideEffectKind.OTHER.value in (self.kinds.data or ())
        if only_other and not self.description.data and not self.description.errors:
            self.add_problem("description", str(self.description.missing))
            return False
        return fits

    def report(self) -> Report:
        """What was typed."""
        return Report(
            at=at_berlin(self.on.data, self.time.data),
            how=self.how.data,
            kinds=tuple(SideEffectKind(code) for code in self.kinds.data or ()),
            by=self.by.data or "",
            lesion_id=self.lesion_id.data,
            began_on=self.began_on.data,
            description=self.description.data or "",
            advice=self.advice.data or "",
            follow_up_on=self.follow_up_on.data,
        )


class JudgeForm(KostenklarForm):
    """What the physician who saw it says."""

    expected = RadioRow(lazy_kt("Ist das nach dieser Behandlung zu erwarten?"), choices=_YES_OR_NO)
    measure = LongTextField(
        lazy_kt("Befund und Maßnahme"), longest=2000,
        missing=lazy_kt("Die Maßnahme fehlt. Zum Beispiel: keine nötig, Kontrolle in einer Woche."),
    )  # fmt: skip
    follow_up_on = DateTextField(lazy_kt("Nächste Nachkontrolle"), required=False, past=False)
    par52_note = LongTextField(
        lazy_kt("Hinweis oder Mitteilung an die Krankenkasse"), required=False, longest=1000,
        description=lazy_kt("was gesagt oder gemeldet wurde (§ 52 Abs. 2, § 294a Abs. 2 SGB V)"),
    )  # fmt: skip

    def shape(self, *, fund: bool) -> None:
        """The note concerns statutory patients and treatments that were not medical."""
        if not fund:
            del self.par52_note

    def judgement(self) -> Judgement:
        """What was typed."""
        note = self.par52_note.data or "" if "par52_note" in self else ""
        return Judgement(self.expected.data == "yes", self.measure.data, self.follow_up_on.data, note)


class CloseForm(KostenklarForm):
    """How it ended."""

    outcome = RadioRow(lazy_kt("Ausgang"), choices=enum_choices(OUTCOMES))
    outcome_on = DateTextField(lazy_kt("Am"), future=False)
    note = LongTextField(lazy_kt("Notiz"), required=False, longest=1000)


def first_values(by: str) -> dict[str, Any]:
    """A report of this minute."""
    local: dt.datetime = now().astimezone(BERLIN)
    return {"on": local.date(), "time": local.time(), "by": by}
