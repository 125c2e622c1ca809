"""What pages read about estimates, their lines, and the clarifications that rest on them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Select, select

from ...models.clarification import Clarification
from ...models.estimate import Estimate, EstimateLine
from ...models.patient import Insurer
from ...models.practice import Practice
from ...models.rules.case_states import EstimateState
from ..access import scoped
from ..errors import NotFound
from ..extension import session

LIVE: Final = frozenset({EstimateState.ISSUED.value, EstimateState.HANDED.value})


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """An estimate as pages show it; session_* are of one session, gross_min and gross_max of the series."""

    id: int
    version: int
    course_id: int
    patient_id: int
    state: str
    number: str
    paper_id: int
    indication: str
    issued_on: dt.date
    valid_until: dt.date
    sessions_min: int
    sessions_max: int
    session_net: Decimal
    session_vat: Decimal
    session_gross: Decimal
    gross_min: Decimal
    gross_max: Decimal
    handed_on: dt.date | None
    handed_how: str
    flag: str

    def expired(self, today: dt.date) -> bool:
        """Whether its last day has passed, also before the daily job has moved it."""
        return self.state == EstimateState.EXPIRED.value or (self.state in LIVE and self.valid_until < today)

    def live(self, today: dt.date) -> bool:
        """Whether it still holds."""
        return self.state in LIVE and self.valid_until >= today

    def shown_state(self, today: dt.date) -> str:
        """The state for the reader."""
        return EstimateState.EXPIRED.value if self.expired(today) else self.state


@dataclass(frozen=True, slots=True)
class EstimateLineRow:
    """One service of one session; answers of payers refer to its id."""

    id: int
    position: int
    goae_number: str
    service: str
    analog_service: str
    points: int
    factor: Decimal
    quantity: int
    net: Decimal
    indication: str
    vat_rate: Decimal | None
    on_demand: bool
    reason: str
    fee_agreement: bool


@dataclass(frozen=True, slots=True)
class RestingCase:
    """A clarification that rests on an estimate."""

    id: int
    number: str
    state: str
    payer: str


def latest_estimate(course_id: int) -> EstimateRow | None:
    """The newest estimate of the course that is issued or handed over; it may have passed its last day."""
    query = _rows().where(Estimate.course_id == course_id, Estimate.state.in_(LIVE)).order_by(Estimate.id.desc())
    row = session().execute(scoped(query.limit(1))).first()
    return EstimateRow(*row) if row else None


def estimates_of(course_id: int) -> list[EstimateRow]:
    """The course's estimates, the latest first; replaced and expired ones are among them."""
    query = _rows().where(Estimate.course_id == course_id).order_by(Estimate.id.desc())
    return [EstimateRow(*row) for row in session().execute(scoped(query))]


def estimate_row(estimate_id: int) -> EstimateRow:
    """One estimate. Raises NotFound."""
    row = session().execute(scoped(_rows().where(Estimate.id == estimate_id))).first()
    if row is None:
        raise NotFound(f"estimate {estimate_id}")
    return EstimateRow(*row)


def lines_of(estimate_id: int) -> list[EstimateLineRow]:
    """The estimate's lines in their order."""
    columns = [getattr(EstimateLine, name) for name in EstimateLineRow.__dataclass_fields__]
    query = select(*columns).where(EstimateLine.estimate_id == estimate_id).order_by(EstimateLine.position)
    return [EstimateLineRow(*row) for row in session().execute(scoped(query))]


def resting_on(estimate_id: int) -> list[RestingCase]:
    """The clarifications that rest on the estimate, the latest first."""
    query: Any = (
        select(Clarification.id, Clarification.number, Clarification.state, Insurer.name)
        .join(Insurer, Insurer.id == Clarification.insurer_id, isouter=True)
        .where(Clarification.estimate_id == estimate_id)
        .order_by(Clarification.id.desc())
    )
    return [
        RestingCase(case_id, number, state, payer or "")
        for case_id, number, state, payer in session().execute(scoped(query))
    ]


def estimate_days(practice_id: int) -> int:
    """How long the practice's estimates hold unless somebody types another day."""
    query: Any = select(Practice.estimate_days).where(Practice.id == practice_id)
    return int(session().scalar(query) or 0)


def _rows() -> Select[Any]:
    return select(*(getattr(Estimate, name) for name in EstimateRow.__dataclass_fields__))
