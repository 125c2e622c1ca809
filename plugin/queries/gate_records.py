"""Reads everything the gate looks at about courses; the number of statements grows neither with rows nor courses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
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
    found = records_of_courses((course_id,), today)
    if course_id not in found:
        raise NotFound(f"Course {course_id}")
    return found[course_id]


def records_of_courses(course_ids: Collection[int], today: dt.date) -> dict[int, CourseRecords]:
    """The records of each course of the own practices, in as many statements as for one."""
    if not course_ids:
        return {}
    query: Any = (
        select(Course, Practice.sign_agreement_on_screen)
        .join(Practice, Practice.id == Course.practice_id)
        .where(Course.id.in_(course_ids))
        .options(joinedload(Course.patient), joinedload(Course.procedure), selectinload(Course.lesions))
    )
    rows = session().execute(scoped(query)).all()
    people = {course.patient_id for course, _ in rows}
    policies = _by(Policy.patient_id, select(Policy).where(Policy.patient_id.in_(people)))
    minors = {course.patient_id for course, _ in rows if is_minor(course.patient.birth_date, today)}
    alone = _sole_custody(minors) if minors else frozenset()
    consents, notices = _by(Consent.course_id, _consents(course_ids)), _by(CostNotice.course_id, _notices(course_ids))
    talks, happened = _by(Explanation.course_id, _talks(course_ids)), _happened(course_ids)
    return {
        course.id: CourseRecords(
            course=course,
            accepts_screen=accepts_screen,
            policies=policies.get(course.patient_id, ()),
            sole_custody_proof=course.patient_id in alone,
            consents=consents.get(course.id, ()),
            notices=notices.get(course.id, ()),
            talks=talks.get(course.id, ()),
            happened=happened.get(course.id, ()),
        )
        for course, accepts_screen in rows
    }


def _by(column: Any, query: Any) -> dict[int, tuple[Any, ...]]:
    """The records that a query finds, in its order, by one of their columns."""
    found: dict[int, tuple[Any, ...]] = {}
    for record in session().scalars(scoped(query)):
        key = getattr(record, column.key)
        found[key] = (*found.get(key, ()), record)
    return found


def _sole_custody(patient_ids: Collection[int]) -> frozenset[int]:
    query = select(Representative.patient_id).where(
        Representative.patient_id.in_(patient_ids),
        Representative.sole_custody,
        Representative.proof_seen_at.is_not(None),
    )
    return frozenset(session().scalars(scoped(query)))


def _consents(course_ids: Collection[int]) -> Any:
    return (
        select(Consent)
        .where(Consent.course_id.in_(course_ids), Consent.state != ConsentState.VOID.value)
        .options(selectinload(Consent.signers))
        .order_by(Consent.id)
    )


def _notices(course_ids: Collection[int]) -> Any:
    return (
        select(CostNotice)
        .where(CostNotice.course_id.in_(course_ids), CostNotice.state != CostNoticeState.VOID.value)
        .order_by(CostNotice.id)
    )


def _talks(course_ids: Collection[int]) -> Any:
    return select(Explanation).where(Explanation.course_id.in_(course_ids)).order_by(Explanation.started_at)


def _happened(course_ids: Collection[int]) -> dict[int, tuple[Happened, ...]]:
    """An aborted session counts where at least one site was treated."""
    treated = exists().where(TreatmentSite.treatment_id == Treatment.id)
    query: Any = (
        select(Treatment.course_id, Treatment.id, Treatment.started_at)
        .where(
            Treatment.course_id.in_(course_ids),
            Treatment.started_at.is_not(None),
            Treatment.state.in_(HAPPENED) | ((Treatment.state == TreatmentState.ABORTED.value) & treated),
        )
        .order_by(Treatment.started_at)
    )
    found: dict[int, tuple[Happened, ...]] = {}
    for course_id, treatment_id, started_at in session().execute(scoped(query)):
        found[course_id] = (*found.get(course_id, ()), Happened(treatment_id, started_at))
    return found
