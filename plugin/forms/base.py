"""The form every form of the house is: own CSRF check, version, once-token, our words, problems as links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple, TypeVar

from flask import current_app, request
from flask_wtf import FlaskForm
from flask_wtf.csrf import _FlaskFormCSRF
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, FieldList, FormField
from wtforms.validators import ValidationError

from ..texts import kt, lazy_kt
from .fields import NO_SUCH_CHOICE, OnceField, VersionField, draw_token

_FOR_EVER = 10 * 365 * 24 * 3600


class Problem(NamedTuple):
    """A sentence of the summary and the id of the field it leads to ("" for the whole form)."""

    anchor: str
    text: str


class _CalmCsrf(_FlaskFormCSRF):
    """Flask-WTF's check with a sentence that says what to do."""

    def validate_csrf_token(self, form: Any, field: Any) -> None:
        try:
            super().validate_csrf_token(form, field)
        except ValidationError:
            raise ValidationError(
                kt("Die Anmeldung wurde erneuert. Bitte senden Sie das Formular noch einmal ab.")
            ) from None


class _HouseMessages:
    """WTForms' own messages in our words, independent of any Flask-Babel of the host."""

    _ours: ClassVar[dict[str, str]] = {
        "This field is required.": lazy_kt("Diese Angabe fehlt."),
        "Not a valid choice.": NO_SUCH_CHOICE,
        "Not a valid choice": NO_SUCH_CHOICE,
        "Invalid Choice: could not coerce.": NO_SUCH_CHOICE,
        "Invalid input.": lazy_kt("Diese Angabe ist nicht lesbar. Bitte prüfen Sie sie."),
        "Invalid email address.": lazy_kt("Diese E-Mail-Adresse stimmt nicht. Zum Beispiel name@praxis.de."),
        "Invalid URL.": lazy_kt("Diese Adresse stimmt nicht. Zum Beispiel https://praxis.de."),
    }

    def gettext(self, text: str) -> str:
        ours = self._ours.get(text)
        return text if ours is None else str(ours)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


class KostenklarForm(FlaskForm):
    """`version` is the record's version the page showed, `once` lets a form count only once (see unit_of_work)."""

    version = VersionField()
    once = OnceField(default=draw_token)

    class Meta(FlaskForm.Meta):
        """CSRF is always on: a host that switches Flask-WTF's off has its own reasons, our forms have patients."""

        csrf = True
        csrf_class = _CalmCsrf
        csrf_time_limit = _FOR_EVER  # None would fall back to an hour; the session's end is the end

        def get_translations(self, form: Any) -> _HouseMessages:
            return _HouseMessages()

    def add_problem(self, name: str | None, sentence: str) -> None:
        """Put a sentence beside the field `name`, or over the whole form for None."""
        if name is None:
            self.form_errors.append(sentence)
        else:
            self[name].errors = [*self[name].errors, sentence]

    def problems(self) -> list[Problem]:
        """Every sentence once, in the order of the fields, with the id its link leads to."""
        return list(dict.fromkeys([*_problems(self), *(Problem("", str(text)) for text in self.form_errors)]))


_Form = TypeVar("_Form", bound=KostenklarForm)


def bound(form_class: type[_Form], obj: object = None, **values: Any) -> _Form:
    """The form with what was sent, else with what was typed before a sign-in ran out, else with `obj`."""
    sent = _sent() if request.method == "POST" else _typed_before_sign_in()
    return form_class(formdata=sent, obj=obj, **values)


def _sent() -> MultiDict[str, Any]:
    both: list[MultiDict[str, Any]] = [request.files, request.form]
    return CombinedMultiDict(both)


def _typed_before_sign_in() -> MultiDict[str, Any] | None:
    mounted = current_app.extensions.get("kostenklar")
    typed: MultiDict[str, Any] | None = mounted.typed(request) if mounted is not None else None
    return typed or None


def _problems(fields: Any) -> Iterator[Problem]:
    field: Field
    for field in fields:
        if isinstance(field, FormField | FieldList):
            yield from _problems(field)
            continue
        anchor = "" if field.widget.__class__.__name__ == "HiddenInput" else field.id
        if getattr(field, "looks", "") in ("radio", "ticks"):
            anchor = f"{field.id}-0"
        for text in field.errors:
            yield Problem(anchor, str(text))
