"""Nr. 441 and 5298: a percentage of the single rate of the service before."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kostenklar.models.rules.goae import NoPoints, Position
from kostenklar.models.rules.surcharges import NoOperation, chargeable, charged, operation_of


def position(number: str, points: int | None, *, fixed: bool = False) -> Position:
    top = Decimal(1) if fixed else Decimal("3.5")
    return Position(number, f"Leistung {number}", points, "L", Decimal("2.3"), top, fixed, not fixed)


LASER = position("441", None, fixed=True)
SINGLE, FACTOR = Decimal(1), Decimal("2.3")


@pytest.mark.parametrize(
    ("points", "amount"), [(800, "46.63"), (1110, "64.70"), (1157, "67.44"), (1158, "67.49"), (2770, "67.49")]
)
def test_nr_441_is_the_single_rate_of_the_operation_and_at_most_67_49(points: int, amount: str) -> None:
    assert charged(LASER, SINGLE, [position("2440", points)]) == Decimal(amount)


def test_the_vector_of_the_domain_1_5_2440_and_441_makes_175_32() -> None:
    chain = [position("1", 80), position("5", 80), position("2440", 800)]
    net = sum(charged(each, FACTOR) for each in chain) + charged(LASER, SINGLE, chain)
    assert net == Decimal("175.32")


def test_nr_5298_is_a_quarter_of_the_single_rate() -> None:
    digital = position("5298", None, fixed=True)
    assert charged(digital, SINGLE, [position("5010", 180)]) == Decimal("2.62")


def test_other_surcharges_between_are_not_the_operation() -> None:
    before = [position("2440", 800), position("440", 400, fixed=True)]
    found = operation_of("441", before)
    assert found is not None
    assert found.number == "2440"
    assert charged(LASER, SINGLE, before) == Decimal("46.63")


def test_the_operation_is_found_past_a_consultation_between() -> None:
    consultation = Position("5", "Untersuchung", 80, "B", Decimal("2.3"), Decimal("3.5"), False, True)
    assert charged(LASER, SINGLE, [position("2440", 800), consultation]) == Decimal("46.63")
    assert charged(LASER, SINGLE, [consultation]) == Decimal("4.66")  # which check_bill then refuses


def test_a_percentage_without_a_service_before_it_has_no_amount() -> None:
    with pytest.raises(NoOperation):
        charged(LASER, SINGLE)
    with pytest.raises(NoOperation):
        charged(LASER, SINGLE, [position("440", 400, fixed=True)])


def test_what_has_neither_points_nor_a_percentage_cannot_be_charged() -> None:
    odd = position("9999", None)
    assert not chargeable(odd)
    assert chargeable(LASER)
    with pytest.raises(NoPoints):
        charged(odd, SINGLE, [position("2440", 800)])


def test_a_service_with_points_does_not_ask_what_stands_before() -> None:
    assert charged(position("740", 71), FACTOR) == Decimal("9.52")
