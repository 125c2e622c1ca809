"""Who sits there is the stranger's to say: nobody, somebody without a practice, somebody of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import Mock

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from flask_login import current_user
from jinja2 import StrictUndefined

from kostenklar.plugin.access import Permission
from kostenklar.plugin.actor import Actor, acting_as
from kostenklar.plugin.extension import actor
from kostenklar.tests.people import Cast

SECRETS = ("Yılmaz", "Gisela", "Lindenhof", "Sabine", "PA-9001", "Jeanne")


def pages(app: Flask, cast: Cast) -> list[str]:
    """The address of each page of ours that shows something of a practice; a file of papers is no page."""
    ids: dict[str, Any] = {name: getattr(cast, name) for name in ("patient_id", "course_id", "lesion_id")}
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and "probe" not in rule.rule]
    with app.test_request_context():
        return [
            app.url_for(rule.endpoint, **{name: ids[name] for name in rule.arguments})
            for rule in rules
            if rule.arguments <= ids.keys()
            and not rule.rule.endswith(".pdf")
            and closed(app.view_functions[rule.endpoint])
        ]


def closed(view: Any) -> bool:
    return getattr(view, "permission", None) not in {None, Permission.OPEN, Permission.OWN_SETTINGS}


def test_whoever_is_not_signed_in_gets_a_calm_page_with_nothing_on_it(mounted: Flask, cast: Cast) -> None:
    addresses = pages(mounted, cast)
    assert f"/kostenklar/patients/{cast.patient_id}" in addresses
    for address in addresses:
        answer = mounted.test_client().get(address)
        assert answer.status_code == 401, address
        assert "Bitte melden Sie sich an" in answer.text
        assert not [word for word in SECRETS if word in answer.text], address
        assert "<nav" not in answer.text


def test_somebody_without_a_practice_sees_nothing_of_any(
    mounted: Flask, cast: Cast, signs_in: Callable[..., FlaskClient]
) -> None:
    for roles in ("reception", "reception physician owner admin"):
        nobody = signs_in(mounted, roles, None)
        for address in pages(mounted, cast):
            answer = nobody.get(address)
            assert answer.status_code == 403, address
            assert not [word for word in SECRETS[:5] if word in answer.text], address


def test_somebody_without_a_practice_can_still_choose_the_language(
    mounted: Flask, signs_in: Callable[..., FlaskClient]
) -> None:
    assert signs_in(mounted, "reception", None).get("/kostenklar/me").status_code == 200


def test_words_that_are_no_roles_of_ours_open_nothing(
    mounted: Flask, cast: Cast, signs_in: Callable[..., FlaskClient]
) -> None:
    assert signs_in(mounted, "superuser root", cast.practice_id).get("/kostenklar/patients").status_code == 403


def test_the_foreign_practice_is_not_there(mounted: Flask, cast: Cast, signs_in: Callable[..., FlaskClient]) -> None:
    stranger = signs_in(mounted, "reception", cast.stranger_id)
    answer = stranger.get(f"/kostenklar/patients/{cast.patient_id}")
    assert answer.status_code == 404
    assert "Gisela" not in answer.text
    assert "Gisela" not in stranger.get("/kostenklar/patients").text


def test_the_receptionist_sees_the_patient(desk: FlaskClient, cast: Cast) -> None:
    answer = desk.get(f"/kostenklar/patients/{cast.patient_id}")
    assert answer.status_code == 200
    assert "Gisela" in answer.text
    assert "Jeanne Morel" in answer.text


def test_the_host_is_asked_once_a_page(desk: FlaskClient, mounted: Flask) -> None:
    mount = mounted.extensions["kostenklar"]
    who = Mock(side_effect=mount.who)
    mount.who = who
    for times in (1, 2):
        assert desk.get("/kostenklar/patients").status_code == 200
        assert who.call_count == times


def test_one_persons_page_says_nothing_about_the_next_person(mounted: Flask, cast: Cast) -> None:
    receptionist = Actor("user:1", "Jeanne", frozenset({"reception"}), (cast.practice_id,))
    mounted.extensions["kostenklar"].who = lambda: request.environ.get("sits")
    browser = mounted.test_client()
    with mounted.app_context():  # as in a test or a shell, where one app context spans several requests
        assert browser.get("/kostenklar/probe", environ_base={"sits": receptionist}).status_code == 200
        assert browser.get("/kostenklar/probe").status_code == 401


def test_where_no_request_runs_nobody_sits_there_unless_named(mounted: Flask) -> None:
    with mounted.app_context():
        assert actor() is None
        with acting_as("system:nightly", practices=[1]) as named:
            assert actor() is named
        assert actor() is None


def test_its_own_sign_in_stays_its_own(desk: FlaskClient, mounted: Flask) -> None:
    with desk:
        desk.get("/kostenklar/probe")
        assert current_user.name == "Jeanne Morel"
        with acting_as("system:nightly"):
            assert current_user.name == "Jeanne Morel"
        assert desk.get("/mine").text == "Jeanne Morel is signed in"
    assert mounted.test_client().get("/mine").location.startswith("/sign-in")


@pytest.mark.parametrize("answer", ["a name", 17, object()])
def test_an_answer_that_is_no_actor_opens_nothing(mounted: Flask, answer: object) -> None:
    mounted.extensions["kostenklar"].who = lambda: answer
    page = mounted.test_client().get("/kostenklar/patients")
    assert page.status_code == 500
    assert "Das hat nicht geklappt" in page.text


def test_a_host_that_forbids_undefined_names_in_templates_sees_each_of_our_pages(
    open_book: Callable[..., Flask], mounted_url: str, signs_in: Callable[..., FlaskClient], cast: Cast
) -> None:
    app = open_book(mounted_url, UNDEFINED=StrictUndefined)
    somebody, nobody = signs_in(app, "reception physician owner", cast.practice_id), app.test_client()
    for address in [*pages(app, cast), "/kostenklar/me", "/kostenklar/probe"]:
        assert somebody.get(address).status_code == 200, address
        assert nobody.get(address).status_code == 401, address
    assert somebody.get("/kostenklar/nowhere").status_code == 404
    assert somebody.get("/kostenklar/probe/crash").status_code == 500
