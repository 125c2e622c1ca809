"""The sentences for surcharges, expenses and goods: codes of models/rules/checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

_SURCHARGES: Final[Mapping[str, tuple[str, ...]]] = {
    "surcharge_without_operation": (
        lazy_kt("Position {line}: Der Zuschlag Nr. {number} braucht eine Operation am selben Tag."),
    ),
    "surcharge_beside_analog": (
        lazy_kt(
            "Position {line}: Ob der Zuschlag Nr. {number} neben der entsprechenden Nr. {operation} geht, ist "
            "umstritten. Bitte ärztlich prüfen."
        ),
    ),
    "surcharge_not_beside": (
        lazy_kt("Position {line}: Der Zuschlag Nr. {number} ist neben Nr. {operation} nicht vorgesehen."),
    ),
    "surcharge_operation_unknown": (
        lazy_kt(
            "Position {line}: Bitte prüfen Sie im Verzeichnis, ob der Zuschlag Nr. {number} neben Nr. {operation} geht."
        ),
    ),
    "surcharge_not_after_operation": (
        lazy_kt("Position {line}: Der Zuschlag Nr. {number} gehört direkt hinter Nr. {operation}."),
    ),
    "surcharge_once_a_day": (lazy_kt("Position {line}: Der Zuschlag Nr. {number} gilt nur einmal am Tag."),),
    "surcharges_exclude": (
        lazy_kt("Position {line}: Von den Zuschlägen 442 bis 445 gilt einer am Tag, Nr. {other} ist schon da."),
    ),
    "surcharge_by_points": (
        lazy_kt(
            "Position {line}: Bei {points} Punkten der größten Operation gilt der Zuschlag Nr. {proposed}, "
            "nicht Nr. {number}."
        ),
        lazy_kt("Position {line}: Bei {points} Punkten der größten Operation gibt es keinen Zuschlag 442 bis 445."),
    ),
    "surcharge_amount": (
        lazy_kt(
            "Position {line}, Nr. {number}: Der Betrag ist {amount:money}, nach dem einfachen Satz der Operation "
            "sind es {fee:money}."
        ),
    ),
}

_EXPENSES: Final[Mapping[str, tuple[str, ...]]] = {
    "expense_without_kind": (lazy_kt("Position {line}: Bei der Auslage fehlt, wofür sie war."),),
    "expense_receipt_missing": (
        lazy_kt("Position {line}, {service}: Über 25,56 € gehört der Beleg dazu. Bitte laden Sie ihn hoch."),
    ),
    "expense_not_chargeable": (
        lazy_kt("Position {line}, {service}: Das ist mit der Gebühr abgegolten und wird nicht extra berechnet."),
    ),
    "expense_immediate_use": (
        lazy_kt(
            "Position {line}, {service}: Was sofort in der Praxis verbraucht wurde, ist abgegolten. "
            "Berechnet wird nur, was die Patientin oder der Patient behält."
        ),
    ),
    "expense_postage": (
        lazy_kt(
            "Position {line}, {service}: Das Porto für die Rechnung wird nie berechnet, "
            "anderer Versand nur als wirkliche Auslage."
        ),
    ),
    "expense_lump_sum": (
        lazy_kt("Position {line}, {service}: Pauschalen gehen nicht. Bitte tragen Sie die wirklichen Kosten ein."),
    ),
    "practice_costs_covered": (
        lazy_kt("Position {line}, {service}: Geräte und Praxiskosten sind mit der Gebühr abgegolten."),
    ),
    "photos_included": (
        lazy_kt(
            "Position {line}, {service}: Die Fotodokumentation gehört in der Regel zur Behandlung und wird nicht extra "
            "berechnet."
        ),
    ),
    "appointment_not_chargeable": (
        lazy_kt("Position {line}, {service}: Einen Termin zu vereinbaren wird nicht berechnet."),
    ),
    "lump_sum": (
        lazy_kt(
            "Position {line}, {service}: Eine Pauschale für eine ärztliche Leistung ist unwirksam. "
            "Bitte berechnen Sie die Leistung nach der GOÄ."
        ),
    ),
    "goods_or_service": (
        lazy_kt(
            "Position {line}, {service}: Das klingt nach einer Leistung, nicht nach einer Ware. "
            "Leistungen werden nach der GOÄ berechnet."
        ),
    ),
    "total_looks_like_lump_sum": (
        lazy_kt(
            "Die Summe von {gross:money} ist glatt und ein Faktor krumm. "
            "Das sieht nach einer Pauschale aus, und die ist unwirksam."
        ),
    ),
    "total_very_high": (
        lazy_kt("Die Summe von {gross:money} ist ungewöhnlich hoch. Bitte prüfen Sie Beträge und Anzahl noch einmal."),
    ),
}

EXPENSES: Final[Mapping[str, tuple[str, ...]]] = {**_SURCHARGES, **_EXPENSES}
"""Code of a finding -> its sentence; check_texts.CHECKS holds them with the others."""
