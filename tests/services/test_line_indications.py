"""A physician decides for one line what it is: VAT, the mark and the paper follow (domain 10.1 no. 1)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kostenklar.models.course import Lesion
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.models.rules.vat import Indication
from kostenklar.models.treatment import Treatment, TreatmentSite
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.invoice_drafts import draft_of
from kostenklar.plugin.services.draft_lines import LineChange, add_service
from kostenklar.plugin.services.expenses_and_goods import GoodsData, add_goods
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoices import reissue_invoice
from kostenklar.plugin.services.line_indications import decide_line
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import a_draft, billed_by, issued, paper_text, record

pytestmark = pytest.mark.usefixtures("as_reception")
WHY = "Abklärung eines auffälligen Flecks"
DERMATOSCOPY = LineChange(Decimal("2.3"), 1, "", "", "750")


def a_mixed_draft(cast):
    """(invoice, id of the dermatoscopy): 740 cosmetic, 750 decided medical."""
    invoice_id = a_draft(cast)
    with unit_of_work():
        add_service(invoice_id, None, billed_by(invoice_id), DERMATOSCOPY)
    line_id = record(invoice_id).lines[1].id
    decide(invoice_id, line_id, Indication.MEDICAL)
    return invoice_id, line_id


def decide(invoice_id, line_id, indication, reason=WHY):
    with unit_of_work():
        decide_line(invoice_id, None, line_id, indication, reason)


def codes(invoice_id):
    return [finding.code for finding in draft_of(record(invoice_id), today()).findings]


def test_a_medical_line_beside_a_cosmetic_one_is_free_of_vat(cast):
    invoice_id, _ = a_mixed_draft(cast)
    lines = record(invoice_id).lines
    assert [(line.indication, line.vat_rate, line.on_demand) for line in lines] == [
        ("cosmetic", 19, True), ("medical", None, False),
    ]  # fmt: skip
    assert "line_decided_apart" in codes(invoice_id)  # the cost information said cosmetic: seen, not stopped
    assert "indication_contradicts" not in codes(invoice_id)
    invoice = issued(invoice_id)
    assert (invoice.net_total, invoice.vat_total) == (Decimal("25.61"), Decimal("1.81"))
    paper = paper_text(invoice)
    assert "§ 4 Nr. 14 Buchst. a UStG" in paper
    assert WHY not in paper
    assert record(invoice_id).lines[1].indication_reason == WHY


def test_it_follows_its_session_again(cast):
    invoice_id, line_id = a_mixed_draft(cast)
    decide(invoice_id, line_id, None)
    line = record(invoice_id).lines[1]
    assert (line.indication, line.vat_rate) == ("cosmetic", Decimal(19))
    assert (line.indication_by, line.indication_reason) == ("", "")


def test_mixed_lesions_are_decided_line_by_line(cast):
    invoice_id = a_draft(cast)
    with unit_of_work():
        mole = Lesion(
            practice_id=cast.practice_id, course_id=cast.course_id, kind="mole", site="Wange", indication="medical"
        )
        session().add(mole)
        session().flush()
        treatment = session().get_one(Treatment, billed_by(invoice_id))
        treatment.sites.append(TreatmentSite(practice_id=cast.practice_id, lesion_id=mole.id))
    assert {"indication_undecided", "indications_differ"} <= set(codes(invoice_id))
    decide(invoice_id, record(invoice_id).lines[0].id, Indication.COSMETIC, "der Fleck am Handrücken")
    assert not {"indication_undecided", "indications_differ"} & set(codes(invoice_id))
    assert issued(invoice_id).vat_total == Decimal("1.81")


def test_it_is_kept_when_the_invoice_is_cancelled_and_written_anew(cast):
    invoice_id, _ = a_mixed_draft(cast)
    issued(invoice_id)
    with unit_of_work():
        cancellation = cancel_invoice(invoice_id, None, "Anschrift falsch", today()).id
    with unit_of_work():
        again = reissue_invoice(invoice_id, None)
    assert [line.indication for line in record(cancellation).lines] == ["cosmetic", "medical"]
    assert record(again).lines[1].indication_reason == WHY
    totals = draft_of(record(again), today()).totals
    assert totals
    assert totals.vat == Decimal("1.81")


def test_goods_and_issued_invoices_are_left_alone(cast):
    invoice_id, line_id = a_mixed_draft(cast)
    with unit_of_work():
        add_goods(
            invoice_id, None, GoodsData(1, today(), service="Sonnencreme", price=Decimal("19.90"), rate=Decimal(19))
        )
    with pytest.raises(RuleBroken), unit_of_work():
        decide_line(invoice_id, None, record(invoice_id).lines[2].id, Indication.MEDICAL, WHY)
    with pytest.raises(RuleBroken), unit_of_work():
        decide_line(invoice_id, None, line_id, Indication.UNDECIDED, WHY)
    issued(invoice_id)
    with pytest.raises(StepNotAllowed), unit_of_work():
        decide_line(invoice_id, None, line_id, Indication.COSMETIC, WHY)
