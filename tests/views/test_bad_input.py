"""What no page of ours sends, and what nobody should type: it is refused in a sentence, or kept exactly as typed."""

from __future__ import annotations

import re

from kostenklar.plugin.clock import today
from kostenklar.tests.sheets import fill, scan

TODAY = f"{today():%d.%m.%Y}"
BEYOND = "9223372036854775808"  # 2 ** 63
NAMES = ("<b>x</b>", "O'Brien & Söhne", "Łukasz Çelik-Müller", "Nguyễn", "=cmd()|'x'!A1", "W" * 200)
NO_NAMES = ("Anna\u202ennaA", "An\u200bna", "An\xadna", "An\x00na", "王", "🙂", "A" * 201, "  ")
SEARCHES = ("\x00", "%", "_", "x" * 8000, "99.99.9999", "🙂", "' OR 1=1 --", " " * 50)
CURSORS = ("x", "9" * 400, "-1", "\x00", "a-99999999999999999999", "2026-99-99.1", "9999-12-31.1")


def test_an_id_that_no_row_can_have_is_not_there(app, sits):
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("kostenklar.")]
    paths = {re.sub(r"<[^>]+>", BEYOND, rule) for rule in rules if "<int:" in rule}
    client = sits("physician")
    answers = {path: client.get(path).status_code for path in paths}
    assert len(answers) > 25
    assert set(answers.values()) <= {403, 404}, answers


def test_a_strange_once_token_counts_as_a_new_one(desk, cast):
    page = f"/kostenklar/patients/{cast.patient_id}/edit"
    for token in ("x" * 10_000, "\x00", "<b>", ""):
        assert [fill(desk, page, once=token).status_code for _ in range(2)] == [303, 303], token[:9]


def test_rows_that_the_page_did_not_have_are_left_out(desk, cast):
    consent = fill(desk, f"/kostenklar/courses/{cast.course_id}/consent").location
    answer = fill(desk, consent, signed_on=TODAY, scan=scan(), signers__3__signed="y", signers__3__name="Niemand")
    assert answer.status_code == 422
    assert "Niemand" not in answer.text
    answer = fill(desk, f"/kostenklar/courses/{cast.course_id}/cost-notice", factors__7__lowest="1")
    assert answer.status_code == 422


def test_a_name_goes_its_way_as_it_was_typed(desk):
    for name in NAMES:
        made = _register(desk, name)
        assert made.status_code == 303, name
        assert "<b>x" not in desk.get(made.location).text
        series = fill(desk, f"{made.location}/courses/new", procedure_id="1", first__site="Stirn").location
        consent = fill(desk, f"{series}/consent").location
        filed = fill(desk, consent, signed_on=TODAY, scan=scan(), signers__0__signed="y")
        assert filed.location == series, name


def test_a_name_that_no_paper_could_show_is_asked_back(desk):
    for name in NO_NAMES:
        answer = _register(desk, name)
        assert answer.status_code == 422, name
        assert 'id="fehler"' in answer.text


def test_every_search_and_every_cursor_has_an_answer(desk):
    for typed in SEARCHES:
        assert desk.get("/kostenklar/patients", query_string={"q": typed}).status_code == 200, typed[:20]
    for cursor in CURSORS:
        for page in ("patients", "treatments", "invoices"):
            assert desk.get(f"/kostenklar/{page}", query_string={"after": cursor}).status_code == 200, (page, cursor)


def _register(desk, name):
    values = {"last_name": name, "first_name": name, "birth_date": "1.2.1980", "policy__kind": "gkv"}
    return fill(desk, "/kostenklar/patients/new", **values)
