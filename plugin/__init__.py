"""The plugin's public face: init_app mounts it, include_name keeps a host's migrations away from our tables."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask
    from flask_sqlalchemy import SQLAlchemy

    from .extension import Typed, Who


def init_app(
    app: Flask, *, db: SQLAlchemy, who: Who, url_prefix: str = "/kostenklar", typed: Typed | None = None
) -> None:
    """Mount Kostenklar in a Flask app.

    db: the app's own Flask-SQLAlchemy; our records live in its database, under our table prefix.
    who: says who sits there, as an Actor, or None; there is no default, so no door is open by forgetting.
    typed: gives back what was typed before a sign-in ran out, if the host keeps it.
    Raises WrongSetting for a setting that we cannot start with, and TypeError for a db or who that is none.
    """
    with _nothing_thrown_away():
        from .blueprint import bp
        from .cli import commands
        from .config import read_settings
        from .extension import Extension
        from .keys import read_keys

    if not callable(who):
        raise TypeError(f"who is {who!r}, expected a function that returns an Actor or None")
    if not hasattr(db, "session"):
        raise TypeError(f"db is {db!r}, expected the app's SQLAlchemy of Flask-SQLAlchemy")
    if "kostenklar" in app.extensions:
        raise RuntimeError("Kostenklar is mounted in this app already")
    settings = read_settings(app.config)
    app.extensions["kostenklar"] = Extension(
        db=db, who=who, settings=settings, keys=read_keys(settings.keys_file), typed=typed or (lambda _request: None)
    )
    app.register_blueprint(bp, url_prefix=url_prefix)
    app.cli.add_command(commands)


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """While modules come in there is no garbage: looking for it would take a tenth of the start."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def __getattr__(name: str) -> Any:
    if name == "include_name":
        from ..models.schema import include_name

        return include_name
    if name in {"Actor", "acting_as"}:
        from . import actor

        return getattr(actor, name)
    raise AttributeError(name)
