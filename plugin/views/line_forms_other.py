"""The forms of lines that are no service: expenses and goods, new or changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ...models.invoice import Invoice, InvoiceLine
from ...models.rules.checks.expenses import RECEIPT_ABOVE
from ...models.rules.vat import STANDARD_RATE
from ..clock import today
from ..forms.base import bound
from ..forms.invoice_lines import ExpenseForm, GoodsForm
from ..queries.articles import sold_articles
from ..queries.draft_choices import charges_vat
from ..services import expenses_and_goods
from ..services.expenses_and_goods import ExpenseData, GoodsData
from .line_pages import Args, LinePage, day_of, nothing, sessions_offered


def new_expense(invoice: Invoice, _args: Args) -> LinePage:
    """An expense more."""
    offered, day = sessions_offered(invoice)
    form = bound(ExpenseForm, version=invoice.version, service_on=day_of(offered, day))
    form.offer_sessions(offered)

    def save(invoice_id: int, sent: Any) -> None:
        expenses_and_goods.add_expense(invoice_id, sent.version.data, sent.session_id(offered), _expense(sent))

    return LinePage("expense.html", form, save, {"line": None, "above": RECEIPT_ABOVE})


def changed_expense(invoice: Invoice, line: InvoiceLine, _args: Args) -> LinePage:
    """An expense of the draft."""
    form = bound(
        ExpenseForm, version=invoice.version, service=line.service, amount=line.net, service_on=line.service_on
    )
    del form.session

    def save(invoice_id: int, sent: Any) -> None:
        expenses_and_goods.change_expense(invoice_id, sent.version.data, line.id, _expense(sent))

    return LinePage("expense.html", form, save, {"line": line, "above": RECEIPT_ABOVE}, line.id)


def _expense(form: Any) -> ExpenseData:
    return ExpenseData(form.service.data, form.amount.data, form.service_on.data, form.receipt.data)


def new_goods(invoice: Invoice, _args: Args) -> LinePage:
    """Goods more."""
    form = _goods_form(invoice.practice_id, version=invoice.version)

    def save(invoice_id: int, sent: Any) -> None:
        expenses_and_goods.add_goods(invoice_id, sent.version.data, goods_of(sent))

    return LinePage("goods.html", form, save)


def changed_goods(invoice: Invoice, line: InvoiceLine, _args: Args) -> LinePage:
    """Goods of the draft; the article stays, what is typed counts."""
    form = _goods_form(
        invoice.practice_id,
        version=invoice.version,
        service=line.service,
        price=line.net / line.quantity,
        rate=line.vat_rate,
        quantity=line.quantity,
        service_on=line.service_on,
        offer=False,
    )

    def save(invoice_id: int, sent: Any) -> None:
        data = goods_of(sent, article_id=line.article_id)
        expenses_and_goods.change_goods(invoice_id, sent.version.data, line.id, data)

    return LinePage("goods.html", form, save, {"line": line}, line.id)


def goods_alone(practice_id: int) -> LinePage:
    """The form for a draft that bills goods alone."""
    return LinePage("goods.html", _goods_form(practice_id), nothing)


def _goods_form(practice_id: int, *, offer: bool = True, **values: Any) -> Any:
    form = bound(GoodsForm, **{"quantity": 1, "service_on": today(), **values})
    form.offer_articles(sold_articles() if offer else ())
    form.offer_rates(values.get("rate"), charged=charges_vat(practice_id))
    return form


def goods_of(form: Any, article_id: int | None = None) -> GoodsData:
    """What was typed about goods."""
    rate: Decimal | None = form["rate"].data if "rate" in form else STANDARD_RATE
    return GoodsData(
        form.quantity.data,
        form.service_on.data,
        form.article_id() or article_id,
        form.service.data or "",
        form.price.data,
        rate,
    )
