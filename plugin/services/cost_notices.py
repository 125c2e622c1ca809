"""Issues the cost notice (§ 630c(3) BGB), notes its handing over, and files the signed self-payer agreement."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import select

from ...models.consent import CostNotice
from ...models.course import Course
from ...models.patient import Patient
from ...models.rules.numbering import NumberKind
from ...models.rules.severity import Finding, Severity, refuse_blocked
from ...models.rules.states import CostNoticeStep
from .. import blobs
from ..access import scoped
from ..clock import now
from ..extension import actor, session
from ..queries.cost_notices import cover_on
from ..unit_of_work import SYSTEM, locked
from . import papers
from .consents import signing_findings
from .cost_notice_content import cost_notice_content
from .cost_plans import CostPlan, offered_services, plan_findings
from .estimate_checks import billing_findings, facts_of
from .estimate_plans import EstimatedFactor
from .moves import move
from .numbers import draw
from .paper_heads import paper_head
from .scans import FiledScan

_OPEN: Final = ("prepared", "handed")


def issue_cost_notice(course_id: int, version: int | None, plan: CostPlan, today: dt.date) -> CostNotice:
    """Issue the paper with the costs to be expected; an unsigned earlier one is put aside.

    Raises NotFound (also for a number the schedule lacks), StalePage, RuleBroken.
    """
    course: Course = locked(Course, course_id, version)
    services = offered_services(course, today)
    refuse_blocked(plan_findings(plan, services, today))
    head, cover = paper_head(course, plan.language), cover_on(course.patient_id, today)
    highest = [EstimatedFactor(each.highest, each.reason) for each in plan.factors]
    refuse_blocked(billing_findings(facts_of(head, cover), services, highest, today))
    earlier = _unsigned(course.id)
    number = draw(course.practice_id, NumberKind.COST_NOTICE, today.year)
    content = cost_notice_content(head, cover, plan, services, number, today)
    paper = papers.issue(
        content, practice_id=course.practice_id, patient_id=course.patient_id, number=number, issued_on=today
    )
    notice = CostNotice(
        practice_id=course.practice_id, patient_id=course.patient_id, course_id=course.id, payer=cover.payer.value,
        with_agreement=bool(content.agreement), indication=head.indication.value, paper_id=paper.id,
        gross_min=content.total_from, gross_max=content.total_to,
    )  # fmt: skip
    session().add(notice)
    session().flush()
    for old in earlier:
        move(old, CostNoticeStep.DISCARD, number)
    return notice


def hand_cost_notice(notice_id: int, version: int | None, on: dt.date, how: str, today: dt.date) -> CostNotice:
    """Note the day and the way it reached the patient. Raises NotFound, StalePage, StepNotAllowed, RuleBroken."""
    notice: CostNotice = locked(CostNotice, notice_id, version)
    patient = session().get_one(Patient, notice.patient_id)
    mail = bool(patient.email and patient.email_consent)
    refuse_blocked(handing_findings(on, how, notice.paper.issued_on, today, mail_allowed=mail))
    move(notice, CostNoticeStep.HAND)
    notice.handed_on, notice.handed_how = on, how
    return notice


def sign_cost_notice(
    notice_id: int, version: int | None, signed_on: dt.date, scan: FiledScan, today: dt.date, medium: str = "paper"
) -> CostNotice:
    """File the signed paper; who signs has it in hand, so that day counts as handed over where none is noted yet.

    Raises NotFound, StalePage, StepNotAllowed, RuleBroken.
    """
    notice: CostNotice = locked(CostNotice, notice_id, version)
    refuse_blocked(
        [
            *signing_findings(signed_on, notice.paper.issued_on, today),
            *handed_later_findings(signed_on, notice.handed_on),
        ]
    )
    blob = blobs.put(notice.practice_id, scan.content, scan.media_type)  # flushes: signed_on, which freezes, comes last
    move(notice, CostNoticeStep.SIGN)
    if notice.handed_on is None:
        notice.handed_on, notice.handed_how = signed_on, "paper"
    notice.scan_id, notice.medium, notice.recorded_by = blob.id, medium, (actor() or SYSTEM).name
    notice.recorded_at, notice.signed_on = now(), signed_on
    return notice


def discard_cost_notice(notice_id: int, version: int | None, reason: str) -> CostNotice:
    """Put an unsigned cost notice aside; its paper and number stay. Raises NotFound, StalePage, StepNotAllowed."""
    notice: CostNotice = locked(CostNotice, notice_id, version)
    move(notice, CostNoticeStep.DISCARD, reason)
    return notice


def handing_findings(on: dt.date, how: str, issued_on: dt.date, today: dt.date, *, mail_allowed: bool) -> list[Finding]:
    """When and how a paper cannot have reached the patient."""
    found = []
    if on > today:
        found.append(Finding("handed_in_future", Severity.BLOCK))
    elif on < issued_on:
        found.append(Finding("handed_before_paper", Severity.BLOCK, "", {"issued_on": issued_on.isoformat()}))
    if how == "email" and not mail_allowed:
        found.append(Finding("email_not_agreed", Severity.BLOCK))
    return found


def handed_later_findings(signed_on: dt.date, handed_on: dt.date | None) -> list[Finding]:
    """Nobody signs what was not handed over yet."""
    if handed_on is None or signed_on >= handed_on:
        return []
    return [Finding("signed_before_handed", Severity.BLOCK, "", {"handed_on": handed_on.isoformat()})]


def _unsigned(course_id: int) -> list[CostNotice]:
    query = select(CostNotice).where(CostNotice.course_id == course_id, CostNotice.state.in_(_OPEN))
    return list(session().scalars(scoped(query)))
