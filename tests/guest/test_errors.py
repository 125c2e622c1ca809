"""An error on our pages never reaches the stranger's handlers, and one on its pages never ours."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import default_exceptions

SIGNED_OUT = "Bitte melden Sie sich an"


def test_whatever_status_our_page_ends_with_the_sentence_is_ours(desk: FlaskClient) -> None:
    for status in sorted(default_exceptions):
        answer = desk.get(f"/kostenklar/probe/abort/{status}")
        assert answer.status_code == status
        assert "theirs" not in answer.text, status
        assert 'class="kk-shell' in answer.text, status


def test_our_crash_is_ours_and_in_the_log_but_not_on_the_page(
    desk: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = desk.get("/kostenklar/probe/crash")
    assert answer.status_code == 500
    assert "Das hat nicht geklappt" in answer.text
    assert "a secret" not in answer.text
    assert "a secret" in caplog.text


def test_an_error_that_it_has_a_handler_for_is_still_ours_on_our_page(desk: FlaskClient) -> None:
    assert "theirs" not in desk.get("/kostenklar/probe/divide").text
    assert desk.get("/divide").text == "theirs: divided"


def test_its_crash_is_its_own(desk: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    answer = desk.get("/crash")
    assert (answer.status_code, "theirs: 500" in answer.text) == (500, True)
    assert not [record for record in caplog.records if record.name == "kostenklar"]
    assert [record.name for record in caplog.records if record.levelno >= logging.ERROR] == ["app"]


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch"])
def test_an_address_below_our_prefix_that_is_no_page_is_ours_to_answer(mounted: Flask, method: str) -> None:
    mounted.config["WTF_CSRF_CHECK_DEFAULT"] = False
    answer = getattr(mounted.test_client(), method)("/kostenklar/there/is/nothing")
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.text


def test_a_form_address_typed_into_the_browser_is_answered_by_us(desk: FlaskClient, mounted: Flask) -> None:
    mounted.config["WTF_CSRF_CHECK_DEFAULT"] = False
    answer = desk.delete("/kostenklar/probe")
    assert answer.status_code == 404
    assert "theirs" not in answer.text


def test_at_the_root_the_rest_stays_its_own(open_book: Callable[..., Flask], mounted_url: str) -> None:
    app = open_book(mounted_url, PREFIX="/")
    assert "theirs: 404" in app.test_client().get("/there/is/nothing").text
    assert app.test_client().get("/patients").status_code == 401


def test_what_its_own_hook_raises_on_our_address_goes_to_its_handler(desk: FlaskClient) -> None:
    answer = desk.get("/kostenklar/probe?unpaid=1")
    assert (answer.status_code, answer.text) == (402, "theirs: not paid")


def test_our_error_page_still_comes_when_even_the_sign_in_is_broken(mounted: Flask) -> None:
    def broken() -> None:
        raise LookupError("the directory of users does not answer")

    mounted.extensions["kostenklar"].who = broken
    answer = mounted.test_client().get("/kostenklar/probe")
    assert answer.status_code == 500
    assert "Das hat nicht geklappt" in answer.text
    assert "directory" not in answer.text
