"""Forms of a clarification: open it, write the letter, note sending, receipt and documents, end it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from ...models.rules.severity import Finding
from ..clarification_words import ASKED_BY, CHANNELS, ROUTES, TOLD
from ..clock import today
from ..queries.words import PAPER_LANGUAGES
from ..sentences import sentence
from ..services.clarification_sending import Sending, receipt_findings
from ..services.clarifications import Way, way_findings
from ..services.cost_queries import QueryPlan
from ..texts import lazy_kt
from .base import KostenklarForm
from .fields import CheckField, ListField, LongTextField, RadioRow, TextField, enum_choices
from .typed import DateTextField


class FindingForm(KostenklarForm):
    """A form that shows a rule's finding at the field it is about; `places` is code -> field."""

    places: ClassVar[dict[str, str]] = {}

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        found = self.findings()
        for finding in found:
            self.add_problem(self.places.get(finding.code), sentence(finding))
        return not found

    def findings(self) -> list[Finding]:
        """What stands against the typed values."""
        return []


class WayForm(FindingForm):
    """Who hands it in, in whose name, and whether it is urgent."""

    places: ClassVar[dict[str, str]] = {"handed_in_by_holder": "asked_by", "urgent_without_reason": "urgent_reason"}

    route = RadioRow(lazy_kt("Wer schickt die Anfrage ab?"), choices=enum_choices(ROUTES), default="patient")
    asked_by = RadioRow(
        lazy_kt("Wer fragt?"),
        choices=enum_choices(ASKED_BY),
        default="policyholder",
        description=lazy_kt("Nur wer im Namen der Versicherungsnehmerin oder des Versicherungsnehmers fragt, setzt die "
        "gesetzliche Frist in Gang (§ 192 Abs. 8 VVG)."),
    )  # fmt: skip
    urgent = CheckField(lazy_kt("Die Behandlung ist dringend"))
    urgent_reason = TextField(
        lazy_kt("Grund der Dringlichkeit"), required=False, description=lazy_kt("steht so in der Anfrage")
    )

    def way(self) -> Way:
        """The way as the service takes it."""
        return Way(self.route.data, self.asked_by.data, bool(self.urgent.data), self.urgent_reason.data or "")

    def findings(self) -> list[Finding]:
        return way_findings(self.way())


class NewCaseForm(WayForm):
    """Which policy is asked about; `declined` keeps that the patient wants no query."""

    policy_id = RadioRow(lazy_kt("Welche Versicherung?"), coerce=int)
    declined = CheckField(lazy_kt("Die Patientin oder der Patient möchte keine Anfrage"))


class QueryForm(KostenklarForm):
    """The letter's language and what else goes with it."""

    language = ListField(lazy_kt("Sprache des Blatts"), choices=enum_choices(PAPER_LANGUAGES), default="de")
    enclosures = LongTextField(
        lazy_kt("Weitere Anlagen"),
        required=False,
        longest=1000,
        description=lazy_kt("eine je Zeile, zum Beispiel Befundbericht; der Kostenvoranschlag steht schon dabei"),
    )

    def plan(self) -> QueryPlan:
        """The plan as the service takes it."""
        lines = [line.strip() for line in (self.enclosures.data or "").splitlines()]
        return QueryPlan(self.language.data, tuple(line for line in lines if line))


class SendForm(KostenklarForm):
    """When and how it went out; for what the patient hands in, `channel` is taken away by the view."""

    on = DateTextField(lazy_kt("Abgeschickt am"), future=False)
    channel = ListField(lazy_kt("Wie"), choices=enum_choices(CHANNELS), blank=lazy_kt("Bitte wählen"))
    proof = TextField(
        lazy_kt("Beleg"), required=False, description=lazy_kt("zum Beispiel Sendungsnummer oder Faxbericht")
    )

    def sending(self) -> Sending:
        """The sending as the service takes it."""
        channel = self.channel.data if "channel" in self else "patient"
        return Sending(self.on.data, channel, self.proof.data or "")


class ReceivedForm(FindingForm):
    """The proven day of receipt."""

    places: ClassVar[dict[str, str]] = {"received_in_future": "on", "received_before_sent": "on"}

    on = DateTextField(lazy_kt("Eingegangen am"), future=False)
    proof = TextField(
        lazy_kt("Nachweis"), description=lazy_kt("zum Beispiel Rückschein, Faxbericht, Schreiben des Versicherers")
    )
    sent_on: dt.date | None = None

    def findings(self) -> list[Finding]:
        return receipt_findings(self.sent_on, self.on.data, today())


class DocumentsForm(FindingForm):
    """What the payer asks for."""

    places: ClassVar[dict[str, str]] = {"received_in_future": "on", "received_before_sent": "on"}

    on = DateTextField(lazy_kt("Schreiben eingegangen am"), future=False)
    what = TextField(lazy_kt("Was wird verlangt?"), description=lazy_kt("zum Beispiel Befundbericht"))
    sent_on: dt.date | None = None

    def findings(self) -> list[Finding]:
        return receipt_findings(self.sent_on, self.on.data, today())


class ToldForm(KostenklarForm):
    """When and how the patient was told."""

    on = DateTextField(lazy_kt("Mitgeteilt am"), future=False)
    how = RadioRow(lazy_kt("Wie"), choices=enum_choices(TOLD), default="person")
    language = ListField(lazy_kt("Sprache des Blatts"), choices=enum_choices(PAPER_LANGUAGES), default="de")


class WhyForm(KostenklarForm):
    """A step that wants a reason."""

    reason = TextField(lazy_kt("Grund"), missing=lazy_kt("Der Grund fehlt. Ein kurzer Satz genügt."))


class NoteForm(KostenklarForm):
    """A step that may have a note."""

    reason = TextField(lazy_kt("Notiz"), required=False)
