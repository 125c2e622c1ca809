"""Records what was done in a treatment: complete, abort, add later. What happened is never turned away (§ 630f BGB)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.rules.states import TREATMENT, StepNotAllowed, TreatmentState, TreatmentStep
from ...models.treatment import Treatment
from ..access import Permission, require, scoped
from ..clock import BERLIN, at_berlin, now
from ..extension import actor, session
from ..queries.gate_facts import happened_on
from ..unit_of_work import SYSTEM, locked
from .aftercare import after_treatment
from .moves import move
from .session_records import (
    Record,
    SiteRecord,
    documented,
    documented_later,
    explain,
    limits,
    unsupervised,
    warn,
    write,
    write_sites,
)
from .treatments import happened_before
from .withdrawals import lock_course, stop_course, take_back

__all__ = ["Record", "SiteRecord", "abort", "complete", "complete_aborted", "give_reason", "note", "record_late"]


def note(treatment_id: int, version: int | None, record: Record) -> Treatment:
    """Keep what is known so far, for later. Before the start it is a plan, so the device's limits refuse it.

    Raises NotFound, StalePage, RuleBroken, StepNotAllowed once the session is over.
    """
    treatment: Treatment = locked(Treatment, treatment_id, version)
    started = treatment.state == TreatmentState.STARTED.value
    if not started:
        TREATMENT.advance(TreatmentState(treatment.state), TreatmentStep.START)
    write(treatment, record)
    if started and (day := happened_on(treatment)) and (began := _began(treatment, record, day)) <= now():
        treatment.started_at = began
    if not started and (found := limits(treatment, recording=False)):
        raise RuleBroken(found)
    return treatment


def complete(treatment_id: int, version: int | None, record: Record) -> Treatment:
    """The session is over and documented; the aftercare sheet is issued. Raises NotFound, StalePage, StepNotAllowed.

    RuleBroken asks for at least one site, for times that fit, and for a reason where something is unusual.
    """
    treatment: Treatment = locked(Treatment, treatment_id, version)
    TREATMENT.advance(TreatmentState(treatment.state), TreatmentStep.COMPLETE)
    day = happened_on(treatment)
    assert day is not None  # it was started
    _take_down(treatment, record, day)
    unusual = [*limits(treatment, recording=True), *unsupervised(treatment), *documented_later(treatment, day)]
    explain(treatment, unusual, record.reason)
    move(treatment, TreatmentStep.COMPLETE, record.reason)
    after_treatment(treatment)
    return treatment


def record_late(treatment_id: int, version: int | None, on: dt.date, record: Record) -> Treatment:
    """A session that took place without a start here: never held back by the gate, always flagged (domain 10.1 no. 14).

    Raises NotFound, StalePage, StepNotAllowed; RuleBroken asks for a site, times that fit, and a reason.
    """
    treatment: Treatment = locked(Treatment, treatment_id, version)
    TREATMENT.advance(TreatmentState(treatment.state), TreatmentStep.RECORD_LATE)
    treatment.planned_on = on
    _take_down(treatment, record, on)
    explain(treatment, [warn("documented_later", happened_on=on.isoformat())], record.reason)
    treatment.session_no = 1 + happened_before(treatment)
    move(treatment, TreatmentStep.RECORD_LATE, record.reason)
    after_treatment(treatment)
    return treatment


WITHDRAWN = "Einwilligung während der Sitzung widerrufen"


def abort(
    treatment_id: int, version: int | None, reason: str, sites: tuple[SiteRecord, ...], *, withdrawn: bool = False
) -> Treatment:
    """Stop at this minute; what was done is kept. Raises NotFound, StalePage, StepNotAllowed.

    `withdrawn`: the patient takes the consent back on the table (§ 630d(3) BGB). It ends at the same minute, later
    sessions are called off, estimates and open cases are flagged, all in this transaction.
    """
    course_id = session().scalar(scoped(select(Treatment.course_id).where(Treatment.id == treatment_id)))
    lock_course(course_id)
    treatment: Treatment = locked(Treatment, treatment_id, version)
    if withdrawn:
        reason = f"{WITHDRAWN}: {reason}" if reason else WITHDRAWN
    move(treatment, TreatmentStep.ABORT, reason)
    write_sites(treatment, sites)
    at = now().replace(second=0, microsecond=0)
    treatment.end_reason, treatment.ended_at, treatment.withdrawn_on_table = reason, at, withdrawn
    documented(treatment)
    if withdrawn:
        take_back(treatment.course_id, at, reason, (actor() or SYSTEM).name)
        stop_course(treatment.course_id, at)
    if treatment.sites:
        after_treatment(treatment)
    else:
        treatment.billing = "not_billable"
    return treatment


def complete_aborted(treatment_id: int, version: int | None, record: Record) -> Treatment:
    """Add to an aborted session what had been done until then; its times stay. Raises NotFound, StalePage, RuleBroken.

    StepNotAllowed in any other state. What was said or set is never turned away, so limits only ask for a reason.
    """
    treatment: Treatment = locked(Treatment, treatment_id, version)
    if treatment.state != TreatmentState.ABORTED.value:
        raise StepNotAllowed(TreatmentState(treatment.state), TreatmentStep.ABORT)
    handed = treatment.aftercare_handed
    write(treatment, record)
    treatment.aftercare_handed = handed or record.aftercare_handed
    explain(treatment, [*limits(treatment, recording=True), *unsupervised(treatment)], record.reason)
    documented(treatment)
    if treatment.sites:
        if treatment.billing == "not_billable":
            treatment.billing = "open"
        if treatment.aftercare_paper_id is None:
            after_treatment(treatment)
    return treatment


def give_reason(treatment_id: int, version: int | None, reason: str) -> Treatment:
    """A physician explains an entry that was late or unusual. Raises NotFound, StalePage, NotAllowed, RuleBroken."""
    require(Permission.OVERRIDE_GATE)
    treatment: Treatment = locked(Treatment, treatment_id, version)
    if not treatment.irregular or treatment.irregular_reason:
        raise RuleBroken([Finding("reason_given", Severity.BLOCK)])
    treatment.irregular_reason, treatment.irregular_by = reason, (actor() or SYSTEM).name
    return treatment


def _take_down(treatment: Treatment, record: Record, day: dt.date) -> None:
    """Times and parameters of a session that is over; raises RuleBroken for what cannot have been."""
    at = now()
    began, ended = _began(treatment, record, day), _ended(record, day, at)
    found = []
    if began > at:
        found.append(Finding("happened_in_future", Severity.BLOCK))
    elif ended is not None and ended < began:
        found.append(Finding("ended_before_began", Severity.BLOCK))
    elif ended is not None and ended > at:
        found.append(Finding("ended_in_future", Severity.BLOCK))
    if not record.sites:
        found.append(Finding("nothing_treated", Severity.BLOCK))
    if found:
        raise RuleBroken(found)
    treatment.started_at, treatment.ended_at = began, ended
    write(treatment, record)
    documented(treatment)


def _began(treatment: Treatment, record: Record, day: dt.date) -> dt.datetime:
    """As typed, to the minute; else as noted at the start."""
    if record.began is None and treatment.started_at is not None:
        return treatment.started_at
    return at_berlin(day, (record.began or dt.time()).replace(second=0, microsecond=0))


def _ended(record: Record, day: dt.date, at: dt.datetime) -> dt.datetime | None:
    """As typed; else now on the same day, and unknown on a later one."""
    if record.ended is not None:
        return at_berlin(day, record.ended)
    return at.replace(second=0, microsecond=0) if at.astimezone(BERLIN).date() == day else None
