"""The steps of the way through the practice, in the words of the screens; walked with scripts and without."""

from __future__ import annotations

import datetime as dt

from kostenklar.plugin.clock import today
from kostenklar.tests.browser.desk import Desk
from kostenklar.tests.browser.papers import signed_scan

TODAY = f"{today():%d.%m.%Y}"


def find_the_patient(at: Desk) -> None:
    """Search her by the start of her name and open her page."""
    at.page.get_by_role("searchbox").fill("yilm")
    at.hit("Enter")
    at.press("Yılmaz-Hofer")


def plan_a_session(at: Desk) -> None:
    """From the series' page: today, the only device stands there already."""
    at.press("Sitzung planen")
    at.write("Tag", TODAY)
    at.press("Sitzung planen")


def try_to_start(at: Desk) -> None:
    """The physician would begin; the page answers with what is missing, or with what was done."""
    at.choose("Durchgeführt von", "Dr. med. Henrike Seidel")
    at.press("Sitzung beginnen")


def record_the_talk(at: Desk) -> None:
    """The physician spoke with her two days ago."""
    at.press("Gespräch eintragen")
    at.choose("Geführt von", "Dr. med. Henrike Seidel")
    at.write("Am", f"{today() - dt.timedelta(days=2):%d.%m.%Y}")
    at.write("Beginn", "9:30")
    at.write("Ende", "9:50")
    at.press("Gespräch speichern")


def sign_the_consent(at: Desk) -> bytes:
    """Issue the paper, download it, file what she signed. Gives the paper."""
    at.press("Einwilligung vorbereiten")
    at.press("Einwilligung ausstellen")
    paper = at.fetch("Öffnen und drucken")
    at.write("Unterschrieben am", TODAY)
    at.attach("Scan", "einwilligung.pdf", signed_scan(paper), "application/pdf")
    at.tick("hat unterschrieben")
    at.press("Einwilligung ablegen")
    return paper


def sign_the_cost_notice(at: Desk) -> bytes:
    """Issue the paper with the self-payer agreement, download it, file what she signed. Gives the paper."""
    at.press("Kosteninformation (ausstellen|vorbereiten)")
    at.press("Kosteninformation ausstellen")
    paper = at.fetch("Öffnen und drucken")
    at.write("Unterschrieben am", TODAY)
    at.attach("Scan", "kosten.pdf", signed_scan(paper), "application/pdf")
    at.press("Kosteninformation ablegen")
    return paper


def ask_before_the_session(at: Desk) -> None:
    """The short questions of the day, nothing to remark."""
    at.press("Abfrage ausfüllen")
    for question in at.page.get_by_role("main").get_by_role("group").all():
        question.get_by_label("nein").check()
    at.press("Abfrage speichern")


def record_what_was_done(at: Desk) -> None:
    """Device, probe temperature, seconds, cycles, spots and area at the one site."""
    at.write("Handrücken rechts Temperatur", "-60")
    at.write("Handrücken rechts Einwirkzeit", "15")
    at.write("Handrücken rechts Durchgänge", "2")
    at.write("Handrücken rechts Stellen", "6")
    at.write("Handrücken rechts Fläche", "4,5")
    at.choose("Reaktion direkt danach", "Rötung")
    at.tick("Nachsorgeblatt wird gleich mitgegeben")
    at.press("Sitzung speichern")


def issue_the_invoice(at: Desk) -> None:
    """From the session's page over the draft to the number."""
    at.press("Rechnung vorbereiten")
    at.press("Rechnung ausstellen")


def cancel_the_invoice(at: Desk) -> None:
    """Asks once, with the reason that stands on the paper."""
    at.press("Stornieren")
    at.write("Grund", "falscher Empfänger")
    at.press("Stornieren")
