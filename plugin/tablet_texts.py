"""The sentences around signing on the tablet: why a paper is not given to it, and what is no signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

TABLET: Final[Mapping[str, tuple[str, ...]]] = {
    "tablet_never": (
        lazy_kt(
            "Eine Honorarvereinbarung braucht Tinte auf Papier. Bitte drucken Sie sie aus und legen Sie den Scan ab."
        ),
    ),
    "tablet_needs_ink": (
        lazy_kt(
            "Diese Vereinbarung wird auf Papier unterschrieben: Ob die Unterschrift auf einem Bildschirm der Form "
            "genügt, ist umstritten. Die Praxisleitung kann das in den Einstellungen ändern."
        ),
    ),
    "tablet_hand_first": (
        lazy_kt(
            "Bitte geben Sie die Kosteninformation zuerst mit, auf Papier oder per E-Mail. "
            "Auf dem Bildschirm gezeigt ist sie noch nicht übergeben."
        ),
    ),
    "tablet_not_waiting": (lazy_kt("Dieses Blatt wartet nicht mehr auf eine Unterschrift."),),
    "tablet_no_line": (lazy_kt("Auf diesem Blatt gibt es nichts zu unterschreiben."),),
    "tablet_unanswered": (lazy_kt("Bitte beantworten Sie noch: Frage {numbers}."),),
    "signature_empty": (lazy_kt("In Feld {line} fehlt die Unterschrift. Bitte schreiben Sie Ihren Namen hinein."),),
    "signature_too_long": (
        lazy_kt("Die Unterschrift in Feld {line} hat zu viele Striche. Bitte zeichnen Sie sie neu."),
    ),
    "signature_unreadable": (
        lazy_kt("Die Unterschrift in Feld {line} kam nicht richtig an. Bitte zeichnen Sie sie neu."),
    ),
    "signature_without_name": (lazy_kt("Zu Feld {line} fehlt der Name. Er steht unter der Unterschrift."),),
}
"""Code of a finding -> its sentence; see finding_texts."""

CLOSED: Final[Mapping[str, tuple[str, str]]] = {
    "nothing": (
        lazy_kt("Hier ist kein Blatt offen"),
        lazy_kt("Auf diesem Gerät ist gerade nichts zu unterschreiben. Der Empfang gibt Ihnen gern einen Code."),
    ),
    "unknown": (
        lazy_kt("Der Code stimmt nicht"),
        lazy_kt("Bitte vergleichen Sie ihn mit dem Bildschirm am Empfang und geben Sie ihn noch einmal ein."),
    ),
    "patience": (
        lazy_kt("Bitte warten Sie einen Moment"),
        lazy_kt("Es kamen zu viele falsche Codes. Bitte versuchen Sie es in fünf Minuten noch einmal."),
    ),
    "expired": (
        lazy_kt("Der Code ist abgelaufen"),
        lazy_kt("Er gilt fünf Minuten. Der Empfang zeigt Ihnen gern einen neuen."),
    ),
    "elsewhere": (
        lazy_kt("Dieses Blatt ist schon auf einem Gerät offen"),
        lazy_kt("Es lässt sich nur dort lesen und unterschreiben. Für ein anderes Gerät braucht es einen neuen Code."),
    ),
    "signed": (
        lazy_kt("Vielen Dank"),
        lazy_kt("Die Unterschrift ist gespeichert. Bitte geben Sie das Tablet am Empfang zurück."),
    ),
    "ended": (
        lazy_kt("Das Blatt ist geschlossen"),
        lazy_kt("Der Empfang hat es zurückgenommen. Unterschrieben ist nichts. Bitte geben Sie das Tablet zurück."),
    ),
    "time": (
        lazy_kt("Die Zeit ist abgelaufen"),
        lazy_kt(
            "Gespeichert ist nichts, auch keine Unterschrift. Der Empfang öffnet Ihnen das Blatt gern noch einmal."
        ),
    ),
    "changed": (
        lazy_kt("Das Blatt hat sich geändert"),
        lazy_kt("Der Empfang hat es inzwischen geändert oder verworfen. Unterschrieben ist nichts."),
    ),
}
"""Why a tablet shows no paper -> title and sentence; without any patient's data."""
