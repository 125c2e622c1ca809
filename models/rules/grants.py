"""When a release from secrecy or a power of attorney holds: signed, for this insurer, on this day, not taken back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .severity import Finding, Severity

# § 203 StGB: the practice tells an insurer nothing without a release; § 213 VVG: given for the single case
RELEASE_LAW = "§ 203 StGB"
# § 192(8) VVG: the request is the policyholder's; a practice that asks needs the policyholder's power of attorney
ATTORNEY_LAW = "§ 192 Abs. 8 VVG"


class GrantKind(StrEnum):
    """What was granted: the patient's release, or the policyholder's power of attorney."""

    RELEASE = "release"
    POWER_OF_ATTORNEY = "power_of_attorney"


class GrantDocument(StrEnum):
    """What a release may let the insurer see; photographs have a tick of their own."""

    ESTIMATE = "estimate"
    DIAGNOSIS = "diagnosis"
    FINDINGS = "findings"
    TREATMENT_PLAN = "treatment_plan"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """What decides whether a grant holds; `ended_on` is the day it was taken back."""

    state: str
    insurer_id: int | None
    signed_on: dt.date | None
    valid_until: dt.date
    ended_on: dt.date | None = None


def holds(grant: GrantFacts, insurer_id: int | None, on: dt.date) -> bool:
    """Whether the grant covers the case's insurer on that day (domain 4.2: specific to the case, never global)."""
    return why_not(grant, insurer_id, on) is None


def why_not(grant: GrantFacts, insurer_id: int | None, on: dt.date) -> str | None:
    """The code of what keeps a grant from holding, the gravest first; None where it holds."""
    if grant.state == "revoked":
        return "revoked"
    if grant.state != "signed" or grant.signed_on is None:
        return "unsigned"
    if insurer_id is None or grant.insurer_id != insurer_id:
        return "other_insurer"
    if on > grant.valid_until:
        return "expired"
    return "signed_later" if on < grant.signed_on else None


# reason of why_not -> code of the finding; the first that applies to any of the case's grants is nearest to one
_RELEASE = {
    "signed_later": "release_signed_later",
    "expired": "release_expired",
    "other_insurer": "release_other_insurer",
    "revoked": "release_revoked",
    "unsigned": "release_unsigned",
    "missing": "release_missing",
}
_ATTORNEY = {
    "signed_later": "power_of_attorney_signed_later",
    "expired": "power_of_attorney_expired",
    "other_insurer": "power_of_attorney_other_insurer",
    "revoked": "power_of_attorney_revoked",
    "unsigned": "power_of_attorney_unsigned",
    "missing": "power_of_attorney_missing",
}


def missing_finding(
    kind: GrantKind, grants: Iterable[GrantFacts], insurer_id: int | None, on: dt.date
) -> Finding | None:
    """None where one of the case's grants of this kind holds; else the finding that says what is nearest to it.

    Without a release nothing is sent (domain 10.2, block); without a power of attorney only the statutory clock
    does not run (domain 10.1 no. 2, warn).
    """
    reasons: dict[str, GrantFacts] = {}
    for grant in grants:
        if grant.state == "void":
            continue
        reason = why_not(grant, insurer_id, on)
        if reason is None:
            return None
        reasons.setdefault(reason, grant)
    nearest = next((reason for reason in _RELEASE if reason in reasons), "missing")
    facts = _facts(nearest, reasons.get(nearest))
    if kind is GrantKind.RELEASE:
        return Finding(_RELEASE[nearest], Severity.BLOCK, RELEASE_LAW, facts)
    return Finding(_ATTORNEY[nearest], Severity.WARN, ATTORNEY_LAW, facts)


# what papers of a query show -> the finding where the release does not name it
_LACKS = {
    GrantDocument.ESTIMATE: "release_lacks_estimate",
    GrantDocument.DIAGNOSIS: "release_lacks_diagnosis",
    GrantDocument.FINDINGS: "release_lacks_findings",
}


def not_released(shown: Iterable[GrantDocument], released: Iterable[str]) -> list[Finding]:
    """A block for each thing that the papers show and the release does not name (§ 203 StGB, domain 4.2)."""
    named = set(released)
    return [
        Finding(_LACKS[code], Severity.BLOCK, RELEASE_LAW) for code in sorted(set(shown), key=list(_LACKS).index)
        if code.value not in named
    ]  # fmt: skip


def _facts(reason: str, grant: GrantFacts | None) -> dict[str, str]:
    if grant is None:
        return {}
    days = {"expired": ("until", grant.valid_until), "signed_later": ("signed_on", grant.signed_on)}
    name, on = days.get(reason, ("on", grant.ended_on if reason == "revoked" else None))
    return {name: on.isoformat()} if on else {}
