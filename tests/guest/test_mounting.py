"""Mounting: what must be given, what is missing by its name, several apps, other prefixes, no name of ours outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

import kostenklar
from kostenklar.models.records import Patient
from kostenklar.plugin.cli import bring_up_to_date
from kostenklar.plugin.config import WrongSetting
from kostenklar.tests.people import Cast

STRANGER = Path(__file__).parent / "stranger"


def nobody() -> None:
    """Nobody sits there."""


@pytest.fixture
def bare(keys_file: str) -> Flask:
    app = Flask("bare")
    app.config.update(SECRET_KEY="x", SQLALCHEMY_DATABASE_URI="sqlite://", KOSTENKLAR_KEYS_FILE=keys_file)
    return app


@pytest.mark.parametrize("left_out", ["db", "who"])
def test_db_and_who_have_no_default(bare: Flask, left_out: str) -> None:
    given: dict[str, Any] = {"db": SQLAlchemy(bare), "who": nobody}
    del given[left_out]
    with pytest.raises(TypeError, match=left_out):
        kostenklar.init_app(bare, **given)
    assert "kostenklar" not in bare.blueprints


def test_db_and_who_are_named(bare: Flask) -> None:
    with pytest.raises(TypeError, match="positional"):
        kostenklar.init_app(bare, SQLAlchemy(bare), nobody)  # type: ignore[call-arg]


@pytest.mark.parametrize(("given", "named"), [({"who": None}, "who is None"), ({"db": None}, "db is None")])
def test_a_db_or_who_that_is_none_stops_the_start_by_its_name(bare: Flask, given: dict[str, Any], named: str) -> None:
    with pytest.raises(TypeError, match=named):
        kostenklar.init_app(bare, **(dict[str, Any](db=SQLAlchemy(bare), who=nobody) | given))
    assert "kostenklar" not in bare.blueprints


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KOSTENKLAR_KEYS_FILE", ""),
        ("KOSTENKLAR_KEYS_FILE", "/nowhere/at/all"),
        ("KOSTENKLAR_SCAN_MAX_MB", "many"),
        ("KOSTENKLAR_SCAN_MAX_MB", 0),
        ("KOSTENKLAR_BATCH_THREAD", "maybe"),
    ],
)
def test_a_wrong_setting_stops_the_start_by_its_name(bare: Flask, name: str, value: object) -> None:
    bare.config[name] = value
    with pytest.raises(WrongSetting, match=name):
        kostenklar.init_app(bare, db=SQLAlchemy(bare), who=nobody)
    assert "kostenklar" not in bare.blueprints
    assert "kostenklar" not in bare.extensions


def test_one_app_mounts_us_once(bare: Flask) -> None:
    db = SQLAlchemy(bare)
    kostenklar.init_app(bare, db=db, who=nobody)
    with pytest.raises(RuntimeError, match="mounted in this app already"):
        kostenklar.init_app(bare, db=db, who=nobody)


def test_db_may_be_bound_to_the_app_afterwards(bare: Flask) -> None:
    db = SQLAlchemy()
    kostenklar.init_app(bare, db=db, who=nobody)
    db.init_app(bare)
    assert bare.test_client().get("/kostenklar/patients").status_code == 503  # in memory there are no tables


NEEDED = ("foreign_keys=ON", "recursive_triggers=ON", "synchronous=FULL")


@pytest.mark.parametrize("missing", NEEDED)
def test_sqlite_without_a_pragma_gets_a_page_and_a_log_that_name_it(
    open_book: Callable[..., Flask], mounted_url: str, missing: str, caplog: pytest.LogCaptureFixture
) -> None:
    others = [word for word in NEEDED if word != missing]
    app = open_book(mounted_url, PRAGMAS=[*others, missing.partition("=")[0] + "=0"])
    answer = app.test_client().get("/kostenklar/patients")
    assert answer.status_code == 503
    assert f"PRAGMA {missing}" in answer.text
    assert f"PRAGMA {missing}" in caplog.text
    assert [word for word in others if word in answer.text] == []
    assert app.test_client().get("/").status_code == 200  # its own pages go on


def test_with_all_of_them_there_is_nothing_to_say(mounted: Flask) -> None:
    assert mounted.test_client().get("/kostenklar/patients").status_code == 401


def test_postgresql_in_autocommit_is_refused_by_name(open_book: Callable[..., Flask], database_url: str) -> None:
    app = open_book(database_url, SQLALCHEMY_ENGINE_OPTIONS={"isolation_level": "AUTOCOMMIT"})
    answer = app.test_client().get("/kostenklar/patients")
    refused = answer.status_code == 503 and "AUTOCOMMIT" in answer.text
    assert refused == database_url.startswith("postgresql")  # on SQLite the unit of work sends BEGIN itself


def test_a_session_without_autoflush_is_refused_by_name(bare: Flask, mounted_url: str) -> None:
    bare.config["SQLALCHEMY_DATABASE_URI"] = mounted_url
    kostenklar.init_app(bare, db=SQLAlchemy(bare, session_options={"autoflush": False}), who=nobody)
    assert "autoflush" in bare.test_client().get("/kostenklar/patients").text


def test_before_the_first_upgrade_ours_is_one_clear_page_and_its_own_go_on(
    open_book: Callable[..., Flask], tmp_path: Path
) -> None:
    app = open_book(f"sqlite:///{tmp_path / 'new.db'}")
    answer = app.test_client().get("/kostenklar/patients")
    assert answer.status_code == 503
    assert "kostenklar upgrade" in answer.text
    assert "theirs" not in answer.text
    assert app.test_client().get("/").status_code == 200
    assert app.test_cli_runner().invoke(args=["kostenklar", "upgrade"]).exit_code == 0
    assert app.test_client().get("/kostenklar/patients").status_code == 401  # without a new start


@pytest.mark.parametrize("prefix", ["/praxis/kosten", "/k"])
def test_it_may_stand_below_another_prefix(
    open_book: Callable[..., Flask], mounted_url: str, signs_in: Callable[..., FlaskClient], cast: Cast, prefix: str
) -> None:
    app = open_book(mounted_url, PREFIX=prefix)
    browser = signs_in(app, "reception", cast.practice_id)
    page = browser.get(f"{prefix}/patients/{cast.patient_id}")
    assert page.status_code == 200
    assert f'href="{prefix}/' in page.text
    assert '"/kostenklar/' not in page.text
    assert "theirs: 404" in browser.get("/kostenklar/patients").text


def test_two_apps_in_one_process_know_nothing_of_each_other(
    open_book: Callable[..., Flask], mounted_url: str, tmp_path: Path, signs_in: Callable[..., FlaskClient], cast: Cast
) -> None:
    first = open_book(mounted_url)
    second = open_book(f"sqlite:///{tmp_path / 'second.db'}", PREFIX="/other", KOSTENKLAR_SCAN_MAX_MB=5)
    with second.app_context():
        bring_up_to_date()
    here, there = signs_in(first, "reception", cast.practice_id), signs_in(second, "reception", cast.practice_id)
    assert "Gisela" in here.get("/kostenklar/patients").text
    page = there.get("/other/patients")
    assert page.status_code == 200
    assert "Gisela" not in page.text
    assert "Lindenhof" not in page.text
    assert "Lindenhof" in here.get("/kostenklar/patients").text
    mounts = [app.extensions["kostenklar"] for app in (first, second)]
    assert [mount.settings.scan_max_mb for mount in mounts] == [20, 5]
    assert mounts[0].writers is not mounts[1].writers


def test_both_classes_called_patient_work_side_by_side(mounted: Flask, stranger: ModuleType) -> None:
    scope: dict[str, Any] = {}
    exec("from models import User", scope)
    assert scope["User"] is stranger.User
    assert stranger.User.__module__ == "models"
    assert Patient.__tablename__ == "kostenklar_patient"
    assert stranger.Patient.__tablename__ == "patient"
    assert Patient.metadata is not stranger.Patient.metadata
    with mounted.app_context():
        session = stranger.db.session
        session.add(stranger.Patient(nickname="Momo"))
        session.flush()
        assert session.scalars(session.query(stranger.Patient.nickname).statement).all() == ["Momo"]
        assert session.execute(text("SELECT first_name FROM kostenklar_patient")).scalar_one() == "Gisela"


# In the stranger's folder, as its server starts, each warning an error: what all code of a process shares is looked at
# with its own imports done, and again after ours and a page of ours.
START = """
import decimal, json, locale, logging, pathlib, sys, warnings
import flask_sqlalchemy, models, PIL.Image, sqlalchemy, sqlalchemy.orm
from sqlalchemy.event import registry

def around():
    targets = {id(kind) for kind in (
        sqlalchemy.Engine, sqlalchemy.Table, sqlalchemy.MetaData, sqlalchemy.pool.Pool, sqlalchemy.orm.Session,
        sqlalchemy.orm.Mapper, sqlalchemy.orm.mapper,
    )}
    root = logging.getLogger()
    return {
        "decimal": repr(decimal.getcontext()),
        "locale": locale.setlocale(locale.LC_ALL),
        "warnings": [str(entry) for entry in warnings.filters],
        "logging": [root.level, len(root.handlers), root.manager.disable],
        "our log": [len(logging.getLogger("kostenklar").handlers), logging.getLogger("kostenklar").propagate],
        "pixels": PIL.Image.MAX_IMAGE_PIXELS,
        "listeners": sum(key[0] in targets for key in registry._key_to_collection),
        "hooks": [repr(sys.excepthook), repr(sys.displayhook), sys.getrecursionlimit()],
        "finders": [repr(finder) for finder in sys.meta_path],
        "path": sys.path,
    }

import flask_babel, flask_bootstrap, flask_login, flask_migrate, flask_wtf, cryptography, babel.messages.pofile
before = around()
from app import create_app
app = create_app(URL, KEYS, PRAGMAS=("foreign_keys=ON", "recursive_triggers=ON", "synchronous=FULL"))
with app.app_context():
    models.db.create_all()
answer = app.test_client().get("/kostenklar/patients", headers={"Accept-Language": "en"})
after = around()
from models import User
tops = sorted({name.partition(".")[0] for name in sys.modules})
files = {name: getattr(sys.modules[name], "__file__", None) for name in ("app", "models")}
print(json.dumps({
    "status": answer.status_code, "english": "sign in" in answer.text,
    "changed": [name for name in before if before[name] != after[name]],
    "tops": tops, "files": files, "user": User.__module__,
}))
"""


def test_a_fresh_start_in_its_folder_takes_no_name_and_changes_nothing_that_all_share(
    mounted_url: str, keys_file: str
) -> None:
    script = f"URL, KEYS = {mounted_url!r}, {keys_file!r}\n{START}"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=STRANGER,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["status"], found["english"]) == (401, True)
    assert found["changed"] == []
    assert {"plugin", "reports", "templates", "tests", "standalone"} & set(found["tops"]) == set()
    assert found["files"] == {name: str(STRANGER / f"{name}.py") for name in ("app", "models")}
    assert found["user"] == "models"
