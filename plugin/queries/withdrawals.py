"""What a withdrawal would stop: the planned sessions of a course, and the one that runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from ...models.consent import Consent
from ...models.rules.states import ConsentState, TreatmentState
from ...models.treatment import Treatment
from ..access import scoped
from ..extension import session


@dataclass(frozen=True, slots=True)
class Stops:
    """Days of the sessions that would be called off, the running session, and whether a signed consent would remain."""

    days: tuple[dt.date, ...]
    running_id: int | None
    other_consents: int


def stopped_by(course_id: int, consent_id: int | None = None) -> Stops:
    """For the page before the step; `consent_id` is the one that is taken back, None for all."""
    open_states = (TreatmentState.PLANNED.value, TreatmentState.STARTED.value)
    sessions: Any = (
        select(Treatment.id, Treatment.state, Treatment.planned_on)
        .where(Treatment.course_id == course_id, Treatment.state.in_(open_states))
        .order_by(Treatment.planned_on, Treatment.id)
    )
    rows = list(session().execute(scoped(sessions)))
    others = 0
    if consent_id is not None:
        count = select(func.count(Consent.id)).where(
            Consent.course_id == course_id, Consent.state == ConsentState.SIGNED.value, Consent.id != consent_id
        )
        others = session().scalar(scoped(count)) or 0
    return Stops(
        days=tuple(day for _, state, day in rows if state == TreatmentState.PLANNED.value) if not others else (),
        running_id=next((key for key, state, _ in rows if state == TreatmentState.STARTED.value), None),
        other_consents=others,
    )
