"""The sentences for what the desk cannot file: courses, talks, consents and cost notices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

DESK: Final[Mapping[str, tuple[str, ...]]] = {
    "sessions_backwards": (
        lazy_kt("Das sind weniger Sitzungen als bei „mindestens“. Bitte geben Sie {least} oder mehr an."),
    ),
    "assessment_needs_physician": (
        lazy_kt("Ihr Zugang gehört zu keiner Ärztin und keinem Arzt dieser Praxis. Beurteilen können nur diese."),
    ),
    "indication_without_reason": (
        lazy_kt("Die Begründung fehlt. Ein kurzer Satz genügt, zum Beispiel: auf eigenen Wunsch."),
    ),
    "benign_in_future": (lazy_kt("Das Datum liegt in der Zukunft. Bitte prüfen Sie es."),),
    "benign_how_missing": (
        lazy_kt("Bitte schreiben Sie dazu, womit beurteilt wurde, zum Beispiel Auflichtmikroskopie."),
    ),
    "talk_ends_before_start": (lazy_kt("Das Ende liegt nicht nach dem Beginn. Bitte prüfen Sie die Uhrzeiten."),),
    "talk_in_future": (lazy_kt("Das Gespräch ist noch nicht zu Ende. Bitte tragen Sie es danach ein."),),
    "copy_before_talk": (lazy_kt("Das Gespräch war am {held_on:day}. Die Abschrift gibt es erst danach."),),
    "copy_how_missing": (lazy_kt("Bitte wählen Sie, wie die Abschrift übergeben wurde."),),
    "copy_day_missing": (lazy_kt("Das Datum der Übergabe fehlt. Zum Beispiel 23.11.2026."),),
    "consent_waits": (
        lazy_kt(
            "Die Einwilligung {number} ist schon vorbereitet. Bitte ordnen Sie sie zu oder verwerfen Sie sie zuerst."
        ),
    ),
    "consent_ends_before_start": (lazy_kt("Das Datum liegt in der Vergangenheit. Bitte prüfen Sie es."),),
    "signed_in_future": (lazy_kt("Das Datum liegt in der Zukunft. Bitte prüfen Sie es."),),
    "signed_before_paper": (
        lazy_kt("Das Blatt wurde erst am {issued_on:day} ausgestellt. Bitte prüfen Sie das Datum der Unterschrift."),
    ),
    "signed_before_handed": (
        lazy_kt("Übergeben wurde das Blatt am {handed_on:day}. Bitte prüfen Sie das Datum der Unterschrift."),
    ),
    "withdrawn_in_future": (lazy_kt("Der Zeitpunkt liegt in der Zukunft. Bitte prüfen Sie Datum und Uhrzeit."),),
    "withdrawn_before_signed": (
        lazy_kt("Unterschrieben wurde am {signed_on:day}. Der Widerruf kann nicht davor liegen."),
    ),
    "chain_changed": (
        lazy_kt("Die Leistungen dieser Behandlungsart haben sich geändert. Bitte öffnen Sie die Seite neu."),
    ),
    "factors_backwards": (lazy_kt("Der höchste Faktor liegt unter dem niedrigsten. Bitte prüfen Sie beide."),),
    "factor_unusable": (lazy_kt("Das ist kein Faktor. Zum Beispiel 2,3."),),
    "handed_in_future": (lazy_kt("Das Datum liegt in der Zukunft. Bitte prüfen Sie es."),),
    "handed_before_paper": (
        lazy_kt("Das Blatt wurde erst am {issued_on:day} ausgestellt. Bitte prüfen Sie das Datum."),
    ),
    "email_not_agreed": (
        lazy_kt("Für E-Mail fehlt die Adresse oder die Zustimmung in den Stammdaten. Bitte geben Sie Papier mit."),
    ),
}
"""Code of a finding -> its sentence; see finding_texts."""
