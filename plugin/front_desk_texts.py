"""The sentences for what goes wrong on the telephone, with incoming scans and with tomorrow's papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

FRONT_DESK: Final[Mapping[str, tuple[str, ...]]] = {
    "told_outdated": (
        lazy_kt(
            "Der Stand hat sich gerade geändert. Bitte lesen Sie den neuen Satz, bevor Sie die Auskunft eintragen."
        ),
    ),
    "told_nothing": (lazy_kt("Bitte haken Sie an, was Sie vorgelesen haben."),),
    "told_not_allowed": (
        lazy_kt("Diese Person darf keine Auskunft bekommen. Bitte wählen Sie eine andere oder „niemand“."),
    ),
    "told_unchecked": (lazy_kt("Bitte wählen Sie, wie Sie geprüft haben, wer anruft."),),
    "told_beyond_scope": (
        lazy_kt("{name} darf das nicht erfahren: „{sentence}“ Bitte nehmen Sie das Häkchen dort weg."),
    ),
    "scan_known_waiting": (
        lazy_kt("„{name}“ ist schon da: Der Scan ist am {on:day} eingegangen und wartet noch auf seine Zuordnung."),
    ),
    "scan_known_filed": (lazy_kt("„{name}“ ist schon da: Der Scan vom {on:day} liegt bereits in einer Akte."),),
    "scan_known_aside": (
        lazy_kt(
            "„{name}“ ist schon da: Der Scan vom {on:day} wurde beiseitegelegt. Dort können Sie ihn noch zuordnen."
        ),
    ),
    "scan_is_our_paper": (
        lazy_kt("„{name}“ ist unser Blatt {number} selbst, ohne Unterschrift. Bitte scannen Sie das unterschriebene."),
    ),
    "scan_in_file": (lazy_kt("„{name}“ liegt schon in einer Akte."),),
}
"""Code of a finding -> its sentence; see finding_texts."""

PAYERS: Final[Mapping[str, str]] = {
    "gkv": lazy_kt("gesetzlich"),
    "pkv": lazy_kt("privat"),
    "self_payer": lazy_kt("Selbstzahler"),
}
CASE_STATES: Final[Mapping[str, str]] = {
    "not_required": lazy_kt("keine Anfrage nötig"),
    "draft": lazy_kt("noch nicht angefragt"),
    "estimate_issued": lazy_kt("noch nicht angefragt"),
    "with_patient": lazy_kt("Anfrage liegt beim Patienten"),
    "ready": lazy_kt("Anfrage liegt zum Versand bereit"),
    "submitted": lazy_kt("wartet auf Antwort"),
    "acknowledged": lazy_kt("Eingang bestätigt, wartet auf Antwort"),
    "documents_requested": lazy_kt("Unterlagen nachgefordert"),
    "overdue": lazy_kt("Antwort überfällig"),
    "presumed": lazy_kt("keine Auskunft eingegangen"),
    "answered": lazy_kt("Antwort liegt vor"),
    "objection": lazy_kt("Widerspruch läuft"),
    "closed": lazy_kt("geklärt"),
}
REASONS: Final[Mapping[str, str]] = {
    "lesions": lazy_kt("Es ist noch keine Stelle eingetragen."),
    "withdrawn": lazy_kt(
        "Die Einwilligung wurde widerrufen. Bitte sprechen Sie zuerst mit der Patientin oder dem Patienten."
    ),
    "benign": lazy_kt("Ob die Stelle gutartig ist, ist noch nicht ärztlich bestätigt."),
    "undecided": lazy_kt("Ob medizinisch oder kosmetisch, ist ärztlich noch nicht entschieden."),
    "fund": lazy_kt(
        "Die Behandlung ist medizinisch begründet. Bitte klären Sie zuerst, ob die Krankenkasse sie übernimmt."
    ),
    "scan": lazy_kt("Sie ist unterschrieben, es fehlt nur der Scan."),
    "failed": lazy_kt("Sie ließ sich nicht ausstellen. Bitte stellen Sie sie einzeln aus, dort steht der Grund."),
}
"""Why a missing paper is not printed; see models.rules.print_run."""
