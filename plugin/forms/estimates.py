"""Forms of estimates and § 2 GOÄ agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from wtforms import FieldList, FormField

from ...models.patient import Patient
from ...models.practice import Staff
from ...models.rules.severity import Finding
from ..clock import today
from ..queries.words import PAPER_LANGUAGES
from ..sentences import sentence
from ..services.agreement_plans import AgreementPlan, agreement_findings
from ..services.consents import signing_findings
from ..services.estimate_plans import EstimatedFactor, EstimatePlan, by_area, estimate_findings
from ..services.fees import PricedService
from ..texts import lazy_kt
from .base import KostenklarForm
from .courses import Row
from .fields import ListField, TextField, enum_choices
from .scan import ScanField
from .typed import DateTextField, DecimalTextField, FactorField, WholeNumberField

_LARGEST_CM2 = 20000  # more than the skin of a person


class LineFields(Row):
    """The factor of one service and why it is above the threshold."""

    factor = FactorField(lazy_kt("Faktor"))
    reason = TextField(lazy_kt("Begründung"), required=False, longest=200)


class EstimateForm(KostenklarForm):
    """Sessions, factors and the last day; `services` is the procedure's chain and is set by the view."""

    sessions_min = WholeNumberField(lazy_kt("Sitzungen, mindestens"), least=1, most=60)
    sessions_max = WholeNumberField(lazy_kt("Sitzungen, höchstens"), least=1, most=60)
    valid_until = DateTextField(lazy_kt("Gültig bis"))
    language = ListField(lazy_kt("Sprache des Blatts"), choices=enum_choices(PAPER_LANGUAGES), default="de")
    area_cm2 = DecimalTextField(lazy_kt("Fläche je Sitzung"), least=0, most=_LARGEST_CM2, unit="cm²", required=False)
    lines = FieldList(FormField(LineFields), max_entries=20)
    services: Sequence[PricedService] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        plan = self.value()
        found = estimate_findings(plan, by_area(self.services, plan.area_cm2, today()), today())
        for finding in found:
            self._place(finding)
        return not found

    def _place(self, finding: Finding) -> None:
        line, text = finding.facts.get("line", ""), sentence(finding)
        if line:
            row = self.lines[int(line)].form
            field = row.reason if finding.code == "estimate_needs_reason" else row.factor
            field.errors = [*field.errors, text]
        else:
            name = {"sessions_backwards": "sessions_max", "estimate_ends_before_start": "valid_until"}
            self.add_problem(name.get(finding.code), text)

    def value(self) -> EstimatePlan:
        """The plan as the service takes it."""
        factors = tuple(EstimatedFactor(row.form.factor.data, row.form.reason.data or "") for row in self.lines)
        return EstimatePlan(
            self.sessions_min.data, self.sessions_max.data, factors, self.valid_until.data, self.language.data,
            self.area_cm2.data or None,
        )  # fmt: skip


class AgreedFields(Row):
    """The agreed factor of one service; empty where none is agreed."""

    factor = FactorField(lazy_kt("Vereinbarter Faktor"), required=False)


class FeeAgreementForm(KostenklarForm):
    """Who agrees with whom on which factors; `services`, `patient` and `people` are set by the view."""

    payer_name = TextField(
        lazy_kt("Zahlende Person"), missing=lazy_kt("Der Name fehlt. Wer vereinbart, steht auf dem Blatt."), longest=160
    )
    physician_id = ListField(lazy_kt("Ärztin oder Arzt"), coerce=int)
    talked_on = DateTextField(lazy_kt("Persönliches Gespräch am"), future=False)
    language = ListField(lazy_kt("Sprache des Blatts"), choices=enum_choices(PAPER_LANGUAGES), default="de")
    lines = FieldList(FormField(AgreedFields), max_entries=20)
    services: Sequence[PricedService] = ()
    patient: Patient
    people: Sequence[Staff] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        physician = next(staff for staff in self.people if staff.id == self.physician_id.data)
        found = agreement_findings(self.value(), self.services, self.patient, physician, today())
        for finding in found:
            self._place(finding)
        return not found

    def _place(self, finding: Finding) -> None:
        line, text = finding.facts.get("line", ""), sentence(finding)
        if line:
            field = self.lines[int(line)].form.factor
            field.errors = [*field.errors, text]
        else:
            names = {
                "fee_talk_in_future": "talked_on",
                "agreement_needs_physician": "physician_id",
                "agreement_by_minor": "payer_name",
            }
            self.add_problem(names.get(finding.code), text)

    def value(self) -> AgreementPlan:
        """The plan as the service takes it."""
        return AgreementPlan(
            payer_name=self.payer_name.data or "",
            physician_id=self.physician_id.data,
            talked_on=self.talked_on.data,
            factors=tuple(row.form.factor.data for row in self.lines),
            language=self.language.data,
        )


class SignedAgreementForm(KostenklarForm):
    """The agreement signed in ink, with the day on it."""

    signed_on = DateTextField(
        lazy_kt("Unterschrieben am"), future=False, description=lazy_kt("das Datum auf dem Blatt, TT.MM.JJJJ")
    )
    scan = ScanField(lazy_kt("Scan des Blatts"), description=lazy_kt("PDF, JPEG oder PNG, mit beiden Unterschriften"))
    issued_on: dt.date

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if self.signed_on.data and (found := signing_findings(self.signed_on.data, self.issued_on, today())):
            self.add_problem("signed_on", sentence(found[0]))
            return False
        return fits
