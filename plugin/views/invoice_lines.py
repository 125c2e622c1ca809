"""The lines of a draft: add, change, move, remove, and what one click mends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.invoice import Invoice, InvoiceLine
from ...models.rules.billing import draft_changed
from ...models.rules.invoice import LineKind
from ...models.rules.severity import RuleBroken
from .. import clock
from ..access import Permission, requires
from ..blueprint import bp
from ..forms.base import bound
from ..forms.invoice_lines import LineIndicationForm, LineToolsForm, MendForm
from ..queries.courses import course_head
from ..queries.invoice_pages import invoice_head, invoice_record
from ..queries.invoice_rows import head_of
from ..services import draft_lines, draft_mends, expenses_and_goods
from ..services.line_indications import decide_line
from ..texts import kt
from . import line_forms, line_forms_other
from .invoices import shown_page
from .line_pages import Args, LinePage
from .sending import carried_out, form_page

ASKED = ["GET", "POST"]
_NEW: Final[Mapping[LineKind, Callable[[Invoice, Args], LinePage]]] = {
    LineKind.GOAE: line_forms.new_service,
    LineKind.EXPENSE: line_forms_other.new_expense,
    LineKind.GOODS: line_forms_other.new_goods,
}
_CHANGED: Final[Mapping[LineKind, Callable[[Invoice, InvoiceLine, Args], LinePage]]] = {
    LineKind.GOAE: line_forms.changed_service,
    LineKind.EXPENSE: line_forms_other.changed_expense,
    LineKind.GOODS: line_forms_other.changed_goods,
}


@bp.route("/invoices/<int:invoice_id>/lines/new", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_line_new(invoice_id: int) -> AnyResponse:
    """A service (?number=), an expense or goods (?kind=) more on a draft."""
    invoice = invoice_record(invoice_id)
    if invoice.state != "draft" and request.method == "GET":
        return _to(invoice_id)
    kind = request.args.get("kind", "")
    page = _NEW[LineKind(kind) if kind in set(LineKind) else LineKind.GOAE](invoice, request.args)
    return _answered(invoice_id, page, head_of(invoice))


@bp.route("/invoices/<int:invoice_id>/lines/<int:line_id>", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_line(invoice_id: int, line_id: int) -> AnyResponse:
    """What the desk may change in a line of a draft."""
    invoice = invoice_record(invoice_id)
    line = draft_lines.line_of(invoice, line_id)
    if invoice.state != "draft" and request.method == "GET":
        return _to(invoice_id)
    page = _CHANGED[LineKind(line.kind)](invoice, line, request.args)
    return _answered(invoice_id, page, head_of(invoice))


@bp.route("/courses/<int:course_id>/goods", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_goods(course_id: int) -> AnyResponse:
    """A draft that bills goods alone."""
    head = course_head(course_id)
    page = line_forms_other.goods_alone(head.practice_id)

    def draft() -> str:
        return _url(expenses_and_goods.draft_goods(course_id, line_forms_other.goods_of(page.form)))

    return carried_out(page.form, draft) or form_page("invoices/goods.html", page.form, head=head)


@bp.route("/invoices/<int:invoice_id>/lines/<int:line_id>/remove", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_line_remove(invoice_id: int, line_id: int) -> AnyResponse:
    """Take a line off a draft; it can be added again, so nothing is asked."""
    return _tool(invoice_id, line_id, draft_lines.remove_line, anchor=False)


@bp.route("/invoices/<int:invoice_id>/lines/<int:line_id>/up", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_line_up(invoice_id: int, line_id: int) -> AnyResponse:
    """One place higher."""
    return _tool(invoice_id, line_id, lambda *who: draft_lines.move_line(*who, up=True))


@bp.route("/invoices/<int:invoice_id>/lines/<int:line_id>/down", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_line_down(invoice_id: int, line_id: int) -> AnyResponse:
    """One place lower."""
    return _tool(invoice_id, line_id, lambda *who: draft_lines.move_line(*who, up=False))


@bp.route("/invoices/<int:invoice_id>/lines/<int:line_id>/indication", methods=ASKED)
@requires(Permission.DECIDE_INDICATION)
def invoices_line_indication(invoice_id: int, line_id: int) -> AnyResponse:
    """A physician decides for one line of a draft whether it is medical or cosmetic."""
    invoice = invoice_record(invoice_id)
    line = draft_lines.line_of(invoice, line_id)
    if invoice.state != "draft" and request.method == "GET":
        return _to(invoice_id)
    decision = line.indication if line.indication_by else "session"
    form = bound(LineIndicationForm, version=invoice.version, decision=decision, reason=line.indication_reason)

    def decide() -> str:
        decide_line(invoice_id, form.version.data, line_id, form.decided(), form.reason.data or "")
        return _url(invoice_id, line_id)

    done = carried_out(form, decide)
    return done or form_page("invoices/line_indication.html", form, head=head_of(invoice), line=line)


@bp.route("/invoices/<int:invoice_id>/mend", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_mend(invoice_id: int) -> AnyResponse:
    """Carry out what a finding offers."""
    head = invoice_head(invoice_id)
    form = bound(MendForm, version=head.version)

    def mend() -> str:
        wanted = form.mend()
        if wanted is None:
            raise RuleBroken([draft_changed()])
        line_id = draft_mends.mend_line(invoice_id, form.version.data, wanted, clock.today())
        return _url(invoice_id, line_id)

    return carried_out(form, mend) or shown_page(invoice_id, form)


def _answered(invoice_id: int, page: LinePage, head: Any) -> AnyResponse:
    """Save the line, or show its form again."""

    def save() -> str:
        page.save(invoice_id, page.form)
        return _url(invoice_id, page.line_id)

    if not page.ready and request.method == "POST":
        page.form.validate()
        page.form.add_problem(None, kt("Bitte suchen Sie zuerst die Leistung, die auf die Rechnung soll."))
    done = carried_out(page.form, save) if page.ready else None
    return done or form_page(f"invoices/{page.template}", page.form, head=head, **page.facts)


def _tool(
    invoice_id: int, line_id: int, act: Callable[[int, int | None, int], None], *, anchor: bool = True
) -> AnyResponse:
    """One of the buttons beside a line."""
    head = invoice_head(invoice_id)
    form = bound(LineToolsForm, version=head.version)

    def run() -> str:
        act(invoice_id, form.version.data, line_id)
        return _url(invoice_id, line_id if anchor else 0)

    return carried_out(form, run) or shown_page(invoice_id, form)


def _url(invoice_id: int, line_id: int = 0) -> str:
    anchor = {"_anchor": f"zeile-{line_id}"} if line_id else {}
    return url_for("kostenklar.invoices_show", invoice_id=invoice_id, **anchor)  # type: ignore[arg-type]  # as Flask has it


def _to(invoice_id: int) -> AnyResponse:
    return redirect(_url(invoice_id), 303)
