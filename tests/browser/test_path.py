"""The whole way of one patient through the practice: from the sign-in to the cancelled invoice in hand."""

from __future__ import annotations

import re

import pytest

from kostenklar.tests.browser import walk
from kostenklar.tests.browser.papers import girocode_of, text_of
from kostenklar.tests.browser.walk import TODAY

pytestmark = pytest.mark.browser


def test_from_the_sign_in_to_the_cancelled_invoice(desk):
    at = desk("reception")
    series = f"/kostenklar/courses/{at.house.cast.course_id}"

    walk.find_the_patient(at)
    assert "02.09.1957" in at.says
    assert "Ohne sie beginnt keine Sitzung (§ 630d BGB)." in at.says
    assert "Die Kosteninformation wurde noch nicht ausgehändigt (§ 630c Abs. 3 BGB)." in at.says

    at.press("Serie öffnen")
    walk.plan_a_session(at)
    session = at.page.url
    walk.try_to_start(at)
    refusal = at.page.get_by_role("alert")
    assert refusal.get_by_role("heading").inner_text() == "Die Sitzung kann noch nicht beginnen"
    sentences = refusal.get_by_role("listitem").all()
    assert [line.get_by_role("link").inner_text() for line in sentences] == [
        "Gespräch eintragen", "Einwilligung vorbereiten",
        "Kosteninformation ausstellen", "Kosteninformation ausstellen",
    ]  # fmt: skip
    assert all("BGB" in line.inner_text() or "BMV-Ä" in line.inner_text() for line in sentences)

    consent = walk.sign_the_consent(at)
    assert "Yılmaz-Hofer" in text_of(consent)
    assert re.search(rf"unterschrieben am {TODAY}, abgelegt {TODAY}, \d\d:\d\d Uhr von Sabine Krüger", at.says)
    notice = text_of(walk.sign_the_cost_notice(at))
    assert "740" in notice
    assert "11,33 €" in notice
    walk.record_the_talk(at)
    assert "Dr. med. Henrike Seidel, 20 Minuten" in at.says

    at.open(session)
    walk.ask_before_the_session(at)
    walk.try_to_start(at)
    walk.record_what_was_done(at)
    assert all(figure in at.says for figure in ("Kältesonde flach 5 mm", "−60 °C", "15 s", "4,5 cm²"))
    assert "Sonne" in text_of(at.fetch("Nachsorgeblatt öffnen"))

    walk.issue_the_invoice(at)
    number = at.find(r"Rechnung (RE-\d{4}-\d{4})")
    assert all(amount in at.says for amount in ("9,52 €", "1,81 €", "11,33 €"))
    paper = at.fetch("PDF herunterladen")
    text = text_of(paper)
    assert all(words in text for words in (number, "740", "auf Verlangen", "19 %", "9,52", "1,81", "11,33"))
    assert girocode_of(paper)[:8] == [
        "BCD", "002", "1", "SCT", "BYLADEM1001", "Hautpraxis am Lindenhof", "DE02120300000000202051", "EUR11.33",
    ]  # fmt: skip
    assert number in girocode_of(paper)[-1]

    walk.cancel_the_invoice(at)
    own = at.find(r"Stornorechnung (ST-\d{4}-\d{4})")
    cancellation = text_of(at.fetch("PDF herunterladen"))
    assert all(words in cancellation for words in ("Stornorechnung", own, number, "-11,33", "falscher Empfänger"))
    at.open(series)
