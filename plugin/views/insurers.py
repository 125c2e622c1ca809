"""Insurers: the list, a new one, and one to correct."""

from __future__ import annotations

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from ...models.rules.ik import ik_looks_right
from ..access import Permission, practices, requires
from ..blueprint import bp
from ..forms.base import bound
from ..forms.insurers import InsurerForm
from ..grant_texts import INSURER_KINDS
from ..queries.insurers import insurer_record, insurers
from ..services.insurers import add_insurer, change_insurer
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page


@bp.route("/insurers")
@requires(Permission.EDIT_PATIENTS)
def insurers_list() -> str:
    """All by name."""
    typed = request.args.get("after", "")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    rows, next_after = insurers(after)
    return render_template(
        "kostenklar/insurers/list.html", rows=rows, after=after, next_after=next_after, kinds=INSURER_KINDS
    )


@bp.route("/insurers/new", methods=["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
def insurers_new() -> Response:
    """Add one; a policy that names an unknown insurer adds it, too."""
    form = bound(InsurerForm)

    def action() -> str:
        add_insurer(practices()[0], form.typed())
        _look_at_ik(form)
        return url_for("kostenklar.insurers_list")

    return carried_out(form, action) or form_page("insurers/form.html", form, insurer_id=None)


@bp.route("/insurers/<int:insurer_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
def insurers_edit(insurer_id: int) -> Response:
    """Address, numbers, and whether it wants its own form."""
    form = bound(InsurerForm, obj=insurer_record(insurer_id))

    def action() -> str:
        change_insurer(insurer_id, form.version.data, form.typed())
        _look_at_ik(form)
        return url_for("kostenklar.insurers_list")

    return carried_out(form, action) or form_page("insurers/form.html", form, insurer_id=insurer_id)


def _look_at_ik(form: InsurerForm) -> None:
    """A number that looks wrong is kept, and said."""
    number = form.typed().ik
    if number and not ik_looks_right(number):
        told = kt(
            "Das Institutionskennzeichen {number} sieht ungewöhnlich aus. Bitte vergleichen Sie es.", number=number
        )
        notice(told, "overdue")
