"""Cost information and the self-payer agreement: what must be in the patient's hand, and what must be signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .payers import PayerKind
from .severity import Finding, Severity


@dataclass(frozen=True, slots=True)
class CostNoticeFacts:
    """The cost information: handed over is text form; `signed_on` a signature that nobody needs for that."""

    handed_on: date | None = None
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """The written self-payer agreement of a patient with statutory insurance.

    `recorded`: the signed paper lies scanned in the file. `drawn_on_screen`: signed on the tablet, which is no
    Schriftform (§ 126 BGB); `screen_accepted` is the owner's setting that takes it all the same (domain 10.1 no. 3).
    """

    signed_on: date | None = None
    recorded: bool = False
    drawn_on_screen: bool = False
    screen_accepted: bool = False


@dataclass(frozen=True, slots=True)
class FeeAgreementFacts:
    """Numbers for which the latest cost paper announces a factor above 3.5, and the day an agreement on each was
    signed; a number that is announced and not signed has no entry in `signed`.
    """

    announced: tuple[str, ...] = ()
    signed: Mapping[str, date] = field(default_factory=dict)


def fee_agreement_findings(facts: FeeAgreementFacts, planned_on: date) -> list[Finding]:
    """Announced factors above § 5 GOÄ without an agreement signed by that day (§ 2(2) GOÄ).

    A warning: the session may begin, then at most 3.5 can be charged; the invoice blocks (domain 10.2).
    """
    missing = [number for number in facts.announced if facts.signed.get(number, date.max) > planned_on]
    if not missing:
        return []
    return [Finding("fee_agreement_missing", Severity.WARN, "§ 2 Abs. 2 GOÄ", {"numbers": ", ".join(missing)})]


def cost_notice_findings(facts: CostNoticeFacts, payer: PayerKind, planned_on: date) -> list[Finding]:
    """Text form before the treatment blocks where it is missing (§ 630c(3) BGB); a missing signature of private
    patients and self-payers only warns (domain 10.2). Statutory patients sign the agreement instead.
    """
    handed_on = facts.handed_on or facts.signed_on
    if handed_on is None or handed_on > planned_on:
        return [Finding("cost_notice_missing", Severity.BLOCK, "§ 630c Abs. 3 BGB")]
    if facts.signed_on is None and payer is not PayerKind.GKV:
        handed = {"handed_on": handed_on.isoformat()}
        return [Finding("cost_notice_not_signed", Severity.WARN, "§ 630c Abs. 3 BGB", handed)]
    return []


def agreement_missing_findings(facts: AgreementFacts, service_on: date) -> list[Finding]:
    """Whether a written agreement from before the service exists (§ 18(8) no. 3 BMV-Ä).

    Blocks the start *and* the private invoice, each with the owner's logged override: once the service is rendered
    the missing agreement can no longer be made up for.
    """
    if facts.signed_on is None:
        return [_block("self_payer_agreement_missing", service_on=service_on.isoformat())]
    if facts.signed_on > service_on:
        dates = {"signed_on": facts.signed_on.isoformat(), "service_on": service_on.isoformat()}
        return [_block("self_payer_agreement_late", **dates)]
    return []


def agreement_proof_findings(facts: AgreementFacts) -> list[Finding]:
    """Whether the signed agreement can be proved: blocks the private invoice only, the treatment may begin."""
    if facts.signed_on is None:
        return []
    signed = {"signed_on": facts.signed_on.isoformat()}
    findings = []
    if facts.drawn_on_screen and not facts.screen_accepted:
        findings.append(Finding("self_payer_agreement_on_screen", Severity.BLOCK, "§ 126 BGB", signed))
    if not facts.recorded:
        findings.append(_block("self_payer_agreement_not_recorded", **signed))
    return findings


def _block(code: str, **facts: str) -> Finding:
    return Finding(code, Severity.BLOCK, "§ 18 Abs. 8 BMV-Ä", facts)
