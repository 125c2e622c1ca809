"""One invoice over several sessions, with the § 2 GOÄ agreement, the laser number by area and the estimate."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from kostenklar.models.estimate import FeeAgreement, FeeAgreementLine
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.treatment import Treatment
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import NotFound
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.invoice_drafts import draft_of
from kostenklar.plugin.queries.invoice_pages import invoice_page
from kostenklar.plugin.services.draft_lines import LineChange, change_line
from kostenklar.plugin.services.estimate_plans import EstimatedFactor, EstimatePlan
from kostenklar.plugin.services.estimates import issue_estimate
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoices import (
    draft_course_invoice,
    draft_invoice,
    reissue_invoice,
)
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import a_draft, a_session, insured, issued, paper_text, record
from kostenklar.tests.payment_scene import a_series_draft, as_laser, two_sessions

pytestmark = pytest.mark.usefixtures("as_reception")
DAY = dt.timedelta(days=1)


def drafted(cast, ids):
    with unit_of_work():
        return draft_course_invoice(cast.course_id, ids)


def codes(invoice_id):
    return [finding.code for finding in draft_of(record(invoice_id), today()).findings]


def billing(ids):
    session().expire_all()
    return [session().get_one(Treatment, treatment_id).billing for treatment_id in ids]


def agreed(cast, factor, signed_on, number="740"):
    """A signed § 2 GOÄ agreement on one number; its paper stands for itself here."""
    paper = session().scalars(select(IssuedPaper.id).order_by(IssuedPaper.id)).first()
    with unit_of_work():
        agreement = FeeAgreement(
            practice_id=cast.practice_id, patient_id=cast.patient_id, course_id=cast.course_id, state="signed",
            number="HV-2026-9001", paper_id=paper, payer_name="Gisela Yılmaz-Hofer", physician_id=cast.physician_id,
            talked_on=signed_on, signed_on=signed_on,
        )  # fmt: skip
        agreement.lines = [
            FeeAgreementLine(
                practice_id=cast.practice_id, position=1, goae_number=number, service="Kryotherapie", factor=factor,
                net=Decimal("33.11"),
            )
        ]  # fmt: skip
        session().add(agreement)


def test_two_sessions_stand_on_one_invoice_by_their_days(cast):
    ids = two_sessions(cast)
    invoice = issued(drafted(cast, ids[::-1]))
    first, second = today() - 31 * DAY, today()
    assert [(line.position, line.service_on, line.treatment_id) for line in invoice.lines] == [
        (1, first, ids[0]), (2, second, ids[1]),
    ]  # fmt: skip
    assert invoice.gross_total == Decimal("22.66")  # the VAT of the group: 19 % of 19.04
    assert billing(ids) == ["billed", "billed"]
    text = paper_text(invoice)
    for day in (first, second):
        assert day.strftime("%d.%m.%Y") in text
    assert "Leistungszeitraum" in text


def test_the_same_sessions_again_are_the_same_draft_and_others_are_refused(cast):
    ids = two_sessions(cast)
    invoice_id = drafted(cast, ids)
    assert drafted(cast, ids) == invoice_id
    with pytest.raises(RuleBroken, match="session_in_draft"):
        drafted(cast, ids[:1])
    issued(invoice_id)
    with pytest.raises(RuleBroken, match="session_on_invoice"):
        drafted(cast, ids[:1])


def test_a_single_draft_keeps_its_session(cast):
    ids = two_sessions(cast)
    with unit_of_work():
        draft_invoice(ids[0])
    with pytest.raises(RuleBroken, match="session_in_draft"):
        drafted(cast, ids)


def test_an_aborted_session_can_be_chosen_and_warns(cast):
    ids = [*two_sessions(cast), a_session(cast, session_no=3, state="aborted")]
    invoice_id = drafted(cast, ids)
    assert "treatment_aborted" in codes(invoice_id)
    assert issued(invoice_id).number
    assert billing(ids) == ["billed"] * 3


def test_nothing_chosen_and_another_courses_session_are_refused(cast):
    with pytest.raises(RuleBroken, match="nothing_to_bill"):
        drafted(cast, [])
    with pytest.raises(NotFound), unit_of_work():
        draft_course_invoice(cast.course_id + 1, two_sessions(cast))


def test_a_cancelled_series_opens_all_its_sessions_and_is_written_anew(cast):
    ids = two_sessions(cast)
    invoice_id = drafted(cast, ids)
    issued(invoice_id)
    with unit_of_work():
        cancel_invoice(invoice_id, None, "Falscher Empfänger", today())
    assert billing(ids) == ["open", "open"]
    with unit_of_work():
        again = reissue_invoice(invoice_id, None)
    assert record(again).replaces_id == invoice_id
    assert issued(again).gross_total == Decimal("22.66")
    assert billing(ids) == ["billed", "billed"]


def test_what_is_changed_in_the_new_draft_stays_changed(cast):
    invoice_id = a_draft(cast)
    issued(invoice_id)
    with unit_of_work():
        cancel_invoice(invoice_id, None, "Faktor", today())
    with unit_of_work():
        again = reissue_invoice(invoice_id, None)
    with unit_of_work():
        change_line(again, None, record(again).lines[0].id, LineChange(Decimal(2), 1, "", ""))
    assert issued(again).net_total == Decimal("8.28")
    assert record(invoice_id).net_total == Decimal("9.52")


def test_par_2_goae_a_signed_agreement_sets_the_factor_and_stands_on_the_paper(cast):
    two = two_sessions(cast)
    agreed(cast, Decimal(8), today() - 40 * DAY)
    invoice = issued(drafted(cast, two))
    assert [(line.factor, line.agreement_on) for line in invoice.lines] == [(Decimal(8), today() - 40 * DAY)] * 2
    text = paper_text(invoice)
    assert f"Vereinbarung nach § 2 GOÄ vom {(today() - 40 * DAY).strftime('%d.%m.%Y')}" in text
    assert "Begründung" not in text  # § 12(3) GOÄ: only on request


def test_par_2_2_goae_an_agreement_after_the_service_counts_for_later_sessions_only(cast):
    two = two_sessions(cast)
    agreed(cast, Decimal(8), today() - 5 * DAY)
    invoice_id = drafted(cast, two)
    assert [(line.factor, line.agreement_on) for line in record(invoice_id).lines] == [
        (Decimal("2.3"), None), (Decimal(8), today() - 5 * DAY),
    ]  # fmt: skip
    with unit_of_work():
        change_line(invoice_id, None, record(invoice_id).lines[0].id, LineChange(Decimal(8), 1, "", ""))
    assert "factor_needs_agreement" in codes(invoice_id)
    with pytest.raises(RuleBroken, match="factor_needs_agreement"):
        issued(invoice_id)


def test_another_factor_than_the_agreed_one_is_refused(cast):
    two = two_sessions(cast)
    agreed(cast, Decimal(8), today() - 40 * DAY)
    invoice_id = drafted(cast, two)
    with unit_of_work():
        change_line(invoice_id, None, record(invoice_id).lines[0].id, LineChange(Decimal(9), 1, "", ""))
    assert "agreement_other_factor" in codes(invoice_id)
    with unit_of_work():  # within § 5 GOÄ it needs no agreement, but a reason
        change_line(invoice_id, None, record(invoice_id).lines[0].id, LineChange(Decimal(3), 1, "Narben", ""))
    assert record(invoice_id).lines[0].agreement_on is None
    assert issued(invoice_id).number


def test_baek_2002_the_laser_number_follows_the_area_of_each_session(cast):
    """7 cm² in one session and 18 in the other are 2440 and 2885; proposed, taken over by a person, never silently."""
    as_laser(cast, "tattoo_laser")
    first, second = two_sessions(cast)
    with unit_of_work():
        session().get_one(Treatment, first).sites[0].area_cm2 = Decimal(7)
        session().get_one(Treatment, second).sites[0].area_cm2 = Decimal(18)
    invoice_id = drafted(cast, [first, second])
    found = [finding for finding in draft_of(record(invoice_id), today()).findings if "laser" in finding.code]
    assert [(finding.facts["line"], finding.facts["proposed"]) for finding in found] == [("2", "2885")]
    line = record(invoice_id).lines[1]
    with unit_of_work():
        change_line(invoice_id, None, line.id, LineChange(Decimal("2.3"), 1, "", "", "2885"))
    assert not any("laser" in code for code in codes(invoice_id))
    text = paper_text(issued(invoice_id))
    for part in (
        "A 2440 Laserbehandlung einer Tätowierung, 7 cm²", "entsprechend Nr. 2440 GOÄ „Operative Entfernung eines",
        "A 2885 Laserbehandlung einer Tätowierung, 18 cm²", "entsprechend Nr. 2885 GOÄ „Entfernung einer kleinen",
        "(§ 6 Abs. 2 GOÄ)",
    ):  # fmt: skip
        assert part in text, part


def test_par_12_4_goae_a_pigment_laser_line_says_what_was_done_and_what_it_equals(cast):
    as_laser(cast, "pigment_laser")
    insured(cast, "self_payer")
    treatment_id = a_session(cast)
    with unit_of_work():
        invoice_id = draft_invoice(treatment_id)
    text = paper_text(issued(invoice_id))
    assert "A 2440 Laserbehandlung gutartiger Pigmentflecken" in text
    assert "5 cm²" in text
    assert "entsprechend Nr. 2440 GOÄ „Operative Entfernung eines Naevus flammeus, je Sitzung“" in text


def test_only_a_laser_line_takes_another_number(cast):
    invoice_id = a_draft(cast)
    with unit_of_work():
        change_line(invoice_id, None, record(invoice_id).lines[0].id, LineChange(Decimal(2), 1, "", "", "2886"))
    assert record(invoice_id).lines[0].goae_number == "740"


def test_more_than_announced_for_so_many_sessions_warns(cast):
    invoice_id = a_series_draft(cast)
    assert codes(invoice_id) == []
    with unit_of_work():
        line = record(invoice_id).lines[0]
        change_line(invoice_id, None, line.id, LineChange(Decimal("3.5"), 1, "Stark vernarbte Haut", ""))
    assert codes(invoice_id) == ["above_cost_notice"]


def test_the_invoice_says_how_far_it_is_from_the_estimate(cast):
    invoice_id = a_series_draft(cast)
    plan = EstimatePlan(2, 3, (EstimatedFactor(Decimal("2.3")),), today() + 90 * DAY)
    with unit_of_work():
        number = issue_estimate(cast.course_id, None, plan, today()).number
    page = invoice_page(invoice_id, today())
    assert page.estimate
    assert (page.estimate.number, page.estimate.amount, page.estimate.over) == (number, Decimal("22.66"), Decimal(0))
    with unit_of_work():
        line = record(invoice_id).lines[0]
        change_line(invoice_id, None, line.id, LineChange(Decimal("3.5"), 1, "Stark vernarbte Haut", ""))
    (finding,) = [each for each in draft_of(record(invoice_id), today()).findings if each.code == "above_estimate"]
    assert (finding.facts["over"], finding.facts["number"]) == ("5.90", number)
    issued(invoice_id)
    page = invoice_page(invoice_id, today())
    assert page.estimate
    assert page.estimate.over == Decimal("5.90")
