"""The sentences for corrected invoices, instalments, and claims that are handed to a lawyer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

DEBTS: Final[Mapping[str, tuple[str, ...]]] = {
    "letter_without_correction": (
        lazy_kt("Den Begleitbrief gibt es nur zu einer gültigen Rechnung, die für eine stornierte geschrieben wurde."),
    ),
    "plan_nothing_open": (lazy_kt("Auf dieser Rechnung ist nichts offen. Raten braucht es nicht."),),
    "plan_there": (
        lazy_kt("Für diese Rechnung ist schon eine Ratenzahlung vereinbart. Bitte beenden Sie sie zuerst."),
    ),
    "plan_with_lawyer": (
        lazy_kt(
            "Die Forderung ist anwaltlich übergeben. Bitte sprechen Sie Raten dort ab, oder nehmen Sie sie zurück."
        ),
    ),
    "plan_day_past": (lazy_kt("Die erste Rate liegt nicht nach heute. Bitte nehmen Sie einen späteren Tag."),),
    "plan_beyond_limitation": (
        lazy_kt("Die letzte Rate liegt nach dem {last:day}, dann ist die Forderung voraussichtlich verjährt."),
    ),
    "plan_sum_differs": (
        lazy_kt("Die Raten ergeben nicht, was offen ist: {open:money}. Bitte sehen Sie sie noch einmal an."),
    ),
    "handover_nothing_open": (lazy_kt("Auf dieser Rechnung ist nichts offen. Abzugeben ist nichts."),),
    "handover_there": (lazy_kt("Die Forderung ist schon anwaltlich übergeben."),),
    "handover_plan_holds": (
        lazy_kt("Eine Ratenzahlung ist vereinbart und läuft. Bitte beenden Sie sie, bevor Sie die Forderung abgeben."),
    ),
    "handover_barred": (
        lazy_kt("Die Forderung ist voraussichtlich seit dem {last:day} verjährt. Bitte klären Sie das zuerst."),
    ),
    "handover_without_default": (
        lazy_kt(
            "Dass die Patientin oder der Patient in Verzug ist, ist hier nicht belegt: Zinsen stehen dann nicht in der "
            "Aufstellung. Meist fehlt das Datum der Übergabe."
        ),
    ),
    "handover_without_dunning": (
        lazy_kt("Es ist noch keine Mahnung geschrieben. In der Regel geht sie der Übergabe voraus."),
    ),
    "handover_not_running": (lazy_kt("Diese Übergabe ist schon beendet."),),
}
"""Code of a finding -> its sentence; finding_texts.SENTENCES holds them with all the others."""
