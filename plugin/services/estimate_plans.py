"""What the desk plans before an estimate is issued: sessions, one factor for each service, area, and its last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from ...models.rules.analog import laser_position
from ...models.rules.billing import LASER_NUMBERS
from ...models.rules.severity import Finding, Severity
from ...reports.content.base import Language
from .cost_plans import CostPlan, PlannedFactor, plan_findings
from .fees import PricedService, charges, position


@dataclass(frozen=True, slots=True)
class EstimatedFactor:
    """The factor of one service of the chain; above the threshold its reason (§ 12(3) GOÄ)."""

    factor: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EstimatePlan:
    """Sessions from and to, one factor for each service of the procedure's chain, valid until, the paper's language.

    `area_cm2` is the whole area of one session; with it a laser line gets the number that fits (domain 1.2).
    """

    sessions_min: int
    sessions_max: int
    factors: tuple[EstimatedFactor, ...]
    valid_until: dt.date
    language: Language = "de"
    area_cm2: Decimal | None = None


def by_area(services: Sequence[PricedService], area_cm2: Decimal | None, today: dt.date) -> list[PricedService]:
    """The chain with its analogous laser line at the number for this area, and what is a percentage of it."""
    numbered = [_by_area(service, area_cm2, today) for service in services]
    nets = charges(numbered, [service.factor for service in numbered])
    return [replace(service, net=net) for service, net in zip(numbered, nets, strict=True)]


def _by_area(service: PricedService, area_cm2: Decimal | None, today: dt.date) -> PricedService:
    if not area_cm2 or not service.analog_service or service.position.number not in LASER_NUMBERS:
        return service
    return replace(service, position=position(laser_position(area_cm2), today))


def estimate_findings(plan: EstimatePlan, services: Sequence[PricedService], today: dt.date) -> list[Finding]:
    """What stands against the plan; a finding about a factor names its service by `line`, counted from 0."""
    factors = tuple(PlannedFactor(each.factor, each.factor, each.reason) for each in plan.factors)
    found = plan_findings(CostPlan(plan.sessions_min, plan.sessions_max, factors, plan.language), services, today)
    if plan.valid_until < today:
        found.append(Finding("estimate_ends_before_start", Severity.BLOCK))
    if not services:
        found.append(Finding("chain_empty", Severity.BLOCK))
    about_line = {finding.facts.get("line") for finding in found}
    for line, (service, each) in enumerate(zip(services, plan.factors, strict=False)):
        if str(line) not in about_line:
            found += _reason_findings(line, service, each)
    return found


def _reason_findings(line: int, service: PricedService, each: EstimatedFactor) -> list[Finding]:
    """Above the threshold an insurer reads the reason; with a § 2 agreement it is given on request only."""
    its = service.position
    if each.reason.strip() or not its.threshold < each.factor <= its.maximum:
        return []
    facts = {"line": str(line), "number": its.number, "threshold": str(its.threshold)}
    return [Finding("estimate_needs_reason", Severity.BLOCK, "§ 12 Abs. 3 GOÄ", facts)]


@dataclass(frozen=True, slots=True)
class LineStart:
    """What a line of the form begins with."""

    factor: Decimal
    reason: str = ""


class EarlierLine(Protocol):
    """A line of an earlier estimate, as far as a new one takes it over."""

    @property
    def analog_service(self) -> str: ...
    @property
    def factor(self) -> Decimal: ...
    @property
    def reason(self) -> str: ...


def first_lines(services: Sequence[PricedService], earlier: Sequence[EarlierLine]) -> list[LineStart]:
    """The chain's factors, or those of the earlier estimate where it has the same services."""
    same = [line.analog_service for line in earlier] == [service.analog_service for service in services]
    if same:
        return [LineStart(line.factor, line.reason) for line in earlier]
    return [LineStart(service.factor) for service in services]


def has_laser_line(services: Sequence[PricedService]) -> bool:
    """Whether the area of a session decides about a number of the chain."""
    return any(service.analog_service and service.position.number in LASER_NUMBERS for service in services)
