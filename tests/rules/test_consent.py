"""Consent, the talk before it, and minors."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kostenklar.models.rules.age import age_on, is_minor
from kostenklar.models.rules.consent import (
    ConsentFacts,
    TalkFacts,
    TreatmentFacts,
    consent_problems,
    talk_findings,
)
from kostenklar.models.rules.minors import SignerRole, minor_findings
from kostenklar.models.rules.severity import Finding, Severity
from kostenklar.models.rules.vat import Indication

ON = date(2026, 11, 23)
TEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten o'clock in Berlin
SIGNED = ConsentFacts(
    procedure="cryopeeling",
    sites=frozenset({"hand_left", "hand_right"}),
    sessions=3,
    signed_on=date(2026, 10, 19),
    recorded=True,
    valid_until=date(2027, 4, 30),
)
SESSION = TreatmentFacts("cryopeeling", frozenset({"hand_left"}), ON, TEN, sessions_done=1)


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def test_par_630d_bgb_a_fitting_consent_carries_the_session() -> None:
    assert consent_problems(SIGNED, SESSION) == []


@pytest.mark.parametrize(
    ("consent", "code"),
    [
        (None, "consent_missing"),
        (replace(SIGNED, void=True), "consent_missing"),
        (replace(SIGNED, signed_on=None), "consent_not_signed"),
        (replace(SIGNED, recorded=False), "consent_not_recorded"),
        (replace(SIGNED, signed_on=date(2026, 11, 24)), "consent_signed_later"),
        (replace(SIGNED, signers=(SignerRole.GUARDIAN,)), "consent_wrong_signer"),
        (replace(SIGNED, procedure="tattoo_laser"), "consent_other_procedure"),
        (replace(SIGNED, sites=frozenset({"face"})), "consent_sites"),
        (replace(SIGNED, sessions=1), "consent_sessions_used"),
        (replace(SIGNED, valid_until=date(2026, 11, 22)), "consent_expired"),
        (replace(SIGNED, withdrawn_at=TEN - timedelta(days=1)), "consent_withdrawn"),
    ],
)
def test_par_630d_bgb_an_unfit_consent_blocks(consent: ConsentFacts | None, code: str) -> None:
    found = consent_problems(consent, SESSION)
    assert codes(found) == [code]
    assert found[0].severity is Severity.BLOCK


def test_the_consent_holds_on_its_last_day_and_for_its_last_session() -> None:
    assert consent_problems(replace(SIGNED, valid_until=ON, sessions=2), SESSION) == []
    assert consent_problems(replace(SIGNED, signed_on=ON), SESSION) == []


def test_a_consent_without_end_date_does_not_expire() -> None:
    assert consent_problems(replace(SIGNED, valid_until=None), SESSION) == []


def test_all_that_is_wrong_is_said_at_once() -> None:
    unfit = replace(SIGNED, recorded=False, sites=frozenset(), sessions=1)
    assert codes(consent_problems(unfit, SESSION)) == ["consent_not_recorded", "consent_sites", "consent_sessions_used"]


@pytest.mark.parametrize(
    ("withdrawn_at", "carried"),
    [
        (TEN - timedelta(minutes=1), False),
        (TEN, False),
        (TEN + timedelta(seconds=59), False),  # the same minute: taken back
        (TEN + timedelta(minutes=1), True),
        (datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=1))), False),
        (datetime(2026, 11, 23, 10, 1, tzinfo=timezone(timedelta(hours=1))), True),
    ],
)
def test_par_630d_3_bgb_withdrawal_counts_to_the_minute(withdrawn_at: datetime, carried: bool) -> None:
    found = consent_problems(replace(SIGNED, withdrawn_at=withdrawn_at), SESSION)
    assert codes(found) == ([] if carried else ["consent_withdrawn"])


def test_a_representative_signs_for_an_adult() -> None:
    assert consent_problems(replace(SIGNED, signers=(SignerRole.REPRESENTATIVE,)), SESSION) == []


def talk(
    held: TalkFacts | None,
    signed_on: date | None = ON,
    severity: Severity = Severity.WARN,
    first: bool = True,
    lead_days: int = 1,
) -> list[tuple[str, Severity]]:
    found = talk_findings(held, signed_on, ON, lead_severity=severity, first_session=first, lead_days=lead_days)
    return [(finding.code, finding.severity) for finding in found]


def test_par_630e_bgb_no_talk_blocks() -> None:
    for held in (None, TalkFacts(), TalkFacts(date(2026, 11, 24))):
        assert talk(held) == [("talk_missing", Severity.BLOCK)]


def test_par_630d_2_bgb_a_talk_after_the_signature_blocks() -> None:
    assert talk(TalkFacts(ON), signed_on=date(2026, 11, 22)) == [("talk_after_consent", Severity.BLOCK)]
    assert talk(TalkFacts(date(2026, 11, 22)), signed_on=date(2026, 11, 22)) == []


def test_talk_lead_time_warns_for_a_laser_hints_for_cold_and_never_blocks() -> None:
    assert talk(TalkFacts(ON)) == [("talk_short_notice", Severity.WARN)]
    assert talk(TalkFacts(ON), severity=Severity.HINT) == [("talk_short_notice", Severity.HINT)]
    assert talk(TalkFacts(date(2026, 11, 22))) == []
    assert talk(TalkFacts(date(2026, 11, 22)), lead_days=2) == [("talk_short_notice", Severity.WARN)]


def test_talk_lead_time_is_told_once_in_a_course() -> None:
    assert talk(TalkFacts(ON), first=False) == []


def test_par_630e_3_bgb_a_waived_talk_is_only_told() -> None:
    assert talk(TalkFacts(waived=True)) == [("talk_waived", Severity.HINT)]


SEVENTEEN = date(2009, 11, 24)
GUARDIAN, PATIENT = SignerRole.GUARDIAN, SignerRole.PATIENT


def minor(
    signers: tuple[SignerRole, ...],
    indication: Indication = Indication.COSMETIC,
    born_on: date = SEVENTEEN,
    proof: bool = False,
    capable: bool | None = True,
) -> list[tuple[str, Severity]]:
    found = minor_findings(born_on, ON, indication, signers, sole_custody_proof=proof, capable=capable)
    return [(finding.code, finding.severity) for finding in found]


@pytest.mark.parametrize(
    ("signers", "proof", "capable", "code"),
    [
        ((GUARDIAN, GUARDIAN, PATIENT), False, True, None),
        ((GUARDIAN, PATIENT), True, True, None),
        ((GUARDIAN, PATIENT), False, True, "minor_one_guardian"),
        ((PATIENT,), False, True, "minor_without_guardian"),
        ((PATIENT,), True, True, "minor_without_guardian"),
        ((GUARDIAN, GUARDIAN), False, True, "minor_not_signed"),
        ((GUARDIAN, GUARDIAN, PATIENT), False, None, "minor_capacity_not_judged"),
        ((GUARDIAN, GUARDIAN, PATIENT), False, False, "minor_not_capable"),
    ],
)
def test_par_1629_bgb_cosmetic_work_on_a_minor(
    signers: tuple[SignerRole, ...], proof: bool, capable: bool | None, code: str | None
) -> None:
    expected = [] if code is None else [(code, Severity.BLOCK)]
    assert minor(signers, proof=proof, capable=capable) == expected
    assert minor(signers, Indication.UNDECIDED, proof=proof, capable=capable) == expected


def test_one_guardian_only_warns_for_medical_work() -> None:
    assert minor((GUARDIAN,), Indication.MEDICAL, capable=None) == [("minor_one_guardian", Severity.WARN)]
    assert minor((), Indication.MEDICAL) == [("minor_without_guardian", Severity.BLOCK)]


def test_par_2_bgb_at_eighteen_the_rule_ends_on_the_birthday() -> None:
    assert minor((), born_on=date(2008, 11, 23)) == []
    assert minor((), born_on=date(2008, 11, 24)) != []


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(1957, 9, 2), date(2026, 11, 23), 69),
        (ON, ON, 0),
    ],
)
def test_par_187_2_bgb_age(born_on: date, on: date, age: int) -> None:
    assert age_on(born_on, on) == age
    assert is_minor(born_on, on) is (age < 18)


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="born on"):
        age_on(date(2026, 11, 24), ON)
