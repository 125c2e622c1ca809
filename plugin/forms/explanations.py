"""The form of an explanation talk."""

from __future__ import annotations

from typing import Any, ClassVar

from ..clock import now
from ..queries.words import CHANNELS, LANGUAGES, WAYS
from ..sentences import sentence
from ..services.explanations import TalkData, talk_findings
from ..texts import lazy_kt
from .base import KostenklarForm
from .fields import ListField, LongTextField, RadioRow, TextField, enum_choices
from .typed import DateTextField, TimeTextField


class TalkForm(KostenklarForm):
    """Who spoke with whom, when, about what, and what was handed over."""

    explained_by_id = ListField(
        lazy_kt("Geführt von"), coerce=int, description=lazy_kt("ärztlich oder dafür ausgebildet (§ 630e Abs. 2 BGB)")
    )
    channel = ListField(lazy_kt("Wie"), choices=enum_choices(CHANNELS), default="in_person")
    held_on = DateTextField(lazy_kt("Am"), future=False, missing=lazy_kt("Das Datum des Gesprächs fehlt."))
    started = TimeTextField(lazy_kt("Beginn"))
    ended = TimeTextField(lazy_kt("Ende"))
    language = ListField(lazy_kt("Sprache"), choices=enum_choices(LANGUAGES), default="de")
    interpreter = TextField(lazy_kt("Sprachmittlung"), required=False, description=lazy_kt("wer übersetzt hat"))
    companion = TextField(lazy_kt("Begleitung"), required=False)
    individual_risks = LongTextField(lazy_kt("Persönliche Risiken"), required=False)
    questions = LongTextField(lazy_kt("Fragen und Antworten"), required=False)
    plan = LongTextField(lazy_kt("Behandlungsplan"), required=False)
    waiver = LongTextField(
        lazy_kt("Verzicht auf Aufklärung"),
        required=False,
        description=lazy_kt("nur wenn ausdrücklich verzichtet wurde: mit welchen Worten (§ 630e Abs. 3 BGB)"),
    )
    copy_handed_on = DateTextField(lazy_kt("Abschrift übergeben am"), required=False, future=False)
    copy_handed_how = RadioRow(lazy_kt("Wie übergeben"), required=False, choices=enum_choices(WAYS))
    places: ClassVar[dict[str, str]] = {
        "talk_ends_before_start": "ended",
        "talk_in_future": "ended",
        "copy_before_talk": "copy_handed_on",
        "copy_how_missing": "copy_handed_how",
        "copy_day_missing": "copy_handed_on",
    }

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if self.held_on.data and self.started.data and self.ended.data and not self.copy_handed_on.errors:
            for finding in talk_findings(self.value(), now()):
                self.add_problem(self.places[finding.code], sentence(finding))
                fits = False
        return fits

    def value(self) -> TalkData:
        """The talk as the service takes it."""
        texts = ("interpreter", "companion", "individual_risks", "questions", "plan", "waiver", "copy_handed_how")
        return TalkData(
            explained_by_id=self.explained_by_id.data, held_on=self.held_on.data, started=self.started.data,
            ended=self.ended.data, channel=self.channel.data, language=self.language.data,
            copy_handed_on=self.copy_handed_on.data, **{name: self[name].data or "" for name in texts},
        )  # fmt: skip
