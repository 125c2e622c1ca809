"""What every form view shares: run the use case in one transaction, or show the form again with nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from ...models.rules.severity import RuleBroken
from ...models.rules.states import StepNotAllowed
from ...reports.content.base import PaperContradictsItself, PaperDoesNotAddUp
from ..errors import AlreadyDone, StalePage
from ..extension import session
from ..formats import clock
from ..forms.base import KostenklarForm
from ..sentences import sentence
from ..texts import kt
from ..unit_of_work import unit_of_work

_TROUBLE = (RuleBroken, StepNotAllowed, StalePage, PaperDoesNotAddUp, PaperContradictsItself)


def carried_out(form: KostenklarForm, action: Callable[[], str]) -> AnyResponse | None:
    """On a valid POST run `action` (which gives the address to go to) and redirect; else None: show the form.

    A broken rule becomes a sentence over the form; a stale page keeps what was typed, says who changed it, and takes
    over the new version, so that sending once more is a decision. The same form twice leads to the first result.
    """
    if request.method != "POST" or not form.validate():
        return None
    try:
        with unit_of_work(once=form.once.data or "") as work:
            work.leads_to = action()
    except AlreadyDone as done:
        return redirect(done.leads_to or request.path, 303)
    except _TROUBLE as trouble:
        session().rollback()
        _explain(form, trouble)
        return None
    return redirect(work.leads_to, 303)


def form_page(template: str, form: KostenklarForm, **facts: Any) -> Response:
    """The form's page; 422 with problems, 409 where somebody was faster."""
    status = 200
    if form.problems():
        status = g.get("kostenklar_status", 422)
    return make_response(render_template(f"kostenklar/{template}", form=form, **facts), status)


def _explain(form: KostenklarForm, trouble: Exception) -> None:
    """Put into words, over the form, why the use case did not run."""
    if isinstance(trouble, RuleBroken):
        for finding in trouble.findings:
            form.add_problem(None, sentence(finding))
    elif isinstance(trouble, StalePage):
        _take_over(form, trouble)
    elif isinstance(trouble, StepNotAllowed):
        form.add_problem(None, kt("Dieser Schritt ist nicht mehr möglich. Bitte sehen Sie den Stand noch einmal an."))
    else:
        why = str(trouble)
        form.add_problem(None, kt("Das Dokument widerspricht sich und wurde nicht ausgestellt: {why}", why=why))


def _take_over(form: KostenklarForm, stale: StalePage) -> None:
    g.kostenklar_status = 409
    who = stale.changed_by or kt("Jemand anderes")
    when = clock(stale.changed_at) if stale.changed_at else ""
    told = kt(
        "{who} hat diese Seite um {when} geändert. Ihre Eingaben stehen unten, bitte vergleichen Sie.",
        who=who,
        when=when,
    )
    form.add_problem(None, told)
    if stale.version is not None:
        form.version.raw_data = None
        form.version.data = stale.version
