"""What is planned before a § 2 GOÄ agreement is printed: who agrees with whom, which factors, and what forbids it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ...models.course import Course
from ...models.patient import Patient
from ...models.practice import Physician, Staff
from ...models.rules.age import is_minor
from ...models.rules.goae import FactorRefused, may_agree, to_factor
from ...models.rules.severity import Finding, Severity
from ...reports.content.base import Language
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from .cost_plans import offered_services
from .fees import PricedService


@dataclass(frozen=True, slots=True)
class AgreementPlan:
    """Who agrees and the talk before it; one factor for each offered service, None for one that is not agreed on."""

    payer_name: str
    physician_id: int
    talked_on: dt.date
    factors: tuple[Decimal | None, ...]
    language: Language = "de"


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom the form of an agreement offers: the patient, the practice's physicians, the services."""

    patient: Patient
    physicians: tuple[Staff, ...]
    services: tuple[PricedService, ...]


def parties_of(course_id: int, today: dt.date) -> Parties:
    """Who can agree on what for a course today. Raises NotFound."""
    course: Course | None = session().scalar(scoped(select(Course).where(Course.id == course_id)))
    if course is None:
        raise NotFound(f"Course {course_id}")
    query: Any = (
        select(Staff)
        .join(Physician, Physician.staff_id == Staff.id)
        .where(Staff.practice_id == course.practice_id, or_(Staff.engaged_to.is_(None), Staff.engaged_to >= today))
        .options(joinedload(Staff.physician))
        .order_by(Staff.employment != "owner", Staff.id)
    )
    physicians = tuple(session().scalars(scoped(query)))
    return Parties(course.patient, physicians, tuple(offered_services(course, today)))


def proposed_factors(services: Sequence[PricedService]) -> list[Decimal | None]:
    """The factors to begin with: those above what § 5 GOÄ allows, where § 2 allows an agreement."""
    return [
        service.factor if may_agree(service.position) and service.factor > service.position.maximum else None
        for service in services
    ]


def proposed_payer(patient: Patient, today: dt.date) -> str:
    """Who probably agrees: whoever pays for the patient, a minor's guardians, else the patient."""
    if patient.recipient and patient.recipient.get("name"):
        return str(patient.recipient["name"])
    if is_minor(patient.birth_date, today):
        return " und ".join(person.name for person in patient.representatives if person.kind in ("parent", "guardian"))
    return patient.full_name


def agreement_findings(
    plan: AgreementPlan, services: Sequence[PricedService], patient: Patient, physician: Staff, today: dt.date
) -> list[Finding]:
    """What stands against the agreement (§ 2 GOÄ); a finding about a factor names its service by `line`, from 0."""
    found = []
    if plan.talked_on > today:
        found.append(Finding("fee_talk_in_future", Severity.BLOCK, "§ 2 Abs. 2 GOÄ"))
    if physician.physician is None or physician.practice_id != patient.practice_id:
        found.append(Finding("agreement_needs_physician", Severity.BLOCK, "§ 2 Abs. 2 GOÄ"))
    if is_minor(patient.birth_date, today) and plan.payer_name.casefold() == patient.full_name.casefold():
        found.append(Finding("agreement_by_minor", Severity.BLOCK, "§ 107 BGB"))
    if len(plan.factors) != len(services):
        return [*found, Finding("chain_changed", Severity.BLOCK)]
    if not any(plan.factors):
        found.append(Finding("agreement_without_services", Severity.BLOCK, "§ 2 Abs. 2 GOÄ"))
    for line, (service, factor) in enumerate(zip(services, plan.factors, strict=True)):
        if factor is not None:
            found += _factor_findings(line, service, factor)
    return found


def _factor_findings(line: int, service: PricedService, factor: Decimal) -> list[Finding]:
    """Points and point value stay, only the factor may deviate; not in sections A, E, M, O, no fixed factor."""
    facts = {"line": str(line), "number": service.position.number}
    try:
        to_factor(factor)
    except FactorRefused:
        return [Finding("factor_unusable", Severity.BLOCK, "", facts)]
    if not may_agree(service.position):
        return [Finding("agreement_not_allowed", Severity.BLOCK, "§ 2 Abs. 3 GOÄ", facts)]
    return []
