"""What happens elsewhere and marks a clarification: a treatment that starts before the answer is there."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from ...models.clarification import Clarification
from ...models.rules.case_states import OPEN_CASES, ClarificationState
from ..access import scoped
from ..extension import session

_UNANSWERED: Final = tuple(
    sorted(OPEN_CASES - {ClarificationState.NOT_REQUIRED, ClarificationState.ANSWERED, ClarificationState.OBJECTION})
)


def treatment_started(course_id: int) -> None:
    """Mark the course's open cases: § 192(8) VVG asks before the treatment, an insurer may point to that."""
    query = (
        select(Clarification)
        .where(
            Clarification.course_id == course_id,
            Clarification.state.in_(_UNANSWERED),
            Clarification.started_before_answer.is_(False),
        )
        .with_for_update(of=Clarification)
    )
    for case in session().scalars(scoped(query)):
        case.started_before_answer = True
