"""The page that records an explanation talk."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from ..access import Permission, requires
from ..blueprint import bp
from ..clock import now, today
from ..forms.base import bound
from ..forms.explanations import TalkForm
from ..forms.fields import choices
from ..queries.courses import course_head, staff_choices
from ..services.explanations import record_talk
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page


@bp.route("/courses/<int:course_id>/explanation", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def explanations_new(course_id: int) -> Response:
    """Write down a talk that was held."""
    head = course_head(course_id)
    language = head.patient_language if head.patient_language in ("de", "en") else "de"
    staff = staff_choices(course_id, today())
    first = staff[0][0] if staff else None
    form = bound(TalkForm, version=head.version, held_on=today(), language=language, explained_by_id=first)
    form.explained_by_id.choices = choices(staff)

    def action() -> str:
        record_talk(course_id, form.version.data, form.value(), now())
        notice(kt("Das Gespräch ist eingetragen."))
        return url_for("kostenklar.courses_show", course_id=course_id)

    return carried_out(form, action) or form_page("explanations/new.html", form, head=head)
