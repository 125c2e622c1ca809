"""What today's page reads about sessions and papers: a statement each, of a short part of an index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, literal, or_, select, text, union_all

from ...models.consent import Consent, CostNotice
from ...models.course import Course, Explanation, Lesion
from ...models.paper import IssuedPaper
from ...models.patient import Patient, Policy
from ...models.practice import Procedure
from ...models.rules.payers import STATUTORY_KINDS
from ...models.treatment import Treatment
from ..access import leading, scoped
from ..extension import session
from ..texts import language

SHOWN = 8  # rows of a group; one more is read, which tells whether there is more
COMING_DAYS = 7
_MOST_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a row is about."""

    patient_id: int
    last_name: str
    first_name: str
    title: str
    birth_date: dt.date


@dataclass(frozen=True, slots=True)
class Session:
    """A treatment with what its papers lack, judged by columns; the treatment's own page asks the whole gate."""

    who: Who
    id: int
    course_id: int
    state: str
    session_no: int
    sessions_max: int
    planned_on: dt.date
    planned_time: str
    name_de: str
    name_en: str
    lesions: bool
    unchecked: bool
    talk: bool
    consent: bool
    prepared_consent_id: int | None
    statutory: bool
    told: bool
    agreed: bool
    open_notice_id: int | None

    @property
    def procedure(self) -> str:
        """The procedure's name in the reader's language."""
        return self.name_en if language() == "en" else self.name_de


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A paper the patient has and has not signed yet; kind is consent or cost_notice."""

    who: Who
    kind: str
    id: int
    course_id: int
    number: str
    issued_on: dt.date


WHO = (Patient.id, Patient.last_name, Patient.first_name, Patient.title, Patient.birth_date)
AT_THE_DESK = Patient.restricted_since.is_(None)
_OPEN = ("planned", "started")
_OVER = ("done", "aborted", "not_started")


def left_open(today: dt.date) -> list[Session]:
    """Sessions whose day has passed and of which nobody has said what became of them."""
    past = (
        select(Treatment.id, Treatment.planned_on.label("day"))
        .where(leading(Treatment), Treatment.state == state, Treatment.planned_on < today)
        .where(~restricted(Treatment.patient_id))
        for state in _OPEN
    )
    query = _sessions().where(Treatment.id.in_(first_of_each(past)))
    return _read_sessions(query.order_by(Treatment.planned_on, Treatment.id).limit(SHOWN + 1))


def ahead(today: dt.date) -> list[Session]:
    """All sessions of today, and those of the coming days whose papers are not complete yet."""
    last = today + dt.timedelta(days=COMING_DAYS)
    order = (Treatment.planned_on, Treatment.planned_time, Treatment.id)
    first = (
        select(Treatment.id)
        .where(leading(Treatment), Treatment.planned_on >= today, Treatment.planned_on <= last)
        # with the open states named, SQLite would walk them and sort by day
        .where(Treatment.state.not_in(_OVER), ~restricted(Treatment.patient_id))
        .where(or_(Treatment.planned_on == today, ~_complete()))
        .order_by(*order)
        .limit(_MOST_AHEAD)
        .subquery()
    )
    return _read_sessions(_sessions().where(Treatment.id.in_(select(first.c.id))).order_by(*order))


def unsigned() -> list[Unsigned]:
    """Consents and self-payer agreements that the patient has in hand, the newest first."""
    agreement: Any = CostNotice.with_agreement  # bare, so that both databases take it as a key of the index
    consents = select(literal("consent").label("kind"), Consent.id, Consent.course_id, Consent.paper_id).where(
        leading(Consent), Consent.state == "prepared", _goes_on(Consent.course_id)
    )
    notices = select(
        literal("cost_notice").label("kind"), CostNotice.id, CostNotice.course_id, CostNotice.paper_id
    ).where(leading(CostNotice), agreement, CostNotice.state == "handed", _goes_on(CostNotice.course_id))
    newest = [walk.order_by(text("paper_id DESC")).limit(SHOWN * 3).subquery() for walk in (consents, notices)]
    both = union_all(*(select(part) for part in newest)).subquery()
    query = (
        select(*WHO, both.c.kind, both.c.id, both.c.course_id, IssuedPaper.number, IssuedPaper.issued_on)
        .join(IssuedPaper, IssuedPaper.id == both.c.paper_id)
        .join(Course, Course.id == both.c.course_id)
        .join(Patient, Patient.id == Course.patient_id)
        .order_by(IssuedPaper.id.desc())
        .limit(SHOWN * 3)
    )
    return [Unsigned(Who(*row[:5]), *row[5:]) for row in session().execute(scoped(query))]


def _goes_on(course_id: Any) -> ColumnElement[bool]:
    """The course is not ended and its patient not restricted."""
    here = select(Course.id).join(Patient, Patient.id == Course.patient_id)
    return exists(here.where(Course.id == course_id, Course.ended_on.is_(None), AT_THE_DESK))


def sessions_on(day: dt.date) -> int:
    """How many sessions are planned for a day."""
    query = select(func.count(Treatment.id)).where(
        leading(Treatment), Treatment.planned_on == day, Treatment.state == "planned"
    )
    return session().scalar(scoped(query)) or 0


def _sessions() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(
            *WHO, Treatment.id, Treatment.course_id, Treatment.state, Treatment.session_no, Course.sessions_max,
            Treatment.planned_on, Treatment.planned_time, Procedure.name_de, Procedure.name_en, *_papers().values(),
        )
        .select_from(Treatment)
        .join(Patient, Patient.id == Treatment.patient_id)
        .join(Course, Course.id == Treatment.course_id)
        .join(Procedure, Procedure.id == Course.procedure_id)
    )  # fmt: skip
    return query


def first_of_each(walks: Iterable[Select[*tuple[Any, ...]]]) -> Select[Any]:
    """Ids from a short walk along the index for each state: walked for two states at once it has no order by day."""
    short = [walk.order_by(text("day"), text("id")).limit(SHOWN + 1).subquery() for walk in walks]
    return select(union_all(*(select(part.c.id) for part in short)).subquery().c.id)


def restricted(patient_id: Any) -> ColumnElement[bool]:
    """Whether the desk must not find this patient (Art. 18 GDPR)."""
    return exists().where(Patient.id == patient_id, Patient.restricted_since.is_not(None))


def _papers() -> dict[str, Any]:
    """The columns of Session from `lesions` on."""
    lesion = Lesion.course_id == Treatment.course_id
    consent = Consent.course_id == Treatment.course_id
    notice = CostNotice.course_id == Treatment.course_id
    return {
        "lesions": _any(Lesion, lesion),
        "unchecked": _any(Lesion, lesion, Lesion.pigmented.is_(True), Lesion.benign_on.is_(None)),
        "talk": _any(Explanation, Explanation.course_id == Treatment.course_id),
        "consent": _any(Consent, consent, Consent.state == "signed", Consent.valid_until >= Treatment.planned_on),
        "prepared_consent_id": one(func.max(Consent.id), consent, Consent.state == "prepared"),
        "statutory": _statutory(),
        "told": _any(CostNotice, notice, CostNotice.state.in_(("handed", "signed"))),
        "agreed": _any(CostNotice, notice, CostNotice.state == "signed", CostNotice.with_agreement.is_(True)),
        "open_notice_id": one(func.max(CostNotice.id), notice, CostNotice.state.in_(("prepared", "handed"))),
    }


def _complete() -> ColumnElement[bool]:
    """The papers a session needs; see models.rules.gate for the law behind each."""
    at = _papers()
    costs = or_(and_(at["statutory"], at["agreed"]), and_(~at["statutory"], at["told"]))
    return and_(at["lesions"], ~at["unchecked"], at["talk"], at["consent"], costs)


def _statutory() -> ColumnElement[bool]:
    return _any(
        Policy,
        Policy.patient_id == Treatment.patient_id,
        Policy.kind.in_([kind.value for kind in sorted(STATUTORY_KINDS)]),
        or_(Policy.valid_from.is_(None), Policy.valid_from <= Treatment.planned_on),
        or_(Policy.valid_to.is_(None), Policy.valid_to >= Treatment.planned_on),
    )


def _read_sessions(query: Select[*tuple[Any, ...]]) -> list[Session]:
    return [Session(Who(*row[:5]), *row[5:]) for row in session().execute(scoped(query))]


def _any(record: type[Any], *where: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(select(record.id).where(*where).correlate(Treatment))


def one(value: ColumnElement[Any], *where: ColumnElement[bool]) -> ScalarSelect[Any]:
    """A value of one other row, read for each session of the walk."""
    return select(value).where(*where).correlate(Treatment).scalar_subquery()
