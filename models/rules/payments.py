"""Money that comes in for an invoice: what stands against booking it, which moves follow, and when one may remind."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .money import ZERO
from .severity import Finding, RuleBroken, Severity
from .states import UNPAID, InvoiceState, InvoiceStep


class PaymentKind(StrEnum):
    """How money came or went; there is no cash here (domain 10.1 no. 4): the till has its own receipt number."""

    TRANSFER = "transfer"
    TILL = "till"
    MOVED = "moved"
    REFUND = "refund"
    REVERSAL = "reversal"
    CLAIMS = "claims"  # part of a credit that pays default interest and the cost of a dunning letter


RECEIVED = frozenset({PaymentKind.TRANSFER, PaymentKind.TILL})
OPEN_STATES = frozenset(UNPAID)
_LATE = frozenset({InvoiceState.OVERDUE, InvoiceState.REMINDED, InvoiceState.WRITTEN_OFF})  # a part payment moves none
_WITHOUT_PAYMENTS = frozenset({InvoiceState.DRAFT, InvoiceState.DISCARDED})


@dataclass(frozen=True, slots=True)
class Account:
    """An invoice as its payments see it; amounts in euros gross."""

    state: InvoiceState
    is_cancellation: bool
    gross: Decimal
    paid: Decimal
    issued_on: date | None
    due_on: date | None
    books_locked_until: date | None

    @property
    def open(self) -> Decimal:
        """What is still asked for; nothing on a cancelled invoice, nor on one that was written off."""
        return max(self.gross - self.paid, ZERO) if self.state in OPEN_STATES else ZERO

    @property
    def owed(self) -> Decimal:
        """What money that comes in can still pay: writing off forgives nothing."""
        if self.state is InvoiceState.WRITTEN_OFF:
            return max(self.gross - self.paid, ZERO)
        return self.open

    @property
    def credit(self) -> Decimal:
        """What the patient paid without owing it: all that came for a cancelled invoice, else what is too much."""
        owed = ZERO if self.state is InvoiceState.CANCELLED else self.gross
        return max(self.paid - owed, ZERO)


def takes_payments(account: Account) -> bool:
    """Whether money can be booked on it at all: on no draft, and on no cancellation."""
    return not account.is_cancellation and account.state not in _WITHOUT_PAYMENTS


def check_payment(account: Account, amount: Decimal, value_date: date, today: date) -> list[Finding]:
    """What stands against booking money received; the warnings need a second look, then it is kept as credit."""
    found = [*_amount_findings(amount), *_date_findings(account, value_date, today)]
    if account.state is InvoiceState.CANCELLED:
        found.append(Finding("paid_invoice_cancelled", Severity.WARN))
    elif amount > account.owed:
        facts = {"open": str(account.owed), "over": str(amount - account.owed)}
        found.append(Finding("paid_too_much", Severity.WARN, "", facts))
    if account.state is InvoiceState.WRITTEN_OFF:
        found.append(Finding("paid_written_off", Severity.WARN))
    if account.issued_on and value_date < account.issued_on:
        found.append(Finding("paid_before_issue", Severity.WARN, "", {"issued_on": account.issued_on.isoformat()}))
    return found


def check_reversal(
    account: Account, amount: Decimal, *, kind: PaymentKind, done: bool, value_date: date, today: date
) -> list[Finding]:
    """What stands against taking a row back: it is one itself, it was taken back before, its money is gone on."""
    found = list(_date_findings(account, value_date, today))
    if kind is PaymentKind.REVERSAL or done:
        found.append(Finding("payment_reversed", Severity.BLOCK))
    elif account.paid - amount < ZERO:
        found.append(Finding("payment_moved_on", Severity.BLOCK, "", {"left": str(account.paid)}))
    return found


def check_credit(account: Account, amount: Decimal, value_date: date, today: date) -> list[Finding]:
    """What stands against moving or paying back so much of a credit."""
    found = [*_amount_findings(amount), *_date_findings(account, value_date, today)]
    if amount > account.credit:
        found.append(Finding("credit_too_small", Severity.BLOCK, "", {"credit": str(account.credit)}))
    return found


def check_claims(account: Account, claimed: Decimal, amount: Decimal, value_date: date, today: date) -> list[Finding]:
    """What stands against taking so much of a credit as interest and dunning cost: letters must have asked for it."""
    found = check_credit(account, amount, value_date, today)
    if amount > claimed:
        found.append(Finding("claims_less", Severity.BLOCK, "", {"claimed": str(claimed)}))
    return found


def check_target(account: Account, amount: Decimal) -> list[Finding]:
    """Whether a credit can be moved there: never more than is open."""
    if amount > account.open:
        return [Finding("target_open_less", Severity.BLOCK, "", {"open": str(account.open)})]
    return []


def check_reminder(
    account: Account, pay_until: date, today: date, *, reminded_until: date | None = None
) -> list[Finding]:
    """What stands against a friendly reminder (§ 286 BGB is not touched by it): nothing open, too early, just sent."""
    if account.is_cancellation or account.open <= ZERO:
        return [Finding("reminder_nothing_open", Severity.BLOCK)]
    found = []
    if pay_until <= today:
        found.append(Finding("reminder_day_past", Severity.BLOCK))
    if account.due_on and today <= account.due_on:
        found.append(Finding("reminder_before_due", Severity.WARN, "", {"due_on": account.due_on.isoformat()}))
    if reminded_until and today <= reminded_until:
        found.append(Finding("reminder_again", Severity.WARN, "", {"until": reminded_until.isoformat()}))
    return found


def refuse_unconfirmed(findings: Collection[Finding], confirmed: Collection[str]) -> None:
    """Raise RuleBroken for what blocks, and for warnings that nobody has seen and confirmed yet."""
    stopping = [finding for finding in findings if finding.severity is Severity.BLOCK or finding.code not in confirmed]
    if stopping:
        raise RuleBroken(stopping)


def moves_after(
    state: InvoiceState, gross: Decimal, before: Decimal, after: Decimal, *, sent: bool = False
) -> tuple[InvoiceStep, ...]:
    """The steps that follow when the sum of payments goes from `before` to `after`; none for a cancelled invoice.

    `sent`: it was handed over, so a reopened one waits as before.
    """
    if state not in OPEN_STATES | {InvoiceState.PAID, InvoiceState.WRITTEN_OFF} or before == after:
        return ()
    if state in _LATE:
        return () if after < before else (InvoiceStep.PAY_REST if after >= gross else InvoiceStep.PAY_PART,)
    booked = (InvoiceStep.PAY_REST if after >= gross else InvoiceStep.PAY_PART,) if after > ZERO else ()
    if after > before:
        return () if state is InvoiceState.PAID else booked
    if state is InvoiceState.PAID and after >= gross:  # only what was too much has gone
        return ()
    waits = (InvoiceStep.SEND,) if sent else ()
    return (InvoiceStep.REOPEN, *waits, *booked)


def _amount_findings(amount: Decimal) -> Iterator[Finding]:
    if amount <= ZERO:
        yield Finding("amount_not_positive", Severity.BLOCK)


def _date_findings(account: Account, value_date: date, today: date) -> Iterator[Finding]:
    if value_date > today:
        yield Finding("value_date_ahead", Severity.BLOCK)
    locked = account.books_locked_until
    if locked and value_date <= locked:
        yield Finding("books_locked", Severity.BLOCK, "§ 146 Abs. 4 AO", {"locked_until": locked.isoformat()})
