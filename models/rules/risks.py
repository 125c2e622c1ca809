"""The risks that a consent must name for one patient in particular (domain 11 nos 6, 11 and 13; 3.6)."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from .procedures import LASERS, Procedure
from .severity import Finding, Severity

VERY_DARK_FROM = 5  # skin types V and VI after Fitzpatrick
DARKENING_INKS = frozenset({"white"})  # titanium dioxide, which stands beside iron oxide in domain 3.6


class RiskClause(StrEnum):
    """A clause of the consent's risks; its text version has the key "risk.<value>"."""

    SKIN_DARK = "skin_dark"
    SKIN_SENSITIVE = "skin_sensitive"
    INK_DARKENS = "ink_darkens"


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """What is known of the patient's skin, and of the inks of the tattoos that are treated (their codes)."""

    procedure: Procedure
    skin_type: int | None = None
    skin_sensitive: bool = False
    inks: frozenset[str] = frozenset()
    ink_may_darken: bool = False


def risk_clauses(facts: RiskFacts) -> tuple[RiskClause, ...]:
    """What the consent must name: minor burns of very dark skin and darkening inks concern light, scars all three."""
    laser = facts.procedure in LASERS
    needed = {
        RiskClause.SKIN_DARK: laser and (facts.skin_type or 0) >= VERY_DARK_FROM,
        RiskClause.SKIN_SENSITIVE: facts.skin_sensitive,
        RiskClause.INK_DARKENS: laser and (facts.ink_may_darken or bool(facts.inks & DARKENING_INKS)),
    }
    return tuple(clause for clause, is_needed in needed.items() if is_needed)


def clause_findings(needed: Collection[RiskClause], covered: Collection[str]) -> list[Finding]:
    """A warning for each clause that the issued consent lacks: the facts came after it. A physician releases."""
    return [Finding(_LACKING[clause], Severity.WARN) for clause in needed if clause.value not in covered]


_LACKING = {
    RiskClause.SKIN_DARK: "consent_lacks_skin_dark",
    RiskClause.SKIN_SENSITIVE: "consent_lacks_skin_sensitive",
    RiskClause.INK_DARKENS: "consent_lacks_ink_darkens",
}
