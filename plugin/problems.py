"""Turns what went wrong into a page with a sentence; for our blueprint only, never for a host's pages."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, default_exceptions
from werkzeug.wrappers import Response as AnyResponse

from ..models.rules.severity import RuleBroken
from ..models.rules.states import StepNotAllowed
from .database_errors import named
from .errors import (
    AlreadyDone,
    DatabaseBusy,
    DatabaseFull,
    DatabaseGone,
    HostNotReady,
    KostenklarError,
    NotAllowed,
    NotFound,
    NotSignedIn,
    SchemaBehind,
    StalePage,
)
from .headers import protect
from .texts import kt

log = logging.getLogger("kostenklar")

_PAGES: dict[type[Exception], str] = {
    NotSignedIn: "signed_out",
    NotAllowed: "forbidden",
    NotFound: "not_found",
    StalePage: "stale",
    DatabaseBusy: "busy",
    DatabaseGone: "gone",
    DatabaseFull: "full",
    SchemaBehind: "behind",
}


def register_problems(bp: Blueprint) -> None:
    """Attach the handlers to the blueprint.

    For a status Flask asks a host's handler before our general one, so each status is named, too.
    """
    bp.register_error_handler(KostenklarError, _ours)
    bp.register_error_handler(HostNotReady, _host)
    bp.register_error_handler(OperationalError, _database)
    bp.register_error_handler(RuleBroken, _rule)
    bp.register_error_handler(StepNotAllowed, _step)
    bp.register_error_handler(HTTPException, _http)
    for status in default_exceptions:
        bp.register_error_handler(status, _http)
    bp.register_error_handler(Exception, _unexpected)


def _page(name: str, status: int, **facts: object) -> Response:
    """The error's page; where a host's own frame around it breaks, its plain sentence."""
    try:
        answer = make_response(render_template(_template(name), **facts), status)
    except Exception:
        log.exception("the page of error %s cannot be shown", status)
        answer = Response(kt("Das hat nicht geklappt") + ".\n", status, mimetype="text/plain")
    return protect(answer)


def _template(name: str) -> str:
    """The tablet has no navigation and nobody's name on it, also where something went wrong."""
    on_the_tablet = (request.endpoint or "").startswith("kostenklar.tablet_")
    return "kostenklar/tablet/trouble.html" if on_the_tablet else f"kostenklar/errors/{name}.html"


def _ours(error: KostenklarError) -> AnyResponse:
    if isinstance(error, AlreadyDone):
        return redirect(error.leads_to or request.path, 303)
    if isinstance(error, SchemaBehind | DatabaseGone | DatabaseBusy | DatabaseFull):
        log.warning("%s: %s", type(error).__name__, error)
        g.kostenklar_broken = True  # the page must not ask the database who sits there
    return _page(_PAGES.get(type(error), "general"), error.status, error=error)


def _host(error: HostNotReady) -> AnyResponse:
    log.error("%s", error)
    g.kostenklar_broken = True
    return _page("not_ready", 503, error=error)


def _database(error: OperationalError) -> AnyResponse:
    return _ours(named(error))


def _rule(error: RuleBroken) -> AnyResponse:
    return _page("rule", 422, findings=error.findings)


def _step(error: StepNotAllowed) -> AnyResponse:
    return _page("step", 409, error=error)


def _http(error: HTTPException) -> AnyResponse:
    if error.code and error.code < 400:
        return error.get_response()  # a redirect raised as an exception
    if error.code is None or error.code >= 500:
        g.kostenklar_broken = True
    names = {400: "bad_request", 403: "forbidden", 404: "not_found", 405: "not_found", 413: "too_large"}
    return _page(names.get(error.code or 500, "general"), error.code or 500, error=error)


def _unexpected(error: Exception) -> ResponseReturnValue:
    """Ours, unless a hook of the host failed before our page was reached and the host has a handler for it."""
    theirs = None if "kostenklar_reached" in g else _handler_of_the_host(error)
    if theirs is not None:
        answer: ResponseReturnValue = current_app.ensure_sync(theirs)(error)
        return answer
    log.error("unexpected error on %s", request.path, exc_info=error)
    g.kostenklar_broken = True
    return _page("general", 500, error=None)


def _handler_of_the_host(error: Exception) -> Callable[[Any], Any] | None:
    handlers = current_app.error_handler_spec[None][None]
    return next((handlers[kind] for kind in type(error).__mro__ if kind in handlers), None)
