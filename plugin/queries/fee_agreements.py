"""What pages and the invoice read about § 2 GOÄ fee agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Select, func, or_, select

from ...models.consent import CostNotice
from ...models.estimate import Estimate, FeeAgreement, FeeAgreementLine
from ...models.paper import IssuedPaper
from ...models.practice import Staff
from ...models.rules.case_states import EstimateState, FeeAgreementState
from ...models.rules.costs import FeeAgreementFacts
from ...models.rules.states import CostNoticeState
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from .courses import named

_IN_FORCE: Final = (EstimateState.ISSUED.value, EstimateState.HANDED.value)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a signed agreement says of one number."""

    factor: Decimal
    signed_on: dt.date
    agreement_id: int


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """One service of an agreement: number, name, factor, net euros."""

    goae_number: str
    service: str
    factor: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A fee agreement with its paper and its lines; `number` is the register's and not printed."""

    id: int
    version: int
    course_id: int
    state: str
    number: str
    paper_id: int
    payer_name: str
    talked_on: dt.date
    scan_id: int | None
    signed_on: dt.date | None
    recorded_at: dt.datetime | None
    recorded_by: str
    issued_on: dt.date
    physician: str
    lines: tuple[AgreedLine, ...]


def agreed(course_id: int, number: str, service_on: dt.date) -> Agreed | None:
    """The latest agreement on this number that was signed on or before the day of the service (§ 2(2) GOÄ)."""
    query: Any = (
        select(FeeAgreementLine.factor, FeeAgreement.signed_on, FeeAgreement.id)
        .join(FeeAgreement, FeeAgreement.id == FeeAgreementLine.fee_agreement_id)
        .where(
            FeeAgreement.course_id == course_id,
            FeeAgreement.state == FeeAgreementState.SIGNED.value,
            FeeAgreement.signed_on <= service_on,
            FeeAgreementLine.goae_number == number,
        )
        .order_by(FeeAgreement.signed_on.desc(), FeeAgreement.id.desc())
        .limit(1)
    )
    row = session().execute(scoped(query)).first()
    return Agreed(*row) if row else None


def fee_agreement_facts(course_id: int, on: dt.date) -> FeeAgreementFacts:
    """What the latest cost paper of the course announces above 3.5, and what of it is signed on or before a day."""
    announced = _announced(course_id)
    if not announced:
        return FeeAgreementFacts()
    query: Any = (
        select(FeeAgreementLine.goae_number, func.min(FeeAgreement.signed_on))
        .join(FeeAgreement, FeeAgreement.id == FeeAgreementLine.fee_agreement_id)
        .where(
            FeeAgreement.course_id == course_id,
            FeeAgreement.state == FeeAgreementState.SIGNED.value,
            FeeAgreement.signed_on <= on,
            FeeAgreementLine.goae_number.in_(announced),
        )
        .group_by(FeeAgreementLine.goae_number)
    )
    signed = {row[0]: row[1] for row in session().execute(scoped(query))}
    return FeeAgreementFacts(announced, signed)


def _announced(course_id: int) -> tuple[str, ...]:
    """The numbers that the newest estimate or cost notice in force marks as resting on an agreement."""
    estimates = select(Estimate.paper_id).where(Estimate.course_id == course_id, Estimate.state.in_(_IN_FORCE))
    notices = select(CostNotice.paper_id).where(
        CostNotice.course_id == course_id, CostNotice.state != CostNoticeState.VOID.value
    )
    query: Any = (
        select(IssuedPaper.content)
        .where(or_(IssuedPaper.id.in_(estimates), IssuedPaper.id.in_(notices)))
        .order_by(IssuedPaper.id.desc())
        .limit(1)
    )
    content = session().scalar(scoped(query)) or {}
    marked = (line["number"] for line in content.get("services", ()) if line.get("fee_agreement"))
    return tuple(dict.fromkeys(marked))


def agreements_of(course_id: int) -> list[AgreementRow]:
    """The course's fee agreements, the latest first; put aside ones are among them."""
    query = _rows().where(FeeAgreement.course_id == course_id).order_by(FeeAgreement.id.desc())
    found = session().execute(scoped(query)).all()
    lines = _lines([row.id for row in found])
    return [_row(row, lines) for row in found]


def agreement_row(agreement_id: int) -> AgreementRow:
    """One fee agreement. Raises NotFound."""
    row = session().execute(scoped(_rows().where(FeeAgreement.id == agreement_id))).first()
    if row is None:
        raise NotFound(f"fee agreement {agreement_id}")
    return _row(row, _lines([agreement_id]))


_COLUMNS = list(AgreementRow.__dataclass_fields__)[:-3]


def _rows() -> Select[Any]:
    columns = [getattr(FeeAgreement, name) for name in _COLUMNS]
    return (
        select(*columns, IssuedPaper.issued_on, Staff.title, Staff.name)
        .join(IssuedPaper, IssuedPaper.id == FeeAgreement.paper_id)
        .join(Staff, Staff.id == FeeAgreement.physician_id)
    )


def _row(row: Any, lines: Mapping[int, list[AgreedLine]]) -> AgreementRow:
    *own, issued_on, title, name = row
    values = dict(zip(_COLUMNS, own, strict=True))
    return AgreementRow(
        **values, issued_on=issued_on, physician=named(title, name), lines=tuple(lines.get(values["id"], ()))
    )


def _lines(agreement_ids: list[int]) -> dict[int, list[AgreedLine]]:
    names = list(AgreedLine.__dataclass_fields__)
    query: Any = (
        select(FeeAgreementLine.fee_agreement_id, *(getattr(FeeAgreementLine, name) for name in names))
        .where(FeeAgreementLine.fee_agreement_id.in_(agreement_ids))
        .order_by(FeeAgreementLine.fee_agreement_id, FeeAgreementLine.position)
    )
    found: dict[int, list[AgreedLine]] = {}
    for agreement_id, *rest in session().execute(scoped(query)) if agreement_ids else ():
        found.setdefault(agreement_id, []).append(AgreedLine(*rest))
    return found
