"""A claim goes to a lawyer: frozen with its way and its interest, with its papers and nothing else, and comes back."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from kostenklar.models.debt import DebtHandover
from kostenklar.models.disclosure import Disclosure
from kostenklar.models.invoice import Invoice
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.rules.instalments import monthly, split_by_count
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.services.dunning import issue_dunning
from kostenklar.plugin.services.handovers import Lawyer, end_handover, hand_over, packed
from kostenklar.plugin.services.instalments import agree_instalments, end_plan
from kostenklar.plugin.services.invoices import record_delivery
from kostenklar.plugin.services.papers import bytes_of
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import pdf_text, record
from kostenklar.tests.payment_scene import an_invoice, paid

pytestmark = pytest.mark.usefixtures("as_reception")
LAWYER = Lawyer("Kanzlei Ahrens", "Hohenzollernring 2", "50672", "Köln")
LATER = today() + dt.timedelta(days=100)
UNPROVED = {"handover_without_default", "handover_without_dunning"}


@pytest.fixture
def invoice_id(as_reception, cast):
    """An issued invoice over 11.33 euros that the patient has in hand since today."""
    made = an_invoice(cast)
    with unit_of_work():
        record_delivery(made, None, today(), "paper")
    return made


def dunned(invoice_id, on=LATER):
    with unit_of_work():
        until, seen = on + dt.timedelta(days=14), {"dunning_skips_level", "base_rate_awaited"}
        return issue_dunning(invoice_id, None, 1, until, on, confirmed=seen).id


def handed(invoice_id, on=LATER, confirmed=(), version=None, note=""):
    with unit_of_work():
        return hand_over(invoice_id, version, LAWYER, note, on, confirmed=confirmed).id


def in_instalments(invoice_id):
    rates = monthly(split_by_count(Decimal("11.33"), 2), today() + dt.timedelta(days=10))
    with unit_of_work():
        agree_instalments(invoice_id, None, rates, today())


def said(paper_id):
    return pdf_text(bytes_of(paper_id)[0]).replace("\u00a0", " ")


def test_the_statement_carries_the_whole_way_of_the_claim(invoice_id):
    paid(invoice_id, "1.33")
    dunned(invoice_id)
    handover = session().get_one(DebtHandover, handed(invoice_id, confirmed={"base_rate_awaited"}, note="Bitte zügig."))
    assert handover.number == f"FA-{LATER.year}-0001"
    assert handover.open_amount == Decimal("10.00")
    assert handover.interest > 0
    assert record(invoice_id).handed_over_on == LATER
    text = said(handover.paper_id)
    for part in (
        f"Forderungsaufstellung zur Rechnung {record(invoice_id).number}", "Kanzlei Ahrens", "Überweisung 1,33 €",
        f"Mahnung MA-{LATER.year}-0001", "Offene Hauptforderung 10,00 €", "Bitte zügig.", "(§ 288 Abs. 1 BGB)",
        f"In Verzug seit {record_default(invoice_id):%d.%m.%Y}",
    ):  # fmt: skip
        assert part in text, part
    for medical in ("Cryo", "Lentigo", "740", "Kryo"):
        assert medical not in text, medical
    assert list(problems()) == []


def record_default(invoice_id):
    from kostenklar.plugin.queries.dunning import claim_of

    since = claim_of(record(invoice_id)).default_since
    assert since
    return since


def test_the_lawyer_gets_statement_invoice_and_letters_and_nothing_else(invoice_id):
    dunned(invoice_id)
    handover_id = handed(invoice_id, confirmed={"base_rate_awaited"})
    content, name = packed(handover_id)
    assert name == f"FA-{LATER.year}-0001.zip"
    assert packed(handover_id)[0] == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert sorted(archive.namelist()) == sorted(
            [f"FA-{LATER.year}-0001.pdf", f"MA-{LATER.year}-0001.pdf", f"{record(invoice_id).number}.pdf"]
        )
        for paper in session().scalars(select(IssuedPaper).where(IssuedPaper.kind.in_(("invoice", "claim_statement")))):
            assert archive.read(f"{paper.number}.pdf") == bytes_of(paper.id)[0]


def test_what_went_out_stands_in_the_log_by_number(invoice_id):
    handed(invoice_id, on=today(), confirmed=UNPROVED)
    row = session().scalars(select(Disclosure)).one()
    assert (row.what, row.noun, row.record_id) == ("exported", "invoice", invoice_id)
    assert row.sentence == f"{record(invoice_id).number}, FA-{today().year}-0001: Kanzlei Ahrens"


def test_without_default_or_dunning_somebody_has_to_look_twice(invoice_id):
    with pytest.raises(RuleBroken) as broken:
        handed(invoice_id, on=today())
    assert {finding.code for finding in broken.value.findings} == UNPROVED
    handover = session().get_one(DebtHandover, handed(invoice_id, on=today(), confirmed=UNPROVED))
    assert (handover.interest, handover.open_amount) == (Decimal("0.00"), Decimal("11.33"))
    assert "In Verzug seit nicht belegt" in said(handover.paper_id)


def test_while_it_is_there_the_practice_writes_no_letter_and_hands_nothing_over_twice(invoice_id):
    handed(invoice_id, on=today(), confirmed=UNPROVED)
    with pytest.raises(RuleBroken, match="reminder_with_lawyer"):
        dunned(invoice_id)
    with pytest.raises(RuleBroken, match="handover_there"):
        handed(invoice_id, on=today(), confirmed=UNPROVED)
    with pytest.raises(RuleBroken, match="plan_with_lawyer"):
        in_instalments(invoice_id)


def test_it_is_taken_back_with_a_reason_and_can_go_again(invoice_id):
    handover_id = handed(invoice_id, on=today(), confirmed=UNPROVED)
    with unit_of_work():
        assert end_handover(handover_id, None, "Patientin hat angerufen", today()) == invoice_id
    assert record(invoice_id).handed_over_on is None
    with pytest.raises(RuleBroken, match="handover_not_running"), unit_of_work():
        end_handover(handover_id, None, "noch einmal", today())
    assert handed(invoice_id, on=today(), confirmed=UNPROVED) != handover_id


def test_a_plan_that_runs_and_a_paid_invoice_are_not_handed_over(invoice_id):
    in_instalments(invoice_id)
    with pytest.raises(RuleBroken, match="handover_plan_holds"):
        handed(invoice_id, confirmed=UNPROVED)
    paid(invoice_id, "11.33")
    with pytest.raises(RuleBroken, match="handover_nothing_open"):
        handed(invoice_id, confirmed=UNPROVED)


def test_an_old_page_hands_nothing_over_and_draws_no_number(invoice_id):
    with pytest.raises(StalePage):
        handed(invoice_id, version=record(invoice_id).version - 1, confirmed=UNPROVED)
    assert session().scalar(select(func.count(DebtHandover.id))) == 0
    assert session().get_one(Invoice, invoice_id).handed_over_on is None


def test_a_barred_claim_warns(invoice_id):
    far = dt.date(today().year + 4, 1, 1)
    with pytest.raises(RuleBroken, match="handover_barred"):
        handed(invoice_id, on=far, confirmed=UNPROVED | {"base_rate_awaited"})


def test_while_instalments_ran_there_was_no_default_and_interest_begins_after_them(invoice_id):
    """Their paper promises that they cost nothing."""
    from kostenklar.plugin.queries.dunning import claim_of

    dunned(invoice_id)
    before = record_default(invoice_id)
    rates = monthly(split_by_count(Decimal("11.33"), 2), today() + dt.timedelta(days=10))
    with unit_of_work():
        plan_id = agree_instalments(invoice_id, None, rates, today()).id
    assert claim_of(record(invoice_id)).default_since is None
    with unit_of_work():
        end_plan(plan_id, None, "zahlt nicht", today())
    since = record_default(invoice_id)
    assert since == max(before, today() + dt.timedelta(days=1))
