"""The sentences for the codes of models/rules/payments.py: money received, taken back, moved, reminded of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .texts import lazy_kt

PAYMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "amount_not_positive": (lazy_kt("Der Betrag ist größer als null. Zum Beispiel 1.251,78."),),
    "value_date_ahead": (lazy_kt("Dieser Tag liegt in der Zukunft. Bitte nehmen Sie den Tag der Wertstellung."),),
    "paid_too_much": (lazy_kt("Offen sind {open:money}. {over:money} sind zu viel und bleiben als Guthaben stehen."),),
    "paid_before_issue": (
        lazy_kt("Die Rechnung ist vom {issued_on:day}, das Geld kam früher. Bitte vergleichen Sie den Tag."),
    ),
    "paid_invoice_cancelled": (
        lazy_kt("Diese Rechnung ist storniert, zu zahlen ist daraus nichts. Das Geld bleibt als Guthaben stehen."),
    ),
    "payment_reversed": (lazy_kt("Diese Zahlung ist schon zurückgenommen."),),
    "payment_moved_on": (
        lazy_kt(
            "Von dieser Zahlung sind hier nur noch {left:money} übrig, der Rest ist verrechnet oder erstattet. "
            "Bitte nehmen Sie zuerst das zurück."
        ),
    ),
    "credit_too_small": (lazy_kt("Das Guthaben beträgt {credit:money}. Mehr kann nicht verwendet werden."),),
    "target_open_less": (lazy_kt("Auf der anderen Rechnung sind nur {open:money} offen."),),
    "receipt_without_money": (
        lazy_kt("Eine Quittung gibt es nur für Geld, das eingegangen und nicht zurückgenommen ist."),
    ),
    "reminder_nothing_open": (lazy_kt("Auf dieser Rechnung ist nichts offen. Eine Erinnerung braucht es nicht."),),
    "reminder_day_past": (lazy_kt("Der neue Zahltag liegt nicht nach heute. Bitte nehmen Sie einen späteren."),),
    "reminder_before_due": (
        lazy_kt("Das Zahlungsziel ist erst der {due_on:day}. Eine Erinnerung kommt noch zu früh."),
    ),
    "reminder_again": (lazy_kt("Erinnert ist schon, mit Frist bis {until:day}. Bitte warten Sie sie ab."),),
}
"""Code of a finding -> its sentence; finding_texts.SENTENCES holds them with all the others."""
