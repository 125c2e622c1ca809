"""Scenes around an estimate: its plan, a course with another chain, and what a refusal says."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from kostenklar.models.course import Course
from kostenklar.models.practice import Procedure, ProcedurePosition
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.agreement_plans import AgreementPlan
from kostenklar.plugin.services.estimate_plans import EstimatedFactor, EstimatePlan
from kostenklar.plugin.services.estimates import issue_estimate
from kostenklar.plugin.services.fee_agreements import prepare_fee_agreement, sign_fee_agreement
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import SCAN
from kostenklar.tests.people import Cast


def plan(
    factor: str = "2.3", sessions: tuple[int, int] = (1, 3), reason: str = "", language: Any = "de", **more: Any
) -> EstimatePlan:
    until = more.pop("until", today() + dt.timedelta(days=90))
    return EstimatePlan(*sessions, (EstimatedFactor(Decimal(factor), reason),), until, language, **more)


def an_estimate(cast: Cast, the_plan: EstimatePlan | None = None) -> int:
    """The id of an estimate that was issued today."""
    with unit_of_work():
        return issue_estimate(cast.course_id, None, the_plan or plan(), today()).id


def a_fee_agreement(cast: Cast, factor: str = "4.2", signed_on: dt.date | None = None) -> int:
    """The id of a § 2 GOÄ agreement on the chain's first service, signed on that day or only printed."""
    with unit_of_work():
        plan = AgreementPlan("Gisela Yılmaz-Hofer", cast.physician_id, today(), (Decimal(factor),))
        agreement = prepare_fee_agreement(cast.course_id, None, plan, today())
        if signed_on:
            sign_fee_agreement(agreement.id, None, signed_on, SCAN, today())
        return agreement.id


def with_chain(cast: Cast, code: str, *steps: tuple[str, str]) -> None:
    """Let the course be one of this procedure, with these (number, analogous service) in its chain."""
    with unit_of_work():
        procedure = session().scalars(
            select(Procedure).where(Procedure.code == code, Procedure.practice_id == cast.practice_id)
        )
        found = procedure.one()
        if steps:
            for old in found.chain:
                session().delete(old)
            found.chain = [
                ProcedurePosition(
                    practice_id=cast.practice_id, position=index, goae_number=number, factor=Decimal("2.3"),
                    analog_service=analog,
                )
                for index, (number, analog) in enumerate(steps, start=1)
            ]  # fmt: skip
        session().get_one(Course, cast.course_id).procedure_id = found.id


def refused_with(error: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [finding.code for finding in error.value.findings]
