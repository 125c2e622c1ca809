"""The practice's kinds of treatment: the chain of each, edited and priced."""

from __future__ import annotations

from decimal import Decimal

from flask import request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.practice import Procedure
from ...models.rules.chains import reasons_of
from ...models.rules.vat import Indication
from ..access import Permission, requires
from ..blueprint import bp
from ..clock import today
from ..forms.base import KostenklarForm, bound
from ..forms.procedures import PositionForm, StepForm, position_values
from ..queries.fees import positions
from ..queries.procedures import chain_position, procedure_name, procedure_record
from ..sentences import sentence
from ..services import chains
from ..services.prices import price_of
from ..shell import notice
from ..texts import kt
from .price_words import warnings
from .sending import carried_out, form_page

_FIRST_FACTOR = Decimal("2.3")


@bp.route("/practice/procedures/<int:procedure_id>")
@requires(Permission.EDIT_PRACTICE)
def procedures_show(procedure_id: int) -> AnyResponse:
    """The chain, what it costs with and without VAT, and the search for another number."""
    return _page(procedure_record(procedure_id), None)


@bp.route("/practice/procedures/<int:procedure_id>/positions/new", methods=["GET", "POST"])
@requires(Permission.EDIT_PRACTICE)
def procedures_position_new(procedure_id: int) -> AnyResponse:
    """Another service at the chain's end; ?number= comes from the search."""
    procedure = procedure_record(procedure_id)
    number = request.args.get("number", "")[:10]
    found = positions([number], today()).get(number)
    first = Decimal(1) if found and found.fixed else min(found.threshold, _FIRST_FACTOR) if found else _FIRST_FACTOR
    form = bound(
        PositionForm,
        version=procedure.version,
        number=number,
        factor=first,
        others=[each.goae_number for each in procedure.chain],
    )
    return _kept(procedure, None, form)


@bp.route("/practice/procedures/<int:procedure_id>/positions/<int:position_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_PRACTICE)
def procedures_position_edit(procedure_id: int, position_id: int) -> AnyResponse:
    """A service of the chain: number, factor, analogous wording, reasons."""
    procedure, position = procedure_record(procedure_id), chain_position(procedure_id, position_id)
    others = [each.goae_number for each in procedure.chain if each.id != position_id]
    form = bound(PositionForm, version=procedure.version, others=others, **position_values(position))
    return _kept(procedure, position_id, form)


@bp.route("/practice/procedures/<int:procedure_id>/positions/<int:position_id>/step", methods=["GET", "POST"])
@requires(Permission.EDIT_PRACTICE)
def procedures_position_step(procedure_id: int, position_id: int) -> AnyResponse:
    """Move a service up or down, or take it out."""
    procedure, position = procedure_record(procedure_id), chain_position(procedure_id, position_id)
    form, number = bound(StepForm), position.goae_number

    def step() -> str:
        if form.what.data == "remove":
            chains.remove_position(procedure_id, form.version.data, position_id, today())
            notice(kt("Nr. {number} ist aus der Kette genommen.", number=number))
        else:
            up = form.what.data == "up"
            chains.move_position(procedure_id, form.version.data, position_id, up=up, today=today())
        return _url(procedure_id)

    return carried_out(form, step) or _page(procedure, form)


def _kept(procedure: Procedure, position_id: int | None, form: PositionForm) -> AnyResponse:
    def keep() -> str:
        chains.keep_position(procedure.id, form.version.data, position_id, form.typed(), today())
        for found in form.findings():
            if found.code == "chain_repeats":  # what a factor needs stands on the chain's page for good
                notice(sentence(found), "overdue")
        return _url(procedure.id)

    return carried_out(form, keep) or form_page(
        "procedures/position.html", form, procedure=procedure, name=procedure_name(procedure), position_id=position_id
    )


def _page(procedure: Procedure, sent: KostenklarForm | None) -> AnyResponse:
    """The chain as it stands; `sent` is a button's form that was refused."""
    prices = {each: price_of(procedure, each, today()) for each in (Indication.COSMETIC, Indication.MEDICAL)}
    price = prices[Indication.COSMETIC]
    known = positions([each.goae_number for each in procedure.chain], today())
    step = bound(StepForm, version=procedure.version)
    step.version.raw_data, step.version.data = None, procedure.version
    return form_page(
        "procedures/show.html", sent or step, procedure=procedure, name=procedure_name(procedure), step=step,
        known=known, prices=prices, price=price, warnings=warnings(price), reasons_of=reasons_of,
    )  # fmt: skip


def _url(procedure_id: int) -> str:
    return url_for("kostenklar.procedures_show", procedure_id=procedure_id)
