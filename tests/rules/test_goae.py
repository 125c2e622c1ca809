"""The GOÄ: fees by the vectors of the ordinance, factors by §§ 2, 5 and 12."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kostenklar.models.rules.analog import analog_text, laser_position
from kostenklar.models.rules.goae import (
    FactorRefused,
    Moment,
    NoPoints,
    Position,
    check_factor,
    fee,
    may_agree,
    plain,
    to_factor,
)
from kostenklar.models.rules.severity import Finding, Severity
from kostenklar.models.rules.surcharges import charged

QUICK = settings(max_examples=30, deadline=None, database=None)
SERVICE_ON = date(2026, 11, 23)
DAY_BEFORE = date(2026, 11, 22)


def position(
    number: str,
    points: int | None,
    section: str = "B",
    threshold: str = "2.3",
    maximum: str = "3.5",
    fixed: bool = False,
) -> Position:
    agreed = section not in "AEMO"
    return Position(number, f"Nr. {number}", points, section, Decimal(threshold), Decimal(maximum), fixed, agreed)


CRYO = position("740", 71, "F")
TECHNICAL = position("560", 31, "E", "1.8", "2.5")
LABORATORY = position("3560", 40, "M", "1.15", "1.3")
SURCHARGE = position("442", 400, "C", "1", "1", fixed=True)

# number, points, 1.0, threshold, maximum: the table of domain 1.3
TABLE = [
    ("1", 80, "4.66", "10.72", "16.32"),
    ("3", 150, "8.74", "20.11", "30.60"),
    ("4", 220, "12.82", "29.49", "44.88"),
    ("5", 80, "4.66", "10.72", "16.32"),
    ("6", 100, "5.83", "13.41", "20.40"),
    ("7", 160, "9.33", "21.45", "32.64"),
    ("8", 260, "15.15", "34.86", "53.04"),
    ("70", 40, "2.33", "5.36", "8.16"),
    ("75", 130, "7.58", "17.43", "26.52"),
    ("80", 300, "17.49", "40.22", "61.20"),
    ("85", 500, "29.14", "67.03", "102.00"),
    ("200", 45, "2.62", "6.03", "9.18"),
    ("490", 61, "3.56", "8.18", "12.44"),
    ("491", 121, "7.05", "16.22", "24.68"),
    ("706", 600, "34.97", "80.44", "122.40"),
    ("740", 71, "4.14", "9.52", "14.48"),
    ("741", 76, "4.43", "10.19", "15.50"),
    ("742", 165, "9.62", "22.12", "33.66"),
    ("743", 75, "4.37", "10.05", "15.30"),
    ("745", 46, "2.68", "6.17", "9.38"),
    ("747", 44, "2.56", "5.90", "8.98"),
    ("750", 120, "6.99", "16.09", "24.48"),
    ("755", 240, "13.99", "32.17", "48.96"),
    ("1365", 924, "53.86", "123.87", "188.50"),
    ("2401", 133, "7.75", "17.83", "27.13"),
    ("2404", 554, "32.29", "74.27", "113.02"),
    ("2440", 800, "46.63", "107.25", "163.20"),
    ("2441", 400, "23.31", "53.62", "81.60"),
    ("2442", 900, "52.46", "120.65", "183.60"),
    ("2885", 1110, "64.70", "148.81", "226.45"),
    ("2886", 2770, "161.46", "371.35", "565.10"),
]


@pytest.mark.parametrize(("number", "points", "single", "threshold", "maximum"), TABLE, ids=[row[0] for row in TABLE])
def test_par_5_goae_fee_of_each_number(number: str, points: int, single: str, threshold: str, maximum: str) -> None:
    charged = position(number, points)
    fees = [fee(charged, Decimal(factor)) for factor in ("1.0", "2.3", "3.5")]
    assert [str(amount) for amount in fees] == [single, threshold, maximum]


@pytest.mark.parametrize(
    ("points", "factor", "amount"),
    [(31, "1.8", "3.25"), (31, "2.5", "4.52"), (46, "1.8", "4.83"), (46, "2.5", "6.70"), (30, "1.8", "3.15")],
)
def test_par_5_3_goae_fees_of_technical_sections(points: int, factor: str, amount: str) -> None:
    assert fee(position("560", points, "E"), Decimal(factor)) == Decimal(amount)


@pytest.mark.parametrize(
    ("points", "amount"),
    [
        (70, "4.08"),
        (180, "10.49"),
        (320, "18.65"),
        (60, "3.50"),
        (3, "0.17"),
        (750, "43.72"),
        (1300, "75.77"),
        (2200, "128.23"),
    ],
)
def test_fees_of_fixed_surcharges(points: int, amount: str) -> None:
    assert fee(position("A", points, fixed=True), Decimal(1)) == Decimal(amount)


def test_number_3_is_rounded_once_at_the_end() -> None:
    assert fee(position("3", 150), Decimal("2.3")) == Decimal("20.11")  # in two steps it would be 20.10


@QUICK
@given(st.integers(1, 20_000), st.integers(1, 100_000))
def test_a_fee_is_whole_cents_and_never_further_than_half_a_cent_off(points: int, ten_thousandths: int) -> None:
    factor = Decimal(ten_thousandths) / 10_000
    amount = fee(position("1", points), factor)
    assert amount == amount.quantize(Decimal("0.01"))
    assert abs(amount - points * Decimal("0.0582873") * factor) <= Decimal("0.005")


@pytest.mark.parametrize("factor", ["0", "-1", "-2.3", "NaN", "Infinity", "2.30001", "1000", "1E+30", "0.00001"])
def test_a_factor_that_is_none_is_refused(factor: str) -> None:
    with pytest.raises(FactorRefused):
        to_factor(Decimal(factor))


@pytest.mark.parametrize(("typed", "kept"), [("2.30", "2.3"), ("1.0000", "1"), ("10", "10"), ("2.3456", "2.3456")])
def test_a_factor_is_kept_without_trailing_zeros(typed: str, kept: str) -> None:
    assert str(to_factor(Decimal(typed))) == kept
    assert plain(Decimal(typed)) == kept


def test_441_is_the_single_rate_of_the_operation_up_to_its_cap() -> None:
    surcharge, single = position("441", None), Decimal(1)
    assert charged(surcharge, single, [position("2440", 800)]) == Decimal("46.63")
    assert charged(surcharge, single, [position("2886", 2770)]) == Decimal("67.49")
    with pytest.raises(NoPoints):
        fee(position("441", None), Decimal(1))


def check(
    charged: Position,
    factor: str,
    reason: str | None = None,
    signed_on: date | None = None,
    agreed: str | None = None,
    moment: Moment = Moment.ISSUE,
) -> list[Finding]:
    return check_factor(
        charged,
        Decimal(factor),
        reason=reason,
        agreement_signed_on=signed_on,
        service_on=SERVICE_ON,
        agreed_factor=None if agreed is None else Decimal(agreed),
        moment=moment,
    )


@pytest.mark.parametrize(
    ("charged", "factor", "reason", "signed_on", "code"),
    [
        (CRYO, "2.3", None, None, None),
        (CRYO, "1", None, None, None),
        (CRYO, "2.3001", None, None, "factor_needs_reason"),
        (CRYO, "2.4", "   ", None, "factor_needs_reason"),
        (CRYO, "2.4", "Vernarbtes Gebiet", None, None),
        (CRYO, "3.5", "Vernarbtes Gebiet", None, None),
        (CRYO, "3.6", "Vernarbtes Gebiet", None, "factor_needs_agreement"),
        (CRYO, "0.9", None, None, "factor_needs_agreement"),
        (CRYO, "12", None, DAY_BEFORE, None),
        (CRYO, "12", None, date(2026, 11, 24), "agreement_too_late"),
        (CRYO, "12", None, SERVICE_ON, "agreement_same_day"),
        (TECHNICAL, "1.8", None, None, None),
        (TECHNICAL, "1.9", None, None, "factor_needs_reason"),
        (TECHNICAL, "2.6", "Aufwand", None, "factor_out_of_range"),
        (TECHNICAL, "2.6", "Aufwand", DAY_BEFORE, "agreement_not_allowed"),
        (LABORATORY, "1.15", None, None, None),
        (LABORATORY, "1.2", None, None, "factor_needs_reason"),
        (LABORATORY, "1.4", "Aufwand", None, "factor_out_of_range"),
        (SURCHARGE, "1", None, None, None),
        (SURCHARGE, "1.0", None, None, None),
        (SURCHARGE, "2.3", "Aufwand", None, "factor_fixed"),
        (SURCHARGE, "2.3", "Aufwand", DAY_BEFORE, "factor_fixed"),
    ],
)
def test_par_5_2_and_12_goae_factor(
    charged: Position, factor: str, reason: str | None, signed_on: date | None, code: str | None
) -> None:
    assert [finding.code for finding in check(charged, factor, reason, signed_on)] == ([] if code is None else [code])


@pytest.mark.parametrize(
    ("factor", "day", "found"),
    [
        ("0.5", date(2026, 11, 21), []),
        ("1", date(2026, 11, 21), []),
        ("0.5", date(2026, 11, 22), ["factor_fixed"]),  # a Sunday
        ("0.7", date(2026, 11, 21), ["factor_fixed"]),
    ],
)
def test_surcharge_d_within_the_hours_of_a_saturday_is_half_the_rate(factor: str, day: date, found: list[str]) -> None:
    """Printed under the letter: within office hours of a Saturday only with half of it."""
    charged = replace(SURCHARGE, number="D", points=220)
    against = check_factor(charged, Decimal(factor), reason=None, agreement_signed_on=None, service_on=day)
    assert [each.code for each in against] == found
    assert fee(charged, Decimal("0.5")) == Decimal("6.41")


def test_par_12_3_goae_a_missing_reason_warns_while_typing_and_blocks_at_issue() -> None:
    assert check(CRYO, "2.8", moment=Moment.ENTRY)[0].severity is Severity.WARN
    assert check(CRYO, "2.8")[0].severity is Severity.BLOCK
    assert check(CRYO, "2.8")[0].paragraph == "§ 12 Abs. 3 GOÄ"


def test_par_2_goae_an_agreement_of_the_same_day_only_hints() -> None:
    assert check(CRYO, "12", signed_on=SERVICE_ON)[0].severity is Severity.HINT


def test_par_2_goae_the_invoice_keeps_to_the_agreed_factor() -> None:
    assert [finding.code for finding in check(CRYO, "12", signed_on=DAY_BEFORE, agreed="11")] == [
        "agreement_other_factor"
    ]
    assert check(CRYO, "12", signed_on=DAY_BEFORE, agreed="12.0") == []


@pytest.mark.parametrize("section", list("AEMO"))
def test_par_2_3_goae_no_agreement_in_sections_a_e_m_o(section: str) -> None:
    wrongly_allowed = Position("1", "x", 80, section, Decimal("1.8"), Decimal("2.5"), False, True)
    assert not may_agree(wrongly_allowed)
    assert may_agree(CRYO)
    assert not may_agree(SURCHARGE)


def test_par_12_4_goae_an_analogous_line_names_both_services() -> None:
    text = analog_text(
        "Laserbehandlung einer Tätowierung, 5 cm²", "2440", "Operative Entfernung eines Naevus flammeus, je Sitzung"
    )
    assert text == (
        "Laserbehandlung einer Tätowierung, 5 cm², entsprechend Nr. 2440 GOÄ "
        "„Operative Entfernung eines Naevus flammeus, je Sitzung“ (§ 6 Abs. 2 GOÄ)"
    )


@pytest.mark.parametrize(
    ("area", "number"),
    [
        ("0.1", "2440"),
        ("7", "2440"),
        ("7.01", "2885"),
        ("21", "2885"),
        ("21.01", "2886"),
        ("22", "2886"),
        ("400", "2886"),
    ],
)
def test_the_laser_position_follows_the_whole_area(area: str, number: str) -> None:
    assert laser_position(Decimal(area)) == number


@pytest.mark.parametrize("area", ["0", "-1", "NaN", "Infinity"])
def test_an_area_that_is_none_has_no_laser_position(area: str) -> None:
    with pytest.raises(ValueError, match="no area"):
        laser_position(Decimal(area))
