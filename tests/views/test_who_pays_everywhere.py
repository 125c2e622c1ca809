"""Who usually pays, and how the clarification stands, on every page on which somebody may ask."""

from __future__ import annotations

import re

import pytest

from kostenklar.plugin.actor import acting_as
from kostenklar.tests.clarification_scene import an_estimate, brought_to, fresh
from kostenklar.tests.invoice_scene import a_draft, insured
from kostenklar.tests.treatment_scene import a_plan

NOTICES = {
    "gkv": r"[Ii]n der Regel keine (Leistung der gesetzlichen|Kassenleistung)",
    "pkv_full": r"individuell mit (ihren|der|dem) (v|V)ersicherten",
    "self_payer": r"selbst|Selbstzahler",
}


def words(page) -> str:
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).replace("\u00a0", " ").split())


@pytest.fixture
def desk(sits):
    client = sits("reception")
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    return client


@pytest.mark.parametrize("kind", list(NOTICES))
def test_the_notice_stands_on_patient_course_estimate_treatment_and_invoice(app, cast, desk, kind):
    with app.app_context(), acting_as("t", practices=[cast.practice_id]):
        pages = {
            "patients": cast.patient_id, "courses": cast.course_id, "treatments": a_plan(cast),
            "invoices": a_draft(cast), "estimates": an_estimate(cast),
        }  # fmt: skip
        insured(cast, kind)
    for noun, number in pages.items():
        assert re.search(NOTICES[kind], words(desk.get(f"/kostenklar/{noun}/{number}"))), noun


def test_the_status_stands_on_all_five_too(app, cast, desk):
    with app.app_context(), acting_as("t", practices=[cast.practice_id]):
        pages = {"patients": cast.patient_id, "courses": cast.course_id, "treatments": a_plan(cast)}
        pages["invoices"] = a_draft(cast)
        case = fresh(brought_to(cast, "submitted"))
        pages["estimates"] = case.estimate_id
        number = case.number
    for noun, record in pages.items():
        said = words(desk.get(f"/kostenklar/{noun}/{record}"))
        assert number in said, noun
        assert "Albatros Kranken" in said, noun
        assert "angefragt, noch keine Antwort" in said, noun
