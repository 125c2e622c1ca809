"""What pages read about papers, scans and the moves of what they belong to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from ...models.consent import Consent, CostNotice
from ...models.invoice import Invoice
from ...models.ledger import Move
from ...models.paper import IssuedPaper
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


def papers_of(course_id: int) -> list[PaperRow]:
    """Every paper of the course, the latest first."""
    issued = [
        select(paper_id).where(belongs_to == course_id).scalar_subquery()
        for paper_id, belongs_to in (
            (Consent.paper_id, Consent.course_id),
            (CostNotice.paper_id, CostNotice.course_id),
            (Invoice.paper_id, Invoice.course_id),
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
            ("invoice", Invoice.id, Invoice.course_id),
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
