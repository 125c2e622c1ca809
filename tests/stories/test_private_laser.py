"""Second story: a privately insured patient with Beihilfe, laser on pigment spots, and two answers from two payers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from kostenklar.tests.browser.papers import signed_scan, text_of
from kostenklar.tests.stories import acts

Turn = Callable[..., None]

FIRST = dt.date(2027, 3, 1)  # a Monday


def a_private_patient(desk: Any, physician: Any, turn: Turn) -> None:
    """Told in the order of the days; whoever sits at the desk may be a client or a browser."""
    turn(FIRST)

    # She is a civil servant: half Beihilfe, half private insurance. Both have an address for letters.
    acts.register(
        desk, "Brandstätter", "Miriam", "14.03.1988", insured="Beihilfe", by="Beihilfestelle Musterland", share="50"
    )
    acts.insure(desk, "Privat versichert", "Albatros Kranken", contract="71-440982", share="50")
    for payer in ("Albatros Kranken", "Beihilfestelle Musterland"):
        acts.address_of_insurer(desk, payer)
    acts.find(desk, "brandst", "Brandstätter, Miriam")
    acts.open_course(
        desk, "Laserbehandlung von Pigmentflecken", "Pigmentfleck", "Schulter", sessions=(6, 8), diagnosis="Lentigines"
    )
    series = desk.url

    # The physician confirms that the spots are benign, and why they are treated.
    acts.assess(physician, series, indication="medizinisch", reason="nach Strahlentherapie", on=FIRST)
    acts.talk(physician, series, FIRST)

    # The estimate: itemised, sessions from to, no VAT because the indication is medical.
    desk.open(f"{series}/estimate")
    desk.write("Fläche je Sitzung", "26")
    desk.press("Kostenvoranschlag ausstellen")
    paper = text_of(desk.fetch("Öffnen und drucken"))
    assert not acts.missing(paper, "entsprechend", "Nr. 2886 GOÄ", "2.228,10 €", "2.970,80 €", "§ 4 Nr. 14", "6 bis 8")
    desk.press("Übergabe eintragen")
    desk.press("Übergabe")
    acts.hand_the_cost_notice(desk, series)

    # One case for each payer. The patient hands in at the Beihilfe herself; to the insurer the practice writes.
    beihilfe = acts.open_case(desk, series, "Beihilfestelle Musterland")
    acts.write_query(desk, beihilfe)
    desk.press("Unterlagen mitgeben")
    desk.press("Mitgegeben")
    insurer = acts.open_case(desk, series, "Albatros Kranken", "die Praxis schickt ab", "die Praxis mit Vollmacht")
    desk.press("Zum Absenden bereitlegen")
    desk.try_to("Bereitlegen")  # without a release nobody writes to an insurer
    assert not acts.missing(desk.says, "Schweigepflichtentbindung")
    acts.sign_grant(desk, insurer, "release", FIRST)
    acts.sign_grant(desk, insurer, "power_of_attorney", FIRST)
    letter = acts.write_query(desk, insurer)
    assert not acts.missing(
        text_of(letter),
        "Namen und mit Vollmacht der Versicherungsnehmerin",
        "§ 192 Abs. 8 VVG",
        "71-440982",
        "KV-2027-0001",
    )
    desk.press("Zum Absenden bereitlegen")
    desk.press("Bereitlegen")
    desk.open(f"{insurer}/send")
    desk.write("Abgeschickt am", acts.day(FIRST))
    desk.choose("Wie", "Einschreiben")
    desk.press("Absenden speichern")

    # The return receipt comes on Thursday: four weeks from then on, over Easter.
    turn(dt.date(2027, 3, 4))
    desk.open(f"{insurer}/received")
    desk.write("Eingegangen am", "04.03.2027")
    desk.write("Nachweis", "Rückschein")
    desk.press("Eingang speichern")
    assert not acts.missing(desk.says, "01.04.2027")

    # The Beihilfe commits to nothing before it has the invoice.
    turn(dt.date(2027, 3, 15))
    acts.answer(desk, beihilfe, "keine Zusage vor der Rechnung", dated="11.03.2027")

    # The insurer agrees to a part: four sessions, at most factor 1.8. An amount above the estimate asks back.
    turn(dt.date(2027, 3, 22))
    desk.open(f"{insurer}/answer")
    desk.tick("zum Teil")
    desk.write("Zugesagter Betrag", "3.000")
    desk.write("Datum des Schreibens", "18.03.2027")
    desk.try_to("Antwort speichern")
    assert not acts.missing(desk.says, "über dem Kostenvoranschlag")
    desk.write("Zugesagter Betrag", "581,24")
    desk.write("Höchstfaktor", "1,8")
    desk.write("Sitzungen", "4")
    desk.write("Gültig bis", "31.12.2027")
    desk.write("Bedingungen", "Rechnung mit Diagnose")
    desk.attach("Scan des Schreibens", "antwort.pdf", signed_scan(letter), "application/pdf")
    desk.press("Antwort speichern")
    assert not acts.missing(desk.says, "581,24 €", "bis Faktor 1,8", "vom Anteil nicht erstattet", "offen")

    # She is told on paper what came out, and that she pays the whole invoice in any case.
    desk.press("Ergebnis mitteilen")
    desk.tick("auf Papier|persönlich")
    desk.press("Blatt ausstellen und Mitteilung speichern")
    outcome = text_of(desk.fetch("KE-"))
    assert not acts.missing(outcome, "Albatros Kranken", "581,24 €", "offen", "ganze Rechnung")

    # The first session, long after the talk; the status of the clarification stands on its page.
    session_day = dt.date(2027, 4, 6)
    turn(session_day)
    acts.consent_in_ink(desk, series, session_day)
    session = acts.plan(desk, series, session_day)
    assert not acts.missing(desk.says, "individuell mit der versicherten Person")
    acts.recheck(desk, session)
    physician.open(session)
    physician.press("Sitzung beginnen")
    acts.laser(physician, "Schulter links", area="26")
    assert not acts.missing(text_of(physician.fetch("Nachsorgeblatt öffnen")), "20.04.2027")

    # The invoice: the analogous position as § 12(4) GOÄ wants it, and the diagnosis that insurers ask for.
    desk.open(session)
    desk.press("Rechnung vorbereiten")
    assert not acts.missing(desk.says, "Bei 26 cm² sieht die Empfehlung der Bundesärztekammer Nr. 2886 vor")
    desk.press("Nr. 2886 übernehmen")
    assert not acts.missing(desk.says, "371,35 €", "Der Kostenvoranschlag KV-2027-0001", "Zusage zum Teil")
    desk.press("Rechnung ausstellen")
    invoice = text_of(desk.fetch("PDF herunterladen"))
    assert not acts.missing(invoice, "entsprechend", "Nr. 2886 GOÄ", "26 cm²", "Lentigines", "371,35 €", "§ 4 Nr. 14")
    assert "Umsatzsteuer 19" not in invoice

    # Six weeks later she asks on the telephone what came out; it takes two steps to know.
    turn(dt.date(2027, 5, 18))
    desk.open("/kostenklar/telephone")
    desk.write("Name wie gehört", "kk 2027 2")
    desk.press("Suchen")
    assert not acts.missing(
        desk.says, "ein Teil der Kosten wird voraussichtlich übernommen", "vor der Rechnung gibt es keine Zusage"
    )
    assert not acts.missing(desk.says, "Ruft sonst jemand an: Bitte nichts sagen")
    desk.tick("Miriam Brandstätter")
    desk.choose("Wie haben Sie geprüft, wer anruft?", "Geburtsdatum und Vorgangsnummer genannt")
    desk.press("Auskunft eintragen")
    acts.find(desk, "brandst", "Brandstätter, Miriam")
    assert not acts.missing(desk.says, "Auskünfte", "Geburtsdatum und Vorgangsnummer genannt")


def test_a_private_patient_clarifies_costs_with_insurer_and_beihilfe(counter, calendar):
    a_private_patient(counter("reception"), counter("physician"), calendar.turn)
