"""A fee schedule's file is read to its end: every row with its fault, and nothing of a file that has one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kostenklar.models.catalogue import goae_rows
from kostenklar.models.rules.schedule_file import COLUMNS, Fault, RowFault, minimum_minutes, read_schedule

GOOD = {
    "number": "740", "points": "71", "text": "Kryotherapie der Haut, je Sitzung", "section": "G",
    "factor_threshold": "2.3", "factor_max": "3.5",
}  # fmt: skip


def read(*rows):
    return read_schedule([*COLUMNS, "official_notes", "amount_1_0", "fixed_factor_1", "minimum_minutes"], rows)


def faults(**changed):
    return [(found.fault, found.column) for found in read(GOOD | changed)[1]]


def test_a_sound_row_becomes_a_position():
    rows, found = read(GOOD)
    assert found == []
    row = rows[0]
    assert (row.number, row.points, row.threshold, row.maximum) == ("740", 71, Decimal("2.3"), Decimal("3.5"))
    assert (row.fixed, row.agreement_allowed, row.doubtful, row.minimum_minutes) == (False, True, False, None)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"number": ""}, (Fault.NUMBER, "number")),
        ({"number": "74 0"}, (Fault.NUMBER, "number")),
        ({"number": "<b>"}, (Fault.NUMBER, "number")),
        ({"text": "  "}, (Fault.TEXT, "text")),
        ({"text": "x" * 4001}, (Fault.TEXT, "text")),
        ({"text": "a\x00b"}, (Fault.TEXT, "text")),
        ({"section": ""}, (Fault.SECTION, "section")),
        ({"points": "0"}, (Fault.POINTS, "points")),
        ({"points": "-5"}, (Fault.POINTS, "points")),
        ({"points": "7,1"}, (Fault.POINTS, "points")),
        ({"points": "٣"}, (Fault.POINTS, "points")),
        ({"points": "9" * 40}, (Fault.POINTS, "points")),
        ({"points": "000001000000" + "9" * 12}, (Fault.POINTS, "points")),
        ({"text": "Kryo\u202etherapie"}, (Fault.TEXT, "text")),
        ({"factor_threshold": ""}, (Fault.FACTOR, "factor_threshold")),
        ({"factor_threshold": "0"}, (Fault.FACTOR, "factor_threshold")),
        ({"factor_max": "NaN"}, (Fault.FACTOR, "factor_max")),
        ({"factor_max": "3.55555"}, (Fault.FACTOR, "factor_max")),
        ({"factor_max": "1e9"}, (Fault.FACTOR, "factor_max")),
        ({"factor_max": "2.2"}, (Fault.FACTORS_BACKWARDS, "factor_max")),
        ({"fixed_factor_1": "yes"}, (Fault.FLAG, "fixed_factor_1")),
        ({"minimum_minutes": "ten"}, (Fault.MINUTES, "minimum_minutes")),
    ],
)
def test_what_is_wrong_with_a_row_is_named_with_its_column(changed, fault):
    assert fault in faults(**changed)


def test_a_comma_in_a_factor_is_as_good_as_a_point():
    assert faults(factor_threshold="2,3", factor_max="3,5") == []


def test_rows_are_counted_as_a_spreadsheet_does_and_none_hides_the_others():
    rows = [GOOD | {"number": str(number)} for number in range(1, 1701)]
    rows[1698] |= {"points": "viele"}
    rows[1699] |= {"number": "1", "text": ""}
    found: dict[int, list[RowFault]] = {}
    for each in read(*rows)[1]:
        found.setdefault(each.row, []).append(each)
    assert list(found) == [1700, 1701]
    assert [each.fault for each in found[1700]] == [Fault.POINTS]
    assert {each.fault for each in found[1701]} == {Fault.TEXT, Fault.TWICE}


def test_a_row_with_too_many_or_too_few_cells_is_a_fault():
    assert (Fault.CELLS, "") in [(each.fault, each.column) for each in read({**GOOD, None: ["more"]})[1]]
    assert (Fault.CELLS, "") in faults(official_notes=None)


def test_a_file_without_a_needed_column_or_without_rows_is_refused():
    missing = read_schedule(["number", "text"], [GOOD])[1]
    assert [(each.row, each.fault) for each in missing] == [(1, Fault.COLUMNS_MISSING)]
    assert "points" in missing[0].column
    assert [each.fault for each in read()[1]] == [Fault.EMPTY]


@pytest.mark.parametrize(
    ("changed", "doubtful"),
    [
        ({}, False),
        ({"official_notes": "CHECK: printed 8,10 DM"}, True),
        ({"amount_1_0": "4.14"}, False),
        ({"amount_1_0": "4,14"}, False),
        ({"amount_1_0": "5.14"}, True),
        ({"amount_1_0": "?"}, True),
        ({"points": ""}, True),
        ({"points": "", "number": "441"}, False),  # a percentage by its own rule
    ],
)
def test_doubtful_rows_are_marked_and_loaded(changed, doubtful):
    rows, found = read(GOOD | changed)
    assert found == []
    assert rows[0].doubtful is doubtful


def test_par_12_2_no_2_minimum_durations_of_the_shipped_schedule():
    minutes = {row.number: row.minimum_minutes for row in goae_rows() if row.minimum_minutes}
    assert (minutes["3"], minutes["34"]) == (10, 20)
    assert minimum_minutes("1", "Beratung", "Dauer mindestens 10 Minuten gilt für Nummer 3") is None
