"""What pages read about cost notices, and who pays for a patient on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, or_, select

from ...models.consent import CostNotice
from ...models.paper import IssuedPaper
from ...models.patient import Insurer, Policy
from ...models.rules.checks.bill import Tariff
from ...models.rules.payers import PayerKind, PolicyKind, payer_of
from ..access import scoped
from ..errors import NotFound
from ..extension import session


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A cost notice with the number and day of its paper; gross_min and gross_max are totals of the series."""

    id: int
    version: int
    course_id: int
    state: str
    payer: str
    with_agreement: bool
    indication: str
    gross_min: Decimal
    gross_max: Decimal
    handed_on: dt.date | None
    handed_how: str
    scan_id: int | None
    signed_on: dt.date | None
    recorded_at: dt.datetime | None
    recorded_by: str
    paper_id: int
    number: str
    issued_on: dt.date


@dataclass(frozen=True, slots=True)
class Cover:
    """Who pays on a day, the insurers' names that belong on the cost notice, and what the policies are."""

    payer: PayerKind
    insurers: tuple[str, ...]
    tariffs: tuple[Tariff, ...] = ()


def notices_of(course_id: int) -> list[NoticeRow]:
    """The course's cost notices, the latest first; replaced ones are among them."""
    rows = session().execute(scoped(_rows().where(CostNotice.course_id == course_id).order_by(CostNotice.id.desc())))
    return [NoticeRow(*row) for row in rows]


def notice_row(notice_id: int) -> NoticeRow:
    """One cost notice. Raises NotFound."""
    row = session().execute(scoped(_rows().where(CostNotice.id == notice_id))).first()
    if row is None:
        raise NotFound(f"cost notice {notice_id}")
    return NoticeRow(*row)


def cover_on(patient_id: int, on: dt.date) -> Cover:
    """Who pays for the patient on that day, judged by all policies that hold then."""
    query: Any = (
        select(Policy.kind, Insurer.name, Policy.max_factor)
        .join(Insurer, Insurer.id == Policy.insurer_id, isouter=True)
        .where(
            Policy.patient_id == patient_id,
            or_(Policy.valid_from.is_(None), Policy.valid_from <= on),
            or_(Policy.valid_to.is_(None), Policy.valid_to >= on),
        )
        .order_by(Policy.id)
    )
    rows = session().execute(scoped(query)).all()
    names = dict.fromkeys(name for _, name, _ in rows if name)
    tariffs = tuple(Tariff(PolicyKind(kind), cap) for kind, _, cap in rows)
    return Cover(payer_of(tariff.kind for tariff in tariffs), tuple(names), tariffs)


def _rows() -> Select[Any]:
    columns = [getattr(CostNotice, name) for name in list(NoticeRow.__dataclass_fields__)[:-2]]
    return select(*columns, IssuedPaper.number, IssuedPaper.issued_on).join(
        IssuedPaper, IssuedPaper.id == CostNotice.paper_id
    )
