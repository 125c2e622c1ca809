"""The sentences about a session: what its use cases notice, the device's limits, risks that the consent lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

TREATMENT: Final[Mapping[str, tuple[str, ...]]] = {
    "planned_in_past": (
        lazy_kt("Der {planned_on:day} liegt in der Vergangenheit. Eine Sitzung, die schon war, tragen Sie bitte nach."),
    ),
    "course_ended": (lazy_kt("Die Behandlungsserie ist seit dem {ended_on:day} beendet."),),
    "session_running": (
        lazy_kt("In dieser Serie läuft schon eine Sitzung. Bitte schließen Sie sie zuerst ab oder brechen Sie sie ab."),
    ),
    "happened_in_future": (lazy_kt("Der Beginn liegt in der Zukunft. Bitte prüfen Sie Tag und Uhrzeit."),),
    "ended_before_began": (lazy_kt("Das Ende liegt vor dem Beginn. Bitte prüfen Sie die Uhrzeiten."),),
    "ended_in_future": (lazy_kt("Das Ende liegt in der Zukunft. Bitte prüfen Sie die Uhrzeit."),),
    "nothing_treated": (lazy_kt("Bitte tragen Sie mindestens eine Stelle ein, die behandelt wurde."),),
    "documented_later": (lazy_kt("Die Sitzung war am {happened_on:day} und wird erst heute eingetragen."),),
    "reason_needed": (lazy_kt("Bitte begründen Sie das kurz, dann wird der Eintrag gespeichert."),),
    "not_releasable": (lazy_kt("Dieser Punkt lässt sich nicht freigeben, oder er ist schon erledigt."),),
    "release_not_granted": (lazy_kt("Für Freigaben ist Ihr Eintrag in der Praxis nicht vorgesehen."),),
    "aftercare_text_missing": (lazy_kt("Zu dieser Behandlungsart ist noch kein Nachsorgetext hinterlegt."),),
    "device_limit_exceeded": (
        lazy_kt(
            "{site}: {parameter} {value:figure} {unit} liegt außerhalb dessen, was das Gerät erlaubt "
            "({lowest:figure} bis {highest:figure} {unit})."
        ),
        lazy_kt(
            "{site}: {parameter} {value:figure} {unit} liegt über dem, was das Gerät erlaubt ({highest:figure} {unit})."
        ),
        lazy_kt(
            "{site}: {parameter} {value:figure} {unit} liegt unter dem, was das Gerät erlaubt ({lowest:figure} {unit})."
        ),
        lazy_kt(
            "{site}: {parameter} {value:figure} liegt außerhalb dessen, was das Gerät erlaubt "
            "({lowest:figure} bis {highest:figure})."
        ),
        lazy_kt("{site}: {parameter} {value:figure} liegt über dem, was das Gerät erlaubt ({highest:figure})."),
        lazy_kt("{site}: {parameter} {value:figure} liegt unter dem, was das Gerät erlaubt ({lowest:figure})."),
    ),
    "device_check_overdue": (
        lazy_kt("Die Sicherheitsprüfung des Geräts war bis {check_due_on:day} fällig. Bitte prüfen Sie das."),
    ),
    "consent_lacks_skin_dark": (
        lazy_kt("Hauttyp V oder VI: Der Hinweis auf Verbrennungen fehlt auf der Einwilligung."),
    ),
    "consent_lacks_skin_sensitive": (
        lazy_kt("Sehr empfindliche Haut: Der Hinweis auf Narben fehlt auf der Einwilligung."),
    ),
    "consent_lacks_ink_darkens": (
        lazy_kt("Farben, die nachdunkeln können: Der Hinweis darauf fehlt auf der Einwilligung."),
    ),
    "test_spot_missing": (
        lazy_kt("Die Farben können nachdunkeln: Bitte zuerst eine Probestelle behandeln und eintragen."),
    ),
    "lesion_in_use": (
        lazy_kt(
            "Diese Stelle steht auf einer Einwilligung oder in einer Sitzung. Art, Ort und Seite bleiben, "
            "wie sie sind. Für eine andere Stelle tragen Sie bitte eine neue ein."
        ),
    ),
    "reason_given": (lazy_kt("Die ärztliche Begründung steht schon in der Akte."),),
}
"""Code of a finding -> its sentence; finding_texts.SENTENCES holds them with all the others."""
