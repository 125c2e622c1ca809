"""Records what was done in a treatment: complete, abort, add later. What happened is never turned away (§ 630f BGB)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ...models.rules.procedures import limit_findings
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.rules.states import TREATMENT, TreatmentState, TreatmentStep
from ...models.treatment import Treatment, TreatmentSite
from ..access import Permission, may, require
from ..clock import BERLIN, at_berlin, now
from ..errors import NotFound
from ..extension import actor
from ..queries.doses import doses_of, limits_of
from ..queries.gate_facts import happened_on
from ..unit_of_work import SYSTEM, locked
from .aftercare import after_treatment
from .moves import move
from .treatments import People, happened_before, name_people


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """What was set at one lesion; None for what is not known. Temperatures in °C, times in seconds, areas in cm²."""

    lesion_id: int
    probe: str = ""
    temperature_c: Decimal | None = None
    seconds: Decimal | None = None
    cycles: int | None = None
    spots: int | None = None
    area_cm2: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What was done and seen. `reason` explains what is unusual about it (device limit, late entry, no supervisor)."""

    people: People
    sites: tuple[SiteRecord, ...]
    began: dt.time | None = None
    ended: dt.time | None = None
    reaction: str = ""
    test_spot: str = ""
    anaesthetic: str = ""
    eye_protection: bool = False
    note: str = ""
    aftercare_handed: bool = False
    reason: str = ""


def note(treatment_id: int, version: int | None, record: Record) -> Treatment:
    """Keep what is known so far, for later. Before the start it is a plan, so the device's limits refuse it.

    Raises NotFound, StalePage, RuleBroken, StepNotAllowed once the session is over.
    """
    treatment: Treatment = locked(Treatment, treatment_id, version)
    started = treatment.state == TreatmentState.STARTED.value
    if not started:
        TREATMENT.advance(TreatmentState(treatment.state), TreatmentStep.START)
    _write(treatment, record)
    if started and (day := happened_on(treatment)) and (began := _began(treatment, record, day)) <= now():
        treatment.started_at = began
    if not started and (found := _limits(treatment, recording=False)):
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
    unusual = [*_limits(treatment, recording=True), *_unsupervised(treatment), *_documented_later(treatment, day)]
    _explain(treatment, unusual, record.reason)
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
    _explain(treatment, [_warn("documented_later", happened_on=on.isoformat())], record.reason)
    treatment.session_no = 1 + happened_before(treatment)
    move(treatment, TreatmentStep.RECORD_LATE, record.reason)
    after_treatment(treatment)
    return treatment


def abort(treatment_id: int, version: int | None, reason: str, sites: tuple[SiteRecord, ...]) -> Treatment:
    """Stop at this minute; what was done is kept. Raises NotFound, StalePage, StepNotAllowed."""
    treatment: Treatment = locked(Treatment, treatment_id, version)
    move(treatment, TreatmentStep.ABORT, reason)
    _write_sites(treatment, sites)
    treatment.end_reason, treatment.ended_at = reason, now().replace(second=0, microsecond=0)
    _documented(treatment)
    if treatment.sites:
        after_treatment(treatment)
    else:
        treatment.billing = "not_billable"
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
    _write(treatment, record)
    _documented(treatment)


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


def _write(treatment: Treatment, record: Record) -> None:
    name_people(treatment, record.people)
    treatment.immediate_reaction, treatment.note = record.reaction, record.note
    treatment.test_spot, treatment.anaesthetic = record.test_spot, record.anaesthetic
    treatment.eye_protection, treatment.aftercare_handed = record.eye_protection, record.aftercare_handed
    _write_sites(treatment, record.sites)


def _write_sites(treatment: Treatment, records: tuple[SiteRecord, ...]) -> None:
    lesions = {lesion.id: lesion for lesion in treatment.course.lesions}
    if unknown := {record.lesion_id for record in records} - lesions.keys():
        raise NotFound(f"lesion {min(unknown)}")
    there = {site.lesion_id: site for site in treatment.sites}
    treatment.sites = [
        _filled(
            there.get(record.lesion_id)
            or TreatmentSite(practice_id=treatment.practice_id, lesion=lesions[record.lesion_id]),
            record,
        )
        for record in records
    ]


def _filled(site: TreatmentSite, record: SiteRecord) -> TreatmentSite:
    site.probe, site.temperature_c, site.seconds = record.probe, record.temperature_c, record.seconds
    site.cycles, site.spots, site.area_cm2 = record.cycles, record.spots, record.area_cm2
    return site


def _limits(treatment: Treatment, *, recording: bool) -> list[Finding]:
    doses = doses_of((site.lesion.place, site) for site in treatment.sites)
    return limit_findings(doses, limits_of(treatment.device), recording=recording)


def _unsupervised(treatment: Treatment) -> list[Finding]:
    alone = not (treatment.performed_by and treatment.performed_by.physician) and treatment.supervised_by is None
    return [_warn("supervisor_missing", "§ 4 Abs. 2 GOÄ")] if alone else []


def _documented_later(treatment: Treatment, day: dt.date) -> list[Finding]:
    assert treatment.documented_at is not None
    later = treatment.documented_at.astimezone(BERLIN).date() > day
    return [_warn("documented_later", happened_on=day.isoformat())] if later else []


def _explain(treatment: Treatment, unusual: list[Finding], reason: str) -> None:
    """Flag what is unusual; a physician's reason is the reason, the desk's stays in the history until one is given."""
    if not unusual:
        return
    if not reason:
        raise RuleBroken([*unusual, Finding("reason_needed", Severity.BLOCK)])
    treatment.irregular = True
    if may(Permission.OVERRIDE_GATE):
        treatment.irregular_reason, treatment.irregular_by = reason, (actor() or SYSTEM).name


def _documented(treatment: Treatment) -> None:
    treatment.documented_at, treatment.documented_by = now(), (actor() or SYSTEM).name


def _warn(code: str, paragraph: str = "", **facts: str) -> Finding:
    return Finding(code, Severity.WARN, paragraph, facts)
