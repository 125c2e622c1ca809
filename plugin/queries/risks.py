"""Which risks the consent of a course must name for its patient, and which inks its tattoos have."""

from __future__ import annotations

from sqlalchemy import select

from ...models.course import Course
from ...models.rules.procedures import Procedure
from ...models.rules.risks import RiskClause, RiskFacts, risk_clauses
from ..access import scoped
from ..extension import session


def clauses_of(course: Course) -> tuple[RiskClause, ...]:
    """The clauses that the facts of today ask for: the patient's skin, and the inks of the course's tattoos."""
    return risk_clauses(
        RiskFacts(
            procedure=Procedure(course.procedure.code),
            skin_type=course.patient.skin_type,
            skin_sensitive=course.patient.skin_sensitive,
            inks=frozenset(ink for lesion in course.lesions for ink in inks_of(lesion.ink_colours)),
            ink_may_darken=any(lesion.ink_may_darken for lesion in course.lesions),
        )
    )


def clauses_of_course(course_id: int) -> tuple[str, ...]:
    """The codes of these clauses, for a page."""
    course: Course | None = session().scalar(scoped(select(Course).where(Course.id == course_id)))
    return tuple(clause.value for clause in clauses_of(course)) if course else ()


def inks_of(stored: str) -> tuple[str, ...]:
    """The codes of a lesion's ink colours, as they are stored: parted by commas."""
    return tuple(code for code in stored.split(",") if code)
