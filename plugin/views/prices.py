"""Prices before anybody looked: what is told on the telephone, and the factor for a price somebody has in mind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from ...models.practice import Procedure
from ...models.rules.goae import Position
from ...models.rules.severity import RuleBroken
from ...models.rules.surcharges import NoOperation, charged
from ...models.rules.vat import Indication
from ...models.rules.wished_price import Suggestion, may_move
from ..access import Permission, practices, requires
from ..blueprint import bp
from ..clock import today
from ..errors import NotFound
from ..forms.fields import choices
from ..forms.prices import AskingForm, PriceForm, WishForm, asked
from ..queries.procedures import procedure_name, procedures
from ..sentences import sentence
from ..services.fees import PricedService, chain, position
from ..services.prices import movable, price_of, rate_for, wished
from ..texts import kt
from . import price_words as words
from .sending import form_page


@bp.route("/prices")
@requires(Permission.USE_FEES)
def prices_show() -> AnyResponse:
    """What a kind of treatment costs, with VAT and from-to, as a sentence to read aloud."""
    offered = procedures()
    form = asked(
        PriceForm,
        procedures=[(each.id, procedure_name(each)) for each in offered],
        procedure=offered[0].id if offered else None,
        indication=Indication.COSMETIC,
        least=1,
        most=1,
    )
    _fill_up(form, {"indication": Indication.COSMETIC, "least": 1, "most": 1})
    chosen = _chosen(form, offered)
    price = price_of(chosen, form.indication.data, today(), form.area.data) if chosen else None
    name = procedure_name(chosen) if chosen else ""
    said = words.spoken(name, price, form.least.data, form.most.data) if price else []
    return form_page(
        "prices/show.html", form, offered=offered, chosen=chosen, name=name, price=price, said=said, words=words
    )


@bp.route("/prices/wish")
@requires(Permission.USE_FEES)
def prices_wish() -> AnyResponse:
    """The factor for a wished price, with what speaks against it."""
    offered = {each.id: each for each in procedures()}
    form = asked(
        WishForm,
        procedures=[(key, procedure_name(each)) for key, each in offered.items()],
        kind="gross",
        indication=Indication.COSMETIC,
    )
    _fill_up(form, {"kind": "gross", "indication": Indication.COSMETIC})
    services = _services(form, offered)
    lines = movable(services)
    form.line.choices = choices([(line, _named(services[line])) for line in lines])
    if form.line.data not in lines:
        form.line.data, form.line.raw_data = (lines[0] if lines else None), None
    found = _suggestions(form, services, lines)
    return form_page("prices/wish.html", form, services=services, lines=lines, found=found, words=words)


def _chosen(form: PriceForm, offered: Sequence[Procedure]) -> Procedure | None:
    if not offered or not form.validate():
        return None
    return next(each for each in offered if each.id == form.procedure.data)


def _fill_up(form: AskingForm, values: dict[str, object]) -> None:
    """An address that names only some of the questions (a link from another page) leaves the others as they begin."""
    for name, value in values.items():
        if not form[name].raw_data:
            form[name].process(None, value)


def _services(form: WishForm, offered: Mapping[int, Procedure]) -> list[PricedService]:
    """The chain of the procedure, or the one number; nothing, with a sentence in `form.stops`, where neither can be."""
    try:
        if form.procedure.data:
            chosen = offered.get(form.procedure.data)
            return chain(chosen, today()) if chosen else []  # an id that is not offered is the list's own error
        if form.number.data:
            return [_single(position(form.number.data.strip().upper(), today()))]
    except NotFound:
        form.stops = kt("Diese Nummer gibt es in der heutigen GOÄ nicht. Bitte prüfen Sie sie.")
    except RuleBroken as broken:
        form.stops = " ".join(sentence(each) for each in broken.findings)
    except NoOperation:
        form.stops = kt("Diese Nummer ist ein Zuschlag: Ihr Betrag folgt aus der Leistung, zu der sie gehört.")
    else:
        form.stops = kt("Bitte wählen Sie eine Behandlungsart, oder tippen Sie eine Nummer.")
    return []


def _single(its: Position) -> PricedService:
    factor = its.threshold if may_move(its) else its.maximum
    return PricedService(its, factor, "", charged(its, factor))


def _suggestions(form: WishForm, services: list[PricedService], lines: list[int]) -> tuple[Suggestion, ...]:
    if "price" not in request.args or not form.validate() or not lines:
        return ()
    wish = form.wish(rate_for(practices()[0], form.indication.data))
    try:
        return wished(services, form.line.data, wish, today())
    except RuleBroken as broken:
        form.price.errors = [*form.price.errors, *(sentence(each) for each in broken.findings)]
        return ()


def _named(service: PricedService) -> str:
    text = service.analog_service or service.position.text
    return kt("Nr. {number} {service}", number=service.position.number, service=text[:80])
