"""What may be billed, and what a draft is asked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kostenklar.models.rules.billing import (
    Billing,
    SessionFacts,
    check_billable,
    check_cancel,
    check_delivery,
    check_draft,
)
from kostenklar.models.rules.goae import Position
from kostenklar.models.rules.invoice import service_line
from kostenklar.models.rules.severity import Finding, Severity
from kostenklar.models.rules.states import TreatmentState
from kostenklar.models.rules.vat import Indication

DAY = date(2026, 11, 23)
CRYO = Position("740", "Kryotherapie der Haut, je Sitzung", 71, "F", Decimal("2.3"), Decimal("3.5"), False, True)
ADVICE = Position("1", "Beratung", 80, "B", Decimal("2.3"), Decimal("3.5"), False, True)
LASER = Position("2440", "Operative Entfernung", 800, "L", Decimal("2.3"), Decimal("3.5"), False, True)
READY: dict[str, Any] = {"physician": "Dr. Seidel", "indications": frozenset({Indication.COSMETIC})}


def line(position: Position = CRYO, count: int = 1, day: date = DAY) -> Any:
    return service_line(position, Decimal("2.3"), Indication.COSMETIC, day, count=count)


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


@pytest.mark.parametrize("state", list(TreatmentState))
@pytest.mark.parametrize("billing", list(Billing))
def test_what_took_place_and_is_open_can_be_billed_and_nothing_else(state: TreatmentState, billing: Billing) -> None:
    happened = state in (TreatmentState.DONE, TreatmentState.ABORTED)
    assert (not check_billable(state, billing)) == (happened and billing is Billing.OPEN)


def test_a_complete_draft_has_nothing_against_it() -> None:
    assert check_draft([line(), line(ADVICE)], SessionFacts(**READY)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"physician": ""}, "physician_missing"),
        ({"indications": frozenset({Indication.COSMETIC, Indication.MEDICAL})}, "indications_differ"),
        ({"account_is_valid": False}, "issuer_iban_wrong"),
        ({"unprintable": ("漢",)}, "characters_missing"),
    ],
)
def test_what_the_session_lacks_blocks(changes: dict[str, Any], code: str) -> None:
    (finding,) = check_draft([line()], SessionFacts(**{**READY, **changes}))
    assert (finding.code, finding.severity) == (code, Severity.BLOCK)


def test_an_undecided_lesion_does_not_differ_from_a_decided_one() -> None:
    """The issue itself blocks it, by name."""
    facts = SessionFacts("Dr. Seidel", frozenset({Indication.COSMETIC, Indication.UNDECIDED}))
    assert check_draft([line()], facts) == []


def test_an_aborted_session_warns() -> None:
    (finding,) = check_draft([line()], SessionFacts(**READY, aborted=True))
    assert (finding.code, finding.severity) == ("treatment_aborted", Severity.WARN)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line(count=2)], ["once_per_session"]),
        ([line(), line()], ["once_per_session"]),
        ([line(), line(day=date(2026, 12, 21))], []),
        ([line(ADVICE, count=2)], []),
    ],
)
def test_a_service_per_session_counts_once_a_session(lines: list[Any], expected: list[str]) -> None:
    assert codes(check_draft(lines, SessionFacts(**READY))) == expected


@pytest.mark.parametrize(
    ("area", "expected"),
    [(None, []), ("7", []), ("7.5", ["laser_position_by_area"]), ("22", ["laser_position_by_area"])],
)
def test_the_area_of_the_session_suggests_the_laser_position(area: str | None, expected: list[str]) -> None:
    facts = SessionFacts(**READY, laser_areas={"": Decimal(area)} if area else {})
    assert codes(check_draft([line(LASER)], facts)) == expected
    assert codes(check_draft([line()], facts)) == []  # cryopeeling is not charged by area


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
