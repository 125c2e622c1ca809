"""Text that was typed into a form but sent after the time-out: kept for the same account, and given back once."""

from __future__ import annotations

import datetime as dt
import json
from typing import Final
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Request, current_app, g, request
from sqlalchemy import delete, insert, select
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from ..clock import now
from .desk import engine, last_account_id, seat
from .keys import derived
from .records import TypedText

KEPT_FOR: Final = dt.timedelta(hours=12)
_MOST: Final = 200_000  # characters; no form of ours comes near
_NEVER: Final = ("csrf", "password", "passwort", "secret", "once")


def keep_typed() -> str:
    """Keep this POST's text fields if somebody sat here before; where its form stands (path and query)."""
    back = _form_page()
    account_id = last_account_id()
    fields = _sent_fields()
    content = json.dumps(fields)
    if account_id is None or not fields or len(content) > _MOST:
        return back
    row = {
        "account_id": account_id,
        "path": urlsplit(back).path[:500],
        "fields": _box().encrypt(content.encode()),
        "posted_to": request.path,
        "kept_at": now(),
    }
    mine = (TypedText.account_id == account_id) & (TypedText.path == row["path"])
    with engine().begin() as connection:
        connection.execute(delete(TypedText).where(mine | (TypedText.kept_at < now() - KEPT_FOR)))
        connection.execute(insert(TypedText).values(row))
    return back


def typed(asked: Request) -> MultiDict[str, str] | None:
    """What the signed-in account had typed into this page's form, once; `_posted_to` is the path it was sent to."""
    here = seat()
    if here is None:
        return None
    if "kostenklar_typed" not in g:  # a page may ask for each of its forms
        g.kostenklar_typed = _taken(here.account_id, asked.path[:500])
    found: MultiDict[str, str] | None = g.kostenklar_typed
    return found


def _taken(account_id: int, path: str) -> MultiDict[str, str] | None:
    mine = (TypedText.account_id == account_id) & (TypedText.path == path)
    with engine().connect() as connection:
        row = connection.execute(
            select(TypedText.fields, TypedText.posted_to).where(mine, TypedText.kept_at > now() - KEPT_FOR)
        ).first()
    if row is None:
        return None
    with engine().begin() as connection:
        connection.execute(delete(TypedText).where(mine))
    try:
        fields = json.loads(_box().decrypt(row.fields))
    except InvalidToken:  # the secret key was changed and the old one is gone
        return None
    return MultiDict([*((str(name), str(text)) for name, text in fields), ("_posted_to", row.posted_to)])


def waiting(account_id: int | None, path: str) -> bool:
    """Whether text of this account waits for this page; the sign-in page says so."""
    with engine().connect() as connection:
        found = select(TypedText.path).where(
            TypedText.account_id == account_id, TypedText.path == path[:500], TypedText.kept_at > now() - KEPT_FOR
        )
        return connection.scalar(found) is not None


def _sent_fields() -> list[tuple[str, str]]:
    try:
        return [(name, text) for name, text in request.form.items(multi=True) if not _is_secret(name)]
    except HTTPException:  # too large, or broken off
        return []


def _form_page() -> str:
    """Where the form stands: the address it was sent to, else the page that it was sent from, else the start."""
    if _answers_get(request.path):
        return request.full_path.rstrip("?")
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc == request.host and _answers_get(came_from.path):
        return came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return "/"


def _answers_get(path: str) -> bool:
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]  # in a request
    except HTTPException:
        return False
    return True


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in _NEVER)


def _box() -> MultiFernet:
    keys = [current_app.config["SECRET_KEY"], *(current_app.config.get("SECRET_KEY_FALLBACKS") or [])]
    return MultiFernet([Fernet(derived(key, "typed text")) for key in keys])
