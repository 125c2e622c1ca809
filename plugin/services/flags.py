"""Flags the open estimates and clarifications of a course: look at this again (domain 10.1 no. 10)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from ...models.clarification import Clarification
from ...models.estimate import Estimate
from ...models.rules.case_states import OPEN_CASES, EstimateState
from ..access import scoped
from ..clock import now
from ..extension import session

CONSENT_WITHDRAWN = "consent_withdrawn"
INDICATION_CHANGED = "indication_changed"
_STANDING = (EstimateState.ISSUED.value, EstimateState.HANDED.value)


def flag_course(course_id: int, flag: str, at: dt.datetime) -> int:
    """Flag what is still open; it neither ends an estimate nor closes a case. Returns how many were flagged.

    Call it inside a unit of work, with the course already locked: estimates go before clarifications.
    """
    estimates = select(Estimate).where(Estimate.course_id == course_id, Estimate.state.in_(_STANDING))
    cases = select(Clarification).where(
        Clarification.course_id == course_id, Clarification.state.in_([state.value for state in OPEN_CASES])
    )
    flagged = 0
    for query in (estimates, cases):
        ordered: Any = query.order_by(query.selected_columns.id).with_for_update()
        for record in session().scalars(scoped(ordered).execution_options(populate_existing=True)):
            record.flag, record.flagged_at, record.changed_at = flag, at, now()
            flagged += 1
    return flagged
