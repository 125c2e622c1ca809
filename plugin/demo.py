"""The demo practice: loaded once into an empty database, through the same services that the screens use."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from ..models.practice import Practice
from .actor import acting_as
from .clock import now, today
from .demo_diary import run
from .demo_plot import PLOT, Case
from .demo_practice import REASON, open_house
from .extension import session
from .unit_of_work import unit_of_work


def is_there() -> bool:
    """Whether the database holds a practice already."""
    return session().scalar(select(Practice.id).limit(1)) is not None


def load_demo(cases: Sequence[Case] = PLOT) -> list[int]:
    """The ids of the practices: the demo's, or those that are there already, for then nothing is loaded.

    One transaction: the whole practice or nothing. Texts and fee schedule must be there (kostenklar upgrade).
    """
    with acting_as("system:demo"), unit_of_work(reason=REASON):
        if there := list(session().scalars(select(Practice.id).order_by(Practice.id))):
            return there
        house = open_house(today())
        run(house, cases, now())
        return [house.practice_id]
