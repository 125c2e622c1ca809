"""Pages of a cost notice: issue it, note that it was handed over, file the signed one, put one aside."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from ..access import Permission, requires
from ..blueprint import bp
from ..clock import today
from ..forms.base import bound
from ..forms.consents import DiscardForm
from ..forms.cost_notices import CostNoticeForm, HandForm, SignedNoticeForm
from ..queries import words
from ..queries.cost_notices import cover_on, notice_row
from ..queries.course_parts import lesions_of
from ..queries.courses import course_head
from ..queries.standing import standing
from ..services import cost_notices
from ..services.cost_plans import planned_services
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page
from .signings import tablet_offer


@bp.route("/courses/<int:course_id>/cost-notice", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def cost_notices_new(course_id: int) -> Response:
    """Issue the paper for whoever pays for the patient today."""
    head, services = course_head(course_id), planned_services(course_id, today())
    form = bound(
        CostNoticeForm,
        version=head.version,
        sessions_min=head.sessions_min,
        sessions_max=head.sessions_max,
        language="en" if head.patient_language == "en" else "de",
        factors=[{"lowest": service.factor, "highest": service.factor} for service in services],
    )
    form.services = services

    def action() -> str:
        issued = cost_notices.issue_cost_notice(course_id, form.version.data, form.value(), today())
        if issued.with_agreement:
            return url_for("kostenklar.cost_notices_sign", notice_id=issued.id)
        return url_for("kostenklar.cost_notices_hand", notice_id=issued.id)

    return carried_out(form, action) or form_page(
        "cost_notices/new.html",
        form,
        head=head,
        services=services,
        lesions=lesions_of(course_id),
        cover=cover_on(head.patient_id, today()),
        standing=standing(course_id, today()),
        words=words,
    )


@bp.route("/cost-notices/<int:notice_id>/handed", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def cost_notices_hand(notice_id: int) -> Response:
    """The issued paper to print or mail, and the day it reached the patient."""
    paper = notice_row(notice_id)
    head = course_head(paper.course_id)
    form = bound(HandForm, version=paper.version, on=today())
    form.issued_on, form.mail_allowed = paper.issued_on, bool(head.email and head.email_consent)

    def action() -> str:
        cost_notices.hand_cost_notice(notice_id, form.version.data, form.on.data, form.how.data, today())
        notice(kt("Die Übergabe der Kosteninformation {number} ist eingetragen.", number=paper.number))
        return url_for("kostenklar.courses_show", course_id=head.id)

    return carried_out(form, action) or form_page("cost_notices/hand.html", form, head=head, notice=paper)


@bp.route("/cost-notices/<int:notice_id>/signed", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def cost_notices_sign(notice_id: int) -> Response:
    """The issued paper to print, and the signed one to file."""
    paper = notice_row(notice_id)
    head = course_head(paper.course_id)
    form = bound(SignedNoticeForm, version=paper.version)
    form.issued_on, form.handed_on = paper.issued_on, paper.handed_on

    def action() -> str:
        cost_notices.sign_cost_notice(notice_id, form.version.data, form.signed_on.data, form.scan.data, today())
        notice(kt("Die unterschriebene Kosteninformation {number} liegt in der Akte.", number=paper.number))
        return url_for("kostenklar.courses_show", course_id=head.id)

    tablet = tablet_offer(
        "cost_notice", notice_id, with_agreement=paper.with_agreement, handed=paper.handed_on is not None
    )
    return carried_out(form, action) or form_page(
        "cost_notices/sign.html", form, head=head, notice=paper, tablet=tablet
    )


@bp.route("/cost-notices/<int:notice_id>/discard", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def cost_notices_discard(notice_id: int) -> Response:
    """Put an unsigned cost notice aside, after asking once."""
    paper = notice_row(notice_id)
    head = course_head(paper.course_id)
    form = bound(DiscardForm, version=paper.version)

    def action() -> str:
        cost_notices.discard_cost_notice(notice_id, form.version.data, form.reason.data)
        return url_for("kostenklar.courses_show", course_id=head.id)

    return carried_out(form, action) or form_page("cost_notices/discard.html", form, head=head, notice=paper)
