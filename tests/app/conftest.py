"""A standalone host on a fresh SQLite file, with one account per role and a page of its own to type into."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask, Response, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kostenklar.app import create_app, db
from kostenklar.plugin.standalone import accounts, desk, typed
from kostenklar.plugin.standalone.schema import upgrade_host

CHEAP = {"argon2__time_cost": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
MORNING = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


class Browser:
    """What a person at the desk does: opens pages, sends forms with their token, signs in."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, **more)

    def send(self, path: str, fields: dict[str, Any] | None = None, *, page: str = "", **more: Any) -> TestResponse:
        form = self.client.get(page or path)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form.text)
        token = {"csrf_token": found[1]} if found else {}
        return self.client.post(path, data=token | (fields or {}), **more)

    def sign_in(self, login: str, password: str, *, to: str = "", **more: Any) -> TestResponse:
        path = f"/sign-in?next={to}" if to else "/sign-in"
        return self.send(path, {"login": login, "password": password}, **more)

    @property
    def is_in(self) -> bool:
        return self.client.get("/account").status_code == 200


class House:
    """The host and its accounts' passwords by login."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            upgrade_host(db.engine)
            self.passwords = {login: password for _, login, password in accounts.create_demo_accounts([1])}

    def browser(self, address: str = "127.0.0.1") -> Browser:
        client = self.app.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        return Browser(client)

    def at_desk(self, login: str = "empfang") -> Browser:
        browser = self.browser()
        assert browser.sign_in(login, self.passwords[login]).status_code == 302
        return browser

    def ask(self, statement: str) -> list[Any]:
        with self.app.app_context(), db.engine.connect() as connection:
            return list(connection.exec_driver_sql(statement))


@pytest.fixture
def open_house(tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Builds houses with settings of the test's own."""
    made: list[Flask] = []

    def build(**settings: Any) -> House:
        app = create_app(
            {
                "KOSTENKLAR_INSTANCE": str(tmp_path / "instance"),
                "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": CHEAP,
                "TESTING": True,
                **settings,
            }
        )
        made.append(app)
        _add_notepad(app)
        return House(app)

    yield build
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def house(open_house: Callable[..., House]) -> House:
    return open_house()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A morning that moves only when the test says so."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def _add_notepad(app: Flask) -> None:
    """A page of the kind that the plugin has: closed, with a form, which asks the host for saved text."""

    def notepad() -> Response:
        if desk.current_actor() is None:
            return Response("sign in", 401)
        if request.method == "POST":
            return Response(f"saved: {request.form['note']}")
        assert typed.typed(request) == typed.typed(request), "each form of a page may ask"
        back = typed.typed(request)
        return Response(f"note: {sorted(back.items(multi=True)) if back else 'empty'}")

    def post_only(number: int) -> Response:
        return Response("sent") if desk.current_actor() else Response("sign in", 401)

    app.add_url_rule("/notepad", "notepad", notepad, methods=["GET", "POST"])
    app.add_url_rule("/notes/<int:number>/send", "send_note", post_only, methods=["POST"])
