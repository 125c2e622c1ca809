"""Scenes of a debt, made by the services: instalments that were agreed and ended, a claim that is with a lawyer."""

from __future__ import annotations

import datetime as dt

from kostenklar.models.invoice import Invoice
from kostenklar.models.rules.instalments import monthly, split_by_count
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.handovers import Lawyer, hand_over
from kostenklar.plugin.services.instalments import agree_instalments, end_plan
from kostenklar.plugin.unit_of_work import unit_of_work

LAWYER = Lawyer("Kanzlei Ahrens", "Hohenzollernring 2", "50672", "Köln")
UNPROVED = {"handover_without_default", "handover_without_dunning", "base_rate_awaited"}


def a_plan(invoice_id: int) -> int:
    """The id of two instalments for what is open; they were ended again."""
    invoice = session().get_one(Invoice, invoice_id)
    rates = monthly(split_by_count(invoice.gross_total - invoice.paid_total, 2), today() + dt.timedelta(days=10))
    with unit_of_work():
        plan_id = agree_instalments(invoice_id, None, rates, today()).id
    with unit_of_work():
        end_plan(plan_id, None, "zahlt auf einmal", today())
    return plan_id


def a_handover(invoice_id: int) -> int:
    """The id of a claim that went to a lawyer today."""
    with unit_of_work():
        return hand_over(invoice_id, None, LAWYER, "", today(), confirmed=UNPROVED).id
