"""From the treatment to the invoice and back: what may be billed, cancelled and handed over."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from .severity import Finding, Severity
from .states import TreatmentState

LASER_NUMBERS = frozenset({"2440", "2885", "2886"})  # charged by the area of the session, see laser_position


class Billing(StrEnum):
    """Where the bill of one treatment stands."""

    OPEN = "open"
    BILLED = "billed"
    GOODWILL = "goodwill"
    NOT_BILLABLE = "not_billable"


def check_billable(state: TreatmentState, billing: Billing) -> list[Finding]:
    """Whether an invoice can be drafted: only for what took place, and once."""
    if state not in (TreatmentState.DONE, TreatmentState.ABORTED):
        return [Finding("treatment_not_done", Severity.BLOCK, "§ 12 Abs. 1 GOÄ")]
    if billing is Billing.BILLED:
        return [Finding("treatment_billed", Severity.BLOCK)]
    if billing is not Billing.OPEN:
        return [Finding("treatment_not_billable", Severity.BLOCK)]
    return []


def nothing_to_bill() -> Finding:
    """No session was chosen, or none of the course is open."""
    return Finding("nothing_to_bill", Severity.BLOCK)


def session_on_invoice(number: str) -> Finding:
    """A chosen session already stands on another invoice; without a number that is a draft."""
    return Finding("session_on_invoice" if number else "session_in_draft", Severity.BLOCK, "", {"number": number})


def not_decidable() -> Finding:
    """Goods have a rate of their own, and nobody decides that something is undecided."""
    return Finding("not_decidable", Severity.BLOCK)


def chain_empty() -> Finding:
    """The catalogue names no position for the procedure."""
    return Finding("chain_empty", Severity.BLOCK)


def position_unknown(number: str, on: date) -> Finding:
    """The fee schedule of that day has no such number, or it has no points of its own."""
    return Finding("position_unknown", Severity.BLOCK, "", {"number": number, "service_on": on.isoformat()})


def draft_changed() -> Finding:
    """The draft is no longer what the page showed: amounts, texts or the recipient."""
    return Finding("draft_changed", Severity.BLOCK)


def check_cancel(*, is_cancellation: bool, cancel_on: date, books_locked_until: date | None) -> list[Finding]:
    """Whether an issued invoice can be cancelled; a cancellation cannot, a new invoice follows it."""
    if is_cancellation:
        return [Finding("cancellation_final", Severity.BLOCK)]
    if books_locked_until and cancel_on <= books_locked_until:
        return [
            Finding("books_locked", Severity.BLOCK, "§ 146 Abs. 4 AO", {"locked_until": books_locked_until.isoformat()})
        ]
    return []


def check_delivery(issued_on: date, delivered_on: date, *, by_mail: bool, mail_allowed: bool) -> list[Finding]:
    """A paper is not handed over before it exists, and goes by e-mail only where the patient agreed (§ 14(1) UStG)."""
    found = []
    if delivered_on < issued_on:
        found.append(Finding("delivered_before_issue", Severity.BLOCK, "", {"issued_on": issued_on.isoformat()}))
    if by_mail and not mail_allowed:
        found.append(Finding("email_not_agreed", Severity.BLOCK))
    return found


def characters_missing(characters: Iterable[str]) -> Finding:
    """What the papers cannot print, each character once."""
    return Finding("characters_missing", Severity.BLOCK, "", {"characters": " ".join(characters)})
