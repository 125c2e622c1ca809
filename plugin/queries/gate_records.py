"""Reads everything the gate looks at about one course; the number of statements does not grow with the rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from ...models.consent import Consent, CostNotice
from ...models.course import Course, Explanation
from ...models.patient import Policy, Representative
from ...models.practice import Practice
from ...models.rules.age import is_minor
from ...models.rules.states import ConsentState, CostNoticeState, TreatmentState
from ...models.treatment import Treatment, TreatmentSite
from ..access import scoped
from ..clock import BERLIN
from ..errors import NotFound
from ..extension import session

HAPPENED = (TreatmentState.STARTED.value, TreatmentState.DONE.value)


@dataclass(frozen=True, slots=True)
class Happened:
    """A session of the course that took place, or was aborted after something had been done."""

    treatment_id: int
    started_at: dt.datetime

    @property
    def on(self) -> dt.date:
        return self.started_at.astimezone(BERLIN).date()


@dataclass(frozen=True, slots=True)
class CourseRecords:
    """What belongs to one course; void consents and cost notices are not among it."""

    course: Course
    accepts_screen: bool
    policies: tuple[Policy, ...]
    sole_custody_proof: bool
    consents: tuple[Consent, ...]
    notices: tuple[CostNotice, ...]
    talks: tuple[Explanation, ...]
    happened: tuple[Happened, ...]

    def before(self, treatment: Treatment | None) -> tuple[Happened, ...]:
        """The sessions before this one, all of them where it has not begun; oldest first."""
        if treatment is None:
            return self.happened
        others = (each for each in self.happened if each.treatment_id != treatment.id)
        if treatment.started_at is None:
            return tuple(others)
        here = (treatment.started_at, treatment.id)
        return tuple(each for each in others if (each.started_at, each.treatment_id) < here)


def course_records(course_id: int, today: dt.date) -> CourseRecords:
    """Raises NotFound outside the own practices."""
    query: Any = (
        select(Course, Practice.sign_agreement_on_screen)
        .join(Practice, Practice.id == Course.practice_id)
        .where(Course.id == course_id)
        .options(joinedload(Course.patient), joinedload(Course.procedure), selectinload(Course.lesions))
    )
    row = session().execute(scoped(query)).first()
    if row is None:
        raise NotFound(f"Course {course_id}")
    course: Course = row[0]
    return CourseRecords(
        course=course,
        accepts_screen=row[1],
        policies=tuple(session().scalars(scoped(select(Policy).where(Policy.patient_id == course.patient_id)))),
        sole_custody_proof=is_minor(course.patient.birth_date, today) and _sole_custody(course.patient_id),
        consents=_consents(course_id),
        notices=_notices(course_id),
        talks=_talks(course_id),
        happened=_happened(course_id),
    )


def _sole_custody(patient_id: int) -> bool:
    proved = exists().where(
        Representative.patient_id == patient_id,
        Representative.sole_custody,
        Representative.proof_seen_at.is_not(None),
    )
    return bool(session().scalar(select(proved)))


def _consents(course_id: int) -> tuple[Consent, ...]:
    query = (
        select(Consent)
        .where(Consent.course_id == course_id, Consent.state != ConsentState.VOID.value)
        .options(selectinload(Consent.signers))
        .order_by(Consent.id)
    )
    return tuple(session().scalars(scoped(query)))


def _notices(course_id: int) -> tuple[CostNotice, ...]:
    query = (
        select(CostNotice)
        .where(CostNotice.course_id == course_id, CostNotice.state != CostNoticeState.VOID.value)
        .order_by(CostNotice.id)
    )
    return tuple(session().scalars(scoped(query)))


def _talks(course_id: int) -> tuple[Explanation, ...]:
    query = select(Explanation).where(Explanation.course_id == course_id).order_by(Explanation.started_at)
    return tuple(session().scalars(scoped(query)))


def _happened(course_id: int) -> tuple[Happened, ...]:
    """An aborted session counts where at least one site was treated."""
    treated = exists().where(TreatmentSite.treatment_id == Treatment.id)
    query: Any = (
        select(Treatment.id, Treatment.started_at)
        .where(
            Treatment.course_id == course_id,
            Treatment.started_at.is_not(None),
            Treatment.state.in_(HAPPENED) | ((Treatment.state == TreatmentState.ABORTED.value) & treated),
        )
        .order_by(Treatment.started_at)
    )
    return tuple(Happened(row.id, row.started_at) for row in session().execute(scoped(query)) if row.started_at)
