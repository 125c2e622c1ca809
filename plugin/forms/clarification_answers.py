"""The form of a payer's answer, as a whole and line by line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from wtforms import FieldList, FormField

from ...models.estimate import EstimateLine
from ...models.rules.reimbursement import Decision, Verdict
from ...models.rules.severity import Finding, blocks
from ..clarification_words import DECISIONS, FORMS, REASONS, VERDICTS
from ..clock import today
from ..services.clarification_answers import AnswerData, LineData, answer_findings
from ..texts import kt, lazy_kt
from .clarifications import FindingForm
from .courses import Row
from .fields import CheckField, ListField, LongTextField, RadioRow, TextField, enum_choices
from .scan import ScanField
from .typed import AmountField, DateTextField, FactorField, WholeNumberField


class AnswerLineFields(Row):
    """What the answer says of one line of the estimate; without a verdict it says nothing of it."""

    verdict = ListField(
        lazy_kt("Entscheidung"), choices=enum_choices(VERDICTS), blank=lazy_kt("nicht genannt"), required=False
    )
    factor_cap = FactorField(lazy_kt("Höchstfaktor"), required=False)
    amount = AmountField(lazy_kt("Betrag je Sitzung, netto"), required=False)
    sessions = WholeNumberField(lazy_kt("Sitzungen"), required=False, most=60)
    reason = TextField(lazy_kt("Grund"), required=False)


class AnswerForm(FindingForm):
    """An answer; `estimate_lines`, `sent_on` and `gross_max` are set by the view."""

    places: ClassVar[dict[str, str]] = {
        "received_in_future": "received_on",
        "received_before_sent": "received_on",
        "answer_dated_later": "dated_on",
        "answer_ends_before_start": "valid_until",
        "answer_over_when_written": "valid_until",
        "objection_before_answer": "objection_until",
        "amount_without_promise": "amount",
        "answer_above_estimate": "amount",
    }

    decision = RadioRow(
        lazy_kt("Wie wurde entschieden?"), choices=enum_choices(DECISIONS), coerce=Decision,
        missing=lazy_kt("Bitte wählen Sie, wie entschieden wurde."),
    )  # fmt: skip
    amount = AmountField(lazy_kt("Zugesagter Betrag"), required=False)
    factor_cap = FactorField(lazy_kt("Höchstfaktor"), required=False, description=lazy_kt("leer, wenn ohne Grenze"))
    sessions = WholeNumberField(lazy_kt("Sitzungen"), required=False, most=60)
    confirm_above = CheckField(lazy_kt("Der Betrag steht so im Schreiben, obwohl er über dem Kostenvoranschlag liegt"))
    form = RadioRow(lazy_kt("Wie kam die Antwort?"), choices=enum_choices(FORMS), default="letter")
    dated_on = DateTextField(lazy_kt("Datum des Schreibens"), future=False)
    received_on = DateTextField(lazy_kt("Eingegangen am"), future=False)
    valid_from = DateTextField(lazy_kt("Gültig ab"), required=False)
    valid_until = DateTextField(lazy_kt("Gültig bis"), required=False)
    conditions = LongTextField(
        lazy_kt("Bedingungen"), required=False, longest=1000, description=lazy_kt("wie sie im Schreiben stehen")
    )
    reason_code = ListField(
        lazy_kt("Grund, wenn nicht alles zugesagt ist"), choices=enum_choices(REASONS),
        blank=lazy_kt("nicht genannt"), required=False,
    )  # fmt: skip
    objection_until = DateTextField(lazy_kt("Widerspruch möglich bis"), required=False)
    scan = ScanField(lazy_kt("Scan des Schreibens"), required=False, description=lazy_kt("PDF, JPEG oder PNG"))
    lines = FieldList(FormField(AnswerLineFields), max_entries=60)
    estimate_lines: Sequence[EstimateLine] = ()
    sent_on: dt.date | None = None
    gross_max: Decimal | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        for row in self.lines:
            said = any(row.form[name].data not in (None, "") for name in ("factor_cap", "amount", "sessions", "reason"))
            if said and not row.form.verdict.data and not row.form.verdict.errors:
                row.form.verdict.errors = [*row.form.verdict.errors, kt("Bitte wählen Sie, ob anerkannt oder nicht.")]
                fits = False
        return fits

    def findings(self) -> list[Finding]:
        found = answer_findings(
            self.answer(), self.sent_on, self.gross_max, today(), above_confirmed=bool(self.confirm_above.data)
        )
        return list(blocks(found))

    @property
    def asks_above(self) -> bool:
        """Whether the box that confirms an amount above the estimate is to be shown."""
        return bool(self.gross_max is not None and self.amount.data is not None and self.amount.data > self.gross_max)

    def answer(self) -> AnswerData:
        """The answer as the service takes it."""
        return AnswerData(
            dated_on=self.dated_on.data,
            received_on=self.received_on.data,
            form=self["form"].data,
            decision=self.decision.data,
            amount=self.amount.data,
            factor_cap=self.factor_cap.data,
            sessions=self.sessions.data,
            valid_from=self.valid_from.data,
            valid_until=self.valid_until.data,
            conditions=self.conditions.data or "",
            reason_code=self.reason_code.data or "",
            objection_until=self.objection_until.data,
            lines=tuple(self._lines()),
        )

    def _lines(self) -> list[LineData]:
        return [
            LineData(
                line.id, Verdict(row.form.verdict.data), row.form.factor_cap.data, row.form.amount.data,
                row.form.sessions.data, row.form.reason.data or "",
            )
            for line, row in zip(self.estimate_lines, self.lines, strict=False)
            if row.form.verdict.data
        ]  # fmt: skip
