"""Records the oral explanation talk of § 630e BGB with its two times: when it was held and when it was written down."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import or_, select

from ...models.course import Course, Explanation
from ...models.practice import Staff
from ...models.rules.severity import Finding, Severity, refuse_blocked
from ..access import scoped
from ..clock import at_berlin, now
from ..errors import NotFound
from ..extension import actor, session
from ..unit_of_work import SYSTEM, locked


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkData:
    """One talk on one day, hours by the clock in Germany; `waiver` says that and how the patient did without it."""

    explained_by_id: int
    held_on: dt.date
    started: dt.time
    ended: dt.time
    channel: str = "in_person"
    language: str = "de"
    interpreter: str = ""
    companion: str = ""
    individual_risks: str = ""
    questions: str = ""
    plan: str = ""
    waiver: str = ""
    copy_handed_on: dt.date | None = None
    copy_handed_how: str = ""


def record_talk(course_id: int, version: int | None, data: TalkData, at: dt.datetime) -> Explanation:
    """Write down a talk that took place before the instant `at`. Raises NotFound, StalePage, RuleBroken."""
    course: Course = locked(Course, course_id, version)
    staff = session().scalar(
        scoped(
            select(Staff).where(
                Staff.id == data.explained_by_id,
                Staff.practice_id == course.practice_id,
                or_(Staff.engaged_to.is_(None), Staff.engaged_to >= data.held_on),
            )
        )
    )
    if staff is None:
        raise NotFound(f"Staff {data.explained_by_id}")
    refuse_blocked(talk_findings(data, at))
    talk = Explanation(
        practice_id=course.practice_id, course_id=course.id, explained_by_id=staff.id, channel=data.channel,
        started_at=at_berlin(data.held_on, data.started), ended_at=at_berlin(data.held_on, data.ended),
        recorded_at=now(), recorded_by=(actor() or SYSTEM).name, language=data.language, interpreter=data.interpreter,
        companion=data.companion, individual_risks=data.individual_risks, questions=data.questions, plan=data.plan,
        waiver=data.waiver, copy_handed_on=data.copy_handed_on, copy_handed_how=data.copy_handed_how,
    )  # fmt: skip
    session().add(talk)
    session().flush()
    return talk


def talk_findings(data: TalkData, at: dt.datetime) -> list[Finding]:
    """What cannot be: a talk without duration, in the future, or with a copy handed over before it."""
    found = []
    if data.ended <= data.started:
        found.append(Finding("talk_ends_before_start", Severity.BLOCK))
    elif at_berlin(data.held_on, data.ended) > at:
        found.append(Finding("talk_in_future", Severity.BLOCK))
    if data.copy_handed_on and data.copy_handed_on < data.held_on:
        found.append(Finding("copy_before_talk", Severity.BLOCK, "", {"held_on": data.held_on.isoformat()}))
    if data.copy_handed_on and not data.copy_handed_how:
        found.append(Finding("copy_how_missing", Severity.BLOCK))
    if data.copy_handed_how and not data.copy_handed_on:
        found.append(Finding("copy_day_missing", Severity.BLOCK))
    return found
