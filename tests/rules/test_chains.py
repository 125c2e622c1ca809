"""What may stand in a procedure's chain."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kostenklar.models.rules.chains import ChainEntry, entry_findings, reasons_of
from kostenklar.models.rules.goae import Position
from kostenklar.models.rules.severity import Severity, blocks

DAY = dt.date(2026, 11, 22)
CRYO = Position("740", "Kryotherapie", 71, "G", Decimal("2.3"), Decimal("3.5"), False, True)
FIXED = Position("440", "Zuschlag", 400, "C", Decimal(1), Decimal(1), True, True)
UV = Position("560", "UV", 31, "A", Decimal("1.8"), Decimal("2.5"), False, False)
SHARE = Position("441", "Zuschlag Laser", None, "C", Decimal(1), Decimal(1), True, True)
BARE = Position("9000", "ohne Punkte", None, "C", Decimal("2.3"), Decimal("3.5"), False, True)


def found(position, factor="2.3", others=(), reasons=""):
    entry = ChainEntry(position.number if position else "9999", Decimal(factor), "", reasons)
    return {each.code: each.severity for each in entry_findings(entry, position, others, DAY)}


def test_the_usual_factor_is_silent_and_so_is_a_surcharge_by_percentage():
    assert found(CRYO) == {}
    assert found(SHARE, "1") == {}


def test_above_the_threshold_it_is_told_what_the_invoice_will_need():
    """§ 12(3) and § 2 GOÄ: a chain may say so, the single invoice still has to carry it."""
    assert found(CRYO, "3") == {"factor_needs_reason": Severity.WARN}
    assert found(CRYO, "3", reasons="Schwierige Stelle\n") == {}
    assert found(CRYO, "8.5") == {"factor_needs_agreement": Severity.WARN}


@pytest.mark.parametrize(
    ("position", "factor", "code"),
    [
        (None, "2.3", "position_unknown"),
        (BARE, "2.3", "position_unknown"),
        (CRYO, "0", "factor_unusable"),
        (CRYO, "2.34567", "factor_unusable"),
        (FIXED, "2.3", "factor_fixed"),
        (UV, "2.6", "factor_out_of_range"),
    ],
)
def test_what_no_invoice_could_carry_is_refused(position, factor, code):
    assert found(position, factor) == {code: Severity.BLOCK}


def test_a_number_twice_is_asked_about_and_the_chain_has_an_end():
    assert found(CRYO, others=["740", "1"]) == {"chain_repeats": Severity.WARN}
    entry = ChainEntry("740", Decimal("2.3"))
    assert [each.code for each in blocks(entry_findings(entry, CRYO, ["1"] * 20, DAY))] == ["chain_full"]


def test_reasons_are_one_a_line_each_once():
    assert reasons_of(" Narben \n\n Tiefe Pigmente\r\nNarben\n") == ("Narben", "Tiefe Pigmente")
    assert reasons_of("") == ()
