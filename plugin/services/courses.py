"""Opens a course, adds lesions, and records what a physician decides about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from sqlalchemy import or_, select

from ...models.course import Course, Lesion
from ...models.patient import Patient
from ...models.practice import Physician, Procedure, Staff
from ...models.rules.severity import Finding, RuleBroken, Severity, refuse_blocked
from ...models.rules.vat import Indication
from ..access import scoped
from ..clock import now
from ..errors import NotFound
from ..extension import actor, session
from ..unit_of_work import locked
from .flags import INDICATION_CHANGED, flag_course


@dataclass(frozen=True, slots=True)
class LesionData:
    """One site to be treated; size in millimetres, side "", R, L or B; a tattoo's ink colours parted by commas."""

    kind: str
    site: str
    side: str = ""
    size_mm: Decimal | None = None
    count: int = 1
    pigmented: bool = True
    ink_colours: str = ""
    ink_may_darken: bool = False


@dataclass(frozen=True, slots=True)
class CourseData:
    """What the desk knows about a series; `icd_year` is the edition of the ICD-10-GM that the code is from."""

    title: str
    sessions_min: int = 1
    sessions_max: int = 1
    next_planned_on: dt.date | None = None
    diagnosis: str = ""
    icd_code: str = ""
    icd_certainty: str = ""
    icd_side: str = ""
    icd_year: int | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a physician says about a lesion; without `benign_on` it is not confirmed as benign."""

    indication: Indication
    reason: str = ""
    benign_on: dt.date | None = None
    benign_how: str = ""


def open_course(patient_id: int, procedure_id: int, data: CourseData, lesions: Sequence[LesionData]) -> Course:
    """A new series with its lesions. Raises NotFound, and RuleBroken for a count of sessions that runs backwards."""
    patient = session().scalar(scoped(select(Patient).where(Patient.id == patient_id)))
    if patient is None:
        raise NotFound(f"Patient {patient_id}")
    procedure = session().scalar(scoped(select(Procedure).where(Procedure.id == procedure_id, Procedure.active)))
    if procedure is None or procedure.practice_id != patient.practice_id:
        raise NotFound(f"Procedure {procedure_id}")
    refuse_blocked(course_findings(data))
    course = Course(practice_id=patient.practice_id, patient_id=patient.id, procedure_id=procedure.id)
    _take(course, data)
    session().add(course)
    session().flush()
    session().add_all(_lesion(course, lesion) for lesion in lesions)
    session().flush()
    return course


def change_course(course_id: int, version: int | None, data: CourseData) -> Course:
    """Change what the desk knows about the series. Raises NotFound, StalePage, RuleBroken."""
    refuse_blocked(course_findings(data))
    course: Course = locked(Course, course_id, version)
    _take(course, data)
    return course


def add_lesion(course_id: int, version: int | None, data: LesionData) -> Lesion:
    """One more site; its indication is undecided until a physician decides. Raises NotFound, StalePage."""
    course: Course = locked(Course, course_id, version)
    lesion = _lesion(course, data)
    session().add(lesion)
    session().flush()
    return lesion


def assess_lesion(lesion_id: int, version: int | None, assessment: Assessment, today: dt.date) -> Lesion:
    """Set indication and benign check in the name of the physician who acts; `version` is the course's.

    Raises NotFound, StalePage, and RuleBroken where the acting person is no physician here or something is missing.
    """
    lesion: Lesion | None = session().scalar(scoped(select(Lesion).where(Lesion.id == lesion_id)))
    if lesion is None:
        raise NotFound(f"Lesion {lesion_id}")
    locked(Course, lesion.course_id, version)
    session().refresh(lesion)
    physician = acting_physician(lesion.practice_id, today)
    refuse_blocked(assessment_findings(assessment, today))
    if lesion.indication != assessment.indication.value:  # what was issued on the old one is to be looked at again
        flag_course(lesion.course_id, INDICATION_CHANGED, now())
    if (lesion.indication, lesion.indication_reason) != (assessment.indication.value, assessment.reason):
        lesion.indication, lesion.indication_reason = assessment.indication.value, assessment.reason
        lesion.indication_by_id, lesion.indication_at = physician.id, now()
    if (lesion.benign_on, lesion.benign_how) != (assessment.benign_on, assessment.benign_how):
        lesion.benign_on, lesion.benign_how = assessment.benign_on, assessment.benign_how
        lesion.benign_by_id = physician.id if assessment.benign_on else None
    return lesion


def acting_physician(practice_id: int, today: dt.date) -> Staff:
    """The physician of this practice who sits there. Raises RuleBroken: the permission alone is no licence."""
    who = actor()
    staff: Staff | None = session().scalar(
        scoped(
            select(Staff)
            .join(Physician, Physician.staff_id == Staff.id)
            .where(
                Staff.practice_id == practice_id,
                Staff.actor_key == (who.key if who else ""),
                or_(Staff.engaged_to.is_(None), Staff.engaged_to >= today),
            )
        )
    )
    if staff is None:
        raise RuleBroken([Finding("assessment_needs_physician", Severity.BLOCK)])
    return staff


def course_findings(data: CourseData) -> list[Finding]:
    """What does not fit together about a series."""
    if data.sessions_min < 1 or data.sessions_max < data.sessions_min:
        return [Finding("sessions_backwards", Severity.BLOCK, "", {"least": str(data.sessions_min)})]
    return []


def assessment_findings(assessment: Assessment, today: dt.date) -> list[Finding]:
    """What is missing for a decision: its reason (domain 10.1 no. 1), and by what the lesion was judged (no. 5)."""
    found = []
    if assessment.indication is not Indication.UNDECIDED and not assessment.reason:
        found.append(Finding("indication_without_reason", Severity.BLOCK))
    if assessment.benign_on and assessment.benign_on > today:
        found.append(Finding("benign_in_future", Severity.BLOCK))
    if assessment.benign_on and not assessment.benign_how:
        found.append(Finding("benign_how_missing", Severity.BLOCK))
    return found


def _take(course: Course, data: CourseData) -> None:
    for field in fields(data):
        setattr(course, field.name, getattr(data, field.name))


def _lesion(course: Course, data: LesionData) -> Lesion:
    values = {field.name: getattr(data, field.name) for field in fields(data)}
    return Lesion(practice_id=course.practice_id, course_id=course.id, **values)
