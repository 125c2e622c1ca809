"""A small host for Kostenklar: Flask, one database, sign-in, and the plugin mounted in it; it knows no rules."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from typing import Any, Final

try:
    import click
    from flask import Flask, Response, redirect, render_template, request, url_for
    from flask.cli import FlaskGroup
    from flask_sqlalchemy import SQLAlchemy
    from sqlalchemy import text
    from sqlalchemy.exc import OperationalError, SQLAlchemyError
    from werkzeug.exceptions import HTTPException, SecurityError
    from werkzeug.middleware.proxy_fix import ProxyFix
    from werkzeug.wrappers import Response as AnyResponse

    import kostenklar
    from kostenklar.plugin.config import WrongSetting
    from kostenklar.plugin.headers import csp_nonce, protect
    from kostenklar.plugin.shell import template_words
    from kostenklar.plugin.standalone import desk, keys, schema, sqlite, typed
    from kostenklar.plugin.standalone.commands import add_commands
    from kostenklar.plugin.standalone.settings import Settings, read_settings
    from kostenklar.plugin.standalone.sign_in import wire_sign_in
    from kostenklar.plugin.texts import choose_language, kt, use_language
except ModuleNotFoundError:
    if __name__ != "__main__":
        raise
    sys.exit("Kostenklar ist noch nicht eingerichtet. Bitte geben Sie ein: make run")

URL_PREFIX: Final = "/kostenklar"
_UNWATCHED: Final = frozenset({"kostenklar.assets_show", "health", None})  # nobody acts in these: no session, no clock

db = SQLAlchemy()


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The standalone application.

    settings: KOSTENKLAR_ names, which win over the environment's, and Flask's own. Raises WrongSetting by its name.
    """
    given = {name: value for name, value in os.environ.items() if name.startswith("KOSTENKLAR_")} | dict(settings or {})
    chosen = read_settings(given)
    drawn = keys.draw_key_files(chosen)
    secret, *older = keys.read_secret_keys(chosen.secret_key_file)
    app = Flask(__name__, instance_path=str(chosen.instance), static_folder=None)
    app.config.update(_config(chosen) | given, SECRET_KEY=secret, SECRET_KEY_FALLBACKS=older)
    app.config.update(KOSTENKLAR_KEYS_FILE=str(chosen.keys_file), KOSTENKLAR_SIGN_OUT_ENDPOINT="security.leave")
    app.extensions["kostenklar_host"] = chosen
    app.extensions["kostenklar_drawn_keys"] = drawn
    if chosen.trusted_proxies:
        hops = chosen.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    db.init_app(app)
    if chosen.is_sqlite:
        with app.app_context():
            sqlite.tell_pragmas(db.engine)
    app.before_request(_receive)
    app.after_request(protect)  # Flask runs these backwards: the way to the sign-in page gets the headers, too
    app.after_request(_lead_to_sign_in)
    app.context_processor(lambda: template_words() | {"csp_nonce": csp_nonce})
    wire_sign_in(app, db, chosen)
    kostenklar.init_app(app, db=db, who=desk.current_actor, url_prefix=URL_PREFIX, typed=typed.typed)
    app.add_url_rule("/", "start", start)
    app.add_url_rule("/healthz", "health", health)
    app.register_error_handler(HTTPException, _problem)
    app.register_error_handler(OperationalError, _database_problem)
    add_commands(app)
    return app


def start() -> AnyResponse:
    """The plugin is all there is."""
    return redirect(f"{URL_PREFIX}/")


def health() -> Response:
    """For whoever watches the service: 200 while the database answers, 503 otherwise, and nothing about anybody."""
    try:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Response("database\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


def _config(chosen: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {"connect_args": {"timeout": 15}} if chosen.is_sqlite else {"pool_pre_ping": True}
    return {
        "SQLALCHEMY_DATABASE_URI": chosen.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": options,
        "SESSION_COOKIE_NAME": "kostenklar_host",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": chosen.secure_cookies,
        "TRUSTED_HOSTS": list(chosen.allowed_hosts) or None,
        "WTF_CSRF_TIME_LIMIT": None,  # a form may stay open over lunch; its token is as old as the session
        "WTF_I18N_ENABLED": False,  # it would look for Flask-Babel
    }


def _receive() -> AnyResponse | None:
    """Before every request: the language, the host's own tables, and who sits there."""
    use_language(choose_language(request))
    if request.endpoint in _UNWATCHED:
        return None
    if not schema.was_current(db.engine):
        sentence = kt(
            "Das Programm ist neuer als die Datenbank. Bitte geben Sie auf dem Server ein: kostenklar upgrade"
        )
        return Response(sentence + "\n", 503, mimetype="text/plain")
    desk.seat()
    return None


def _lead_to_sign_in(response: Response) -> AnyResponse:
    """Where a page says that nobody is signed in: keep what was typed, and come back to its page afterwards."""
    if response.status_code != 401 or desk.seat() is not None:
        return response
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
    return redirect(url_for("security.login", next=typed.keep_typed()), 303)


def _problem(error: HTTPException) -> AnyResponse:
    """A page for what went wrong outside the plugin's own pages."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if isinstance(error, SecurityError):  # without a name to answer to, no page can link to anything
        sentence = kt("Unter diesem Namen antwortet Kostenklar nicht. Welche es sind, sagt KOSTENKLAR_ALLOWED_HOSTS.")
        return Response(sentence + "\n", status, mimetype="text/plain")
    return Response(render_template("standalone/problem.html", status=status), status)


def _database_problem(error: OperationalError) -> AnyResponse:
    """The database is busy or gone; the plugin has pages of its own for that."""
    logging.getLogger("kostenklar").warning("%s", error)
    return Response(render_template("standalone/problem.html", status=503), 503)


def _create_for_commands() -> Flask:
    try:
        return create_app()
    except WrongSetting as wrong:
        raise click.ClickException(str(wrong)) from wrong


cli = FlaskGroup(
    name="kostenklar",
    create_app=_create_for_commands,
    add_default_commands=False,
    add_version_option=False,
    set_debug_flag=False,
    help="Kostenklar: serve it, look after its database and its accounts.",
)

cli.params.clear()  # Flask's -A, -e and --debug: this command knows its application

if __name__ == "__main__":
    from kostenklar.app import cli as installed

    installed(sys.argv[1:] or ["serve"])
