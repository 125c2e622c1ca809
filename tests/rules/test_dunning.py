"""When one may remind and dun, since when the debtor is in default, and until when the claim lives."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from kostenklar.models.rules.dunning import (
    Claim,
    DunningLevel,
    Letter,
    check_letter,
    default_since,
    dunning_fee,
    limitation_finding,
    next_level,
    received_day,
    warned_issue_until,
    warned_limitation,
)
from kostenklar.models.rules.holidays import FederalState
from kostenklar.models.rules.payments import Account
from kostenklar.models.rules.severity import Severity
from kostenklar.models.rules.states import InvoiceState

TODAY = date(2026, 11, 23)
ISSUED = date(2026, 9, 1)
DUE = date(2026, 9, 30)
ACCOUNT = Account(InvoiceState.OVERDUE, False, Decimal("100.00"), Decimal(0), ISSUED, DUE, None)
REMINDED = Letter(0, date(2026, 10, 20), date(2026, 10, 10))
DUNNED = Letter(1, date(2026, 11, 10), date(2026, 10, 28))
CLAIM = Claim(ACCOUNT, ISSUED, (REMINDED,), default_since=date(2026, 10, 2))
NEXT_WEEK = TODAY + timedelta(7)


def codes(claim: Claim, level: DunningLevel = DunningLevel.FIRST, until: date = NEXT_WEEK) -> list[str]:
    return [finding.code for finding in check_letter(claim, level, until, TODAY)]


def since(**changes: Any) -> date | None:
    facts: dict[str, Any] = {
        "issued_on": ISSUED,
        "due_on": DUE,
        "received_on": ISSUED,
        "told": True,
        "state": FederalState.NW,
    }
    return default_since(**(facts | changes))


def test_par_286_3_bgb_thirty_days_after_due_date_and_receipt() -> None:
    assert since() == date(2026, 10, 2)  # 1 October is the thirtieth day
    assert since(received_on=date(2026, 9, 10)) == date(2026, 10, 13)  # the tenth is a Saturday, § 193 BGB


def test_par_286_3_bgb_nothing_runs_without_proof_of_receipt() -> None:
    assert since(received_on=None) is None


def test_par_286_3_bgb_a_consumer_is_told_in_the_invoice_or_it_does_not_run() -> None:
    assert since(told=False) is None


def test_nobody_is_late_before_the_day_the_invoice_names() -> None:
    assert since(due_on=date(2026, 10, 30)) == date(2026, 10, 31)


def test_par_286_1_bgb_a_dunning_letter_brings_default_once_its_day_is_over() -> None:
    assert since(told=False, letters=(DUNNED,)) == date(2026, 11, 11)
    assert since(letters=(DUNNED,)) == date(2026, 10, 2)  # what was first counts


def test_a_letter_that_nobody_received_and_a_friendly_reminder_bring_none() -> None:
    assert since(told=False, letters=(REMINDED, replace(DUNNED, received_on=None))) is None


def test_a_letter_by_post_is_taken_to_arrive_three_days_later() -> None:
    assert received_day(ISSUED, "post") == date(2026, 9, 4)
    assert received_day(ISSUED, "paper") == ISSUED
    assert received_day(None, "") is None


def test_a_reminder_then_two_dunning_letters_then_none() -> None:
    levels: list[int] = []
    while (level := next_level(levels)) is not None:
        levels.append(level)
    assert levels == [0, 1, 2]


def test_par_309_no_5_bgb_real_cost_and_only_once_default_has_come() -> None:
    cost = Decimal("2.50")
    assert dunning_fee(2, CLAIM, cost, TODAY) == cost
    assert dunning_fee(2, replace(CLAIM, default_since=None), cost, TODAY) == 0  # this letter itself may cause it
    assert dunning_fee(2, replace(CLAIM, default_since=TODAY + timedelta(1)), cost, TODAY) == 0
    assert [dunning_fee(level, CLAIM, cost, TODAY) for level in (0, 1)] == [0, 0]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"letters": ()}, ["dunning_skips_level"]),
        ({"letters": (replace(REMINDED, pay_until=TODAY),)}, ["reminder_again"]),
        ({"received_on": None}, ["dunning_without_delivery"]),
        ({"account": replace(ACCOUNT, due_on=TODAY)}, ["dunning_before_due"]),
        ({"account": replace(ACCOUNT, state=InvoiceState.WRITTEN_OFF)}, ["reminder_nothing_open"]),
        ({"hold_until": TODAY, "hold_reason": "Widerspruch"}, ["reminder_on_hold"]),
        ({"hold_until": TODAY - timedelta(1)}, []),
        ({"plan_runs": True}, ["reminder_plan_runs"]),
        ({"with_lawyer": True}, ["reminder_with_lawyer"]),
    ],
)
def test_what_stands_against_a_dunning_letter(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(replace(CLAIM, **changes)) == expected


def test_a_friendly_reminder_may_come_early_once_somebody_has_looked() -> None:
    (finding,) = check_letter(
        replace(CLAIM, letters=(), account=replace(ACCOUNT, due_on=TODAY)), DunningLevel.REMINDER, NEXT_WEEK, TODAY
    )
    assert (finding.code, finding.severity) == ("reminder_before_due", Severity.WARN)


def test_no_letter_goes_while_a_hold_stands_whatever_its_level() -> None:
    held = replace(CLAIM, hold_until=TODAY, hold_reason="Der Widerspruch wird geprüft.")
    for level in DunningLevel:
        (finding, *_) = check_letter(held, level, NEXT_WEEK, TODAY)
        assert (finding.code, finding.severity) == ("reminder_on_hold", Severity.BLOCK)


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2029, 6, 30), None),
        (date(2029, 7, 1), "claim_barred_soon"),
        (date(2029, 12, 31), "claim_barred_soon"),
        (date(2030, 1, 1), "claim_barred"),
    ],
)
def test_par_195_199_bgb_a_claim_is_barred_at_the_end_of_the_third_year(today: date, code: str | None) -> None:
    finding = limitation_finding(CLAIM, today)
    assert (finding.code if finding else None) == code


def test_what_is_paid_is_not_barred() -> None:
    assert limitation_finding(replace(CLAIM, account=replace(ACCOUNT, paid=Decimal(100))), date(2031, 1, 1)) is None


@pytest.mark.parametrize(
    ("today", "until"),
    [
        (date(2026, 6, 30), date(2022, 12, 31)),
        (date(2026, 7, 1), date(2023, 12, 31)),
        (date(2026, 12, 31), date(2023, 12, 31)),
        (date(2027, 1, 1), date(2023, 12, 31)),
    ],
)
def test_par_195_199_bgb_a_list_marks_the_claims_of_which_a_page_warns(today: date, until: date) -> None:
    assert warned_issue_until(today) == until
    assert warned_limitation(until, today) == date(until.year + 3, 12, 31)
    assert warned_limitation(until + timedelta(1), today) is None
