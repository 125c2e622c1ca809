"""Forms of a cost notice: plan it, note that it was handed over, file the signed one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, FormField

from ..clock import today
from ..queries.words import PAPER_LANGUAGES, WAYS
from ..sentences import sentence
from ..services.consents import signing_findings
from ..services.cost_notices import handed_later_findings, handing_findings
from ..services.cost_plans import CostPlan, PlannedFactor, plan_findings
from ..services.fees import PricedService
from ..texts import lazy_kt
from .base import KostenklarForm
from .courses import Row
from .fields import ListField, RadioRow, TextField, enum_choices
from .scan import ScanField
from .typed import DateTextField, FactorField, WholeNumberField


class FactorFields(Row):
    """The factors of one service of the chain."""

    lowest = FactorField(lazy_kt("Faktor von"))
    highest = FactorField(lazy_kt("Faktor bis"))
    reason = TextField(lazy_kt("Begründung"), required=False, longest=200)


class CostNoticeForm(KostenklarForm):
    """Sessions and factors; `services` is the procedure's chain and is set by the view."""

    sessions_min = WholeNumberField(lazy_kt("Sitzungen, mindestens"), least=1, most=60)
    sessions_max = WholeNumberField(lazy_kt("Sitzungen, höchstens"), least=1, most=60)
    language = ListField(lazy_kt("Sprache des Blatts"), choices=enum_choices(PAPER_LANGUAGES), default="de")
    factors = FieldList(FormField(FactorFields), max_entries=20)
    services: Sequence[PricedService] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if not fits:
            return False
        for finding in plan_findings(self.value(), self.services, today()):
            self._place(finding.code, finding.facts.get("line", ""), sentence(finding))
            fits = False
        return fits

    def _place(self, code: str, line: str, text: str) -> None:
        if line:
            field = self.factors[int(line)].form.highest
            field.errors = [*field.errors, text]
        else:
            self.add_problem("sessions_max" if code == "sessions_backwards" else None, text)

    def value(self) -> CostPlan:
        """The plan as the service takes it."""
        factors = tuple(
            PlannedFactor(row.form.lowest.data, row.form.highest.data, row.form.reason.data or "")
            for row in self.factors
        )
        return CostPlan(self.sessions_min.data, self.sessions_max.data, factors, self.language.data)


class HandForm(KostenklarForm):
    """The day and the way the paper reached the patient."""

    on = DateTextField(lazy_kt("Übergeben am"), future=False)
    how = RadioRow(lazy_kt("Wie"), choices=enum_choices(WAYS), default="paper")
    issued_on: dt.date
    mail_allowed: bool = False

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if fits:
            found = handing_findings(
                self.on.data, self.how.data, self.issued_on, today(), mail_allowed=self.mail_allowed
            )
            for finding in found:
                self.add_problem("how" if finding.code == "email_not_agreed" else "on", sentence(finding))
            fits = not found
        return fits


class SignedNoticeForm(KostenklarForm):
    """The signed paper with the day on it."""

    signed_on = DateTextField(
        lazy_kt("Unterschrieben am"), future=False, description=lazy_kt("das Datum auf dem Blatt, TT.MM.JJJJ")
    )
    scan = ScanField(lazy_kt("Scan des Blatts"), description=lazy_kt("PDF, JPEG oder PNG, alle Seiten"))
    issued_on: dt.date
    handed_on: dt.date | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if self.signed_on.data:
            found = [
                *signing_findings(self.signed_on.data, self.issued_on, today()),
                *handed_later_findings(self.signed_on.data, self.handed_on),
            ]
            for finding in found:
                self.add_problem("signed_on", sentence(finding))
            fits = fits and not found
        return fits
