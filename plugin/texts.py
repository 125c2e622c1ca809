"""The words on the screen: German sentences are their own ids, English comes from translations/en.po."""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, cast

from flask import g, has_app_context
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from flask import Request

Language = Literal["de", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("de", "en")
LOOK_COOKIE: Final = "kostenklar_look"
CATALOGUE: Final = Path(__file__).parent / "translations" / "en.po"

_outside_requests: ContextVar[Language] = ContextVar("kostenklar_language", default="de")


class LazyText(str):
    """A German text that turns into the reader's language when it is shown, for labels written at import time."""

    __slots__ = ()

    def __str__(self) -> str:
        return kt(self)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __html__(self) -> Markup:
        return escape(str(self))


def kt(text: str, **facts: object) -> str:
    """The German `text` in the reader's language, `facts` put in for its {names}; escaping is the template's part."""
    text = str.__str__(text)  # a LazyText counts as its German words here
    spoken = _english().get(text) or text if language() == "en" else text
    return spoken.format(**facts) if facts else spoken


def kt_count(one: str, many: str, count: int, **facts: object) -> str:
    """`one` for exactly one thing, `many` for none or several; both may name {count}."""
    return kt(one if count == 1 else many, count=count, **facts)


def lazy_kt(text: str) -> LazyText:
    """`kt` for what is written at import time: form labels, tables of sentences."""
    return LazyText(text)


def language() -> Language:
    """The language of the current request, or of the current context outside requests; German unless chosen."""
    if has_app_context():
        return cast(Language, g.get("kostenklar_language", "de"))
    return _outside_requests.get()


def use_language(chosen: Language) -> None:
    """Speak `chosen` until the request ends; raises ValueError for a language we do not have."""
    if chosen not in LANGUAGES:
        raise ValueError(f"no such language: {chosen!r}")
    if has_app_context():
        g.kostenklar_language = chosen
    else:
        _outside_requests.set(chosen)


def choose_language(request: Request) -> Language:
    """What the person chose (first part of the look cookie), else what the browser asks for, else German."""
    chosen = request.cookies.get(LOOK_COOKIE, "").partition(".")[0]
    if chosen in LANGUAGES:
        return chosen
    return cast(Language, request.accept_languages.best_match(LANGUAGES, "de"))


@cache
def _english() -> dict[str, str]:
    """German id -> English text; read once, on the first English page: Babel is heavy, most desks are German."""
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
