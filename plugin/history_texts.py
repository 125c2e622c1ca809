"""What happened, in words: the moves of states and the issued papers, as the course of events of a patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .texts import lazy_kt


@dataclass(frozen=True, slots=True)
class EventText:
    """The sentence with a place for {number}, the icon, and the state in whose colour it stands ("" for none)."""

    text: str
    icon: str
    state: str = ""


_SAID: Final[Mapping[tuple[str, str], EventText]] = {
    ("paper", "invoice"): EventText(lazy_kt("Rechnung {number} ausgestellt"), "receipt"),
    ("paper", "cancellation"): EventText(lazy_kt("Stornorechnung {number} ausgestellt"), "receipt"),
    ("paper", "cost_notice"): EventText(lazy_kt("Kosteninformation {number} ausgestellt"), "file-earmark-text"),
    ("paper", "consent"): EventText(lazy_kt("Einwilligung {number} ausgestellt"), "file-earmark-text"),
    ("paper", "aftercare"): EventText(lazy_kt("Merkblatt zur Nachsorge {number} ausgestellt"), "file-earmark-text"),
    ("treatment", "start"): EventText(lazy_kt("Sitzung begonnen"), "clipboard2-pulse"),
    ("treatment", "complete"): EventText(lazy_kt("Sitzung dokumentiert"), "clipboard2-pulse", "done"),
    ("treatment", "abort"): EventText(lazy_kt("Sitzung abgebrochen"), "clipboard2-pulse", "overdue"),
    ("treatment", "call_off"): EventText(lazy_kt("Sitzung fand nicht statt"), "clipboard2-pulse"),
    ("treatment", "record_late"): EventText(lazy_kt("Sitzung nachgetragen"), "clipboard2-pulse", "done"),
    ("consent", "sign"): EventText(lazy_kt("Einwilligung unterschrieben zurück"), "file-earmark-check", "done"),
    ("consent", "withdraw"): EventText(lazy_kt("Einwilligung widerrufen"), "slash-circle-fill", "blocked"),
    ("consent", "expire"): EventText(lazy_kt("Einwilligung abgelaufen"), "file-earmark-text", "overdue"),
    ("consent", "discard"): EventText(lazy_kt("Einwilligung verworfen"), "file-earmark-text"),
    ("cost_notice", "hand"): EventText(lazy_kt("Kosteninformation ausgehändigt"), "file-earmark-check", "done"),
    ("cost_notice", "sign"): EventText(
        lazy_kt("Kosteninformation unterschrieben zurück"), "file-earmark-check", "done"
    ),
    ("cost_notice", "discard"): EventText(lazy_kt("Kosteninformation verworfen"), "file-earmark-text"),
    ("invoice", "issue"): EventText(lazy_kt("Rechnung ausgestellt"), "receipt"),
    ("invoice", "discard"): EventText(lazy_kt("Rechnungsentwurf verworfen"), "receipt"),
    ("invoice", "pay_part"): EventText(lazy_kt("Teilzahlung eingegangen"), "receipt"),
    ("invoice", "pay_rest"): EventText(lazy_kt("Rechnung bezahlt"), "receipt", "done"),
    ("invoice", "reopen"): EventText(lazy_kt("Zahlung zurückgenommen"), "receipt", "overdue"),
    ("invoice", "cancel"): EventText(lazy_kt("Rechnung storniert"), "receipt"),
}
_OTHER: Final = EventText(lazy_kt("Eintrag geändert"), "clock-history")


def event_text(what: str, detail: str) -> EventText:
    """How a move (noun, step) or a paper ("paper", kind) is told; a general sentence for what has none yet."""
    return _SAID.get((what, detail), _OTHER)
