"""A small host for tests: Flask, Flask-SQLAlchemy, and an actor that each client brings along."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, event

import kostenklar
from kostenklar.plugin.actor import Actor
from kostenklar.plugin.keys import new_key_line

_COMPILED_IN = tempfile.TemporaryDirectory(prefix="kk-jinja-")
_COMPILED = FileSystemBytecodeCache(_COMPILED_IN.name)  # each test has an app of its own, all have the same templates
_ENGINES: dict[str, Engine] = {}
PRAGMAS = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000", "recursive_triggers=ON")


def make_app(url: str, folder: Path, **config: Any) -> Flask:
    """A host on this database; who sits there stands in the WSGI environment."""
    keys = folder / "keys"
    if not keys.exists():
        keys.write_text(new_key_line("test"))
    app = Flask("host")
    app.jinja_options = {**app.jinja_options, "bytecode_cache": _COMPILED}
    app.config.update(
        SECRET_KEY="for tests only",  # no secret
        TESTING=True,
        SQLALCHEMY_DATABASE_URI=url,
        KOSTENKLAR_KEYS_FILE=str(keys),
        **{"KOSTENKLAR_BATCH_THREAD": False, **config},  # a test takes the steps of a batch itself
    )
    app.config["PROPAGATE_EXCEPTIONS"] = False
    db = SQLAlchemy(app)
    with app.app_context():
        set_pragmas(db.engine)
        _share_compiled(db.engine)
    kostenklar.init_app(app, db=db, who=lambda: request.environ.get("kostenklar.actor"))
    app.extensions["test-db"] = db
    return app


def _share_compiled(engine: Engine) -> None:
    """A statement is compiled once for all tests of a process, not once for the engine of each test."""
    first = _ENGINES.setdefault(engine.dialect.name, engine)
    engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache


def set_pragmas(engine: Engine) -> None:
    """What app.py sets on SQLite."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


def client_of(app: Flask, actor: Actor | None) -> Any:
    """A test client behind which this actor sits."""
    client = app.test_client()
    environ: dict[str, Any] = client.environ_base
    environ["kostenklar.actor"] = actor
    return client
