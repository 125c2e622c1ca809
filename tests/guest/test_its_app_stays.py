"""What a stranger's app shows and holds is the same with Kostenklar mounted in it and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from jinja2 import DictLoader

PAGES = ["/", "/?lang=de", "/patients/new", "/mine", "/words", "/forbidden", "/nowhere", "/crash", "/divide"]
PAGES += [
    "/?unpaid=1",
    "/?holidays=1",
    "/bootstrap/static/css/bootstrap.min.css",
    "/static/nothing.css",
    "/sign-in",
    "/sign-in?user=77",
]
DRAWN = re.compile(r'value="[\w.-]{40,}"|csrf_token=[\w.-]+')  # a CSRF token is another one each time


def seen(client: FlaskClient, address: str, data: dict[str, Any] | None = None) -> tuple[Any, ...]:
    """Status, headers but for the changing ones, names and flags of cookies, and body."""
    answer = client.get(address) if data is None else client.post(address, data=data)
    headers = sorted((name, value) for name, value in answer.headers if name not in {"Set-Cookie", "Date"})
    cookies = [re.sub(r"=[^;]*", "=", cookie, count=1) for cookie in answer.headers.getlist("Set-Cookie")]
    length = [pair for pair in headers if pair[0] != "Content-Length"]
    text = DRAWN.sub("drawn", answer.text)
    answer.close()
    return answer.status_code, length, sorted(cookies), text


def registered(app: Flask) -> dict[str, Any]:
    """All that an app keeps of itself, without what bears the name of Kostenklar."""
    env = app.jinja_env
    per_scope = {
        name: {scope: names(found) for scope, found in getattr(app, name).items() if scope != "kostenklar"}
        for name in (
            "before_request_funcs", "after_request_funcs", "teardown_request_funcs", "template_context_processors",
            "url_value_preprocessors", "url_default_functions",
        )
    }  # fmt: skip
    handlers = {
        (scope, status): sorted(kind.__name__ for kind in kinds)
        for scope, by_status in app.error_handler_spec.items()
        for status, kinds in by_status.items()
        if kinds and scope != "kostenklar"
    }
    return per_scope | {
        "handlers": handlers,
        "teardown": names(app.teardown_appcontext_funcs),
        "shell": names(app.shell_context_processors),
        "build errors": names(app.url_build_error_handlers),
        "config": {name: repr(value) for name, value in app.config.items() if name != "SQLALCHEMY_DATABASE_URI"},
        "globals": sorted(env.globals),
        "filters": sorted((name, found.__qualname__) for name, found in env.filters.items()),
        "tests": sorted((name, getattr(found, "__qualname__", "")) for name, found in env.tests.items()),
        "jinja": (sorted(env.extensions), env.undefined, env.trim_blocks),
        "rules": sorted(str(rule) + rule.endpoint for rule in app.url_map.iter_rules() if ours(rule.endpoint)),
        "endpoints": sorted(name for name in app.view_functions if ours(name)),
        "blueprints": sorted(set(app.blueprints) - {"kostenklar"}),
        "extensions": sorted(set(app.extensions) - {"kostenklar"}),
        "commands": sorted(set(app.cli.commands) - {"kostenklar"}),
        "classes": (app.request_class, app.response_class, app.session_interface.__class__, app.json.__class__),
        "wsgi": app.wsgi_app.__qualname__,
        "logging": (app.logger.handlers, app.logger.filters),
    }


def ours(endpoint: str) -> bool:
    return not endpoint.startswith("kostenklar.")


def names(functions: Any) -> list[str]:
    return [function.__qualname__ for function in functions]


def test_each_of_its_pages_is_the_same(alone: Flask, mounted: Flask) -> None:
    for address in PAGES:
        assert seen(mounted.test_client(), address) == seen(alone.test_client(), address), address


@pytest.mark.parametrize(
    ("address", "data", "status"),
    [
        ("/patients/new", {"nickname": "Momo"}, 400),  # no token: its CSRFProtect
        ("/patients/new", {"nickname": "x" * 300_000}, 413),
        ("/nowhere", {"nickname": "Momo"}, 404),
        ("/crash", {}, 405),
    ],
)
def test_what_it_refuses_it_refuses_in_its_own_words(
    alone: Flask, mounted: Flask, address: str, data: dict[str, Any], status: int
) -> None:
    with_us = seen(mounted.test_client(), address, data)
    assert with_us == seen(alone.test_client(), address, data)
    assert with_us[0] == status
    assert "theirs" in with_us[-1]


def test_its_pages_stay_the_same_after_people_have_worked_in_ours(
    alone: Flask, desk: FlaskClient, signs_in: Callable[..., FlaskClient]
) -> None:
    there, here = signs_in(alone), desk
    here.set_cookie("kostenklar_look", "en.dark")
    for address in ("/kostenklar/probe", "/kostenklar/probe/crash", "/kostenklar/nowhere", "/kostenklar/probe/form"):
        here.get(address)
    for address in PAGES:
        assert seen(here, address) == seen(there, address), address


def test_its_form_still_works_with_its_own_token(mounted: Flask) -> None:
    browser = mounted.test_client()
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/patients/new").text)
    assert found
    assert browser.post("/patients/new", data={"nickname": "Momo", "csrf_token": found[1]}).status_code == 302
    assert "Momo" in browser.get("/").text
    assert "Ce champ est requis" in browser.post("/patients/new", data={"csrf_token": found[1]}).text


def test_all_that_it_has_registered_is_the_same(alone: Flask, mounted: Flask) -> None:
    before, after = registered(alone), registered(mounted)
    for name, found in before.items():
        assert after[name] == found, name


def test_our_addresses_and_names_all_bear_our_name(mounted: Flask) -> None:
    rules = [rule for rule in mounted.url_map.iter_rules() if rule.endpoint.startswith("kostenklar")]
    assert rules
    for rule in rules:
        assert rule.rule.startswith("/kostenklar/"), rule
        assert rule.endpoint.startswith("kostenklar."), rule


def test_of_our_templates_it_finds_only_those_below_our_name(mounted: Flask, alone: Flask) -> None:
    found = set(mounted.jinja_env.list_templates()) - set(alone.jinja_env.list_templates())
    assert "kostenklar/layout.html" in found
    assert {name.partition("/")[0] for name in found} == {"kostenklar"}


RUDE: dict[str, Callable[[Flask], Any]] = {
    "hook": lambda app: app.before_request(lambda: None),
    "after": lambda app: app.after_request(lambda response: response),
    "teardown": lambda app: app.teardown_appcontext(lambda _error: None),
    "words": lambda app: app.context_processor(lambda: {"kt": "ours"}),
    "handler": lambda app: app.register_error_handler(418, lambda _error: "ours"),
    "config": lambda app: app.config.setdefault("WTF_I18N_ENABLED", False),
    "changed config": lambda app: app.config.update(MAX_CONTENT_LENGTH=None),
    "global": lambda app: app.jinja_env.globals.update(icon="ours"),
    "filter": lambda app: app.jinja_env.filters.update(money=str),
    "page": lambda app: app.add_url_rule("/ours", "ours", lambda: ""),
    "blueprint": lambda app: app.register_blueprint(Blueprint("ours", "ours")),
    "extension": lambda app: app.extensions.update(csrf2=1),
    "wsgi": lambda app: setattr(app, "wsgi_app", rude_wsgi),
}


def rude_wsgi() -> None:
    """Stands in for a middleware that a rude guest would wrap around its host."""


@pytest.mark.parametrize("habit", RUDE)
def test_the_comparison_would_notice_a_rude_guest(alone: Flask, mounted: Flask, habit: str) -> None:
    before = registered(alone)
    RUDE[habit](mounted)
    assert registered(mounted) != before


@pytest.mark.parametrize(("address", "habit"), [("/", "words"), ("/nowhere", "templates")])
def test_the_comparison_of_pages_would_notice_a_rude_guest(
    alone: Flask, mounted: Flask, address: str, habit: str
) -> None:
    if habit == "words":
        mounted.context_processor(lambda: {"language": "Deutsch"})
    else:
        mounted.jinja_loader = DictLoader({"errors/page.html": "ours"})
    assert seen(mounted.test_client(), address) != seen(alone.test_client(), address)
