"""Issues the consent's paper, files the signed one, and takes note of a withdrawal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from ...models.consent import Consent, ConsentSigner
from ...models.course import Course
from ...models.patient import Patient
from ...models.rules.age import is_minor
from ...models.rules.minors import SignerRole, minor_findings
from ...models.rules.numbering import NumberKind
from ...models.rules.severity import Finding, RuleBroken, Severity, refuse_blocked
from ...models.rules.states import ConsentStep
from ...models.rules.vat import Indication
from ...reports.content.base import Language
from .. import blobs
from ..access import scoped
from ..clock import BERLIN, now
from ..extension import actor, session
from ..queries.risks import clauses_of
from ..unit_of_work import SYSTEM, locked
from . import papers
from .consent_content import consent_content
from .moves import move
from .numbers import draw
from .paper_heads import PaperHead, paper_head
from .scans import FiledScan
from .withdrawals import end_consent, lock_course, stop_course


@dataclass(frozen=True, slots=True)
class ConsentPlan:
    """What the consent will cover: sessions and the last day, in the language of the paper."""

    sessions: int
    valid_until: dt.date
    language: Language = "de"


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature on the paper; `identity` is how the person was known: known, document."""

    name: str
    role: SignerRole
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A withdrawal to the minute: `how` it was said, who received it."""

    at: dt.datetime
    how: str
    received_by: str


def prepare_consent(course_id: int, version: int | None, plan: ConsentPlan, today: dt.date) -> Consent:
    """Issue the paper for the patient to sign. Raises NotFound, StalePage, RuleBroken.

    One prepared consent at a time: two sheets on the desk and the wrong one gets signed.
    """
    course: Course = locked(Course, course_id, version)
    waiting = session().scalar(
        scoped(select(Consent).where(Consent.course_id == course.id, Consent.state == "prepared"))
    )
    if waiting is not None:
        raise RuleBroken([Finding("consent_waits", Severity.BLOCK, "", {"number": waiting.paper.number})])
    refuse_blocked(plan_findings(plan, today))
    head = paper_head(course, plan.language)
    number = draw(course.practice_id, NumberKind.CONSENT, today.year)
    clauses = tuple(clause.value for clause in clauses_of(course))
    content = consent_content(head, number, (course.sessions_min, plan.sessions), plan.valid_until, today, clauses)
    paper = papers.issue(
        content, practice_id=course.practice_id, patient_id=course.patient_id, number=number, issued_on=today
    )
    consent = Consent(
        practice_id=course.practice_id, patient_id=course.patient_id, course_id=course.id,
        procedure_id=course.procedure_id, paper_id=paper.id, sites="\n".join(_covered(head)),
        sessions=plan.sessions, valid_until=plan.valid_until, risk_clauses=",".join(clauses),
    )  # fmt: skip
    session().add(consent)
    session().flush()
    return consent


def sign_consent(
    consent_id: int,
    version: int | None,
    signed_on: dt.date,
    signers: tuple[Signer, ...],
    scan: FiledScan,
    today: dt.date,
    *,
    medium: str = "paper",
) -> Consent:
    """File the paper signed in ink or on a screen; from then on it only can be withdrawn.

    Raises NotFound, StalePage, RuleBroken.
    """
    consent: Consent = locked(Consent, consent_id, version)
    patient = session().get_one(Patient, consent.patient_id)
    indications = {lesion.indication for lesion in consent.course.lesions}
    refuse_blocked(
        [
            *signing_findings(signed_on, consent.paper.issued_on, today),
            *signer_findings(signers, patient, signed_on, medical=indications == {Indication.MEDICAL.value}),
        ]
    )
    blob = blobs.put(
        consent.practice_id, scan.content, scan.media_type
    )  # flushes: signed_on, which freezes, comes last
    move(consent, ConsentStep.SIGN)
    consent.scan_id, consent.medium, consent.recorded_by = blob.id, medium, (actor() or SYSTEM).name
    consent.recorded_at, consent.signed_on = now(), signed_on
    session().add_all(
        ConsentSigner(
            practice_id=consent.practice_id, consent_id=consent.id, name=signer.name, role=signer.role.value,
            identity_checked=signer.identity,
        )
        for signer in signers
    )  # fmt: skip
    return consent


def withdraw_consent(consent_id: int, version: int | None, withdrawal: Withdrawal, at: dt.datetime) -> Consent:
    """Take note of a withdrawal (§ 630d(3) BGB); `at` is the instant of writing it down.

    Planned sessions are called off unless another signed consent stands; estimates and open cases are flagged. A
    session that runs is stopped on its own page. Raises NotFound, StalePage, StepNotAllowed, RuleBroken.
    """
    lock_course(session().scalar(scoped(select(Consent.course_id).where(Consent.id == consent_id))))
    consent: Consent = locked(Consent, consent_id, version)
    refuse_blocked(withdrawal_findings(withdrawal, consent.signed_on, at))
    end_consent(consent, withdrawal.at, withdrawal.how, withdrawal.received_by)
    stop_course(consent.course_id, withdrawal.at)
    return consent


def discard_consent(consent_id: int, version: int | None, reason: str) -> Consent:
    """Put a prepared consent aside; its paper and number stay. Raises NotFound, StalePage, StepNotAllowed."""
    consent: Consent = locked(Consent, consent_id, version)
    move(consent, ConsentStep.DISCARD, reason)
    return consent


def plan_findings(plan: ConsentPlan, today: dt.date) -> list[Finding]:
    """What a consent cannot cover."""
    return [Finding("consent_ends_before_start", Severity.BLOCK)] if plan.valid_until < today else []


def signing_findings(signed_on: dt.date, issued_on: dt.date, today: dt.date) -> list[Finding]:
    """The day on a signed paper: neither before the paper was there nor after today."""
    if signed_on > today:
        return [Finding("signed_in_future", Severity.BLOCK)]
    if signed_on < issued_on:
        return [Finding("signed_before_paper", Severity.BLOCK, "", {"issued_on": issued_on.isoformat()})]
    return []


def signer_findings(
    signers: tuple[Signer, ...], patient: Patient, signed_on: dt.date, *, medical: bool
) -> list[Finding]:
    """Who is missing on the paper: a filed consent is frozen, so a second signature cannot follow.

    A minor's capacity to understand is judged later, for each session; here only signatures count.
    """
    roles = tuple(signer.role for signer in signers)
    if not is_minor(patient.birth_date, signed_on):
        allowed = {SignerRole.PATIENT, SignerRole.REPRESENTATIVE} & set(roles)
        return [] if allowed else [Finding("consent_wrong_signer", Severity.BLOCK, "§ 630d BGB")]
    alone = any(person.sole_custody and person.proof_seen_at for person in patient.representatives)
    indication = Indication.MEDICAL if medical else Indication.COSMETIC
    return minor_findings(
        patient.birth_date, signed_on, indication, roles, sole_custody_proof=alone, capable=True
    )  # fmt: skip


def withdrawal_findings(withdrawal: Withdrawal, signed_on: dt.date | None, at: dt.datetime) -> list[Finding]:
    """When nobody can have withdrawn: in the future, or before the day of the signature."""
    if withdrawal.at > at:
        return [Finding("withdrawn_in_future", Severity.BLOCK)]
    if signed_on is not None and withdrawal.at.astimezone(BERLIN).date() < signed_on:
        return [Finding("withdrawn_before_signed", Severity.BLOCK, "", {"signed_on": signed_on.isoformat()})]
    return []


def _covered(head: PaperHead) -> tuple[str, ...]:
    """The sites in German, as the gate compares them, whatever language the paper has."""
    return tuple(dict.fromkeys(lesion.place for lesion in head.lesions))
