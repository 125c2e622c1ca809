"""Fixtures of the whole suite: both databases, a host, a practice, and people of each role."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from kostenklar.plugin.actor import Actor, acting_as
from kostenklar.plugin.cli import bring_up_to_date
from kostenklar.tests.host import client_of, make_app
from kostenklar.tests.people import Cast, set_the_scene
from kostenklar.tests.postgres import INSTALL, server_binaries, throw_away_server

DATABASES = ("sqlite", "postgresql")


def absent(what: str, install: str) -> None:
    """Skip with the line to type; in CI a missing tool is a failure."""
    sentence = f"{what} is missing: {install}"
    if os.environ.get("KOSTENKLAR_CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a use case or a page with many cases PostgreSQL runs the first, SQLite all: the others try inputs, not SQL.

    KOSTENKLAR_ALL_CASES=1 runs every case on both.
    """
    if os.environ.get("KOSTENKLAR_ALL_CASES"):
        return
    seen: set[str] = set()
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        (left_out if _further_case(item, seen) else kept).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def _further_case(item: pytest.Item, seen: set[str]) -> bool:
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    if params.get("database_url") != "postgresql" or item.path.parent.name not in {"services", "views"}:
        return False
    test = item.nodeid.partition("[")[0]
    known = test in seen
    seen.add(test)
    return known


@dataclass(frozen=True)
class Template:
    """A database to copy, as built by the migrations, and a second one in which the scene is set."""

    empty: str
    with_scene: str
    cast: Cast


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """SQLite files with tables, triggers, texts and the fee schedule."""
    folder = tmp_path_factory.mktemp("sqlite")
    empty, scene = folder / "empty.db", folder / "scene.db"
    _fill(f"sqlite:///{empty}", folder)
    shutil.copy(empty, scene)
    return Template(str(empty), str(scene), _set_scene(f"sqlite:///{scene}", folder))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a running PostgreSQL with "{name}" for the database."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given.rpartition("/")[0] + "/{name}" if "{name}" not in given else given
        return
    binaries = server_binaries()
    if binaries is None:
        absent("PostgreSQL", INSTALL)
        return
    with throw_away_server(binaries) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """PostgreSQL databases with tables, triggers, texts and the fee schedule."""
    folder = tmp_path_factory.mktemp("postgres")
    empty, scene = (f"kk_{what}_{uuid.uuid4().hex[:8]}" for what in ("empty", "scene"))
    _create(postgres_server, f"CREATE DATABASE {empty}")
    _fill(postgres_server.format(name=empty), folder)
    _clone(postgres_server, scene, empty)
    return Template(empty, scene, _set_scene(postgres_server.format(name=scene), folder))


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database of each kind, with the scene where the test asks for its cast: the test runs on both."""
    template: Template = request.getfixturevalue(f"{'sqlite' if request.param == 'sqlite' else 'postgres'}_template")
    source = template.with_scene if "cast" in request.fixturenames else template.empty
    if request.param == "sqlite":
        shutil.copy(source, tmp_path / "test.db")
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    server: str = request.getfixturevalue("postgres_server")
    name = f"kk_{uuid.uuid4().hex[:12]}"
    _clone(server, name, source)
    yield server.format(name=name)
    _create(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """A host with Kostenklar mounted, on a fresh database."""
    made = make_app(database_url, tmp_path)
    yield made
    with made.app_context():
        made.extensions["test-db"].engine.dispose()


@pytest.fixture
def cast(request: pytest.FixtureRequest, app: Flask, database_url: str) -> Cast:
    """The practice "Hautpraxis am Lindenhof" with its people, a device, a first patient: already in the database."""
    kind = "sqlite" if database_url.startswith("sqlite") else "postgres"
    template: Template = request.getfixturevalue(f"{kind}_template")
    return replace(template.cast)


@pytest.fixture
def sits(app: Flask, cast: Cast) -> Callable[..., Any]:
    """A client for a role: sits("reception"), sits("physician"), sits("owner"), sits("admin"), sits(None)."""

    def client(role: str | None, practices: tuple[int, ...] | None = None) -> Any:
        if role is None:
            return client_of(app, None)
        who = Actor(cast.keys[role], cast.names[role], frozenset({role}), practices or (cast.practice_id,))
        return client_of(app, who)

    return client


@pytest.fixture
def as_reception(app: Flask, cast: Cast) -> Iterator[Actor]:
    """Run the test's own calls of services as the receptionist, within the app."""
    with (
        app.app_context(),
        acting_as(
            cast.keys["reception"], name=cast.names["reception"], roles=["reception"], practices=[cast.practice_id]
        ) as actor,
    ):
        yield actor


def _fill(url: str, folder: Path) -> None:
    app = make_app(url, folder)
    with app.app_context():
        bring_up_to_date()
        app.extensions["test-db"].engine.dispose()


def _set_scene(url: str, folder: Path) -> Cast:
    app = make_app(url, folder)
    with app.app_context():
        cast = set_the_scene()
        app.extensions["test-db"].engine.dispose()
    return cast


def _clone(server: str, name: str, source: str) -> None:
    """Copying files is a fifth quicker than writing each page to the log; PostgreSQL 14 knows no other way."""
    engine = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        chosen = " STRATEGY file_copy" if int(connection.scalar(text("SHOW server_version_num")) or 0) >= 150000 else ""
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {source}{chosen}"))
    engine.dispose()


def _create(server: str, statement: str) -> None:
    engine = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
