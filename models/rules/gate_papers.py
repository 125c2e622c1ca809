"""The gate's items about papers: talk, consent, cost information, self-payer agreement."""

from collections.abc import Iterator
from datetime import date

from .age import is_minor
from .consent import TreatmentFacts, consent_problems, talk_findings
from .costs import (
    agreement_missing_findings,
    agreement_proof_findings,
    cost_notice_findings,
    fee_agreement_findings,
)
from .gate_facts import GateFacts, GateItem, GateState, Override, Stops
from .gate_items import item
from .payers import PayerKind
from .procedures import lead_severity
from .risks import RiskClause, clause_findings
from .severity import Finding, Severity
from .vat import Indication


def talk(facts: GateFacts, on: date) -> Iterator[GateItem]:
    """The oral explanation before the consent."""
    found = talk_findings(
        facts.talk,
        facts.consent.signed_on if facts.consent else None,
        on,
        lead_severity=lead_severity(facts.procedure),
        first_session=facts.sessions_done == 0,
        lead_days=facts.settings.talk_lead_days,
    )
    held_on = facts.talk.held_on if facts.talk else None
    yield item("talk", found, override=_in_need(facts, on), done=_dated("held_on", held_on))


def consent(facts: GateFacts, on: date) -> Iterator[GateItem]:
    """A consent that is signed, in the file, not withdrawn, and covers this session."""
    done = facts.sessions_done if facts.consent_sessions_done is None else facts.consent_sessions_done
    treatment = TreatmentFacts(
        procedure=facts.procedure,
        sites=frozenset(lesion.site for lesion in facts.lesions),
        on=on,
        starts_at=facts.starts_at,
        sessions_done=done,
        minor=is_minor(facts.born_on, on),
    )
    found = consent_problems(facts.consent, treatment)
    covered: dict[str, str] = {}
    if facts.consent is not None:
        covered = {
            "sites": ", ".join(sorted(facts.consent.sites)),
            "sessions": str(facts.consent.sessions),
            **_dated("signed_on", facts.consent.signed_on),
            **_dated("valid_until", facts.consent.valid_until),
        }
    yield item("consent", found, override=_in_need(facts, on), done=covered)


def risks(facts: GateFacts, _on: date) -> Iterator[GateItem]:
    """The patient's own risks stand on the consent (§ 630e(1) BGB); what became known after it warns.

    A test spot comes before inks that may darken (domain 3.6): a hint before the first session.
    """
    if facts.consent is None or facts.consent.withdrawn_at is not None or not facts.risk_clauses:
        return
    found = clause_findings(facts.risk_clauses, facts.consent.risk_clauses)
    if RiskClause.INK_DARKENS in facts.risk_clauses and not facts.sessions_done and not facts.test_spot:
        found.append(Finding("test_spot_missing", Severity.HINT))
    yield item("consent_risks", found, override=Override.PHYSICIAN)


def fund_question(facts: GateFacts, _on: date) -> Iterator[GateItem]:
    """Statutory patients with a medical indication: may it be a benefit of the fund (domain 10.1 no. 6)?"""
    medical = any(lesion.indication is Indication.MEDICAL for lesion in facts.lesions)
    if medical and facts.payer is PayerKind.GKV and not facts.cover_certain:
        yield item("fund_question", [Finding("fund_benefit_question", Severity.WARN, "§ 13 SGB V")])


def cost_notice(facts: GateFacts, on: date) -> Iterator[GateItem]:
    """Cost information in the patient's hand; not due where full cover is certain (§ 630c(3) BGB)."""
    if facts.cover_certain:
        return
    found = cost_notice_findings(facts.cost_notice, facts.payer, on)
    handed_on = facts.cost_notice.handed_on or facts.cost_notice.signed_on
    # Handed over and not signed: somebody else has to act, the patient.
    yield item("cost_notice", found, open_state=GateState.WAITING, done=_dated("handed_on", handed_on))


def agreement(facts: GateFacts, on: date) -> Iterator[GateItem]:
    """Statutory patients: signed before the start; the scan is needed for the invoice only."""
    if facts.payer is not PayerKind.GKV or facts.cover_certain:
        return
    missing = agreement_missing_findings(facts.agreement, on)
    proof = agreement_proof_findings(facts.agreement)
    stops = Stops.START if missing else Stops.INVOICE
    signed = _dated("signed_on", facts.agreement.signed_on)
    yield item("self_payer_agreement", [*missing, *proof], stops=stops, override=Override.OWNER, done=signed)


def fee_agreement(facts: GateFacts, on: date) -> Iterator[GateItem]:
    """A § 2 GOÄ agreement where the cost paper announces a factor above 3.5: it warns and holds back nothing."""
    if not facts.fee_agreement.announced:
        return
    found = fee_agreement_findings(facts.fee_agreement, on)
    signed_on = max(facts.fee_agreement.signed.values(), default=None)
    yield item("fee_agreement", found, done=_dated("signed_on", signed_on))


def _in_need(facts: GateFacts, on: date) -> Override:
    """A physician may go on only for an adult in need (§ 630d(1) BGB): medical work, and no consent taken back."""
    medical = bool(facts.lesions) and all(lesion.indication is Indication.MEDICAL for lesion in facts.lesions)
    withdrawn = facts.consent is not None and facts.consent.withdrawn_at is not None
    if medical and not withdrawn and not is_minor(facts.born_on, on):
        return Override.PHYSICIAN
    return Override.NOBODY


def _dated(name: str, on: date | None) -> dict[str, str]:
    return {} if on is None else {name: on.isoformat()}
