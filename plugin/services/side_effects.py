"""Side effects: the desk records what is reported, a physician judges and closes it; nothing blocks (§ 630f BGB)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from ...models.rules.severity import Finding, RuleBroken, Severity, refuse_blocked
from ...models.rules.side_effects import SideEffectKind, follow_up_findings, report_findings
from ...models.rules.states import TreatmentState
from ...models.rules.tablet_states import SideEffectStep
from ...models.side_effect import SideEffect
from ...models.treatment import Treatment
from ..access import Permission, require, scoped
from ..clock import BERLIN, now
from ..errors import NotFound
from ..extension import actor, session
from ..queries.gate_facts import happened_on
from ..unit_of_work import SYSTEM, locked
from .courses import acting_physician
from .moves import move
from .withdrawals import lock_course

_TOOK_PLACE = (TreatmentState.STARTED.value, TreatmentState.DONE.value, TreatmentState.ABORTED.value)


@dataclass(frozen=True, slots=True)
class Report:
    """What was told: `how` is telephone, in_person, email or seen; `lesion_id` None for all sites or unclear."""

    at: dt.datetime
    how: str
    kinds: tuple[SideEffectKind, ...]
    by: str = ""
    lesion_id: int | None = None
    began_on: dt.date | None = None
    description: str = ""
    advice: str = ""
    follow_up_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the physician who saw it says; the note of § 52(2), § 294a(2) SGB V where it is asked for."""

    expected: bool
    measure: str
    follow_up_on: dt.date | None = None
    par52_note: str = ""


def report_side_effect(treatment_id: int, report: Report, today: dt.date) -> SideEffect:
    """Keep what was reported after a session. Raises NotFound, and RuleBroken for days that cannot be."""
    lock_course(session().scalar(scoped(select(Treatment.course_id).where(Treatment.id == treatment_id))))
    treatment: Treatment = locked(Treatment, treatment_id)
    day = happened_on(treatment)
    if treatment.state not in _TOOK_PLACE or day is None:
        raise RuleBroken([Finding("side_effect_without_session", Severity.BLOCK)])
    if report.lesion_id is not None and report.lesion_id not in {each.id for each in treatment.course.lesions}:
        raise NotFound(f"lesion {report.lesion_id}")
    reported_on = report.at.astimezone(BERLIN).date()
    found = report_findings(day, reported_on, report.began_on, today)
    if report.at > now() and reported_on <= today:
        found.append(Finding("reported_in_future", Severity.BLOCK))
    refuse_blocked([*found, *follow_up_findings(report.follow_up_on, today)])
    effect = SideEffect(
        practice_id=treatment.practice_id, patient_id=treatment.patient_id, course_id=treatment.course_id,
        treatment_id=treatment.id, lesion_id=report.lesion_id, kinds="\n".join(kind.value for kind in report.kinds),
        description=report.description, began_on=report.began_on, reported_at=report.at, reported_how=report.how,
        reported_by=report.by, recorded_by=(actor() or SYSTEM).name, advice=report.advice,
        follow_up_on=report.follow_up_on,
    )  # fmt: skip
    session().add(effect)
    session().flush()
    return effect


def see_side_effect(effect_id: int, version: int | None, judgement: Judgement, today: dt.date) -> SideEffect:
    """A physician saw it. Raises NotFound, StalePage, NotAllowed, StepNotAllowed, RuleBroken."""
    effect = _judged(effect_id, version)
    physician = acting_physician(effect.practice_id, today)
    refuse_blocked(follow_up_findings(judgement.follow_up_on, today))
    move(effect, SideEffectStep.SEE, judgement.measure)
    effect.expected, effect.measure = judgement.expected, judgement.measure
    effect.seen_by_id, effect.seen_at = physician.id, now()
    effect.follow_up_on = judgement.follow_up_on
    effect.par52_note = judgement.par52_note
    return effect


def close_side_effect(
    effect_id: int, version: int | None, outcome: str, on: dt.date, note: str, today: dt.date
) -> SideEffect:
    """How it ended. Raises NotFound, StalePage, NotAllowed, StepNotAllowed, RuleBroken."""
    effect = _judged(effect_id, version)
    day = happened_on(effect.treatment)
    if on > today:
        raise RuleBroken([Finding("outcome_in_future", Severity.BLOCK)])
    if day is not None and on < day:
        raise RuleBroken([Finding("outcome_before_session", Severity.BLOCK, "", {"treated_on": day.isoformat()})])
    move(effect, SideEffectStep.CLOSE, note)
    effect.outcome, effect.outcome_on, effect.follow_up_on = outcome, on, None
    return effect


def reopen_side_effect(effect_id: int, version: int | None) -> SideEffect:
    """It came back, or was closed too early. Raises NotFound, StalePage, NotAllowed, StepNotAllowed."""
    effect = _judged(effect_id, version)
    move(effect, SideEffectStep.REOPEN)
    effect.outcome, effect.outcome_on = "", None
    return effect


def _judged(effect_id: int, version: int | None) -> SideEffect:
    require(Permission.JUDGE_SIDE_EFFECTS)
    effect: SideEffect = locked(SideEffect, effect_id, version)
    return effect
