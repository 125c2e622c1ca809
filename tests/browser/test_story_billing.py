"""The fourth story once more, in real browsers: every screen on the way is looked at."""

from __future__ import annotations

import pytest

from kostenklar.tests.stories.test_billing import the_billing

pytestmark = pytest.mark.browser


def test_an_invoice_with_everything_on_it_until_it_is_paid(mornings):
    the_billing(mornings.reception, mornings.physician, mornings.owner, mornings)
