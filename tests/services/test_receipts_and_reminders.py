"""The two papers after an invoice: a receipt for one payment, and a friendly reminder of what is open."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from kostenklar.models.course import Course
from kostenklar.models.invoice import Payment, Reminder
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.patient import Patient
from kostenklar.models.practice import Practice
from kostenklar.models.rules.payments import PaymentKind
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.papers import bytes_of
from kostenklar.plugin.services.payments import reverse_payment
from kostenklar.plugin.services.receipts import issue_receipt
from kostenklar.plugin.services.reminders import issue_reminder
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import pdf_text, record
from kostenklar.tests.payment_scene import an_invoice, paid

pytestmark = pytest.mark.usefixtures("as_reception")
DAY = dt.timedelta(days=1)


@pytest.fixture
def invoice_id(as_reception, cast):
    """Issued, and due yesterday."""
    with unit_of_work():
        session().get_one(Practice, cast.practice_id).payment_days = -1
    return an_invoice(cast)


def receipted(payment_id):
    with unit_of_work():
        return issue_receipt(payment_id, today())


def reminded(invoice_id, until=10, confirmed=(), version=None):
    with unit_of_work():
        return issue_reminder(invoice_id, version, today() + until * DAY, today(), confirmed=confirmed)


def papers(kind):
    return session().scalar(select(func.count(IssuedPaper.id)).where(IssuedPaper.kind == kind))


def test_a_payment_is_receipted_once_on_a_paper_of_its_own(invoice_id):
    before = record(invoice_id).paper_id
    payment_id = paid(invoice_id, "5.00", payer="Mehmet Yılmaz")
    paper_id = receipted(payment_id)
    assert receipted(payment_id) == paper_id
    assert (papers("receipt"), record(invoice_id).paper_id) == (1, before)
    text = pdf_text(bytes_of(paper_id)[0])
    for part in ("5,00 €", "per Überweisung", "Mehmet Yılmaz", today().strftime("%d.%m.%Y")):
        assert part in text
    assert list(problems()) == []


def test_par_147_ao_vouchers_are_kept_eight_years_and_a_reminder_as_a_letter_six(invoice_id):
    reminded(invoice_id)
    receipted(paid(invoice_id, "5.00"))
    years = {
        paper.kind: (paper.retain_until.year - today().year, paper.retain_until.month, paper.retain_until.day)
        for paper in session().scalars(select(IssuedPaper))
    }
    assert years["invoice"] == years["receipt"] == (8, 12, 31)
    assert years["reminder"] == (6, 12, 31)


def test_neither_receipt_nor_reminder_nor_its_code_names_illness_or_treatment(invoice_id, cast):
    with unit_of_work():
        course = session().get_one(Course, cast.course_id)
        course.diagnosis, course.icd_code = "Lentigo senilis", "L81.4"
    reminder = pdf_text(bytes_of(reminded(invoice_id).paper_id)[0])
    receipt = pdf_text(bytes_of(receipted(paid(invoice_id, "5.00")))[0])
    for private in ("Lentigo", "L81.4", "Kryotherapie", "Cryopeeling", "740"):
        assert private not in reminder, private
        assert private not in receipt, private


def test_an_english_patient_gets_an_english_receipt_and_reminder(invoice_id, cast):
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).language = "en"
    payment_id = paid(invoice_id, "5.00", kind=PaymentKind.TILL, external_receipt_no="K-1")
    assert "at the practice's till, slip no. K-1" in pdf_text(bytes_of(receipted(payment_id))[0])
    text = pdf_text(bytes_of(reminded(invoice_id).paper_id)[0])
    assert "Payment reminder for invoice" in text
    assert "EUR 6.33 remain open" in text


def test_no_receipt_for_money_that_went_back_or_only_moved(invoice_id):
    payment_id = paid(invoice_id, "5.00")
    with unit_of_work():
        (back,) = reverse_payment(payment_id, None, today(), "Rücklastschrift", today())
    for wrong in (payment_id, back.id):
        with pytest.raises(RuleBroken, match="receipt_without_money"):
            receipted(wrong)
    assert papers("receipt") == 0


def test_a_reminder_keeps_what_was_open_on_its_day(invoice_id):
    paid(invoice_id, "5.00")
    row = reminded(invoice_id)
    assert (row.level, str(row.open_amount), row.pay_until) == (0, "6.33", today() + 10 * DAY)
    paid(invoice_id, "6.33")
    assert str(session().get_one(Reminder, row.id).open_amount) == "6.33"


def test_a_second_reminder_waits_for_the_first(invoice_id):
    reminded(invoice_id)
    with pytest.raises(RuleBroken, match="reminder_again"):
        reminded(invoice_id)
    reminded(invoice_id, confirmed=("reminder_again",))
    assert papers("reminder") == 2


def test_nothing_open_is_not_reminded_of(invoice_id):
    with unit_of_work():
        cancel_invoice(invoice_id, None, "Falscher Empfänger", today())
    with pytest.raises(RuleBroken, match="reminder_nothing_open"):
        reminded(invoice_id)
    assert papers("reminder") == 0


def test_who_reminds_from_an_old_page_is_told(invoice_id):
    version = record(invoice_id).version
    paid(invoice_id, "5.00")
    with pytest.raises(StalePage):
        reminded(invoice_id, version=version)


def test_a_reminder_without_a_number_left_draws_none(invoice_id, cast):
    """A name that no paper can print costs no number."""
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).last_name = "漢字"
    with pytest.raises(RuleBroken, match="characters_missing"):
        reminded(invoice_id)
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).last_name = "Kanji"
    paper = session().get_one(IssuedPaper, reminded(invoice_id).paper_id)
    assert paper.number == f"ZE-{today().year}-0001"
    assert session().scalar(select(func.count(Payment.id))) == 0
