"""Incoming scans: those that wait, one of them, and what the number on a paper belongs to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, and_, func, literal, null, or_, select

from ...models.blob import Blob
from ...models.clarification import CaseGrant, Clarification
from ...models.consent import Consent, CostNotice
from ...models.course import Course
from ...models.disclosure import IncomingScan
from ...models.estimate import Estimate, FeeAgreement
from ...models.paper import IssuedPaper
from ...models.patient import Patient
from ...models.rules.incoming_states import ScanState
from ...models.rules.numbering import NumberKind
from ...models.rules.reference import Reference
from ..access import leading, scoped
from ..errors import NotFound
from ..extension import session

SHOWN: Final = 60
_MOST_COUNTED: Final = 100
_AT_THE_DESK = and_(Patient.restricted_since.is_(None), Patient.merged_into_id.is_(None))


@dataclass(frozen=True, slots=True)
class ScanRow:
    """An incoming scan with what it is: application/pdf, image/jpeg or image/png."""

    id: int
    version: int
    blob_id: int
    state: str
    received_on: dt.date
    recorded_at: dt.datetime
    recorded_by: str
    file_name: str
    note: str
    patient_id: int | None
    noun: str
    record_id: int | None
    filed_at: dt.datetime | None
    filed_by: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Target:
    """What a number belongs to; `number` is that of the paper, `letter` that the scan is filed as a letter."""

    noun: str
    record_id: int
    state: str
    signed_on: dt.date | None
    number: str
    kind: str
    issued_on: dt.date | None
    course_id: int
    patient_id: int
    title: str
    first_name: str
    last_name: str
    birth_date: dt.date

    @property
    def letter(self) -> bool:
        """A letter to a case; anything else is a paper that comes back signed."""
        return self.noun == "clarification"


def waiting_scans(after: int = 0) -> list[ScanRow]:
    """Those that wait, the oldest first; one more than SHOWN is read, which tells whether there is more."""
    query = _rows().where(leading(IncomingScan), IncomingScan.state == ScanState.WAITING.value)
    query = query.where(IncomingScan.id > after).order_by(IncomingScan.id).limit(SHOWN + 1)
    return [ScanRow(*row) for row in session().execute(scoped(query))]


def put_aside_scans() -> list[ScanRow]:
    """The last ones that were put aside."""
    query = _rows().where(leading(IncomingScan), IncomingScan.state == ScanState.PUT_ASIDE.value)
    return [ScanRow(*row) for row in session().execute(scoped(query.order_by(IncomingScan.id.desc()).limit(20)))]


def waiting_count() -> int:
    """How many wait; counted to a hundred, no further."""
    waiting = (
        select(IncomingScan.id)
        .where(leading(IncomingScan), IncomingScan.state == ScanState.WAITING.value)
        .limit(_MOST_COUNTED)
        .subquery()
    )
    return session().scalar(scoped(select(func.count()).select_from(waiting))) or 0


def scan_row(scan_id: int) -> ScanRow:
    """Raises NotFound, also where it is filed to a restricted patient (Art. 18 GDPR)."""
    query = _rows().outerjoin(Patient, Patient.id == IncomingScan.patient_id)
    query = query.where(IncomingScan.id == scan_id, Patient.restricted_since.is_(None))
    row = session().execute(scoped(query)).first()
    if row is None:
        raise NotFound(f"scan {scan_id}")
    return ScanRow(*row)


def letters_of(clarification_id: int) -> list[ScanRow]:
    """The letters filed to a case, the latest first: for its page."""
    query = _rows().where(IncomingScan.noun == "clarification", IncomingScan.record_id == clarification_id)
    return [ScanRow(*row) for row in session().execute(scoped(query.order_by(IncomingScan.id.desc()).limit(SHOWN)))]


def target_of(reference: Reference) -> Target | None:
    """What the likeliest reading of a number belongs to; None for nothing of the own practices, and for papers
    that nobody signs and no letter answers."""
    find = _FINDERS.get(reference.kind)
    if find is None:
        return None
    found = {row[0]: row for row in session().execute(scoped(find(reference).where(_AT_THE_DESK)))}
    for number in reference.numbers:
        if number in found:
            return Target(*found[number][1:])
    return None


def fileable(reference: Reference) -> bool:
    """Whether papers of this kind come back at all."""
    return reference.kind in _FINDERS


def _rows() -> Select[Any]:
    columns = [getattr(IncomingScan, name) for name in list(ScanRow.__dataclass_fields__)[:-1]]
    return select(*columns, Blob.media_type).join(Blob, Blob.id == IncomingScan.blob_id)


_PATIENT: Final = (Patient.id, Patient.title, Patient.first_name, Patient.last_name, Patient.birth_date)


def _signed(noun: str, model: Any, course_id: Any) -> Callable[[Reference], Select[Any]]:
    """Papers that come back signed, by the number of their paper."""

    def find(reference: Reference) -> Select[Any]:
        query = select(
            IssuedPaper.number, literal(noun), model.id, model.state, model.signed_on, IssuedPaper.number,
            IssuedPaper.kind, IssuedPaper.issued_on, course_id, *_PATIENT,
        ).join(IssuedPaper, IssuedPaper.id == model.paper_id).join(Patient, Patient.id == model.patient_id)  # fmt: skip
        if model is CaseGrant:
            query = query.join(Clarification, Clarification.id == CaseGrant.clarification_id)
        return query.where(IssuedPaper.kind == reference.kind.value, IssuedPaper.number.in_(reference.numbers))

    return find


def _case(reference: Reference) -> Select[Any]:
    return _cases(Clarification.number).where(Clarification.number.in_(reference.numbers), leading(Clarification))


def _case_of_paper(reference: Reference) -> Select[Any]:
    """By the number of its cost query, of its outcome, or of the estimate that was enclosed."""
    estimates = select(Estimate.id).where(Estimate.paper_id == IssuedPaper.id).correlate(IssuedPaper)
    belongs = or_(
        Clarification.query_paper_id == IssuedPaper.id,
        Clarification.outcome_paper_id == IssuedPaper.id,
        Clarification.estimate_id.in_(estimates),
    )
    query = _cases(IssuedPaper.number).join(IssuedPaper, belongs)
    wanted = (IssuedPaper.kind == reference.kind.value, IssuedPaper.number.in_(reference.numbers))
    return query.where(*wanted, IssuedPaper.patient_id == Clarification.patient_id).order_by(Clarification.id)


def _cases(number: Any) -> Select[Any]:
    return (
        select(
            number, literal("clarification"), Clarification.id, Clarification.state, null(), Clarification.number,
            literal("clarification"), null(), Clarification.course_id, *_PATIENT,
        )
        .select_from(Clarification)
        .join(Course, Course.id == Clarification.course_id)
        .join(Patient, Patient.id == Clarification.patient_id)
    )  # fmt: skip


_FINDERS: Final[dict[NumberKind, Callable[[Reference], Select[Any]]]] = {
    NumberKind.CONSENT: _signed("consent", Consent, Consent.course_id),
    NumberKind.COST_NOTICE: _signed("cost_notice", CostNotice, CostNotice.course_id),
    NumberKind.FEE_AGREEMENT: _signed("fee_agreement", FeeAgreement, FeeAgreement.course_id),
    NumberKind.RELEASE: _signed("case_grant", CaseGrant, Clarification.course_id),
    NumberKind.POWER_OF_ATTORNEY: _signed("case_grant", CaseGrant, Clarification.course_id),
    NumberKind.CLARIFICATION: _case,
    NumberKind.COST_QUERY: _case_of_paper,
    NumberKind.OUTCOME: _case_of_paper,
    NumberKind.ESTIMATE: _case_of_paper,
}
