"""Our forms work beside the stranger's CSRFProtect and upload limit, and without them."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from kostenklar.models.records import Patient
from kostenklar.tests.people import Cast

MEGABYTE = 1024 * 1024


class Filled(HTMLParser):
    """What a browser would send for the page's POST form as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._inside = False
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "form":
            self._inside = found.get("method") == "post"
        if not self._inside:
            return
        if tag == "input" and (found.get("type") not in {"radio", "checkbox"} or "checked" in found):
            self.values[name] = found.get("value") or ""
        if tag == "select":
            self._select, self.values[name] = name, ""
        if tag == "option" and ("selected" in found or not self.values.get(self._select)):
            self.values[self._select] = found.get("value") or ""
        if tag == "textarea":
            self.values[name] = ""


def token(browser: FlaskClient) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/kostenklar/probe/form").text)
    assert found
    return found[1]


def test_a_patient_is_taken_in_through_our_form_in_its_app(desk: FlaskClient, mounted: Flask) -> None:
    page = "/kostenklar/patients/new"
    form = Filled(desk.get(page).text).values
    answer = desk.post(page, data=form | {"last_name": "Brandt", "first_name": "Edda", "birth_date": "2.5.1984"})
    assert answer.status_code == 303, answer.text
    assert "Edda" in desk.get(answer.location).text
    with mounted.app_context():
        session = mounted.extensions["sqlalchemy"].session
        assert session.scalar(select(func.count()).where(Patient.last_name == "Brandt")) == 1
        assert "Brandt" not in desk.get("/").text  # its own table "patient" is another one


def test_our_post_passes_its_csrf_check_with_the_token_of_our_form(desk: FlaskClient) -> None:
    answer = desk.post("/kostenklar/probe/form", data={"name": "Momo", "csrf_token": token(desk)})
    assert answer.text == "taken: Momo"


@pytest.mark.parametrize("wrong", ["", "forged"])
def test_without_the_token_the_answer_is_ours_and_calm(desk: FlaskClient, wrong: str) -> None:
    answer = desk.post("/kostenklar/probe/form", data={"name": "Momo", "csrf_token": wrong})
    assert answer.status_code == 400
    assert "theirs" not in answer.text
    assert "Bitte senden Sie es noch einmal ab" in answer.text


@pytest.mark.parametrize("habit", ["without", "exempt"])
def test_our_forms_check_their_token_themselves(
    open_book: Callable[..., Flask], mounted_url: str, signs_in: Callable[..., FlaskClient], cast: Cast, habit: str
) -> None:
    app = open_book(mounted_url, WTF_CSRF_ENABLED=habit != "without")
    if habit == "exempt":
        app.extensions["csrf"].exempt(app.blueprints["kostenklar"])
    browser = signs_in(app, "reception", cast.practice_id)
    answer = browser.post("/kostenklar/probe/form", data={"name": "Momo"})
    assert "taken" not in answer.text
    assert "Bitte senden Sie das Formular noch einmal ab" in answer.text
    sent = {"name": "Momo", "csrf_token": token(browser)}
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=2), tick=False):  # longer than its hour
        assert browser.post("/kostenklar/probe/form", data=sent).text == "taken: Momo"


def test_another_name_for_its_token_field_is_ours_too(
    open_book: Callable[..., Flask], mounted_url: str, signs_in: Callable[..., FlaskClient], cast: Cast
) -> None:
    app = open_book(mounted_url, WTF_CSRF_FIELD_NAME="their_token")
    browser = signs_in(app, "reception", cast.practice_id)
    found = re.search(r'name="their_token"[^>]*value="([^"]+)"', browser.get("/kostenklar/probe/form").text)
    assert found
    answer = browser.post("/kostenklar/probe/form", data={"name": "Momo", "their_token": found[1]})
    assert answer.text == "taken: Momo"


def test_an_upload_larger_than_its_limit_arrives_and_gets_our_sentence_beside_the_field(desk: FlaskClient) -> None:
    scan = FileStorage(io.BytesIO(b"%PDF-1.7" + bytes(21 * MEGABYTE)), "scan.pdf")
    boundary, body = encode_multipart({"name": "Momo", "csrf_token": token(desk), "scan": scan})
    answer = desk.post("/kostenklar/probe/form", data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert answer.status_code == 200
    assert "Die Datei ist größer als 20 MB" in answer.text


def test_an_upload_that_is_not_even_read_gets_our_page_and_not_its_413(desk: FlaskClient) -> None:
    answer = desk.post(
        "/kostenklar/probe/form",
        data=b"--x",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(200 * MEGABYTE)},
    )
    assert answer.status_code == 413
    assert "Die Datei ist zu groß" in answer.text
    assert "theirs" not in answer.text


def test_a_long_text_passes_though_it_allows_only_short_ones(
    open_book: Callable[..., Flask], mounted_url: str, signs_in: Callable[..., FlaskClient], cast: Cast
) -> None:
    app = open_book(mounted_url, MAX_FORM_MEMORY_SIZE=500, MAX_FORM_PARTS=2)
    browser = signs_in(app, "reception", cast.practice_id)
    sent = {"name": "Momo", "csrf_token": token(browser), "version": "", "once": "x" * 600}
    answer = browser.post("/kostenklar/probe/form", data=sent, content_type="multipart/form-data")
    assert answer.text == "taken: Momo"


def test_its_own_limit_still_holds_on_its_own_pages(desk: FlaskClient) -> None:
    assert "theirs: 413" in desk.post("/patients/new", data={"nickname": "x" * 300_000}).text
