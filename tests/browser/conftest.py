"""The real application on a port of its own, the practice scene behind it, and the system's Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from kostenklar.app import create_app, db
from kostenklar.plugin.access import Role
from kostenklar.plugin.standalone import accounts
from kostenklar.plugin.standalone.schema import upgrade_host
from kostenklar.plugin.standalone.serve import bound
from kostenklar.tests.browser.desk import Desk, House
from kostenklar.tests.browser.mornings import Mornings
from kostenklar.tests.conftest import Template, absent
from kostenklar.tests.people import KEYS, NAMES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = (
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
LOGINS = {"reception": "empfang", "physician": "aerztin", "owner": "inhaber", "admin": "verwaltung"}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, started once."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        absent("Chromium", "sudo apt install chromium")
    from playwright.sync_api import sync_playwright

    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *root])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def house(sqlite_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Kostenklar as `kostenklar serve` runs it, on SQLite, with one account per role."""
    instance = tmp_path_factory.mktemp("house") / "instance"
    instance.mkdir(0o700)
    shutil.copy(sqlite_template.with_scene, instance / "kostenklar.sqlite3")
    app = create_app({"KOSTENKLAR_INSTANCE": str(instance), "KOSTENKLAR_PORT": str(_free_port())})
    with app.app_context():
        upgrade_host(db.engine)
        passwords = {
            role: accounts.add_account(
                login, NAMES[role], [Role(role)], [sqlite_template.cast.practice_id], actor_key=KEYS[role]
            )
            for role, login in LOGINS.items()
        }
        db.session.remove()
    chosen = app.extensions["kostenklar_host"]
    server = bound(app, chosen)
    thread = threading.Thread(target=server.run, name="kostenklar", daemon=True)
    thread.start()
    yield House(app, sqlite_template.cast, chosen.address.rstrip("/"), LOGINS, passwords)
    server.trigger.pull_trigger(server.close)  # inside its own loop, which ends when nothing is left to listen to
    thread.join(10)
    server.task_dispatcher.shutdown()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def desk(chromium: Browser, house: House) -> Iterator[Callable[..., Desk]]:
    """Opens browsers: desk("reception", width=320, dark=True, english=True, script=False). At the end each is asked
    what it noticed: an error on a page, a violated content policy, a request to somewhere else."""
    opened: list[Desk] = []

    def sit_down(role: str | None = "reception", *, width: int = 1366, height: int = 768, **look: Any) -> Desk:
        made = Desk(chromium, house, width, height, **look)
        opened.append(made)
        if role:
            made.sign_in(role)
        return made

    yield sit_down
    for one in opened:
        one.close()
    noticed = [line for one in opened for line in one.noticed]
    assert not noticed, "\n".join(noticed)


@pytest.fixture
def mornings(desk: Callable[..., Desk]) -> Iterator[Mornings]:
    """Two browsers and the calendar of a story; its house is its module's own, for time never goes back in one."""
    made = Mornings(desk)
    yield made
    made.calendar.back()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
