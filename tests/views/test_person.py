"""Language and colours of the own screen: a choice that stays in this browser."""

from __future__ import annotations

from kostenklar.tests.forms_of import fill

HERE = "/kostenklar/me"


def test_the_choice_holds_from_the_next_page_on(sits):
    desk = sits("reception")
    answer = fill(desk, HERE, language="en", theme="dark")
    assert (answer.status_code, answer.location) == (303, HERE)
    page = desk.get(HERE).text
    assert '<html lang="en" data-bs-theme="dark">' in page
    assert fill(desk, HERE, language="de", theme="light").status_code == 303
    assert '<html lang="de" data-bs-theme="light">' in desk.get(HERE).text


def test_a_language_we_do_not_have_is_asked_back(sits):
    answer = fill(sits("reception"), HERE, language="fr")
    assert answer.status_code == 422
    assert "Set-Cookie" not in answer.headers or "kostenklar_look" not in answer.headers["Set-Cookie"]


def test_everybody_who_is_signed_in_may_choose(sits):
    assert sits("admin").get(HERE).status_code == 200
    assert sits(None).get(HERE).status_code == 401
