"""The second story once more, in real browsers: every screen on the way is looked at."""

from __future__ import annotations

import pytest

from kostenklar.tests.stories.test_private_laser import a_private_patient

pytestmark = pytest.mark.browser


def test_a_private_patient_clarifies_the_costs(mornings):
    a_private_patient(mornings.reception, mornings.physician, mornings)
