"""How an invoice's draft comes to be: of one session, of several of a course, or of a cancelled invoice."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ..access import Permission, requires
from ..blueprint import bp
from ..forms.base import bound
from ..forms.fields import choices
from ..forms.invoices import DraftForm, ReissueForm, SessionsForm
from ..queries.course_invoices import billable_sessions
from ..queries.courses import course_head
from ..queries.invoice_pages import invoice_head
from ..queries.invoices import session_to_bill
from ..services import invoices
from . import invoice_words as words
from .sending import carried_out, form_page

ASKED = ["GET", "POST"]


@bp.route("/treatments/<int:treatment_id>/invoice", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_draft(treatment_id: int) -> AnyResponse:
    """The treatment's invoice: the one that is there, or a new draft."""
    form = bound(DraftForm)
    page = session_to_bill(treatment_id)
    if page.invoice_id and request.method == "GET":
        return _to(page.invoice_id)
    return carried_out(form, lambda: _url(invoices.draft_invoice(treatment_id))) or form_page(
        "invoices/start.html", form, page=page
    )


@bp.route("/courses/<int:course_id>/invoice", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_of_course(course_id: int) -> AnyResponse:
    """One invoice over several sessions of a course: all that are done, or those that are ticked."""
    head, sessions = course_head(course_id), billable_sessions(course_id)
    free = [entry for entry in sessions if entry.draft_id is None]
    form = bound(SessionsForm, treatments=[str(entry.id) for entry in free if entry.usual])
    form.treatments.choices = choices([(entry.id, words.session_label(entry)) for entry in sessions])

    def draft() -> str:
        return _url(invoices.draft_course_invoice(course_id, [int(key) for key in form.treatments.data or ()]))

    return carried_out(form, draft) or form_page(
        "invoices/sessions.html", form, head=head, free=free, sessions=sessions
    )


@bp.route("/invoices/<int:invoice_id>/again", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def invoices_reissue(invoice_id: int) -> AnyResponse:
    """Write a cancelled invoice anew: a draft with the same lines; asks once."""
    head = invoice_head(invoice_id)
    if head.state != "cancelled" and request.method == "GET":
        return _to(invoice_id)
    form = bound(ReissueForm, version=head.version)
    return carried_out(form, lambda: _url(invoices.reissue_invoice(invoice_id, form.version.data))) or form_page(
        "invoices/again.html", form, head=head
    )


def _url(invoice_id: int) -> str:
    return url_for("kostenklar.invoices_show", invoice_id=invoice_id)


def _to(invoice_id: int) -> AnyResponse:
    return redirect(_url(invoice_id), 303)
