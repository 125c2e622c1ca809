"""What may be billed, cancelled and handed over."""

from datetime import date

import pytest

from kostenklar.models.rules.billing import (
    Billing,
    check_billable,
    check_cancel,
    check_delivery,
)
from kostenklar.models.rules.severity import Finding
from kostenklar.models.rules.states import TreatmentState

DAY = date(2026, 11, 23)


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


@pytest.mark.parametrize("state", list(TreatmentState))
@pytest.mark.parametrize("billing", list(Billing))
def test_what_took_place_and_is_open_can_be_billed_and_nothing_else(state: TreatmentState, billing: Billing) -> None:
    happened = state in (TreatmentState.DONE, TreatmentState.ABORTED)
    assert (not check_billable(state, billing)) == (happened and billing is Billing.OPEN)


def test_a_cancellation_is_final_and_closed_books_stay_closed() -> None:
    assert codes(check_cancel(is_cancellation=True, cancel_on=DAY, books_locked_until=None)) == ["cancellation_final"]
    assert codes(check_cancel(is_cancellation=False, cancel_on=DAY, books_locked_until=DAY)) == ["books_locked"]
    assert check_cancel(is_cancellation=False, cancel_on=DAY, books_locked_until=date(2026, 11, 22)) == []


@pytest.mark.parametrize(
    ("day", "by_mail", "allowed", "expected"),
    [
        (DAY, False, False, []),
        (DAY, True, True, []),
        (DAY, True, False, ["email_not_agreed"]),
        (date(2026, 11, 22), False, False, ["delivered_before_issue"]),
    ],
)
def test_the_hand_over_follows_the_paper_and_the_consent(
    day: date, by_mail: bool, allowed: bool, expected: list[str]
) -> None:
    assert codes(check_delivery(DAY, day, by_mail=by_mail, mail_allowed=allowed)) == expected
