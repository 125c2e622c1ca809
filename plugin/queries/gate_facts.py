"""The gate before a treatment, collected from the records: what is missing, and where it is solved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...models.course import Course
from ...models.practice import Procedure as ProcedureRecord
from ...models.practice import Staff
from ...models.rules.age import is_minor
from ...models.rules.consent import TreatmentFacts
from ...models.rules.costs import FeeAgreementFacts
from ...models.rules.gate import gate
from ...models.rules.gate_facts import (
    DeviceFacts,
    GateFacts,
    GateItem,
    LesionFacts,
    PerformerFacts,
    RecheckFacts,
)
from ...models.rules.payers import PolicyKind, payer_of
from ...models.rules.procedures import Procedure, ProcedureSettings
from ...models.rules.risks import RiskClause
from ...models.rules.states import TreatmentState
from ...models.rules.vat import Indication
from ...models.treatment import Treatment
from .. import clock
from ..access import scoped
from ..extension import session
from ..texts import kt, lazy_kt
from .doses import doses_of, limits_of
from .fee_agreements import fee_agreement_facts
from .gate_papers import (
    agreement_facts,
    best_consent,
    consent_facts,
    notice_facts,
    sessions_under,
    talk_facts,
)
from .gate_records import CourseRecords, course_records
from .risks import clauses_of

# what a physician releases holds for the answers it was given to: a new re-check asks again
_ABOUT_RECHECK = frozenset({"recheck", "sun"})
_REMARKS = {
    "recheck_tan": lazy_kt("Bräune"),
    "recheck_medicines": lazy_kt("Medikamente"),
    "recheck_pregnancy": lazy_kt("Schwangerschaft"),
    "recheck_herpes": lazy_kt("Herpes"),
    "recheck_changes": lazy_kt("Veränderungen"),
}


def gate_of(treatment: Treatment, today: dt.date | None = None) -> tuple[GateItem, ...]:
    """All items for one treatment; one that took place is judged for its own day."""
    day = happened_on(treatment) or today or clock.today()
    return _gate(course_records(treatment.course_id, day), treatment, day)


def gate_with(
    records: CourseRecords, treatment: Treatment, agreed: FeeAgreementFacts, today: dt.date
) -> tuple[GateItem, ...]:
    """All items for a planned treatment whose records were read before: no statement of its own."""
    on = max(today, treatment.planned_on)
    return gate(_facts(records, treatment, treatment.planned_on, on, agreed), today)


def gate_of_course(course: Course | int, today: dt.date) -> tuple[GateItem, ...]:
    """The items for the course's (or its id's) next treatment, or for a thought one today where none is planned."""
    course_id = course if isinstance(course, int) else course.id
    treatment = next_treatment(course_id)
    if treatment is not None:
        return gate_of(treatment, today)
    return _gate(course_records(course_id, today), None, today)


def next_treatment(course_id: int) -> Treatment | None:
    """The session that runs, else the next planned one."""
    open_states = (TreatmentState.PLANNED.value, TreatmentState.STARTED.value)
    query = (
        select(Treatment)
        .where(Treatment.course_id == course_id, Treatment.state.in_(open_states))
        .options(
            joinedload(Treatment.performed_by).joinedload(Staff.physician),
            joinedload(Treatment.supervised_by).joinedload(Staff.physician),
            joinedload(Treatment.device),
        )
        .order_by(Treatment.state == TreatmentState.PLANNED.value, Treatment.planned_on, Treatment.id)
        .limit(1)
    )
    found: Treatment | None = session().scalar(scoped(query))
    return found


def happened_on(treatment: Treatment) -> dt.date | None:
    """The legal day on which the session began, None before that."""
    return treatment.started_at.astimezone(clock.BERLIN).date() if treatment.started_at else None


def _gate(records: CourseRecords, treatment: Treatment | None, today: dt.date) -> tuple[GateItem, ...]:
    planned_on = today if treatment is None else happened_on(treatment) or treatment.planned_on
    return gate(_facts(records, treatment, planned_on, max(today, planned_on)), today)


def _facts(
    records: CourseRecords,
    treatment: Treatment | None,
    planned_on: dt.date,
    on: dt.date,
    agreed: FeeAgreementFacts | None = None,
) -> GateFacts:
    course, before = records.course, records.before(treatment)
    procedure, starts_at = Procedure(course.procedure.code), _starts_at(treatment, on)
    sites = frozenset(lesion.place for lesion in course.lesions)
    minor = is_minor(course.patient.birth_date, on)
    consent = best_consent(records, TreatmentFacts(procedure, sites, on, starts_at, 0, minor), before)
    performer_id = treatment.performed_by_id if treatment else None
    return GateFacts(
        procedure=procedure,
        planned_on=planned_on,
        starts_at=starts_at,
        born_on=course.patient.birth_date,
        payer=payer_of(_kinds_on(records, on)),
        lesions=_lesions(course, treatment),
        settings=settings_of(course.procedure),
        sessions_done=len(before),
        consent_sessions_done=sessions_under(consent, before),
        consent=consent_facts(consent, procedure) if consent else None,
        risk_clauses=_own_risks(course, treatment),
        test_spot=bool(treatment and treatment.test_spot),
        talk=talk_facts(records.talks, consent.signed_on if consent else None, on, performer_id),
        sole_custody_proof=records.sole_custody_proof,
        minor_capable=treatment.minor_capable if treatment else None,
        cost_notice=notice_facts(records.notices, on),
        agreement=agreement_facts(records.notices, on, accepts_screen=records.accepts_screen),
        fee_agreement=fee_agreement_facts(course.id, on) if agreed is None else agreed,
        recheck=_recheck(treatment),
        performer=_performer(treatment),
        device=_device(treatment),
        last_treated_on=before[-1].on if before else None,
        overridden=_overridden(treatment),
    )


def _own_risks(course: Course, treatment: Treatment | None) -> tuple[RiskClause, ...]:
    """By the facts of today; for a session that is over nobody knows which of them were known then."""
    ahead = treatment is None or treatment.state in (TreatmentState.PLANNED.value, TreatmentState.STARTED.value)
    return clauses_of(course) if ahead else ()


def _starts_at(treatment: Treatment | None, on: dt.date) -> dt.datetime:
    """When it began or, before that, not earlier than now: a withdrawal of this morning counts for this afternoon."""
    if treatment is None:
        return clock.now()
    if treatment.started_at is not None:
        return treatment.started_at
    time = dt.time.fromisoformat(treatment.planned_time) if treatment.planned_time else dt.time(0)
    return max(clock.now(), clock.at_berlin(on, time))


def _kinds_on(records: CourseRecords, on: dt.date) -> Iterable[PolicyKind]:
    for policy in records.policies:
        begun = policy.valid_from is None or policy.valid_from <= on
        if begun and (policy.valid_to is None or policy.valid_to >= on):
            yield PolicyKind(policy.kind)


def settings_of(procedure: ProcedureRecord) -> ProcedureSettings:
    """The practice's figures; 0 days switch a rule off."""
    return ProcedureSettings(
        talk_lead_days=procedure.talk_lead_days,
        sun_before_days=procedure.sun_days_before or None,
        interval_days=procedure.min_interval_days or None,
        max_area_cm2=procedure.max_area_cm2,
    )


def _lesions(course: Course, treatment: Treatment | None) -> tuple[LesionFacts, ...]:
    areas = {site.lesion_id: site.area_cm2 for site in treatment.sites} if treatment else {}
    return tuple(
        LesionFacts(
            site=lesion.place,
            indication=Indication(lesion.indication),
            pigmented=lesion.pigmented,
            benign_on=lesion.benign_on if lesion.benign_by_id else None,
            benign_how=lesion.benign_how,
            area_cm2=areas.get(lesion.id),
        )
        for lesion in course.lesions
    )


def _recheck(treatment: Treatment | None) -> RecheckFacts | None:
    if treatment is None or treatment.rechecked_at is None:
        return None
    remarks = tuple(kt(word) for column, word in _REMARKS.items() if getattr(treatment, column))
    return RecheckFacts(treatment.rechecked_at.astimezone(clock.BERLIN).date(), remarks, treatment.last_sun_on)


def _performer(treatment: Treatment | None) -> PerformerFacts | None:
    if treatment is None or treatment.performed_by is None:
        return None
    physician, over = treatment.performed_by.physician, treatment.supervised_by
    return PerformerFacts(
        physician=physician is not None,
        nisv_proof_on=physician.nisv_on if physician else None,
        supervised=over is not None and over.physician is not None,
    )


def _device(treatment: Treatment | None) -> DeviceFacts | None:
    if treatment is None or treatment.device is None:
        return None
    planned = treatment.state == TreatmentState.PLANNED.value  # what was really set is no question of the gate
    return DeviceFacts(
        check_due_on=treatment.device.safety_check_due,
        limits=limits_of(treatment.device),
        doses=doses_of((site.lesion.place, site) for site in treatment.sites) if planned else (),
    )


def _overridden(treatment: Treatment | None) -> frozenset[str]:
    if treatment is None:
        return frozenset()
    asked_at = treatment.rechecked_at
    return frozenset(
        each.code
        for each in treatment.overrides
        if each.code not in _ABOUT_RECHECK or asked_at is None or each.at >= asked_at
    )
