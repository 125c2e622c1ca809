"""The sentences for the codes of batches: why an invoice was left out or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

BATCHES: Final[Mapping[str, tuple[str, ...]]] = {
    "batch_empty": (lazy_kt("Im Moment gibt es nichts zu tun. Der Stapel wäre leer."),),
    "batch_nothing_ready": (lazy_kt("Keine Rechnung ist so weit. Bitte sehen Sie die Gründe an."),),
    "batch_issued_already": (lazy_kt("Jemand hat diese Rechnung schon ausgestellt, sie hat die Nummer {number}."),),
    "batch_handed_over": (
        lazy_kt("Diese Rechnung ist schon übergeben, am {delivered_on:day}. Drucken können Sie sie auf ihrer Seite."),
    ),
    "batch_moved_on": (
        lazy_kt("An dieser Rechnung hat sich inzwischen etwas geändert. Bitte sehen Sie sie selbst an."),
    ),
    "batch_paper_wrong": (lazy_kt("Das Dokument widerspricht sich und wurde nicht ausgestellt: {why}"),),
    "batch_no_letter_left": (
        lazy_kt(
            "Die zweite Mahnung ist geschrieben. Bitte entscheiden Sie auf der Seite der Rechnung, wie es weitergeht."
        ),
    ),
    "batch_failed": (
        lazy_kt("Bei dieser Rechnung ist ein Fehler aufgetreten, nichts ist gebucht. Bitte versuchen Sie es einzeln."),
    ),
}
"""Code of a finding -> its sentence; finding_texts.SENTENCES holds them with all the others."""
