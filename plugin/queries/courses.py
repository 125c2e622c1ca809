"""What pages read about a course itself: its head with the patient, and what its forms offer to choose from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select

from ...models.course import Course
from ...models.patient import Patient, Representative
from ...models.practice import Physician, Practice, Procedure, Staff
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from ..texts import language


@dataclass(frozen=True, slots=True)
class CourseHead:
    """A course with what stands in the head of its pages; days and counts as in the record."""

    id: int
    version: int
    practice_id: int
    patient_id: int
    title: str
    sessions_min: int
    sessions_max: int
    next_planned_on: dt.date | None
    diagnosis: str
    icd_code: str
    icd_certainty: str
    icd_side: str
    ended_on: dt.date | None
    procedure_id: int
    procedure_code: str
    name_de: str
    name_en: str
    patient_title: str
    first_name: str
    last_name: str
    birth_date: dt.date
    patient_language: str
    email: str
    email_consent: bool
    consent_months: int
    skin_type: int | None
    skin_sensitive: bool

    @property
    def procedure(self) -> str:
        """The procedure's name in the reader's language."""
        return self.name_en if language() == "en" else self.name_de


def course_head(course_id: int) -> CourseHead:
    """The course with its patient and procedure. Raises NotFound."""
    row = session().execute(scoped(_heads().where(Course.id == course_id))).first()
    if row is None:
        raise NotFound(f"course {course_id}")
    return CourseHead(*row)


def _heads() -> Select[Any]:
    names = list(CourseHead.__dataclass_fields__)
    columns = [getattr(Course, name) for name in names[: names.index("procedure_code")]]
    return (
        select(
            *columns, Procedure.code, Procedure.name_de, Procedure.name_en, Patient.title, Patient.first_name,
            Patient.last_name, Patient.birth_date, Patient.language, Patient.email, Patient.email_consent,
            Practice.consent_months, Patient.skin_type, Patient.skin_sensitive,
        )
        .join(Patient, Patient.id == Course.patient_id)
        .join(Procedure, Procedure.id == Course.procedure_id)
        .join(Practice, Practice.id == Course.practice_id)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PatientLine:
    """A patient as the head of a page without a course names them."""

    id: int
    title: str
    first_name: str
    last_name: str
    birth_date: dt.date


def patient_line(patient_id: int) -> PatientLine:
    """The patient. Raises NotFound."""
    columns = [getattr(Patient, name) for name in PatientLine.__dataclass_fields__]
    row = session().execute(scoped(select(*columns).where(Patient.id == patient_id))).first()
    if row is None:
        raise NotFound(f"patient {patient_id}")
    return PatientLine(*row)


def procedure_choices() -> list[tuple[int, str]]:
    """(id, name) of the procedures on offer."""
    name = Procedure.name_en if language() == "en" else Procedure.name_de
    query: Any = select(Procedure.id, name).where(Procedure.active).order_by(Procedure.id)
    return [(key, label) for key, label in session().execute(scoped(query))]


def staff_choices(course_id: int, today: dt.date) -> list[tuple[int, str]]:
    """(id, name) of those who work in the course's practice today, physicians first."""
    query: Any = (
        select(Staff.id, Staff.title, Staff.name)
        .join(Course, Course.practice_id == Staff.practice_id)
        .join(Physician, Physician.staff_id == Staff.id, isouter=True)
        .where(Course.id == course_id, or_(Staff.engaged_to.is_(None), Staff.engaged_to >= today))
        .order_by(Physician.id.is_(None), Staff.name, Staff.id)
    )
    return [(key, named(title, name)) for key, title, name in session().execute(scoped(query))]


def representatives_of(patient_id: int) -> list[tuple[str, str]]:
    """(name, kind) of those who act for the patient."""
    query: Any = (
        select(Representative.name, Representative.kind)
        .where(Representative.patient_id == patient_id)
        .order_by(Representative.id)
    )
    return [(name, kind) for name, kind in session().execute(scoped(query))]


def named(title: str | None, name: str | None) -> str:
    """A name with its title before it; "" where a join found nobody."""
    return f"{title or ''} {name or ''}".strip()
