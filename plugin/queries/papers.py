"""What pages read about papers, scans and the moves of what they belong to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from ...models.clarification import CaseGrant, Clarification
from ...models.consent import Consent, CostNotice
from ...models.debt import DebtHandover, InstalmentPlan
from ...models.estimate import Estimate, FeeAgreement
from ...models.invoice import Invoice, Payment, Reminder
from ...models.ledger import Move
from ...models.paper import IssuedPaper
from ...models.side_effect import SideEffect
from ...models.treatment import Treatment
from ..access import scoped
from ..extension import session


@dataclass(frozen=True, slots=True)
class PaperRow:
    """An issued paper as a list shows it."""

    id: int
    kind: str
    number: str
    issued_on: dt.date
    issued_at: dt.datetime
    issued_by: str


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move of a consent, cost notice, treatment or invoice: what, who, when, why."""

    noun: str
    record_id: int
    step: str
    at: dt.datetime
    actor_name: str
    reason: str


# papers that know their course only through an invoice or a case
_PAID = select(Payment.receipt_paper_id, Invoice.course_id).join(Invoice, Invoice.id == Payment.invoice_id).subquery().c
_REMINDED = select(Reminder.paper_id, Invoice.course_id).join(Invoice, Invoice.id == Reminder.invoice_id).subquery().c
_PLANNED = (
    select(InstalmentPlan.paper_id, Invoice.course_id)
    .join(Invoice, Invoice.id == InstalmentPlan.invoice_id)
    .subquery()
    .c
)
_CLAIMED = (
    select(DebtHandover.paper_id, Invoice.course_id).join(Invoice, Invoice.id == DebtHandover.invoice_id).subquery().c
)
_GRANTED = (
    select(CaseGrant.id, CaseGrant.paper_id, Clarification.course_id)
    .join(Clarification, Clarification.id == CaseGrant.clarification_id)
    .subquery()
    .c
)


def papers_of(course_id: int) -> list[PaperRow]:
    """Every paper of the course, the latest first."""
    issued = [
        select(paper_id).where(belongs_to == course_id).scalar_subquery()
        for paper_id, belongs_to in (
            (Consent.paper_id, Consent.course_id),
            (CostNotice.paper_id, CostNotice.course_id),
            (Estimate.paper_id, Estimate.course_id),
            (FeeAgreement.paper_id, FeeAgreement.course_id),
            (Invoice.paper_id, Invoice.course_id),
            (_GRANTED.paper_id, _GRANTED.course_id),
            (Clarification.query_paper_id, Clarification.course_id),
            (Clarification.outcome_paper_id, Clarification.course_id),
            (_PAID.receipt_paper_id, _PAID.course_id),
            (_REMINDED.paper_id, _REMINDED.course_id),
            (Invoice.letter_paper_id, Invoice.course_id),
            (_PLANNED.paper_id, _PLANNED.course_id),
            (_CLAIMED.paper_id, _CLAIMED.course_id),
            (Treatment.aftercare_paper_id, Treatment.course_id),
        )
    ]
    rows = session().execute(
        scoped(
            select(*(getattr(IssuedPaper, name) for name in PaperRow.__dataclass_fields__))
            .where(or_(*(IssuedPaper.id.in_(ids) for ids in issued)))
            .order_by(IssuedPaper.issued_at.desc(), IssuedPaper.id.desc())
        )
    )
    return [PaperRow(*row) for row in rows]


def moves_of(course_id: int) -> list[MoveRow]:
    """Every move of the course's consents, cost notices, treatments and invoices, the latest first."""
    own = [
        and_(Move.noun == noun, Move.record_id.in_(select(record_id).where(belongs_to == course_id)))
        for noun, record_id, belongs_to in (
            ("consent", Consent.id, Consent.course_id),
            ("cost_notice", CostNotice.id, CostNotice.course_id),
            ("treatment", Treatment.id, Treatment.course_id),
            ("estimate", Estimate.id, Estimate.course_id),
            ("fee_agreement", FeeAgreement.id, FeeAgreement.course_id),
            ("invoice", Invoice.id, Invoice.course_id),
            ("side_effect", SideEffect.id, SideEffect.course_id),
            ("case_grant", _GRANTED.id, _GRANTED.course_id),
            ("clarification", Clarification.id, Clarification.course_id),
        )
    ]
    rows = session().execute(
        scoped(
            select(*(getattr(Move, name) for name in MoveRow.__dataclass_fields__))
            .where(or_(*own))
            .order_by(Move.at.desc(), Move.id.desc())
        )
    )
    return [MoveRow(*row) for row in rows]
