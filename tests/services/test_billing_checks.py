"""The rules of a bill on real records: earlier invoices, policies, other papers, and the page that says it all."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from kostenklar.models.clarification import Clarification
from kostenklar.models.course import Lesion
from kostenklar.models.estimate import Estimate
from kostenklar.models.invoice import Invoice, InvoiceLine
from kostenklar.models.patient import Policy
from kostenklar.models.practice import Practice
from kostenklar.models.rules.deadlines import CaseReading
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries import invoice_drafts
from kostenklar.plugin.queries.billed_services import earlier_services
from kostenklar.plugin.queries.invoice_drafts import draft_of
from kostenklar.plugin.services.cost_notices import issue_cost_notice
from kostenklar.plugin.services.cost_plans import CostPlan, PlannedFactor
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoices import draft_invoice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.clarification_scene import a_policy, an_estimate
from kostenklar.tests.estimate_scene import with_chain
from kostenklar.tests.invoice_scene import a_draft, a_session, insured, issued, record
from kostenklar.tests.statements import watched

pytestmark = pytest.mark.usefixtures("as_reception")


def codes(invoice_id):
    return [finding.code for finding in draft_of(record(invoice_id), today()).findings]


def with_advice(invoice_id, **changes):
    """The invoice's id, with Nr. 1 in it beside the cryotherapy."""
    with unit_of_work():
        invoice = record(invoice_id)
        (first,) = invoice.lines
        invoice.lines.append(
            InvoiceLine(
                practice_id=invoice.practice_id, treatment_id=first.treatment_id, position=2,
                service_on=first.service_on, **{
                    "goae_number": "1", "service": "Beratung", "points": 80, "factor": Decimal("2.3"),
                    "net": Decimal("10.72"), "indication": "cosmetic", "on_demand": True, **changes,
                },
            )
        )  # fmt: skip
    return invoice_id


def another_draft(cast, **changes):
    treatment_id = a_session(cast, session_no=2, **changes)
    with unit_of_work():
        return draft_invoice(treatment_id)


def set_on(model, **values):
    with unit_of_work():
        for found in session().scalars(select(model)):
            for name, value in values.items():
                setattr(found, name, value)


def test_advice_of_an_earlier_invoice_of_the_case_warns(cast):
    issued(with_advice(a_draft(cast)))
    again = with_advice(another_draft(cast))
    assert codes(again) == ["clock_time_missing", "once_per_case", "above_cost_notice"]  # the same day at that


def test_another_illness_clears_it_and_a_cancelled_invoice_was_never_there(cast):
    invoice_id = with_advice(a_draft(cast), clock_time="09:10")
    issued(invoice_id)
    other = with_advice(another_draft(cast), clock_time="17:40", other_illness=True)
    assert "once_per_case" not in codes(other)
    set_on_line(other, other_illness=False)
    assert "once_per_case" in codes(other)
    with unit_of_work():
        cancel_invoice(invoice_id, None, "Falscher Empfänger", today())
    assert "once_per_case" not in codes(other)


def set_on_line(invoice_id, **values):
    with unit_of_work():
        for name, value in values.items():
            setattr(record(invoice_id).lines[-1], name, value)


def test_what_was_charged_is_read_with_its_section_in_one_statement(app, cast):
    for _ in range(2):
        issued(with_advice(a_draft(cast)) if not session().scalars(select(Invoice.id)).all() else another_draft(cast))
    with watched(app) as one:
        found = earlier_services(cast.patient_id, [today()])
    assert len(one) == 1
    assert [(each.number, each.section, each.count) for each in found] == [
        ("740", "F", 1), ("1", "B", 1), ("740", "F", 1),
    ]  # fmt: skip
    assert earlier_services(cast.patient_id, [today() - dt.timedelta(days=1)]) == ()
    assert earlier_services(cast.patient_id, []) == ()


def test_a_draft_and_another_patients_invoice_are_not_what_was_charged(cast):
    a_draft(cast)
    assert earlier_services(cast.patient_id, [today()]) == ()


def test_5b_goae_a_standard_tariff_warns_of_a_medical_line(cast):
    invoice_id = a_draft(cast)
    insured(cast, "pkv_standard")
    set_on(Lesion, indication="medical")
    assert "tariff_cap_exceeded" in codes(invoice_id)
    set_on(Policy, max_factor=Decimal("1.5"))
    assert "above_insured_factor" in codes(invoice_id)
    assert "tariff_cap_exceeded" not in codes(invoice_id)


def test_domain_10_1_no_1_the_estimate_said_something_else(cast):
    invoice_id = a_draft(cast)
    an_estimate(cast, "2086.30", indication="medical")
    set_on(Lesion, indication="cosmetic")
    assert codes(invoice_id)[0] == "indication_contradicts_estimate"
    with unit_of_work():
        estimate = session().scalars(select(Estimate)).one()
        paper = estimate.paper_id
        session().add(
            Clarification(
                practice_id=cast.practice_id, patient_id=cast.patient_id, course_id=cast.course_id,
                number="KK-2026-0001", payer_role="pkv", state="submitted", estimate_id=estimate.id,
                query_paper_id=paper,
            )
        )  # fmt: skip
    assert "indication_contradicts_query" in codes(invoice_id)
    with unit_of_work():
        session().scalars(select(Clarification)).one().state = "cancelled"
    assert "indication_contradicts_query" not in codes(invoice_id)


def test_a_mole_under_the_laser_is_asked(cast):
    invoice_id = a_draft(cast)
    set_on(Lesion, kind="mole")
    with unit_of_work():
        line = record(invoice_id).lines[0]
        line.goae_number, line.points, line.analog_service, line.net = "2440", 800, "Laserbehandlung", Decimal("107.25")
    assert "laser_naevus_question" in codes(invoice_id)


def test_a_number_from_before_the_schedule_blocks(cast):
    invoice_id = a_draft(cast)
    with unit_of_work():
        record(invoice_id).lines[0].service_on = dt.date(1975, 1, 2)
    assert "line_not_in_schedule" in codes(invoice_id)


def test_the_statements_of_a_draft_do_not_grow_with_what_was_charged(app, cast):
    invoice_id = a_draft(cast)
    draft_of(record(invoice_id), today())

    def count():
        invoice = record(invoice_id)
        with watched(app) as found:
            draft_of(invoice, today())
        return len(found)

    before = count()
    for _ in range(3):
        issued(another_draft(cast))
    assert count() == before


def test_the_settings_of_the_practice_and_all_policies_reach_the_rules(cast, monkeypatch):
    asked = []

    def noted(bill):
        asked.append(bill)
        return []

    monkeypatch.setattr(invoice_drafts, "check_bill", noted)
    set_on(Practice, case_reading="thirty_days")
    insured(cast, "pkv_basic")
    a_policy(cast, "beihilfe", max_factor=Decimal("2.3"))
    draft_of(record(a_draft(cast, agreed=False)), today())
    (bill,) = asked
    assert bill.case_reading is CaseReading.THIRTY_DAYS
    assert {(each.kind.value, each.max_factor) for each in bill.tariffs} == {
        ("pkv_basic", None), ("beihilfe", Decimal("2.3")),
    }  # fmt: skip


def planned(*factors):
    return CostPlan(1, 3, tuple(PlannedFactor(Decimal(factor), Decimal(factor)) for factor in factors))


def test_a_cost_notice_prices_a_laser_surcharge_as_the_invoice_will(cast):
    with_chain(cast, "cryopeeling", ("2441", ""), ("441", ""))
    with unit_of_work():
        notice = issue_cost_notice(cast.course_id, None, planned("2.3", "1"), today())
    assert notice.gross_min == Decimal("91.55")  # 53.62 and 23.31, with 19 per cent


def test_a_cost_notice_announces_nothing_that_no_invoice_can_charge(cast):
    with_chain(cast, "cryopeeling", ("5", ""), ("7", ""))
    with pytest.raises(RuleBroken, match="numbers_exclude"), unit_of_work():
        issue_cost_notice(cast.course_id, None, planned("2.3", "2.3"), today())
