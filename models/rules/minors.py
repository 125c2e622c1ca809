"""Minors: who must have signed before anything is done to a person under 18."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from .age import age_on, is_minor
from .severity import Finding, Severity
from .vat import Indication

BOTH_GUARDIANS = 2


class SignerRole(StrEnum):
    """In which role somebody signed."""

    PATIENT = "patient"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"  # for an adult: Betreuung or a power of attorney for health


def minor_findings(
    born_on: date,
    on: date,
    indication: Indication,
    signers: Collection[SignerRole],
    *,
    sole_custody_proof: bool,
    capable: bool | None,
) -> list[Finding]:
    """What is missing for a minor; empty for an adult.

    `signers` lists each signature once (two guardians are two entries). `capable` is the physician's judgement of
    the minor's capacity to understand, None where nobody has judged. Cosmetic work, and work not yet decided, needs
    both guardians (§§ 107, 1629 BGB) or proof of sole custody, and the capable minor; otherwise it blocks
    (domain 3.1, 10.2). For medical work one guardian warns, none blocks.
    """
    if not is_minor(born_on, on):
        return []
    facts = {"age": str(age_on(born_on, on))}
    guardians = sum(role is SignerRole.GUARDIAN for role in signers)
    enough = guardians >= BOTH_GUARDIANS or (guardians > 0 and sole_custody_proof)
    findings = [] if enough else [_guardian_finding(indication, guardians, facts)]
    if indication is not Indication.MEDICAL:
        findings += _capacity_findings(signers, facts, capable=capable)
    return findings


def _guardian_finding(indication: Indication, guardians: int, facts: dict[str, str]) -> Finding:
    if not guardians:
        return Finding("minor_without_guardian", Severity.BLOCK, "§§ 107, 630d BGB", facts)
    severity = Severity.WARN if indication is Indication.MEDICAL else Severity.BLOCK
    return Finding("minor_one_guardian", severity, "§ 1629 BGB", facts)


def _capacity_findings(
    signers: Collection[SignerRole], facts: dict[str, str], *, capable: bool | None
) -> list[Finding]:
    if capable is None:
        return [Finding("minor_capacity_not_judged", Severity.BLOCK, "§ 630d BGB", facts)]
    if not capable:
        return [Finding("minor_not_capable", Severity.BLOCK, "§ 630d BGB", facts)]
    if SignerRole.PATIENT in signers:
        return []
    return [Finding("minor_not_signed", Severity.BLOCK, "§ 630d BGB", facts)]
