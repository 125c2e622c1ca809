"""The invoice with its lines and payments; a cancellation is an invoice of its own that names the first."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import Boolean, CheckConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Code, Euro, Factor, Hundredths, Id, Name, Prose, Scoped, Versioned, partial, reference
from .course import Course
from .freeze import Freeze
from .paper import IssuedPaper
from .patient import Patient

# more came than is owed, for what is owed from a cancelled invoice is nothing: few rows, so they have their own index
HOLDS_CREDIT = "paid_total > 0 AND (state = 'cancelled' OR paid_total > gross_total)"


class Invoice(Base, Scoped, Versioned):
    """§ 12 GOÄ, § 14 UStG. Draft until its paper is issued; from then on only its state moves."""

    __table_args__ = (
        UniqueConstraint("practice_id", "number"),
        UniqueConstraint("cancels_id"),
        CheckConstraint("(number IS NULL) = (paper_id IS NULL)", name="numbered_when_issued"),
        CheckConstraint("net_total + vat_total = gross_total", name="totals_agree"),
        Index("ix_kostenklar_invoice_latest", "practice_id", "issued_on", "id"),
        Index("ix_kostenklar_invoice_by_state", "practice_id", "state", "due_on"),
        Index("ix_kostenklar_invoice_state_latest", "practice_id", "state", "issued_on", "id"),
        partial("ix_kostenklar_invoice_credit", "practice_id", "id", where=HOLDS_CREDIT),
    )
    __freeze__ = Freeze(
        once="OLD.paper_id IS NOT NULL",
        open_columns=(
            "state",
            "version",
            "changed_at",
            "delivered_on",
            "delivered_how",
            "paid_total",
            "dunning_hold_until",
            "dunning_hold_reason",
            "written_off_on",
            "handed_over_on",
            "letter_paper_id",
        ),
    )

    id: Mapped[Id]
    patient_id: Mapped[int] = reference("patient")
    course_id: Mapped[int] = reference("course")
    site_id: Mapped[int] = reference("site")
    physician_id: Mapped[int | None] = reference("staff", nullable=True)
    kind: Mapped[Code] = mapped_column(default="invoice")  # invoice, cancellation
    cancels_id: Mapped[int | None] = reference("invoice", nullable=True, index=False)
    replaces_id: Mapped[int | None] = reference("invoice", nullable=True)  # a cancelled one, issued anew
    cancel_reason: Mapped[Prose] = mapped_column(default="")
    state: Mapped[Code] = mapped_column(default="draft")
    number: Mapped[Code | None]
    issued_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None]
    diagnosis: Mapped[Name] = mapped_column(default="")
    with_diagnosis: Mapped[bool | None] = mapped_column(Boolean)  # none: as the payer needs it
    net_total: Mapped[Euro] = mapped_column(default=Decimal(0))
    vat_total: Mapped[Euro] = mapped_column(default=Decimal(0))
    gross_total: Mapped[Euro] = mapped_column(default=Decimal(0))
    paid_total: Mapped[Euro] = mapped_column(default=Decimal(0))
    paper_id: Mapped[int | None] = reference("issued_paper", nullable=True)
    delivered_on: Mapped[dt.date | None]
    delivered_how: Mapped[Code] = mapped_column(default="")
    without_agreement_reason: Mapped[Prose] = mapped_column(default="")  # the owner's override, domain 10.2
    dunning_hold_until: Mapped[dt.date | None]  # no reminder before, for the reason beside it
    dunning_hold_reason: Mapped[Prose] = mapped_column(default="")
    written_off_on: Mapped[dt.date | None]
    handed_over_on: Mapped[dt.date | None]  # to a lawyer: see DebtHandover
    letter_paper_id: Mapped[int | None] = reference("issued_paper", nullable=True)  # "bitte neue Rechnung einreichen"

    patient: Mapped[Patient] = relationship()
    course: Mapped[Course] = relationship()
    paper: Mapped[IssuedPaper | None] = relationship(foreign_keys=paper_id)
    cancels: Mapped[Invoice | None] = relationship(remote_side="Invoice.id", foreign_keys="Invoice.cancels_id")
    replaces: Mapped[Invoice | None] = relationship(remote_side="Invoice.id", foreign_keys="Invoice.replaces_id")
    lines: Mapped[list[InvoiceLine]] = relationship(order_by="InvoiceLine.position", cascade="all, delete-orphan")


class InvoiceLine(Base, Scoped):
    """One service: number, text, factor, amount, and its indication, from which VAT and the on-demand mark follow.

    `kind` goae, expense (§ 10 GOÄ) or goods: the latter two have no number, 0 points and a factor of 1; `net` is then
    the price of one times `quantity`. Goods keep their own `vat_rate` from the draft on.
    """

    __freeze__ = Freeze(
        once="EXISTS (SELECT 1 FROM kostenklar_invoice i WHERE i.id = OLD.invoice_id AND i.paper_id IS NOT NULL)",
        closed=True,
    )

    id: Mapped[Id]
    invoice_id: Mapped[int] = reference("invoice")
    treatment_id: Mapped[int | None] = reference("treatment", nullable=True)
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[Code] = mapped_column(default="goae")
    article_id: Mapped[int | None] = reference("article", nullable=True)
    receipt_id: Mapped[int | None] = reference("blob", nullable=True)  # § 12(2) no. 5 GOÄ
    other_illness: Mapped[bool] = mapped_column(Boolean, default=False)  # another Behandlungsfall, domain 10.1 no. 7
    service_on: Mapped[dt.date]
    clock_time: Mapped[Code] = mapped_column(default="")
    goae_number: Mapped[Code]
    service: Mapped[Prose]
    analog_service: Mapped[Prose] = mapped_column(default="")
    body_site: Mapped[Prose] = mapped_column(default="")
    points: Mapped[int] = mapped_column(Integer)
    factor: Mapped[Factor]
    quantity: Mapped[int] = mapped_column(Integer, default=1)
    net: Mapped[Euro]
    indication: Mapped[Code]
    indication_by: Mapped[Name] = mapped_column(default="")  # who decided it for this line alone; else the session's
    indication_reason: Mapped[Prose] = mapped_column(default="")
    vat_rate: Mapped[Hundredths | None]  # per cent; none = exempt
    on_demand: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[Prose] = mapped_column(default="")  # § 12(3) GOÄ
    agreement_on: Mapped[dt.date | None]  # § 2 GOÄ agreement signed on


class Payment(Base, Scoped):
    """Money received for an invoice: by transfer, or settled at the practice's till with its receipt number.

    A payment taken back, refunded or moved to another invoice is a second row with a negative amount that names the
    first by `counterpart_id`; no row is ever changed.
    """

    __freeze__ = Freeze(fill_only=("receipt_paper_id",))

    id: Mapped[Id]
    invoice_id: Mapped[int] = reference("invoice")
    amount: Mapped[Euro]
    value_date: Mapped[dt.date]
    kind: Mapped[Code]  # transfer, till; moved, refund, reversal
    external_receipt_no: Mapped[Name] = mapped_column(default="")
    payer: Mapped[Name] = mapped_column(default="")
    counterpart_id: Mapped[int | None] = reference("payment", nullable=True)
    receipt_paper_id: Mapped[int | None] = reference("issued_paper", nullable=True)
    reason: Mapped[Prose] = mapped_column(default="")
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[Name]


class Reminder(Base, Scoped):
    """A friendly reminder (level 0) or a dunning letter (1, 2) with what was open on its day."""

    __freeze__ = Freeze(fill_only=("delivered_on",), open_columns=("delivered_how",))

    id: Mapped[Id]
    invoice_id: Mapped[int] = reference("invoice")
    level: Mapped[int] = mapped_column(Integer)
    paper_id: Mapped[int] = reference("issued_paper")
    issued_on: Mapped[dt.date]
    pay_until: Mapped[dt.date]
    open_amount: Mapped[Euro]
    fee: Mapped[Euro] = mapped_column(default=Decimal(0))  # real cost only (§ 309 no. 5 BGB), never on level 0 and 1
    interest: Mapped[Euro] = mapped_column(default=Decimal(0))  # § 288(1) BGB, to the letter's day
    in_default_since: Mapped[dt.date | None]  # § 286(3) BGB
    delivered_on: Mapped[dt.date | None]
    delivered_how: Mapped[Code] = mapped_column(default="")
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[Name]


class NumberRange(Base, Scoped):
    """The next number of one kind in one year; drawn last, in the transaction that uses it (promise 3)."""

    __table_args__ = (UniqueConstraint("practice_id", "kind", "year"),)
    __freeze__ = Freeze(rising=("next_number",))

    id: Mapped[Id]
    kind: Mapped[Code]
    year: Mapped[int] = mapped_column(Integer)
    prefix: Mapped[Code]
    next_number: Mapped[int] = mapped_column(Integer, default=1)
