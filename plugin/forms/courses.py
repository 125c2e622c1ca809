"""Forms of a course: the series with its lesions, one more lesion, and what a physician decides about one."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from wtforms import FieldList, Form, FormField
from wtforms.validators import StopValidation

from ...models.rules.vat import Indication
from ..clock import today
from ..queries.words import INDICATIONS, INKS, LESION_KINDS
from ..sentences import sentence
from ..services.courses import Assessment, CourseData, LesionData, assessment_findings, course_findings
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .fields import CheckField, ListField, LongTextField, RadioRow, TextField, TicksField, choices, enum_choices
from .typed import DateTextField, DecimalTextField, WholeNumberField
from .validators import Unreadable

MOST_LESIONS = 12
_ICD = re.compile(r"[A-Z][0-9]{2}(\.[0-9]{1,2})?[!*+]?")
_SIDES = {"": lazy_kt("keine"), "R": lazy_kt("rechts"), "L": lazy_kt("links"), "B": lazy_kt("beidseits")}


class IcdField(TextField):
    """A code of the ICD-10-GM by its form, in capitals: L81.4, D22.3."""

    width = 3

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "").upper().replace(" ", "")
        if self.data and not _ICD.fullmatch(self.data):
            raise Unreadable(kt("Das ist kein ICD-Code. Zum Beispiel L81.4."))


class Row(Form):
    """A row of fields inside a form: the form around it brings CSRF check and words."""

    class Meta(KostenklarForm.Meta):
        """No check of its own."""

        csrf = False


class LesionFields(Row):
    """One site: what, where, which side, how large, how many."""

    kind = ListField(lazy_kt("Was"), choices=enum_choices(LESION_KINDS), default="age_spot")
    site = TextField(lazy_kt("Ort am Körper"), missing=lazy_kt("Der Ort fehlt. Zum Beispiel Handrücken."), longest=120)
    side = ListField(lazy_kt("Seite"), choices=enum_choices(_SIDES), required=False, default="")
    size_mm = DecimalTextField(lazy_kt("Größe"), least=0, most=2000, unit="mm", required=False)
    count = WholeNumberField(lazy_kt("Anzahl"), least=1, most=500, default=1)
    pigmented = CheckField(lazy_kt("pigmentiert"), default=True)
    ink_colours = TicksField(lazy_kt("Farben der Tätowierung"), choices=enum_choices(INKS))
    ink_may_darken = CheckField(
        lazy_kt("kann nachdunkeln"), description=lazy_kt("zum Beispiel Eisenoxid, Permanent-Make-up")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Inks belong to a tattoo."""
        fits = bool(super().validate(extra_validators))
        if self.kind.data != "tattoo" and (self.ink_colours.data or self.ink_may_darken.data):
            told = kt("Farben gehören zu einer Tätowierung. Bitte wählen Sie sie bei „Was“ aus.")
            self.ink_colours.errors = [*self.ink_colours.errors, told]
            return False
        return fits

    @property
    def is_tattoo(self) -> bool:
        """Whether the page shows the inks at once: they belong to a tattoo only."""
        return bool(self.kind.data == "tattoo" or self.ink_colours.data or self.ink_may_darken.data)

    def value(self) -> LesionData:
        """The lesion as the service takes it."""
        return LesionData(
            kind=self.kind.data, site=self.site.data or "", side=self.side.data or "", size_mm=self.size_mm.data,
            count=self.count.data, pigmented=bool(self.pigmented.data),
            ink_colours=",".join(self.ink_colours.data or ()) if self.kind.data == "tattoo" else "",
            ink_may_darken=bool(self.ink_may_darken.data) and self.kind.data == "tattoo",
        )  # fmt: skip


class SpareLesionFields(LesionFields):
    """A row that may stay empty."""

    def validate(self, extra_validators: Any = None) -> bool:
        if not self.site.data and not self.site.process_errors and not self.ink_colours.data:
            return True
        return bool(super().validate(extra_validators))


class _SeriesFields(KostenklarForm):
    title = TextField(
        lazy_kt("Name der Serie"),
        required=False,
        longest=160,
        description=lazy_kt("bleibt es leer, nehmen wir Art und Ort"),
    )
    sessions_min = WholeNumberField(lazy_kt("Sitzungen, mindestens"), least=1, most=60, default=1)
    sessions_max = WholeNumberField(lazy_kt("Sitzungen, höchstens"), least=1, most=60, default=1)
    next_planned_on = DateTextField(lazy_kt("Nächster Termin"), required=False)
    diagnosis = TextField(lazy_kt("Diagnose"), required=False, longest=180)  # with its code it fits an invoice
    icd_code = IcdField(lazy_kt("ICD-10-GM"), required=False, longest=10)
    icd_certainty = ListField(
        lazy_kt("Sicherheit"),
        required=False,
        choices=choices(
            [
                ("", "–"),
                ("G", lazy_kt("gesichert")),
                ("V", lazy_kt("Verdacht")),
                ("Z", lazy_kt("Zustand nach")),
                ("A", lazy_kt("ausgeschlossen")),
            ]
        ),
        default="",
    )
    icd_side = ListField(lazy_kt("Seite"), required=False, choices=enum_choices({**_SIDES, "": "–"}), default="")

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if self.sessions_min.data and self.sessions_max.data and (found := course_findings(self.value())):
            self.add_problem("sessions_max", sentence(found[0]))
            return False
        return fits

    def value(self, title: str = "") -> CourseData:
        """The series as the service takes it; `title` stands in for an empty one."""
        return CourseData(
            title=self.title.data or title, sessions_min=self.sessions_min.data, sessions_max=self.sessions_max.data,
            next_planned_on=self.next_planned_on.data, diagnosis=self.diagnosis.data or "",
            icd_code=self.icd_code.data or "", icd_certainty=self.icd_certainty.data or "",
            icd_side=self.icd_side.data or "", icd_year=today().year if self.icd_code.data else None,
        )  # fmt: skip


class CourseEditForm(_SeriesFields):
    """What can change about a series; the procedure cannot, its papers name it."""


class NewCourseForm(_SeriesFields):
    """A new series with its lesions; the first row is asked for, the others may stay empty."""

    procedure_id = ListField(lazy_kt("Behandlungsart"), coerce=int)
    first = FormField(LesionFields)
    more = FieldList(FormField(SpareLesionFields), max_entries=MOST_LESIONS)

    def lesions(self) -> list[LesionData]:
        """The rows that are filled in."""
        return [self.first.form.value(), *(row.form.value() for row in self.more if row.form.site.data)]

    def rows(self) -> list[Any]:
        """Every row, the one that must be filled in first."""
        return [self.first, *self.more]


class LesionForm(KostenklarForm):
    """One more lesion for a course."""

    lesion = FormField(LesionFields)


class WhenNeeded:
    """Shown as required, but asked for only by the form's own check: it hangs on another field."""

    process_errors: Any
    data: Any

    def pre_validate(self, form: object) -> None:
        if self.process_errors or self.data in (None, ""):
            raise StopValidation


class _Reason(WhenNeeded, LongTextField):
    """Needed once something is decided."""


class _CheckedOn(WhenNeeded, DateTextField):
    """Needed with the tick."""


class _CheckedHow(WhenNeeded, TextField):
    """Needed with the tick."""


class AssessmentForm(KostenklarForm):
    """Why a lesion is treated, and whether it is benign: a physician's decision."""

    indication = RadioRow(lazy_kt("Warum wird behandelt?"), choices=enum_choices(INDICATIONS), coerce=Indication)
    reason = _Reason(
        lazy_kt("Begründung"),
        longest=1000,
        description=lazy_kt("ein kurzer Satz für die Akte; solange nichts entschieden ist, darf sie fehlen"),
    )
    benign = CheckField(lazy_kt("Die Stelle ist gutartig"))
    benign_on = _CheckedOn(lazy_kt("Beurteilt am"), future=False)
    benign_how = _CheckedHow(
        lazy_kt("Beurteilt durch"),
        longest=120,
        description=lazy_kt("zum Beispiel Auflichtmikroskopie, Histologie, klinische Untersuchung"),
    )
    places: ClassVar[dict[str, str]] = {
        "indication_without_reason": "reason",
        "benign_in_future": "benign_on",
        "benign_how_missing": "benign_how",
    }

    def validate(self, extra_validators: Any = None) -> bool:
        fits = bool(super().validate(extra_validators))
        if self.benign.data and not self.benign_on.data and not self.benign_on.errors:
            self.add_problem("benign_on", str(self.benign_on.missing))
            fits = False
        if isinstance(self.indication.data, Indication):
            for finding in assessment_findings(self.value(), today()):
                self.add_problem(self.places[finding.code], sentence(finding))
                fits = False
        return fits

    def value(self) -> Assessment:
        """The decision as the service takes it; without the tick nothing is confirmed."""
        benign = bool(self.benign.data)
        return Assessment(
            indication=self.indication.data, reason=self.reason.data or "",
            benign_on=self.benign_on.data if benign else None,
            benign_how=(self.benign_how.data or "") if benign else "",
        )  # fmt: skip
