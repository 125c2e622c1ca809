"""Pages of one lesion: correct what was entered, or take it out again."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from ..access import Permission, requires
from ..blueprint import bp
from ..forms.base import bound
from ..forms.courses import LesionForm
from ..queries.courses import course_head
from ..queries.lesions import is_used, lesion_record
from ..queries.risks import inks_of
from ..services import lesions
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page

_SAME = ("kind", "site", "side", "size_mm", "count", "pigmented", "ink_may_darken")


@bp.route("/lesions/<int:lesion_id>/edit", methods=["GET", "POST"])
@requires(Permission.PLAN_TREATMENTS)
def lesions_edit(lesion_id: int) -> Response:
    """Correct a lesion; "Stelle entfernen" takes it out."""
    lesion = lesion_record(lesion_id)
    head, used = course_head(lesion.course_id), is_used(lesion)
    values = {name: getattr(lesion, name) for name in _SAME} | {"ink_colours": list(inks_of(lesion.ink_colours))}
    form = bound(LesionForm, version=head.version, lesion=values)

    def action() -> str:
        if "remove" in request.form:
            lesions.remove_lesion(lesion_id, form.version.data)
            notice(kt("Die Stelle ist entfernt."))
        else:
            lesions.change_lesion(lesion_id, form.version.data, form.lesion.form.value())
            notice(kt("Die Stelle ist geändert."))
        return url_for("kostenklar.courses_show", course_id=head.id)

    return carried_out(form, action) or form_page("courses/lesion_edit.html", form, head=head, used=used)
