"""Instalments: agreed on a paper of their own, ended by somebody, or settled when all is paid or one was missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import or_, select

from ...models.debt import Instalment, InstalmentPlan
from ...models.invoice import Invoice
from ...models.practice import Practice, Site
from ...models.rules.instalments import GRACE_DAYS, PlanStep, Rate, check_plan, missed_on
from ...models.rules.money import ZERO
from ...models.rules.numbering import NumberKind
from ...models.rules.payments import Account, refuse_unconfirmed
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.rules.states import INVOICE, UNPAID, InvoiceState, InvoiceStep
from ...reports.content.base import Language
from ...reports.content.formats import day, money
from ...reports.content.instalment_plan import InstalmentPlanContent, PlannedInstalment
from ...reports.content.parts import Signature
from ...reports.content.texts import filled
from ..access import scoped
from ..clock import now
from ..extension import actor, session
from ..queries.instalments import paid_on, plan_record, rates_of, under_plan
from ..unit_of_work import SYSTEM, locked
from .invoice_papers import refuse_unprintable
from .letterheads import debtor_address, letterhead, person
from .moves import move
from .papers import issue_next
from .payments import account_of
from .texts import wording

_BODY = "instalment_plan.body"
_UNPAID = [state.value for state in UNPAID]


def agree_instalments(
    invoice_id: int, version: int | None, rates: Sequence[Rate], today: dt.date, *, confirmed: Collection[str] = ()
) -> InstalmentPlan:
    """Agree on instalments for all that is open, with their paper; what was late waits again from now on.

    Raises RuleBroken for what blocks, for warnings that are not among `confirmed`, and where the instalments do not
    come to what is open; StalePage.
    """
    invoice: Invoice = locked(Invoice, invoice_id, version)
    account = account_of(invoice)
    agreed = session().scalar(scoped(select(Invoice.id).where(Invoice.id == invoice.id, under_plan()))) is not None
    with_lawyer = invoice.handed_over_on is not None
    refuse_unconfirmed(check_plan(account, rates, today, agreed=agreed, with_lawyer=with_lawyer), confirmed)
    if sum((rate.amount for rate in rates), ZERO) != account.open:
        raise RuleBroken([Finding("plan_sum_differs", Severity.BLOCK, "", {"open": str(account.open)})])
    content = _content(invoice, account, rates, today)
    refuse_unprintable(content)
    plan = _issued(invoice, content, rates, today)
    if InvoiceState(invoice.state) in (InvoiceState.OVERDUE, InvoiceState.REMINDED):
        move(invoice, InvoiceStep.PUT_OFF, plan.number)
    return plan


def end_plan(plan_id: int, version: int | None, reason: str, today: dt.date) -> int:
    """End a plan that holds: what is left is owed at once. Returns the invoice's id.

    Raises StepNotAllowed for one that has ended, NotFound, StalePage.
    """
    invoice: Invoice = locked(Invoice, plan_record(plan_id).invoice_id)
    plan: InstalmentPlan = locked(InstalmentPlan, plan_id, version)
    move(plan, PlanStep.END, reason)
    _fall_overdue(invoice, today)
    return invoice.id


def settle_plans(today: dt.date) -> int:
    """Close the plans of all practices that came to their end; returns how many did. For the job.

    Kept where the invoice is paid, ended where nobody owes it any more, broken where an instalment was missed for
    longer than the days of grace: then the invoice is late again.
    """
    late = today - dt.timedelta(days=GRACE_DAYS)
    missed = select(Instalment.id).where(Instalment.plan_id == InstalmentPlan.id, Instalment.due_on < late).exists()
    query = (
        select(Invoice, InstalmentPlan)
        .join(InstalmentPlan, InstalmentPlan.invoice_id == Invoice.id)
        .where(InstalmentPlan.state == "agreed", or_(missed, Invoice.state.not_in(_UNPAID)))
        .order_by(Invoice.id)
        .with_for_update(skip_locked=True)
    )
    return sum(_settled(invoice, plan, today) for invoice, plan in session().execute(query).all())


def _settled(invoice: Invoice, plan: InstalmentPlan, today: dt.date) -> bool:
    if invoice.state not in _UNPAID:
        move(plan, PlanStep.KEEP if invoice.state == InvoiceState.PAID.value else PlanStep.END)
        return True
    missed = missed_on(rates_of(plan), paid_on(plan, invoice.paid_total), today)
    if missed is None:
        return False
    move(plan, PlanStep.BREAK, missed.isoformat())
    _fall_overdue(invoice, today)
    return True


def _fall_overdue(invoice: Invoice, today: dt.date) -> None:
    """Late again, where the day of payment is over and the table allows it."""
    past = invoice.due_on is not None and invoice.due_on < today
    if past and InvoiceStep.FALL_OVERDUE in INVOICE.next_steps(InvoiceState(invoice.state)):
        move(invoice, InvoiceStep.FALL_OVERDUE)


def _issued(invoice: Invoice, content: InstalmentPlanContent, rates: Sequence[Rate], today: dt.date) -> InstalmentPlan:
    paper = issue_next(
        content,
        NumberKind.INSTALMENT_PLAN,
        practice_id=invoice.practice_id,
        patient_id=invoice.patient_id,
        issued_on=today,
    )
    plan = InstalmentPlan(
        practice_id=invoice.practice_id,
        patient_id=invoice.patient_id,
        invoice_id=invoice.id,
        number=paper.number,
        paper_id=paper.id,
        agreed_on=today,
        paid_before=invoice.paid_total,
        recorded_at=now(),
        recorded_by=(actor() or SYSTEM).name,
    )
    plan.instalments = [
        Instalment(practice_id=invoice.practice_id, position=position, due_on=rate.due_on, amount=rate.amount)
        for position, rate in enumerate(rates, start=1)
    ]
    session().add(plan)
    session().flush()
    return plan


def _content(invoice: Invoice, account: Account, rates: Sequence[Rate], today: dt.date) -> InstalmentPlanContent:
    language: Language = "en" if invoice.patient.language == "en" else "de"
    practice, site = session().get_one(Practice, invoice.practice_id), session().get_one(Site, invoice.site_id)
    recipient = debtor_address(invoice)
    assert invoice.issued_on is not None  # nothing is open on a draft
    values = {
        "invoice": invoice.number or "",
        "invoiced": day(invoice.issued_on, language),
        "amount": money(account.open, language),
        "count": str(len(rates)),
        "grace": str(GRACE_DAYS),
    }
    return InstalmentPlanContent(
        language=language,
        letterhead=letterhead(practice, site),
        recipient=recipient,
        number="",
        issued_on=today,
        patient=person(invoice.patient),
        invoice_number=invoice.number or "",
        invoice_issued_on=invoice.issued_on,
        total=account.gross,
        paid=account.paid,
        due=account.open,
        instalments=tuple(PlannedInstalment(due_on=rate.due_on, amount=rate.amount) for rate in rates),
        body=filled(wording(invoice.practice_id, _BODY, language, today), values),
        signatures=(Signature(role="payer", name=recipient[0] if recipient else ""), Signature(role="practice")),
    )
