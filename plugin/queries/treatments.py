"""What pages read about one treatment: its head, its people and devices, the last time, its history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from ...models.course import Course
from ...models.invoice import Invoice, InvoiceLine
from ...models.ledger import Move
from ...models.practice import Device, Physician, Site, Staff
from ...models.rules.states import TreatmentState
from ...models.treatment import Treatment, TreatmentSite
from ..access import scoped
from ..errors import NotFound
from ..extension import session


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history: when, which step (a move's, or "override"), who, why, and the item it opened."""

    at: dt.datetime
    step: str
    who: str
    reason: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """(id, name) of who may apply, which physicians may supervise, and the devices that fit."""

    performers: list[tuple[int, str]]
    physicians: list[tuple[int, str]]
    devices: list[tuple[int, str]]


def treatment_page(treatment_id: int) -> Treatment:
    """The treatment with all that its page shows, in a fixed number of statements. Raises NotFound."""
    course = joinedload(Treatment.course)
    query = (
        select(Treatment)
        .where(Treatment.id == treatment_id)
        .options(
            course.joinedload(Course.patient),
            course.joinedload(Course.procedure),
            course.selectinload(Course.lesions),
            joinedload(Treatment.performed_by).joinedload(Staff.physician),
            joinedload(Treatment.supervised_by).joinedload(Staff.physician),
            joinedload(Treatment.device),
            selectinload(Treatment.sites).joinedload(TreatmentSite.lesion),
            selectinload(Treatment.overrides),
        )
    )
    found: Treatment | None = session().scalar(scoped(query))
    if found is None:
        raise NotFound(f"treatment {treatment_id}")
    return found


def last_time(treatment: Treatment) -> Treatment | None:
    """The course's latest other session in which something was recorded, for "Wie letztes Mal"."""
    over = (TreatmentState.DONE.value, TreatmentState.ABORTED.value)
    query = (
        select(Treatment)
        .where(
            Treatment.course_id == treatment.course_id,
            Treatment.id != treatment.id,
            Treatment.state.in_(over),
            Treatment.started_at.is_not(None),
            Treatment.sites.any(),
        )
        .options(
            selectinload(Treatment.sites),
            joinedload(Treatment.performed_by),
            joinedload(Treatment.supervised_by),
            joinedload(Treatment.device),
        )
        .order_by(Treatment.started_at.desc(), Treatment.id.desc())
        .limit(1)
    )
    found: Treatment | None = session().scalar(scoped(query))
    return found


def choices_for(practice_id: int, method: str, on: dt.date) -> Choices:
    """Who works here on that day, and which devices of the method ("cryo", "laser") are in use."""
    people: Any = (
        select(Staff.id, Staff.title, Staff.name, Physician.id)
        .join(Physician, Physician.staff_id == Staff.id, isouter=True)
        .where(
            Staff.practice_id == practice_id,
            or_(Staff.engaged_from.is_(None), Staff.engaged_from <= on),
            or_(Staff.engaged_to.is_(None), Staff.engaged_to >= on),
        )
        .order_by(Physician.id.is_(None), Staff.name, Staff.id)
    )
    rows = session().execute(scoped(people))
    everybody = [(key, f"{title} {name}".strip(), physician) for key, title, name, physician in rows]
    in_use = or_(Device.retired_on.is_(None), Device.retired_on > on)
    fitting = (Device.practice_id == practice_id, Device.method == method, in_use)
    devices: Any = select(Device.id, Device.name).where(*fitting).order_by(Device.name, Device.id)
    return Choices(
        performers=[(key, name) for key, name, _ in everybody],
        physicians=[(key, name) for key, name, physician in everybody if physician],
        devices=[(key, name) for key, name in session().execute(scoped(devices))],
    )


def site_choices(practice_id: int) -> list[tuple[int, str]]:
    """(id, name) of the practice's places."""
    query: Any = select(Site.id, Site.name).where(Site.practice_id == practice_id).order_by(Site.id)
    return [(key, name) for key, name in session().execute(scoped(query))]


def own_staff_id(practice_id: int, actor_key: str) -> int | None:
    """The staff record of whoever sits here, None where the practice has none."""
    query = select(Staff.id).where(Staff.practice_id == practice_id, Staff.actor_key == actor_key)
    found: int | None = session().scalar(scoped(query))
    return found


def history(treatment: Treatment) -> list[Entry]:
    """What was done with it, newest first: moves and opened items of the gate."""
    of_it = (Move.noun == "treatment", Move.record_id == treatment.id)
    query: Any = select(Move.at, Move.step, Move.actor_name, Move.reason).where(*of_it)
    moves = [Entry(*row) for row in session().execute(scoped(query))]
    opened = [Entry(each.at, "override", each.actor_name, each.reason, each.code) for each in treatment.overrides]
    return sorted([*moves, *opened], key=lambda entry: entry.at, reverse=True)


def invoice_of(treatment_id: int) -> int | None:
    """The id of the invoice or draft that the treatment stands on; cancelled and discarded ones do not count."""
    query = (
        select(Invoice.id)
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .where(
            InvoiceLine.treatment_id == treatment_id,
            Invoice.kind == "invoice",
            Invoice.state.not_in(("cancelled", "discarded")),
        )
        .order_by(Invoice.id.desc())
        .limit(1)
    )
    found: int | None = session().scalar(scoped(query))
    return found
