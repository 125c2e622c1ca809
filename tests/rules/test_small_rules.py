"""Numbers, search keys, characters, retention, sun, procedures, payers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kostenklar.models.rules.characters import forbidden
from kostenklar.models.rules.folding import fold, phone_digits
from kostenklar.models.rules.numbering import PREFIXES, NumberKind, format_number, gaps_and_doubles, parse_number
from kostenklar.models.rules.payers import PayerKind, PolicyKind, payer_of
from kostenklar.models.rules.procedures import (
    DEFAULT_SETTINGS,
    DeviceLimit,
    Dose,
    Procedure,
    interval_findings,
    limit_findings,
)
from kostenklar.models.rules.retention import RetentionKind, retain_until
from kostenklar.models.rules.severity import Severity
from kostenklar.models.rules.sun import no_sun_until, sun_findings

QUICK = settings(max_examples=30, deadline=None, database=None)


@pytest.mark.parametrize(
    ("prefix", "year", "n", "text"),
    [("RE", 2026, 1, "RE-2026-0001"), ("ST", 2026, 12345, "ST-2026-12345"), ("PA", None, 7, "PA-0007")],
)
def test_a_number_reads_back_as_it_was_written(prefix: str, year: int | None, n: int, text: str) -> None:
    assert format_number(prefix, year, n) == text
    assert str(parse_number(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RE-2026-1",
        "RE-2026-00001",
        "RE-2026-0000",
        "re-2026-0001",
        "RE-26-0001",
        "RE 2026-0001",
        "RE-2026-0001\n",
        "RE-2026-٠٠٠١",
    ],
)
def test_what_we_would_not_write_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        parse_number(text)


def test_numbers_begin_at_one() -> None:
    with pytest.raises(ValueError, match="no number"):
        format_number("RE", 2026, 0)


def test_each_kind_has_a_prefix_of_its_own() -> None:
    assert PREFIXES[NumberKind.INVOICE] == "RE"
    assert PREFIXES[NumberKind.CANCELLATION] == "ST"
    assert set(PREFIXES) == set(NumberKind)
    assert len(set(PREFIXES.values())) == len(NumberKind)


def test_gaps_doubles_and_strangers_are_found_in_each_range() -> None:
    check = gaps_and_doubles(
        ["RE-2026-0002", "RE-2026-0005", "RE-2026-0005", "RE-2027-0001", "ST-2026-0001", "Rechnung 7"]
    )
    assert [(str(gap.first), str(gap.last)) for gap in check.gaps] == [
        ("RE-2026-0001", "RE-2026-0001"),
        ("RE-2026-0003", "RE-2026-0004"),
    ]
    assert check.doubles == ("RE-2026-0005",)
    assert check.unreadable == ("Rechnung 7",)
    assert not check.clean


def test_a_range_may_begin_later_and_a_large_gap_costs_nothing() -> None:
    assert gaps_and_doubles(["RE-2026-0500", "RE-2026-0501"], first=500).clean
    (gap,) = gaps_and_doubles(["RE-2026-999999999"]).gaps
    assert gap.last.n == 999_999_998


@QUICK
@given(st.sets(st.integers(1, 60), min_size=1))
def test_gaps_are_exactly_the_missing_numbers(drawn: set[int]) -> None:
    check = gaps_and_doubles(format_number("RE", 2026, n) for n in sorted(drawn, reverse=True))
    missing = {n for gap in check.gaps for n in range(gap.first.n, gap.last.n + 1)}
    assert missing == set(range(1, max(drawn))) - drawn
    assert check.doubles == ()


@pytest.mark.parametrize(
    ("name", "spelled", "stripped"),
    [
        ("Müller", "mueller", "muller"),
        ("Mu\u0308ller", "mueller", "muller"),
        ("GROẞ", "gross", "gross"),
        ("Weiß", "weiss", "weiss"),
        ("Łukasz Çelik-Müller", "lukasz celik mueller", "lukasz celik muller"),
        ("Nguyễn", "nguyen", "nguyen"),
        ("O'Brien", "obrien", "obrien"),
        ("O’Brien", "obrien", "obrien"),
        ("Yılmaz İpek", "yilmaz ipek", "yilmaz ipek"),
        ("Ærø Đorđe Œuvre", "aero dorde oeuvre", "aero dorde oeuvre"),
        ("  von  der\tÖde ", "von der oede", "von der ode"),
        ("<b>x", "b x", "b x"),
        ("Ελένη", "ελενη", "ελενη"),
        ("", "", ""),
    ],
)
def test_names_fold_to_their_search_keys(name: str, spelled: str, stripped: str) -> None:
    assert tuple(fold(name)) == (spelled, stripped)


@QUICK
@given(st.text(max_size=40))
def test_folding_a_key_again_changes_nothing(text: str) -> None:
    keys = fold(text)
    assert fold(keys.stripped).stripped == keys.stripped
    assert fold(keys.spelled).spelled == keys.spelled
    assert fold(text.upper().lower()) == fold(text.upper())


@pytest.mark.parametrize(
    "typed",
    ["030 1234567", "+49 30 1234567", "+49 (0)30 123 45 67", "0049 30 1234567", "(030) 123-45.67", "030/1234567"],
)
def test_a_telephone_number_is_found_however_it_is_typed(typed: str) -> None:
    assert phone_digits(typed) == "0301234567"


def test_a_foreign_telephone_number_keeps_its_country() -> None:
    assert phone_digits("+43 1 234") == "431234"
    assert phone_digits("keine") == ""


@pytest.mark.parametrize("code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
def test_each_bidi_control_is_refused_by_its_name(code: int) -> None:
    (name,) = forbidden(f"Mü{chr(code)}ller")
    assert name.endswith(f"(U+{code:04X})")


@pytest.mark.parametrize(
    "char", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\xad", "\u200b", "\ud800", "\ufeff", "\ufffe", "\uffff", "\u2028"]
)
def test_control_characters_and_halves_are_refused(char: str) -> None:
    assert forbidden(f"a{char}b{char}") == forbidden(char)
    assert f"U+{ord(char):04X}" in forbidden(char)[0]


def test_line_breaks_are_taken_where_there_are_lines() -> None:
    assert forbidden("a\r\n\tb", multiline=True) == ()
    assert forbidden("a\nb") == ("U+000A",)


@pytest.mark.parametrize(
    "name", ["O'Brien", "Łukasz Çelik-Müller", "Nguyễn", "<b>x", "=cmd()", "ياسمين", "山田", "👩‍⚕️"]
)
def test_names_of_the_world_are_taken(name: str) -> None:
    assert forbidden(name) == ()


@pytest.mark.parametrize(
    ("kind", "until"),
    [
        (RetentionKind.INVOICE, date(2034, 12, 31)),
        (RetentionKind.BOOKS, date(2036, 12, 31)),
        (RetentionKind.LETTER, date(2032, 12, 31)),
        (RetentionKind.NISV_RECORD, date(2036, 12, 31)),
        (RetentionKind.PATIENT_FILE, date(2036, 11, 23)),
    ],
)
def test_retention_classes(kind: RetentionKind, until: date) -> None:
    assert retain_until(kind, date(2026, 11, 23)) == until


@pytest.mark.parametrize(
    ("last_sun_on", "codes"),
    [
        (None, []),
        (date(2026, 10, 26), []),  # 28 days before
        (date(2026, 10, 27), ["sun_too_recent"]),
        (date(2026, 11, 23), ["sun_too_recent"]),
        (date(2026, 11, 24), []),
    ],
)
def test_four_weeks_without_sun_before_the_treatment(last_sun_on: date | None, codes: list[str]) -> None:
    found = sun_findings(last_sun_on, date(2026, 11, 23))
    assert [finding.code for finding in found] == codes
    assert all(finding.severity is Severity.WARN for finding in found)


def test_the_sun_window_names_the_first_possible_day_and_is_a_setting() -> None:
    assert sun_findings(date(2026, 11, 9), date(2026, 11, 23))[0].facts["possible_from"] == "2026-12-07"
    assert sun_findings(date(2026, 11, 9), date(2026, 11, 23), before_days=14) == []


def test_two_weeks_without_sun_after_the_treatment() -> None:
    assert no_sun_until(date(2026, 11, 23)) == date(2026, 12, 7)
    assert no_sun_until(date(2026, 11, 23), after_days=28) == date(2026, 12, 21)


def test_a_tattoo_waits_thirty_days_by_default() -> None:
    assert DEFAULT_SETTINGS[Procedure.TATTOO_LASER].interval_days == 30
    assert set(DEFAULT_SETTINGS) == set(Procedure)


@pytest.mark.parametrize(("last_on", "codes"), [(24, []), (25, ["interval_too_short"])])
def test_the_thirtieth_day_after_a_session_is_far_enough(last_on: int, codes: list[str]) -> None:
    shipped = DEFAULT_SETTINGS[Procedure.TATTOO_LASER]
    found = interval_findings(date(2026, 10, last_on), date(2026, 11, 23), shipped)
    assert [finding.code for finding in found] == codes
    assert interval_findings(date(2026, 11, 22), date(2026, 11, 23), DEFAULT_SETTINGS[Procedure.CRYOPEELING]) == []


def test_no_limit_for_small_areas_is_shipped() -> None:
    assert all(shipped.max_area_cm2 is None for shipped in DEFAULT_SETTINGS.values())


@pytest.mark.parametrize(("value", "exceeded"), [("0.9", True), ("1", False), ("20", False), ("20.1", True)])
def test_device_limits_block_the_plan_and_warn_in_the_record(value: str, exceeded: bool) -> None:
    limits = [DeviceLimit("seconds", Decimal(1), Decimal(20)), DeviceLimit("joule", highest=Decimal(5))]
    dose = Dose("hand", "seconds", Decimal(value))
    planned, recorded = (limit_findings([dose], limits, recording=late) for late in (False, True))
    assert [finding.severity for finding in planned] == ([Severity.BLOCK] if exceeded else [])
    assert [finding.severity for finding in recorded] == ([Severity.WARN] if exceeded else [])
    assert limit_findings([Dose("hand", "spots", Decimal(999))], limits, recording=False) == []


@pytest.mark.parametrize(
    ("kinds", "payer"),
    [
        ([], PayerKind.SELF_PAYER),
        ([PolicyKind.SELF_PAYER], PayerKind.SELF_PAYER),
        ([PolicyKind.ACCIDENT], PayerKind.SELF_PAYER),
        ([PolicyKind.GKV], PayerKind.GKV),
        ([PolicyKind.GKV_REIMBURSEMENT], PayerKind.GKV),
        ([PolicyKind.PKV_SUPPLEMENTARY, PolicyKind.GKV], PayerKind.GKV),
        ([PolicyKind.BEIHILFE, PolicyKind.GKV], PayerKind.GKV),
        ([PolicyKind.PKV_FULL, PolicyKind.BEIHILFE], PayerKind.PKV),
        ([PolicyKind.PKV_STANDARD], PayerKind.PKV),
        ([PolicyKind.BEIHILFE], PayerKind.PKV),
    ],
)
def test_who_pays_seen_from_the_desk(kinds: list[PolicyKind], payer: PayerKind) -> None:
    assert payer_of(kinds) is payer
