"""Cancelling: a paper of its own with every amount turned, once and only once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from kostenklar.models.invoice import Invoice
from kostenklar.models.practice import Practice
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.models.treatment import Treatment
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoices import draft_invoice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import a_draft, at_once, billed_by, issued, paper_text, record

REASON = "Falscher Empfänger"


@pytest.fixture
def invoice_id(as_reception, cast) -> int:
    """An issued invoice."""
    return issued(a_draft(cast)).id


def cancelled(invoice_id, reason=REASON):
    with unit_of_work():
        return cancel_invoice(invoice_id, None, reason, today())


def test_a_cancellation_has_its_own_number_and_every_amount_turned(invoice_id):
    made = record(cancelled(invoice_id).id)
    assert made.number == f"ST-{today().year}-0001"
    assert (made.net_total, made.vat_total, made.gross_total) == (Decimal("-9.52"), Decimal("-1.81"), Decimal("-11.33"))
    assert [(line.quantity, line.net) for line in made.lines] == [(-1, Decimal("-9.52"))]
    assert (made.kind, made.state, made.cancels_id) == ("cancellation", "issued", invoice_id)
    assert list(problems()) == []


def test_its_paper_names_the_invoice_and_corrects_its_paper(invoice_id):
    made = record(cancelled(invoice_id).id)
    text = paper_text(made)
    for part in (
        f"Stornorechnung zu Rechnung RE-{today().year}-0001", "-9,52", "-1,81", "-11,33", f"Grund: {REASON}",
        "Aus ihr ist nichts mehr zu zahlen",
    ):  # fmt: skip
        assert part in text.replace("−", "-"), part
    assert made.paper
    assert made.paper.corrects_id == record(invoice_id).paper_id


def test_the_first_paper_stays_as_it_was(invoice_id):
    before = paper_text(record(invoice_id))
    cancelled(invoice_id)
    assert paper_text(record(invoice_id)) == before


def test_the_session_can_be_billed_anew(invoice_id):
    treatment_id = billed_by(invoice_id)
    cancelled(invoice_id)
    assert record(invoice_id).state == "cancelled"
    assert session().get_one(Treatment, treatment_id).billing == "open"
    with unit_of_work():
        second = draft_invoice(treatment_id)
    assert second != invoice_id
    assert issued(second).number == f"RE-{today().year}-0002"


def test_twice_is_impossible(invoice_id):
    cancelled(invoice_id)
    with pytest.raises(StepNotAllowed):
        cancelled(invoice_id)
    assert session().scalar(select(func.count(Invoice.id)).where(Invoice.kind == "cancellation")) == 1


def test_a_cancellation_is_final(invoice_id):
    made = cancelled(invoice_id).id
    with pytest.raises(RuleBroken, match="cancellation_final"):
        cancelled(made)


def test_a_draft_is_discarded_not_cancelled(as_reception, cast):
    with pytest.raises(StepNotAllowed):
        cancelled(a_draft(cast))


def test_closed_books_stay_closed(invoice_id, cast):
    with unit_of_work():
        session().get_one(Practice, cast.practice_id).books_locked_until = today()
    with pytest.raises(RuleBroken, match="books_locked"):
        cancelled(invoice_id)


def test_a_reason_that_no_paper_can_print_costs_no_number(invoice_id):
    with pytest.raises(RuleBroken, match="characters_missing"):
        cancelled(invoice_id, "漢字")
    assert record(invoice_id).state == "issued"
    assert cancelled(invoice_id).number == f"ST-{today().year}-0001"


def test_of_two_clients_at_once_one_wins_and_the_other_is_told(app, cast, invoice_id):
    """Both have the page open in the same version; threads on SQLite, two connections on PostgreSQL."""
    version = record(invoice_id).version
    session().rollback()
    outcomes = at_once(2, lambda: in_own_context(app, cast, invoice_id, version))
    assert sorted(outcomes) == ["StalePage", "cancelled"]
    session().rollback()
    assert session().scalar(select(func.count(Invoice.id)).where(Invoice.cancels_id == invoice_id)) == 1
    assert list(problems()) == []


def in_own_context(app: Flask, cast, invoice_id: int, version: int) -> str:
    with app.app_context(), acting_as("user:x", roles=["reception"], practices=[cast.practice_id]):
        try:
            with unit_of_work():
                cancel_invoice(invoice_id, version, REASON, today())
        except StalePage as stale:
            return type(stale).__name__
        finally:
            session().remove()
    return "cancelled"
