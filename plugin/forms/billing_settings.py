"""The settings of a practice that the law of billing leaves to it: days of letters, their cost, the Behandlungsfall."""

from __future__ import annotations

from ...models.rules.deadlines import CaseReading
from ..practice_texts import CASE_READINGS
from ..texts import lazy_kt
from .base import KostenklarForm
from .fields import RadioRow, enum_choices
from .typed import AmountField, WholeNumberField


class BillingSettings(KostenklarForm):
    """Part of the practice's form."""

    reminder_days = WholeNumberField(lazy_kt("Erinnerung: neuer Zahltag nach"), least=1, most=90, unit=lazy_kt("Tagen"))
    dunning_days = WholeNumberField(lazy_kt("Mahnung: neuer Zahltag nach"), least=1, most=90, unit=lazy_kt("Tagen"))
    dunning_fee = AmountField(
        lazy_kt("Kosten der zweiten Mahnung"),
        most=50,
        description=lazy_kt(
            "Nur tatsächliche Kosten wie Porto und Papier (§ 309 Nr. 5 BGB). Mit 0,00 bleibt sie frei."
        ),
    )
    case_reading = RadioRow(
        lazy_kt("Ein Behandlungsfall dauert"),
        choices=enum_choices(CASE_READINGS),
        coerce=CaseReading,
        description=lazy_kt("Der „Monat“ vor Abschnitt B der GOÄ wird verschieden gelesen"),
    )
