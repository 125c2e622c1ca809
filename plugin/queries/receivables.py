"""What is owed to the practice today: sums by age and payer, the open items one by one, and the credits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, or_, select, text, tuple_, type_coerce, union_all

from ...models.base import Cents
from ...models.debt import InstalmentPlan
from ...models.invoice import HOLDS_CREDIT, Invoice, InvoiceLine
from ...models.patient import Patient, Policy
from ...models.rules.ageing import Age, due_from, due_until
from ...models.rules.deadlines import limitation_end
from ...models.rules.dunning import warned_issue_until
from ...models.rules.money import ZERO
from ...models.rules.payers import DECIDES_NOTHING, STATUTORY_KINDS, PayerKind
from ...models.rules.states import UNPAID, InvoiceState
from ..access import leading, scoped
from ..extension import session
from .home import restricted

PAGE = 50
_MOST_CREDITS = 100
_OPEN = [state.value for state in UNPAID]
_STATUTORY = [kind.value for kind in sorted(STATUTORY_KINDS)]
_NOTHING = [kind.value for kind in sorted(DECIDES_NOTHING)]


@dataclass(frozen=True, slots=True)
class AgeRow:
    """What is open in one step of age: euros by payer, all of them, and how many invoices."""

    age: Age
    by_payer: dict[PayerKind, Decimal]
    count: int

    @property
    def total(self) -> Decimal:
        """Euros over all payers."""
        return sum(self.by_payer.values(), ZERO)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An invoice on which something is open."""

    id: int
    number: str
    state: str
    issued_on: dt.date
    due_on: dt.date
    gross_total: Decimal
    paid_total: Decimal
    handed_over_on: dt.date | None
    dunning_hold_until: dt.date | None
    in_instalments: bool
    patient_id: int
    last_name: str
    first_name: str
    title: str
    birth_date: dt.date

    @property
    def open(self) -> Decimal:
        """Euros still to be paid."""
        return self.gross_total - self.paid_total


@dataclass(frozen=True, slots=True)
class Barred:
    """What is open on claims that are barred or will be before long: how many, euros, the earliest last day."""

    count: int
    total: Decimal
    first: dt.date


@dataclass(frozen=True, slots=True)
class Credit:
    """An invoice on which the patient has paid more than is owed."""

    id: int
    number: str
    state: str
    gross_total: Decimal
    paid_total: Decimal
    patient_id: int
    last_name: str
    first_name: str
    title: str
    birth_date: dt.date

    @property
    def amount(self) -> Decimal:
        """Euros the practice holds for the patient."""
        owed = ZERO if self.state == InvoiceState.CANCELLED.value else self.gross_total
        return self.paid_total - owed


@dataclass(frozen=True, slots=True)
class After:
    """Where a page of the items begins: behind this one."""

    due_on: dt.date
    id: int


@dataclass(frozen=True, slots=True)
class Items:
    """One page of open items, the longest due first; `more` is where the next one begins."""

    rows: tuple[OpenItem, ...]
    more: After | None


def ages(today: dt.date) -> tuple[AgeRow, ...]:
    """Every step of age, in its order, summed by the database. Cancelled and written-off invoices are in none."""
    age, payer = _age(today).label("age"), _payer().label("payer")
    each = (
        select(age, payer, (Invoice.gross_total - Invoice.paid_total).label("rest"))
        .where(leading(Invoice), Invoice.kind == "invoice", Invoice.state.in_(_OPEN), ~restricted(Invoice.patient_id))
        .subquery()
    )
    total = type_coerce(func.sum(each.c.rest), Cents())  # a difference of cents has lost their type
    query: Any = select(each.c.age, each.c.payer, total, func.count()).group_by(each.c.age, each.c.payer)
    found = {(Age(row[0]), PayerKind(row[1])): (row[2], row[3]) for row in session().execute(scoped(query))}
    return tuple(
        AgeRow(
            step,
            {kind: found.get((step, kind), (ZERO, 0))[0] for kind in PayerKind},
            sum(found.get((step, kind), (ZERO, 0))[1] for kind in PayerKind),
        )
        for step in Age
    )


def barred_soon(today: dt.date) -> Barred | None:
    """The claims of which `rules.dunning.warned_limitation` warns; None where there is none. One statement."""
    total = type_coerce(func.sum(Invoice.gross_total - Invoice.paid_total), Cents())
    query: Any = select(func.count(), total, func.min(Invoice.issued_on)).where(
        leading(Invoice), Invoice.kind == "invoice", Invoice.state.in_(_OPEN), ~restricted(Invoice.patient_id),
        Invoice.issued_on <= warned_issue_until(today),
    )  # fmt: skip
    count, rest, first = session().execute(scoped(query)).one()
    return Barred(count, rest, limitation_end(first)) if count else None


def open_items(
    today: dt.date, age: Age | None = None, after: After | None = None, size: int = PAGE, *, barred: bool = False
) -> Items:
    """The open items of a step, or all; `barred`: only those of barred_soon. The longest due first. One statement."""
    here = Invoice.due_on, Invoice.id
    walks = []
    for state in _OPEN:
        walk = select(Invoice.id).where(
            leading(Invoice), Invoice.state == state, Invoice.kind == "invoice", ~restricted(Invoice.patient_id),
            *_within(age, today), *([Invoice.issued_on <= warned_issue_until(today)] if barred else []),
        )  # fmt: skip
        if after is not None:
            walk = walk.where(Invoice.due_on >= after.due_on, tuple_(*here) > tuple_(after.due_on, after.id))
        walks.append(walk.order_by(*here).limit(size + 1).subquery())
    ids = union_all(*(select(walk.c.id) for walk in walks)).subquery()
    query = _items().where(Invoice.id.in_(select(ids.c.id))).order_by(*here).limit(size + 1)
    rows = [OpenItem(*row) for row in session().execute(scoped(query))]
    last = rows[size - 1] if len(rows) > size else None
    return Items(tuple(rows[:size]), After(last.due_on, last.id) if last else None)


def credits_held() -> tuple[Credit, ...]:
    """Credits to be moved or paid back, the newest first: from cancelled invoices, and what was paid too much."""
    columns = [getattr(Invoice, name) for name in list(Credit.__dataclass_fields__)[:6]]
    person = (Patient.last_name, Patient.first_name, Patient.title, Patient.birth_date)
    query: Any = (
        select(*columns, *person)
        .join(Patient, Patient.id == Invoice.patient_id)
        .where(leading(Invoice), Invoice.kind == "invoice", Patient.restricted_since.is_(None))
        .where(text(HOLDS_CREDIT))  # the very words of the index
        .order_by(Invoice.id.desc())
        .limit(_MOST_CREDITS)
    )
    return tuple(Credit(*row) for row in session().execute(scoped(query)))


def _items() -> Any:
    names = list(OpenItem.__dataclass_fields__)
    own = [getattr(Invoice, name) for name in names[: names.index("in_instalments")]]
    plan = exists().where(InstalmentPlan.invoice_id == Invoice.id, InstalmentPlan.state == "agreed")
    person = (Patient.id, Patient.last_name, Patient.first_name, Patient.title, Patient.birth_date)
    return select(*own, plan, *person).select_from(Invoice).join(Patient, Patient.id == Invoice.patient_id)


def _within(age: Age | None, today: dt.date) -> list[ColumnElement[bool]]:
    if age is None:
        return []
    first, last = due_from(age, today), due_until(age, today)
    return [*([Invoice.due_on >= first] if first else []), *([Invoice.due_on <= last] if last else [])]


def _age(today: dt.date) -> ColumnElement[str]:
    steps = [(Invoice.due_on >= first, age.value) for age in Age if (first := due_from(age, today))]
    return case(*steps, else_=Age.OLDER.value)


def _payer() -> ColumnElement[str]:
    """As rules.payers.payer_of, by the policies that held on the first day of service."""
    first = (
        select(func.min(InvoiceLine.service_on))
        .where(InvoiceLine.invoice_id == Invoice.id)
        .correlate(Invoice, Policy)
        .scalar_subquery()
    )
    held = (
        Policy.patient_id == Invoice.patient_id,
        or_(Policy.valid_from.is_(None), Policy.valid_from <= first),
        or_(Policy.valid_to.is_(None), Policy.valid_to >= first),
    )
    return case(
        (exists().where(*held, Policy.kind.in_(_STATUTORY)), PayerKind.GKV.value),
        (exists().where(*held, Policy.kind.not_in(_NOTHING)), PayerKind.PKV.value),
        else_=PayerKind.SELF_PAYER.value,
    )
