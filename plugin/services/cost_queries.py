"""Issues the cost query letter of a case, in the voice of whoever asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from ...models.clarification import Clarification
from ...models.paper import IssuedPaper
from ...models.rules.case_states import ClarificationState
from ...models.rules.clarification_clock import AskedBy, ClockReason, PayerRole
from ...models.rules.grants import GrantKind
from ...models.rules.numbering import NumberKind
from ...models.rules.severity import Finding, Severity, refuse_blocked
from ...models.rules.vat import Indication
from ...reports.content.base import Language
from ...reports.content.cost_query import CostQueryContent
from ...reports.content.formats import count_range, day, money_range
from ...reports.content.parts import Signature, SignerRole
from ...reports.content.texts import filled
from ...reports.content.words import word
from ..queries.case_grants import missing_grant, standing_grant
from ..unit_of_work import locked
from . import papers
from .clarification_dates import why_clock
from .grant_content import Party, insurer_lines, party_of
from .letterheads import person
from .numbers import draw
from .paper_heads import PaperHead, latest_talk, paper_head, physician_of
from .texts import wording

S = ClarificationState
_HOLDER_ROLES: Final[dict[str, SignerRole]] = {"beihilfe": "entitled", "gkv": "member"}
WRITABLE: Final = (S.ESTIMATE_ISSUED.value, S.WITH_PATIENT.value, S.READY.value)


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """The letter's language and what else is enclosed, one thing each."""

    language: Language = "de"
    enclosures: tuple[str, ...] = ()


def issue_cost_query(clarification_id: int, version: int | None, plan: QueryPlan, today: dt.date) -> IssuedPaper:
    """Issue the letter; an earlier one stays a paper and gives way on the case.

    Raises NotFound, StalePage, RuleBroken.
    """
    case: Clarification = locked(Clarification, clarification_id, version)
    refuse_blocked(query_findings(case, today))
    head = paper_head(case.course, plan.language)
    number = draw(case.practice_id, NumberKind.COST_QUERY, today.year)
    content = _content(case, head, plan, number, today)
    paper = papers.issue(
        content, practice_id=case.practice_id, patient_id=case.patient_id, number=number, issued_on=today
    )
    case.query_paper_id = paper.id
    return paper


def query_findings(case: Clarification, today: dt.date) -> list[Finding]:
    """Why no letter can be written: at the wrong time, to nobody, about nothing, or in a name without the Vollmacht."""
    if case.state not in WRITABLE or case.estimate is None:
        return [Finding("query_not_now", Severity.BLOCK)]
    found = []
    if case.estimate.valid_until < today:
        facts = {"number": case.estimate.number, "until": case.estimate.valid_until.isoformat()}
        found.append(Finding("estimate_ran_out", Severity.BLOCK, "", facts))
    insurer = case.insurer
    if insurer is None:
        found.append(Finding("query_insurer_missing", Severity.BLOCK))
    elif not (insurer.street and insurer.city):
        found.append(Finding("query_insurer_address_missing", Severity.BLOCK, "", {"insurer": insurer.name}))
    if case.asked_by == AskedBy.ATTORNEY.value:
        missing = missing_grant(case.id, GrantKind.POWER_OF_ATTORNEY.value, today)
        found += [replace(missing, severity=Severity.BLOCK)] if missing else []
    return found


def _content(case: Clarification, head: PaperHead, plan: QueryPlan, number: str, today: dt.date) -> CostQueryContent:
    assert case.estimate is not None  # query_findings
    assert case.insurer is not None
    language, policy = head.language, case.policy
    party = party_of(GrantKind.POWER_OF_ATTORNEY, head.patient, policy, today)
    statutory = why_clock(case, today) is ClockReason.RUNS
    shows = _may_show(case, today)
    return CostQueryContent(
        language=language,
        letterhead=head.letterhead,
        recipient=insurer_lines(case.insurer),
        number=number,
        case_number=case.number,
        issued_on=today,
        patient=person(head.patient),
        holder=party.person if policy and policy.holder_name else person(head.patient),
        holder_address=party.recipient,
        payer=case.payer_role,  # type: ignore[arg-type]  # PayerRole as text
        voice=case.asked_by,  # type: ignore[arg-type]  # AskedBy as text
        statutory=statutory,
        request=_request(case, head, party, today, statutory=statutory),
        ask=wording(head.practice.id, "query.ask", language, today),
        assessment=word(language, f"query_{Indication(case.estimate.indication).value}"),
        physician=physician_of(head, latest_talk(head.course.id)),
        procedure=head.procedure_name,
        sites=head.sites,
        sessions=_sessions(case, language),
        enclosures=_enclosures(case, plan, today),
        contract_no=policy.contract_no if policy else "",
        insured_no=policy.insured_no if policy else "",
        tariff=policy.tariff if policy else "",
        diagnosis=_diagnosis(head) if "diagnosis" in shows else "",
        reason=_reason(case, head) if "findings" in shows else "",
        urgent_reason=case.urgent_reason if case.urgent else "",
        contact=head.site.telephone,
        signatures=_signatures(case, party),
    )


def _may_show(case: Clarification, today: dt.date) -> frozenset[str]:
    """What the letter may say beside the estimate: the policyholder's own anything, the practice's what is released."""
    if case.route != "practice":
        return frozenset({"diagnosis", "findings"})
    release = standing_grant(case.id, GrantKind.RELEASE.value, today)
    return frozenset(release.documents.split() if release else ())


def _diagnosis(head: PaperHead) -> str:
    course = head.course
    return " ".join(part for part in (course.diagnosis, course.icd_code, course.icd_certainty) if part)


def _reason(case: Clarification, head: PaperHead) -> str:
    """Why a physician holds it to be medically indicated, as noted at the lesions; nothing for other indications."""
    assert case.estimate is not None
    if case.estimate.indication != Indication.MEDICAL.value:
        return ""
    return "; ".join(dict.fromkeys(lesion.indication_reason for lesion in head.lesions if lesion.indication_reason))


def _request(case: Clarification, head: PaperHead, party: Party, today: dt.date, *, statutory: bool) -> str:
    """The sentence that asks, in the voice of whoever asks; § 192 VVG only where its clock can run."""
    language, estimate = head.language, case.estimate
    assert estimate is not None
    own = case.asked_by == AskedBy.POLICYHOLDER.value
    values = {
        "opening": word(language, f"query_opening_{case.asked_by}", **_holder_named(case, party)),
        "law": word(language, "query_law") if statutory else "",
        "tariff": word(language, "query_tariff_mine" if own else "query_tariff_theirs"),
        "estimate_on": day(estimate.issued_on, language),
        "amount": money_range(estimate.gross_min, estimate.gross_max, language),
        "sessions": _sessions(case, language),
    }
    return filled(wording(head.practice.id, f"query.{PayerRole(case.payer_role).value}", language, today), values)


def _holder_named(case: Clarification, party: Party) -> dict[str, str]:
    return {"holder": party.person.name} if case.asked_by == AskedBy.ATTORNEY.value else {}


def _sessions(case: Clarification, language: Language) -> str:
    assert case.estimate is not None
    least, most = case.estimate.sessions_min, case.estimate.sessions_max
    if most == 1:
        return word(language, "query_sessions_one")
    return word(language, "query_sessions", count=count_range(least, most, language))


def _enclosures(case: Clarification, plan: QueryPlan, today: dt.date) -> tuple[str, ...]:
    """The estimate, what was granted, and what the desk adds."""
    assert case.estimate is not None
    language = plan.language
    first = word(
        language, "query_enclosed_estimate", number=case.estimate.number, day=day(case.estimate.issued_on, language)
    )
    granted = []
    if case.route == "practice":
        kinds = ((GrantKind.RELEASE, "query_enclosed_release"), (GrantKind.POWER_OF_ATTORNEY, "query_enclosed_power"))
        for kind, key in kinds:
            grant = standing_grant(case.id, kind.value, today)
            granted += [word(language, key, number=grant.number)] if grant else []
    return (first, *granted, *plan.enclosures)


def _signatures(case: Clarification, party: Party) -> tuple[Signature, ...]:
    """Who asks signs: the policyholder, at the Beihilfe the entitled person, at a statutory fund the member."""
    if case.asked_by != AskedBy.POLICYHOLDER.value:
        return (Signature(role="practice"),)
    role = _HOLDER_ROLES.get(case.payer_role, "policyholder")
    return tuple(replace(line, role=role) if line.role == "policyholder" else line for line in party.signatures)
