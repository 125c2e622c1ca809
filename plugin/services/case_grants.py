"""Releases from secrecy and powers of attorney of a case: prepared, signed, taken back, put aside."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from ...models.clarification import CaseGrant, Clarification
from ...models.rules.case_states import FINAL_CASES, GrantStep
from ...models.rules.grants import GrantKind
from ...models.rules.numbering import NumberKind
from ...models.rules.severity import Finding, Severity, refuse_blocked
from .. import blobs
from ..access import scoped
from ..clock import BERLIN, now
from ..errors import NotFound
from ..extension import actor, session
from ..queries.case_grants import standing_grant
from ..unit_of_work import SYSTEM, locked
from . import papers
from .clarification_grants import release_withdrawn
from .consents import signing_findings
from .grant_content import GrantPlan, grant_content, party_of
from .moves import move
from .numbers import draw
from .paper_heads import paper_head
from .scans import FiledScan

OWN_FORM: Final = "Formular des Versicherers"


@dataclass(frozen=True, slots=True)
class Revocation:
    """Taken back, to the minute: `how` it was said, who received it."""

    at: dt.datetime
    how: str
    received_by: str


def prepare_grant(clarification_id: int, version: int | None, plan: GrantPlan, today: dt.date) -> CaseGrant:
    """Issue the paper to be signed. Raises NotFound, StalePage, RuleBroken.

    One prepared sheet of a kind at a time: two on the desk and the wrong one gets signed.
    """
    case: Clarification = locked(Clarification, clarification_id, version)
    refuse_blocked([*case_findings(case), *plan_findings(plan, today), *_waiting(case.id, plan.kind)])
    assert case.insurer is not None  # case_findings refuses a case without one
    head = paper_head(case.course, plan.language)
    party = party_of(plan.kind, head.patient, case.policy, today)
    number = draw(case.practice_id, NumberKind(plan.kind.value), today.year)
    content = grant_content(head, case, case.insurer, plan, number, today)
    paper = papers.issue(
        content, practice_id=case.practice_id, patient_id=case.patient_id, number=number, issued_on=today
    )
    grant = CaseGrant(
        practice_id=case.practice_id, patient_id=case.patient_id, clarification_id=case.id,
        insurer_id=case.insurer_id, kind=plan.kind.value, number=number, paper_id=paper.id, signer_name=party.name,
        signer_role=party.role, documents="\n".join(code.value for code in plan.documents), photos=plan.photos,
        purpose=plan.purpose, valid_until=plan.valid_until,
    )  # fmt: skip
    session().add(grant)
    session().flush()
    return grant


def sign_grant(
    grant_id: int,
    version: int | None,
    signed_on: dt.date,
    scan: FiledScan,
    today: dt.date,
    medium: str = "paper",
    *,
    signer_name: str = "",
    own_form: bool = False,
) -> CaseGrant:
    """File what was signed, on paper or on the tablet's screen; from then on it can only be taken back.

    own_form: the scan is the insurer's own form, filed in place of ours; it may be older than our paper.
    signer_name: as it stands on the sheet, where it was not known before. Raises NotFound, StalePage, RuleBroken.
    """
    grant: CaseGrant = locked(CaseGrant, grant_id, version)
    issued_on = signed_on if own_form else grant.paper.issued_on
    refuse_blocked(
        [
            *signing_findings(signed_on, issued_on, today),
            *insurer_findings(grant, grant.clarification),
            *term_findings(signed_on, grant.valid_until),
        ]
    )
    blob = blobs.put(grant.practice_id, scan.content, scan.media_type)  # flushes: signed_on, which freezes, comes last
    move(grant, GrantStep.SIGN, OWN_FORM if own_form else "")
    grant.scan_id, grant.medium, grant.recorded_by = blob.id, medium, (actor() or SYSTEM).name
    grant.signer_name = signer_name or grant.signer_name
    grant.recorded_at, grant.signed_on = now(), signed_on
    return grant


def revoke_grant(grant_id: int, version: int | None, revocation: Revocation, at: dt.datetime) -> CaseGrant:
    """Take note that a signed grant was taken back; `at` is the instant of writing it down.

    A release taken back moves the case from ready to with_patient (domain 10.1 no. 10). The case is locked first, so
    that nothing is sent at the same moment. Raises NotFound, StalePage, StepNotAllowed, RuleBroken.
    """
    locked(Clarification, _case_of(grant_id))
    grant: CaseGrant = locked(CaseGrant, grant_id, version)
    refuse_blocked(revocation_findings(revocation, grant.signed_on, at))
    move(grant, GrantStep.REVOKE, revocation.how)
    grant.revoked_at = revocation.at
    grant.revoked_how, grant.revoked_by = revocation.how, revocation.received_by
    session().flush()
    if grant.kind == GrantKind.RELEASE.value and not standing_grant(
        grant.clarification_id, grant.kind, at.astimezone(BERLIN).date()
    ):
        release_withdrawn(grant.clarification_id)
    return grant


def discard_grant(grant_id: int, version: int | None, reason: str) -> CaseGrant:
    """Put a prepared grant aside; its paper and number stay. Raises NotFound, StalePage, StepNotAllowed."""
    grant: CaseGrant = locked(CaseGrant, grant_id, version)
    move(grant, GrantStep.DISCARD, reason)
    return grant


def case_findings(case: Clarification) -> list[Finding]:
    """For which cases nothing is granted: none without an insurer (never global), none that is over."""
    found = []
    if case.insurer_id is None:
        found.append(Finding("grant_insurer_missing", Severity.BLOCK, "§ 213 VVG"))
    if case.state in {state.value for state in FINAL_CASES}:
        found.append(Finding("grant_case_closed", Severity.BLOCK))
    return found


def plan_findings(plan: GrantPlan, today: dt.date) -> list[Finding]:
    """What cannot be granted: for days gone by, for no purpose, or a release of nothing in particular."""
    found = []
    if plan.valid_until < today:
        found.append(Finding("grant_ends_before_start", Severity.BLOCK))
    if plan.kind is GrantKind.RELEASE and not plan.documents:
        found.append(Finding("release_without_documents", Severity.BLOCK))
    if not plan.purpose.strip():
        found.append(Finding("grant_without_purpose", Severity.BLOCK))
    return found


def insurer_findings(grant: CaseGrant, case: Clarification) -> list[Finding]:
    """A sheet that names another insurer than the case has now."""
    if grant.insurer_id == case.insurer_id:
        return []
    return [Finding("grant_for_other_insurer", Severity.BLOCK, "", {"number": grant.number})]


def term_findings(signed_on: dt.date, valid_until: dt.date) -> list[Finding]:
    """Signed after the last day of its period."""
    if signed_on <= valid_until:
        return []
    return [Finding("grant_signed_too_late", Severity.BLOCK, "", {"until": valid_until.isoformat()})]


def revocation_findings(revocation: Revocation, signed_on: dt.date | None, at: dt.datetime) -> list[Finding]:
    """When nobody can have taken it back: in the future, or before the day of the signature."""
    if revocation.at > at:
        return [Finding("revoked_in_future", Severity.BLOCK)]
    if signed_on is not None and revocation.at.astimezone(BERLIN).date() < signed_on:
        return [Finding("revoked_before_signed", Severity.BLOCK, "", {"signed_on": signed_on.isoformat()})]
    return []


def _waiting(clarification_id: int, kind: GrantKind) -> list[Finding]:
    number = session().scalar(
        scoped(
            select(CaseGrant.number).where(
                CaseGrant.clarification_id == clarification_id,
                CaseGrant.kind == kind.value,
                CaseGrant.state == "prepared",
            )
        )
    )
    return [Finding("grant_waits", Severity.BLOCK, "", {"number": number})] if number else []


def _case_of(grant_id: int) -> int:
    found: int | None = session().scalar(scoped(select(CaseGrant.clarification_id).where(CaseGrant.id == grant_id)))
    if found is None:
        raise NotFound(f"CaseGrant {grant_id}")
    return found
