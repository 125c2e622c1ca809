"""Scenes of an unpaid invoice: handed over, late, dunned; days are counted from the one on which it was issued."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kostenklar.models.invoice import Reminder
from kostenklar.models.practice import Practice
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.dunning import issue_dunning, record_letter_delivery
from kostenklar.plugin.services.invoices import record_delivery
from kostenklar.plugin.services.reminders import issue_reminder
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.payment_scene import an_invoice
from kostenklar.tests.people import Cast

EVERYTHING = ("reminder_again", "dunning_skips_level", "dunning_without_delivery", "base_rate_awaited")
"""All warnings that somebody may confirm."""


def after(days: int) -> dt.date:
    """So many days after today."""
    return today() + dt.timedelta(days)


def a_late_invoice(cast: Cast, *, delivered: bool = True) -> int:
    """The id of an invoice of today over 11.33 euros, due in 14 days, and handed over today."""
    practice(cast, payment_days=14)
    invoice_id = an_invoice(cast)
    if delivered:
        with unit_of_work():
            record_delivery(invoice_id, None, today(), "paper")
    return invoice_id


def practice(cast: Cast, **changes: Any) -> None:
    """Change settings of the practice."""
    with unit_of_work():
        for name, value in changes.items():
            setattr(session().get_one(Practice, cast.practice_id), name, value)


def reminded(invoice_id: int, on: dt.date, *confirmed: str) -> Reminder:
    """A friendly reminder of that day, with ten days to pay."""
    with unit_of_work():
        return issue_reminder(invoice_id, None, on + dt.timedelta(10), on, confirmed=confirmed)


def dunned(invoice_id: int, level: int, on: dt.date, *confirmed: str, **changes: Any) -> Reminder:
    """A dunning letter of that day, with fourteen days to pay."""
    with unit_of_work():
        return issue_dunning(invoice_id, None, level, on + dt.timedelta(14), on, confirmed=confirmed, **changes)


def handed(letter: Reminder, on: dt.date) -> None:
    """The letter reached the patient."""
    with unit_of_work():
        record_letter_delivery(letter.id, on, "paper")
