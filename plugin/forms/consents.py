"""Forms of a consent: prepare it, file the signed paper, note its withdrawal, put it aside."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from wtforms import FieldList, FormField

from ...models.rules.minors import SignerRole
from ...models.rules.severity import Finding
from ..clock import at_berlin, now, today
from ..queries.words import IDENTITIES, PAPER_LANGUAGES, WITHDRAWN_HOW
from ..sentences import sentence
from ..services.consents import (
    ConsentPlan,
    Signer,
    Withdrawal,
    plan_findings,
    signing_findings,
    withdrawal_findings,
)
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .courses import Row, WhenNeeded
from .fields import CheckField, ListField, LongTextField, TextField, enum_choices
from .scan import ScanField
from .typed import DateTextField, TimeTextField, WholeNumberField


class ConsentForm(KostenklarForm):
    """What the consent covers."""

    sessions = WholeNumberField(
        lazy_kt("Sitzungen"), least=1, most=60, description=lazy_kt("so viele deckt die Einwilligung")
    )
    valid_until = DateTextField(lazy_kt("Gilt bis"))
    language = ListField(lazy_kt("Sprache des Blatts"), choices=enum_choices(PAPER_LANGUAGES), default="de")

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if fits and (found := plan_findings(self.value(), today())):
            self.add_problem("valid_until", sentence(found[0]))
            return False
        return fits

    def value(self) -> ConsentPlan:
        """The plan as the service takes it."""
        return ConsentPlan(self.sessions.data, self.valid_until.data, self.language.data)


class _Name(WhenNeeded, TextField):
    """Needed where somebody signed."""


class SignerFields(Row):
    """One line of the paper: whether it is signed, by whom, and how the person was known."""

    signed = CheckField(lazy_kt("hat unterschrieben"))
    name = _Name(lazy_kt("Name"))
    identity = ListField(lazy_kt("Identität"), choices=enum_choices(IDENTITIES), default="known")

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if self.signed.data and not self.name.data and not self.name.errors:
            self.name.errors = [kt("Der Name fehlt. Er steht unter der Unterschrift.")]
            return False
        return fits


class SignedConsentForm(KostenklarForm):
    """The signed paper; `roles` says for each row who signs there, and is set by the view."""

    signed_on = DateTextField(
        lazy_kt("Unterschrieben am"), future=False, description=lazy_kt("das Datum auf dem Blatt, TT.MM.JJJJ")
    )
    scan = ScanField(lazy_kt("Scan des Blatts"), description=lazy_kt("PDF, JPEG oder PNG, alle Seiten"))
    signers = FieldList(FormField(SignerFields), max_entries=4)
    roles: tuple[SignerRole, ...] = ()
    issued_on: dt.date

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if self.signed_on.data:
            for finding in signing_findings(self.signed_on.data, self.issued_on, today()):
                self.add_problem("signed_on", sentence(finding))
                fits = False
        if not any(row.form.signed.data for row in self.signers):
            told = kt("Bitte haken Sie an, wer unterschrieben hat.")
            if self.signers.entries:
                self.signers[0].form.signed.errors = [told]
            else:  # a POST that no page of ours sent
                self.add_problem(None, told)
            fits = False
        return fits

    def value(self) -> tuple[Signer, ...]:
        """Who signed, as the service takes it."""
        rows = zip(self.signers, self.roles, strict=False)
        return tuple(
            Signer(row.form.name.data, role, row.form.identity.data) for row, role in rows if row.form.signed.data
        )


class TakenBackForm(KostenklarForm):
    """Something signed is taken back, to the minute; no reason is asked for, none is needed."""

    on = DateTextField(lazy_kt("Am"), future=False)
    time = TimeTextField(lazy_kt("Um"))
    how = ListField(lazy_kt("Wie"), choices=enum_choices(WITHDRAWN_HOW), default="oral")
    received_by = TextField(lazy_kt("Entgegengenommen von"), longest=160)
    note = LongTextField(lazy_kt("Notiz"), required=False, longest=1000)
    signed_on: dt.date | None = None
    places: ClassVar[dict[str, str]] = {}

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if fits:
            for finding in self.findings():
                self.add_problem(self.places[finding.code], sentence(finding))
                fits = False
        return fits

    def findings(self) -> list[Finding]:
        """What stands against this day and hour."""
        raise NotImplementedError

    def taken(self) -> tuple[dt.datetime, str, str]:
        """(instant, the way in German words, as it stays in the file, who received it)."""
        how = str.__str__(WITHDRAWN_HOW[self.how.data])
        note = f"{how}: {self.note.data}" if self.note.data else how
        return at_berlin(self.on.data, self.time.data), note, self.received_by.data


class WithdrawalForm(TakenBackForm):
    """The withdrawal of a consent (§ 630d(3) BGB)."""

    places: ClassVar[dict[str, str]] = {"withdrawn_in_future": "time", "withdrawn_before_signed": "on"}

    def findings(self) -> list[Finding]:
        return withdrawal_findings(self.value(), self.signed_on, now())

    def value(self) -> Withdrawal:
        """As the service takes it."""
        return Withdrawal(*self.taken())


class DiscardForm(KostenklarForm):
    """Why a paper is put aside."""

    reason = TextField(
        lazy_kt("Grund"), longest=200, missing=lazy_kt("Der Grund fehlt. Zum Beispiel: falsche Stelle genannt.")
    )
