"""Who sits at this desk: the signed-in account, until it signs out or nothing was asked for too long."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import secrets
from dataclasses import dataclass
from typing import Final

from flask import current_app, g, has_request_context, request, session
from flask_login import current_user
from flask_security import logout_user
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import OperationalError

from ..actor import Actor
from ..clock import now
from . import trail
from .records import Account, DeskSession

_DESK: Final = "kostenklar_desk"
_LAST: Final = "kostenklar_last_account"
TIMED_OUT: Final = "kostenklar_timed_out"
_SEEN_EVERY: Final = dt.timedelta(seconds=20)  # one write for many requests
_ASKS_BY_ITSELF: Final = "kostenklar.signings_state"  # a page that waits for the tablet is nobody who sits there


@dataclass(frozen=True, slots=True)
class Seat:
    """The signed-in account as plain values: they outlive a rollback of the request's transaction."""

    account_id: int
    login: str
    actor: Actor


def engine() -> Engine:
    """The host's tables are written on connections of their own, never in the midst of a use case's transaction."""
    found: Engine = current_app.extensions["sqlalchemy"].engine
    return found


def address() -> str:
    """Where the request came from; behind trusted proxies, what they say."""
    return request.remote_addr or ""


def seat() -> Seat | None:
    """Who is signed in and was not away too long. The first question of a request moves the clock on."""
    if "kostenklar_seat" not in g:
        g.kostenklar_seat = _still_here()
    found: Seat | None = g.kostenklar_seat
    return found


def current_actor() -> Actor | None:
    """The plugin's question: who acts. Outside a request nobody does."""
    if not has_request_context():
        return None
    found = seat()
    return found.actor if found else None


def last_account_id() -> int | None:
    """Who sat here last, also after a time-out: to whom typed text belongs."""
    last = session.get(_LAST)
    return last if isinstance(last, int) else None


def sit_down(account: Account) -> None:
    """Somebody signed in: a new token for the cookie, and the old one is worth nothing any more."""
    stand_up()
    token = secrets.token_urlsafe(32)
    if session.get(_LAST) != account.id:
        session.pop(current_app.config.get("WTF_CSRF_FIELD_NAME", "csrf_token"), None)  # another person, other forms
    session[_DESK], session[_LAST] = token, account.id
    session.pop(TIMED_OUT, None)
    with engine().begin() as connection:
        connection.execute(insert(DeskSession).values(token_hash=_hash(token), account_id=account.id, seen_at=now()))
    g.kostenklar_seat = _seat(account)


def stand_up() -> None:
    """Somebody signed out. Sessions that nobody came back to for a day are swept out on the way."""
    token = session.pop(_DESK, "")
    with engine().begin() as connection:
        connection.execute(
            delete(DeskSession).where(
                (DeskSession.token_hash == _hash(token)) | (DeskSession.seen_at < now() - dt.timedelta(days=1))
            )
        )
    g.kostenklar_seat = None


def idle_limit() -> dt.timedelta:
    """How long nothing may be asked before one has to sign in again."""
    return dt.timedelta(minutes=current_app.extensions["kostenklar_host"].idle_minutes)


def _still_here() -> Seat | None:
    if not current_user.is_authenticated:
        return None
    found, mark = _seat(current_user), _hash(session.get(_DESK, ""))
    with engine().connect() as connection:
        seen = connection.scalar(
            select(DeskSession.seen_at).where(
                DeskSession.token_hash == mark, DeskSession.account_id == found.account_id
            )
        )
    if seen is None or now() - seen > idle_limit():
        _time_out(found)
        return None
    if now() - seen > _SEEN_EVERY and request.endpoint != _ASKS_BY_ITSELF:
        _move_clock_on(mark)
    return found


def _move_clock_on(mark: str) -> None:
    try:
        with engine().begin() as connection:
            connection.execute(update(DeskSession).where(DeskSession.token_hash == mark).values(seen_at=now()))
    except OperationalError:  # somebody writes for long: the next request moves it
        logging.getLogger("kostenklar").warning("the session's clock could not be moved on")


def _seat(account: Account) -> Seat:
    roles = frozenset(role.name for role in account.roles)
    actor = Actor(account.actor_key, account.name, roles, tuple(sorted(account.practice_ids)))
    return Seat(account.id, account.login, actor)


def _time_out(left: Seat) -> None:
    """Signed out, but the browser's forms stay good: after signing in again they can still be sent."""
    field = current_app.config.get("WTF_CSRF_FIELD_NAME", "csrf_token")
    forms = session.get(field)
    g.kostenklar_timing_out = True  # its signal must not tell of a sign-out
    logout_user()
    if forms is not None:
        session[field] = forms
    session[TIMED_OUT] = True
    trail.note(engine(), "timed_out", left.account_id, address(), now())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
