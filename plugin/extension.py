"""What one mounted Kostenklar knows of its host, kept in app.extensions["kostenklar"]."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Request, current_app, g, has_request_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session, scoped_session
from werkzeug.datastructures import MultiDict

from .actor import Actor, acting
from .config import Settings
from .fifo import FifoLock
from .keys import Keys

Who = Callable[[], Actor | None]
Typed = Callable[[Request], "MultiDict[str, str] | None"]


@dataclass
class Extension:
    """db: the host's Flask-SQLAlchemy. who: who sits there. typed: what was typed before a sign-in ran out."""

    db: SQLAlchemy
    who: Who
    settings: Settings
    keys: Keys
    typed: Typed
    writers: FifoLock = field(default_factory=FifoLock)
    schema_is_current: bool = False
    state: dict[str, Any] = field(default_factory=dict)


def extension(app: Flask | None = None) -> Extension:
    """The Kostenklar mounted in this app."""
    found: Extension = (app or current_app).extensions["kostenklar"]
    return found


def session() -> scoped_session[Session]:
    """The host's session."""
    hosts: scoped_session[Any] = extension().db.session  # Flask-SQLAlchemy's own Session class, a Session all the same
    return hosts


def actor() -> Actor | None:
    """Who acts now: the one named by acting_as, else the host's answer; nobody where there is no request.

    On our own pages the host is asked once a request: its answer may cost it a query, and a page speaks of one person.
    """
    if (named := acting()) is not None:
        return named
    if not has_request_context():
        return None
    if "kostenklar_reached" not in g:
        return extension().who()
    if "kostenklar_who" not in g:
        g.kostenklar_who = extension().who()
    found: Actor | None = g.kostenklar_who
    return found
