"""The fee schedule: search at each key stroke, the page of one number, favourites."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.rules.fee_search import looks_like_number
from .. import formats
from ..access import Permission, practices, requires
from ..blueprint import bp
from ..clock import today
from ..forms.base import bound
from ..forms.fees import FavouriteForm
from ..queries.fee_pages import fee_page
from ..queries.fee_search import LONGEST, FeesFound, search_fees
from ..services.favourites import keep_favourite
from ..texts import kt
from .sending import carried_out, form_page

_ANY = "NUMBER"


@bp.route("/fees/search")
@requires(Permission.USE_FEES)
def fees_search() -> AnyResponse | str:
    """What fits; `part` gives the rows alone, for the field that asks at each key stroke.

    `to` and `id` say where a row leads: an invoice's new line, a procedure's chain, a price; else the number's page.
    """
    typed, on = request.args.get("q", "").strip()[:LONGEST], _day(request.args.get("on", ""))
    to, target_id = request.args.get("to", ""), request.args.get("id", "")
    leads = _leading(to, target_id)
    found = search_fees(typed, on)
    if "part" in request.args:
        return render_template(
            "kostenklar/fees/_results.html", typed=typed, found=found, leads=leads, factors=_factors(found)
        )
    if typed and (only := _the_one(typed, found)):
        return redirect(leads(only))
    return render_template(
        "kostenklar/fees/search.html", typed=typed, found=found, leads=leads, factors=_factors(found), to=to,
        target_id=target_id, on=request.args.get("on", ""), back=_back(to, _known(target_id)),
    )  # fmt: skip


@bp.route("/fees/<number>", methods=["GET", "POST"])
@requires(Permission.USE_FEES)
def fees_show(number: str) -> AnyResponse:
    """One number: what it is, what it costs, what is printed under it; its star is a form."""
    page = fee_page(number, _day(request.args.get("on", "")))
    form = bound(FavouriteForm, wanted="no" if page.row.favourite else "yes")

    def mark() -> str:
        keep_favourite(practices()[0], number, wanted=form.wanted.data == "yes")
        return url_for("kostenklar.fees_show", number=number)

    return carried_out(form, mark) or form_page("fees/show.html", form, page=page, row=page.row)


def _the_one(typed: str, found: FeesFound) -> str:
    """The number that Enter means: the very one that was typed, or the only hit."""
    if not found.rows:
        return ""
    first = found.rows[0].position.number
    exact = looks_like_number(typed) and first.casefold() == typed.casefold()
    return first if exact or found.count == 1 else ""


def _leading(to: str, target_id: str) -> Callable[[str], str]:
    """number -> where its row leads; what nobody offers leads to the number's own page."""
    known = _known(target_id)
    if to == "invoice" and known:
        address = url_for("kostenklar.invoices_line_new", invoice_id=known, number=_ANY)
    elif to == "chain" and known:
        address = url_for("kostenklar.procedures_position_new", procedure_id=known, number=_ANY)
    elif to == "price":
        address = url_for("kostenklar.prices_wish", number=_ANY)
    else:
        address = url_for("kostenklar.fees_show", number=_ANY)
    return lambda number: address.replace(_ANY, number)  # numbers are letters, digits and points


def _known(target_id: str) -> int:
    """The id as it was sent; 0 for what is none."""
    return int(target_id) if target_id.isascii() and target_id.isdigit() and len(target_id) < 19 else 0


def _back(to: str, known: int) -> tuple[str, str]:
    """(address, word) of the page that a search without a script came from; ("", "") where it came from none."""
    if to == "invoice" and known:
        return url_for("kostenklar.invoices_show", invoice_id=known), kt("Zum Entwurf")
    if to == "chain" and known:
        return url_for("kostenklar.procedures_show", procedure_id=known), kt("Leistungskette")
    return "", ""


def _factors(found: FeesFound) -> dict[Decimal, str]:
    """The few threshold factors of the rows as words, each written once: a key stroke has no time to lose."""
    return {each: formats.factor(each) for each in {row.position.threshold for row in found.rows}}


def _day(text: str) -> dt.date:
    """The day whose schedule is meant: the service's; today where none is given."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return today()
