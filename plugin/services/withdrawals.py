"""What a withdrawn consent carries along: later sessions are called off, estimates and cases are flagged."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from ...models.consent import Consent
from ...models.course import Course
from ...models.rules.states import ConsentState, ConsentStep, TreatmentState, TreatmentStep
from ...models.treatment import Treatment
from ..access import scoped
from ..clock import BERLIN
from ..extension import session
from ..unit_of_work import locked
from .flags import CONSENT_WITHDRAWN, flag_course
from .moves import move


def lock_course(course_id: int | None) -> None:
    """The course goes first in the lock order, so that nobody starts a session meanwhile."""
    session().execute(select(Course.id).where(Course.id == course_id).with_for_update())


def take_back(course_id: int, at: dt.datetime, how: str, received_by: str) -> int:
    """Every signed consent of the course ends at this minute (§ 630d(3) BGB). Returns how many there were.

    The course must be locked.
    """
    query = select(Consent.id).where(Consent.course_id == course_id, Consent.state == ConsentState.SIGNED.value)
    ids = list(session().scalars(scoped(query.order_by(Consent.id))))
    for consent_id in ids:
        end_consent(locked(Consent, consent_id), at, how, received_by)
    return len(ids)


def end_consent(consent: Consent, at: dt.datetime, how: str, received_by: str) -> None:
    """Note one withdrawal. Raises StepNotAllowed."""
    move(consent, ConsentStep.WITHDRAW, how)
    consent.withdrawn_at, consent.withdrawn_how, consent.withdrawn_by = at, how, received_by


def stop_course(course_id: int, at: dt.datetime) -> int:
    """Call off the planned sessions, unless another signed consent stands; flag estimates and cases in any case.

    Returns how many sessions were called off. The course must be locked.
    """
    session().flush()
    stopped = 0 if _still_signed(course_id) else _call_off(course_id, at)
    flag_course(course_id, CONSENT_WITHDRAWN, at)
    return stopped


def _call_off(course_id: int, at: dt.datetime) -> int:
    planned = select(Treatment.id).where(
        Treatment.course_id == course_id, Treatment.state == TreatmentState.PLANNED.value
    )
    reason = f"Einwilligung widerrufen am {at.astimezone(BERLIN):%d.%m.%Y um %H:%M} Uhr"
    ids = list(session().scalars(scoped(planned.order_by(Treatment.id))))
    for treatment_id in ids:
        treatment: Treatment = locked(Treatment, treatment_id)
        move(treatment, TreatmentStep.CALL_OFF, reason)
        treatment.end_reason, treatment.billing = reason, "not_billable"
    return len(ids)


def _still_signed(course_id: int) -> bool:
    query = select(Consent.id).where(Consent.course_id == course_id, Consent.state == ConsentState.SIGNED.value)
    return session().scalar(scoped(query.limit(1))) is not None
