"""Our responses carry strict headers; what the stranger sets stays, and its own responses are not ours to change."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

POLICY = "default-src 'none'"


@pytest.mark.parametrize("path", ["probe", "probe/crash", "probe/abort/404", "nowhere", "probe?unpaid=1"])
def test_each_answer_of_ours_is_strict(desk: FlaskClient, path: str) -> None:
    headers = desk.get(f"/kostenklar/{path}").headers
    if "unpaid" in path:  # the stranger's own answer
        assert "Content-Security-Policy" not in headers
        return
    assert headers["Content-Security-Policy"].startswith(POLICY)
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_the_nonce_on_the_page_is_the_one_in_the_header_and_drawn_anew(desk: FlaskClient) -> None:
    drawn = set()
    for _ in range(2):
        answer = desk.get("/kostenklar/probe")
        nonces = set(re.findall(r'nonce="([^"]+)"', answer.text))
        assert len(nonces) == 1
        assert f"'nonce-{min(nonces)}'" in answer.headers["Content-Security-Policy"]
        drawn |= nonces
    assert len(drawn) == 2


def test_a_refusal_by_its_csrf_check_before_our_hooks_is_strict_too(desk: FlaskClient) -> None:
    answer = desk.post("/kostenklar/probe/form", data={"name": "Momo"})
    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"].startswith(POLICY)


def test_a_header_that_it_sets_after_us_is_the_one_that_is_sent(desk: FlaskClient) -> None:
    headers = desk.get("/kostenklar/probe").headers
    assert headers.getlist("X-Frame-Options") == ["SAMEORIGIN"]
    assert headers["X-Stranger"] == "yes"


def test_a_header_that_was_set_before_us_stays(desk: FlaskClient) -> None:
    assert desk.get("/kostenklar/probe/headers").headers.getlist("Content-Security-Policy") == ["default-src 'self'"]


def test_a_header_that_it_only_sets_where_there_is_none_leaves_ours(desk: FlaskClient) -> None:
    assert desk.get("/kostenklar/probe").headers["Referrer-Policy"] == "same-origin"
    assert desk.get("/").headers["Referrer-Policy"] == "no-referrer"


def test_a_page_that_its_hook_shows_in_place_of_ours_keeps_its_own_style(desk: FlaskClient) -> None:
    answer = desk.get("/kostenklar/probe?holidays=1")
    assert "closed for holidays" in answer.text
    assert "Content-Security-Policy" not in answer.headers
    assert "Cache-Control" not in answer.headers


def test_its_own_pages_get_none_of_our_headers(desk: FlaskClient) -> None:
    headers = desk.get("/").headers
    assert not {"Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"} & set(headers.keys())
