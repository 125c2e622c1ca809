"""Issues estimates, notes their handing over, and lets those run out whose last day has passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from ...models.clarification import Clarification
from ...models.course import Course
from ...models.estimate import Estimate, EstimateLine
from ...models.patient import Patient
from ...models.rules.case_states import OPEN_CASES, ClarificationState, EstimateState, EstimateStep
from ...models.rules.numbering import NumberKind
from ...models.rules.severity import refuse_blocked
from ...reports.content.estimate import EstimateContent
from ..access import scoped
from ..extension import session
from ..queries.cost_notices import cover_on
from ..unit_of_work import locked
from . import papers
from .cost_notices import handing_findings
from .estimate_checks import billing_findings, facts_of
from .estimate_content import estimate_content
from .estimate_plans import EstimatePlan, by_area, estimate_findings
from .fees import PricedService, chain
from .moves import move
from .numbers import draw
from .paper_heads import PaperHead, paper_head

LIVE: Final = (EstimateState.ISSUED.value, EstimateState.HANDED.value)
_BEFORE_SENDING: Final = frozenset(
    {
        ClarificationState.NOT_REQUIRED,
        ClarificationState.DRAFT,
        ClarificationState.ESTIMATE_ISSUED,
        ClarificationState.WITH_PATIENT,
        ClarificationState.READY,
    }
)
UNDER_WAY: Final = tuple(sorted(state.value for state in OPEN_CASES - _BEFORE_SENDING))
"""States of a clarification whose payer has the estimate in hand, or may have."""


def issue_estimate(course_id: int, version: int | None, plan: EstimatePlan, today: dt.date) -> Estimate:
    """Issue the paper; an earlier estimate is replaced unless a clarification under way rests on it.

    Raises NotFound (also for a number the schedule lacks), StalePage, RuleBroken.
    """
    course: Course = locked(Course, course_id, version)
    services = by_area(chain(course.procedure, today), plan.area_cm2, today)
    refuse_blocked(estimate_findings(plan, services, today))
    head, cover = paper_head(course, plan.language), cover_on(course.patient_id, today)
    refuse_blocked(billing_findings(facts_of(head, cover), services, plan.factors, today, plan.area_cm2))
    earlier = _replaceable(course.id)
    number = draw(course.practice_id, NumberKind.ESTIMATE, today.year)
    content = estimate_content(head, cover, plan, services, number, today)
    paper = papers.issue(
        content, practice_id=course.practice_id, patient_id=course.patient_id, number=number, issued_on=today
    )
    estimate = _estimate(head, content, paper.id)
    estimate.lines = _lines(head, content, services)
    session().add(estimate)
    session().flush()
    for old in earlier:
        move(old, EstimateStep.EXPIRE if old.valid_until < today else EstimateStep.REPLACE, number)
    return estimate


def hand_estimate(estimate_id: int, version: int | None, on: dt.date, how: str, today: dt.date) -> Estimate:
    """Note the day and the way it reached the patient. Raises NotFound, StalePage, StepNotAllowed, RuleBroken."""
    estimate: Estimate = locked(Estimate, estimate_id, version)
    patient = session().get_one(Patient, estimate.patient_id)
    mail = bool(patient.email and patient.email_consent)
    refuse_blocked(handing_findings(on, how, estimate.issued_on, today, mail_allowed=mail))
    move(estimate, EstimateStep.HAND)
    estimate.handed_on, estimate.handed_how = on, how
    return estimate


def expire_estimates(today: dt.date) -> int:
    """Let every estimate run out whose last day has passed, in all practices; returns how many. For the daily job."""
    old = session().scalars(select(Estimate).where(Estimate.state.in_(LIVE), Estimate.valid_until < today)).all()
    for estimate in old:
        move(estimate, EstimateStep.EXPIRE)
    return len(old)


def _replaceable(course_id: int) -> list[Estimate]:
    """The course's live estimates on which no clarification under way rests."""
    resting = select(Clarification.estimate_id).where(
        Clarification.course_id == course_id,
        Clarification.estimate_id.is_not(None),
        Clarification.state.in_(UNDER_WAY),
    )
    query = select(Estimate).where(
        Estimate.course_id == course_id, Estimate.state.in_(LIVE), Estimate.id.not_in(resting)
    )
    return list(session().scalars(scoped(query)))


def _estimate(head: PaperHead, content: EstimateContent, paper_id: int) -> Estimate:
    return Estimate(
        practice_id=head.practice.id, patient_id=head.patient.id, course_id=head.course.id, number=content.number,
        paper_id=paper_id, indication=head.indication.value, issued_on=content.issued_on,
        valid_until=content.valid_until, sessions_min=content.sessions_from, sessions_max=content.sessions_to,
        session_net=content.session.net, session_vat=content.session.vat, session_gross=content.session.gross,
        gross_min=content.total_from, gross_max=content.total_to,
    )  # fmt: skip


def _lines(head: PaperHead, content: EstimateContent, services: Sequence[PricedService]) -> list[EstimateLine]:
    return [
        EstimateLine(
            practice_id=head.practice.id, position=position, goae_number=line.number, service=line.service,
            analog_service=line.analog_service, points=service.position.points or 0, factor=line.factor,
            quantity=line.quantity, net=line.amount, indication=head.indication.value, vat_rate=content.vat_rate,
            on_demand=line.on_demand, reason=line.reason, fee_agreement=line.fee_agreement,
        )
        for position, (line, service) in enumerate(zip(content.services, services, strict=True), start=1)
    ]  # fmt: skip
