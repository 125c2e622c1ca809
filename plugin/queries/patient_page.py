"""What the page of one patient reads: the person, the insurances, the courses, and what happened last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, literal, select, union_all
from sqlalchemy.orm import aliased

from ...models.consent import CostNotice
from ...models.course import Course, Lesion
from ...models.ledger import Move
from ...models.paper import IssuedPaper
from ...models.patient import Insurer, Patient, PatientPhone, Policy, Representative
from ...models.practice import Procedure
from ...models.rules.payers import PayerKind, PolicyKind, payer_of
from ...models.treatment import Treatment
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from ..patient_texts import COUNTRIES
from ..texts import language

COURSES = 20
EVENTS = 8


@dataclass(frozen=True, slots=True)
class PatientHead:
    """Who it is; phone is the first one on file."""

    id: int
    version: int
    number: str
    title: str
    first_name: str
    last_name: str
    birth_date: dt.date
    sex: str
    city: str
    phone: str
    may_leave_message: bool | None
    representatives: int


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One insurance; percentage is 0 to 100."""

    id: int
    kind: PolicyKind
    insurer: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    percentage: Decimal | None
    insured_no: str
    holder_name: str
    insurer_id: int | None
    contract_no: str
    tariff: str
    deductible: Decimal | None
    max_factor: Decimal | None
    holder_birth_date: dt.date | None
    holder_street: str
    holder_postcode: str
    holder_city: str
    holder_country: str

    @property
    def holder_address(self) -> str:
        """In one line, "" where it is not known."""
        town = f"{self.holder_postcode} {self.holder_city}".strip()
        country = "" if self.holder_country == "DE" else str(COUNTRIES.get(self.holder_country, self.holder_country))
        return ", ".join(part for part in (self.holder_street, town, country) if part)

    def holds(self, on: dt.date) -> bool:
        """Whether it holds on that day."""
        return (self.valid_from or on) <= on <= (self.valid_to or on)


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course as the patient's page shows it; `unchecked` counts pigmented lesions without a benign check."""

    id: int
    title: str
    sessions_min: int
    sessions_max: int
    ended_on: dt.date | None
    name_de: str
    name_en: str
    done: int
    next_on: dt.date | None
    lesions: int
    unchecked: int
    benign_on: dt.date | None
    lowest: str | None
    highest: str | None
    notice_number: str | None
    notice_paper_id: int | None
    notice_gross_max: Decimal | None

    @property
    def procedure(self) -> str:
        """The procedure's name in the reader's language."""
        return self.name_en if language() == "en" else self.name_de

    @property
    def indication(self) -> str:
        """What all lesions share; "undecided" before a physician has spoken, "mixed" where they differ."""
        if self.lowest == self.highest:
            return self.lowest or "undecided"
        return "undecided" if "undecided" in (self.lowest, self.highest) else "mixed"


@dataclass(frozen=True, slots=True)
class Event:
    """A move of a state (what: noun, detail: step) or an issued paper (what: "paper", detail: its kind)."""

    what: str
    detail: str
    at: dt.datetime
    who: str
    number: str
    record_id: int


def patient_head(patient_id: int) -> PatientHead:
    """One statement. Raises NotFound, also for a restricted patient (Art. 18 GDPR)."""
    any_phone = aliased(PatientPhone)
    first = _one(func.min(any_phone.id), any_phone.patient_id == Patient.id, of=Patient)
    acting = _one(func.count(Representative.id), Representative.patient_id == Patient.id, of=Patient)
    query = (
        select(
            Patient.id, Patient.version, Patient.number, Patient.title, Patient.first_name, Patient.last_name,
            Patient.birth_date, Patient.sex, Patient.city, func.coalesce(PatientPhone.number, ""),
            PatientPhone.may_leave_message, acting,
        )
        .join(PatientPhone, PatientPhone.id == first, isouter=True)
        .where(Patient.id == patient_id, Patient.restricted_since.is_(None), Patient.merged_into_id.is_(None))
    )  # fmt: skip
    row = session().execute(scoped(query)).first()
    if row is None:
        raise NotFound(f"patient {patient_id}")
    return PatientHead(*row)


def policies_of(patient_id: int) -> list[PolicyRow]:
    """All insurances, those that hold or will hold first."""
    query = (
        select(
            Policy.id, Policy.kind, func.coalesce(Insurer.name, ""), Policy.valid_from, Policy.valid_to,
            Policy.percentage, Policy.insured_no, Policy.holder_name, Policy.insurer_id, Policy.contract_no,
            Policy.tariff, Policy.deductible, Policy.max_factor, Policy.holder_birth_date, Policy.holder_street,
            Policy.holder_postcode, Policy.holder_city, Policy.holder_country,
        )
        .join(Insurer, Insurer.id == Policy.insurer_id, isouter=True)
        .where(Policy.patient_id == patient_id)
        .order_by(Policy.valid_to.is_not(None), Policy.id)
    )  # fmt: skip
    return [PolicyRow(key, PolicyKind(kind), *rest) for key, kind, *rest in session().execute(scoped(query))]


def policy_record(patient_id: int, policy_id: int) -> tuple[Policy, str]:
    """(an insurance of this patient, its insurer's name) for its form. Raises NotFound."""
    query = (
        select(Policy, func.coalesce(Insurer.name, ""))
        .join(Insurer, Insurer.id == Policy.insurer_id, isouter=True)
        .where(Policy.id == policy_id, Policy.patient_id == patient_id)
    )
    row = session().execute(scoped(query)).first()
    if row is None:
        raise NotFound(f"policy {policy_id}")
    return row[0], row[1]


def payer(policies: list[PolicyRow], on: dt.date) -> PayerKind:
    """Who, seen from the desk, carries the cost on that day."""
    return payer_of(policy.kind for policy in policies if policy.holds(on))


def courses_of(patient_id: int) -> list[CourseCard]:
    """The newest courses, the most urgent one first: open before ended, the next session before none. One statement."""
    notice = aliased(CostNotice)
    latest = _one(func.max(notice.id), notice.course_id == Course.id, notice.state != "void")
    query = (
        select(
            Course.id, Course.title, Course.sessions_min, Course.sessions_max, Course.ended_on,
            Procedure.name_de, Procedure.name_en, *_sessions(), *_lesions(),
            IssuedPaper.number, IssuedPaper.id, CostNotice.gross_max,
        )
        .join(Procedure, Procedure.id == Course.procedure_id)
        .join(CostNotice, CostNotice.id == latest, isouter=True)
        .join(IssuedPaper, IssuedPaper.id == CostNotice.paper_id, isouter=True)
        .where(Course.patient_id == patient_id)
        .order_by(Course.id.desc())
        .limit(COURSES)
    )  # fmt: skip
    cards = [CourseCard(*row) for row in session().execute(scoped(query))]
    return sorted(cards, key=lambda card: (card.ended_on is not None, card.next_on or dt.date.max))


def events_of(patient_id: int) -> list[Event]:
    """The newest moves and papers, in one statement. The patient is already known to be one of the own practices."""
    moves = select(
        Move.noun.label("what"), Move.step.label("detail"), Move.at.label("at"), Move.actor_name.label("who"),
        literal("").label("number"), Move.record_id.label("record_id"),
    ).where(Move.patient_id == patient_id)  # fmt: skip
    papers = select(
        literal("paper"), IssuedPaper.kind, IssuedPaper.issued_at, IssuedPaper.issued_by, IssuedPaper.number,
        IssuedPaper.id,
    ).where(IssuedPaper.patient_id == patient_id)  # fmt: skip
    both = union_all(moves, papers).subquery()
    query = select(both).order_by(both.c.at.desc(), both.c.what, both.c.record_id.desc()).limit(EVENTS)
    return [Event(*row) for row in session().execute(query)]


def _sessions() -> tuple[ScalarSelect[Any], ...]:
    here = Treatment.course_id == Course.id
    return (
        _one(func.count(Treatment.id), here, Treatment.state == "done"),
        _one(func.min(Treatment.planned_on), here, Treatment.state.in_(("planned", "started"))),
    )


def _lesions() -> tuple[ScalarSelect[Any], ...]:
    here = Lesion.course_id == Course.id
    return (
        _one(func.count(Lesion.id), here),
        _one(func.count(Lesion.id), here, Lesion.pigmented.is_(True), Lesion.benign_on.is_(None)),
        _one(func.max(Lesion.benign_on), here),
        _one(func.min(Lesion.indication), here),
        _one(func.max(Lesion.indication), here),
    )


def _one(value: ColumnElement[Any], *where: ColumnElement[bool], of: type[Any] = Course) -> ScalarSelect[Any]:
    return select(value).where(*where).correlate(of).scalar_subquery()
