"""First story: a statutory patient has the age spots on her hand treated, and signs on the tablet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from kostenklar.tests.browser.papers import girocode_of, signed_scan, text_of
from kostenklar.tests.stories import acts

Turn = Callable[..., None]

MONDAY = dt.date(2027, 3, 1)
FRIDAY = dt.date(2027, 3, 5)


def a_statutory_patient(desk: Any, physician: Any, turn: Turn, tablet: Any) -> None:
    """Told in the order of the days; whoever sits at the desk may be a client or a browser."""
    turn(MONDAY, "09:10")

    # She comes in on Monday; Sabine Krüger writes down who she is.
    acts.register(desk, "Sommer", "Hannelore", "23.05.1958", insured="Gesetzlich versichert", by="Kasse Rheinland-West")
    assert "geb. 23.05.1958" in desk.says
    acts.open_course(
        desk, "Cryopeeling", "Altersfleck", "Handrücken", sessions=(1, 2), diagnosis="Ästhetische Behandlung auf Wunsch"
    )
    series = desk.url
    assert "In der Regel keine Leistung der gesetzlichen Krankenversicherung." in desk.says
    assert "Vorher wird nicht behandelt" in desk.says

    # The physician looks: benign, and wished for by the patient herself. She explains, for twenty minutes.
    acts.assess(physician, series, indication="kosmetisch", reason="auf eigenen Wunsch", on=MONDAY)
    acts.talk(physician, series, MONDAY)

    # The costs: the self-payer agreement is signed in ink, and the scan filed.
    desk.open(series)
    desk.press("Kosteninformation ausstellen")
    desk.press("Kosteninformation ausstellen")
    notice = desk.fetch("Öffnen und drucken")
    assert all(words in text_of(notice) for words in ("740", "11,33 €", "in der Regel keine Leistung", "§ 52 Abs. 2"))
    desk.write("Unterschrieben am", acts.day(MONDAY))
    desk.attach("Scan", "kosten.pdf", signed_scan(notice), "application/pdf")
    desk.press("Kosteninformation ablegen")
    assert "unterschrieben am 01.03.2027" in desk.says

    # On Friday she comes for the session; the consent is signed first, on the tablet in the waiting room.
    turn(FRIDAY, "09:40")
    desk.open(series)
    desk.press("Einwilligung vorbereiten")
    desk.press("Einwilligung ausstellen")
    acts.sign_on_tablet(desk, tablet)
    assert not acts.missing(tablet.says, "Vielen Dank")
    assert "Sommer" not in tablet.says  # nothing of her stays on the tablet
    desk.open(series)
    assert not acts.missing(desk.says, "unterschrieben am 05.03.2027")
    session = acts.plan(desk, series, FRIDAY)
    acts.recheck(desk, session)
    physician.open(session)
    physician.press("Sitzung beginnen")
    physician.write("Handrücken links Temperatur", "-60")
    physician.write("Handrücken links Einwirkzeit", "15")
    physician.write("Handrücken links Durchgänge", "2")
    physician.write("Handrücken links Stellen", "1")
    physician.write("Handrücken links Fläche", "1,5")
    physician.choose("Reaktion direkt danach", "Rötung")
    physician.tick("Nachsorgeblatt wird gleich mitgegeben")
    physician.press("Sitzung speichern")
    aftercare = text_of(physician.fetch("Nachsorgeblatt öffnen"))
    assert "19.03.2027" in aftercare  # no sun for two weeks
    assert "Bitte kratzen Sie die Blasen nicht auf" in aftercare

    # At the desk she gets her invoice, and pays by transfer a week later.
    desk.open(session)
    desk.press("Rechnung vorbereiten")
    assert all(amount in desk.says for amount in ("9,52 €", "1,81 €", "11,33 €"))
    desk.press("Rechnung ausstellen")
    invoice, number = desk.url, desk.find(r"(RE-2027-\d{4})")
    paper = desk.fetch("PDF herunterladen")
    assert "auf Verlangen" in text_of(paper)
    assert girocode_of(paper)[7] == "EUR11.33"
    turn(FRIDAY + dt.timedelta(days=7))
    acts.pay(desk, invoice, "11,33")
    assert not acts.missing(desk.says, "Bezahlt", number)


def test_a_statutory_patient_from_the_first_visit_to_the_paid_invoice(counter, calendar):
    a_statutory_patient(counter("reception"), counter("physician"), calendar.turn, counter(None))
