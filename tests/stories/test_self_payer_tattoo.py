"""Third story: a self-payer has a tattoo removed in a series, and the invoice over it has a life of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from kostenklar.tests.browser.papers import girocode_of, signed_scan, text_of
from kostenklar.tests.stories import acts

Turn = Callable[..., None]

FIRST = dt.date(2027, 3, 1)  # a Monday
TOO_EARLY = FIRST + dt.timedelta(days=10)
FRIDAY = FIRST + dt.timedelta(days=4)
SECOND = FIRST + dt.timedelta(days=36)


def a_self_payer(desk: Any, physician: Any, turn: Turn) -> None:
    """Told in the order of the days; whoever sits at the desk may be a client or a browser."""
    turn(FIRST)

    # He wants the three-coloured tattoo on his upper arm gone, and pays himself.
    acts.register(desk, "Hartmann", "Timo", "09.09.1993", insured="Ohne Versicherung, zahlt selbst")
    acts.find(desk, "hartm", "Hartmann, Timo")
    acts.open_course(
        desk, "Laserentfernung einer Tätowierung", "Tätowierung", "Oberarm", sessions=(2, 8),
        diagnosis="Ästhetische Behandlung auf Wunsch", inks=("schwarz", "rot", "kann nachdunkeln"),
    )  # fmt: skip
    series = desk.url
    acts.assess(physician, series, indication="kosmetisch", reason="auf eigenen Wunsch", on=FIRST)
    acts.talk(physician, series, FIRST)

    # The consent carries the warning about inks that darken, and how long it takes to heal.
    consent = text_of(acts.consent_in_ink(desk, series, FIRST))
    assert not acts.missing(consent, "(Farben: schwarz, rot)", "Eisenoxid", "dunkler", "2 bis 8")

    # Factor 4: a fee agreement under § 2 GOÄ, on a paper of its own, in ink, before the session.
    desk.open(f"{series}/fee-agreement")
    desk.choose("Ärztin oder Arzt", acts.PHYSICIAN)
    desk.write("Persönliches Gespräch am", acts.day(FIRST))
    desk.write("Nr. 2440", "4")
    desk.press("Honorarvereinbarung ausstellen")
    agreement = desk.fetch("Öffnen und drucken")
    text = text_of(agreement)
    assert not acts.missing(text, "2440", "186,52 €", "möglicherweise nicht in vollem Umfang gewährleistet")
    assert "HV-2027" not in text  # nothing else stands on it, not even our number
    desk.write("Unterschrieben am", acts.day(FIRST))
    desk.attach("Scan", "honorar.pdf", signed_scan(agreement), "application/pdf")
    desk.press("Honorarvereinbarung ablegen")
    desk.open(f"{series}/cost-notice")
    desk.write("Nr. 2440.*Faktor von", "4")
    desk.write("Nr. 2440.*Faktor bis", "4")
    desk.press("Kosteninformation ausstellen")
    notice = text_of(desk.fetch("Öffnen und drucken"))
    assert not acts.missing(notice, "221,96 €", "443,92 €")
    desk.press("Übergabe eintragen|Übergabe speichern")

    # The first session.
    session = acts.plan(desk, series, FIRST)
    acts.recheck(desk, session)
    physician.open(session)
    physician.press("Sitzung beginnen")
    acts.laser(physician, "Oberarm links", area="6", fluence="4,2")

    # On the third day he calls: blood blisters. The desk writes it down, the physician looks at it next day.
    turn(FIRST + dt.timedelta(days=3), "16:20")
    desk.open(session)
    desk.press("Nebenwirkung melden")
    desk.tick("blutige Blase")
    desk.write("Seit wann", acts.day(FIRST + dt.timedelta(days=2)))
    desk.write("Beschreibung", "zwei kleine Blasen am Rand")
    desk.write("Was wurde geraten?", "nicht aufkratzen, sauber abdecken")
    desk.write("Nachkontrolle am", acts.day(FIRST + dt.timedelta(days=4)))
    desk.press("Nebenwirkung speichern")
    effect = desk.url
    assert not acts.missing(desk.says, "3 Tage nach der Sitzung gemeldet", "Wellenlänge", "532 nm")
    turn(FRIDAY, "11:00")
    desk.open("/kostenklar/")
    assert not acts.missing(desk.says, "blutige Blase")
    physician.open(effect)
    physician.press("Ärztlich beurteilen")
    physician.tick("ja")
    physician.write("Befund und Maßnahme", "steril abgedeckt, heilt ab")
    physician.press("Beurteilung speichern")
    assert not acts.missing(physician.says, "Zu erwarten", "steril abgedeckt")

    # Ten days after the first session is too early for the second one: thirty are right.
    turn(TOO_EARLY)
    early = acts.plan(desk, series, TOO_EARLY)
    desk.open(early)
    assert not acts.missing(desk.says, "30 Tage")
    desk.press("Absagen")
    desk.write("Grund", "zu früh, neuer Termin")
    desk.press("Absagen|Sitzung absagen")

    # After five weeks: only the short re-check, then the same settings as last time with a little more energy.
    turn(SECOND)
    again = acts.plan(desk, series, SECOND)
    acts.recheck(desk, again)
    physician.open(again)
    physician.press("Sitzung beginnen")
    assert not acts.missing(physician.says, "zuletzt")
    physician.press("Wie letztes Mal")
    physician.write("Oberarm links Fluenz", "4,6")
    physician.tick("Augenschutz getragen")
    physician.press("Sitzung speichern")
    assert not acts.missing(physician.says, "4,6 J/cm²", "532 nm", "6 ns")

    # One invoice over both sessions, at the agreed factor.
    desk.open(f"{series}/invoice")
    desk.press("Entwurf anlegen")
    desk.press("Rechnung ausstellen")
    first = desk.url
    assert not acts.missing(desk.says, "01.03.2027", "06.04.2027", "443,92 €")
    paper = text_of(desk.fetch("PDF herunterladen"))
    assert not acts.missing(paper, "4,0", "186,52", "§ 2", "01.03.2027", "06.04.2027", "auf Verlangen")

    # He pays a part. Then it turns out that his employer's address should not stand on it: cancelled, issued anew.
    turn(SECOND + dt.timedelta(days=8))
    acts.pay(desk, first, "200,00")
    assert not acts.missing(desk.says, "Teilweise bezahlt", "243,92 €")
    desk.press("Stornieren")
    desk.write("Grund", "Anschrift falsch")
    desk.press("Stornieren")
    desk.open(first)
    assert not acts.missing(desk.says, "Guthaben", "200,00 €")
    desk.press("Neu schreiben|Rechnung neu schreiben|Neue Rechnung")
    if desk.url != first:
        desk.press("Entwurf anlegen|Neu schreiben|Rechnung neu schreiben")
    desk.press("Rechnung ausstellen")
    second = desk.url
    assert not acts.missing(desk.says, "RE-2027-0002", "443,92 €", "RE-2027-0001")
    desk.open(first)
    desk.press("Guthaben verrechnen|Guthaben")
    desk.press("Guthaben verrechnen")
    desk.open(second)
    assert not acts.missing(desk.says, "243,92 €", "Teilweise bezahlt")

    # Five weeks later the rest is still open: a friendly reminder, then it comes, and he wants a receipt.
    turn(SECOND + dt.timedelta(days=45))
    desk.open(second)
    desk.press("Zahlungserinnerung schreiben|An die Zahlung erinnern|Zahlungserinnerung")
    desk.press("Zahlungserinnerung ausstellen")
    desk.open(second)
    reminder = desk.fetch("ZE-")
    assert not acts.missing(text_of(reminder), "243,92 €", "RE-2027-0002")
    assert girocode_of(reminder)[7] == "EUR243.92"
    turn(SECOND + dt.timedelta(days=50))
    acts.pay(desk, second, "243,92")
    assert not acts.missing(desk.says, "Bezahlt")
    desk.press("Quittung ausstellen")
    desk.press("Quittung ausstellen")
    desk.open(second)
    assert not acts.missing(text_of(desk.fetch("QU-")), "243,92 €", "Timo Hartmann")


def test_a_self_payer_has_a_tattoo_removed_in_two_sessions(counter, calendar):
    a_self_payer(counter("reception"), counter("physician"), calendar.turn)
