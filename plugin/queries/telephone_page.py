"""What can be told about one patient on the telephone, and to whom: nine statements, whatever there is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from sqlalchemy import func, or_, select

from ...models.clarification import Clarification, ClarificationAnswer
from ...models.disclosure import AuthorisedContact
from ...models.invoice import Invoice, Reminder
from ...models.patient import Insurer, Patient, PatientPhone, Policy, Representative
from ...models.rules.states import UNPAID
from ...models.rules.telling import ActingPerson, Contact, Listener, People, PolicyHolder, Silence, who_may_be_told
from ...models.treatment import Treatment
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from .telephone import OPEN_STATES

ANSWERED_DAYS: Final = 180
"""How long a closed case is still told."""
_MOST: Final = 20
_UNPAID: Final = tuple(state.value for state in UNPAID)


@dataclass(frozen=True, slots=True)
class Asked:
    """The patient with what a caller can be asked for."""

    id: int
    number: str
    title: str
    first_name: str
    last_name: str
    birth_date: dt.date
    street: str
    postcode: str
    city: str
    phones: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """As one says it."""
        return " ".join(part for part in (self.title, self.first_name, self.last_name) if part)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a payer said; not `binding`: a promise by telephone."""

    dated_on: dt.date
    binding: bool
    decision: str
    amount: Decimal | None
    valid_until: dt.date | None
    conditions: str
    objection_until: dt.date | None


@dataclass(frozen=True, slots=True)
class Case:
    """A clarification with the answer that stands and the last oral promise after it."""

    id: int
    number: str
    state: str
    policy_id: int | None
    due_on: dt.date | None
    insurer: str
    payer_role: str
    answer: Answer | None = None
    promise: Answer | None = None


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice that is not paid yet."""

    id: int
    number: str
    issued_on: dt.date
    due_on: dt.date | None
    gross_total: Decimal
    paid_total: Decimal
    level: int | None = None  # of the last letter about it, None without one
    pay_until: dt.date | None = None  # what that letter asked for


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything that can be told, and to whom; `next_session` is (id, day, "10:30")."""

    patient: Asked
    cases: tuple[Case, ...]
    invoices: tuple[OpenInvoice, ...]
    next_session: tuple[int, dt.date, str] | None
    listeners: tuple[Listener, ...]
    silences: tuple[Silence, ...]


def telling(patient_id: int, today: dt.date) -> Telling:
    """Raises NotFound, also for a restricted patient (Art. 18 GDPR)."""
    patient = _patient(patient_id)
    people = People(
        patient.full_name, patient.birth_date, _acting(patient_id), _contacts(patient_id), _holders(patient_id)
    )
    listeners, silences = who_may_be_told(people, today)
    return Telling(
        patient, _cases(patient_id, today), _invoices(patient_id), _next_session(patient_id, today), listeners, silences
    )


def _patient(patient_id: int) -> Asked:
    names = [name for name in Asked.__dataclass_fields__ if name != "phones"]
    query = select(*(getattr(Patient, name) for name in names)).where(
        Patient.id == patient_id, Patient.restricted_since.is_(None), Patient.merged_into_id.is_(None)
    )
    row = session().execute(scoped(query)).first()
    if row is None:
        raise NotFound(f"patient {patient_id}")
    phones = select(PatientPhone.number).where(PatientPhone.patient_id == patient_id).order_by(PatientPhone.id)
    return replace(Asked(*row), phones=tuple(session().scalars(scoped(phones))))


def _acting(patient_id: int) -> tuple[ActingPerson, ...]:
    query = select(
        Representative.id, Representative.name, Representative.kind, Representative.proof_seen_at.is_not(None)
    ).where(Representative.patient_id == patient_id)
    return tuple(ActingPerson(*row) for row in session().execute(scoped(query.order_by(Representative.id))))


def _contacts(patient_id: int) -> tuple[Contact, ...]:
    columns = [getattr(AuthorisedContact, name) for name in Contact.__dataclass_fields__]
    query = select(*columns).where(AuthorisedContact.patient_id == patient_id).order_by(AuthorisedContact.id)
    return tuple(Contact(*row) for row in session().execute(scoped(query)))


def _holders(patient_id: int) -> tuple[PolicyHolder, ...]:
    query = select(Policy.id, Policy.holder_name).where(Policy.patient_id == patient_id, Policy.holder_name != "")
    return tuple(PolicyHolder(*row) for row in session().execute(scoped(query.order_by(Policy.id))))


def _cases(patient_id: int, today: dt.date) -> tuple[Case, ...]:
    """Open ones and those closed lately, the newest first."""
    received = (
        select(func.max(ClarificationAnswer.received_on))
        .where(ClarificationAnswer.clarification_id == Clarification.id)
        .correlate(Clarification)
        .scalar_subquery()
    )
    lately = (Clarification.state == "closed") & (received >= today - dt.timedelta(days=ANSWERED_DAYS))
    query = (
        select(
            Clarification.id, Clarification.number, Clarification.state, Clarification.policy_id, Clarification.due_on,
            func.coalesce(Insurer.name, ""), Clarification.payer_role,
        )
        .join(Insurer, Insurer.id == Clarification.insurer_id, isouter=True)
        .where(Clarification.patient_id == patient_id, or_(Clarification.state.in_(OPEN_STATES), lately))
        .order_by(Clarification.state == "closed", Clarification.id.desc())
        .limit(_MOST)
    )  # fmt: skip
    rows = session().execute(scoped(query)).all()
    answers = _answers([row[0] for row in rows])
    return tuple(_with_answers(Case(*row), answers.get(row[0], [])) for row in rows)


def _answers(case_ids: list[int]) -> dict[int, list[Answer]]:
    columns = [getattr(ClarificationAnswer, name) for name in Answer.__dataclass_fields__]
    query = select(ClarificationAnswer.clarification_id, *columns).where(
        ClarificationAnswer.clarification_id.in_(case_ids)
    )
    found: dict[int, list[Answer]] = {}
    for case_id, *rest in session().execute(scoped(query.order_by(ClarificationAnswer.id))):
        found.setdefault(case_id, []).append(Answer(*rest))
    return found


def _with_answers(case: Case, answers: list[Answer]) -> Case:
    """With the later written answer and an oral promise since: two answers, the later stands."""
    written = [place for place, each in enumerate(answers) if each.binding]
    last = written[-1] if written else -1
    promises = answers[last + 1 :]
    return replace(case, answer=answers[last] if written else None, promise=promises[-1] if promises else None)


def _invoices(patient_id: int) -> tuple[OpenInvoice, ...]:
    columns = [getattr(Invoice, name) for name in list(OpenInvoice.__dataclass_fields__)[:-2]]
    letters = [
        select(func.max(column)).where(Reminder.invoice_id == Invoice.id).correlate(Invoice).scalar_subquery()
        for column in (Reminder.level, Reminder.pay_until)
    ]
    query = select(*columns, *letters).where(
        Invoice.patient_id == patient_id, Invoice.kind == "invoice", Invoice.state.in_(_UNPAID)
    )
    return tuple(OpenInvoice(*row) for row in session().execute(scoped(query.order_by(Invoice.id).limit(_MOST))))


def _next_session(patient_id: int, today: dt.date) -> tuple[int, dt.date, str] | None:
    query = (
        select(Treatment.id, Treatment.planned_on, Treatment.planned_time)
        .where(Treatment.patient_id == patient_id, Treatment.state == "planned", Treatment.planned_on >= today)
        .order_by(Treatment.planned_on, Treatment.planned_time, Treatment.id)
        .limit(1)
    )
    row = session().execute(scoped(query)).first()
    return (row[0], row[1], row[2]) if row else None
