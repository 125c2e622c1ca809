"""What happened, in words: the moves of states and the issued papers, as the course of events of a patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .texts import kt, lazy_kt


@dataclass(frozen=True, slots=True)
class EventText:
    """The sentence with a place for {number}, the icon, and the state in whose colour it stands ("" for none)."""

    text: str
    icon: str
    state: str = ""


_SAID: Final[Mapping[tuple[str, str], EventText]] = {
    ("paper", "invoice"): EventText(lazy_kt("Rechnung {number} ausgestellt"), "receipt"),
    ("paper", "cancellation"): EventText(lazy_kt("Stornorechnung {number} ausgestellt"), "receipt"),
    ("paper", "receipt"): EventText(lazy_kt("Quittung {number} ausgestellt"), "receipt"),
    ("paper", "reminder"): EventText(lazy_kt("Zahlungserinnerung {number} ausgestellt"), "receipt"),
    ("paper", "dunning"): EventText(lazy_kt("Mahnung {number} ausgestellt"), "receipt"),
    ("paper", "correction_letter"): EventText(lazy_kt("Begleitbrief {number} zur neuen Rechnung"), "envelope-paper"),
    ("paper", "instalment_plan"): EventText(lazy_kt("Ratenzahlung {number} vereinbart"), "receipt"),
    ("paper", "claim_statement"): EventText(lazy_kt("Forderung anwaltlich übergeben, Aufstellung {number}"), "receipt"),
    ("instalment_plan", "keep"): EventText(lazy_kt("Alle Raten bezahlt"), "receipt", "done"),
    ("instalment_plan", "break"): EventText(lazy_kt("Eine Rate ist ausgeblieben"), "receipt", "overdue"),
    ("instalment_plan", "end"): EventText(lazy_kt("Ratenzahlung beendet"), "receipt"),
    ("paper", "cost_notice"): EventText(lazy_kt("Kosteninformation {number} ausgestellt"), "file-earmark-text"),
    ("paper", "estimate"): EventText(lazy_kt("Kostenvoranschlag {number} ausgestellt"), "file-earmark-text"),
    ("estimate", "hand"): EventText(lazy_kt("Kostenvoranschlag übergeben"), "file-earmark-check", "done"),
    ("estimate", "expire"): EventText(lazy_kt("Kostenvoranschlag abgelaufen"), "file-earmark-text", "overdue"),
    ("estimate", "replace"): EventText(lazy_kt("Kostenvoranschlag durch einen neuen ersetzt"), "file-earmark-text"),
    ("paper", "fee_agreement"): EventText(lazy_kt("Honorarvereinbarung {number} ausgestellt"), "file-earmark-text"),
    ("fee_agreement", "sign"): EventText(
        lazy_kt("Honorarvereinbarung unterschrieben zurück"), "file-earmark-check", "done"
    ),
    ("fee_agreement", "discard"): EventText(lazy_kt("Honorarvereinbarung verworfen"), "file-earmark-text"),
    ("paper", "consent"): EventText(lazy_kt("Einwilligung {number} ausgestellt"), "file-earmark-text"),
    ("paper", "aftercare"): EventText(lazy_kt("Merkblatt zur Nachsorge {number} ausgestellt"), "file-earmark-text"),
    ("paper", "cost_query"): EventText(lazy_kt("Kostenanfrage {number} ausgestellt"), "envelope-paper"),
    ("paper", "outcome"): EventText(lazy_kt("Ergebnis der Kostenklärung {number} ausgestellt"), "file-earmark-text"),
    ("clarification", "open"): EventText(lazy_kt("Kostenklärung: Anfrage gewünscht"), "envelope-paper"),
    ("clarification", "issue_estimate"): EventText(
        lazy_kt("Kostenklärung: Kostenvoranschlag zugeordnet"), "envelope-paper"
    ),
    ("clarification", "give_to_patient"): EventText(
        lazy_kt("Kostenklärung: Unterlagen mitgegeben"), "envelope-paper", "waiting"
    ),
    ("clarification", "make_ready"): EventText(lazy_kt("Kostenklärung: zum Absenden bereitgelegt"), "envelope-paper"),
    ("clarification", "submit"): EventText(lazy_kt("Kostenklärung: abgeschickt"), "envelope-paper", "waiting"),
    ("clarification", "acknowledge"): EventText(lazy_kt("Kostenklärung: Eingang belegt"), "envelope-paper", "waiting"),
    ("clarification", "ask_documents"): EventText(
        lazy_kt("Kostenklärung: Unterlagen verlangt"), "envelope-paper", "open"
    ),
    ("clarification", "resubmit"): EventText(
        lazy_kt("Kostenklärung: nächste Runde abgeschickt"), "envelope-paper", "waiting"
    ),
    ("clarification", "fall_overdue"): EventText(
        lazy_kt("Kostenklärung: Antwort überfällig"), "envelope-paper", "overdue"
    ),
    ("clarification", "presume"): EventText(
        lazy_kt("Kostenklärung: keine Antwort, Vermutung vermerkt"), "envelope-paper", "overdue"
    ),
    ("clarification", "answer"): EventText(lazy_kt("Kostenklärung: Antwort eingegangen"), "envelope-paper", "open"),
    ("clarification", "object"): EventText(lazy_kt("Kostenklärung: Widerspruch"), "envelope-paper", "open"),
    ("clarification", "close"): EventText(lazy_kt("Kostenklärung abgeschlossen"), "envelope-paper", "done"),
    ("clarification", "expire"): EventText(lazy_kt("Kostenklärung abgelaufen"), "envelope-paper"),
    ("clarification", "cancel"): EventText(lazy_kt("Kostenklärung abgebrochen"), "envelope-paper"),
    ("clarification", "reopen"): EventText(lazy_kt("Kostenklärung neu begonnen"), "envelope-paper"),
    ("treatment", "start"): EventText(lazy_kt("Sitzung begonnen"), "clipboard2-pulse"),
    ("treatment", "complete"): EventText(lazy_kt("Sitzung dokumentiert"), "clipboard2-pulse", "done"),
    ("treatment", "abort"): EventText(lazy_kt("Sitzung abgebrochen"), "clipboard2-pulse", "overdue"),
    ("treatment", "call_off"): EventText(lazy_kt("Sitzung fand nicht statt"), "clipboard2-pulse"),
    ("treatment", "record_late"): EventText(lazy_kt("Sitzung nachgetragen"), "clipboard2-pulse", "done"),
    ("paper", "release"): EventText(lazy_kt("Schweigepflichtentbindung {number} ausgestellt"), "file-earmark-text"),
    ("paper", "power_of_attorney"): EventText(lazy_kt("Vollmacht {number} ausgestellt"), "file-earmark-text"),
    ("case_grant", "sign"): EventText(
        lazy_kt("Entbindung oder Vollmacht unterschrieben zurück"), "file-earmark-check", "done"
    ),
    ("case_grant", "revoke"): EventText(
        lazy_kt("Entbindung oder Vollmacht widerrufen"), "slash-circle-fill", "blocked"
    ),
    ("case_grant", "discard"): EventText(lazy_kt("Entbindung oder Vollmacht verworfen"), "file-earmark-text"),
    ("side_effect", "see"): EventText(lazy_kt("Nebenwirkung ärztlich gesehen"), "clipboard2-pulse", "done"),
    ("side_effect", "close"): EventText(lazy_kt("Nebenwirkung abgeschlossen"), "clipboard2-pulse", "done"),
    ("side_effect", "reopen"): EventText(lazy_kt("Nebenwirkung wieder geöffnet"), "clipboard2-pulse", "open"),
    ("consent", "sign"): EventText(lazy_kt("Einwilligung unterschrieben zurück"), "file-earmark-check", "done"),
    ("consent", "withdraw"): EventText(lazy_kt("Einwilligung widerrufen"), "slash-circle-fill", "blocked"),
    ("consent", "expire"): EventText(lazy_kt("Einwilligung abgelaufen"), "file-earmark-text", "overdue"),
    ("consent", "discard"): EventText(lazy_kt("Einwilligung verworfen"), "file-earmark-text"),
    ("cost_notice", "hand"): EventText(lazy_kt("Kosteninformation ausgehändigt"), "file-earmark-check", "done"),
    ("cost_notice", "sign"): EventText(
        lazy_kt("Kosteninformation unterschrieben zurück"), "file-earmark-check", "done"
    ),
    ("cost_notice", "discard"): EventText(lazy_kt("Kosteninformation verworfen"), "file-earmark-text"),
    ("paper_signing", "pair"): EventText(lazy_kt("Blatt auf dem Tablet geöffnet"), "file-earmark-text"),
    ("paper_signing", "sign"): EventText(lazy_kt("Blatt auf dem Tablet unterschrieben"), "file-earmark-check", "done"),
    ("paper_signing", "end"): EventText(lazy_kt("Blatt auf dem Tablet geschlossen"), "file-earmark-text"),
    ("invoice", "issue"): EventText(lazy_kt("Rechnung ausgestellt"), "receipt"),
    ("invoice", "discard"): EventText(lazy_kt("Rechnungsentwurf verworfen"), "receipt"),
    ("invoice", "pay_part"): EventText(lazy_kt("Teilzahlung eingegangen"), "receipt"),
    ("invoice", "pay_rest"): EventText(lazy_kt("Rechnung bezahlt"), "receipt", "done"),
    ("invoice", "reopen"): EventText(lazy_kt("Rechnung wieder offen"), "receipt", "overdue"),
    ("invoice", "send"): EventText(lazy_kt("Rechnung übergeben"), "receipt"),
    ("invoice", "fall_overdue"): EventText(lazy_kt("Zahlungsziel der Rechnung vorbei"), "receipt", "overdue"),
    ("invoice", "remind"): EventText(lazy_kt("An die Rechnung erinnert"), "receipt"),
    ("invoice", "put_off"): EventText(lazy_kt("Späterer Zahltag zugesagt"), "receipt", "waiting"),
    ("invoice", "write_off"): EventText(lazy_kt("Rechnung ausgebucht"), "receipt"),
    ("incoming_scan", "file"): EventText(lazy_kt("Eingegangener Scan zugeordnet"), "inbox"),
    ("invoice", "cancel"): EventText(lazy_kt("Rechnung storniert"), "receipt"),
}
_OTHER: Final = EventText(lazy_kt("Eintrag geändert"), "clock-history")


def event_text(what: str, detail: str) -> EventText:
    """How a move (noun, step) or a paper ("paper", kind) is told; a general sentence for what has none yet."""
    return _SAID.get((what, detail), _OTHER)


def acted_by(name: str) -> str:
    """Who did it, as pages say it: what no person did (the "system:..." of `acting_as`) happened by itself."""
    return kt("automatisch") if name == "system" or name.startswith("system:") else name
