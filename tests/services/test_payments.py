"""Money for an invoice: parts, too much, taken back, moved, paid back; the rows always say what is paid."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from kostenklar.models.invoice import Payment
from kostenklar.models.ledger import Move
from kostenklar.models.practice import Practice
from kostenklar.models.rules.payments import PaymentKind
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import NotFound, StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoices import draft_invoice, reissue_invoice
from kostenklar.plugin.services.payments import Received, move_credit, note_refund, record_payment, reverse_payment
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import a_draft, a_session, at_once, issued, record
from kostenklar.tests.payment_scene import GROSS, an_invoice, follow, paid, stands

pytestmark = pytest.mark.usefixtures("as_reception")
DAY = dt.timedelta(days=1)


@pytest.fixture
def invoice_id(as_reception, cast):
    return an_invoice(cast)


def taken_back(payment_id, reason="Rücklastschrift"):
    with unit_of_work():
        return reverse_payment(payment_id, None, today(), reason, today())


def cancelled(invoice_id):
    with unit_of_work():
        return cancel_invoice(invoice_id, None, "Falscher Empfänger", today())


def moved(source, target, amount):
    with unit_of_work():
        return move_credit(source, None, target, Decimal(amount), today())


def another_invoice(cast):
    treatment_id = a_session(cast)
    with unit_of_work():
        return issued(draft_invoice(treatment_id)).id


def test_in_two_parts_to_the_last_cent(invoice_id):
    paid(invoice_id, "5.00")
    assert stands(invoice_id) == ("part_paid", Decimal("5.00"))
    paid(invoice_id, "6.33")
    assert stands(invoice_id) == ("paid", GROSS)


def test_a_second_part_is_a_move_too(invoice_id):
    for amount in ("1.00", "2.00"):
        paid(invoice_id, amount)
    assert stands(invoice_id) == ("part_paid", Decimal("3.00"))
    moves = select(func.count(Move.id)).where(Move.noun == "invoice", Move.step == "pay_part")
    assert session().scalar(moves) == 2


def test_too_much_is_asked_about_and_kept_as_credit(invoice_id):
    with pytest.raises(RuleBroken, match="paid_too_much"):
        paid(invoice_id, "20.00")
    assert stands(invoice_id) == ("issued", Decimal(0))
    paid(invoice_id, "20.00", "paid_too_much")
    assert stands(invoice_id) == ("paid", Decimal("20.00"))


@pytest.mark.parametrize(
    ("amount", "changes", "code"),
    [
        ("0", {}, "amount_not_positive"),
        ("-5.00", {}, "amount_not_positive"),
        ("5.00", {"value_date": today() + DAY}, "value_date_ahead"),
        ("5.00", {"value_date": today() - DAY}, "paid_before_issue"),
        ("10000000.00", {}, "paid_too_much"),
    ],
)
def test_what_cannot_be_is_refused(invoice_id, amount, changes, code):
    with pytest.raises(RuleBroken, match=code):
        paid(invoice_id, amount, **changes)


def test_money_before_the_invoice_is_booked_once_it_was_looked_at(invoice_id):
    paid(invoice_id, GROSS, "paid_before_issue", value_date=today() - DAY)
    assert stands(invoice_id)[0] == "paid"


def test_closed_books_take_no_money_and_give_none_back(invoice_id, cast):
    payment_id = paid(invoice_id, "5.00")
    with unit_of_work():
        session().get_one(Practice, cast.practice_id).books_locked_until = today()
    for act in (lambda: paid(invoice_id, "1.00"), lambda: taken_back(payment_id)):
        with pytest.raises(RuleBroken, match="books_locked"):
            act()


def test_a_draft_and_a_cancellation_take_no_money(cast, as_reception):
    with pytest.raises(StepNotAllowed):
        paid(a_draft(cast), "5.00")


def test_a_cancellation_takes_no_money(invoice_id):
    with pytest.raises(StepNotAllowed):
        paid(cancelled(invoice_id).id, "5.00")


def test_a_payment_taken_back_is_a_second_row_and_the_invoice_open_again(invoice_id):
    first, second = paid(invoice_id, "5.00"), paid(invoice_id, "6.33")
    (row,) = taken_back(second)
    assert (row.amount, row.kind, row.counterpart_id, row.reason) == (
        Decimal("-6.33"), "reversal", second, "Rücklastschrift",
    )  # fmt: skip
    assert stands(invoice_id) == ("part_paid", Decimal("5.00"))
    taken_back(first)
    assert stands(invoice_id) == ("issued", Decimal(0))
    for payment_id in (first, row.id):
        with pytest.raises(RuleBroken, match="payment_reversed"):
            taken_back(payment_id)


def test_no_row_is_ever_changed_or_deleted(invoice_id):
    payment_id = paid(invoice_id, "5.00")
    for act in (
        lambda: setattr(session().get_one(Payment, payment_id), "amount", Decimal("6.00")),
        lambda: session().delete(session().get_one(Payment, payment_id)),
    ):
        with pytest.raises(DatabaseError, match=r"frozen|kostenklar"), unit_of_work():
            act()


def test_money_for_a_cancelled_invoice_is_a_credit(invoice_id):
    paid(invoice_id, "5.00")
    cancelled(invoice_id)
    assert stands(invoice_id) == ("cancelled", Decimal("5.00"))
    with pytest.raises(RuleBroken, match="paid_invoice_cancelled"):
        paid(invoice_id, "6.33")
    paid(invoice_id, "6.33", "paid_invoice_cancelled")
    assert stands(invoice_id) == ("cancelled", GROSS)


def test_a_credit_is_moved_in_two_rows(invoice_id, cast):
    paid(invoice_id, GROSS)
    cancelled(invoice_id)
    other = another_invoice(cast)
    gone, come = moved(invoice_id, other, GROSS)
    assert (gone.amount, come.amount, come.counterpart_id) == (-GROSS, GROSS, gone.id)
    assert stands(invoice_id) == ("cancelled", Decimal(0))
    assert stands(other) == ("paid", GROSS)


def test_a_moved_credit_goes_back_at_both_ends(invoice_id, cast):
    payment_id = paid(invoice_id, GROSS)
    cancelled(invoice_id)
    other = another_invoice(cast)
    gone, come = (row.id for row in moved(invoice_id, other, "11.33"))
    with pytest.raises(RuleBroken, match="payment_moved_on"):
        taken_back(payment_id)
    assert len(taken_back(come, "Falsche Rechnung")) == 2
    assert (stands(invoice_id), stands(other)) == (("cancelled", GROSS), ("issued", Decimal(0)))
    with pytest.raises(RuleBroken, match="payment_reversed"):
        taken_back(gone)
    taken_back(payment_id)
    assert stands(invoice_id) == ("cancelled", Decimal(0))


def test_no_more_is_moved_than_there_is_and_than_is_open(invoice_id, cast):
    paid(invoice_id, "30.00", "paid_too_much")
    other = another_invoice(cast)
    with pytest.raises(RuleBroken, match="credit_too_small"):
        moved(invoice_id, other, "18.68")
    with pytest.raises(RuleBroken, match="target_open_less"):
        moved(invoice_id, other, "18.67")
    with pytest.raises(NotFound):
        moved(invoice_id, invoice_id, "1.00")
    moved(invoice_id, other, "11.33")
    assert (stands(invoice_id), stands(other)) == (("paid", Decimal("18.67")), ("paid", GROSS))


def test_a_credit_is_noted_as_paid_back(invoice_id):
    paid(invoice_id, "20.00", "paid_too_much")
    with unit_of_work():
        row = note_refund(invoice_id, None, Decimal("8.67"), today(), "Überweisung an die Patientin", today())
    assert (row.kind, row.amount) == ("refund", Decimal("-8.67"))
    assert stands(invoice_id) == ("paid", GROSS)
    with pytest.raises(RuleBroken, match="credit_too_small"), unit_of_work():
        note_refund(invoice_id, None, Decimal("0.01"), today(), "", today())


def test_paid_in_two_parts_cancelled_issued_anew_and_the_credit_moved(cast, invoice_id):
    """One invoice, two parts, a mistake in the address, the new one, and nothing is paid twice."""
    paid(invoice_id, "5.00", payer="Gisela Yılmaz-Hofer")
    paid(invoice_id, "6.33", kind=PaymentKind.TILL, external_receipt_no="K-0815")
    assert stands(invoice_id) == ("paid", GROSS)

    cancellation = cancelled(invoice_id)
    assert cancellation.gross_total == -GROSS
    assert stands(invoice_id) == ("cancelled", GROSS)

    with unit_of_work():
        draft_id = reissue_invoice(invoice_id, None)
    with unit_of_work():
        assert reissue_invoice(invoice_id, None) == draft_id  # asked twice, written once
    assert follow(invoice_id).id == draft_id
    old, new = record(invoice_id).lines[0], record(draft_id).lines[0]
    assert (new.treatment_id, new.factor, new.net) == (old.treatment_id, old.factor, old.net)

    anew = issued(draft_id)
    assert anew.number == f"RE-{today().year}-0002"
    moved(invoice_id, draft_id, GROSS)
    assert stands(invoice_id) == ("cancelled", Decimal(0))
    assert stands(draft_id) == ("paid", GROSS)
    assert list(problems()) == []


def test_only_a_cancelled_invoice_is_issued_anew(invoice_id):
    with pytest.raises(StepNotAllowed), unit_of_work():
        reissue_invoice(invoice_id, None)


def test_of_two_who_book_the_same_page_one_is_told(app, cast, invoice_id):
    version = record(invoice_id).version
    session().rollback()

    def book():
        with app.app_context(), acting_as("user:x", roles=["reception"], practices=[cast.practice_id]):
            try:
                with unit_of_work():
                    received = Received(Decimal("5.00"), today(), PaymentKind.TRANSFER)
                    record_payment(invoice_id, version, received, today())
            except StalePage:
                return "stale"
            finally:
                session().remove()
        return "booked"

    assert sorted(at_once(2, book)) == ["booked", "stale"]
    session().rollback()
    assert stands(invoice_id) == ("part_paid", Decimal("5.00"))


def test_the_books_are_proved_against_the_rows(invoice_id):
    paid(invoice_id, "5.00")
    assert list(problems()) == []
    with unit_of_work():
        record(invoice_id).paid_total = Decimal("7.00")
    (told,) = problems()
    assert f"RE-{today().year}-0001" in told


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_to_the_money_its_rows_are_its_sum(cast, invoice_id, seed):
    """Property: a random walk over two invoices; rows, sums and states agree, and nothing goes below zero."""
    chance = random.Random(seed)
    other = another_invoice(cast)
    for _ in range(14):
        here, there = chance.sample([invoice_id, other], 2)
        with contextlib.suppress(RuleBroken, NotFound, StepNotAllowed):
            something(chance, here, there)
        for each in (invoice_id, other):
            state, total = stands(each)
            gross = record(each).gross_total
            assert total >= 0
            assert state == "cancelled" or (state == "paid") == (total >= gross)
            assert state != "part_paid" or 0 < total < gross
    assert list(problems()) == []


def something(chance, here, there):
    """One thing that happens to money, as the dice fall."""
    amount = Decimal(chance.randint(1, 1500)) / 100
    rows = session().scalars(select(Payment.id).where(Payment.invoice_id == here).order_by(Payment.id)).all()
    dice = chance.randint(1, 12)
    if dice == 12:
        cancelled(here)
    elif dice > 8 and rows:
        taken_back(chance.choice(rows))
    elif dice > 5:
        moved(here, there, amount)
    else:
        paid(here, amount, "paid_too_much", "paid_invoice_cancelled")
