"""Who needs an electronic invoice, and from when."""

from datetime import date

import pytest

from kostenklar.models.rules.e_invoice import EInvoiceDuty, e_invoice_duty


@pytest.mark.parametrize(
    ("on", "duty"),
    [
        (date(2026, 12, 31), EInvoiceDuty.NONE),
        (date(2027, 1, 1), EInvoiceDuty.BY_TURNOVER),
        (date(2027, 12, 31), EInvoiceDuty.BY_TURNOVER),
        (date(2028, 1, 1), EInvoiceDuty.DUE),
    ],
)
def test_par_27_38_ustg_the_duty_comes_in_two_steps(on: date, duty: EInvoiceDuty) -> None:
    assert e_invoice_duty(company=True, country="DE", taxed=True, on=on) is duty


def test_par_14_2_ustg_a_patient_never_needs_one() -> None:
    assert e_invoice_duty(company=False, country="DE", taxed=True, on=date(2030, 1, 1)) is EInvoiceDuty.NONE


def test_par_14_2_ustg_exempt_services_need_none() -> None:
    assert e_invoice_duty(company=True, country="DE", taxed=False, on=date(2030, 1, 1)) is EInvoiceDuty.NONE


def test_a_company_abroad_is_a_question_and_no_answer() -> None:
    assert e_invoice_duty(company=True, country="AT", taxed=True, on=date(2026, 11, 22)) is EInvoiceDuty.ABROAD
