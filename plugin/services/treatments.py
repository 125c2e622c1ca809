"""Plans treatments, asks before them, opens single items of the gate, starts them and calls them off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ...models.course import Course
from ...models.practice import Device, Site, Staff
from ...models.rules.gate_facts import GateItem, GateState, Override
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.rules.states import TREATMENT, TreatmentState, TreatmentStep
from ...models.treatment import GateOverride, Treatment
from ..access import Permission, require, scoped
from ..clock import now
from ..errors import NotFound
from ..extension import actor, session
from ..queries.gate_facts import gate_of
from ..unit_of_work import SYSTEM, locked
from .clarification_events import treatment_started
from .gate import refuse_while_blocked
from .moves import move

_TAKEN_UP = (TreatmentState.PLANNED.value, TreatmentState.STARTED.value, TreatmentState.DONE.value)
RIGHTS = {Override.PHYSICIAN: Permission.OVERRIDE_GATE, Override.OWNER: Permission.OVERRIDE_AGREEMENT}


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where; `late` is a session that already took place and is about to be recorded."""

    on: dt.date
    time: dt.time | None = None
    site_id: int | None = None
    device_id: int | None = None
    performer_id: int | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Recheck:
    """The answers of the day; `pregnancy` is None where it was not asked.

    `minor_capable`: a physician's judgement of a minor, None to leave it as it stands.
    """

    tan: bool
    medicines: bool
    herpes: bool
    changes: bool
    pregnancy: bool | None = None
    last_sun_on: dt.date | None = None
    note: str = ""
    minor_capable: bool | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Who applies, the physician who answers for an assistant, and with which device."""

    performer_id: int
    supervisor_id: int | None = None
    device_id: int | None = None


def plan_treatment(course_id: int, version: int | None, plan: Plan, today: dt.date) -> Treatment:
    """A new session of the course. Raises NotFound, StalePage, RuleBroken for a day that has passed."""
    course: Course = locked(Course, course_id, version)
    if course.ended_on is not None and course.ended_on < plan.on:
        raise _broken("course_ended", ended_on=course.ended_on.isoformat())
    if plan.on < today and not plan.late:
        raise _broken("planned_in_past", planned_on=plan.on.isoformat())
    if plan.on > today and plan.late:
        raise _broken("happened_in_future")
    treatment = Treatment(
        practice_id=course.practice_id,
        patient_id=course.patient_id,
        course_id=course.id,
        site_id=_site(course.practice_id, plan.site_id),
        session_no=1 + _taken_up(course.id),
        planned_on=plan.on,
        planned_time=f"{plan.time:%H:%M}" if plan.time else "",
        device=device_of(course.practice_id, plan.device_id),
        performed_by=staff_of(course.practice_id, plan.performer_id),
    )
    session().add(treatment)
    session().flush()
    return treatment


def recheck(treatment_id: int, version: int | None, answers: Recheck) -> Treatment:
    """Keep the short questions of this session. Raises NotFound, StalePage, StepNotAllowed once it is over."""
    treatment: Treatment = locked(Treatment, treatment_id, version)
    if treatment.state != TreatmentState.STARTED.value:
        TREATMENT.advance(TreatmentState(treatment.state), TreatmentStep.START)
    treatment.rechecked_at = now()
    treatment.recheck_tan, treatment.recheck_medicines = answers.tan, answers.medicines
    treatment.recheck_pregnancy, treatment.recheck_herpes = answers.pregnancy, answers.herpes
    treatment.recheck_changes, treatment.recheck_note = answers.changes, answers.note
    treatment.last_sun_on = answers.last_sun_on
    if answers.minor_capable is not None:
        require(Permission.DECIDE_INDICATION)
        treatment.minor_capable, treatment.minor_capable_by = answers.minor_capable, (actor() or SYSTEM).name
    return treatment


def start(treatment_id: int, version: int | None, people: People, today: dt.date) -> Treatment:
    """Begin at this minute. Raises NotFound, StalePage, StepNotAllowed, and StartRefused while papers are missing.

    The course is locked first, so that two sessions cannot use up the last one of a consent.
    """
    course_id = session().scalar(scoped(select(Treatment.course_id).where(Treatment.id == treatment_id)))
    session().execute(select(Course.id).where(Course.id == course_id).with_for_update())
    treatment: Treatment = locked(Treatment, treatment_id, version)
    TREATMENT.advance(TreatmentState(treatment.state), TreatmentStep.START)
    if _running(treatment):
        raise _broken("session_running")
    name_people(treatment, people)
    treatment.planned_on = today  # whoever comes early or late is treated today, and judged for today
    refuse_while_blocked(treatment, today)
    if not (treatment.performed_by and treatment.performed_by.physician) and treatment.supervised_by is None:
        raise _broken("supervisor_missing", "§ 4 Abs. 2 GOÄ")
    treatment.started_at = now().replace(second=0, microsecond=0)
    treatment.session_no = 1 + happened_before(treatment)
    move(treatment, TreatmentStep.START)
    treatment_started(treatment.course_id)
    return treatment


def call_off(treatment_id: int, version: int | None, reason: str) -> Treatment:
    """It will not take place. Raises NotFound, StalePage, StepNotAllowed."""
    treatment: Treatment = locked(Treatment, treatment_id, version)
    move(treatment, TreatmentStep.CALL_OFF, reason)
    treatment.end_reason, treatment.billing = reason, "not_billable"
    return treatment


def override(treatment_id: int, version: int | None, code: str, reason: str, today: dt.date) -> GateOverride:
    """Open one item of the gate for this session, with a reason that is kept (domain 10.2).

    Raises NotFound, StalePage, NotAllowed, and RuleBroken where nobody may open the item.
    """
    treatment: Treatment = locked(Treatment, treatment_id, version)
    item = releasable(gate_of(treatment, today), code)
    require(RIGHTS[item.override])
    who = actor() or SYSTEM
    if item.override is Override.PHYSICIAN and not _may_release(treatment.practice_id, who.key):
        raise _broken("release_not_granted")
    opened = GateOverride(
        practice_id=treatment.practice_id,
        treatment_id=treatment.id,
        code=code,
        reason=reason,
        at=now(),
        actor_key=who.key,
        actor_name=who.name,
    )
    session().add(opened)
    return opened


def releasable(items: tuple[GateItem, ...], code: str) -> GateItem:
    """The open item of that code that somebody may open. Raises RuleBroken where there is none."""
    for item in items:
        if item.code == code and item.state is not GateState.DONE and item.override is not Override.NOBODY:
            return item
    raise _broken("not_releasable")


def name_people(treatment: Treatment, people: People) -> None:
    """Put performer, supervisor and device on the treatment. Raises NotFound outside its practice."""
    treatment.performed_by = staff_of(treatment.practice_id, people.performer_id)
    over = staff_of(treatment.practice_id, people.supervisor_id)
    if over is not None and over.physician is None:
        raise NotFound(f"physician {people.supervisor_id}")
    treatment.supervised_by = over
    treatment.device = device_of(treatment.practice_id, people.device_id)


def staff_of(practice_id: int, staff_id: int | None) -> Staff | None:
    """One of the practice's people, None for no id. Raises NotFound."""
    if staff_id is None:
        return None
    query = select(Staff).where(Staff.id == staff_id, Staff.practice_id == practice_id)
    found: Staff | None = session().scalar(scoped(query.options(joinedload(Staff.physician))))
    if found is None:
        raise NotFound(f"staff {staff_id}")
    return found


def device_of(practice_id: int, device_id: int | None) -> Device | None:
    """One of the practice's devices, None for no id. Raises NotFound."""
    if device_id is None:
        return None
    query = select(Device).where(Device.id == device_id, Device.practice_id == practice_id)
    found: Device | None = session().scalar(scoped(query))
    if found is None:
        raise NotFound(f"device {device_id}")
    return found


def happened_before(treatment: Treatment) -> int:
    """How many other sessions of the course have begun so far."""
    began = treatment.started_at or now()
    query = select(func.count(Treatment.id)).where(
        Treatment.course_id == treatment.course_id,
        Treatment.id != treatment.id,
        Treatment.started_at <= began,
        Treatment.state.in_(_TAKEN_UP),
    )
    return session().scalar(scoped(query)) or 0


def _site(practice_id: int, site_id: int | None) -> int:
    query = select(Site.id).where(Site.practice_id == practice_id).order_by(Site.id).limit(1)
    found = session().scalar(scoped(query if site_id is None else query.where(Site.id == site_id)))
    if found is None:
        raise NotFound(f"site {site_id}")
    return int(found)


def _taken_up(course_id: int) -> int:
    query = select(func.count(Treatment.id)).where(Treatment.course_id == course_id, Treatment.state.in_(_TAKEN_UP))
    return session().scalar(scoped(query)) or 0


def _running(treatment: Treatment) -> bool:
    query = select(Treatment.id).where(
        Treatment.course_id == treatment.course_id, Treatment.state == TreatmentState.STARTED.value
    )
    return session().scalar(scoped(query.limit(1))) is not None


def _may_release(practice_id: int, key: str) -> bool:
    """A physician's own record may take this away; somebody without a record here has only the role."""
    query = select(Staff).where(Staff.practice_id == practice_id, Staff.actor_key == key)
    staff: Staff | None = session().scalar(scoped(query.options(joinedload(Staff.physician))))
    return staff is None or staff.physician is None or staff.physician.may_override


def _broken(code: str, paragraph: str = "", **facts: str) -> RuleBroken:
    return RuleBroken([Finding(code, Severity.BLOCK, paragraph, facts)])
