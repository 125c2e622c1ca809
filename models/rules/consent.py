"""Consent and the talk before it: whether they carry one treatment at one moment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from .minors import SignerRole
from .severity import Finding, Severity

TALK_LEAD_DAYS = 1


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """One consent: what it covers, who signed it when, and whether it was taken back.

    `signed_on` stands on the paper, `recorded` says that the signed copy is in the file; `sessions` is the number
    covered; `withdrawn_at` is an aware instant, exact to the minute.
    """

    procedure: str
    sites: frozenset[str]
    sessions: int
    signed_on: date | None = None
    recorded: bool = False
    valid_until: date | None = None
    withdrawn_at: datetime | None = None
    signers: tuple[SignerRole, ...] = (SignerRole.PATIENT,)
    void: bool = False
    risk_clauses: frozenset[str] = frozenset()  # rules.risks.RiskClause that stand on the paper


@dataclass(frozen=True, slots=True)
class TreatmentFacts:
    """One treatment as a consent sees it.

    `on` is the legal date (Europe/Berlin), `starts_at` the aware instant; `sessions_done` counts the treatments
    already made under this consent; `minor` is the patient's age on that date, judged by the caller.
    """

    procedure: str
    sites: frozenset[str]
    on: date
    starts_at: datetime
    sessions_done: int = 0
    minor: bool = False


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """The oral explanation (§ 630e BGB). `waived`: the patient expressly did without it (§ 630e(3) BGB)."""

    held_on: date | None = None
    by_performer: bool = True
    waived: bool = False


def consent_problems(facts: ConsentFacts | None, treatment: TreatmentFacts) -> list[Finding]:
    """Why this consent does not carry this treatment; every finding blocks the start (domain 10.2).

    Guardians of a minor are judged in minors.py; here somebody who may consent must have signed.
    """
    if facts is None or facts.void:
        return [_block("consent_missing")]
    if facts.withdrawn_at is not None and not before_minute(treatment.starts_at, facts.withdrawn_at):
        return [_block("consent_withdrawn", withdrawn_at=facts.withdrawn_at.isoformat(timespec="minutes"))]
    if facts.signed_on is None:
        return [_block("consent_not_signed")]
    return [*_paper_problems(facts, facts.signed_on, treatment), *_coverage_problems(facts, treatment)]


def talk_findings(
    talk: TalkFacts | None,
    consent_signed_on: date | None,
    planned_on: date,
    *,
    lead_severity: Severity,
    first_session: bool,
    lead_days: int = TALK_LEAD_DAYS,
) -> list[Finding]:
    """What is to be said about the talk before the consent (§ 630e BGB; domain 10.1 no. 9).

    No talk, or one after the signature, leaves the consent without effect (§ 630d(2) BGB) and blocks. Too little time
    between talk and treatment never blocks: `lead_severity` is warn for a laser, hint for cold, and it is said once
    in a course, at its first session.
    """
    if talk is not None and talk.waived:
        return [Finding("talk_waived", Severity.HINT, "§ 630e Abs. 3 BGB")]
    if talk is None or talk.held_on is None or talk.held_on > planned_on:
        return [Finding("talk_missing", Severity.BLOCK, "§ 630e BGB")]
    facts = {"held_on": talk.held_on.isoformat(), "lead_days": str(lead_days)}
    if consent_signed_on is not None and consent_signed_on < talk.held_on:
        signed = {"signed_on": consent_signed_on.isoformat()}
        return [Finding("talk_after_consent", Severity.BLOCK, "§ 630d Abs. 2 BGB", facts | signed)]
    if first_session and (planned_on - talk.held_on).days < lead_days:
        return [Finding("talk_short_notice", lead_severity, "§ 630e Abs. 2 BGB", facts)]
    return []


def before_minute(moment: datetime, limit: datetime) -> bool:
    """Whether `moment` lies in an earlier minute than `limit`; both aware. The same minute counts as too late."""
    return moment.replace(second=0, microsecond=0) < limit.replace(second=0, microsecond=0)


def uncovered(wanted: Collection[str], covered: Collection[str]) -> tuple[str, ...]:
    """The sites to be treated that the consent does not name, sorted."""
    return tuple(sorted(set(wanted) - set(covered)))


def _paper_problems(facts: ConsentFacts, signed_on: date, treatment: TreatmentFacts) -> list[Finding]:
    findings = []
    if signed_on > treatment.on:
        findings.append(_block("consent_signed_later", signed_on=signed_on.isoformat()))
    if not facts.recorded:
        findings.append(_block("consent_not_recorded", signed_on=signed_on.isoformat()))
    if not treatment.minor and not {SignerRole.PATIENT, SignerRole.REPRESENTATIVE} & set(facts.signers):
        findings.append(_block("consent_wrong_signer"))
    return findings


def _coverage_problems(facts: ConsentFacts, treatment: TreatmentFacts) -> list[Finding]:
    findings = []
    if facts.procedure != treatment.procedure:
        findings.append(_block("consent_other_procedure", covered=facts.procedure, planned=treatment.procedure))
    if missing := uncovered(treatment.sites, facts.sites):
        findings.append(_block("consent_sites", missing=", ".join(missing)))
    if treatment.sessions_done >= facts.sessions:
        findings.append(_block("consent_sessions_used", covered=str(facts.sessions), done=str(treatment.sessions_done)))
    if facts.valid_until is not None and treatment.on > facts.valid_until:
        findings.append(_block("consent_expired", valid_until=facts.valid_until.isoformat()))
    return findings


def _block(code: str, **facts: str) -> Finding:
    return Finding(code, Severity.BLOCK, "§ 630d BGB", facts)
