"""Forms of a release and of a power of attorney: prepare it, file the signed one, note that it was taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Final

from ...models.rules.grants import GrantDocument, GrantKind
from ...models.rules.severity import Finding
from ..clock import now, today
from ..grant_texts import GRANT_DOCUMENTS
from ..queries.words import PAPER_LANGUAGES
from ..sentences import sentence
from ..services.case_grants import Revocation, plan_findings, revocation_findings, term_findings
from ..services.consents import signing_findings
from ..services.grant_content import GrantPlan
from ..texts import lazy_kt
from .base import KostenklarForm
from .consents import TakenBackForm
from .fields import CheckField, ListField, LongTextField, TextField, enum_choices
from .scan import ScanField
from .typed import DateTextField


class GrantForm(KostenklarForm):
    """What is granted, what for, until when; `kind` is set by the view."""

    purpose = LongTextField(
        lazy_kt("Zweck"), longest=400, missing=lazy_kt("Der Zweck fehlt. Ohne ihn gilt das Blatt nicht.")
    )
    valid_until = DateTextField(lazy_kt("Gilt bis"))
    language = ListField(lazy_kt("Sprache des Blatts"), choices=enum_choices(PAPER_LANGUAGES), default="de")
    kind: GrantKind = GrantKind.POWER_OF_ATTORNEY
    places: ClassVar[dict[str, str]] = {
        "grant_ends_before_start": "valid_until",
        "grant_without_purpose": "purpose",
        "release_without_documents": "estimate",
    }

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if fits:
            for finding in plan_findings(self.value(), today()):
                self.add_problem(self.places[finding.code], sentence(finding))
                fits = False
        return fits

    def value(self) -> GrantPlan:
        """The plan as the service takes it."""
        return GrantPlan(self.kind, self.purpose.data, self.valid_until.data, language=self.language.data)


class ReleaseForm(GrantForm):
    """With a tick for each document that may be shown, photographs only if ticked."""

    estimate = CheckField(GRANT_DOCUMENTS["estimate"], default=True)
    diagnosis = CheckField(GRANT_DOCUMENTS["diagnosis"], default=True)
    findings = CheckField(GRANT_DOCUMENTS["findings"], default=True)
    treatment_plan = CheckField(GRANT_DOCUMENTS["treatment_plan"], default=True)
    history = CheckField(GRANT_DOCUMENTS["history"])
    photos = CheckField(GRANT_DOCUMENTS["photos"])
    kind = GrantKind.RELEASE

    def value(self) -> GrantPlan:
        """The plan as the service takes it."""
        shown = tuple(document for document in GrantDocument if self[document.value].data)
        return GrantPlan(
            self.kind, self.purpose.data, self.valid_until.data, documents=shown, photos=self.photos.data,
            language=self.language.data,
        )  # fmt: skip


TICKS: Final = (*(document.value for document in GrantDocument), "photos")


class SignedGrantForm(KostenklarForm):
    """The signed sheet, or the insurer's own form; issued_on and valid_until are set by the view."""

    signed_on = DateTextField(
        lazy_kt("Unterschrieben am"), future=False, description=lazy_kt("das Datum auf dem Blatt, TT.MM.JJJJ")
    )
    scan = ScanField(lazy_kt("Scan des Blatts"), description=lazy_kt("PDF, JPEG oder PNG, alle Seiten"))
    signer_name = TextField(lazy_kt("Wer hat unterschrieben"), description=lazy_kt("wie auf dem Blatt"))
    own_form = CheckField(
        lazy_kt("Das ist das Formular des Versicherers"),
        description=lazy_kt("Es nennt diesen Fall, die Unterlagen und den Versicherer und ersetzt unser Blatt."),
    )
    complete = CheckField(
        lazy_kt("Alle Unterschriften sind auf dem Blatt"),
        must=lazy_kt("Bitte prüfen Sie, ob alle unterschrieben haben, die auf dem Blatt stehen, und haken Sie es an."),
    )
    issued_on: dt.date
    valid_until: dt.date

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        signed_on = self.signed_on.data
        if signed_on:
            issued_on = signed_on if self.own_form.data else self.issued_on
            found = [*signing_findings(signed_on, issued_on, today()), *term_findings(signed_on, self.valid_until)]
            for finding in found:
                self.add_problem("signed_on", sentence(finding))
                fits = False
        return fits


class RevocationForm(TakenBackForm):
    """A release or a power of attorney is taken back."""

    places: ClassVar[dict[str, str]] = {"revoked_in_future": "time", "revoked_before_signed": "on"}

    def findings(self) -> list[Finding]:
        return revocation_findings(self.value(), self.signed_on, now())

    def value(self) -> Revocation:
        """As the service takes it."""
        return Revocation(*self.taken())
