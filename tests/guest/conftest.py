"""Fixtures of the host tests: a stranger's appointment book, alone and with Kostenklar mounted in it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pytest
from flask import Flask, Response, abort, render_template_string
from flask.testing import FlaskClient

from kostenklar.plugin.access import Permission, requires
from kostenklar.plugin.forms.base import KostenklarForm, bound
from kostenklar.plugin.forms.fields import TextField
from kostenklar.plugin.forms.scan import ScanField
from kostenklar.plugin.keys import new_key_line
from kostenklar.tests.conftest import Template
from kostenklar.tests.people import Cast

STRANGER = Path(__file__).parent / "stranger"
OpenBook = Callable[..., Flask]


LOADED: dict[str, ModuleType] = {}


@pytest.fixture
def stranger(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The stranger's app.py; while a test runs it, `models` and `app` are the stranger's, as they are in its folder."""
    monkeypatch.syspath_prepend(STRANGER)
    sys.modules.update(LOADED)
    LOADED.update((name, import_module(name)) for name in ("models", "app"))
    yield LOADED["app"]
    for name in LOADED:
        del sys.modules[name]


@pytest.fixture
def keys_file(tmp_path: Path) -> str:
    file = tmp_path / "kostenklar.keys"
    file.write_text(new_key_line("test"))
    return str(file)


@pytest.fixture
def open_book(stranger: ModuleType, keys_file: str) -> Iterator[OpenBook]:
    """Opens an appointment book on a database, with its own tables in it; with probes of ours where we are mounted."""
    opened: list[Flask] = []

    def open_(url: str, **config: Any) -> Flask:
        app: Flask = stranger.create_app(url, keys_file, **config)
        with app.app_context():
            stranger.db.create_all()
        if "kostenklar" in app.extensions:
            add_probes(app)
        opened.append(app)
        return app

    yield open_
    for app in opened:
        with app.app_context():
            stranger.db.engine.dispose()


@pytest.fixture
def alone(open_book: OpenBook, tmp_path: Path) -> Flask:
    """The book without us, on a file of its own."""
    return open_book(f"sqlite:///{tmp_path / 'alone.db'}", mounts=False)


@pytest.fixture
def cast(sqlite_template: Template) -> Cast:
    """Who plays in the file of `mounted`."""
    return sqlite_template.cast


@pytest.fixture
def mounted_url(sqlite_template: Template, tmp_path: Path) -> str:
    """A SQLite file with our tables and the Lindenhof in it."""
    shutil.copy(sqlite_template.with_scene, tmp_path / "mounted.db")
    return f"sqlite:///{tmp_path / 'mounted.db'}"


@pytest.fixture
def mounted(open_book: OpenBook, mounted_url: str) -> Flask:
    """The same book with us in it; on SQLite, where a test asks about Flask and not about the database."""
    return open_book(mounted_url)


@pytest.fixture
def book(open_book: OpenBook, database_url: str) -> Flask:
    """The book with us in it, on SQLite and on PostgreSQL."""
    return open_book(database_url)


@pytest.fixture
def signs_in(stranger: ModuleType) -> Callable[..., FlaskClient]:
    """signs_in(app, "reception", practice_id): a client of somebody who signed in by the stranger's Flask-Login."""

    def client(app: Flask, roles: str = "reception", practice_id: int | None = None) -> FlaskClient:
        with app.app_context():
            user = stranger.User(name="Jeanne Morel", roles=roles, practice_id=practice_id)
            stranger.db.session.add(user)
            stranger.db.session.commit()
            address = f"/sign-in?user={user.id}"
        browser = app.test_client()
        assert browser.get(address).status_code == 302
        return browser

    return client


@pytest.fixture
def desk(mounted: Flask, signs_in: Callable[..., FlaskClient], cast: Cast) -> FlaskClient:
    """A receptionist of the Lindenhof, signed in to the stranger's book."""
    return signs_in(mounted, "reception", cast.practice_id)


class ProbeForm(KostenklarForm):
    name = TextField("Name")
    scan = ScanField("Scan", required=False)


PAGE = """{% extends "kostenklar/layout.html" %}
{% block title %}Probe{% endblock %}
{% block heading %}<h1>Probe</h1>{% endblock %}
{% block content %}<p>{{ kt("Abbrechen") }} {{ icon("check-lg") }} {{ actor.name }}</p>{{ extra | safe }}{% endblock %}
"""


def add_probes(app: Flask) -> None:
    """Pages of ours that do what our real ones should never do."""
    prefix = app.config.get("PREFIX", "/kostenklar")

    def page(extra: str = "") -> str:
        return render_template_string(PAGE, extra=extra)

    def form() -> str | tuple[str, int]:
        sent = bound(ProbeForm)
        if sent.is_submitted() and sent.validate():
            return f"taken: {sent.name.data}"
        return page(str(sent.hidden_tag()) + " ".join(problem.text for problem in sent.problems()))

    def crash() -> NoReturn:
        raise KeyError("a secret of a patient")

    def ends(status: int) -> NoReturn:
        abort(status)

    def headers() -> Response:
        answer = Response("own")
        answer.headers["Content-Security-Policy"] = "default-src 'self'"
        return answer

    views: dict[str, Any] = {
        "probe_page": ("/probe", page),
        "probe_form": ("/probe/form", form),
        "probe_crash": ("/probe/crash", crash),
        "probe_divide": ("/probe/divide", lambda: str(1 / 0)),
        "probe_abort": ("/probe/abort/<int:status>", ends),
        "probe_headers": ("/probe/headers", headers),
    }
    for name, (rule, view) in views.items():
        closed = requires(Permission.SEE_PATIENTS)(view)
        app.add_url_rule(prefix + rule, f"kostenklar.{name}", closed, methods=["GET", "POST"])
