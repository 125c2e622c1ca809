"""Money for an invoice: what stands against booking it, which moves follow, when one may remind."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kostenklar.models.rules.payments import (
    Account,
    PaymentKind,
    check_credit,
    check_payment,
    check_reminder,
    check_reversal,
    check_target,
    moves_after,
    refuse_unconfirmed,
    takes_payments,
)
from kostenklar.models.rules.severity import Finding, RuleBroken, Severity
from kostenklar.models.rules.states import INVOICE, InvoiceState, InvoiceStep

TODAY = date(2026, 11, 23)
BEFORE = date(2026, 10, 19)
OPEN = Account(InvoiceState.ISSUED, False, Decimal("100.00"), Decimal(0), BEFORE, BEFORE + timedelta(30), None)
CANCELLED = replace(OPEN, state=InvoiceState.CANCELLED, paid=Decimal("40.00"))


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


@pytest.mark.parametrize(
    ("account", "amount", "on", "expected"),
    [
        (OPEN, "100.00", TODAY, []),
        (OPEN, "0.00", TODAY, ["amount_not_positive"]),
        (OPEN, "-5.00", TODAY, ["amount_not_positive"]),
        (OPEN, "100.01", TODAY, ["paid_too_much"]),
        (OPEN, "50.00", TODAY + timedelta(1), ["value_date_ahead"]),
        (OPEN, "50.00", BEFORE - timedelta(1), ["paid_before_issue"]),
        (replace(OPEN, books_locked_until=TODAY), "50.00", TODAY, ["books_locked"]),
        (CANCELLED, "50.00", TODAY, ["paid_invoice_cancelled"]),
    ],
)
def test_what_stands_against_booking_money(account: Account, amount: str, on: date, expected: list[str]) -> None:
    assert codes(check_payment(account, Decimal(amount), on, TODAY)) == expected


def test_146_4_ao_closed_books_take_no_money() -> None:
    (finding,) = check_payment(replace(OPEN, books_locked_until=TODAY), Decimal(1), TODAY, TODAY)
    assert (finding.severity, finding.paragraph) == (Severity.BLOCK, "§ 146 Abs. 4 AO")


def test_a_draft_and_a_cancellation_take_no_money() -> None:
    assert takes_payments(OPEN)
    assert takes_payments(CANCELLED)
    assert not takes_payments(replace(OPEN, state=InvoiceState.DRAFT))
    assert not takes_payments(replace(OPEN, is_cancellation=True))


def test_open_and_credit_never_stand_together() -> None:
    assert (OPEN.open, OPEN.credit) == (Decimal("100.00"), Decimal("0.00"))
    assert (CANCELLED.open, CANCELLED.credit) == (Decimal("0.00"), Decimal("40.00"))
    paid = replace(OPEN, state=InvoiceState.PAID, paid=Decimal("120.00"))
    assert (paid.open, paid.credit) == (Decimal("0.00"), Decimal("20.00"))


def test_a_credit_goes_only_as_far_as_it_reaches_and_as_is_open_there() -> None:
    assert codes(check_credit(CANCELLED, Decimal("40.01"), TODAY, TODAY)) == ["credit_too_small"]
    assert check_credit(CANCELLED, Decimal("40.00"), TODAY, TODAY) == []
    assert codes(check_target(OPEN, Decimal("100.01"))) == ["target_open_less"]


@pytest.mark.parametrize(
    ("kind", "done", "paid", "expected"),
    [
        (PaymentKind.TRANSFER, False, "50", []),
        (PaymentKind.TRANSFER, True, "50", ["payment_reversed"]),
        (PaymentKind.REVERSAL, False, "50", ["payment_reversed"]),
        (PaymentKind.TILL, False, "30", ["payment_moved_on"]),
    ],
)
def test_a_row_is_taken_back_once_and_before_its_money_goes_on(
    kind: PaymentKind, done: bool, paid: str, expected: list[str]
) -> None:
    account = replace(OPEN, paid=Decimal(paid))
    found = check_reversal(account, Decimal(50), kind=kind, done=done, value_date=TODAY, today=TODAY)
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("changes", "until", "expected"),
    [
        ({}, 10, []),
        ({}, 0, ["reminder_day_past"]),
        ({"due_on": TODAY}, 10, ["reminder_before_due"]),
        ({"state": InvoiceState.PAID, "paid": Decimal(100)}, 10, ["reminder_nothing_open"]),
        ({"state": InvoiceState.CANCELLED}, 10, ["reminder_nothing_open"]),
        ({"is_cancellation": True}, 10, ["reminder_nothing_open"]),
    ],
)
def test_a_reminder_asks_only_for_what_is_open(changes: dict[str, Any], until: int, expected: list[str]) -> None:
    assert codes(check_reminder(replace(OPEN, **changes), TODAY + timedelta(until), TODAY)) == expected


def test_a_running_reminder_is_waited_for() -> None:
    found = check_reminder(OPEN, TODAY + timedelta(10), TODAY, reminded_until=TODAY)
    assert codes(found) == ["reminder_again"]


def test_a_warning_counts_once_it_was_confirmed_and_a_block_always() -> None:
    warning, block = Finding("paid_too_much", Severity.WARN), Finding("value_date_ahead", Severity.BLOCK)
    refuse_unconfirmed([warning], {"paid_too_much"})
    with pytest.raises(RuleBroken):
        refuse_unconfirmed([warning], ())
    with pytest.raises(RuleBroken):
        refuse_unconfirmed([block], {"value_date_ahead"})


PART, REST, REOPEN = InvoiceStep.PAY_PART, InvoiceStep.PAY_REST, InvoiceStep.REOPEN


@pytest.mark.parametrize(
    ("state", "before", "after", "steps"),
    [
        ("issued", "0", "40", (PART,)),
        ("issued", "0", "100", (REST,)),
        ("part_paid", "40", "60", (PART,)),
        ("part_paid", "40", "120", (REST,)),
        ("part_paid", "60", "40", (REOPEN, PART)),
        ("part_paid", "40", "0", (REOPEN,)),
        ("paid", "100", "60", (REOPEN, PART)),
        ("paid", "100", "0", (REOPEN,)),
        ("paid", "100", "120", ()),
        ("paid", "120", "100", ()),
        ("cancelled", "100", "60", ()),
    ],
)
def test_the_moves_follow_the_sum(state: str, before: str, after: str, steps: tuple[InvoiceStep, ...]) -> None:
    assert moves_after(InvoiceState(state), Decimal(100), Decimal(before), Decimal(after)) == steps


@given(st.lists(st.integers(0, 15_000), min_size=1, max_size=12))
def test_whatever_is_booked_the_state_says_what_is_paid(sums: list[int]) -> None:
    """Property: every walk of sums stays inside the table of moves and ends where the sum says."""
    state, gross, before = InvoiceState.ISSUED, Decimal(100), Decimal(0)
    for cents in sums:
        after = Decimal(cents) / 100
        for step in moves_after(state, gross, before, after):
            state = INVOICE.advance(state, step)
        before = after
        expected = InvoiceState.PAID if after >= gross else InvoiceState.PART_PAID if after else InvoiceState.ISSUED
        assert state is expected


def test_money_for_an_invoice_that_was_written_off_pays_it_all_the_same() -> None:
    gone = replace(OPEN, state=InvoiceState.WRITTEN_OFF, paid=Decimal("40.00"))
    assert (gone.open, gone.owed, gone.credit) == (Decimal("0.00"), Decimal("60.00"), Decimal("0.00"))
    assert codes(check_payment(gone, Decimal("60.00"), TODAY, TODAY)) == ["paid_written_off"]
    assert codes(check_payment(gone, Decimal("60.01"), TODAY, TODAY)) == ["paid_too_much", "paid_written_off"]
