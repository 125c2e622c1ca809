"""The person who sits here: language and colours of the own screen."""

from __future__ import annotations

from flask import make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ..access import Permission, requires
from ..blueprint import bp
from ..forms.base import bound
from ..forms.person import LookForm
from ..shell import notice, remember_look, theme
from ..texts import kt, language, use_language
from .sending import form_page


@bp.route("/me", methods=["GET", "POST"])
@requires(Permission.OWN_SETTINGS)
def person_show() -> AnyResponse:
    """Choose; nothing is written to the database."""
    form = bound(LookForm, language=language(), theme=theme())
    if request.method != "POST" or not form.validate():
        return form_page("person/show.html", form)
    chosen_language, chosen_theme = form.language.data, form.theme.data
    use_language(chosen_language)
    notice(kt("Gespeichert. Die Wahl gilt für diesen Browser."))
    answer = make_response(redirect(url_for("kostenklar.person_show"), 303))
    remember_look(answer, chosen_language, chosen_theme)
    return answer
