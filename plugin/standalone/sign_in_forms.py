"""The forms of the sign-in: one answer for every wrong guess, slower after many, a sentence beside each empty field."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any, Final

from flask import after_this_request
from flask_security import (
    ChangePasswordForm,
    LoginForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
    lookup_identity,
)
from flask_security.forms import Form
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length

from ..clock import now
from ..texts import kt, kt_count, lazy_kt
from . import lockout, trail
from .accounts import folded
from .desk import address, engine, seat
from .records import Account

_LONGEST_PASSWORD: Final = 200


class SignInForm(LoginForm):
    """Name and password. Flask-Security looks up `ifield`; e-mail and "remember me" are left out."""

    email = None  # type: ignore[assignment]  # WTForms' way to leave a field out
    remember = None  # type: ignore[assignment]
    login = StringField(lazy_kt("Anmeldename"), [Length(max=60)])

    def validate(self, **more: Any) -> bool:
        """One sentence for an unknown name, a wrong password and an account that is too often tried."""
        if not _filled(self, login=kt("Der Anmeldename fehlt."), password=kt("Das Passwort fehlt.")):
            return False
        login = folded(self.login.data or "")
        counters = lockout.counters(login, address())
        account: Account | None = lookup_identity(login)  # type: ignore[assignment]  # our own class
        if not _may_try(self, counters, account.id if account else None):
            return False
        self.ifield, self.user = self.login, account
        if super().validate(**more):
            lockout.take_back(engine(), counters, now())
            return True
        if not self.user_authenticated:
            self.login.errors = self.password.errors = []
            self.form_errors.append(kt("Anmeldename oder Passwort stimmt nicht. Bitte prüfen Sie beides."))
            _failed(account)
        return _refuse()


class TelephoneForm(TwoFactorSetupForm):
    """Set the telephone up, or no longer ask for it: two buttons named "setup", no list of methods."""

    setup = StringField()  # type: ignore[assignment]  # the same data without Flask-Security's list


class NoRescueForm(Form):
    """Flask-Security builds one beside the code; ours has nothing to choose, the page links to a sentence."""

    help_setup = StringField()


class CodeForm(TwoFactorVerifyCodeForm):
    """The six digits of the second factor; wrong ones count like wrong passwords."""

    def validate(self, **more: Any) -> bool:
        """As SignInForm; the digits may be typed in groups."""
        self.code.data = "".join((self.code.data or "").split())
        if not _filled(self, code=kt("Der Code fehlt. Er hat sechs Ziffern.")):
            return False
        account: Account = self.user  # type: ignore[assignment]  # set by the view, of our own class
        counters = lockout.counters(account.login, address())
        if not _may_try(self, counters, account.id):
            return False
        if super().validate(**more):
            lockout.take_back(engine(), counters, now())
            return True
        _failed(account)
        return _refuse()


class NewPasswordForm(ChangePasswordForm):
    """The own password; a wrong present one counts like a wrong sign-in."""

    def validate(self, **more: Any) -> bool:
        """As SignInForm."""
        if not _filled(
            self,
            password=kt("Ihr bisheriges Passwort fehlt."),
            new_password=kt("Das neue Passwort fehlt."),
            new_password_confirm=kt("Bitte geben Sie das neue Passwort ein zweites Mal ein."),
        ):
            return False
        return _checked_for_seat(self, super().validate, **more)


class ConfirmForm(VerifyForm):
    """The password once more, before the second factor may be changed."""

    def validate(self, **more: Any) -> bool:
        """As SignInForm."""
        if not _filled(self, password=kt("Das Passwort fehlt.")):
            return False
        return _checked_for_seat(self, super().validate, **more)


def _checked_for_seat(form: FlaskForm, check: Any, **more: Any) -> bool:
    """Whether the signed-in person's form is good; only a wrong password counts as a failure."""
    here = seat()
    counters = lockout.counters(here.login if here else "", address())
    if not _may_try(form, counters, here.account_id if here else None):
        return False
    good: bool = check(**more)
    if good or not form.password.errors:
        lockout.take_back(engine(), counters, now())
    return good or _refuse()


def _filled(form: FlaskForm, **sentences: str) -> bool:
    """Whether the page is fresh and every field has something in it; else each empty one gets its sentence."""
    good = FlaskForm.validate(form)
    for name, sentence in sentences.items():
        field = form[name]
        if not (field.data or "").strip():
            field.errors = [sentence]
            good = False
        elif "password" in name and len(field.data) > _LONGEST_PASSWORD:
            field.errors = [kt("Ein Passwort hat höchstens 200 Zeichen.")]
            good = False
    if "csrf_token" in form and form.csrf_token.errors:
        form.csrf_token.errors = []
        form.form_errors.append(kt("Diese Seite war zu lange offen. Bitte senden Sie sie noch einmal."))
    return good or _refuse()


def _may_try(form: FlaskForm, counters: tuple[lockout.Counter, ...], account_id: int | None) -> bool:
    wait = lockout.enter(engine(), counters, now())
    if not wait:
        return True
    minutes = math.ceil(wait / dt.timedelta(minutes=1))
    form.form_errors.append(
        kt_count(
            "Zu viele Versuche hintereinander. In einer Minute können Sie es wieder versuchen.",
            "Zu viele Versuche hintereinander. In {count} Minuten können Sie es wieder versuchen.",
            minutes,
        )
    )
    trail.note(engine(), "slowed", account_id, address(), now())
    return _refuse(429, math.ceil(wait.total_seconds()))


def _failed(account: Account | None) -> None:
    trail.note(engine(), "failed", account.id if account else None, address(), now())


def _refuse(status: int = 422, retry_after: int = 0) -> bool:
    """Flask-Security would answer 200; the page stays the same."""

    @after_this_request
    def answer(response: Any) -> Any:
        if response.status_code == 200:
            response.status_code = status
            if retry_after:
                response.headers["Retry-After"] = str(retry_after)
        return response

    return False
