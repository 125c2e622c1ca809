"""What is owed, by age and payer: each invoice in one step, and none that nobody owes any more."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kostenklar.models.invoice import Invoice
from kostenklar.models.practice import Practice
from kostenklar.models.rules.ageing import Age
from kostenklar.models.rules.payers import PayerKind
from kostenklar.models.rules.states import InvoiceStep
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.receivables import ages, barred_soon, credits_held, open_items
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoices import draft_invoice
from kostenklar.plugin.services.moves import move
from kostenklar.plugin.unit_of_work import locked, unit_of_work
from kostenklar.tests.invoice_scene import a_session, an_agreement, insured, issued
from kostenklar.tests.payment_scene import GROSS, paid
from kostenklar.tests.statements import watched

pytestmark = pytest.mark.usefixtures("as_reception")


@pytest.fixture
def bill(as_reception, cast):
    """bill(40): an invoice over 11.33 euros that was to be paid 40 days ago."""
    an_agreement(cast)

    def make(days_late: int) -> int:
        with unit_of_work():
            session().get_one(Practice, cast.practice_id).payment_days = -days_late
        treatment_id = a_session(cast)
        with unit_of_work():
            draft_id = draft_invoice(treatment_id)
        return issued(draft_id).id

    return make


def sums(**payers):
    """{age: euros} of what is open, and how many invoices."""
    rows = {row.age: (row.total, row.count) for row in ages(today())}
    return {age: found for age, found in rows.items() if found[1]}


def test_every_open_invoice_stands_in_the_step_of_its_age(bill):
    for days in (-5, 0, 1, 30, 31, 90, 91):
        bill(days)
    assert sums() == {
        Age.NOT_DUE: (2 * GROSS, 2), Age.TO_30: (2 * GROSS, 2), Age.TO_60: (GROSS, 1), Age.TO_90: (GROSS, 1),
        Age.OLDER: (GROSS, 1),
    }  # fmt: skip


def test_only_what_is_left_counts_and_what_nobody_owes_is_left_out(bill):
    part, whole, cancelled, off = bill(10), bill(10), bill(10), bill(10)
    paid(part, "5.00")
    paid(whole, GROSS)
    with unit_of_work():
        cancel_invoice(cancelled, None, "Doppelt", today())
    with unit_of_work():
        move(locked(Invoice, off), InvoiceStep.WRITE_OFF, "uneinbringlich")
    assert sums() == {Age.TO_30: (GROSS - 5, 1)}
    assert [row.id for row in open_items(today()).rows] == [part]


@pytest.mark.parametrize(
    ("kind", "payer"),
    [("gkv", PayerKind.GKV), ("beihilfe", PayerKind.PKV), ("pkv_full", PayerKind.PKV),
     ("pkv_supplementary", PayerKind.SELF_PAYER), ("self_payer", PayerKind.SELF_PAYER)],
)  # fmt: skip
def test_the_payer_is_judged_as_on_the_invoices_own_page(bill, cast, kind, payer):
    bill(10)
    insured(cast, kind)
    (row,) = [row for row in ages(today()) if row.count]
    assert {found for found, amount in row.by_payer.items() if amount} == {payer}


def test_a_cancelled_invoice_leaves_at_once_and_its_money_becomes_a_credit(bill):
    invoice_id, over = bill(10), bill(10)
    paid(invoice_id, "5.00")
    paid(over, "20.00", "paid_too_much")
    with unit_of_work():
        cancel_invoice(invoice_id, None, "Falscher Faktor", today())
    assert sums() == {}
    assert [(row.id, row.amount) for row in credits_held()] == [
        (over, Decimal("20.00") - GROSS), (invoice_id, Decimal("5.00")),
    ]  # fmt: skip


def test_the_items_page_by_key_and_the_longest_due_comes_first(bill):
    ids = {days: bill(days) for days in (3, 50, 20, 20, 100)}
    first = open_items(today(), size=2)
    second = open_items(today(), after=first.more, size=2)
    third = open_items(today(), after=second.more, size=2)
    read = [row.id for page in (first, second, third) for row in page.rows]
    assert read[0] == ids[100]
    assert read[-1] == ids[3]
    assert len(set(read)) == 5
    assert third.more is None
    assert [row.id for row in open_items(today(), Age.TO_60).rows] == [ids[50]]


def test_restricted_patients_are_not_found(bill, cast):
    from kostenklar.models.patient import Patient

    bill(10)
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).restricted_since = now() - dt.timedelta(days=1)
    assert sums() == {}
    assert open_items(today()).rows == ()


def test_one_statement_each_whatever_the_rows(app, bill):
    def count():
        with watched(app) as sent:
            ages(today())
            open_items(today())
            credits_held()
        return len(sent)

    bill(10)
    few = count()
    for days in (1, 40, 70):
        bill(days)
    assert count() == few == 3


def test_no_list_reads_all_invoices(app, bill):
    bill(10)
    with watched(app) as sent:
        credits_held()
        open_items(today(), Age.TO_30)
    if sent.engine.dialect.name == "sqlite":  # PostgreSQL reads a table of a few rows from end to end
        assert "ix_kostenklar_invoice_credit" in sent.plans()[0]
        assert sent.scanned("kostenklar_invoice") == []


def test_par_195_bgb_what_will_be_barred_before_long_is_told_with_its_sum_and_found(app, bill):
    first, second, paid_one = bill(1), bill(2), bill(3)
    paid(first, "5.00")
    paid(paid_one, GROSS)
    third_year = today().replace(year=today().year + 3, month=7, day=1)
    assert barred_soon(third_year - dt.timedelta(1)) is None
    assert open_items(third_year - dt.timedelta(1), barred=True).rows == ()
    with watched(app) as sent:
        found = barred_soon(third_year)
    assert len(sent) == 1
    assert found
    assert (found.count, found.total) == (2, 2 * GROSS - 5)
    assert found.first == third_year.replace(month=12, day=31)
    assert {row.id for row in open_items(third_year, barred=True).rows} == {first, second}
