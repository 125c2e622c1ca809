"""The rules of lasers and surcharges at their edges: BÄK recommendation of 2002, section C.VIII GOÄ."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from kostenklar.models.rules.checks import check_bill
from kostenklar.models.rules.invoice import InvoiceLine
from kostenklar.models.rules.severity import Severity
from kostenklar.tests.rules.bills import DAY, TODAY, bill, earlier, laser, line


def codes(*lines: InvoiceLine, **changes: Any) -> list[str]:
    found = check_bill(bill(*lines, **changes))
    return [finding.code for finding in found if finding.severity is not Severity.HINT]


def test_baek_2002_a_laser_position_three_times_in_the_case() -> None:
    three = tuple(earlier("2440", TODAY - timedelta(days=days), analog=True) for days in (20, 10, 5))
    assert codes(laser(), earlier=three[1:]) == []
    assert codes(laser(), earlier=three) == ["laser_fourth_time"]
    assert codes(laser(other_illness=True), earlier=three) == []
    assert codes(laser("2885"), earlier=three, laser_areas={"1": Decimal(10)}) == []


@pytest.mark.parametrize(
    ("area", "number"), [("7", "2440"), ("7.01", "2885"), ("21", "2885"), ("21.01", "2886"), ("22", "2886")]
)
def test_baek_2002_the_whole_area_gives_the_number(area: str, number: str) -> None:
    for charged in ("2440", "2885", "2886"):
        found = codes(laser(charged), laser_areas={"1": Decimal(area)})
        assert found == ([] if charged == number else ["laser_position_by_area"])


def test_baek_2002_one_position_a_session_whatever_the_number_of_spots() -> None:
    assert "laser_area_counts_once" in codes(laser("2885", count=2), laser_areas={"1": Decimal(10)})
    other = laser("2885", session="2")
    assert codes(laser("2885"), other, laser_areas={"1": Decimal(10), "2": Decimal(10)}) == []


@pytest.mark.parametrize("lines", [(line("740", count=2),), (line("740"), line("740"))])
def test_nr_740_once_a_session(lines: tuple[InvoiceLine, ...]) -> None:
    assert codes(*lines) == ["once_per_session"]
    assert codes(line("740"), line("740", session="2")) == []


def test_baek_2002_speaks_of_lasers_only() -> None:
    assert codes(line("740", analog=True), line("750", analog=True), laser_areas={}) == []


def test_6_2_goae_other_laser_work_is_charged_by_analogy() -> None:
    assert codes(line("2440")) == ["laser_needs_analog"]
    assert codes(line("5855", text="Laser")) == []


# Surcharges


def test_c_viii_441_behind_a_named_operation() -> None:
    assert codes(line("2441"), line("441", single=Decimal("23.31"))) == []
    assert codes(line("441", single=Decimal("23.31")), line("2441")) == ["surcharge_not_after_operation"]
    assert codes(line("2441", service_on=TODAY - DAY, session="0"), line("441")) == ["surcharge_without_operation"]


def test_nr_441_is_the_single_rate_and_at_most_67_49() -> None:
    assert codes(laser("2440"), line("441", single=Decimal("46.63"))) == ["surcharge_beside_analog"]
    assert codes(line("2404", count=1), line("441", single=Decimal("32.29"))) == []
    assert codes(line("2404"), line("441", single=Decimal("74.27"))) == ["surcharge_amount"]
    dear = codes(laser("2886"), line("441", single=Decimal("67.49")), laser_areas={"1": Decimal(30)})
    assert dear == ["surcharge_beside_analog"]


def test_c_viii_surcharges_stand_in_a_row_behind_their_operation() -> None:
    row = (line("2404"), line("440"), line("441", single=Decimal("32.29")), line("443"))
    assert codes(*row) == []
    assert codes(*row, line("443")) == ["surcharge_once_a_day"]


def test_c_viii_442_to_445_by_the_highest_points_not_by_the_sum() -> None:
    assert codes(line("2404"), line("2441"), line("443")) == []  # 554 and 400: 500 to 799
    assert codes(laser("2440"), line("444")) == ["surcharge_beside_analog"]  # exactly 800
    found = check_bill(bill(line("2401"), line("442")))
    assert [each.code for each in found] == ["surcharge_operation_unknown", "surcharge_by_points"]
    assert "proposed" not in found[1].facts  # below 250 there is none
