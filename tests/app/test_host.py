"""The host itself: headers, names it answers to, proxies, health, its tables, and a page for what goes wrong."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from kostenklar.app import db
from kostenklar.plugin.standalone import schema
from kostenklar.plugin.standalone.records import HostBase
from kostenklar.plugin.standalone.sqlite import tell_pragmas


def test_the_sign_in_pages_have_strict_headers(house):
    headers = house.browser().open("/sign-in").headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for part in ("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_sign_in_pages_carry_no_inline_style_or_script(house):
    page = house.browser().open("/sign-in").text
    assert "<style" not in page
    assert " style=" not in page
    assert "onclick" not in page


def test_the_cookie_is_for_http_only_and_secure_if_wished(house, open_house):
    cookie = house.browser().open("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    secure = open_house(KOSTENKLAR_SECURE_COOKIES="on", KOSTENKLAR_INSTANCE=house.app.instance_path + "-2")
    assert "Secure" in secure.browser().open("/sign-in").headers["Set-Cookie"]


def test_it_answers_to_its_own_names_only(house):
    browser = house.browser()
    assert browser.open("/sign-in", headers={"Host": "localhost:8000"}).status_code == 200
    answer = browser.open("/sign-in", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "KOSTENKLAR_ALLOWED_HOSTS" in answer.text


def test_behind_a_proxy_the_address_is_what_the_proxy_says_and_only_then(open_house, house):
    forwarded = {"X-Forwarded-For": "203.0.113.9"}
    house.browser("192.0.2.7").sign_in("empfang", "wrong", headers=forwarded)
    assert house.ask("SELECT address FROM standalone_sign_in") == [("192.0.2.7",)]
    proxied = open_house(
        KOSTENKLAR_TRUSTED_PROXIES="1",
        KOSTENKLAR_ALLOWED_HOSTS="localhost",
        KOSTENKLAR_INSTANCE=house.app.instance_path + "-2",
    )
    proxied.browser("192.0.2.7").sign_in("empfang", "wrong", headers=forwarded)
    assert proxied.ask("SELECT address FROM standalone_sign_in") == [("203.0.113.9",)]


def test_health_says_nothing_about_anybody(house):
    answer = house.browser().open("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert "Set-Cookie" not in answer.headers


def test_an_unknown_address_gets_a_page(house):
    answer = house.browser().open("/no/such/page")
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.text
    assert answer.headers["Content-Security-Policy"]


def test_what_breaks_gets_a_page_without_a_trace(house):
    @house.app.route("/broken")
    def broken():
        raise RuntimeError("inner secret")

    house.app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = house.browser().open("/broken")
    assert answer.status_code == 500
    assert "Es liegt an Kostenklar, nicht an Ihnen." in answer.text
    assert "inner secret" not in answer.text


def test_sqlite_connections_are_told_their_pragmas(house):
    with house.app.app_context(), db.engine.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "journal_mode", "synchronous", "busy_timeout", "recursive_triggers")
        }
        driver = connection.connection.driver_connection
        assert getattr(driver, "isolation_level", None) == "", "pysqlite's own transaction control stays"
    assert told == {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 15000,
        "recursive_triggers": 1,
    }


def test_an_older_database_gets_a_sentence(open_house):
    house = open_house()
    house.ask("SELECT 1")
    with house.app.app_context(), db.engine.begin() as connection:
        connection.execute(text(f"UPDATE {schema.VERSION_TABLE} SET version_num = '0000'"))
    answer = house.browser().open("/sign-in")
    assert answer.status_code == 503
    assert "kostenklar upgrade" in answer.text


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_engine(request, tmp_path):
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        server = request.getfixturevalue("postgres_server")
        outside = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
        with outside.connect() as connection:
            connection.execute(text(f"CREATE DATABASE host_{tmp_path.name.replace('-', '_')[-40:].lower()}"))
        outside.dispose()
        url = server.format(name=f"host_{tmp_path.name.replace('-', '_')[-40:].lower()}")
    engine = create_engine(url)
    yield engine
    engine.dispose()


def test_the_migrations_make_what_the_records_say(empty_engine):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    assert not schema.is_current(empty_engine)
    schema.upgrade_host(empty_engine)
    schema.upgrade_host(empty_engine)
    assert schema.is_current(empty_engine)
    assert all(name.startswith("standalone_") for name in inspect(empty_engine).get_table_names())
    with empty_engine.connect() as connection:
        options = {"version_table": schema.VERSION_TABLE, "compare_type": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), HostBase.metadata) == []


def test_the_head_is_the_newest_script():
    from pathlib import Path

    versions = Path(schema.__file__).parent / "migrations" / "versions"
    assert max(file.name[:4] for file in versions.glob("[0-9]*.py")) == schema.HEAD


def test_a_database_that_is_gone_gets_a_sentence_and_health_says_so(tmp_path):
    from kostenklar.app import create_app

    nowhere = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    app = create_app({"KOSTENKLAR_INSTANCE": str(tmp_path), "KOSTENKLAR_DATABASE_URL": nowhere})
    assert app.test_client().get("/healthz").status_code == 503
    answer = app.test_client().get("/sign-in")
    assert answer.status_code == 503
    assert "Die Datenbank antwortet gerade nicht" in answer.text


def test_on_postgresql_signing_in_slowing_down_and_keeping_text_are_the_same(open_house, postgres_server, clock):
    name = "host_of_its_own"
    outside = create_engine(postgres_server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    outside.dispose()
    house = open_house(KOSTENKLAR_DATABASE_URL=postgres_server.format(name=name))
    browser = house.at_desk()
    clock.shift(16 * 60)
    browser.client.post("/notepad", data={"note": "Łukasz"})
    browser.sign_in("empfang", house.passwords["empfang"])
    assert "Łukasz" in browser.open("/notepad").text
    stranger = house.browser("192.0.2.9")
    assert [stranger.sign_in("empfang", "wrong").status_code for _ in range(6)] == [422] * 5 + [429]
    browser.send("/sign-out")
    assert not browser.is_in


def test_a_database_file_that_was_moved_away_is_gone_and_not_made_anew(tmp_path):
    file = tmp_path / "practice.sqlite3"
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    tell_pragmas(engine)
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE kept (id INTEGER)"))
    engine.connect().close()
    file.rename(tmp_path / "elsewhere.sqlite3")

    with pytest.raises(OperationalError, match="is gone"):
        engine.connect()
    assert not file.exists()
    engine.dispose()
