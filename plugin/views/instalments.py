"""Instalments for what an invoice leaves open: first looked at, then agreed; and their end."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.rules.money import ZERO
from ...models.rules.severity import Finding, RuleBroken, Severity
from .. import clock
from ..access import Permission, requires
from ..blueprint import bp
from ..forms.base import bound
from ..forms.debts import EndPlanForm, InstalmentsForm
from ..queries.debts import debts_of
from ..queries.instalments import plan_record
from ..queries.invoice_pages import invoice_head, invoice_record
from ..queries.invoice_rows import head_of
from ..sentences import sentence
from ..services.instalments import agree_instalments, end_plan
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page

ASKED = ["GET", "POST"]


@bp.route("/invoices/<int:invoice_id>/instalments", methods=ASKED)
@requires(Permission.RECORD_PAYMENTS)
def instalments_new(invoice_id: int) -> AnyResponse:
    """Part what is open into monthly instalments: the page shows them once before they are agreed."""
    invoice = invoice_record(invoice_id)
    head, debts = head_of(invoice), debts_of(invoice, clock.today())
    if request.method == "GET" and (debts is None or not debts.open or debts.in_instalments):
        return _to(invoice_id)
    form = bound(InstalmentsForm, version=head.version)
    owed = debts.open if debts else ZERO
    sent = request.method == "POST" and form.validate()
    rates = form.rates(owed) if sent and owed else ()

    def agree() -> str:
        try:
            agree_instalments(invoice_id, form.version.data, rates, clock.today(), confirmed=form.confirmed)
        except RuleBroken as broken:
            form.ask(broken.findings)
            raise
        notice(kt("Die Ratenzahlung ist vereinbart. Bitte drucken Sie das Blatt und lassen Sie es unterschreiben."))
        return _url(invoice_id)

    if sent and not owed:
        form.add_problem(None, sentence(Finding("plan_nothing_open", Severity.BLOCK)))
    if rates and form.shows(rates) and (done := carried_out(form, agree)):
        return done
    return form_page("debts/instalments.html", form, head=head, open=owed, rates=rates)


@bp.route("/instalments/<int:plan_id>/end", methods=ASKED)
@requires(Permission.RECORD_PAYMENTS)
def instalments_end(plan_id: int) -> AnyResponse:
    """End a plan before it is paid; asks once, with the reason."""
    plan = plan_record(plan_id)
    if plan.state != "agreed" and request.method == "GET":
        return _to(plan.invoice_id)
    form = bound(EndPlanForm, version=plan.version)

    def end() -> str:
        invoice_id = end_plan(plan_id, form.version.data, form.reason.data, clock.today())
        notice(kt("Die Ratenzahlung ist beendet."))
        return _url(invoice_id)

    head = invoice_head(plan.invoice_id)
    return carried_out(form, end) or form_page("debts/instalments_end.html", form, head=head, plan=plan)


def _url(invoice_id: int) -> str:
    return url_for("kostenklar.invoices_show", invoice_id=invoice_id)


def _to(invoice_id: int) -> AnyResponse:
    return redirect(_url(invoice_id), 303)
