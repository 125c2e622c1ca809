"""What follows an unpaid invoice: base rates, instalments, and the hand-over to a lawyer."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Code, Euro, Hundredths, Id, Name, Prose, Scoped, Versioned, reference
from .freeze import Freeze


class BaseRate(Base, Scoped):
    """The practice's own entry of the base rate (§ 247 BGB) in per cent: it stands before the shipped one."""

    __table_args__ = (UniqueConstraint("practice_id", "valid_from"),)

    id: Mapped[Id]
    valid_from: Mapped[dt.date]
    percent: Mapped[Hundredths]
    source: Mapped[Name]
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[Name]


class InstalmentPlan(Base, Scoped, Versioned):
    """Instalments that were agreed for what an invoice leaves open; while the plan holds nobody is reminded."""

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    invoice_id: Mapped[int] = reference("invoice")
    state: Mapped[Code] = mapped_column(default="agreed")  # agreed, kept, broken, ended
    number: Mapped[Code]
    paper_id: Mapped[int] = reference("issued_paper")
    agreed_on: Mapped[dt.date]
    paid_before: Mapped[Euro] = mapped_column(default=Decimal(0))  # on the invoice, when the plan was made
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[Name]

    instalments: Mapped[list[Instalment]] = relationship(order_by="Instalment.position")


class Instalment(Base, Scoped):
    """One instalment: so much until then."""

    __freeze__ = Freeze()

    id: Mapped[Id]
    plan_id: Mapped[int] = reference("instalment_plan")
    position: Mapped[int] = mapped_column(Integer)
    due_on: Mapped[dt.date]
    amount: Mapped[Euro]


class DebtHandover(Base, Scoped):
    """An unpaid claim given to a lawyer, with the frozen statement of what was open on that day."""

    __freeze__ = Freeze(fill_only=("ended_on",), open_columns=("ended_reason",))

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    invoice_id: Mapped[int] = reference("invoice")
    number: Mapped[Code]
    paper_id: Mapped[int] = reference("issued_paper")
    lawyer: Mapped[Name]
    street: Mapped[Name] = mapped_column(default="")
    postcode: Mapped[Code] = mapped_column(default="")
    city: Mapped[Name] = mapped_column(default="")
    handed_on: Mapped[dt.date]
    open_amount: Mapped[Euro]
    interest: Mapped[Euro] = mapped_column(default=Decimal(0))
    fees: Mapped[Euro] = mapped_column(default=Decimal(0))
    note: Mapped[Prose] = mapped_column(default="")
    ended_on: Mapped[dt.date | None]
    ended_reason: Mapped[Prose] = mapped_column(default="")
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[Name]
