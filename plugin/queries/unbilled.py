"""Treatments without an invoice: what is still to be billed, and what is not, each with its reason; paged by key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, union_all

from ...models.consent import CostNotice
from ...models.course import Course, Lesion
from ...models.invoice import Invoice, InvoiceLine
from ...models.patient import Patient, Policy
from ...models.practice import Procedure, ProcedurePosition
from ...models.rules.payers import STATUTORY_KINDS
from ...models.treatment import Treatment, TreatmentSite
from ..access import leading, scoped
from ..clock import BERLIN
from ..extension import session
from ..texts import language
from .home import one, restricted

PAGE = 50


class Part(StrEnum):
    """Which part of the list: what waits for its invoice, and what took place and is not charged."""

    OPEN = "open"
    FREE = "free"


class Obstacle(StrEnum):
    """What an invoice of this session would stumble over, the weightiest first."""

    UNDECIDED = "undecided"  # domain 10.1 no. 1: a physician decides the indication
    NO_CHAIN = "no_chain"
    NO_AGREEMENT = "no_agreement"  # § 18(8) BMV-Ä: statutory patients agree in writing before


@dataclass(frozen=True, slots=True)
class UnbilledRow:
    """A session that took place and stands on no issued invoice; `draft_id` where one is begun."""

    id: int
    session_no: int
    planned_on: dt.date
    started_at: dt.datetime | None
    state: str
    billing: str
    end_reason: str
    course_id: int
    patient_id: int
    last_name: str
    first_name: str
    title: str
    birth_date: dt.date
    procedure: str
    draft_id: int | None
    undecided: bool
    chained: bool
    statutory: bool
    agreed: bool

    @property
    def day(self) -> dt.date:
        """The day of the session, in Germany."""
        return self.started_at.astimezone(BERLIN).date() if self.started_at else self.planned_on

    @property
    def obstacle(self) -> Obstacle | None:
        """What has to be settled before the invoice can leave; the draft's own page checks everything."""
        if self.undecided:
            return Obstacle.UNDECIDED
        if not self.chained:
            return Obstacle.NO_CHAIN
        return Obstacle.NO_AGREEMENT if self.statutory and not self.agreed else None


@dataclass(frozen=True, slots=True)
class UnbilledPage:
    """Rows in order; `more` is the id the next page begins behind, None at the end."""

    rows: tuple[UnbilledRow, ...]
    more: int | None


def unbilled_page(part: Part, after: int | None = None, size: int = PAGE) -> UnbilledPage:
    """What waits, the oldest first; what is not charged, the latest first. One statement."""
    backwards = part is Part.FREE
    order = Treatment.id.desc() if backwards else Treatment.id.asc()
    walks = []
    for billing, state in _kinds(part):
        walk = select(Treatment.id).where(
            leading(Treatment),
            Treatment.billing == billing,
            Treatment.state == state,
            ~restricted(Treatment.patient_id),
        )
        if after is not None:
            walk = walk.where(Treatment.id < after if backwards else Treatment.id > after)
        walks.append(walk.order_by(order).limit(size + 1).subquery())
    here = union_all(*(select(walk.c.id) for walk in walks)).subquery()
    query = _rows().where(Treatment.id.in_(select(here.c.id))).order_by(order).limit(size + 1)
    rows = [UnbilledRow(*row) for row in session().execute(scoped(query))]
    return UnbilledPage(tuple(rows[:size]), rows[size - 1].id if len(rows) > size else None)


def _kinds(part: Part) -> list[tuple[str, str]]:
    """(billing, state) of each walk along the index; who cancelled in time has no session to bill."""
    billings = ("open",) if part is Part.OPEN else ("goodwill", "not_billable")
    return [(billing, state) for billing in billings for state in ("done", "aborted")]


def _rows() -> Any:
    line = and_(InvoiceLine.treatment_id == Treatment.id, Invoice.id == InvoiceLine.invoice_id)
    name = Procedure.name_en if language() == "en" else Procedure.name_de
    return (
        select(
            Treatment.id, Treatment.session_no, Treatment.planned_on, Treatment.started_at, Treatment.state,
            Treatment.billing, Treatment.end_reason, Treatment.course_id,
            Patient.id, Patient.last_name, Patient.first_name, Patient.title, Patient.birth_date, name,
            one(func.max(Invoice.id), line, Invoice.state == "draft"), *_obstacles(),
        )
        .select_from(Treatment)
        .join(Patient, Patient.id == Treatment.patient_id)
        .join(Course, Course.id == Treatment.course_id)
        .join(Procedure, Procedure.id == Course.procedure_id)
    )  # fmt: skip


def _obstacles() -> tuple[ColumnElement[bool], ...]:
    """The columns of UnbilledRow from `undecided` on."""
    site = TreatmentSite.treatment_id == Treatment.id
    return (
        exists().where(site, Lesion.id == TreatmentSite.lesion_id, Lesion.indication == "undecided"),
        exists().where(ProcedurePosition.procedure_id == Course.procedure_id),
        exists().where(
            Policy.patient_id == Treatment.patient_id,
            Policy.kind.in_([kind.value for kind in sorted(STATUTORY_KINDS)]),
            or_(Policy.valid_from.is_(None), Policy.valid_from <= Treatment.planned_on),
            or_(Policy.valid_to.is_(None), Policy.valid_to >= Treatment.planned_on),
        ),
        exists().where(
            CostNotice.course_id == Treatment.course_id,
            CostNotice.state == "signed",
            CostNotice.with_agreement.is_(True),
        ),
    )
