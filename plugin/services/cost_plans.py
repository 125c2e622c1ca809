"""What the desk plans before a cost notice is issued: sessions and factors, and what stands against them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from ...models.course import Course
from ...models.rules.goae import FactorRefused, Moment, check_factor, may_agree, to_factor
from ...models.rules.severity import Finding, Severity
from ...reports.content.base import Language
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from .fees import PricedService, chain


@dataclass(frozen=True, slots=True)
class PlannedFactor:
    """The lowest and the highest factor of one service of the chain, with the reason where one is known."""

    lowest: Decimal
    highest: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CostPlan:
    """Sessions from and to, one PlannedFactor for each service of the procedure's chain, the paper's language."""

    sessions_min: int
    sessions_max: int
    factors: tuple[PlannedFactor, ...]
    language: Language = "de"


def plan_findings(plan: CostPlan, services: Sequence[PricedService], today: dt.date) -> list[Finding]:
    """What stands against the plan; each finding about a factor names its service by `line`, counted from 0."""
    found = []
    if plan.sessions_min < 1 or plan.sessions_max < plan.sessions_min:
        found.append(Finding("sessions_backwards", Severity.BLOCK, "", {"least": str(plan.sessions_min)}))
    if len(plan.factors) != len(services):
        found.append(Finding("chain_changed", Severity.BLOCK))
        return found
    for line, (service, factors) in enumerate(zip(services, plan.factors, strict=True)):
        found += _factor_findings(line, service, factors, today)
    return found


def _factor_findings(line: int, service: PricedService, factors: PlannedFactor, today: dt.date) -> list[Finding]:
    """Above the maximum the paper announces a § 2 agreement, where the position allows one; below 1.0 nothing does."""
    facts = {"line": str(line), "number": service.position.number}
    if factors.lowest > factors.highest:
        return [Finding("factors_backwards", Severity.BLOCK, "", facts)]
    for factor in (factors.lowest, factors.highest):
        try:
            to_factor(factor)
        except FactorRefused:
            return [Finding("factor_unusable", Severity.BLOCK, "", facts)]
        for each in check_factor(
            service.position,
            factor,
            reason="given with the invoice",
            agreement_signed_on=None,
            service_on=today,
            moment=Moment.ISSUE,
        ):
            if each.code != "factor_needs_agreement" or factor < 1:
                return [Finding(each.code, Severity.BLOCK, each.paragraph, {**each.facts, "line": str(line)})]
    return []


def needs_agreement(service: PricedService, factors: PlannedFactor) -> bool:
    """Whether the highest factor rests on an agreement under § 2 GOÄ that is still to be made."""
    return factors.highest > service.position.maximum and may_agree(service.position)


def planned_chain(course_id: int, today: dt.date) -> list[PricedService]:
    """The services of the course's procedure as the schedule of today prices them. Raises NotFound."""
    course = session().scalar(scoped(select(Course).where(Course.id == course_id)))
    if course is None:
        raise NotFound(f"Course {course_id}")
    return chain(course.procedure, today)
