"""The first story once more, in real browsers: every screen on the way is looked at."""

from __future__ import annotations

import pytest

from kostenklar.tests.stories.test_statutory_cryopeeling import a_statutory_patient

pytestmark = pytest.mark.browser


def test_a_statutory_patient_signs_on_the_tablet(desk, mornings):
    tablet = desk(None, width=820, height=1180)
    a_statutory_patient(mornings.reception, mornings.physician, mornings, tablet)
