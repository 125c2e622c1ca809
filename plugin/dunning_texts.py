"""The sentences for the codes of models/rules/dunning.py and interest.py: letters, default, base rates, limitation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

DUNNING: Final[Mapping[str, tuple[str, ...]]] = {
    "paid_written_off": (lazy_kt("Diese Rechnung ist ausgebucht. Die Zahlung wird trotzdem auf sie gebucht."),),
    "reminder_on_hold": (lazy_kt("Bis {until:day} gilt eine Mahnsperre ({reason}). Bitte heben Sie sie zuerst auf."),),
    "reminder_plan_runs": (
        lazy_kt("Für diese Rechnung läuft eine Ratenzahlung. Solange sie eingehalten wird, wird nicht erinnert."),
    ),
    "reminder_with_lawyer": (
        lazy_kt("Die Forderung liegt bei der Anwältin oder dem Anwalt. Von hier aus wird nicht mehr gemahnt."),
    ),
    "dunning_before_due": (lazy_kt("Das Zahlungsziel ist erst der {due_on:day}. Eine Mahnung wirkt erst danach."),),
    "dunning_skips_level": (lazy_kt("Üblich wäre jetzt {usual:word}. Bitte prüfen Sie, ob das so gewollt ist."),),
    "dunning_without_delivery": (
        lazy_kt("Die Übergabe der Rechnung ist nicht eingetragen. Ohne sie lässt sich der Verzug kaum belegen."),
    ),
    "claim_barred": (
        lazy_kt(
            "Die Forderung ist in der Regel seit dem {last:day} verjährt. Die Zahlung kann dann verweigert werden."
        ),
    ),
    "claim_barred_soon": (
        lazy_kt(
            "Die Forderung verjährt in der Regel mit dem {last:day}. Ein Schreiben hält das nicht auf, "
            "ein gerichtliches Mahnverfahren kann es."
        ),
    ),
    "base_rate_missing": (
        lazy_kt("Für den {day:day} ist kein Basiszinssatz hinterlegt. Deshalb werden keine Zinsen ausgewiesen."),
    ),
    "base_rate_awaited": (
        lazy_kt("Der Basiszinssatz ab {since:day} ist noch nicht eingetragen. Gerechnet ist mit dem vorigen."),
    ),
    "hold_day_past": (lazy_kt("Dieser Tag ist schon vorbei. Bitte nehmen Sie heute oder einen späteren."),),
    "claims_less": (
        lazy_kt("Zinsen und Kosten in den Mahnungen betragen {claimed:money}. Mehr kann nicht gebucht werden."),
    ),
    "letter_delivered": (lazy_kt("Die Übergabe dieses Schreibens ist schon eingetragen, für den {on:day}."),),
}
"""Code of a finding -> its sentence; finding_texts.SENTENCES holds them with all the others."""
