"""The patient's own risks on a consent (domain 11 nos 6, 11, 13; 3.6): which clause when, and what lacks."""

from dataclasses import replace

import pytest

from kostenklar.models.rules.procedures import Procedure
from kostenklar.models.rules.risks import RiskClause, RiskFacts, clause_findings, risk_clauses
from kostenklar.models.rules.severity import Severity

TATTOO = RiskFacts(Procedure.TATTOO_LASER)
CRYO = RiskFacts(Procedure.CRYOPEELING)


@pytest.mark.parametrize(
    ("facts", "clauses"),
    [
        (TATTOO, ()),
        (replace(TATTOO, skin_type=4, inks=frozenset({"black", "red"})), ()),
        (replace(TATTOO, skin_type=5), (RiskClause.SKIN_DARK,)),
        (replace(TATTOO, skin_type=6), (RiskClause.SKIN_DARK,)),
        (replace(TATTOO, skin_sensitive=True), (RiskClause.SKIN_SENSITIVE,)),
        (replace(TATTOO, ink_may_darken=True), (RiskClause.INK_DARKENS,)),
        (replace(TATTOO, inks=frozenset({"white"})), (RiskClause.INK_DARKENS,)),
        (replace(TATTOO, skin_type=6, skin_sensitive=True, ink_may_darken=True), tuple(RiskClause)),
        (replace(TATTOO, procedure=Procedure.PIGMENT_LASER, skin_type=5), (RiskClause.SKIN_DARK,)),
        (replace(CRYO, skin_type=6, ink_may_darken=True), ()),  # burns and inks concern light
        (replace(CRYO, skin_sensitive=True), (RiskClause.SKIN_SENSITIVE,)),
    ],
)
def test_section_630e_bgb_the_consent_names_the_risks_of_this_patient(
    facts: RiskFacts, clauses: tuple[RiskClause, ...]
) -> None:
    assert risk_clauses(facts) == clauses


def test_a_clause_that_the_paper_lacks_warns() -> None:
    found = clause_findings(tuple(RiskClause), {"skin_dark"})
    assert [finding.code for finding in found] == ["consent_lacks_skin_sensitive", "consent_lacks_ink_darkens"]
    assert {finding.severity for finding in found} == {Severity.WARN}
