"""Prepares the § 2 GOÄ agreement, files the one signed in ink, and puts one aside."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from ...models.course import Course
from ...models.estimate import FeeAgreement, FeeAgreementLine
from ...models.practice import Staff
from ...models.rules.case_states import FeeAgreementState, FeeAgreementStep
from ...models.rules.numbering import NumberKind
from ...models.rules.severity import refuse_blocked
from ...models.treatment import Treatment
from ...reports.content.fee_agreement import FeeAgreementContent
from ...reports.content.services import service_wording
from .. import blobs
from ..access import scoped
from ..clock import BERLIN, now
from ..extension import actor, session
from ..unit_of_work import SYSTEM, locked
from . import papers
from .agreement_content import agreement_content
from .agreement_plans import AgreementPlan, agreement_findings
from .consents import signing_findings
from .cost_plans import offered_services
from .moves import move
from .numbers import draw
from .scans import FiledScan


def prepare_fee_agreement(course_id: int, version: int | None, plan: AgreementPlan, today: dt.date) -> FeeAgreement:
    """Issue the paper for both to sign; an unsigned earlier one is put aside.

    Raises NotFound (also for a number the schedule lacks), StalePage, RuleBroken.
    """
    course: Course = locked(Course, course_id, version)
    services = offered_services(course, today)
    physician = session().get_one(Staff, plan.physician_id)
    refuse_blocked(agreement_findings(plan, services, course.patient, physician, today))
    earlier = _unsigned(course.id)
    number = draw(course.practice_id, NumberKind.FEE_AGREEMENT, today.year)
    content = agreement_content(plan, services, course.patient, physician, today)
    paper = papers.issue(
        content, practice_id=course.practice_id, patient_id=course.patient_id, number=number, issued_on=today
    )
    agreement = FeeAgreement(
        practice_id=course.practice_id, patient_id=course.patient_id, course_id=course.id, number=number,
        paper_id=paper.id, payer_name=plan.payer_name, physician_id=plan.physician_id, talked_on=plan.talked_on,
    )  # fmt: skip
    agreement.lines = _lines(course.practice_id, content)
    session().add(agreement)
    session().flush()
    for old in earlier:
        move(old, FeeAgreementStep.DISCARD, number)
    return agreement


def sign_fee_agreement(
    agreement_id: int, version: int | None, signed_on: dt.date, scan: FiledScan, today: dt.date
) -> FeeAgreement:
    """File the scan of the paper signed in ink (§ 126 BGB); a drawn signature is never taken.

    It counts for services on or after `signed_on`. Raises NotFound, StalePage, StepNotAllowed, RuleBroken.
    """
    agreement: FeeAgreement = locked(FeeAgreement, agreement_id, version)
    refuse_blocked(signing_findings(signed_on, agreement.paper.issued_on, today))
    blob = blobs.put(agreement.practice_id, scan.content, scan.media_type)  # flushes: signed_on comes last
    move(agreement, FeeAgreementStep.SIGN)
    agreement.scan_id, agreement.recorded_by = blob.id, (actor() or SYSTEM).name
    agreement.recorded_at, agreement.signed_on = now(), signed_on
    return agreement


def discard_fee_agreement(agreement_id: int, version: int | None, reason: str) -> FeeAgreement:
    """Put an unsigned agreement aside; its paper and number stay. Raises NotFound, StalePage, StepNotAllowed."""
    agreement: FeeAgreement = locked(FeeAgreement, agreement_id, version)
    move(agreement, FeeAgreementStep.DISCARD, reason)
    return agreement


def treated_before(course_id: int, signed_on: dt.date) -> bool:
    """Whether a session of the course took place before that day: for it the agreement does not count."""
    begun = select(Treatment.started_at).where(Treatment.course_id == course_id, Treatment.started_at.is_not(None))
    return any(at.astimezone(BERLIN).date() < signed_on for at in session().scalars(scoped(begun)) if at)


def _unsigned(course_id: int) -> list[FeeAgreement]:
    query = select(FeeAgreement).where(
        FeeAgreement.course_id == course_id, FeeAgreement.state == FeeAgreementState.PREPARED.value
    )
    return list(session().scalars(scoped(query)))


def _lines(practice_id: int, content: FeeAgreementContent) -> list[FeeAgreementLine]:
    return [
        FeeAgreementLine(
            practice_id=practice_id, position=position, goae_number=line.number, factor=line.factor, net=line.amount,
            service=service_wording(
                "de", line.number, line.service, analog_service=line.analog_service,
                minimum_minutes=line.minimum_minutes,
            ),
        )
        for position, line in enumerate(content.services, start=1)
    ]  # fmt: skip
