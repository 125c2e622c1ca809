"""What the desk plans before a cost notice is issued: sessions and factors, and what stands against them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select

from ...models.course import Course
from ...models.rules.goae import FactorRefused, Moment, check_factor, may_agree, to_factor
from ...models.rules.money import ZERO
from ...models.rules.severity import Finding, Severity
from ...reports.content.base import Language
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from ..queries.estimates import latest_estimate, lines_of
from ..queries.fees import positions
from .fees import PricedService, chain, charges


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


def offered_services(course: Course, today: dt.date) -> list[PricedService]:
    """The services of the estimate that holds, else of the procedure's chain.

    Raises NotFound for a number that today's schedule lacks.
    """
    estimate = latest_estimate(course.id)
    if estimate is None or not estimate.live(today):
        return chain(course.procedure, today)
    lines = lines_of(estimate.id)
    found = positions([line.goae_number for line in lines], today)
    if any(line.goae_number not in found for line in lines):
        return chain(course.procedure, today)
    services = [PricedService(found[line.goae_number], line.factor, line.analog_service, ZERO) for line in lines]
    nets = charges(services, [service.factor for service in services])
    return [replace(service, net=net) for service, net in zip(services, nets, strict=True)]


def planned_services(course_id: int, today: dt.date) -> list[PricedService]:
    """What the papers of a course announce today; papers of one case never contradict each other. Raises NotFound."""
    return offered_services(_course(course_id), today)


def planned_chain(course_id: int, today: dt.date) -> list[PricedService]:
    """The services of the course's procedure as the schedule of today prices them. Raises NotFound."""
    return chain(_course(course_id).procedure, today)


def _course(course_id: int) -> Course:
    course: Course | None = session().scalar(scoped(select(Course).where(Course.id == course_id)))
    if course is None:
        raise NotFound(f"Course {course_id}")
    return course
