"""What pages read about side effects: one with its session, those of a patient, course or session, and what is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, or_, select
from sqlalchemy.orm import aliased, joinedload

from ...models.course import Course, Lesion, place
from ...models.ledger import Move
from ...models.patient import Patient
from ...models.practice import Procedure, Staff
from ...models.side_effect import SideEffect
from ...models.treatment import Treatment
from ..access import leading, scoped
from ..errors import NotFound
from ..extension import session
from ..texts import language
from .courses import named

SHOWN = 8
_OPEN = ("reported", "seen")


@dataclass(frozen=True, slots=True)
class EffectRow:
    """A side effect as lists show it."""

    id: int
    treatment_id: int
    state: str
    kinds: tuple[str, ...]
    reported_at: dt.datetime
    follow_up_on: dt.date | None
    outcome: str
    treated_on: dt.date


@dataclass(frozen=True, slots=True)
class DueEffect:
    """One that wants somebody today: not seen by a physician yet, or its follow-up is due."""

    patient_id: int
    last_name: str
    first_name: str
    title: str
    birth_date: dt.date
    id: int
    state: str
    kinds: tuple[str, ...]
    reported_at: dt.datetime
    follow_up_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Past:
    """A session that took place, for whoever reports from the patient's page."""

    id: int
    planned_on: dt.date
    session_no: int
    title: str
    name_de: str
    name_en: str

    @property
    def procedure(self) -> str:
        """The procedure's name in the reader's language."""
        return self.name_en if language() == "en" else self.name_de


def effect_page(effect_id: int) -> tuple[SideEffect, str, str]:
    """(the side effect, its site in the reader's language, who saw it). Raises NotFound."""
    seen = aliased(Staff)
    query: Any = (
        select(SideEffect, Lesion.site, Lesion.side, seen.title, seen.name)
        .join(Lesion, Lesion.id == SideEffect.lesion_id, isouter=True)
        .join(seen, seen.id == SideEffect.seen_by_id, isouter=True)
        .where(SideEffect.id == effect_id)
        .options(joinedload(SideEffect.treatment))
    )
    row = session().execute(scoped(query)).first()
    if row is None:
        raise NotFound(f"side effect {effect_id}")
    effect, site, side, title, name = row
    return effect, place(site, side, language()) if site else "", named(title, name)


def effects_of_treatment(treatment_id: int) -> list[EffectRow]:
    """Those after one session."""
    return _rows(SideEffect.treatment_id == treatment_id)


def effects_of_course(course_id: int) -> list[EffectRow]:
    """Those after any session of the course."""
    return _rows(SideEffect.course_id == course_id)


def effects_of_patient(patient_id: int) -> list[EffectRow]:
    """The patient's, the open ones first."""
    return _rows(SideEffect.patient_id == patient_id)


def due_effects(today: dt.date) -> list[DueEffect]:
    """Not seen yet, or with a follow-up that is due; the earliest first."""
    query: Any = (
        select(
            Patient.id.label("patient_id"), Patient.last_name, Patient.first_name, Patient.title, Patient.birth_date,
            SideEffect.id,
            SideEffect.state, SideEffect.kinds, SideEffect.reported_at, SideEffect.follow_up_on,
        )
        .join(Patient, Patient.id == SideEffect.patient_id)
        .where(leading(SideEffect), SideEffect.state.in_(_OPEN), Patient.restricted_since.is_(None))
        .where(or_(SideEffect.state == "reported", SideEffect.follow_up_on <= today))
        .order_by(SideEffect.follow_up_on.is_(None), SideEffect.follow_up_on, SideEffect.id)
        .limit(SHOWN + 1)
    )  # fmt: skip
    rows: list[Any] = list(session().execute(scoped(query)))
    return [DueEffect(**_with_kinds(row)) for row in rows]


def past_sessions(patient_id: int) -> list[Past]:
    """The patient's last sessions that took place, the latest first."""
    query: Any = (
        select(
            Treatment.id, Treatment.planned_on, Treatment.session_no, Course.title, Procedure.name_de, Procedure.name_en
        )
        .join(Course, Course.id == Treatment.course_id)
        .join(Procedure, Procedure.id == Course.procedure_id)
        .where(Treatment.patient_id == patient_id, Treatment.started_at.is_not(None))
        .order_by(Treatment.started_at.desc(), Treatment.id.desc())
        .limit(20)
    )
    return [Past(*row) for row in session().execute(scoped(query))]


def moves_of_effect(effect_id: int) -> list[tuple[dt.datetime, str, str, str]]:
    """(at, step, who, reason) of its moves, the latest first."""
    query: Any = (
        select(Move.at, Move.step, Move.actor_name, Move.reason)
        .where(Move.noun == "side_effect", Move.record_id == effect_id)
        .order_by(Move.at.desc(), Move.id.desc())
    )
    return [tuple(row) for row in session().execute(scoped(query))]


def _rows(belongs: ColumnElement[bool]) -> list[EffectRow]:
    query: Any = (
        select(
            SideEffect.id, SideEffect.treatment_id, SideEffect.state, SideEffect.kinds, SideEffect.reported_at,
            SideEffect.follow_up_on, SideEffect.outcome, Treatment.planned_on.label("treated_on"),
        )
        .join(Treatment, Treatment.id == SideEffect.treatment_id)
        .where(belongs)
        .order_by(case((SideEffect.state == "closed", 1), else_=0), SideEffect.reported_at.desc(), SideEffect.id.desc())
        .limit(20)
    )  # fmt: skip
    rows: list[Any] = list(session().execute(scoped(query)))
    return [EffectRow(**_with_kinds(row)) for row in rows]


def _with_kinds(row: Any) -> dict[str, Any]:
    """The row's columns, the kinds as codes."""
    columns: dict[str, Any] = dict(row._mapping)  # noqa: SLF001  # SQLAlchemy's public name
    return {**columns, "kinds": tuple(row.kinds.split())}
