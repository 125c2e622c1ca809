"""Handing a claim to a lawyer: what blocks it, and what somebody should look at first."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kostenklar.models.rules.dunning import Claim, Letter
from kostenklar.models.rules.handover import check_handover
from kostenklar.models.rules.payments import Account
from kostenklar.models.rules.severity import Severity
from kostenklar.models.rules.states import InvoiceState

TODAY = date(2026, 11, 22)
ISSUED = date(2026, 8, 3)
ACCOUNT = Account(
    state=InvoiceState.REMINDED,
    is_cancellation=False,
    gross=Decimal("127.63"),
    paid=Decimal("0.00"),
    issued_on=ISSUED,
    due_on=ISSUED + timedelta(days=30),
    books_locked_until=None,
)
CLAIM = Claim(
    account=ACCOUNT,
    received_on=ISSUED,
    letters=(Letter(level=1, pay_until=date(2026, 10, 1), received_on=date(2026, 9, 10)),),
    default_since=date(2026, 9, 3),
)


def codes(claim, today=TODAY):
    return [finding.code for finding in check_handover(claim, today)]


def test_a_dunned_claim_in_default_goes_without_a_question():
    assert codes(CLAIM) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"account": replace(ACCOUNT, paid=ACCOUNT.gross)}, "handover_nothing_open"),
        ({"account": replace(ACCOUNT, state=InvoiceState.WRITTEN_OFF)}, "handover_nothing_open"),
        ({"account": replace(ACCOUNT, is_cancellation=True)}, "handover_nothing_open"),
        ({"with_lawyer": True}, "handover_there"),
        ({"plan_runs": True}, "handover_plan_holds"),
    ],
)
def test_what_blocks_it(changes, code):
    (finding,) = check_handover(replace(CLAIM, **changes), TODAY)
    assert (finding.code, finding.severity) == (code, Severity.BLOCK)


def test_par_286_bgb_a_default_that_is_not_on_record_warns():
    assert codes(replace(CLAIM, default_since=None)) == ["handover_without_default"]
    assert codes(replace(CLAIM, default_since=TODAY + timedelta(days=1))) == ["handover_without_default"]


def test_a_friendly_reminder_is_no_dunning_letter():
    friendly = Letter(level=0, pay_until=date(2026, 10, 1), received_on=date(2026, 9, 10))
    assert codes(replace(CLAIM, letters=(friendly,))) == ["handover_without_dunning"]


def test_par_195_bgb_a_barred_claim_warns_from_the_day_after_its_last():
    assert codes(CLAIM, date(2029, 12, 31)) == []
    assert codes(CLAIM, date(2030, 1, 1)) == ["handover_barred"]
