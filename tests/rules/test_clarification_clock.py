"""§ 192(8) VVG: when the insurer's clock runs, and when it ends."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kostenklar.models.rules.clarification_clock import (
    AskedBy,
    ClockReason,
    PayerRole,
    answer_due,
    clock_reason,
    due_day,
    payer_role,
    receipt_day,
)
from kostenklar.models.rules.deadlines import is_workday
from kostenklar.models.rules.holidays import FederalState
from kostenklar.models.rules.payers import PolicyKind
from kostenklar.models.rules.vat import Indication

NW, BY, BE = FederalState.NW, FederalState.BY, FederalState.BE
DAYS = st.dates(date(2020, 1, 10), date(2039, 12, 20))


def reason(**changed: object) -> ClockReason:
    facts = {
        "role": PayerRole.PKV,
        "asked_by": AskedBy.POLICYHOLDER,
        "power": False,
        "gross_max": Decimal("2086.30"),
        "indication": Indication.MEDICAL,
        **changed,
    }
    return clock_reason(**facts)  # type: ignore[arg-type]  # named in the tests


@pytest.mark.parametrize(
    ("gross", "expected"),
    [
        ("2000.00", ClockReason.NOT_OVER_2000),
        ("2000.01", ClockReason.RUNS),
        ("1999.99", ClockReason.NOT_OVER_2000),
        ("0.01", ClockReason.NOT_OVER_2000),
    ],
)
def test_par_192_8_vvg_needs_costs_above_2000_euros(gross: str, expected: ClockReason) -> None:
    assert reason(gross_max=Decimal(gross)) is expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"indication": Indication.COSMETIC}, ClockReason.COSMETIC),
        ({"indication": Indication.UNDECIDED}, ClockReason.RUNS),
        ({"asked_by": AskedBy.PRACTICE}, ClockReason.NOT_BY_HOLDER),
        ({"asked_by": AskedBy.PRACTICE, "power": True}, ClockReason.NOT_BY_HOLDER),
        ({"asked_by": AskedBy.ATTORNEY}, ClockReason.NO_POWER),
        ({"asked_by": AskedBy.ATTORNEY, "power": True}, ClockReason.RUNS),
        ({"role": PayerRole.BEIHILFE}, ClockReason.PAYER_BEIHILFE),
        ({"role": PayerRole.GKV}, ClockReason.PAYER_GKV),
        ({"gross_max": None}, ClockReason.NO_ESTIMATE),
        ({"indication": None}, ClockReason.NO_ESTIMATE),
    ],
)
def test_par_192_8_vvg_is_the_policyholders_right_against_a_private_insurer(changed, expected) -> None:
    assert reason(**changed) is expected


@given(
    st.sampled_from(PayerRole),
    st.sampled_from(AskedBy),
    st.booleans(),
    st.decimals(0, 9999, places=2),
    st.sampled_from(Indication),
)
def test_par_192_8_vvg_never_runs_without_each_of_its_conditions(role, asked_by, power, gross, indication) -> None:
    runs = clock_reason(role, asked_by, power=power, gross_max=gross, indication=indication) is ClockReason.RUNS
    holder = asked_by is AskedBy.POLICYHOLDER or (asked_by is AskedBy.ATTORNEY and power)
    wanted = role is PayerRole.PKV and holder and gross > 2000 and indication is not Indication.COSMETIC
    assert runs is wanted


def test_par_192_8_vvg_gives_four_weeks_from_receipt_two_if_urgent() -> None:
    received = date(2026, 11, 9)
    assert answer_due(received, statutory=True, urgent=False) == date(2026, 12, 7)
    assert answer_due(received, statutory=True, urgent=True) == date(2026, 11, 23)


def test_the_weeks_run_over_new_year() -> None:
    due = answer_due(date(2026, 12, 4), statutory=True, urgent=False)
    assert due == date(2027, 1, 1)
    day = due_day(due, NW)
    assert (day.may_move, day.waits_until) == (True, date(2027, 1, 4))  # a Friday's holiday, then the weekend
    assert not day.is_late(date(2027, 1, 4))
    assert day.is_late(date(2027, 1, 5))


def test_without_a_clock_28_days_are_a_reminder_urgent_or_not() -> None:
    assert answer_due(date(2026, 11, 9), statutory=False, urgent=True) == date(2026, 12, 7)


def test_without_proof_three_days_after_sending_are_assumed() -> None:
    assert receipt_day(date(2026, 12, 30), None) == date(2027, 1, 2)
    assert receipt_day(date(2026, 12, 30), date(2026, 12, 31)) == date(2026, 12, 31)


def test_par_193_bgb_does_not_move_the_statutory_end_but_nobody_is_late_before_the_next_working_day() -> None:
    saturday = due_day(date(2026, 12, 5), NW)
    assert saturday.due_on == date(2026, 12, 5)
    assert [saturday.is_late(date(2026, 12, on)) for on in (5, 6, 7, 8)] == [False, False, False, True]


def test_a_holiday_of_one_state_counts_in_that_state_only() -> None:
    corpus_christi = date(2027, 5, 27)
    assert due_day(corpus_christi, BY).waits_until == date(2027, 5, 28)
    assert not due_day(corpus_christi, BE).may_move


def test_past_the_holiday_table_weekends_still_count_and_it_is_said() -> None:
    sunday = due_day(date(2041, 1, 6), BY)
    assert (sunday.holidays_unknown, sunday.waits_until) == (True, date(2041, 1, 7))
    end_of_the_table = due_day(date(2040, 12, 29), NW)
    assert end_of_the_table.waits_until == date(2040, 12, 31)


@given(DAYS, st.sampled_from(FederalState), st.booleans(), st.booleans())
def test_we_wait_until_a_working_day_never_before_the_end(received, state, statutory, urgent) -> None:
    due = answer_due(received, statutory=statutory, urgent=urgent)
    day = due_day(due, state)
    assert day.due_on == due <= day.waits_until <= due + timedelta(days=6)
    assert is_workday(day.waits_until, state)
    assert day.is_late(day.waits_until + timedelta(days=1))


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (PolicyKind.GKV_REIMBURSEMENT, PayerRole.GKV),
        (PolicyKind.PKV_BASIC, PayerRole.PKV),
        (PolicyKind.PKV_SUPPLEMENTARY, PayerRole.PKV),
        (PolicyKind.POSTBEAMTE, PayerRole.BEIHILFE),
        (PolicyKind.SELF_PAYER, None),
        (PolicyKind.ACCIDENT, None),
    ],
)
def test_each_policy_knows_whom_to_ask(kind: PolicyKind, role: PayerRole | None) -> None:
    assert payer_role(kind) is role


def test_every_policy_kind_has_an_answer_to_whom_to_ask() -> None:
    assert {kind for kind in PolicyKind if payer_role(kind) is None} == {PolicyKind.SELF_PAYER, PolicyKind.ACCIDENT}
