"""What is written off and taken back, and the interest and cost that were paid with an invoice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.plugin.clock import today
from kostenklar.plugin.services.payments import note_claims, reverse_payment
from kostenklar.plugin.services.write_offs import take_back_write_off, write_off
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.dunning_scene import EVERYTHING, a_late_invoice, after, dunned, practice
from kostenklar.tests.invoice_scene import record
from kostenklar.tests.payment_scene import paid, stands

pytestmark = pytest.mark.usefixtures("as_reception")


@pytest.fixture
def invoice_id(as_reception, cast):
    """Of today, due in 14 days, handed over."""
    return a_late_invoice(cast)


def test_what_is_written_off_is_out_of_the_receivables_and_still_takes_money(invoice_id):
    with unit_of_work():
        write_off(invoice_id, None, "unbekannt verzogen", today())
    row = record(invoice_id)
    assert (row.state, row.written_off_on) == ("written_off", today())
    with pytest.raises(RuleBroken, match="paid_written_off"):
        paid(invoice_id, "11.33")
    paid(invoice_id, "11.33", "paid_written_off")
    assert stands(invoice_id) == ("paid", Decimal("11.33"))


@pytest.mark.parametrize(("part", "state"), [("0", "sent"), ("5.00", "part_paid")])
def test_a_writing_off_is_taken_back_to_where_it_stood(invoice_id, part, state):
    if Decimal(part):
        paid(invoice_id, part)
    with unit_of_work():
        write_off(invoice_id, None, "unbekannt verzogen", today())
    with unit_of_work():
        take_back_write_off(invoice_id, None, "neue Anschrift")
    row = record(invoice_id)
    assert (row.state, row.written_off_on) == (state, None)


def test_what_is_paid_cannot_be_written_off(invoice_id):
    paid(invoice_id, "11.33")
    with pytest.raises(StepNotAllowed), unit_of_work():
        write_off(invoice_id, None, "Irrtum", today())


def test_what_was_paid_over_the_invoice_can_be_the_interest_and_cost_that_were_asked_for(invoice_id, cast):
    practice(cast, dunning_fee=Decimal("2.50"))
    letter = dunned(invoice_id, 2, after(400), *EVERYTHING)
    asked = letter.interest + letter.fee
    payment_id = paid(invoice_id, Decimal("11.33") + asked, "paid_too_much")
    with pytest.raises(RuleBroken, match="claims_less"), unit_of_work():
        note_claims(invoice_id, None, asked + Decimal("0.01"), today(), today())
    with unit_of_work():
        row = note_claims(invoice_id, None, asked, today(), today())
    assert stands(invoice_id) == ("paid", Decimal("11.33"))
    with pytest.raises(RuleBroken, match="claims_less"), unit_of_work():
        note_claims(invoice_id, None, Decimal("0.01"), today(), today())
    with pytest.raises(RuleBroken, match="payment_moved_on"), unit_of_work():
        reverse_payment(payment_id, None, today(), "Rücklastschrift", today())
    with unit_of_work():
        reverse_payment(row.id, None, today(), "doch nicht", today())
    assert stands(invoice_id) == ("paid", Decimal("11.33") + asked)
