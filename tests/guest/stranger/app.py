"""A stranger's appointment book: everything a grown Flask application has, and Kostenklar mounted in it or not."""

# mypy: ignore-errors
# An application as people write it: db.Model, and a module called models beside it.
from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Flask, Response, abort, g, redirect, render_template, request, session, url_for
from flask_babel import Babel, format_decimal, get_locale, gettext, lazy_gettext
from flask_bootstrap import Bootstrap5
from flask_login import LoginManager, current_user, login_required, login_user
from flask_migrate import Migrate
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.csrf import CSRFError
from jinja2 import Undefined
from sqlalchemy import event, select
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField
from wtforms.validators import DataRequired

import kostenklar
from models import Appointment, Patient, User, db

PRAGMAS = ("foreign_keys=ON", "recursive_triggers=ON", "synchronous=FULL")


class NotPaid(Exception):
    """The stranger's own error, raised by a hook that looks at every request."""


class PatientForm(FlaskForm):
    """Labels and messages come from Flask-Babel."""

    nickname = StringField(lazy_gettext("Nickname"), validators=[DataRequired()])


def create_app(database_url: str, keys_file: str = "", *, mounts: bool = True, **config: Any) -> Flask:
    """The appointment book; keys_file is Kostenklar's, and without mounts there is no Kostenklar."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY="the stranger's own",
        SQLALCHEMY_DATABASE_URI=database_url,
        MAX_CONTENT_LENGTH=256 * 1024,
        SESSION_COOKIE_NAME="appointments",
        BABEL_DEFAULT_LOCALE="fr",
        BOOTSTRAP_SERVE_LOCAL=True,
        KOSTENKLAR_KEYS_FILE=keys_file,
    )
    app.config.update(config)
    db.init_app(app)
    if database_url.startswith("sqlite"):
        _tell_pragmas(app)
    CSRFProtect(app)
    Babel(app, locale_selector=lambda: request.args.get("lang", "fr"))
    Bootstrap5(app)
    told = {"include_name": kostenklar.include_name} if app.config.get("TELLS_FLASK_MIGRATE") else {}
    Migrate(app, db, directory=app.config.get("MIGRATIONS", "migrations"), **told)
    _sign_in(app)
    _habits(app)
    _errors(app)
    _pages(app)
    if mounts:
        kostenklar.init_app(app, db=db, who=current_actor, url_prefix=app.config.get("PREFIX", "/kostenklar"))
    return app


def current_actor() -> kostenklar.Actor | None:
    """Who sits there, in Kostenklar's words."""
    if not current_user.is_authenticated:
        return None
    practices = (current_user.practice_id,) if current_user.practice_id else ()
    return kostenklar.Actor(
        f"user:{current_user.id}", current_user.name, frozenset(current_user.roles.split()), practices
    )


def _tell_pragmas(app: Flask) -> None:
    with app.app_context():

        @event.listens_for(db.engine, "connect")
        def on_connect(connection: Any, _record: object) -> None:
            for pragma in app.config.get("PRAGMAS", PRAGMAS):
                connection.execute(f"PRAGMA {pragma}")


def _sign_in(app: Flask) -> None:
    manager = LoginManager(app)
    manager.login_view = "sign_in"
    manager.user_loader(lambda key: db.session.get(User, int(key)))

    @app.route("/sign-in")
    def sign_in() -> str | AnyResponse:
        if "user" not in request.args:
            return render_template("base.html")
        login_user(db.get_or_404(User, request.args.get("user", 0, int)), remember=True)
        return redirect(url_for("index"))


def _habits(app: Flask) -> None:
    """Hooks and words of its own, some of which Kostenklar has under the same name."""
    app.jinja_env.undefined = app.config.get("UNDEFINED", Undefined)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["money"] = lambda value: f"{value} CHF"
    app.jinja_env.tests["patient"] = lambda value: isinstance(value, Patient)
    app.jinja_env.globals["asset"] = lambda name: f"/their/{name}"
    app.context_processor(lambda: {"language": "français", "icon": "(icon)", "today": "aujourd'hui", "kt": "theirs"})

    @app.before_request
    def count() -> str | None:
        g.language = g.theme = "theirs"
        session["visits"] = session.get("visits", 0) + 1
        if "unpaid" in request.args:
            raise NotPaid
        return "<style>p{color:red}</style>closed for holidays" if "holidays" in request.args else None

    @app.after_request
    def stamp(response: Response) -> Response:
        response.headers["X-Stranger"] = "yes"
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.set_cookie("seen", "1", samesite="Strict")
        return response


def _errors(app: Flask) -> None:
    for status in (400, 401, 403, 404, 405, 413, 422, 500, 503):
        app.register_error_handler(status, _error_page)
    app.register_error_handler(CSRFError, lambda error: (f"theirs: {error.description}", 400))
    app.register_error_handler(NotPaid, lambda _error: ("theirs: not paid", 402))
    app.register_error_handler(ZeroDivisionError, lambda _error: ("theirs: divided", 500))


def _error_page(error: Any) -> tuple[str, int]:
    return render_template("errors/page.html", status=error.code), error.code


def _pages(app: Flask) -> None:
    @app.route("/")
    def index() -> str:
        return render_template(
            "index.html", patients=db.session.scalars(select(Patient)).all(), day=dt.date(2026, 3, 1)
        )

    @app.route("/patients/new", methods=["GET", "POST"])
    def patient_new() -> str | AnyResponse:
        form = PatientForm()
        if form.validate_on_submit():
            patient = Patient(nickname=form.nickname.data)
            db.session.add_all([patient, Appointment(day=dt.date(2026, 3, 1), patient=patient)])
            db.session.commit()
            return redirect(url_for("index"))
        return render_template("form.html", form=form)

    @app.route("/mine")
    @login_required
    def mine() -> str:
        return gettext("%(name)s is signed in", name=current_user.name)

    @app.route("/words")
    def words() -> dict[str, Any]:
        return {"locale": str(get_locale()), "number": format_decimal(1234.5)}

    app.add_url_rule("/crash", "crash", lambda: {}["missing"])
    app.add_url_rule("/divide", "divide", lambda: str(1 / 0))
    app.add_url_rule("/forbidden", "forbidden", lambda: abort(403))
