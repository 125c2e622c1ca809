"""What pages read about the parts of a course: lesions, talks, treatments, and what is still missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from ...models.course import Course, Explanation, Lesion, place
from ...models.practice import Staff
from ...models.treatment import Treatment
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from ..texts import language
from .courses import named
from .gate import GateRow, gate_of_course, gate_rows
from .risks import inks_of


@dataclass(frozen=True, slots=True)
class LesionRow:
    """A lesion with what a physician decided about it, and who that was."""

    id: int
    kind: str
    site: str
    side: str
    size_mm: Decimal | None
    count: int
    pigmented: bool
    indication: str
    indication_reason: str
    indication_at: dt.datetime | None
    indication_by: str
    benign_on: dt.date | None
    benign_how: str
    benign_by: str
    inks: tuple[str, ...] = ()
    ink_may_darken: bool = False

    @property
    def place(self) -> str:
        """Site and side in the reader's language."""
        return place(self.site, self.side, language())

    @property
    def assessed(self) -> bool:
        """Whether a physician has said anything about it."""
        return self.indication != "undecided" or self.benign_on is not None


@dataclass(frozen=True, slots=True)
class TalkRow:
    """An explanation talk: who, when, and whether copies were handed over."""

    id: int
    by: str
    started_at: dt.datetime
    ended_at: dt.datetime
    recorded_at: dt.datetime
    recorded_by: str
    channel: str
    language: str
    interpreter: str
    companion: str
    individual_risks: str
    questions: str
    plan: str
    waiver: str
    copy_handed_on: dt.date | None
    copy_handed_how: str

    @property
    def minutes(self) -> int:
        """How long it took."""
        return int((self.ended_at - self.started_at).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class TreatmentRow:
    """A session of the course."""

    id: int
    session_no: int
    state: str
    planned_on: dt.date
    planned_time: str
    started_at: dt.datetime | None
    billing: str
    performed_by: str


def lesions_of(course_id: int) -> list[LesionRow]:
    """The course's lesions in the order of entry."""
    decided, checked = aliased(Staff), aliased(Staff)
    query: Any = (
        select(Lesion, decided.title, decided.name, checked.title, checked.name)
        .join(decided, decided.id == Lesion.indication_by_id, isouter=True)
        .join(checked, checked.id == Lesion.benign_by_id, isouter=True)
        .where(Lesion.course_id == course_id)
        .order_by(Lesion.id)
    )
    return [_lesion_row(lesion, named(*by[:2]), named(*by[2:])) for lesion, *by in session().execute(scoped(query))]


def _lesion_row(lesion: Lesion, decided_by: str, checked_by: str) -> LesionRow:
    return LesionRow(
        lesion.id, lesion.kind, lesion.site, lesion.side, lesion.size_mm, lesion.count, lesion.pigmented,
        lesion.indication, lesion.indication_reason, lesion.indication_at, decided_by, lesion.benign_on,
        lesion.benign_how, checked_by, inks_of(lesion.ink_colours), lesion.ink_may_darken,
    )  # fmt: skip


def lesion_course(lesion_id: int) -> int:
    """The id of a lesion's course. Raises NotFound."""
    found: int | None = session().scalar(scoped(select(Lesion.course_id).where(Lesion.id == lesion_id)))
    if found is None:
        raise NotFound(f"lesion {lesion_id}")
    return found


def talks_of(course_id: int) -> list[TalkRow]:
    """The explanation talks, the latest first."""
    names = [name for name in TalkRow.__dataclass_fields__ if name not in ("id", "by")]
    query: Any = (
        select(Explanation.id, Staff.title, Staff.name, *(getattr(Explanation, name) for name in names))
        .join(Staff, Staff.id == Explanation.explained_by_id)
        .where(Explanation.course_id == course_id)
        .order_by(Explanation.started_at.desc(), Explanation.id.desc())
    )
    rows = session().execute(scoped(query))
    return [TalkRow(talk_id, named(title, name), *rest) for talk_id, title, name, *rest in rows]


def treatments_of(course_id: int) -> list[TreatmentRow]:
    """The sessions in their order."""
    names = list(TreatmentRow.__dataclass_fields__)[:-1]
    query: Any = (
        select(Staff.title, Staff.name, *(getattr(Treatment, name) for name in names))
        .select_from(Treatment)
        .join(Staff, Staff.id == Treatment.performed_by_id, isouter=True)
        .where(Treatment.course_id == course_id)
        .order_by(Treatment.session_no, Treatment.id)
    )
    rows = session().execute(scoped(query))
    return [
        TreatmentRow(**dict(zip(names, rest, strict=True)), performed_by=named(title, name))
        for title, name, *rest in rows
    ]


def gate_of_course_rows(course_id: int, today: dt.date) -> list[GateRow]:
    """The rows of "Was fehlt noch" for the course's next session. Raises NotFound."""
    course = session().scalar(scoped(select(Course).where(Course.id == course_id)))
    if course is None:
        raise NotFound(f"course {course_id}")
    return gate_rows(gate_of_course(course, today), course_id)
