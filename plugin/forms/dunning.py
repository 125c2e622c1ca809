"""The forms around an unpaid invoice: a dunning letter, the hold, its hand-over, writing off, a base rate."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from ..clock import today
from ..texts import kt, lazy_kt
from .base import KostenklarForm
from .fields import CheckField, TextField
from .payments import ConfirmedForm
from .typed import AmountField, DateTextField, DecimalTextField

_CHANGES = frozenset({(1, 1), (7, 1)})  # § 247(1) BGB: on 1 January and 1 July


class DunningForm(ConfirmedForm):
    """Until when a dunning letter asks to pay, and whether it asks for the interest."""

    pay_until = DateTextField(lazy_kt("Neuer Zahltag"))
    with_interest = CheckField(lazy_kt("Verzugszinsen berechnen"), default=True)


class HoldForm(KostenklarForm):
    """Until when no letter is written, and why."""

    until = DateTextField(lazy_kt("Keine Mahnung bis"), past=False)
    reason = TextField(
        lazy_kt("Grund"),
        longest=300,
        missing=lazy_kt("Der Grund fehlt. Zum Beispiel: Versicherung prüft noch."),
    )


class ReleaseForm(KostenklarForm):
    """The button that lifts the hold."""


class WriteOffForm(KostenklarForm):
    """Why an invoice is written off, or why that is taken back."""

    reason = TextField(
        lazy_kt("Grund"),
        longest=300,
        missing=lazy_kt("Der Grund fehlt. Zum Beispiel: unbekannt verzogen."),
    )


class ClaimsForm(KostenklarForm):
    """How much of a credit pays interest and dunning cost, and when it came."""

    amount = AmountField(lazy_kt("Betrag"), least=Decimal("0.01"))
    value_date = DateTextField(lazy_kt("Wertstellung"), future=False, default=today)


class BaseRateForm(KostenklarForm):
    """The base rate of a half-year, with its source."""

    valid_from = DateTextField(lazy_kt("Gilt ab"))
    percent = DecimalTextField(lazy_kt("Basiszinssatz"), least=-5, most=20, unit="%")
    source = TextField(
        lazy_kt("Quelle"),
        longest=200,
        missing=lazy_kt("Die Quelle fehlt. Zum Beispiel: Bundesbank, Bekanntmachung vom 30.06.2026."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that the day is one on which the rate can change."""
        sound: bool = super().validate(extra_validators)
        day: dt.date | None = self.valid_from.data
        if day and not self.valid_from.errors and (day.month, day.day) not in _CHANGES:
            told = kt("Der Basiszinssatz ändert sich nur zum 1. Januar und zum 1. Juli (§ 247 Abs. 1 BGB).")
            self.add_problem("valid_from", told)
            sound = False
        return sound

    def rate(self) -> tuple[dt.date, Decimal, str]:
        """(valid from, per cent, source) of a valid form."""
        return self.valid_from.data, self.percent.data, self.source.data
