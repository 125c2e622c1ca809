"""`kostenklar serve` and `python app.py`: the first start, a taken port, a checkout that is not set up."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from kostenklar.plugin.standalone import serve
from kostenklar.plugin.standalone.settings import read_settings

ROOT = Path(__file__).parents[2]


def start(tmp_path, port, *words, **more):
    environment = {**os.environ, "KOSTENKLAR_PORT": str(port), "KOSTENKLAR_INSTANCE": str(tmp_path / "instance")}
    return subprocess.Popen(
        [sys.executable, *words, str(ROOT / "app.py")],
        env={**environment, "PYTHONUNBUFFERED": "1"},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **more,
    )


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(address, process):
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=10) as answer:
                return answer.read()
        except (urllib.error.URLError, ConnectionError):
            assert process.poll() is None, process.stdout.read()
            time.sleep(0.1)
    raise AssertionError("not up after 30 seconds")


def test_the_first_start_makes_everything_and_says_what_to_do(tmp_path, free_port):
    process = start(tmp_path, free_port)
    try:
        assert wait_until_up(f"http://127.0.0.1:{free_port}", process) == b"ok\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/", timeout=60) as page:
            assert page.url.endswith("/sign-in?next=/kostenklar/")
            assert "Anmelden" in page.read().decode()
            assert "Python" not in page.headers["Server"]
    finally:
        process.terminate()
        output = process.communicate(timeout=60)[0]
    assert f"Kostenklar läuft: http://127.0.0.1:{free_port}/" in output
    assert output.count("Neuer Schlüssel: ") == 2
    assert "Es gibt noch kein Konto." in output
    assert "Beenden mit Strg-C" in output
    assert sorted(path.name for path in (tmp_path / "instance").glob("*.key*")) == ["papers.keys", "secret.key"]
    assert (tmp_path / "instance").stat().st_mode & 0o077 == 0


def test_a_taken_port_gets_one_sentence(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = start(tmp_path, port)
        output = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert output == f"Error: Der Port {port} ist schon belegt. Nehmen Sie einen anderen: KOSTENKLAR_PORT={port + 1}\n"


def test_a_checkout_that_is_not_set_up_names_the_line_to_type(tmp_path, free_port):
    process = start(tmp_path, free_port, "-I", "-S")
    output = process.communicate(timeout=60)[0]
    assert process.returncode == 1
    assert output == "Kostenklar ist noch nicht eingerichtet. Bitte geben Sie ein: make run\n"


@pytest.mark.parametrize(("proxies", "cleared"), [(0, True), (1, False)])
def test_a_proxys_word_reaches_the_application_only_if_it_is_trusted(monkeypatch, proxies, cleared):
    asked = {}
    monkeypatch.setattr("waitress.create_server", lambda _app, **options: asked.update(options))
    serve.bound(Flask("any"), read_settings({"KOSTENKLAR_TRUSTED_PROXIES": str(proxies)}))
    assert asked["clear_untrusted_proxy_headers"] is cleared


def test_the_demo_is_loaded_once_and_its_passwords_are_told_once(house, monkeypatch, capsys):
    loaded: list[int] = []

    def load_demo():
        loaded.append(1)
        return [1]

    monkeypatch.setitem(sys.modules, "kostenklar.plugin.demo", SimpleNamespace(load_demo=load_demo))
    with house.app.app_context():
        from kostenklar.app import db
        from kostenklar.models.records import Base

        Base.metadata.create_all(db.engine)
        house.ask("SELECT 1")
        with db.engine.begin() as connection:
            for table in ("standalone_account_role", "standalone_account"):
                connection.exec_driver_sql(f"DELETE FROM {table}")
        serve._tell_sign_ins(with_demo=True)
        first = capsys.readouterr().out
        serve._tell_sign_ins(with_demo=True)
        second = capsys.readouterr().out
    assert loaded, "an empty database gets the demo"
    assert "Die Passwörter stehen nur hier" in first
    login, password = first.splitlines()[1].split()[:2]
    assert house.browser().sign_in(login, password).status_code == 302
    assert second == "Es gelten die Passwörter vom ersten Start. Ein neues: kostenklar accounts reset NAME\n"
