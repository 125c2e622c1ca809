"""Lines of a draft that are no service of the GOÄ: expenses (§ 10 GOÄ) and goods; a draft of goods alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from ...models.course import Course
from ...models.invoice import Invoice, InvoiceLine
from ...models.practice import Article, Site
from ...models.rules.goae import SINGLE
from ...models.rules.invoice import LineKind
from ...models.rules.money import ZERO
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.rules.vat import NO_RATE, Indication
from ...models.treatment import Treatment
from .. import blobs
from ..access import scoped
from ..extension import session
from ..queries.invoice_lines import service_day
from ..unit_of_work import locked
from .draft_lines import belonging_line, line_of, open_draft, place_of, put_in, session_of
from .scans import FiledScan


@dataclass(frozen=True, slots=True)
class ExpenseData:
    """An expense of § 10 GOÄ: what it was, its real cost in euros, and the receipt where there is a new one.

    Without a day it is that of the session.
    """

    service: str
    amount: Decimal
    service_on: dt.date | None
    receipt: FiledScan | None = None


@dataclass(frozen=True, slots=True)
class GoodsData:
    """Goods: an article of the practice, or a name with the price of one in euros net and its VAT in per cent."""

    quantity: int
    service_on: dt.date
    article_id: int | None = None
    service: str = ""
    price: Decimal | None = None
    rate: Decimal | None = None


def add_expense(invoice_id: int, version: int | None, treatment_id: int, data: ExpenseData) -> None:
    """An expense of one session; it shares the VAT of the service that it belongs to."""
    invoice = open_draft(invoice_id, version)
    treatment = session_of(invoice, treatment_id)
    line = belonging_line(invoice, treatment, LineKind.EXPENSE, service_day(treatment))
    _spend(line, data)
    put_in(invoice, line, place_of(invoice, line))


def change_expense(invoice_id: int, version: int | None, line_id: int, data: ExpenseData) -> None:
    """What it was, its cost, its day; without a new receipt the old one stays."""
    _spend(line_of(open_draft(invoice_id, version), line_id), data)


def add_goods(invoice_id: int, version: int | None, data: GoodsData) -> None:
    """Goods stand at the end and belong to no session."""
    invoice = open_draft(invoice_id, version)
    put_in(invoice, _goods_line(invoice, data), len(invoice.lines))


def _goods_line(invoice: Invoice, data: GoodsData) -> InvoiceLine:
    line = InvoiceLine(
        practice_id=invoice.practice_id,
        position=0,
        kind=LineKind.GOODS.value,
        goae_number="",
        points=0,
        factor=SINGLE,
        indication=Indication.COSMETIC.value,  # of no weight: goods have their own rate
        on_demand=False,
    )
    _sell(line, data)
    return line


def draft_goods(course_id: int, data: GoodsData) -> int:
    """The id of a new draft that bills goods alone, for the patient of a course."""
    course: Course = locked(Course, course_id)
    invoice = Invoice(
        practice_id=course.practice_id,
        patient_id=course.patient_id,
        course_id=course.id,
        site_id=_site_of(course),
        lines=[],
    )
    session().add(invoice)
    put_in(invoice, _goods_line(invoice, data), 0)
    return invoice.id


def _site_of(course: Course) -> int:
    """Where the course was treated last, else the practice's first site."""
    last = select(Treatment.site_id).where(Treatment.course_id == course.id).order_by(Treatment.id.desc()).limit(1)
    first = select(Site.id).where(Site.practice_id == course.practice_id).order_by(Site.id).limit(1)
    found: int = session().scalar(scoped(last)) or session().scalars(scoped(first)).one()
    return found


def change_goods(invoice_id: int, version: int | None, line_id: int, data: GoodsData) -> None:
    """Another article, price, rate or quantity."""
    _sell(line_of(open_draft(invoice_id, version), line_id), data)


def _sell(line: InvoiceLine, data: GoodsData) -> None:
    """Write goods into a line; an article brings what was not typed. Raises RuleBroken for an article that is gone."""
    article = _article(data.article_id) if data.article_id else None
    price = data.price if data.price is not None or article is None else article.net_price
    rate = data.rate if data.rate is not None or article is None else article.vat_rate
    line.article_id = article.id if article else None
    line.service = data.service or (article.name if article else "")
    line.service_on, line.quantity = data.service_on, data.quantity
    line.net = (price or ZERO) * data.quantity
    line.vat_rate = rate or NO_RATE


def _article(article_id: int) -> Article:
    found: Article | None = session().scalar(scoped(select(Article).where(Article.id == article_id)))
    if found is None:
        raise RuleBroken([Finding("article_gone", Severity.BLOCK)])
    return found


def _spend(line: InvoiceLine, data: ExpenseData) -> None:
    line.service, line.net = data.service, data.amount
    line.service_on = data.service_on or line.service_on
    if data.receipt is not None:
        line.receipt_id = blobs.put(line.practice_id, data.receipt.content, data.receipt.media_type).id
