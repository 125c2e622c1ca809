"""When a release or a power of attorney holds, and what is said where none does (§ 203 StGB, § 213 VVG)."""

import datetime as dt
from dataclasses import replace

import pytest

from kostenklar.models.rules.grants import GrantDocument, GrantFacts, GrantKind, holds, missing_finding, not_released
from kostenklar.models.rules.severity import Severity

DAY = dt.date(2026, 11, 23)
SIGNED = GrantFacts("signed", 7, DAY, DAY + dt.timedelta(days=30))


def test_a_signed_release_holds_from_the_day_of_signature_to_its_last_day():
    assert holds(SIGNED, 7, DAY)
    assert holds(SIGNED, 7, DAY + dt.timedelta(days=30))
    assert not holds(SIGNED, 7, DAY + dt.timedelta(days=31))
    assert not holds(SIGNED, 7, DAY - dt.timedelta(days=1))


def test_par_213_vvg_a_release_holds_for_the_insurer_it_names_and_no_other():
    assert not holds(SIGNED, 8, DAY)
    assert not holds(replace(SIGNED, insurer_id=None), None, DAY)  # never global


@pytest.mark.parametrize(
    ("grants", "on", "code"),
    [
        ([], DAY, "release_missing"),
        ([replace(SIGNED, state="void", signed_on=None)], DAY, "release_missing"),
        ([replace(SIGNED, state="prepared", signed_on=None)], DAY, "release_unsigned"),
        ([replace(SIGNED, state="revoked", ended_on=DAY)], DAY, "release_revoked"),
        ([replace(SIGNED, insurer_id=8)], DAY, "release_other_insurer"),
        ([SIGNED], DAY + dt.timedelta(days=31), "release_expired"),
        ([SIGNED], DAY - dt.timedelta(days=1), "release_signed_later"),
        ([replace(SIGNED, state="revoked"), SIGNED], DAY + dt.timedelta(days=31), "release_expired"),
    ],
)
def test_par_203_stgb_without_a_release_that_holds_nothing_is_sent(grants, on, code):
    found = missing_finding(GrantKind.RELEASE, grants, 7, on)
    assert found
    assert (found.code, found.severity, found.paragraph) == (code, Severity.BLOCK, "§ 203 StGB")


def test_one_that_holds_is_enough():
    assert missing_finding(GrantKind.RELEASE, [replace(SIGNED, state="revoked"), SIGNED], 7, DAY) is None


def test_par_192_8_vvg_a_missing_power_of_attorney_warns_that_no_clock_runs():
    found = missing_finding(GrantKind.POWER_OF_ATTORNEY, [], 7, DAY)
    assert found
    assert (found.code, found.severity) == ("power_of_attorney_missing", Severity.WARN)
    assert found.paragraph == "§ 192 Abs. 8 VVG"


@pytest.mark.parametrize(
    ("released", "codes"),
    [
        ("estimate diagnosis findings", []),
        ("estimate findings", ["release_lacks_diagnosis"]),
        ("diagnosis", ["release_lacks_estimate", "release_lacks_findings"]),
        ("", ["release_lacks_estimate", "release_lacks_diagnosis", "release_lacks_findings"]),
    ],
)
def test_par_203_stgb_what_the_papers_show_must_stand_on_the_release(released, codes):
    shown = {GrantDocument.FINDINGS, GrantDocument.ESTIMATE, GrantDocument.DIAGNOSIS}
    found = not_released(shown, released.split())
    assert [finding.code for finding in found] == codes
    assert all(finding.severity is Severity.BLOCK for finding in found)
