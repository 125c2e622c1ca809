"""The third story once more, in real browsers: every screen on the way is looked at."""

from __future__ import annotations

import pytest

from kostenklar.tests.stories.test_self_payer_tattoo import a_self_payer

pytestmark = pytest.mark.browser


def test_a_self_payer_comes_twice_and_gets_one_invoice(mornings):
    a_self_payer(mornings.reception, mornings.physician, mornings)
