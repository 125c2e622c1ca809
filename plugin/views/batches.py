"""Batches: many invoices issued, printed or reminded of in one go; their list, their start and how far each is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.rules.batch_states import WORKING, ItemState
from .. import clock, jobs
from ..access import Permission, may, practices, requires
from ..blueprint import bp
from ..forms.base import KostenklarForm, bound
from ..forms.batches import FORMS, BeginForm, HoldForm
from ..queries.batch_candidates import candidates
from ..queries.batches import batch_kind, batch_list, batch_page
from ..queries.practice import own_practice
from ..services import batches
from ..services.batch_print import joined_part
from . import batch_words as words
from .papers import shown_file
from .sending import carried_out, form_page

ASKED: Final = ["GET", "POST"]
_REFRESHED: Final = "3"  # seconds


@bp.route("/invoices/batches")
@requires(Permission.SEE_PATIENTS)
def batches_list() -> str:
    """The latest first."""
    after = words.read_number(request.args.get("after", ""))
    rows, more = batch_list(after)
    return render_template("kostenklar/batches/list.html", rows=rows, more=more, started=after, words=words)


@bp.route("/invoices/batches/new", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def batches_new() -> AnyResponse:
    """Which invoices there are for it; a batch of all of them."""
    kind = words.read_kind(request.args.get("kind", ""))
    form = bound(FORMS[kind], pay_until=clock.today() + words.days_to_pay(own_practice()))
    practice_id = practices()[0]

    def start() -> str:
        ids = candidates(practice_id, kind, clock.today()).ids
        return _url(batches.start_batch(practice_id, kind, ids, form.wanted()))

    if (sent := carried_out(form, start)) is not None:
        return _kicked(sent)
    found = candidates(practice_id, kind, clock.today())
    return form_page("batches/new.html", form, kind=kind, found=found, words=words)


@bp.route("/invoices/batches/<int:batch_id>")
@requires(Permission.SEE_PATIENTS)
def batches_show(batch_id: int) -> Response:
    """How far it is, what was left out or refused and why, and the papers to print."""
    return _page(batch_id, None)


@bp.route("/invoices/batches/<int:batch_id>/begin", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def batches_begin(batch_id: int) -> AnyResponse:
    """Do what was looked through."""
    form = bound(BeginForm)
    return _step(batch_id, form, lambda: batches.begin_batch(batch_id, with_warned=bool(form.with_warned.data)))


@bp.route("/invoices/batches/<int:batch_id>/stop", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def batches_stop(batch_id: int) -> AnyResponse:
    """Hold it, or put it away before it has begun."""
    return _step(batch_id, bound(HoldForm), lambda: batches.stop_batch(batch_id))


@bp.route("/invoices/batches/<int:batch_id>/resume", methods=ASKED)
@requires(Permission.ISSUE_INVOICES)
def batches_resume(batch_id: int) -> AnyResponse:
    """Go on with it."""
    return _step(batch_id, bound(HoldForm), lambda: batches.resume_batch(batch_id))


@bp.route("/invoices/batches/<int:batch_id>/papers/<int:part>.pdf")
@requires(Permission.SEE_PATIENTS)
def batches_papers(batch_id: int, part: int) -> Response:
    """So many of its papers as a printer takes at once, as one file."""
    content, name = joined_part(batch_id, part)
    return shown_file(content, "application/pdf", words.file_name(name))


def _step(batch_id: int, form: KostenklarForm, action: Callable[[], None]) -> AnyResponse:
    def step() -> str:
        action()
        return _url(batch_id)

    batch_kind(batch_id)  # a foreign practice's is not there, whatever was asked
    if request.method == "GET":
        return redirect(_url(batch_id), 303)
    sent = carried_out(form, step)
    return _page(batch_id, form) if sent is None else _kicked(sent)


def _kicked(sent: AnyResponse) -> AnyResponse:
    """The work begins once it is committed."""
    jobs.work_off_batches()
    return sent


def _page(batch_id: int, sent: KostenklarForm | None) -> Response:
    group = words.read_group(request.args.get("group", ""))
    after = words.read_number(request.args.get("after", "")) or 0
    page = batch_page(batch_id, group, after)
    begin = sent if isinstance(sent, BeginForm) else bound(BeginForm)
    answer = form_page(
        "batches/show.html",
        sent or begin,
        begin=begin,
        hold=bound(HoldForm),
        page=page,
        words=words,
        started=after > 0,
        step=words.next_step(page, allowed=may(batches.PERMISSIONS[page.batch.kind])),
        groups=ItemState,
    )
    if page.batch.state in WORKING and not page.stalled and request.method == "GET":
        answer.headers["Refresh"] = _REFRESHED  # the page shows how far it is, without a script
    return answer


def _url(batch_id: int) -> str:
    return url_for("kostenklar.batches_show", batch_id=batch_id)
