"""What every page needs around its content: navigation, the person's look, notices, and the words templates may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from flask import Request, Response, current_app, request, session, url_for

from . import clock, formats
from .assets import asset, icon
from .sentences import forbidden, sentence
from .texts import LANGUAGES, LOOK_COOKIE, LazyText, kt, kt_count, language, lazy_kt

Theme = Literal["light", "dark"]
_NOTICES = "kostenklar_notices"
_TEN_YEARS = 10 * 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation; `key` is what a page puts into `nav` to be the current one."""

    key: str
    label: LazyText
    icon: str
    endpoint: str
    permission: str | None


NAVIGATION: Final = (
    NavItem("home", lazy_kt("Heute"), "house-door", "kostenklar.home_show", None),
    NavItem("patients", lazy_kt("Patienten"), "people", "kostenklar.patients_list", "see_patients"),
    NavItem("treatments", lazy_kt("Behandlungen"), "clipboard2-pulse", "kostenklar.treatments_list", "see_patients"),
    NavItem(
        "clarifications", lazy_kt("Kostenklärung"), "envelope-paper", "kostenklar.clarifications_list", "see_patients"
    ),
    NavItem("invoices", lazy_kt("Rechnungen"), "receipt", "kostenklar.invoices_list", "see_patients"),
)


def nav_items(may: Callable[[str], bool]) -> list[NavItem]:
    """The entries this person may open; one without a page behind it is left out."""
    return [
        item
        for item in NAVIGATION
        if item.endpoint in current_app.view_functions and (item.permission is None or may(item.permission))
    ]


def sign_out_url() -> str | None:
    """Where "Abmelden" leads: the host names its endpoint in KOSTENKLAR_SIGN_OUT_ENDPOINT, or there is no such link."""
    endpoint = current_app.config.get("KOSTENKLAR_SIGN_OUT_ENDPOINT")
    return url_for(endpoint) if endpoint else None


def page_url(endpoint: str) -> str | None:
    """The address of one of our pages without arguments, None where it does not exist."""
    return url_for(endpoint) if endpoint in current_app.view_functions else None


def theme(asked: Request | None = None) -> Theme:
    """Light unless the person chose dark (second part of the look cookie)."""
    parts = (asked or request).cookies.get(LOOK_COOKIE, "").split(".")
    return "dark" if len(parts) > 1 and parts[1] == "dark" else "light"


def remember_look(answer: Response, chosen_language: str, chosen_theme: str) -> None:
    """Set the look cookie, e.g. de.dark; raises ValueError for what we do not have."""
    if chosen_language not in LANGUAGES or chosen_theme not in ("light", "dark"):
        raise ValueError(f"no such look: {chosen_language}.{chosen_theme}")
    answer.set_cookie(
        LOOK_COOKIE,
        f"{chosen_language}.{chosen_theme}",
        max_age=_TEN_YEARS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )


def notice(text: str, state: str = "done") -> None:
    """Say `text` on top of the next page. Our own session key: Flask's flash() would swallow the host's messages."""
    session[_NOTICES] = [*session.get(_NOTICES, []), [state, text]]


def take_notices() -> list[tuple[str, str]]:
    """(state, text) of the waiting notices, which are then taken; leaves a session without any untouched."""
    if _NOTICES not in session:
        return []
    return [(state, text) for state, text in session.pop(_NOTICES)]


def template_words() -> dict[str, object]:
    """For the blueprint's context_processor: what our templates may say. The host's Jinja stays as it is.

    The host of these words adds: may(permission) -> bool, csp_nonce() -> str, actor (.name), practice_name, site_name.
    """
    return {
        "kt": kt,
        "kt_count": kt_count,
        "language": language,
        "theme": theme,
        "asset": asset,
        "icon": icon,
        "sentence": sentence,
        "forbidden": forbidden,
        "nav_items": nav_items,
        "sign_out_url": sign_out_url,
        "page_url": page_url,
        "take_notices": take_notices,
        "today": clock.today,
        **{name: getattr(formats, name) for name in _FORMATS},
    }


_FORMATS: Final = (
    "day",
    "long_day",
    "clock",
    "instant",
    "iso",
    "money",
    "factor",
    "percent",
    "area",
    "quantity",
    "number",
    "person_name",
    "age",
    "law",
)
