"""The fields for texts and choices: they keep what was typed when it is wrong, and say what to do."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from wtforms import BooleanField, Field, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # types-WTForms describes 3.2, this came with 3.3
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget, TextArea, TextInput

from ..texts import kt, lazy_kt
from .validators import Unreadable, check_text, tidy

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
NO_SUCH_CHOICE = lazy_kt("Diesen Eintrag gibt es hier nicht. Bitte wählen Sie einen aus der Liste.")


class Asked(Field):
    """A field that is required unless told otherwise and says in one sentence what is missing."""

    missing = lazy_kt("„{label}“ fehlt noch.")
    looks: ClassVar[str] = "text"
    inputmode: ClassVar[str] = ""
    width: ClassVar[int] = 6

    def __init__(self, label: str = "", *, required: bool = True, missing: str = "", unit: str = "", **kw: Any) -> None:
        super().__init__(label, **kw)
        self.unit = unit
        if missing:
            self.missing = lazy_kt(str.__str__(missing))
        if required:
            self.flags.required = True

    def pre_validate(self, form: object) -> None:
        """Stop at what could not be read; ask for what is required; let an empty optional field pass unchecked."""
        if self.process_errors:
            raise StopValidation
        if self.data in (None, ""):
            raise StopValidation(kt(self.missing, label=self.label.text) if self.flags.required else "")


class TextField(Asked):
    """One line of text, tidied; "" where nothing was typed. Refuses control characters and what no paper can print."""

    widget: Any = TextInput()
    multiline: ClassVar[bool] = False

    def __init__(self, label: str = "", *, longest: int = 200, **kw: Any) -> None:
        super().__init__(label, **kw)
        self.longest = longest

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = tidy(str(valuelist[0]), multiline=self.multiline)
            check_text(self.data, longest=self.longest, multiline=self.multiline)

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


class LongTextField(TextField):
    """Several lines of text."""

    widget = TextArea()
    looks = "area"
    width = 12
    multiline = True

    def __init__(self, label: str = "", *, longest: int = 4000, **kw: Any) -> None:
        super().__init__(label, longest=longest, **kw)


class PhoneField(TextField):
    """A telephone number as people write it: digits, spaces, + / ( ) and -, three to twenty digits."""

    inputmode = "tel"
    missing = lazy_kt("Die Telefonnummer fehlt.")

    def __init__(self, label: str = "", **kw: Any) -> None:
        super().__init__(label, **{"longest": 40, **kw})

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        digits = sum(char in "0123456789" for char in self.data or "")
        if self.data and not (3 <= digits <= 20 and set(self.data) <= set("0123456789 +/()-")):
            raise Unreadable(kt("Das ist keine Telefonnummer. Zum Beispiel 0221 5550148."))


class _Chosen(Asked):
    """One of a few: shared by lists and radio rows; None where an optional one was left open."""

    missing = lazy_kt("Bei „{label}“ fehlt die Auswahl.")

    def pre_validate(self, form: object) -> None:
        super().pre_validate(form)
        if not any(choice.selected for choice in self.iter_choices()):  # type: ignore[attr-defined]  # of SelectField
            raise StopValidation(str(NO_SUCH_CHOICE))


def _or_none(coerce: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if value in ("", None):
            return None
        try:
            found = coerce(value)
        except ArithmeticError as error:  # Decimal's own kind of ValueError
            raise ValueError(value) from error
        if isinstance(found, Decimal) and not found.is_finite():  # "sNaN" is a Decimal that cannot be compared
            raise ValueError(value)
        return found

    return read


class ListField(_Chosen, SelectField):
    """A list to choose from; `blank` is the words of an empty first entry ("" for none)."""

    looks = "list"

    def __init__(
        self,
        label: str = "",
        *,
        choices: Sequence[SelectChoice] = (),
        coerce: Callable[[Any], Any] = str,
        blank: str = "",
        **kw: Any,
    ) -> None:
        first = [SelectChoice("", blank)] if blank else []
        super().__init__(
            label, choices=[*first, *choices], coerce=_or_none(coerce), invalid_value_message=NO_SUCH_CHOICE, **kw
        )


class RadioRow(_Chosen, RadioField):
    """Few choices side by side."""

    looks = "radio"
    width = 12

    def __init__(
        self, label: str = "", *, choices: Sequence[SelectChoice] = (), coerce: Callable[[Any], Any] = str, **kw: Any
    ) -> None:
        super().__init__(
            label, choices=list(choices), coerce=_or_none(coerce), invalid_value_message=NO_SUCH_CHOICE, **kw
        )


class TicksField(SelectMultipleField):
    """Any of a few, as boxes to tick; `must` is the sentence that asks for at least one."""

    looks: ClassVar[str] = "ticks"
    width: ClassVar[int] = 12
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str = "", *, choices: Sequence[SelectChoice] = (), must: str = "", **kw: Any) -> None:
        super().__init__(label, choices=list(choices), **kw)
        self.must = must
        if must:
            self.flags.required = True

    def pre_validate(self, form: object) -> None:
        offered: Any = self.iter_choices()
        if set(self.data or ()) - {choice.value for choice in offered}:
            raise StopValidation(str(NO_SUCH_CHOICE))
        if self.must and not self.data:
            raise StopValidation(str(self.must))


class CheckField(BooleanField):
    """A box to tick; with `must` the sentence that asks for it."""

    looks: ClassVar[str] = "check"
    width: ClassVar[int] = 12

    def __init__(self, label: str = "", *, must: str = "", **kw: Any) -> None:
        super().__init__(label, **kw)
        self.must = must
        if must:
            self.flags.required = True

    def pre_validate(self, form: object) -> None:
        if self.must and not self.data:
            raise ValidationError(str(self.must))


class VersionField(Field):
    """The version of the record that the page showed, as int; None on a page that makes a new one."""

    widget = HiddenInput()

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist and valuelist[0]:
            text = str(valuelist[0])
            self.data = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
            if self.data is None:
                raise Unreadable(kt("Diese Seite ist veraltet. Bitte öffnen Sie sie neu."))


def draw_token() -> str:
    """A new once-token."""
    return secrets.token_urlsafe(18)


class OnceField(Field):
    """The form's once-token; what is none of ours (it would not fit its column) counts as a new one."""

    widget = HiddenInput()

    def _value(self) -> str:
        return str(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            text = str(valuelist[0])
            self.data = text if _TOKEN.fullmatch(text) else draw_token()


def choices(entries: Sequence[tuple[Any, str]]) -> list[SelectChoice]:
    """(value, label) pairs as WTForms 3.3 wants them."""
    return [SelectChoice(str(value), label) for value, label in entries]


def enum_choices(labels: Mapping[Any, str]) -> list[SelectChoice]:
    """StrEnum member -> label, in that order; give the enum as `coerce`."""
    return choices(list(labels.items()))
