"""The blueprint with all views, and what happens around each of them: rights, headers, errors. On our pages only."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, NoReturn

from flask import Blueprint, Response, current_app, g, request
from flask.sansio.blueprints import BlueprintSetupState
from jinja2 import FileSystemLoader, PrefixLoader

from .access import Permission, may, practices, require, requires
from .assets import register_assets
from .errors import NotAllowed, NotFound
from .extension import actor, extension
from .guard import check_database
from .headers import csp_nonce, protect
from .problems import register_problems
from .shell import template_words
from .texts import choose_language, use_language

MEGABYTE = 1024 * 1024
_LARGEST_ID = 2**63 - 1
_MINUTE = 60.0  # seconds
MAX_BODY = 128 * MEGABYTE  # larger bodies are not even read; a smaller file that is too large gets its sentence
_TEMPLATES = Path(__file__).parent.parent / "templates" / "kostenklar"
_OF_ONE_REQUEST = ("kostenklar_reached", "kostenklar_who", "kostenklar_broken", "kostenklar_nonce")

bp = Blueprint("kostenklar", __name__)
# only names below kostenklar/: what else lies beside them is not a host's to find
bp.jinja_loader = PrefixLoader({"kostenklar": FileSystemLoader(_TEMPLATES)})


@bp.url_value_preprocessor
def prepare(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Runs before a host's own before_request, so that a large upload never fails there.

    The tablet's pages need no sign-in: they read no more than a few signatures.
    """
    largest = max(MAX_BODY, (extension().settings.scan_max_mb + 8) * MEGABYTE)
    request.max_content_length = MEGABYTE if (endpoint or "").startswith("kostenklar.tablet_") else largest
    request.max_form_memory_size, request.max_form_parts = MEGABYTE, 1000
    use_language(choose_language(request))


@bp.teardown_request
def leave(_error: BaseException | None) -> None:
    """Nothing known of one request is carried into the next (an app context may outlive it); no upload stays open."""
    for name in _OF_ONE_REQUEST:
        g.pop(name, None)
    request.close()


@bp.before_request
def admit() -> None:
    """A view without a permission is closed, and so is all of a practice to a person who belongs to none."""
    g.kostenklar_reached = True
    view = current_app.view_functions[request.endpoint or ""]
    permission: Permission | None = getattr(view, "permission", None)
    if permission is None:
        raise NotAllowed(request.endpoint or "")
    if permission is not Permission.OPEN:
        check_database()
        require(permission)
        if permission is not Permission.OWN_SETTINGS and not practices():
            raise NotAllowed("practice")
        if any(isinstance(value, int) and value > _LARGEST_ID for value in (request.view_args or {}).values()):
            raise NotFound  # no such row can exist, and SQLite could not even look for it


@bp.after_request
def harden(response: Response) -> Response:
    """Strict headers on our own responses; a page that a host's hook shows in place of ours keeps the host's."""
    return protect(response) if "kostenklar_reached" in g else response


@bp.context_processor
def words() -> dict[str, Any]:
    """What our templates may say; a broken database is not asked who sits there."""
    who = actor() if "kostenklar_broken" not in g else None
    place = _place() if who else ("", "")
    return template_words() | {
        "may": may,
        "csp_nonce": csp_nonce,
        "actor": who,
        "practice_name": place[0],
        "site_name": place[1],
    }


def _place() -> tuple[str, str]:
    """The practice and site in the top bar, read anew after a minute: another worker may have changed them."""
    from .queries.practice import place

    who = actor()
    key = who.practices[0] if who and who.practices else 0
    if not key:
        return ("", "")
    cache: dict[int, tuple[float, tuple[str, str]]] = extension().state.setdefault("places", {})
    if key not in cache or time.monotonic() - cache[key][0] > _MINUTE:
        cache[key] = (time.monotonic(), place(key))
    return cache[key][1]


@requires(Permission.OPEN)
def nowhere_show(_rest: str) -> NoReturn:
    """An address or a method that no page of ours has; without it the host's pages would answer below our prefix."""
    raise NotFound


def _catch_all(state: BlueprintSetupState) -> None:
    if (state.url_prefix or "").strip("/"):  # mounted at the root, the rest is the host's
        methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
        state.add_url_rule("/<path:_rest>", "nowhere_show", nowhere_show, methods=methods)


def _mount() -> None:
    """Views register themselves on the blueprint when they are imported."""
    from . import views

    register_assets(bp)
    register_problems(bp)
    views.load()
    bp.record(_catch_all)


_mount()
