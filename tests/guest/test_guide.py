"""What docs/host.md tells a developer to write is written here, word for word, and works."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from jinja2 import ChoiceLoader, FileSystemLoader
from sqlalchemy import func, select

import kostenklar
from kostenklar.models.records import Patient, Practice
from kostenklar.plugin import signals
from kostenklar.plugin.extension import session
from kostenklar.tests.people import Cast

GUIDE = (Path(__file__).parents[2] / "docs" / "host.md").read_text()
BLOCKS = dict(re.findall(r"```\w+\n(?:# |\{# )([\w./]+)(?: #\})?\n(.*?)```", GUIDE, re.DOTALL))


def snippet(name: str) -> Any:
    """What the guide's file of this name defines."""
    module = ModuleType(name.removesuffix(".py"))
    exec(compile(BLOCKS[name], name, "exec", dont_inherit=True), module.__dict__)
    return module


def test_every_snippet_is_known_to_this_file() -> None:
    tested = Path(__file__).read_text() + (Path(__file__).parent / "test_migrations.py").read_text()
    assert len(BLOCKS) > 6
    assert [name for name in BLOCKS if name not in tested] == []


def test_the_first_snippet_mounts_us_and_lets_its_people_in(stranger: ModuleType, alone: Flask, cast: Cast) -> None:
    told = snippet("app.py")
    told.db = stranger.db
    told.mount(alone)
    assert alone.extensions["kostenklar"].who is told.current_actor
    with alone.test_request_context("/"):
        assert told.current_actor() is None
        user = stranger.User(id=1, name="Jeanne", roles="reception owner", practice_id=cast.practice_id)
        stranger.login_user(user)
        expected = kostenklar.Actor("user:1", "Jeanne", frozenset({"reception", "owner"}), (cast.practice_id,))
        assert told.current_actor() == expected


def test_its_sign_in_comes_before_our_page_and_back_to_it(
    mounted: Flask, signs_in: Callable[..., FlaskClient], cast: Cast
) -> None:
    snippet("lead_to_sign_in.py").lead_to_sign_in(mounted)
    nobody, somebody = mounted.test_client(), signs_in(mounted, "reception", cast.practice_id)
    answer = nobody.get("/kostenklar/patients?q=momo")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/kostenklar/patients?q%3Dmomo"
    page = somebody.get("/kostenklar/patients")
    assert page.status_code == 200
    asset = re.findall(r'href="(/kostenklar/assets/[^"]+\.css)"', page.text)[0]
    assert nobody.get(asset).status_code == 200
    assert nobody.get("/").status_code == 200


def test_a_job_names_who_acts(mounted: Flask, cast: Cast) -> None:
    with mounted.app_context():
        snippet("a_job.py").nightly(cast.practice_id)


def test_the_pragmas_are_what_our_guard_asks_for(bare_sqlite: Flask) -> None:
    with bare_sqlite.app_context():
        snippet("pragmas.py").tell_pragmas(bare_sqlite.extensions["sqlalchemy"].engine)
    assert bare_sqlite.test_client().get("/kostenklar/patients").status_code == 401


@pytest.fixture
def bare_sqlite(mounted_url: str, keys_file: str) -> Flask:
    app = Flask("bare")
    app.config.update(SECRET_KEY="x", SQLALCHEMY_DATABASE_URI=mounted_url, KOSTENKLAR_KEYS_FILE=keys_file)
    kostenklar.init_app(app, db=SQLAlchemy(app), who=lambda: None)
    return app


def test_the_first_practice_is_opened(book: Flask) -> None:
    with book.app_context():
        practice_id = snippet("first_practice.py").first_practice()
        assert session().get_one(Practice, practice_id).name == "Hautpraxis"


def test_an_appointment_and_our_patient_are_kept_together(mounted: Flask, stranger: ModuleType, cast: Cast) -> None:
    told = snippet("one_transaction.py")
    with mounted.app_context(), kostenklar.acting_as("user:1", practices=[cast.practice_id]):
        told.register_with_appointment(stranger.db, stranger.Appointment(day=dt.date(2026, 3, 1)), cast.practice_id)
        assert session().scalar(select(func.count()).select_from(stranger.Appointment)) == 1
        assert session().scalar(select(func.count()).where(Patient.last_name == "Brandt")) == 1


def test_the_listeners_hear(monkeypatch: pytest.MonkeyPatch) -> None:
    told = snippet("listeners.py")
    for signal, listener in ((signals.paper_issued, told.on_paper), (signals.state_moved, told.on_move)):
        assert [heard for heard, _ in signal.send(SimpleNamespace())] == [listener]
        signal.disconnect(listener)


@pytest.fixture
def framed(mounted: Flask, tmp_path: Path) -> Flask:
    """The book with the guide's frame in its templates."""
    frame = tmp_path / "templates" / "kostenklar" / "layout.html"
    frame.parent.mkdir(parents=True)
    frame.write_text(BLOCKS["templates/kostenklar/layout.html"])
    own = mounted.jinja_loader
    assert own is not None
    mounted.jinja_loader = ChoiceLoader([FileSystemLoader(tmp_path / "templates"), own])
    return mounted


def test_its_frame_wins_around_our_pages(framed: Flask, desk: FlaskClient, cast: Cast) -> None:
    for path in ("probe", "patients", f"patients/{cast.patient_id}", "patients/new", "me", "nowhere", "probe/crash"):
        page = desk.get(f"/kostenklar/{path}").text
        assert '<body class="stranger">' in page, path
        assert "kk-shell" not in page, path
        assert page.count("<h1") == 1, path
        assert "kostenklar.css" in page, path
    assert "Gisela" in desk.get("/kostenklar/patients").text


def test_in_its_frame_its_own_words_still_speak_its_language(framed: Flask, desk: FlaskClient) -> None:
    page = desk.get("/kostenklar/probe").text
    assert "1\u202f234,5" in page  # Flask-Babel, French
    assert "3 CHF" in page  # its filter "money", though we have a word of that name
    assert "Abbrechen" in page  # our button, German
    assert "<title>Probe</title>" in page


def test_whoever_is_not_signed_in_gets_the_calm_page_in_its_frame(framed: Flask) -> None:
    answer = framed.test_client().get("/kostenklar/patients")
    assert answer.status_code == 401
    assert '<body class="stranger">' in answer.text
    assert "Bitte melden Sie sich an" in answer.text


def test_its_own_pages_look_as_before(framed: Flask, alone: Flask) -> None:
    assert framed.test_client().get("/").text == alone.test_client().get("/").text


def test_a_frame_that_breaks_still_gives_people_a_sentence_and_no_traceback(
    framed: Flask, tmp_path: Path, desk: FlaskClient
) -> None:
    (tmp_path / "templates" / "kostenklar" / "layout.html").write_text("{{ 1 / 0 }}")
    for path, status in (("probe", 500), ("nowhere", 404)):
        answer = desk.get(f"/kostenklar/{path}")
        assert (answer.status_code, answer.text) == (status, "Das hat nicht geklappt.\n")
    assert desk.get("/").status_code == 200
