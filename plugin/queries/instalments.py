"""What pages read about instalments: the plan of an invoice, how far it has come, and whether one holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from ...models.debt import Instalment, InstalmentPlan
from ...models.invoice import Invoice
from ...models.ledger import Move
from ...models.rules.instalments import PlanState, Rate, RateNow, next_rate, progress
from ...models.rules.states import UNPAID, InvoiceState
from ..access import scoped
from ..clock import BERLIN
from ..errors import NotFound
from ..extension import session


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The agreement on instalments of an invoice, as it stands today; `state` is reckoned, whatever a job has done."""

    id: int
    version: int
    invoice_id: int
    number: str
    paper_id: int
    state: PlanState
    agreed_on: dt.date
    recorded_by: str
    rates: tuple[RateNow, ...]

    @property
    def following(self) -> RateNow | None:
        """The first instalment that is not paid in full."""
        return next_rate(self.rates)


@dataclass(frozen=True, slots=True)
class PlanSpan:
    """Whether instalments run for an invoice; `ended_on` is the day on which the last plan ended."""

    runs: bool
    ended_on: dt.date | None = None


def under_plan(invoice_id: Any = Invoice.id) -> ColumnElement[bool]:
    """Whether instalments are agreed for an invoice and the agreement holds: then it is not late and nobody reminds."""
    return exists().where(InstalmentPlan.invoice_id == invoice_id, InstalmentPlan.state == PlanState.AGREED.value)


def plan_span(invoice_id: int) -> PlanSpan:
    """Whether instalments run for the invoice, and when its last plan ended; one statement."""
    ended = (
        select(func.max(Move.at))
        .where(Move.noun == "instalment_plan", Move.record_id == InstalmentPlan.id)
        .correlate(InstalmentPlan)
        .scalar_subquery()
    )
    query: Any = select(InstalmentPlan.state, ended).where(InstalmentPlan.invoice_id == invoice_id)
    row = session().execute(scoped(query.order_by(InstalmentPlan.id.desc()).limit(1))).first()
    if row is None:
        return PlanSpan(runs=False)
    state, at = tuple(row)
    return PlanSpan(runs=state == PlanState.AGREED.value, ended_on=at.astimezone(BERLIN).date() if at else None)


def after_plan(default_since: dt.date | None, plan: PlanSpan) -> dt.date | None:
    """First day of default beside a plan: none while it runs, and not before it ended.

    The agreement defers the claim and asks for no interest; the careful reading leaves out the days before it, too.
    """
    if default_since is None or plan.runs:
        return None
    return max(default_since, plan.ended_on + dt.timedelta(days=1)) if plan.ended_on else default_since


def plan_row(plan: InstalmentPlan, invoice: Invoice, today: dt.date) -> PlanRow:
    """A plan with its instalments as they stand."""
    return PlanRow(
        id=plan.id,
        version=plan.version,
        invoice_id=invoice.id,
        number=plan.number,
        paper_id=plan.paper_id,
        state=_state(plan, invoice),
        agreed_on=plan.agreed_on,
        recorded_by=plan.recorded_by,
        rates=progress(rates_of(plan), paid_on(plan, invoice.paid_total), today),
    )


def plan_record(plan_id: int) -> InstalmentPlan:
    """Raises NotFound."""
    plan: InstalmentPlan | None = session().scalar(scoped(select(InstalmentPlan).where(InstalmentPlan.id == plan_id)))
    if plan is None:
        raise NotFound(f"instalment plan {plan_id}")
    return plan


def rates_of(plan: InstalmentPlan) -> tuple[Rate, ...]:
    """The instalments in their order."""
    rows: list[Instalment] = plan.instalments
    return tuple(Rate(row.due_on, row.amount) for row in rows)


def paid_on(plan: InstalmentPlan, paid_total: Decimal) -> Decimal:
    """Euros that came since the plan was made."""
    return paid_total - plan.paid_before


def _state(plan: InstalmentPlan, invoice: Invoice) -> PlanState:
    state, owed = PlanState(plan.state), InvoiceState(invoice.state)
    if state is not PlanState.AGREED or owed in UNPAID:
        return state
    return PlanState.KEPT if owed is InvoiceState.PAID else PlanState.ENDED
