"""How an unpaid invoice stands: its letters, since when the patient is in default, interest to a day, limitation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...models.invoice import Invoice
from ...models.practice import Practice
from ...models.rules.dunning import (
    Claim,
    DunningLevel,
    Letter,
    default_since,
    limitation_finding,
    received_day,
)
from ...models.rules.dunning import next_level as level_after
from ...models.rules.holidays import FederalState
from ...models.rules.interest import (
    BaseRateMissing,
    Paid,
    Period,
    awaited_rate,
    interest_periods,
    interest_sum,
)
from ...models.rules.money import ZERO
from ...models.rules.payments import Account
from ...models.rules.severity import Finding, Severity
from ...models.rules.states import UNPAID, InvoiceState
from ..extension import session
from .base_rates import rates_of
from .instalments import after_plan, plan_span
from .payments import PaymentRow, ReminderRow, payments_of, reminders_of

_UNPAID = frozenset(state.value for state in UNPAID)


@dataclass(frozen=True, slots=True)
class Interest:
    """Interest on what is open, to a day; `findings` say where a base rate is missing or not yet entered."""

    periods: tuple[Period, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def amount(self) -> Decimal:
        """All of it, in euros."""
        return interest_sum(self.periods)


@dataclass(frozen=True, slots=True)
class DunningStatus:
    """How one unpaid or written-off invoice stands today."""

    claim: Claim
    level: DunningLevel | None
    interest: Interest
    limitation: dt.date | None
    findings: tuple[Finding, ...]
    written_off_on: dt.date | None
    is_late: bool

    @property
    def in_default(self) -> bool:
        """Whether interest runs."""
        return bool(self.interest.periods) or bool(self.interest.findings)

    @property
    def demand(self) -> Decimal:
        """What is open, with the interest to today."""
        return self.claim.account.open + self.interest.amount


def dunning_status(
    invoice: Invoice,
    today: dt.date,
    reminders: Sequence[ReminderRow] | None = None,
    payments: Sequence[PaymentRow] | None = None,
) -> DunningStatus | None:
    """How it stands; None for a draft, a cancellation, and what is paid, cancelled or discarded.

    Give its letters and its money where they have been read already.
    """
    if invoice.kind != "invoice" or invoice.state not in {*_UNPAID, InvoiceState.WRITTEN_OFF.value}:
        return None
    claim = claim_of(invoice, reminders)
    interest = interest_to(invoice, claim, today, payments)
    barred = limitation_finding(claim, today)
    due_on = claim.account.due_on
    return DunningStatus(
        claim=claim,
        level=level_after([letter.level for letter in claim.letters]),
        interest=interest,
        limitation=claim.limitation,
        findings=(*([barred] if barred else []), *interest.findings),
        written_off_on=invoice.written_off_on,
        is_late=bool(due_on and due_on < today and claim.account.open),
    )


def claim_of(invoice: Invoice, reminders: Sequence[ReminderRow] | None = None) -> Claim:
    """The invoice as its reminding sees it; give its letters where they have been read already."""
    practice = session().get_one(Practice, invoice.practice_id)
    received_on = received_day(invoice.delivered_on, invoice.delivered_how)
    rows = reminders_of(invoice.id) if reminders is None else reminders
    letters = tuple(Letter(row.level, row.pay_until, received_day(row.delivered_on, row.delivered_how)) for row in rows)
    plan = plan_span(invoice.id)
    return Claim(
        account=account(invoice, practice.books_locked_until),
        received_on=received_on,
        letters=letters,
        default_since=after_plan(_default_since(invoice, practice, letters, received_on), plan),
        hold_until=invoice.dunning_hold_until,
        hold_reason=invoice.dunning_hold_reason,
        plan_runs=plan.runs,
        with_lawyer=invoice.handed_over_on is not None,
    )


def next_level(invoice: Invoice) -> DunningLevel | None:
    """The letter that follows those that were issued for it; None after the second dunning letter."""
    return level_after([row.level for row in reminders_of(invoice.id)])


def interest_to(
    invoice: Invoice, claim: Claim, until: dt.date, payments: Sequence[PaymentRow] | None = None
) -> Interest:
    """The interest on what was open since the default began, both ends counted; none where there is no default.

    Without a base rate there is no figure, but a finding.
    """
    since = claim.default_since
    if since is None or since > until or claim.account.owed <= ZERO:
        return Interest()
    rates = rates_of(invoice.practice_id)
    rows = payments_of(invoice.id) if payments is None else payments
    paid = [Paid(row.value_date, row.amount) for row in rows]
    try:
        periods = interest_periods(claim.account.gross, paid, since, until, rates)
    except BaseRateMissing as missing:
        facts = {"day": missing.day.isoformat()}
        return Interest(findings=(Finding("base_rate_missing", Severity.WARN, "§ 247 BGB", facts),))
    awaited = awaited_rate(rates, until)
    if awaited is None:
        return Interest(periods)
    facts = {"since": awaited.isoformat()}
    return Interest(periods, (Finding("base_rate_awaited", Severity.WARN, "§ 247 BGB", facts),))


def account(invoice: Invoice, books_locked_until: dt.date | None) -> Account:
    """The invoice as its payments see it."""
    return Account(
        state=InvoiceState(invoice.state),
        is_cancellation=invoice.kind == "cancellation",
        gross=invoice.gross_total,
        paid=invoice.paid_total,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        books_locked_until=books_locked_until,
    )


def _default_since(
    invoice: Invoice, practice: Practice, letters: tuple[Letter, ...], received_on: dt.date | None
) -> dt.date | None:
    if invoice.issued_on is None or invoice.paper is None:
        return None
    return default_since(
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        received_on=received_on,
        told="286" in str(invoice.paper.content.get("default_notice") or ""),
        letters=letters,
        state=FederalState(practice.federal_state),
    )
