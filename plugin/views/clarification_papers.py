"""Pages of one clarification that take something down: the letter, sending, receipt, documents, answer, outcome."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # types-WTForms describes 3.2, this came with 3.3

from ..access import Permission, requires
from ..blueprint import bp
from ..clarification_words import CAUTIONS, CHANNELS
from ..clock import today
from ..forms.base import bound
from ..forms.clarification_answers import AnswerForm
from ..forms.clarifications import DocumentsForm, QueryForm, ReceivedForm, SendForm, ToldForm
from ..forms.fields import enum_choices
from ..queries.clarification_answers import asked_payers, expected
from ..queries.clarification_status import said_of
from ..services import clarification_answers as answers
from ..services import clarification_sending as sending
from ..services.cost_queries import issue_cost_query
from ..services.outcomes import tell_patient
from ..shell import notice
from ..texts import kt
from .clarification_pages import CaseView, case_view
from .sending import carried_out, form_page

ASKED = ["GET", "POST"]


@bp.route("/clarifications/<int:clarification_id>/query", methods=ASKED)
@requires(Permission.CLARIFY_COSTS)
def clarifications_query(clarification_id: int) -> Response:
    """Write the letter to the payer."""
    view = case_view(clarification_id, today())
    form = bound(QueryForm, version=view.case.version, language="de")

    def action() -> str:
        paper = issue_cost_query(clarification_id, form.version.data, form.plan(), today())
        notice(kt("Die Kostenanfrage {number} ist ausgestellt.", number=paper.number))
        return _url(view)

    return carried_out(form, action) or form_page("clarifications/query.html", form, view=view)


@bp.route("/clarifications/<int:clarification_id>/send", methods=ASKED)
@requires(Permission.CLARIFY_COSTS)
def clarifications_send(clarification_id: int) -> Response:
    """Note that the query, or its next round, went out."""
    view = case_view(clarification_id, today())
    again = view.case.sent_on is not None
    form = bound(SendForm, version=view.case.version, on=today())
    if view.state == "with_patient":
        del form.channel
    elif not again:
        offered = enum_choices({key: word for key, word in CHANNELS.items() if key != "patient"})
        form.channel.choices = [SelectChoice("", kt("Bitte wählen")), *offered]

    def action() -> str:
        act = sending.resubmit if again else sending.submit
        act(clarification_id, form.version.data, form.sending(), today())
        return _url(view)

    return carried_out(form, action) or form_page("clarifications/send.html", form, view=view, again=again)


@bp.route("/clarifications/<int:clarification_id>/received", methods=ASKED)
@requires(Permission.CLARIFY_COSTS)
def clarifications_received(clarification_id: int) -> Response:
    """Note the proven day of receipt."""
    view = case_view(clarification_id, today())
    form = bound(ReceivedForm, version=view.case.version, on=view.case.received_on, proof=view.case.received_proof)
    form.sent_on = view.case.sent_on

    def action() -> str:
        sending.receive(clarification_id, form.version.data, form.on.data, form.proof.data, today())
        return _url(view)

    return carried_out(form, action) or form_page("clarifications/received.html", form, view=view)


@bp.route("/clarifications/<int:clarification_id>/documents", methods=ASKED)
@requires(Permission.CLARIFY_COSTS)
def clarifications_documents(clarification_id: int) -> Response:
    """Note what the payer asks for."""
    view = case_view(clarification_id, today())
    form = bound(DocumentsForm, version=view.case.version, on=today())
    form.sent_on = view.case.sent_on

    def action() -> str:
        sending.ask_documents(clarification_id, form.version.data, form.on.data, form.what.data, today())
        return _url(view)

    return carried_out(form, action) or form_page("clarifications/documents.html", form, view=view)


@bp.route("/clarifications/<int:clarification_id>/answer", methods=ASKED)
@requires(Permission.CLARIFY_COSTS)
def clarifications_answer(clarification_id: int) -> Response:
    """File what came back, as a whole and line by line."""
    view = case_view(clarification_id, today())
    estimate = view.case.estimate
    lines = list(estimate.lines) if estimate else []
    form = bound(AnswerForm, version=view.case.version, received_on=today(), form="letter", lines=[{} for _ in lines])
    form.estimate_lines, form.sent_on = lines, view.case.sent_on
    form.gross_max = estimate.gross_max if estimate else None

    def action() -> str:
        filed = answers.record_answer(
            clarification_id, form.version.data, form.answer(), form.scan.data, today(),
            above_confirmed=bool(form.confirm_above.data),
        )  # fmt: skip
        if not filed.binding:
            notice(kt("Die Auskunft ist als mündlich und unverbindlich vermerkt."), "open")
        return _url(view)

    return carried_out(form, action) or form_page(
        "clarifications/answer.html", form, view=view, estimate=estimate, lines=lines
    )


@bp.route("/clarifications/<int:clarification_id>/told", methods=ASKED)
@requires(Permission.CLARIFY_COSTS)
def clarifications_told(clarification_id: int) -> Response:
    """Tell the patient the outcome, on its own paper."""
    view = case_view(clarification_id, today())
    language = "en" if view.head.patient_language == "en" else "de"
    form = bound(ToldForm, version=view.case.version, on=today(), language=language)
    payers = asked_payers(view.case.course_id)

    def action() -> str:
        tell_patient(clarification_id, form.version.data, form.on.data, form.how.data, form.language.data, today())
        notice(kt("Das Blatt mit dem Ergebnis ist ausgestellt."))
        return _url(view)

    return carried_out(form, action) or form_page(
        "clarifications/told.html",
        form,
        view=view,
        payers=payers,
        expected=expected(payers, today()),
        said=said_of,
        cautions=CAUTIONS,
    )


def _url(view: CaseView) -> str:
    return url_for("kostenklar.clarifications_show", clarification_id=view.case.id)
