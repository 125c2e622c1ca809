"""Forms of incoming scans: take them in, file one as a signed paper or as a letter, put one aside."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..clock import today
from ..sentences import sentence
from ..services.consents import signing_findings
from ..texts import lazy_kt
from .base import KostenklarForm
from .consents import SignedConsentForm
from .fields import TextField
from .scan import ScansField
from .typed import DateTextField


class IncomingForm(KostenklarForm):
    """One or several scans that came on one day."""

    received_on = DateTextField(lazy_kt("Eingegangen am"), future=False, description=lazy_kt("der Eingangsstempel"))
    files = ScansField(lazy_kt("Scans"), description=lazy_kt("PDF, JPEG oder PNG, mehrere auf einmal möglich"))


class FiledConsentForm(SignedConsentForm):
    """The scan is here already: day and signers remain to be said."""

    scan = None  # type: ignore[assignment]  # WTForms leaves out a field that is None


class FiledPaperForm(KostenklarForm):
    """The day on a signed paper."""

    signed_on = DateTextField(
        lazy_kt("Unterschrieben am"), future=False, description=lazy_kt("das Datum auf dem Blatt, TT.MM.JJJJ")
    )
    issued_on: dt.date

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if self.signed_on.data:
            for finding in signing_findings(self.signed_on.data, self.issued_on, today()):
                self.add_problem("signed_on", sentence(finding))
                fits = False
        return fits


class FileLetterForm(KostenklarForm):
    """Nothing to type: the letter goes to its case."""


class AsideForm(KostenklarForm):
    """Why a scan belongs to nothing here."""

    reason = TextField(
        lazy_kt("Grund"), longest=200, missing=lazy_kt("Der Grund fehlt. Zum Beispiel: Werbung, oder falsche Praxis.")
    )
