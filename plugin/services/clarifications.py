"""Opens the clarification with one payer, gives it its estimate and says in whose name the payer is asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import select

from ...models.clarification import Clarification
from ...models.course import Course
from ...models.estimate import Estimate
from ...models.patient import Policy
from ...models.rules.case_states import OPEN_CASES, ClarificationState, ClarificationStep
from ...models.rules.clarification_clock import AskedBy, payer_role
from ...models.rules.joint import joint_indication
from ...models.rules.numbering import NumberKind
from ...models.rules.payers import PolicyKind
from ...models.rules.severity import Finding, RuleBroken, Severity, refuse_blocked
from ...models.rules.vat import Indication
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from ..unit_of_work import locked
from .moves import move
from .numbers import draw

S = ClarificationState
_OPEN: Final = tuple(sorted(state.value for state in OPEN_CASES))
BEFORE_SENDING: Final = frozenset(
    state.value for state in (S.NOT_REQUIRED, S.DRAFT, S.ESTIMATE_ISSUED, S.WITH_PATIENT, S.READY)
)
PATIENT, PRACTICE = "patient", "practice"


@dataclass(frozen=True, slots=True)
class Way:
    """Who hands the query in (patient or practice), in whose name it is made, and whether it is urgent."""

    route: str = PATIENT
    asked_by: str = AskedBy.POLICYHOLDER.value
    urgent: bool = False
    urgent_reason: str = ""


def open_case(
    course_id: int, version: int | None, policy_id: int, way: Way, today: dt.date, *, query: bool = True
) -> Clarification:
    """The case with the payer of one policy; the course's estimate is attached where one holds.

    Without `query` the patient wants none: the case says so and can be opened later. A course has one open case for
    each policy. Raises NotFound, StalePage, RuleBroken.
    """
    course: Course = locked(Course, course_id, version)
    policy = session().scalar(scoped(select(Policy).where(Policy.id == policy_id)))
    if policy is None or policy.patient_id != course.patient_id:
        raise NotFound(f"Policy {policy_id}")
    role = payer_role(PolicyKind(policy.kind))
    if role is None:
        raise RuleBroken([Finding("nobody_to_ask", Severity.BLOCK)])
    refuse_blocked([*way_findings(way), *_open_already(course.id, policy.id)])
    case = Clarification(
        practice_id=course.practice_id, patient_id=course.patient_id, course_id=course.id, policy_id=policy.id,
        insurer_id=policy.insurer_id, number=draw(course.practice_id, NumberKind.CLARIFICATION, today.year),
        payer_role=role.value, state=(S.DRAFT if query else S.NOT_REQUIRED).value, route=way.route,
        asked_by=way.asked_by, urgent=way.urgent, urgent_reason=way.urgent_reason,
    )  # fmt: skip
    session().add(case)
    session().flush()
    if query and not estimate_findings(case, found := current_estimate(course.id), today):
        _attach(case, found)
    return case


def open_query(clarification_id: int, version: int | None) -> Clarification:
    """The patient wants a query after all. Raises NotFound, StalePage, StepNotAllowed."""
    case: Clarification = locked(Clarification, clarification_id, version)
    move(case, ClarificationStep.OPEN)
    return case


def attach_estimate(clarification_id: int, version: int | None, today: dt.date) -> Clarification:
    """Rest the case on the course's estimate. Raises NotFound, StalePage, StepNotAllowed, RuleBroken."""
    case: Clarification = locked(Clarification, clarification_id, version)
    found = current_estimate(case.course_id)
    refuse_blocked(estimate_findings(case, found, today))
    _attach(case, found)
    return case


def change_way(clarification_id: int, version: int | None, way: Way) -> Clarification:
    """Change route, name and urgency before anything is sent; a letter in another name has to be written anew.

    Raises NotFound, StalePage, RuleBroken.
    """
    case: Clarification = locked(Clarification, clarification_id, version)
    if case.state not in (S.NOT_REQUIRED.value, S.DRAFT.value, S.ESTIMATE_ISSUED.value):
        raise RuleBroken([Finding("way_fixed", Severity.BLOCK)])
    refuse_blocked(way_findings(way))
    take_way(case, way)
    return case


def take_way(case: Clarification, way: Way) -> None:
    """Put the way on the case; the letter it has no longer fits where name or urgency change."""
    if (case.asked_by, case.urgent, case.urgent_reason) != (way.asked_by, way.urgent, way.urgent_reason):
        case.query_paper_id = None
    case.route, case.asked_by = way.route, way.asked_by
    case.urgent, case.urgent_reason = way.urgent, way.urgent_reason


def way_findings(way: Way) -> list[Finding]:
    """What does not go together. Who hands in a letter of the practice would not be its sender."""
    found = []
    if way.route == PATIENT and way.asked_by != AskedBy.POLICYHOLDER.value:
        found.append(Finding("handed_in_by_holder", Severity.BLOCK))
    if way.urgent and not way.urgent_reason.strip():
        found.append(Finding("urgent_without_reason", Severity.BLOCK, "§ 192 Abs. 8 VVG"))
    return found


def current_estimate(course_id: int) -> Estimate | None:
    """The course's latest estimate that is neither replaced nor over."""
    found: Estimate | None = session().scalar(
        scoped(
            select(Estimate)
            .where(Estimate.course_id == course_id, Estimate.state.in_(("issued", "handed")))
            .order_by(Estimate.id.desc())
            .limit(1)
        )
    )
    return found


def estimate_findings(case: Clarification, estimate: Estimate | None, today: dt.date) -> list[Finding]:
    """Why a case cannot rest on this estimate; papers of one case never contradict each other (domain 10.1 no. 1)."""
    if estimate is None:
        return [Finding("estimate_missing", Severity.BLOCK)]
    found = []
    facts = {"number": estimate.number}
    if estimate.valid_until < today:
        until = {"until": estimate.valid_until.isoformat()}
        found.append(Finding("estimate_ran_out", Severity.BLOCK, "", facts | until))
    if estimate.gross_max <= Decimal(0):
        found.append(Finding("estimate_is_nothing", Severity.BLOCK, "", facts))
    if estimate.indication != indication_of(case.course_id).value:
        found.append(Finding("estimate_other_indication", Severity.BLOCK, "", facts))
    return found


def indication_of(course_id: int) -> Indication:
    """What all lesions of the course share, else undecided."""
    course = session().get_one(Course, course_id)
    return joint_indication(Indication(lesion.indication) for lesion in course.lesions)


def _attach(case: Clarification, estimate: Estimate | None) -> None:
    assert estimate is not None  # estimate_findings
    move(case, ClarificationStep.ISSUE_ESTIMATE, estimate.number)
    case.estimate_id, case.flag, case.flagged_at = estimate.id, "", None


def _open_already(course_id: int, policy_id: int) -> list[Finding]:
    number = session().scalar(
        scoped(
            select(Clarification.number).where(
                Clarification.course_id == course_id,
                Clarification.policy_id == policy_id,
                Clarification.state.in_(_OPEN),
            )
        )
    )
    return [Finding("case_open_already", Severity.BLOCK, "", {"number": number})] if number else []
