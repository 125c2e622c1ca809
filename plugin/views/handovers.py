"""An unpaid claim goes to a lawyer, with its papers as one file, and comes back; the owner decides both."""

from __future__ import annotations

from flask import make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.rules.severity import RuleBroken
from .. import clock
from ..access import Permission, requires
from ..blueprint import bp
from ..forms.base import bound
from ..forms.debts import EndHandoverForm, HandoverForm
from ..queries.debts import handover_row
from ..queries.invoice_pages import invoice_page
from ..queries.invoice_rows import IssuedPage
from ..services.handovers import end_handover, hand_over, packed
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page

ASKED = ["GET", "POST"]


@bp.route("/invoices/<int:invoice_id>/handover", methods=ASKED)
@requires(Permission.ENFORCE_DEBTS)
def handovers_new(invoice_id: int) -> AnyResponse:
    """Hand a claim over: what it comes to today, to whom it goes, and what a second look is wanted for."""
    page = invoice_page(invoice_id, clock.today())
    debts = page.debts if isinstance(page, IssuedPage) else None
    fits = debts is not None and debts.open and not debts.with_lawyer
    if request.method == "GET" and not fits:
        return _to(invoice_id)
    form = bound(HandoverForm, version=page.head.version)

    def hand() -> str:
        try:
            hand_over(
                invoice_id, form.version.data, form.to(), form.note.data or "", clock.today(), confirmed=form.confirmed
            )
        except RuleBroken as broken:
            form.ask(broken.findings)
            raise
        notice(kt("Die Forderung ist übergeben. Aufstellung, Rechnung und Schreiben liegen unten als eine Datei."))
        return _url(invoice_id)

    return carried_out(form, hand) or form_page("debts/handover.html", form, page=page)


@bp.route("/handovers/<int:handover_id>/papers.zip")
@requires(Permission.ENFORCE_DEBTS)
def handovers_papers(handover_id: int) -> AnyResponse:
    """The papers that go with a claim, as one file."""
    content, name = packed(handover_id)
    answer = make_response(content)
    answer.content_type = "application/zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.route("/handovers/<int:handover_id>/end", methods=ASKED)
@requires(Permission.ENFORCE_DEBTS)
def handovers_end(handover_id: int) -> AnyResponse:
    """Take a claim back; asks once, with the reason."""
    handover = handover_row(handover_id)
    if handover.ended_on and request.method == "GET":
        return _to(handover.invoice_id)
    head = invoice_page(handover.invoice_id, clock.today()).head
    form = bound(EndHandoverForm, version=head.version)

    def end() -> str:
        invoice_id = end_handover(handover_id, form.version.data, form.reason.data, clock.today())
        notice(kt("Die Übergabe ist beendet. Die Praxis mahnt wieder selbst."))
        return _url(invoice_id)

    return carried_out(form, end) or form_page("debts/handover_end.html", form, head=head, handover=handover)


def _url(invoice_id: int) -> str:
    return url_for("kostenklar.invoices_show", invoice_id=invoice_id)


def _to(invoice_id: int) -> AnyResponse:
    return redirect(_url(invoice_id), 303)
