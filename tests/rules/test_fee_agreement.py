"""§ 2(2) GOÄ before the session: a factor above 3.5 that is announced needs its agreement signed by that day."""

from datetime import date

from kostenklar.models.rules.costs import FeeAgreementFacts, fee_agreement_findings
from kostenklar.models.rules.severity import Severity

SESSION = date(2026, 11, 23)


def test_nothing_announced_asks_for_nothing():
    assert fee_agreement_findings(FeeAgreementFacts(), SESSION) == []


def test_par_2_2_goae_an_unsigned_agreement_warns_and_names_its_numbers():
    facts = FeeAgreementFacts(("740", "2440"), {"740": date(2026, 11, 20)})
    (finding,) = fee_agreement_findings(facts, SESSION)
    assert (finding.code, finding.severity) == ("fee_agreement_missing", Severity.WARN)
    assert finding.facts == {"numbers": "2440"}
    assert finding.paragraph == "§ 2 Abs. 2 GOÄ"


def test_par_2_2_goae_a_signature_after_the_session_comes_too_late():
    facts = FeeAgreementFacts(("740",), {"740": date(2026, 11, 24)})
    assert [each.code for each in fee_agreement_findings(facts, SESSION)] == ["fee_agreement_missing"]


def test_a_signature_of_the_same_day_or_before_suffices():
    for day in (SESSION, date(2026, 11, 1)):
        assert fee_agreement_findings(FeeAgreementFacts(("740",), {"740": day}), SESSION) == []
