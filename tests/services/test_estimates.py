"""The estimate: itemised like an invoice, priced by indication, replaced by the next one, and its last day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy.exc import DatabaseError

from kostenklar.models.clarification import Clarification
from kostenklar.models.course import Course, Lesion
from kostenklar.models.estimate import Estimate
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.models.rules.vat import Indication
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.jobs import HANDLERS, RECURRING
from kostenklar.plugin.queries.estimates import EstimateRow, estimates_of, latest_estimate
from kostenklar.plugin.services.courses import Assessment, assess_lesion
from kostenklar.plugin.services.estimate_plans import EstimatedFactor, EstimatePlan
from kostenklar.plugin.services.estimates import hand_estimate, issue_estimate
from kostenklar.plugin.services.papers import bytes_of, content_of
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.reports.content.estimate import EstimateContent
from kostenklar.tests.estimate_scene import plan, refused_with, with_chain
from kostenklar.tests.invoice_scene import insured, pdf_text

pytestmark = pytest.mark.usefixtures("as_reception")


def issued(cast, the_plan: EstimatePlan | None = None) -> int:
    with unit_of_work():
        return issue_estimate(cast.course_id, None, the_plan or plan(), today()).id


def record(estimate_id: int) -> Estimate:
    session().expire_all()
    return session().get_one(Estimate, estimate_id)


def latest(cast) -> EstimateRow:
    found = latest_estimate(cast.course_id)
    assert found
    return found


def content(estimate_id: int) -> EstimateContent:
    paper = content_of(record(estimate_id).paper)
    assert isinstance(paper, EstimateContent)
    return paper


def decided(cast, indication: str) -> None:
    with unit_of_work():
        session().get_one(Lesion, cast.lesion_id).indication = indication


def a_clarification(cast, estimate_id: int, state: str) -> int:
    with unit_of_work():
        case = Clarification(
            practice_id=cast.practice_id, patient_id=cast.patient_id, course_id=cast.course_id, number="KK-2026-0001",
            payer_role="pkv", state=state, estimate_id=estimate_id,
        )  # fmt: skip
        session().add(case)
        session().flush()
        return case.id


def test_one_session_is_itemised_and_the_totals_are_its_gross_times_the_sessions(cast):
    estimate = record(issued(cast))
    assert estimate.number == f"KV-{today().year}-0001"
    assert (estimate.session_net, estimate.session_vat, estimate.session_gross) == (
        Decimal("9.52"), Decimal("1.81"), Decimal("11.33"),
    )  # fmt: skip
    assert (estimate.gross_min, estimate.gross_max) == (Decimal("11.33"), Decimal("33.99"))
    line = estimate.lines[0]
    assert (line.goae_number, line.points, line.factor, line.net) == ("740", 71, Decimal("2.3"), Decimal("9.52"))
    assert (line.indication, line.vat_rate, line.on_demand) == ("cosmetic", Decimal("19.00"), True)


def test_the_end_to_end_chain_of_the_domain_makes_exactly_its_vector(cast):
    """Domain 1.3: Nr. 1 + Nr. 5 + 2440 analog at 2.3 without 441: net 128.69, VAT 24.45, gross 153.14."""
    with_chain(cast, "tattoo_laser", ("1", ""), ("5", ""), ("2440", "Laserbehandlung einer Tätowierung"))
    three = EstimatePlan(2, 4, (EstimatedFactor(Decimal("2.3")),) * 3, today())
    estimate = record(issued(cast, three))
    assert [line.net for line in estimate.lines] == [Decimal("10.72"), Decimal("10.72"), Decimal("107.25")]
    assert estimate.session_net == Decimal("128.69")
    assert estimate.session_gross == Decimal("153.14")
    assert estimate.gross_max == Decimal("612.56")


def test_an_analogous_service_is_worded_as_par_12_4_goae_wants_it(cast):
    with_chain(cast, "pigment_laser")
    text = pdf_text(bytes_of(record(issued(cast)).paper_id)[0])
    # figures of the first line stand between its words in the PDF's order
    for phrase in ("A 2440 Laserbehandlung gutartiger", "entsprechend", "Nr. 2440 GOÄ", "(§ 6 Abs. 2 GOÄ)"):
        assert phrase in text, phrase
    assert "A 2440" in text


@pytest.mark.parametrize(("area", "number"), [("7", "2440"), ("7.01", "2885"), ("21", "2885"), ("21.5", "2886")])
def test_the_laser_number_follows_the_whole_area_of_a_session(cast, area, number):
    """BÄK 3/2002: up to 7, up to 21, over 21 cm²."""
    with_chain(cast, "pigment_laser")
    estimate = record(issued(cast, plan(area_cm2=Decimal(area))))
    assert estimate.lines[0].goae_number == number
    assert content(estimate.id).area_cm2 == Decimal(area)


def test_an_area_leaves_a_service_that_is_no_laser_alone(cast):
    assert record(issued(cast, plan(area_cm2=Decimal(30)))).lines[0].goae_number == "740"


def test_medical_work_bears_no_vat_no_mark_and_says_why(cast):
    decided(cast, "medical")
    paper = content(issued(cast))
    assert (paper.vat_rate, paper.session.gross) == (None, Decimal("9.52"))
    assert "§ 4 Nr. 14" in paper.exemption
    assert not paper.services[0].on_demand


def test_undecided_is_priced_like_cosmetic_with_the_careful_sentence(cast):
    decided(cast, "undecided")
    paper = content(issued(cast))
    assert (paper.vat_rate, paper.session.gross) == (Decimal("19.00"), Decimal("11.33"))
    assert not paper.services[0].on_demand
    assert "noch nicht" in paper.notes[0]


@pytest.mark.parametrize(
    ("kind", "said", "par52"),
    [
        ("gkv", "in der Regel keine Leistung der gesetzlichen Krankenversicherung", True),
        ("pkv_full", "Private Versicherer klären die Kostenübernahme individuell mit ihren Versicherten", False),
        ("beihilfe", "Private Versicherer klären die Kostenübernahme individuell mit ihren Versicherten", False),
        ("self_payer", "Die gesetzliche Krankenversicherung übernimmt diese Behandlung in der Regel nicht.", False),
    ],
)
def test_everybody_reads_who_pays_and_only_statutory_patients_par_52(cast, kind, said, par52):
    insured(cast, kind)
    paper = content(issued(cast))
    assert said in " ".join(paper.coverage)
    assert bool(paper.par52) == par52
    assert "33,99" in " ".join(paper.coverage)  # what the patient pays is the whole


@pytest.mark.parametrize(("kind", "shown"), [("pkv_full", True), ("beihilfe", True), ("gkv", False)])
def test_the_diagnosis_stands_where_a_private_insurer_or_beihilfe_reads_it(cast, kind, shown):
    insured(cast, kind)
    with unit_of_work():
        course = session().get_one(Course, cast.course_id)
        course.diagnosis, course.icd_code, course.icd_certainty = "Lentigo solaris", "L81.4", "G"
    assert content(issued(cast)).diagnosis == ("Lentigo solaris (L81.4 G)" if shown else "")


@pytest.mark.parametrize(("factor", "gross"), [("483.2788", "2000.00"), ("483.2812", "2000.01")])
def test_2000_00_and_2000_01_are_two_different_totals(cast, factor, gross):
    """§ 192(8) VVG asks for more than 2,000 euros: gross_max is what the clock compares."""
    decided(cast, "medical")
    estimate = record(issued(cast, plan(factor, (1, 1))))
    assert estimate.gross_max == Decimal(gross)
    assert estimate.lines[0].fee_agreement


def test_a_factor_above_3_5_announces_the_par_2_agreement(cast):
    paper = content(issued(cast, plan("4.5")))
    assert paper.services[0].fee_agreement
    assert "nur mit gesonderter Vereinbarung nach § 2 GOÄ" in pdf_text(bytes_of(record(1).paper_id)[0])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"factor": "0.9"}, "factor_needs_agreement"),
        ({"factor": "1001"}, "factor_unusable"),
        ({"factor": "3.0"}, "estimate_needs_reason"),
        ({"sessions": (3, 2)}, "sessions_backwards"),
        ({"until": today() - dt.timedelta(days=1)}, "estimate_ends_before_start"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_no_number_is_drawn(cast, changes, code):
    with pytest.raises(RuleBroken) as error:
        issued(cast, plan(**changes))
    assert refused_with(error) == [code]
    assert record(issued(cast)).number.endswith("-0001")


def test_above_the_threshold_a_reason_suffices(cast):
    paper = content(issued(cast, plan("3.0", reason="viele kleine Herde")))
    assert paper.services[0].reason == "viele kleine Herde"


def test_without_a_site_there_is_no_estimate(cast):
    with unit_of_work():
        session().delete(session().get_one(Lesion, cast.lesion_id))
    with pytest.raises(RuleBroken) as error:
        issued(cast)
    assert refused_with(error) == ["lesions_missing"]


def test_a_changed_chain_and_a_stale_page_are_told(cast):
    with pytest.raises(RuleBroken) as error:
        issued(cast, EstimatePlan(1, 1, (), today()))
    assert refused_with(error) == ["chain_changed"]
    with pytest.raises(StalePage), unit_of_work():
        issue_estimate(cast.course_id, 999, plan(), today())


def test_a_new_estimate_replaces_the_earlier_one(cast):
    first = issued(cast)
    second = issued(cast, plan("1.0"))
    assert (record(first).state, record(second).state) == ("replaced", "issued")
    assert latest(cast).id == second
    assert [row.state for row in estimates_of(cast.course_id)] == ["issued", "replaced"]


@pytest.mark.parametrize("state", ["draft", "estimate_issued", "with_patient", "ready", "closed", "cancelled"])
def test_a_clarification_that_is_not_sent_or_is_over_does_not_hold_the_estimate(cast, state):
    first = issued(cast)
    a_clarification(cast, first, state)
    issued(cast)
    assert record(first).state == "replaced"


@pytest.mark.parametrize("state", ["submitted", "acknowledged", "documents_requested", "overdue", "answered"])
def test_an_estimate_with_a_clarification_under_way_stays_beside_the_new_one(cast, state):
    first = issued(cast)
    a_clarification(cast, first, state)
    second = issued(cast)
    assert (record(first).state, record(second).state) == ("issued", "issued")
    assert latest(cast).id == second


def test_handing_over_is_noted_with_day_and_way(cast):
    estimate_id = issued(cast)
    with unit_of_work():
        hand_estimate(estimate_id, 1, today(), "paper", today())
    estimate = record(estimate_id)
    assert (estimate.state, estimate.handed_on, estimate.handed_how) == ("handed", today(), "paper")
    with pytest.raises(StepNotAllowed), unit_of_work():
        hand_estimate(estimate_id, None, today(), "paper", today())


@pytest.mark.parametrize(
    ("on", "how", "code"),
    [(1, "paper", "handed_in_future"), (-1, "paper", "handed_before_paper"), (0, "email", "email_not_agreed")],
)
def test_a_handing_over_that_cannot_be_is_refused(cast, on, how, code):
    estimate_id = issued(cast)
    with pytest.raises(RuleBroken) as error, unit_of_work():
        hand_estimate(estimate_id, None, today() + dt.timedelta(days=on), how, today())
    assert refused_with(error) == [code]


def test_after_its_last_day_it_counts_as_expired_and_the_daily_job_moves_it(app, cast, time_machine):
    estimate_id = issued(cast, plan(until=today()))
    assert not latest(cast).expired(today())
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(days=2))
    assert latest(cast).expired(today())
    assert "expire_estimates" in RECURRING
    with unit_of_work():
        HANDLERS["expire_estimates"]({})
    assert record(estimate_id).state == "expired"


def test_the_english_paper_keeps_the_german_word_of_the_ordinance(cast):
    with_chain(cast, "pigment_laser")
    text = pdf_text(bytes_of(record(issued(cast, plan(language="en"))).paper_id)[0])
    for phrase in ("Cost estimate", "entsprechend", "valid until", "EUR 382.89"):
        assert phrase in text, phrase


def test_issued_estimates_and_their_lines_are_frozen(cast):
    estimate_id = issued(cast)
    line = record(estimate_id).lines[0]
    with pytest.raises(DatabaseError), unit_of_work():
        line.net = Decimal(1)


def test_a_new_indication_flags_the_estimate_and_leaves_it_as_it_is(cast, app):
    estimate_id = issued(cast)
    with acting_as(cast.keys["physician"], roles=["physician"], practices=[cast.practice_id]), unit_of_work():
        medical = Assessment(Indication.MEDICAL, "stört beim Sehen", today(), "Auflichtmikroskopie")
        assess_lesion(cast.lesion_id, None, medical, today())
    estimate = record(estimate_id)
    assert (estimate.state, estimate.flag, estimate.indication) == ("issued", "indication_changed", "cosmetic")
