"""The cost notice: amounts, wording for whoever pays, handing over and signature."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from kostenklar.models.consent import CostNotice
from kostenklar.models.course import Lesion
from kostenklar.models.patient import Patient, Policy
from kostenklar.models.practice import Practice
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.consents import ConsentPlan, prepare_consent
from kostenklar.plugin.services.cost_notices import (
    discard_cost_notice,
    hand_cost_notice,
    issue_cost_notice,
    sign_cost_notice,
)
from kostenklar.plugin.services.cost_plans import CostPlan, PlannedFactor, planned_services
from kostenklar.plugin.services.papers import bytes_of, content_of
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.reports.content.consent import ConsentContent
from kostenklar.reports.content.cost_notice import CostNoticeContent
from kostenklar.tests.estimate_scene import an_estimate
from kostenklar.tests.estimate_scene import plan as estimate_plan
from kostenklar.tests.invoice_scene import insured, pdf_text
from kostenklar.tests.treatment_scene import SCAN, a_talk

pytestmark = pytest.mark.usefixtures("as_reception")


def plan(low: str = "2.3", high: str = "2.3", sessions: tuple[int, int] = (1, 3), language: str = "de") -> CostPlan:
    return CostPlan(*sessions, (PlannedFactor(Decimal(low), Decimal(high)),), language)  # type: ignore[arg-type]


def issued(cast, the_plan: CostPlan | None = None) -> int:
    with unit_of_work():
        return issue_cost_notice(cast.course_id, None, the_plan or plan(), today()).id


def content(notice_id: int) -> CostNoticeContent:
    paper = content_of(session().get_one(CostNotice, notice_id).paper)
    assert isinstance(paper, CostNoticeContent)
    return paper


def decided(cast, indication: str) -> None:
    with unit_of_work():
        session().get_one(Lesion, cast.lesion_id).indication = indication


def refused_with(error: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def test_740_at_2_3_costs_9_52_net_and_11_33_gross_a_session(cast):
    notice = session().get_one(CostNotice, issued(cast))
    paper = content(notice.id)
    assert (paper.session_to.net, paper.session_to.vat, paper.session_to.gross) == (
        Decimal("9.52"),
        Decimal("1.81"),
        Decimal("11.33"),
    )
    assert (notice.gross_min, notice.gross_max) == (Decimal("11.33"), Decimal("33.99"))
    assert notice.paper.number == f"KI-{today().year}-0001"


def test_the_total_is_sessions_times_the_gross_of_one(cast):
    paper = content(issued(cast, plan("2.3", "3.5", (2, 3))))
    assert (paper.total_from, paper.total_to) == (paper.session_from.gross * 2, paper.session_to.gross * 3)
    assert paper.session_to.gross > paper.session_from.gross


def test_statutory_patients_get_notice_agreement_and_follow_up_note(cast):
    notice = session().get_one(CostNotice, issued(cast))
    paper = content(notice.id)
    assert notice.with_agreement
    assert "in der Regel keine Leistung der gesetzlichen Krankenversicherung" in paper.notice
    assert paper.agreement.startswith("Ich wünsche diese Leistungen ausdrücklich.")
    assert "§ 52 Abs. 2 SGB V" in paper.par52
    assert [line.role for line in paper.signatures] == ["patient", "practice"]
    assert "Kasse Rheinland-West" in paper.insurer


@pytest.mark.parametrize(
    ("kind", "payer", "said"),
    [
        ("pkv_full", "pkv", "Private Versicherer klären die Kostenübernahme individuell"),
        ("self_payer", "self_payer", "Die Kosten der Behandlung tragen Sie selbst"),
    ],
)
def test_private_patients_and_self_payers_get_their_own_words_and_nothing_of_the_fund(cast, kind, payer, said):
    insured(cast, kind)
    notice = session().get_one(CostNotice, issued(cast))
    paper = content(notice.id)
    assert (notice.payer, notice.with_agreement) == (payer, False)
    assert said in paper.notice
    assert (paper.agreement, paper.par52) == ("", "")
    assert paper.receipt


def test_a_policy_that_has_ended_no_longer_decides(cast):
    with unit_of_work():
        session().scalars(select(Policy)).one().valid_to = today() - dt.timedelta(days=1)
    assert session().get_one(CostNotice, issued(cast)).payer == "self_payer"


def test_medical_work_bears_no_vat_and_says_why(cast):
    decided(cast, "medical")
    paper = content(issued(cast))
    assert (paper.vat_rate, paper.session_to.gross) == (None, Decimal("9.52"))
    assert "§ 4 Nr. 14" in paper.exemption
    assert "USt)" not in paper.notice
    assert not paper.services[0].on_demand
    assert paper.par52 == ""  # § 52(2) SGB V is about measures without medical need


def test_a_small_business_charges_no_vat(cast):
    with unit_of_work():
        session().get_one(Practice, cast.practice_id).vat_regime = "small_business"
    paper = content(issued(cast))
    assert (paper.vat_rate, paper.session_to.gross) == (None, Decimal("9.52"))
    assert "§ 19 UStG" in paper.exemption


def test_an_undecided_lesion_is_priced_with_vat_and_the_paper_says_that_it_may_fall_away(cast):
    decided(cast, "undecided")
    notice = session().get_one(CostNotice, issued(cast))
    paper = content(notice.id)
    assert (notice.indication, paper.vat_rate) == ("undecided", Decimal("19.00"))
    assert not paper.services[0].on_demand
    assert any("noch nicht" in note for note in paper.notes)


def test_cosmetic_services_carry_the_on_demand_mark(cast):
    assert content(issued(cast)).services[0].on_demand


def test_a_factor_above_3_5_announces_the_agreement_it_needs(cast):
    paper = content(issued(cast, plan("2.3", "12")))
    assert paper.services[0].fee_agreement


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [("3", "2.3", "factors_backwards"), ("0.5", "2.3", "factor_needs_agreement"), ("0", "2.3", "factor_unusable")],
)
def test_factors_that_cannot_be_are_refused(cast, low, high, code):
    with pytest.raises(RuleBroken) as refused:
        issued(cast, plan(low, high))
    assert refused_with(refused) == [code]


def test_the_paper_can_be_english_and_names_the_amounts(cast):
    notice = session().get_one(CostNotice, issued(cast, plan(language="en")))
    pdf, name = bytes_of(notice.paper_id)
    assert name == f"KI-{today().year}-0001.pdf"
    assert "EUR 11.33" in pdf_text(pdf)


def test_a_new_notice_puts_an_unsigned_earlier_one_aside(cast):
    first = issued(cast)
    second = issued(cast)
    assert session().get_one(CostNotice, first).state == "void"
    assert session().get_one(CostNotice, second).state == "prepared"


def test_a_signed_notice_stays_when_a_new_one_comes(cast):
    first = issued(cast)
    with unit_of_work():
        sign_cost_notice(first, None, today(), SCAN, today())
    issued(cast)
    assert session().get_one(CostNotice, first).state == "signed"


def test_handing_over_keeps_day_and_way(cast):
    notice_id = issued(cast)
    with unit_of_work():
        hand_cost_notice(notice_id, None, today(), "paper", today())
    notice = session().get_one(CostNotice, notice_id)
    assert (notice.state, notice.handed_on, notice.handed_how) == ("handed", today(), "paper")


@pytest.mark.parametrize(
    ("days", "how", "code"),
    [(1, "paper", "handed_in_future"), (-1, "paper", "handed_before_paper"), (0, "email", "email_not_agreed")],
)
def test_handing_over_needs_a_possible_day_and_an_agreed_way(cast, days, how, code):
    notice_id = issued(cast)
    with pytest.raises(RuleBroken) as refused, unit_of_work():
        hand_cost_notice(notice_id, None, today() + dt.timedelta(days=days), how, today())
    assert refused_with(refused) == [code]


def test_by_mail_with_address_and_agreement(cast):
    with unit_of_work():
        patient = session().get_one(Patient, cast.patient_id)
        patient.email, patient.email_consent = "gisela@example.org", True
    notice_id = issued(cast)
    with unit_of_work():
        hand_cost_notice(notice_id, None, today(), "email", today())
    assert session().get_one(CostNotice, notice_id).handed_how == "email"


def test_whoever_signs_has_it_in_hand_that_day(cast):
    notice_id = issued(cast)
    with unit_of_work():
        sign_cost_notice(notice_id, None, today(), SCAN, today())
    notice = session().get_one(CostNotice, notice_id)
    assert (notice.state, notice.signed_on, notice.handed_on, notice.handed_how) == (
        "signed",
        today(),
        today(),
        "paper",
    )
    assert notice.recorded_at is not None
    assert notice.scan_id is not None


def test_a_signed_notice_is_neither_handed_nor_discarded_again(cast):
    notice_id = issued(cast)
    with unit_of_work():
        sign_cost_notice(notice_id, None, today(), SCAN, today())
    with pytest.raises(StepNotAllowed), unit_of_work():
        discard_cost_notice(notice_id, None, "doppelt")
    with pytest.raises(StepNotAllowed), unit_of_work():
        hand_cost_notice(notice_id, None, today(), "paper", today())


def test_a_stale_page_hands_over_nothing(cast):
    notice_id = issued(cast)
    with unit_of_work():
        hand_cost_notice(notice_id, 1, today(), "paper", today())
    with pytest.raises(StalePage), unit_of_work():
        sign_cost_notice(notice_id, 1, today(), SCAN, today())


def test_consent_and_cost_notice_name_the_same_physician(cast):
    a_talk(cast)  # held by Dr. Seidel, while Dr. Lindner owns the practice
    with unit_of_work():
        consent = prepare_consent(cast.course_id, None, ConsentPlan(1, today()), today())
    agreed = content_of(consent.paper)
    assert isinstance(agreed, ConsentContent)
    assert content(issued(cast)).physician == agreed.physician == "Dr. med. Henrike Seidel"


def test_a_cost_notice_announces_the_services_of_the_estimate_that_holds(cast):
    an_estimate(cast, estimate_plan("2.1"))
    assert [(each.position.number, each.factor) for each in planned_services(cast.course_id, today())] == [
        ("740", Decimal("2.1"))
    ]
