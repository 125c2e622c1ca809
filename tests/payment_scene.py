"""Scenes after an invoice, made by the services: a series of sessions, an issued invoice, money that came in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from kostenklar.models.course import Course
from kostenklar.models.invoice import Invoice, Payment
from kostenklar.models.practice import Procedure
from kostenklar.models.rules.payments import PaymentKind
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.invoices import draft_course_invoice
from kostenklar.plugin.services.payments import Received, record_payment
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import a_draft, a_session, an_agreement, insured, issued, record
from kostenklar.tests.people import Cast

GROSS = Decimal("11.33")


def an_invoice(cast: Cast) -> int:
    """The id of an issued invoice over 11.33 euros."""
    return issued(a_draft(cast)).id


def two_sessions(cast: Cast, **changes: Any) -> list[int]:
    """The ids of two sessions of the course that are done, 31 days apart, the second of today."""
    insured(cast, "self_payer")  # a statutory patient would have had to agree before the first session
    an_agreement(cast)
    earlier = dt.datetime.now(dt.UTC) - dt.timedelta(days=31)
    first = a_session(cast, started_at=earlier, planned_on=today() - dt.timedelta(days=31), **changes)
    return [first, a_session(cast, session_no=2, **changes)]


def a_series_draft(cast: Cast) -> int:
    """The id of one draft over two sessions."""
    ids = two_sessions(cast)
    with unit_of_work():
        return draft_course_invoice(cast.course_id, ids)


def as_laser(cast: Cast, code: str) -> None:
    """Make the course a laser series: "tattoo_laser" or "pigment_laser"."""
    with unit_of_work():
        found = select(Procedure.id).where(Procedure.code == code, Procedure.practice_id == cast.practice_id)
        session().get_one(Course, cast.course_id).procedure_id = session().scalars(found).one()


def paid(invoice_id: int, amount: str | Decimal, *confirmed: str, **changes: Any) -> int:
    """The id of a payment by transfer of today."""
    received = Received(**{"amount": Decimal(amount), "value_date": today(), "kind": PaymentKind.TRANSFER, **changes})
    with unit_of_work():
        return record_payment(invoice_id, None, received, today(), confirmed=confirmed).id


def stands(invoice_id: int) -> tuple[str, Decimal]:
    """(state, sum paid) of the invoice; the sum is that of its rows, always."""
    invoice = record(invoice_id)
    rows = select(func.coalesce(func.sum(Payment.amount), 0)).where(Payment.invoice_id == invoice_id)
    assert Decimal(session().scalar(rows) or 0) == invoice.paid_total
    return invoice.state, invoice.paid_total


def follow(invoice_id: int) -> Invoice:
    """The invoice that was written anew for it."""
    return session().scalars(select(Invoice).where(Invoice.replaces_id == invoice_id)).one()
