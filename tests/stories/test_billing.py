"""Fourth story: an invoice with everything on it that a practice bills, and what is done until it is paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from kostenklar.tests.browser.papers import girocode_of, signed_scan, text_of
from kostenklar.tests.stories import acts

Turn = Callable[..., None]

MONDAY = dt.date(2027, 3, 1)
THURSDAY = MONDAY + dt.timedelta(days=3)  # the session
DUE = THURSDAY + dt.timedelta(days=30)
REMINDED = DUE + dt.timedelta(days=2)  # a Monday
DUNNED = REMINDED + dt.timedelta(days=14)
LAST = DUNNED + dt.timedelta(days=21)


def the_billing(desk: Any, physician: Any, owner: Any, turn: Turn) -> None:
    """Told in the order of the days; whoever sits at the desk may be a client or a browser."""
    turn(MONDAY)

    # What will it cost? The chain with VAT, to be read out on the telephone.
    desk.open("/kostenklar/prices")
    assert not acts.missing(desk.says, "unverbindlich", "Cryopeeling", "11,33 €")

    # She comes, pays herself, and on Thursday the spots are treated.
    acts.register(desk, "Brandt", "Ute", "14.07.1971", insured="Ohne Versicherung, zahlt selbst")
    acts.open_course(
        desk, "Cryopeeling", "Altersfleck", "Handrücken", sessions=(1, 2), diagnosis="Ästhetische Behandlung auf Wunsch"
    )
    series = desk.url
    acts.assess(physician, series, indication="kosmetisch", reason="auf eigenen Wunsch", on=MONDAY)
    acts.talk(physician, series, MONDAY)
    acts.consent_in_ink(desk, series, MONDAY)
    notice = acts.hand_the_cost_notice(desk, series)
    turn(THURSDAY)
    session = acts.plan(desk, series, THURSDAY)
    acts.recheck(desk, session)
    physician.open(session)
    physician.press("Sitzung beginnen")
    acts.cryo(physician, "Handrücken links")

    # The session waits for its invoice. In the draft she finds the dermatoscopy by a word, and adds it.
    desk.open("/kostenklar/invoices/unbilled")
    assert not acts.missing(desk.says, "Brandt, Ute")
    desk.open(session)
    desk.press("Rechnung vorbereiten")
    draft = desk.url
    desk.write("Leistung hinzufügen", "auflicht")
    desk.press("Suchen")
    desk.write("Faktor", "3")
    desk.press("Leistung hinzufügen")
    assert not acts.missing(desk.says, "120 Punkte", "20,98 €")

    # Factor 3 wants a reason, or the threshold: one click.
    assert not acts.missing(desk.says, "Begründung", "§ 12 Abs. 3 GOÄ")
    desk.press("Faktor 2,3 nehmen")
    assert not acts.missing(desk.says, "16,09 €")

    # A sterile dressing that she keeps, with its receipt, and a sun cream.
    desk.press("Auslage hinzufügen")
    desk.write("Art der Auslage", "Silikonverband, verbleibt")
    desk.write("Tatsächliche Kosten", "29,90")
    desk.attach("Beleg", "beleg.pdf", signed_scan(notice), "application/pdf")
    desk.press("Auslage speichern")
    desk.press("Ware hinzufügen")
    desk.write("Bezeichnung", "Sonnencreme LSF 50")
    desk.write("Preis netto", "19,90")
    desk.choose("Umsatzsteuer", "19 %")
    desk.press("Ware speichern")
    assert not acts.missing(desk.says, "75,41 €", "14,33 €", "89,74 €")
    desk.press("Rechnung ausstellen")
    invoice = desk.url
    paper = desk.fetch("PDF herunterladen")
    assert not acts.missing(text_of(paper), "740", "750", "auf Verlangen", "Silikonverband", "Sonnencreme", "89,74 €")
    assert girocode_of(paper)[7] == "EUR89.74"
    desk.open(invoice)
    desk.tick("gedruckt übergeben")
    desk.press("Übergabe speichern")
    assert draft == invoice
    assert not acts.missing(desk.says, "Wartet auf Zahlung")

    # A month later nothing has come: a friendly reminder, from the day's page.
    turn(REMINDED)
    desk.open("/kostenklar/")
    assert not acts.missing(desk.says, "Brandt, Ute", "89,74 €")
    desk.open("/kostenklar/invoices/receivables")
    assert not acts.missing(desk.says, "1 bis 30 Tage", "89,74 €")
    desk.open(invoice)
    desk.press("Zahlungserinnerung schreiben")
    desk.press("Zahlungserinnerung ausstellen")

    # She pays a part. Two weeks on comes the dunning letter; the owner has entered the base rate of the half-year.
    turn(DUNNED)
    acts.pay(desk, invoice, "50,00")
    owner.open("/kostenklar/practice/base-rates")
    owner.write("Gilt ab", "01.01.2027")
    owner.write("Basiszinssatz", "1,52")
    owner.write("Quelle", "Bundesbank, Bekanntmachung vom 31.12.2026")
    owner.press("Satz speichern")
    desk.open(invoice)
    desk.press("Mahnung schreiben")
    assert not acts.missing(desk.says, "39,74 €")
    desk.press("Mahnung ausstellen")
    desk.open(invoice)
    letter = text_of(desk.fetch("MA-"))
    assert not acts.missing(letter, "39,74 €", "§ 286")

    # She rings: three instalments. While they come in, nobody is dunned.
    turn(LAST)
    desk.open(invoice)
    desk.press("Ratenzahlung vereinbaren")
    desk.write("Anzahl oder Betrag", "3")
    desk.write("Erste Rate", acts.day(LAST + dt.timedelta(days=7)))
    desk.try_to("Raten ansehen")
    assert not acts.missing(desk.says, "13,24 €", "13,26 €")
    desk.press("Ratenzahlung vereinbaren")
    desk.open(invoice)
    assert not acts.missing(desk.says, "Ratenzahlung", "läuft")
    acts.pay(desk, invoice, "39,74")
    assert not acts.missing(desk.says, "Bezahlt")
    desk.open("/kostenklar/invoices/receivables")
    assert "Brandt" not in desk.says


def test_an_invoice_with_everything_on_it_until_it_is_paid(counter, calendar):
    the_billing(counter("reception"), counter("physician"), counter("owner"), calendar.turn)
