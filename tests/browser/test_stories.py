"""The three stories once more, in a real browser: every screen on the way is looked at."""

from __future__ import annotations

import pytest

from kostenklar.tests.stories.conftest import Calendar
from kostenklar.tests.stories.test_private_laser import a_private_patient
from kostenklar.tests.stories.test_self_payer_tattoo import a_self_payer
from kostenklar.tests.stories.test_statutory_cryopeeling import a_statutory_patient

pytestmark = pytest.mark.browser


@pytest.fixture
def turn(desk):
    """Turns the day; who was away for days signs in again, as in every practice in the morning."""
    calendar = Calendar()
    people = {role: desk(role) for role in ("reception", "physician")}

    def to(day, time="09:00"):
        calendar.turn(day, time)
        for role, at in people.items():
            at.context.clear_cookies(name="kostenklar_host")
            at.sign_in(role)

    to.people = people
    yield to
    calendar.back()


def test_a_statutory_patient_signs_on_the_tablet(desk, turn):
    tablet = desk(None, width=820, height=1180)
    a_statutory_patient(turn.people["reception"], turn.people["physician"], turn, tablet)


def test_a_private_patient_clarifies_the_costs(turn):
    a_private_patient(turn.people["reception"], turn.people["physician"], turn)


def test_a_self_payer_comes_twice_and_gets_one_invoice(turn):
    a_self_payer(turn.people["reception"], turn.people["physician"], turn)
