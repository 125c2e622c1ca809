"""Instalments: agreed once for all that is open, nobody reminds while they hold, and each way to their end."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from kostenklar.models.debt import Instalment, InstalmentPlan
from kostenklar.models.practice import Practice
from kostenklar.models.rules.instalments import Rate, Standing, monthly, split_by_count
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.debts import debts_of
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.services.dunning import fall_overdue, issue_dunning
from kostenklar.plugin.services.instalments import agree_instalments, end_plan, settle_plans
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.papers import bytes_of
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import at_once, pdf_text, record
from kostenklar.tests.payment_scene import an_invoice, paid

pytestmark = pytest.mark.usefixtures("as_reception")
DAY = dt.timedelta(days=1)
LATER = today() + 10 * DAY


@pytest.fixture
def invoice_id(as_reception, cast):
    """An invoice over 11.33 euros whose day of payment was yesterday, and that has fallen overdue."""
    with unit_of_work():
        session().get_one(Practice, cast.practice_id).payment_days = -1
    made = an_invoice(cast)
    late(today())
    return made


def late(on):
    with unit_of_work():
        return fall_overdue(on)


def settled(on):
    with unit_of_work():
        return settle_plans(on)


def rates(total="11.33", count=3, first_on=LATER):
    return monthly(split_by_count(Decimal(total), count), first_on)


def agreed(invoice_id, wanted=None, version=None, confirmed=()):
    with unit_of_work():
        plan = agree_instalments(invoice_id, version, wanted or rates(), today(), confirmed=confirmed)
        return plan.id


def stands(invoice_id, on=None):
    """(state of the plan, states of its instalments) on a day."""
    debts = debts_of(record(invoice_id), on or today())
    assert debts
    assert debts.plan
    return debts.plan.state.value, [each.standing for each in debts.plan.rates]


def test_they_are_agreed_on_a_paper_and_the_late_invoice_waits_again(invoice_id):
    assert record(invoice_id).state == "overdue"
    plan_id = agreed(invoice_id)
    plan = session().get_one(InstalmentPlan, plan_id)
    assert (plan.state, plan.number) == ("agreed", f"RZ-{today().year}-0001")
    assert [row.amount for row in session().scalars(select(Instalment).order_by(Instalment.position))] == [
        Decimal("3.77"), Decimal("3.77"), Decimal("3.79"),
    ]  # fmt: skip
    assert record(invoice_id).state == "sent"
    text = pdf_text(bytes_of(plan.paper_id)[0]).replace("\u00a0", " ")
    for part in ("11,33 € offen", "in 3 Raten", f"{LATER:%d.%m.%Y} 3,77 €", "3,79 €", "Raten zusammen 11,33 €"):
        assert part in text, part
    assert list(problems()) == []


def test_while_the_plan_holds_nothing_falls_overdue_and_nobody_is_dunned(invoice_id):
    agreed(invoice_id)
    assert late(today() + 5 * DAY) == 0
    assert record(invoice_id).state == "sent"
    with pytest.raises(RuleBroken, match="reminder_plan_runs"), unit_of_work():
        issue_dunning(invoice_id, None, 1, LATER, today())


def test_money_goes_to_the_earliest_instalment_and_the_last_one_closes_the_plan(invoice_id):
    plan_id = agreed(invoice_id)
    paid(invoice_id, "5.00")
    assert stands(invoice_id) == ("agreed", [Standing.PAID, Standing.PART, Standing.AHEAD])
    paid(invoice_id, "6.33")
    assert stands(invoice_id)[0] == "kept"
    assert settled(today()) == 1
    assert session().get_one(InstalmentPlan, plan_id).state == "kept"
    assert settled(today()) == 0


def test_what_was_paid_before_does_not_count_for_the_instalments(invoice_id):
    paid(invoice_id, "1.33")
    agreed(invoice_id, rates("10.00", 2))
    assert stands(invoice_id) == ("agreed", [Standing.AHEAD, Standing.AHEAD])


def test_a_missed_instalment_breaks_the_plan_after_its_grace_and_the_invoice_is_late_again(invoice_id):
    plan_id = agreed(invoice_id)
    assert settled(LATER + 7 * DAY) == 0
    assert stands(invoice_id, LATER + DAY)[1][0] is Standing.LATE
    assert settled(LATER + 8 * DAY) == 1
    assert session().get_one(InstalmentPlan, plan_id).state == "broken"
    assert record(invoice_id).state == "overdue"


def test_a_late_plan_whose_money_came_goes_on(invoice_id):
    agreed(invoice_id)
    paid(invoice_id, "3.77")
    assert settled(LATER + 8 * DAY) == 0


def test_somebody_ends_it_and_a_new_one_can_be_agreed(invoice_id):
    plan_id = agreed(invoice_id)
    with pytest.raises(RuleBroken, match="plan_there"):
        agreed(invoice_id)
    with unit_of_work():
        assert end_plan(plan_id, None, "Patientin zahlt doch auf einmal", today()) == invoice_id
    assert record(invoice_id).state == "overdue"
    with pytest.raises(StepNotAllowed), unit_of_work():
        end_plan(plan_id, None, "noch einmal", today())
    assert agreed(invoice_id) != plan_id


def test_a_cancelled_invoice_ends_its_plan(invoice_id):
    plan_id = agreed(invoice_id)
    with unit_of_work():
        cancel_invoice(invoice_id, None, "Doppelt", today())
    assert stands(invoice_id)[0] == "ended"
    assert settled(today()) == 1
    assert session().get_one(InstalmentPlan, plan_id).state == "ended"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (rates("11.34"), "plan_sum_differs"),
        (rates("11.32"), "plan_sum_differs"),
        (rates(first_on=today()), "plan_day_past"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused_and_draws_no_number(invoice_id, wanted, code):
    with pytest.raises(RuleBroken, match=code):
        agreed(invoice_id, wanted)
    assert session().scalar(select(InstalmentPlan.id)) is None
    assert record(invoice_id).state == "overdue"


def test_nothing_is_planned_for_a_paid_invoice_nor_from_an_old_page(invoice_id):
    version = record(invoice_id).version
    paid(invoice_id, "11.33")
    with pytest.raises(StalePage):
        agreed(invoice_id, version=version)
    with pytest.raises(RuleBroken, match="plan_nothing_open"):
        agreed(invoice_id)


def test_a_plan_beyond_the_limitation_wants_a_second_look(invoice_id):
    far = (Rate(LATER, Decimal("5.00")), Rate(dt.date(today().year + 4, 1, 1), Decimal("6.33")))
    with pytest.raises(RuleBroken, match="plan_beyond_limitation"):
        agreed(invoice_id, far)
    assert agreed(invoice_id, far, confirmed={"plan_beyond_limitation"})


def test_the_daily_job_settles_them(invoice_id):
    from kostenklar.plugin.jobs import HANDLERS, RECURRING

    plan_id = agreed(invoice_id)
    paid(invoice_id, "11.33")
    assert "settle_plans" in RECURRING
    with unit_of_work():
        HANDLERS["settle_plans"]({})
    assert session().get_one(InstalmentPlan, plan_id).state == "kept"


def test_two_people_agree_at_once_and_one_plan_is_made(app, cast, invoice_id):
    def one_more():
        with app.app_context(), acting_as("user:sabine", roles=["reception"], practices=[cast.practice_id]):
            try:
                agreed(invoice_id)
            except RuleBroken as broken:
                return [finding.code for finding in broken.findings]
            return []

    assert sorted(at_once(2, one_more)) == [[], ["plan_there"]]
    assert session().scalar(select(func.count(InstalmentPlan.id))) == 1
