"""The letter beside a corrected invoice: once, only where an invoice took another one's place, with what was paid."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from kostenklar.models.paper import IssuedPaper
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.services.correction_letters import issue_letter
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoices import reissue_invoice
from kostenklar.plugin.services.papers import bytes_of
from kostenklar.plugin.services.payments import move_credit
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import issued, pdf_text, record
from kostenklar.tests.payment_scene import an_invoice, paid

pytestmark = pytest.mark.usefixtures("as_reception")
YEAR = today().year


@pytest.fixture
def old_id(as_reception, cast):
    """An issued invoice over 11.33 euros."""
    return an_invoice(cast)


def corrected(old_id):
    """The id of the invoice that took its place."""
    with unit_of_work():
        cancel_invoice(old_id, None, "Falscher Faktor", today())
    with unit_of_work():
        draft_id = reissue_invoice(old_id, None)
    return issued(draft_id).id


def written(invoice_id, version=None):
    with unit_of_work():
        return issue_letter(invoice_id, version, today())


def said(paper_id):
    return pdf_text(bytes_of(paper_id)[0]).replace("\u00a0", " ")


def test_the_letter_names_the_three_papers_and_is_written_once(old_id):
    new_id = corrected(old_id)
    paper_id = written(new_id)
    assert written(new_id) == paper_id
    assert record(new_id).letter_paper_id == paper_id
    assert session().scalar(select(func.count(IssuedPaper.id)).where(IssuedPaper.kind == "correction_letter")) == 1
    text = said(paper_id)
    for part in (
        f"RE-{YEAR}-0001", f"ST-{YEAR}-0001", f"RE-{YEAR}-0002", "reichen Sie dort bitte die neue Rechnung",
        "Rechnungsbetrag 11,33 €",
    ):  # fmt: skip
        assert part in text, part
    assert "eingegangen" not in text
    assert list(problems()) == []


def test_it_says_what_came_for_the_cancelled_one_and_what_is_set_off(old_id):
    paid(old_id, "5.00")
    new_id = corrected(old_id)
    assert "Auf die stornierte Rechnung sind 5,00 € eingegangen" in said(written(new_id))


def test_money_that_was_set_off_already_is_shown_as_paid(old_id):
    paid(old_id, "5.00")
    new_id = corrected(old_id)
    with unit_of_work():
        move_credit(old_id, None, new_id, Decimal("5.00"), today())
    text = said(written(new_id))
    assert "eingegangen" not in text
    assert "noch zu zahlen 6,33 €" in text


def test_without_a_correction_there_is_no_letter(old_id):
    with pytest.raises(RuleBroken, match="letter_without_correction"):
        written(old_id)
    new_id = corrected(old_id)
    with unit_of_work():
        cancel_invoice(new_id, None, "Wieder falsch", today())
    with pytest.raises(RuleBroken, match="letter_without_correction"):
        written(new_id)


def test_an_old_page_writes_no_letter(old_id):
    new_id = corrected(old_id)
    with pytest.raises(StalePage):
        written(new_id, version=record(new_id).version - 1)
    assert record(new_id).letter_paper_id is None
