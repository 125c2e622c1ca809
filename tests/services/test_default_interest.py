"""Default interest of an unpaid invoice: waived, lowered by money that came, reckoned with the practice's own rate."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from kostenklar.models.debt import BaseRate
from kostenklar.plugin import jobs
from kostenklar.plugin.clock import frozen, now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.dunning import dunning_status
from kostenklar.plugin.services.base_rates import keep_base_rate
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.dunning_scene import EVERYTHING, a_late_invoice, after, dunned
from kostenklar.tests.invoice_scene import record
from kostenklar.tests.payment_scene import paid

pytestmark = pytest.mark.usefixtures("as_reception")


@pytest.fixture
def invoice_id(as_reception, cast):
    """Of today, due in 14 days, handed over."""
    return a_late_invoice(cast)


def status(invoice_id, on):
    found = dunning_status(record(invoice_id), on)
    assert found
    return found


def test_interest_can_be_waived(invoice_id):
    letter = dunned(invoice_id, 1, after(400), *EVERYTHING, with_interest=False)
    assert letter.interest == 0
    assert letter.in_default_since is not None


def test_money_that_came_lowers_the_interest_from_its_day(invoice_id):
    whole = status(invoice_id, after(400)).interest.amount
    paid(invoice_id, "6.00")
    assert 0 < status(invoice_id, after(400)).interest.amount < whole


def test_a_rate_of_the_practice_counts_from_its_day(invoice_id, cast):
    before = status(invoice_id, after(900)).interest
    assert [finding.code for finding in before.findings] == ["base_rate_awaited"]
    with unit_of_work():
        keep_base_rate(cast.practice_id, None, dt.date(today().year + 1, 1, 1), Decimal("9.00"), "Bundesbank")
        keep_base_rate(cast.practice_id, None, dt.date(today().year + 1, 1, 1), Decimal("10.00"), "Bundesbank")
    assert session().scalar(select(func.count(BaseRate.id))) == 1
    assert status(invoice_id, after(900)).interest.amount > before.amount


def test_the_job_lets_invoices_fall_overdue(invoice_id):
    jobs.run_due()
    assert record(invoice_id).state == "sent"
    with frozen(now() + dt.timedelta(20)):
        jobs.run_due()
    assert record(invoice_id).state == "overdue"
