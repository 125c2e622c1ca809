"""What is done at the desk again and again, in the words of the screens; `at` is a Counter or a browser's Desk."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kostenklar.tests.browser.papers import signed_scan

PHYSICIAN = "Dr. med. Henrike Seidel"


def day(value: dt.date) -> str:
    """As it is typed."""
    return f"{value:%d.%m.%Y}"


def find(at: Any, words: str, name: str) -> None:
    """Search for a patient and open the page."""
    at.open(f"/kostenklar/patients?q={words}")
    if at.heading != name:
        at.press(name)


def register(at: Any, last: str, first: str, born: str, *, insured: str, by: str = "", share: str = "") -> None:
    """A new patient with address, telephone and the first insurance."""
    at.open("/kostenklar/patients/new")
    at.write("Nachname", last)
    at.write("Vorname", first)
    at.write("Geburtsdatum", born)
    at.write("Straße", "Rheinufer 12")
    at.write("PLZ", "50679")
    at.write("Ort", "Köln")
    at.write("Telefon", "0221 4710 777")
    at.choose("Art der Versicherung", insured)
    if by:
        at.write("Krankenkasse", by)
    if share:
        at.write("Anteil", share)
    at.press("Patient anlegen")


def insure(at: Any, kind: str, by: str, *, contract: str = "", share: str = "") -> None:
    """From the patient's page: one more insurance."""
    at.press("Versicherung")
    at.choose("Art der Versicherung", kind)
    at.write("Krankenkasse", by)
    at.write("Vertragsnummer", contract)
    if share:
        at.write("Anteil", share)
    at.press("Versicherung speichern")


def open_course(
    at: Any, procedure: str, kind: str, site: str, *, sessions: tuple[int, int], diagnosis: str,
    inks: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """From the patient's page: the series with its one lesion; what is said of a tattoo's inks is ticked."""
    at.press("Neue Behandlungsserie|Behandlungsserie anlegen")
    at.choose("Behandlungsart", procedure)
    at.write("Sitzungen, mindestens", str(sessions[0]))
    at.write("Sitzungen, höchstens", str(sessions[1]))
    at.write("Diagnose", diagnosis)
    at.choose(r"1 ?\. Stelle Was", kind)
    at.write(r"1 ?\. Stelle Ort", site)
    at.choose(r"1 ?\. Stelle Seite", "links")
    if inks:
        at.unfold("Bei einer Tätowierung")
    for ink in inks:
        at.tick(ink)
    at.press("Serie anlegen")


def assess(at: Any, series: str, *, indication: str, reason: str, on: dt.date) -> None:
    """The physician says what it is, and that it is benign."""
    at.open(series)
    at.press("Beurteilen")
    at.tick(indication)
    at.write("Begründung", reason)
    at.tick("Die Stelle ist gutartig")
    at.write("Beurteilt am", day(on))
    at.write("Beurteilt durch", "Auflichtmikroskopie")
    at.press("Beurteilung speichern")


def talk(at: Any, series: str, on: dt.date) -> None:
    """The physician explained; written down the same day."""
    at.open(series)
    at.press("Gespräch eintragen")
    at.choose("Geführt von", PHYSICIAN)
    at.write("Am", day(on))
    at.write("Beginn", "08:30")
    at.write("Ende", "08:50")
    at.press("Gespräch speichern")


def consent_in_ink(at: Any, series: str, on: dt.date) -> bytes:
    """Issued, signed on paper, scanned and filed. Gives the paper."""
    at.open(series)
    at.press("Einwilligung vorbereiten")
    at.press("Einwilligung ausstellen")
    paper: bytes = at.fetch("Öffnen und drucken")
    at.write("Unterschrieben am", day(on))
    at.attach("Scan", "einwilligung.pdf", signed_scan(paper), "application/pdf")
    at.tick("hat unterschrieben")
    at.press("Einwilligung ablegen")
    return paper


def hand_the_cost_notice(at: Any, series: str) -> bytes:
    """Issued and handed over; private patients and self-payers need not sign. Gives the paper."""
    at.open(series)
    at.press("Kosteninformation ausstellen")
    at.press("Kosteninformation ausstellen")
    paper: bytes = at.fetch("Öffnen und drucken")
    at.press("Übergabe eintragen|Übergabe speichern")
    return paper


def plan(at: Any, series: str, on: dt.date) -> str:
    """A session by the physician. Gives the session's address."""
    at.open(series)
    at.press("Sitzung planen")
    at.write("Tag", day(on))
    at.write("Uhrzeit", "10:30")
    at.choose("Durchgeführt von", PHYSICIAN)
    at.press("Sitzung planen")
    return str(at.url)


def recheck(at: Any, session: str) -> None:
    """The short questions of the day, nothing to remark."""
    at.open(session)
    at.press("Abfrage ausfüllen")
    for question in at.questions():
        at.answer(question, "nein")
    at.press("Abfrage speichern")


def address_of_insurer(at: Any, name: str) -> None:
    """Where letters to it go."""
    at.open("/kostenklar/insurers")
    at.press(name)
    at.write("Straße", "Beispielallee 7")
    at.write("PLZ", "50321")
    at.write("Ort", "Brühl")
    at.press("Versicherer speichern")


def open_case(at: Any, series: str, payer: str, *ways: str) -> str:
    """A clarification with one payer of the patient. Gives its address."""
    at.open(f"{series}/clarification")
    at.tick(payer)
    for way in ways:
        at.tick(way)
    at.press("Kostenklärung anlegen")
    return str(at.url)


def missing(text: str, *words: str) -> list[str]:
    """The words that do not stand in the text, with the text behind them for whoever has to find out why."""
    gone = [word for word in words if word not in text]
    return [*gone, text] if gone else []


def write_query(at: Any, case: str) -> bytes:
    """The letter of a case. Gives the paper."""
    at.open(f"{case}/query")
    at.press("Kostenanfrage ausstellen")
    at.open(case)
    paper: bytes = at.fetch("KA-")
    return paper


def sign_grant(at: Any, case: str, kind: str, on: dt.date) -> bytes:
    """A release or a power of attorney for this case, signed in ink and filed. Gives the paper."""
    at.open(f"{case}/grants/{kind}")
    at.press("Entbindung ausstellen|Vollmacht ausstellen")
    paper: bytes = at.fetch("Öffnen und drucken")
    at.write("Unterschrieben am", day(on))
    at.attach("Scan", f"{kind}.pdf", signed_scan(paper), "application/pdf")
    at.tick("Alle Unterschriften sind auf dem Blatt")
    at.press("Unterschriebenes Blatt ablegen")
    return paper


def answer(at: Any, case: str, decision: str, *, dated: str) -> None:
    """What a payer wrote."""
    at.open(f"{case}/answer")
    at.tick(decision)
    at.write("Datum des Schreibens", dated)
    at.press("Antwort speichern")


def cryo(at: Any, site: str) -> None:
    """From the page of a session that began: what was done at the one site."""
    at.write(f"{site} Temperatur", "-60")
    at.write(f"{site} Einwirkzeit", "15")
    at.write(f"{site} Durchgänge", "2")
    at.write(f"{site} Stellen", "1")
    at.write(f"{site} Fläche", "1,5")
    at.choose("Reaktion direkt danach", "Rötung")
    at.tick("Nachsorgeblatt wird gleich mitgegeben")
    at.press("Sitzung speichern")


def laser(at: Any, site: str, *, area: str, fluence: str = "1,8") -> None:
    """From the page of a session that began: what was set at the one site."""
    at.write(f"{site} Handstück", "4 mm")
    at.write(f"{site} Wellenlänge", "532")
    at.write(f"{site} Fluenz", fluence)
    at.write(f"{site} Spotgröße", "4")
    at.write(f"{site} Impulsdauer", "6 ns")
    at.write(f"{site} Impulse", "60")
    at.write(f"{site} Durchgänge", "1")
    at.write(f"{site} Fläche", area)
    at.tick("Augenschutz getragen")
    at.choose("Reaktion direkt danach", "Rötung, leichte Schwellung")
    at.tick("Nachsorgeblatt wird gleich mitgegeben")
    at.press("Sitzung speichern")


def pay(at: Any, invoice: str, amount: str) -> None:
    """A transfer came in today."""
    at.open(invoice)
    at.press("Zahlung eintragen")
    at.write("Betrag", amount)
    at.press("Zahlung speichern")


def sign_on_tablet(at: Any, tablet: Any) -> None:
    """From a paper that waits for its signature: the desk shows the code, the tablet opens it, the pen signs."""
    at.press("Auf das Tablet geben")
    code = at.find(r"([A-Z0-9]{5}-[A-Z0-9]{5})")
    tablet.open("/kostenklar/tablet")
    tablet.write("Code vom Bildschirm", code)
    tablet.press("Dieses Blatt öffnen")
    for question in tablet.questions():
        tablet.answer(question, "nein")
    tablet.draw()
    tablet.press("Unterschreiben")
