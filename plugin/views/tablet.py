"""The tablet's pages: the only ones without a sign-in. A cookie opens one paper, until it is signed or taken back.

Nothing here asks who is signed in, no page has a navigation, and no address names a record.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.rules.severity import RuleBroken
from .. import pairing
from ..access import Permission, requires
from ..blueprint import bp
from ..clock import now
from ..extension import session
from ..forms.base import bound
from ..forms.signings import AskForm, CodeForm, OpenForm, SignForm, sign_form
from ..guard import check_database
from ..sentences import sentence
from ..services import tablet_signatures, tablets
from ..services.tablets import Sheet, TabletClosed
from ..tablet_texts import CLOSED
from ..texts import kt, use_language

COOKIE: Final = "kostenklar_tablet"
_STATUS: Final = {"nothing": 404, "unknown": 422, "patience": 429, "expired": 409, "elsewhere": 409}
_OVER: Final = ("signed", "ended", "time", "changed")
_View = Callable[..., AnyResponse]


def _on_the_tablet(view: _View) -> _View:
    """Show the page that says why there is no paper (any more), in place of the view's own."""

    @wraps(view)
    def shown(**values: Any) -> AnyResponse:
        check_database()
        try:
            return view(**values)
        except TabletClosed as closed:
            session().rollback()
            answer = _page("closed.html", _STATUS.get(closed.why, 410), why=closed.why, texts=CLOSED[closed.why])
            return _forget(answer) if closed.why in _OVER else answer

    return shown


@bp.route("/tablet", methods=["GET", "POST"])
@requires(Permission.OPEN)
@_on_the_tablet
def tablet_open() -> AnyResponse:
    """Type the code from the desk's screen."""
    form = bound(CodeForm)
    if request.method == "POST" and form.validate():
        try:
            return _paired(pairing.typed(form.code.data))
        except TabletClosed as closed:
            if closed.why not in ("unknown", "expired"):
                raise
            form.add_problem("code", " ".join(map(str, CLOSED[closed.why])))
    return _page("open.html", 422 if form.problems() else 200, form=form)


@bp.route("/tablet/<code>", methods=["GET", "POST"])
@requires(Permission.OPEN)
@_on_the_tablet
def tablet_pair(code: str) -> AnyResponse:
    """The address of the QR code. Looking at it does nothing: a preview of the link must not use the code up."""
    form = bound(OpenForm)
    if request.method == "POST" and form.validate():
        return _paired(pairing.typed(code))
    return _page("pair.html", 422 if form.problems() else 200, form=form)


@bp.route("/tablet/paper", methods=["GET", "POST"])
@requires(Permission.OPEN)
@_on_the_tablet
def tablet_sheet() -> AnyResponse:
    """Read the paper and sign it."""
    cookie = _cookie()
    sheet = tablets.sheet(cookie, now())
    use_language(sheet.language)
    form = bound(sign_form(sheet.lines, sheet.questions))
    if request.method == "POST" and form.validate():
        if not _proven(form, cookie):
            form = sign_form(sheet.lines, sheet.questions)(formdata=None)
            form.add_problem(None, kt("Diese Seite gehörte zu einem anderen Blatt. Bitte lesen Sie dieses hier."))
        elif _signed(form, sheet, cookie):
            return _forget(redirect(url_for("kostenklar.tablet_end"), 303))
    form.proof.data = pairing.proof_of(_secret(cookie))
    answer = _page("paper.html", 422 if form.problems() else 200, form=form, sheet=sheet)
    seconds = max(1, int((sheet.ends_at - now()).total_seconds()) + 1)
    answer.headers["Refresh"] = f"{seconds}; url={url_for('kostenklar.tablet_sheet')}"  # without a script, too
    return answer


@bp.route("/tablet/paper/question", methods=["POST"])
@requires(Permission.OPEN)
@_on_the_tablet
def tablet_ask() -> AnyResponse:
    """Tell the desk that there is a question; the paper stays open."""
    cookie, form = _cookie(), bound(AskForm)
    if form.validate() and _proven(form, cookie):
        tablets.ask(cookie, now())
    return redirect(url_for("kostenklar.tablet_sheet"), 303)


@bp.route("/tablet/paper.pdf")
@requires(Permission.OPEN)
@_on_the_tablet
def tablet_pdf() -> AnyResponse:
    """The paper as it was issued, to this tablet only."""
    from .papers import shown_file

    content, name = tablets.paper_of(_cookie(), now())
    return shown_file(content, "application/pdf", name)


@bp.route("/tablet/paper/state")
@requires(Permission.OPEN)
@_on_the_tablet
def tablet_state() -> AnyResponse:
    """204 while the paper is open here; else the page that says why not."""
    tablets.look(_cookie(), now())
    return Response(status=204)


@bp.route("/tablet/end")
@requires(Permission.OPEN)
def tablet_end() -> AnyResponse:
    """Thank you; nothing about anybody."""
    return _page("closed.html", 200, why="signed", texts=CLOSED["signed"])


def _paired(code: str) -> AnyResponse:
    if not code:
        raise TabletClosed("unknown")
    paired = tablets.pair(code, request.remote_addr or "", now())
    answer = redirect(url_for("kostenklar.tablet_sheet"), 303)
    answer.set_cookie(
        COOKIE, paired.cookie, path=_path(), httponly=True, samesite="Strict", secure=request.is_secure
    )  # fmt: skip
    return answer


def _signed(form: SignForm, sheet: Sheet, cookie: str) -> bool:
    """Whether the paper is signed now; else the form says what is missing."""
    drawings, answers = form.drawings(len(sheet.lines)), form.answers(len(sheet.questions))
    try:
        tablet_signatures.sign(cookie, drawings, answers, now())
    except RuleBroken as broken:
        for finding in broken.findings:
            line = finding.facts.get("line", "")
            form.add_problem(f"strokes_{int(line) - 1}" if line else None, sentence(finding))
        return False
    return True


def _proven(form: AskForm, cookie: str) -> bool:
    return pairing.same(form.proof.data or "", pairing.proof_of(_secret(cookie)))


def _cookie() -> str:
    return request.cookies.get(COOKIE, "")


def _secret(cookie: str) -> str:
    return cookie.partition(".")[2]


def _path() -> str:
    return url_for("kostenklar.tablet_open")


def _forget(answer: Any) -> AnyResponse:
    answer.delete_cookie(COOKIE, path=_path(), httponly=True, samesite="Strict", secure=request.is_secure)
    return answer  # type: ignore[no-any-return]  # the same response


def _page(template: str, status: int, **facts: Any) -> Response:
    answer = make_response(render_template(f"kostenklar/tablet/{template}", **facts), status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
