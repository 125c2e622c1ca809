"""Where a course stands: read in two statements, whatever the number of its papers and sessions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import aliased

from ...models.consent import Consent, CostNotice
from ...models.course import Course, Explanation, Lesion
from ...models.invoice import Invoice
from ...models.rules.payers import PayerKind
from ...models.rules.vat import Indication
from ...models.treatment import Treatment
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from .cost_notices import cover_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Ids are those of the first thing to look at, None where there is none; counts count rows."""

    course_id: int
    patient_id: int
    sessions_max: int
    ended_on: dt.date | None
    lesions: int
    unchecked_id: int | None
    lowest: str | None
    highest: str | None
    talks: int
    signed_id: int | None
    prepared_id: int | None
    notice_id: int | None
    notice_state: str | None
    notice_payer: str | None
    notice_indication: str | None
    started_id: int | None
    planned_id: int | None
    unbilled_id: int | None
    unbilled: int
    draft_id: int | None
    done: int
    payer: PayerKind

    @property
    def indication(self) -> str:
        """What all lesions share, else undecided: the first and the last in the order of words tell (rules.joint)."""
        return self.lowest if self.lowest and self.lowest == self.highest else Indication.UNDECIDED.value

    @property
    def notice_outdated(self) -> bool:
        """Whether the latest cost notice names another payer or indication than what holds now."""
        return self.notice_id is not None and (self.notice_payer, self.notice_indication) != (
            self.payer.value,
            self.indication,
        )

    @property
    def costs_told(self) -> bool:
        """Whether the patient has the costs in text form, and as a statutory patient has agreed in writing."""
        if self.notice_id is None or self.notice_outdated:
            return False
        return self.notice_state == "signed" or (self.notice_state == "handed" and self.payer is not PayerKind.GKV)


def standing(course_id: int, today: dt.date) -> Standing:
    """Where the course stands today. Raises NotFound."""
    notice = aliased(CostNotice)
    latest = _one(func.max(notice.id), notice.course_id == Course.id, notice.state != "void")
    columns = [value.label(name) for name, value in {**_course(), **_papers(today), **_sessions()}.items()]
    query = select(*columns).join(CostNotice, CostNotice.id == latest, isouter=True).where(Course.id == course_id)
    row = session().execute(scoped(query.select_from(Course))).first()
    if row is None:
        raise NotFound(f"course {course_id}")
    return Standing(**row._mapping, payer=cover_on(row.patient_id, today).payer)  # noqa: SLF001  # SQLAlchemy's public name


def _course() -> dict[str, Any]:
    here = Lesion.course_id == Course.id
    return {
        "course_id": Course.id,
        "patient_id": Course.patient_id,
        "sessions_max": Course.sessions_max,
        "ended_on": Course.ended_on,
        "lesions": _one(func.count(Lesion.id), here),
        "unchecked_id": _one(func.min(Lesion.id), here, Lesion.pigmented, Lesion.benign_on.is_(None)),
        "lowest": _one(func.min(Lesion.indication), here),
        "highest": _one(func.max(Lesion.indication), here),
    }


def _papers(today: dt.date) -> dict[str, Any]:
    here = Consent.course_id == Course.id
    valid = (Consent.state == "signed", Consent.valid_until >= today, Consent.sessions > _done())
    return {
        "talks": _one(func.count(Explanation.id), Explanation.course_id == Course.id),
        "signed_id": _one(func.max(Consent.id), here, *valid),
        "prepared_id": _one(func.max(Consent.id), here, Consent.state == "prepared"),
        "notice_id": CostNotice.id,
        "notice_state": CostNotice.state,
        "notice_payer": CostNotice.payer,
        "notice_indication": CostNotice.indication,
    }


def _sessions() -> dict[str, Any]:
    here, done = Treatment.course_id == Course.id, Treatment.state == "done"
    return {
        "started_id": _one(func.min(Treatment.id), here, Treatment.state == "started"),
        "planned_id": _one(func.min(Treatment.id), here, Treatment.state == "planned"),
        "unbilled_id": _one(func.min(Treatment.id), here, done, Treatment.billing == "open"),
        "unbilled": _one(func.count(Treatment.id), here, done, Treatment.billing == "open"),
        "draft_id": _one(func.max(Invoice.id), Invoice.course_id == Course.id, Invoice.state == "draft"),
        "done": _done(),
    }


def _done() -> ScalarSelect[Any]:
    return _one(func.count(Treatment.id), Treatment.course_id == Course.id, Treatment.state == "done")


def _one(value: ColumnElement[Any], *where: Any) -> ScalarSelect[Any]:
    return select(value).where(*where).correlate(Course).scalar_subquery()
