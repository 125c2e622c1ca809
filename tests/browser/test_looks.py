"""The same way on a telephone without scripts, then the screens in the dark, in English, and by the keyboard alone."""

from __future__ import annotations

from contextlib import closing

import pytest

from kostenklar.tests.browser import walk
from kostenklar.tests.browser.desk import PREFIX, Desk

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def walked(chromium, house):
    """A patient who was treated and billed, by somebody with a narrow window and without scripts."""
    with closing(Desk(chromium, house, 320, 640, script=False)) as at:
        at.sign_in("reception")
        walk.find_the_patient(at)
        at.press("Serie öffnen")
        walk.sign_the_consent(at)
        walk.sign_the_cost_notice(at)
        walk.record_the_talk(at)
        walk.plan_a_session(at)
        walk.ask_before_the_session(at)
        walk.try_to_start(at)
        walk.record_what_was_done(at)
        walk.issue_the_invoice(at)
        yield at


def test_the_way_works_without_scripts_in_a_narrow_window(walked):
    assert "Die Rechnung ist ausgestellt. Ihre Nummer ist RE-" in walked.says
    assert "11,33 €" in walked.says
    assert not walked.noticed, "\n".join(walked.noticed)


def test_the_screens_are_readable_in_the_dark_and_in_english(desk, walked):
    at = desk("reception", width=800, dark=True, english=True)
    for page in (
        "/", "/patients", "/patients/1", "/patients/1/edit", "/patients/1/insurance", "/patients/new", "/courses/1",
        "/courses/1/consent", "/courses/1/cost-notice", "/courses/1/explanation", "/courses/1/treatments/new",
        "/treatments", "/treatments/1", "/invoices", "/invoices/1", "/invoices/1/cancel", "/me", "/nowhere",
    ):  # fmt: skip
        at.open(PREFIX + page)
        assert at.page.locator("html").get_attribute("lang") == "en"
        assert at.page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_the_owners_screens_are_readable_too(desk, walked):
    at = desk("owner")
    for page in ("/practice", "/practice/edit", "/practice/staff/new", "/practice/devices/new", "/practice/sites/new"):
        at.open(PREFIX + page)
        assert at.page.get_by_role("heading", level=1).count() == 1


def test_the_keyboard_is_enough(desk, walked):
    at = desk("reception")
    at.open(f"{PREFIX}/patients/1")
    at.page.keyboard.press("/")
    assert at.focus == "suche"
    at.page.keyboard.type("yılmaz")
    at.hit("Enter")
    assert "Yılmaz-Hofer" in at.says

    at.open(f"{PREFIX}/courses/1/treatments/new")
    at.page.keyboard.press("Tab")
    at.page.keyboard.press("Enter")
    assert at.focus == "inhalt", "the first stop leads over the navigation"
    stops = at.tab_until_primary()
    assert len(stops) == len(set(stops)) < 12, stops
    at.hit("Enter")
    assert at.focus == "fehler", "a form that asks back puts the focus on its summary"
    assert "Das Datum fehlt." in at.says


def test_enter_sends_the_primary_button_even_where_another_one_comes_first(desk, walked):
    at = desk("reception")
    at.open(f"{PREFIX}/patients/1/courses/new")
    rows = at.page.get_by_role("row").count()
    at.page.get_by_label("Name der Serie").focus()
    at.hit("Enter")
    assert at.page.get_by_role("row").count() == rows
    assert at.focus == "fehler"
