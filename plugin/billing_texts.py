"""The sentences for the codes of models/rules/billing.py: from the treatment to the invoice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

BILLING: Final[Mapping[str, tuple[str, ...]]] = {
    "treatment_not_done": (lazy_kt("Die Sitzung ist noch nicht abgeschlossen. Die Rechnung kommt danach."),),
    "treatment_billed": (
        lazy_kt("Diese Sitzung steht schon auf einer Rechnung. Eine neue gibt es erst nach dem Storno."),
    ),
    "treatment_not_billable": (lazy_kt("Diese Sitzung wird nicht berechnet, so ist es eingetragen."),),
    "nothing_to_bill": (lazy_kt("Es ist keine Sitzung gewählt, die berechnet werden kann."),),
    "session_on_invoice": (lazy_kt("Eine gewählte Sitzung steht schon auf der Rechnung {number}."),),
    "session_in_draft": (
        lazy_kt("Eine gewählte Sitzung steht schon in einem anderen Entwurf. Bitte verwerfen Sie ihn zuerst."),
    ),
    "diagnosis_missing": (
        lazy_kt(
            "Die Diagnose fehlt auf der Rechnung. Versicherung und Beihilfe brauchen sie in der Regel zur Erstattung."
        ),
    ),
    "above_estimate": (
        lazy_kt(
            "Der Betrag liegt {over:money} über dem Kostenvoranschlag {number} ({estimated:money}). "
            "Bitte prüfen Sie ihn."
        ),
    ),
    "not_decidable": (lazy_kt("Medizinisch oder kosmetisch gibt es nur bei Leistungen und Auslagen."),),
    "chain_empty": (lazy_kt("Zu dieser Behandlungsart sind noch keine Positionen hinterlegt."),),
    "position_unknown": (
        lazy_kt(
            "Nr. {number} hat im Gebührenverzeichnis am {service_on:day} keine Punktzahl. Bitte prüfen Sie die Nummer."
        ),
    ),
    "surcharge_needs_operation": (
        lazy_kt("Nr. {number} ist ein Zuschlag und steht hinter der Leistung vom selben Tag, zu der er gehört."),
    ),
    "session_not_here": (
        lazy_kt("Diese Sitzung gehört nicht auf diese Rechnung. Bitte wählen Sie eine aus der Liste."),
    ),
    "article_gone": (lazy_kt("Diesen Artikel gibt es nicht mehr. Bitte wählen Sie einen anderen."),),
    "line_at_end": (lazy_kt("Weiter lässt sich diese Position nicht verschieben."),),
    "draft_changed": (
        lazy_kt("Am Entwurf hat sich etwas geändert, seit Sie ihn geöffnet haben. Bitte sehen Sie ihn noch einmal an."),
    ),
    "cancellation_final": (
        lazy_kt("Eine Stornorechnung bleibt stehen. Wenn etwas zu berechnen ist, schreiben Sie eine neue Rechnung."),
    ),
    "delivered_before_issue": (lazy_kt("Die Rechnung ist vom {issued_on:day}, vorher kann sie nicht übergeben sein."),),
    "physician_missing": (
        lazy_kt("An der Sitzung steht keine Ärztin und kein Arzt. Berechnet wird nur, was ärztlich beaufsichtigt ist."),
    ),
    "indications_differ": (
        lazy_kt(
            "Hier sind medizinische und kosmetische Stellen zusammen behandelt. "
            "Bitte lassen Sie ärztlich für jede Position entscheiden, was sie ist."
        ),
    ),
    "line_decided_apart": (
        lazy_kt(
            "Position {line} ist ärztlich als „{indication:word}“ entschieden, anders als auf den Papieren vorher. "
            "Bitte prüfen Sie, ob die Patientin oder der Patient davon weiß."
        ),
    ),
    "issuer_iban_wrong": (lazy_kt("Die IBAN der Praxis stimmt nicht. Bitte vergleichen Sie sie Ziffer für Ziffer."),),
    "characters_missing": (
        lazy_kt("Diese Zeichen fehlen in der Schrift der Dokumente: {characters}. Bitte schreiben Sie sie anders."),
    ),
    "once_per_session": (
        lazy_kt("Nr. {number} gilt je Sitzung und steht nur einmal auf der Rechnung, nicht {count}-mal."),
    ),
    "laser_position_by_area": (
        lazy_kt(
            "Bei {area:area} sieht die Empfehlung der Bundesärztekammer Nr. {proposed} vor, hier steht Nr. {number}. "
            "Bitte ärztlich prüfen."
        ),
    ),
    "treatment_aborted": (lazy_kt("Die Sitzung wurde abgebrochen. Berechnen Sie bitte nur, was erbracht ist."),),
}
"""Code of a finding -> its sentence; finding_texts.SENTENCES holds them with all the others."""
