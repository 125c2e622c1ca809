"""Flask-Security wired for a practice: few of its routes, our forms, our pages, our words."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, flash, g, redirect, render_template, request, session, url_for
from flask_login import current_user, user_logged_out
from flask_security import (
    LogoutForm,
    Security,
    SQLAlchemyUserDatastore,
    Totp,
    auth_required,
    password_changed,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
    views,
)
from flask_sqlalchemy import SQLAlchemy
from werkzeug.wrappers import Response

from ..clock import now
from ..texts import kt
from . import desk, lockout, trail, typed
from .accounts import folded
from .keys import derived
from .messages import MESSAGES, Domain
from .records import Account, AccountRole
from .settings import Settings
from .sign_in_forms import CodeForm, ConfirmForm, NewPasswordForm, NoRescueForm, SignInForm, TelephoneForm

_POST: Final = ["POST"]
_BOTH: Final = ["GET", "POST"]


class OneTimeCodes(Totp):
    """A code of the second factor is good for one sign-in only (RFC 6238, 5.2)."""

    def get_last_counter(self, user: Any) -> int | None:
        """The step of the last code that was taken."""
        counter: int | None = user.totp_last_counter
        return counter

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Remember it; Flask-Security commits."""
        user.totp_last_counter = tmatch.counter


def wire_sign_in(app: Flask, db: SQLAlchemy, settings: Settings) -> None:
    """Accounts, sign-in pages and what is written down about them; raises nothing that a setting could cause."""
    app.config.update(_config(app, settings))
    security = Security(
        app,
        SQLAlchemyUserDatastore(db, Account, AccountRole),
        register_blueprint=False,
        login_form=SignInForm,
        change_password_form=NewPasswordForm,
        verify_form=ConfirmForm,
        two_factor_setup_form=TelephoneForm,
        two_factor_rescue_form=NoRescueForm,
        two_factor_verify_code_form=CodeForm,
        totp_cls=OneTimeCodes,
    )
    security.i18n_domain = Domain()  # type: ignore[assignment]  # all that Flask-Security asks of one
    security.login_context_processor(_about_the_time_out)
    security.change_password_context_processor(lambda: {"seat": desk.seat})
    security.want_json(lambda _request: False)  # its JSON side has no place here
    security.login_manager.request_loader(lambda _request: None)  # nor do tokens in the address
    app.register_blueprint(_pages(with_totp=settings.totp != "off"))
    _listen(app)


def _config(app: Flask, settings: Settings) -> dict[str, Any]:
    totp_key = derived(app.config["SECRET_KEY"], "second factor")
    pages = {
        "LOGIN_USER": "sign_in",
        "LOGOUT_USER": "leave",
        "CHANGE_PASSWORD": "password",
        "VERIFY": "confirm",
        "TWO_FACTOR_SETUP": "second_factor",
        "TWO_FACTOR_VERIFY_CODE": "code",
    }
    return {
        **{f"SECURITY_{name}_TEMPLATE": f"standalone/{file}.html" for name, file in pages.items()},
        **MESSAGES,
        "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"login": {"mapper": folded, "case_insensitive": False}}],
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],  # no second secret whose loss would lock everybody out
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_LOGOUT_METHODS": _POST,
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_POST_LOGOUT_VIEW": "security.login",
        "SECURITY_POST_CHANGE_VIEW": "security.account",
        "SECURITY_POST_VERIFY_VIEW": "security.account",
        "SECURITY_FRESHNESS": dt.timedelta(minutes=10),
        "SECURITY_FRESHNESS_GRACE_PERIOD": dt.timedelta(0),
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
        "SECURITY_TWO_FACTOR": settings.totp != "off",
        "SECURITY_TWO_FACTOR_REQUIRED": settings.totp == "required",
        "SECURITY_TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "security.account",
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TOTP_SECRETS": {"1": totp_key},
        "SECURITY_TOTP_ISSUER": "Kostenklar",
    }


def _pages(*, with_totp: bool) -> Blueprint:
    """The routes; Flask-Security finds them under the name "security"."""
    pages = Blueprint("security", __name__)

    def route(rule: str, name: str, view: Any, methods: list[str]) -> None:
        pages.add_url_rule(rule, name, view, methods=methods)

    route("/sign-in", "login", views.login, _BOTH)
    route("/sign-out", "logout", views.logout, _POST)
    route("/sign-out", "leave", leave, ["GET"])
    route("/account", "account", account, ["GET"])
    route("/account/password", "change_password", views.change_password, _BOTH)
    route("/account/confirm", "verify", views.verify, _BOTH)
    if with_totp:
        route("/sign-in/code", "two_factor_token_validation", views.two_factor_token_validation, _BOTH)
        route("/sign-in/no-code", "two_factor_rescue", no_code, ["GET"])
        route("/account/second-factor", "two_factor_setup", views.two_factor_setup, _BOTH)
        route("/account/second-factor/<token>", "two_factor_setup_validate", views.two_factor_setup_validate, _POST)
    return pages


@auth_required("session")
def account() -> str:
    """One's own account: password, second factor, sign-out."""
    return render_template(
        "standalone/account.html",
        seat=desk.seat(),
        security_has_codes=current_app.config["SECURITY_TWO_FACTOR"],
        asks_for_code=bool(current_user.tf_totp_secret),
    )


@auth_required("session")
def leave() -> str:
    """Asks once; the sign-out itself is a POST."""
    return render_template("standalone/leave.html", logout_form=LogoutForm(formdata=None))


def no_code() -> Response:
    """Without the telephone only another person can help."""
    flash(kt("Ohne Ihr Telefon hilft die Praxisleitung. Sie setzt Ihr Passwort zurück, danach genügt das neue."))
    return redirect(url_for("security.login"))


def _about_the_time_out() -> dict[str, object]:
    """For the sign-in page: why one is asked again, and whether typed text waits."""
    timed_out = session.get(desk.TIMED_OUT, False)
    page = urlsplit(request.args.get("next", "")).path
    return {
        "minutes_away": int(desk.idle_limit().total_seconds() // 60) if timed_out else 0,
        "text_waits": bool(page) and typed.waiting(desk.last_account_id(), page),
    }


def _listen(app: Flask) -> None:
    """Module-level receivers: blinker holds them weakly."""
    user_authenticated.connect(_signed_in, app)
    password_changed.connect(_password_changed, app)
    tf_profile_changed.connect(_second_factor, app)
    tf_disabled.connect(_second_factor, app)
    user_logged_out.connect(_signed_out, app)


def _signed_in(_app: Flask, user: Account, authn_via: list[str] | None = None, **_more: Any) -> None:
    _settle()
    desk.sit_down(user)
    if authn_via == ["change"]:  # a new password signs in again by itself
        return
    account_counter, _ = lockout.counters(user.login, desk.address())
    lockout.forget(desk.engine(), account_counter)
    trail.note(desk.engine(), "signed_in", user.id, desk.address(), now())


def _signed_out(_app: Flask, user: Any = None, **_more: Any) -> None:
    desk.stand_up()
    if isinstance(user, Account) and "kostenklar_timing_out" not in g:
        trail.note(desk.engine(), "signed_out", user.id, desk.address(), now())


def _password_changed(_app: Flask, user: Account, **_more: Any) -> None:
    _settle()
    trail.note(desk.engine(), "password_changed", user.id, desk.address(), now())


def _second_factor(_app: Flask, user: Account, **_more: Any) -> None:
    _settle()
    trail.note(desk.engine(), "second_factor", user.id, desk.address(), now())


def _settle() -> None:
    """Commit what Flask-Security changed so far: the tables of the desk are written on another connection."""
    current_app.extensions["sqlalchemy"].session.commit()
