"""Invoices: the list, what is changed in a draft, issuing, the hand-over, cancelling."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.rules.severity import Finding
from .. import clock
from ..access import Permission, requires
from ..blueprint import bp
from ..forms.base import KostenklarForm, bound
from ..forms.invoice_lines import LineToolsForm
from ..forms.invoices import (
    DELIVERIES,
    CancelForm,
    DeliveryForm,
    DiagnosisForm,
    DiscardForm,
    IssueForm,
    OverrideForm,
)
from ..queries.invoice_pages import invoice_head, invoice_page, invoice_record
from ..queries.invoice_rows import DraftPage
from ..queries.invoices import invoice_list
from ..services import invoice_cancel, invoice_issue, invoices
from ..shell import notice
from ..texts import kt
from . import invoice_words as words
from .invoice_mends import offers_of
from .invoice_ways import Way, owners_way, way_out
from .sending import carried_out, form_page

ASKED = ["GET", "POST"]


@bp.route("/invoices")
@requires(Permission.SEE_PATIENTS)
def invoices_list() -> Response:
    """The newest first, or those of one state."""
    state = words.read_filter(request.args.get("state", ""))
    after = words.read_after(request.args.get("after", ""))
    page = invoice_list(clock.today(), state, after)
    return make_response(
        render_template("kostenklar/invoices/list.html", page=page, state=state, started=after is not None, words=words)
    )


@bp.route("/invoices/<int:invoice_id>")
@requires(Permission.SEE_PATIENTS)
def invoices_show(invoice_id: int) -> Response:
    """A draft with its check, or an issued invoice with what became of it."""
    return shown_page(invoice_id, None)


@bp.route("/invoices/<int:invoice_id>/preview.pdf")
@requires(Permission.SEE_PATIENTS)
def invoices_preview(invoice_id: int) -> AnyResponse:
    """The draft's paper as it would be today; an issued one has its own."""
    invoice = invoice_record(invoice_id)
    if invoice.state != "draft":
        return _to(invoice_id)
    pdf = make_response(invoice_issue.preview(invoice, clock.today()))
    pdf.content_type = "application/pdf"
    pdf.headers["Content-Disposition"] = f'inline; filename="{kt("Entwurf")}.pdf"'
    pdf.headers["Cache-Control"] = "no-store"
    return pdf


@bp.route("/invoices/<int:invoice_id>/diagnosis", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_diagnosis(invoice_id: int) -> AnyResponse:
    """Put the diagnosis on the draft, or leave it off."""
    form = bound(DiagnosisForm)

    def choose() -> str:
        invoices.choose_diagnosis(invoice_id, form.version.data, shown=form.shown.data == "yes")
        return _url(invoice_id)

    return carried_out(form, choose) or shown_page(invoice_id, form)


@bp.route("/invoices/<int:invoice_id>/issue", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_issue(invoice_id: int) -> AnyResponse:
    """Freeze the draft under its number."""
    form = bound(IssueForm)

    def issue() -> str:
        issued = invoice_issue.issue_invoice(invoice_id, form.version.data, form.shown.data or "", clock.today())
        notice(kt("Die Rechnung ist ausgestellt. Ihre Nummer ist {number}.", number=issued.number))
        return _url(invoice_id)

    return carried_out(form, issue) or shown_page(invoice_id, form)


@bp.route("/invoices/<int:invoice_id>/delivered", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_deliver(invoice_id: int) -> AnyResponse:
    """Note when and how the paper reached the patient."""
    form = bound(DeliveryForm)

    def deliver() -> str:
        day, how = form.delivered_on.data, form.delivered_how.data
        invoices.record_delivery(invoice_id, form.version.data, day, how)
        return _url(invoice_id)

    return carried_out(form, deliver) or shown_page(invoice_id, form)


@bp.route("/invoices/<int:invoice_id>/discard", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_discard(invoice_id: int) -> AnyResponse:
    """Put a draft away; asks once."""
    head = invoice_head(invoice_id)
    if not head.is_draft and request.method == "GET":
        return _to(invoice_id)
    form = bound(DiscardForm, version=head.version)

    def discard() -> str:
        invoices.discard_invoice(invoice_id, form.version.data)
        return _url(invoice_id)

    return carried_out(form, discard) or form_page("invoices/discard.html", form, head=head)


@bp.route("/invoices/<int:invoice_id>/cancel", methods=ASKED)
@requires(Permission.CANCEL_INVOICES)
def invoices_cancel(invoice_id: int) -> AnyResponse:
    """Cancel an issued invoice; asks once, with the reason."""
    head = invoice_head(invoice_id)
    if not head.can_be_cancelled and request.method == "GET":
        return _to(invoice_id)
    form = bound(CancelForm, version=head.version)

    def cancel() -> str:
        made = invoice_cancel.cancel_invoice(invoice_id, form.version.data, form.reason.data, clock.today())
        notice(kt("Die Rechnung ist storniert. Die Stornorechnung hat die Nummer {number}.", number=made.number))
        return _url(made.id)

    return carried_out(form, cancel) or form_page("invoices/cancel.html", form, head=head)


@bp.route("/invoices/<int:invoice_id>/agreement", methods=ASKED)
@requires(Permission.OVERRIDE_AGREEMENT)
def invoices_override(invoice_id: int) -> AnyResponse:
    """The owner issues without the written agreement, with a reason."""
    head = invoice_head(invoice_id)
    if not head.is_draft and request.method == "GET":
        return _to(invoice_id)
    form = bound(OverrideForm, version=head.version)

    def override() -> str:
        invoices.override_agreement(invoice_id, form.version.data, form.reason.data)
        return _url(invoice_id)

    return carried_out(form, override) or form_page("invoices/override.html", form, head=head)


def _url(invoice_id: int) -> str:
    return url_for("kostenklar.invoices_show", invoice_id=invoice_id)


def _ways(finding: Finding, page: DraftPage) -> tuple[Way, Way]:
    return way_out(finding, page), owners_way(finding, page)


def _to(invoice_id: int) -> AnyResponse:
    return redirect(_url(invoice_id), 303)


def shown_page(invoice_id: int, sent: KostenklarForm | None) -> Response:
    """The invoice's page as it stands now, with the problems of what was sent."""
    page = invoice_page(invoice_id, clock.today())
    if isinstance(page, DraftPage):
        form = sent if isinstance(sent, IssueForm) else bound(IssueForm, version=page.head.version)
        form.shown.raw_data, form.shown.data = None, page.fingerprint
        ways = [
            (finding, [way for way in _ways(finding, page) if way.url], offers_of(mends))
            for finding, mends in zip(page.findings, page.offers, strict=True)
        ]
        other = bound(DiagnosisForm, version=page.head.version, shown="" if page.diagnosis else "yes")
        other.shown.raw_data, other.shown.data = None, "" if page.diagnosis else "yes"
        tools = bound(LineToolsForm)
        tools.version.raw_data, tools.version.data = None, page.head.version  # what the page shows is what they change
        facts = {
            "step": words.draft_step(page),
            "ways": ways,
            "choice": other,
            "tools": tools,
            "cases": words.cases_of(page),
        }
        return form_page("invoices/draft.html", sent or form, issue=form, page=page, words=words, **facts)
    delivery = sent if isinstance(sent, DeliveryForm) else bound(DeliveryForm, version=page.head.version)
    facts = {
        "step": words.issued_step(page, clock.today()),
        "deliveries": DELIVERIES,
        "cases": words.cases_of(page),
    }
    return form_page("invoices/show.html", sent or delivery, delivery=delivery, page=page, words=words, **facts)
