"""The § 2 GOÄ agreement: what may be agreed, nothing else on the paper, ink only, and from which day it counts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pypdfium2
import pytest
from sqlalchemy import select

from kostenklar.models.course import Course
from kostenklar.models.estimate import FeeAgreement
from kostenklar.models.patient import Patient, Representative
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.models.treatment import Treatment
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.fee_agreements import agreed, agreements_of
from kostenklar.plugin.queries.gate import gate_of_course
from kostenklar.plugin.services.agreement_plans import AgreementPlan, proposed_factors, proposed_payer
from kostenklar.plugin.services.cost_plans import offered_services
from kostenklar.plugin.services.estimates import issue_estimate
from kostenklar.plugin.services.fee_agreements import (
    discard_fee_agreement,
    prepare_fee_agreement,
    sign_fee_agreement,
    treated_before,
)
from kostenklar.plugin.services.papers import bytes_of
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.estimate_scene import plan as estimate_plan
from kostenklar.tests.estimate_scene import refused_with, with_chain
from kostenklar.tests.invoice_scene import SCAN, a_session, pdf_text

pytestmark = pytest.mark.usefixtures("as_reception")

YESTERDAY = today() - dt.timedelta(days=1)


def a_plan(cast, *factors: str | None, payer: str = "Gisela Yılmaz-Hofer", **more) -> AgreementPlan:
    wanted = tuple(Decimal(each) if each else None for each in factors or ("4.2",))
    return AgreementPlan(
        payer, more.pop("physician_id", cast.physician_id), more.pop("talked_on", today()), wanted, **more
    )


def prepared(cast, plan: AgreementPlan | None = None) -> int:
    with unit_of_work():
        return prepare_fee_agreement(cast.course_id, None, plan or a_plan(cast), today()).id


def signed(agreement_id: int, on: dt.date | None = None) -> None:
    with unit_of_work():
        sign_fee_agreement(agreement_id, None, on or today(), SCAN, today())


def record(agreement_id: int) -> FeeAgreement:
    session().expire_all()
    return session().get_one(FeeAgreement, agreement_id)


def gate_item(cast):
    items = gate_of_course(cast.course_id, today())
    return next((item for item in items if item.code == "fee_agreement"), None)


def test_par_2_2_goae_nothing_else_stands_on_the_paper(cast):
    """An exact list of what is allowed: number, name, factor, amount, statement, parties, place, date, signatures."""
    with_chain(cast, "tattoo_laser")
    agreement = record(prepared(cast))
    allowed = [
        "Vereinbarung nach § 2 GOÄ",
        "Zwischen Gisela Yılmaz-Hofer und Dr. med. Henrike Seidel",
        "wird für die folgenden Leistungen diese Vergütung vereinbart:",
        "GOÄ Leistung Faktor Betrag",
        "A 2440 Laserbehandlung einer Tätowierung, entsprechend Nr. 2440 GOÄ",
        "„Operative Entfernung eines Naevus flammeus, je Sitzung“ (§ 6 Abs. 2 GOÄ)",
        "4,2 195,85 €",
        "Eine Erstattung der Vergütung durch Erstattungsstellen",
        "ist möglicherweise nicht in vollem Umfang gewährleistet.",
        "Ort, Datum, Unterschrift Patient/in: Gisela Yılmaz-Hofer",
        "Ort, Datum, Unterschrift Ärztin/Arzt: Dr. med. Henrike Seidel",
    ]
    # wrapped cells change the order of words, never the words themselves
    assert sorted(pdf_text(bytes_of(agreement.paper_id)[0]).split()) == sorted(" ".join(allowed).split())


def test_the_paper_is_one_bare_page_without_picture_or_register_number(cast):
    agreement = record(prepared(cast))
    pdf = bytes_of(agreement.paper_id)[0]
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    assert agreement.number == f"HV-{today().year}-0001"
    assert agreement.number not in pdf_text(pdf)
    images = [obj for obj in document[0].get_objects() if obj.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    assert images == []


def test_the_english_paper_says_the_same_and_nothing_more(cast):
    text = pdf_text(bytes_of(record(prepared(cast, a_plan(cast, language="en"))).paper_id)[0])
    assert text.startswith("Agreement under section 2 GOÄ Gisela Yılmaz-Hofer and Dr. med. Henrike Seidel agree on")
    assert "It is possible (möglicherweise) that reimbursing bodies do not reimburse the fee in full." in text


def test_the_amount_is_points_by_point_value_by_factor(cast):
    line = record(prepared(cast)).lines[0]
    assert (line.goae_number, line.factor, line.net) == ("740", Decimal("4.2"), Decimal("17.38"))


def test_par_2_3_goae_sections_a_e_m_o_and_fixed_factors_are_refused_at_their_line(cast):
    with_chain(cast, "cryopeeling", ("740", ""), ("2", ""), ("560", ""), ("A", ""))
    with pytest.raises(RuleBroken) as error:
        prepared(cast, a_plan(cast, "4.2", "3", "3", "2"))
    assert [(each.code, each.facts["line"]) for each in error.value.findings] == [
        ("agreement_not_allowed", "1"), ("agreement_not_allowed", "2"), ("agreement_not_allowed", "3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"talked_on": today() + dt.timedelta(days=1)}, "fee_talk_in_future"),
        ({"factors": (None,)}, "agreement_without_services"),
        ({"factors": ("4.2", "3")}, "chain_changed"),
        ({"factors": ("1000",)}, "factor_unusable"),
    ],
)
def test_what_cannot_be_agreed_is_refused(cast, changes, code):
    factors = changes.pop("factors", ())
    with pytest.raises(RuleBroken) as error:
        prepared(cast, a_plan(cast, *factors, **changes))
    assert code in refused_with(error)


def test_only_a_physician_agrees_for_the_practice(cast):
    with pytest.raises(RuleBroken) as error:
        prepared(cast, a_plan(cast, physician_id=cast.assistant_id))
    assert refused_with(error) == ["agreement_needs_physician"]


def test_par_107_bgb_a_minor_does_not_agree_alone(cast):
    with unit_of_work():
        patient = session().get_one(Patient, cast.patient_id)
        patient.birth_date = today() - dt.timedelta(days=15 * 365)
        for name in ("Ayla Hofer", "Bernd Hofer"):
            session().add(Representative(practice_id=cast.practice_id, patient_id=patient.id, name=name, kind="parent"))
    patient = session().get_one(Patient, cast.patient_id)
    assert proposed_payer(patient, today()) == "Ayla Hofer und Bernd Hofer"
    with pytest.raises(RuleBroken) as error:
        prepared(cast)
    assert refused_with(error) == ["agreement_by_minor"]
    text = pdf_text(bytes_of(record(prepared(cast, a_plan(cast, payer="Ayla Hofer und Bernd Hofer"))).paper_id)[0])
    assert "Zwischen Ayla Hofer und Bernd Hofer für Gisela Yılmaz-Hofer und Dr. med. Henrike Seidel" in text
    assert text.count("Unterschrift sorgeberechtigte Person") == 2


def test_a_new_agreement_puts_the_unsigned_one_aside_and_leaves_a_signed_one(cast):
    first = prepared(cast)
    second = prepared(cast)
    assert (record(first).state, record(second).state) == ("void", "prepared")
    signed(second)
    prepared(cast)
    assert record(second).state == "signed"


def test_the_signed_scan_is_filed_once_and_frozen(cast):
    agreement_id = prepared(cast)
    signed(agreement_id)
    agreement = record(agreement_id)
    assert (agreement.state, agreement.signed_on, agreement.recorded_by) == ("signed", today(), "Sabine Krüger")
    assert agreement.scan_id
    with pytest.raises(StepNotAllowed):
        signed(agreement_id)
    with pytest.raises(StepNotAllowed), unit_of_work():
        discard_fee_agreement(agreement_id, None, "zu spät")


@pytest.mark.parametrize(
    ("day", "code"),
    [(today() + dt.timedelta(days=1), "signed_in_future"), (YESTERDAY, "signed_before_paper")],
)
def test_the_day_on_the_paper_lies_between_its_issue_and_today(cast, day, code):
    agreement_id = prepared(cast)
    with pytest.raises(RuleBroken) as error:
        signed(agreement_id, day)
    assert refused_with(error) == [code]


def test_somebody_faster_is_noticed(cast):
    agreement_id = prepared(cast)
    with pytest.raises(StalePage), unit_of_work():
        sign_fee_agreement(agreement_id, 99, today(), SCAN, today())


def test_it_counts_from_the_day_of_its_signature_on_and_the_latest_wins(cast):
    assert agreed(cast.course_id, "740", today()) is None
    first = prepared(cast)
    assert agreed(cast.course_id, "740", today()) is None  # not signed yet
    signed(first)
    assert agreed(cast.course_id, "740", YESTERDAY) is None  # before the signature it does not count
    assert agreed(cast.course_id, "2440", today()) is None
    found = agreed(cast.course_id, "740", today())
    assert found
    assert (found.factor, found.signed_on, found.agreement_id) == (Decimal("4.2"), today(), first)
    second = prepared(cast, a_plan(cast, "5"))
    signed(second)
    found = agreed(cast.course_id, "740", today())
    assert found
    assert found.factor == Decimal(5)
    assert [row.id for row in agreements_of(cast.course_id)] == [second, first]


def test_a_session_before_the_signature_is_told(cast):
    treatment_id = a_session(cast)
    assert not treated_before(cast.course_id, today())
    with unit_of_work():
        session().get_one(Treatment, treatment_id).started_at = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    assert treated_before(cast.course_id, today())


def test_the_estimate_offers_its_services_and_its_high_factors(cast):
    with_chain(cast, "tattoo_laser")
    with unit_of_work():
        issue_estimate(cast.course_id, None, estimate_plan("4.5", area_cm2=Decimal(10)), today())
    services = offered_services(session().get_one(Course, cast.course_id), today())
    assert [service.position.number for service in services] == ["2885"]
    assert proposed_factors(services) == [Decimal("4.5")]


def test_a_factor_above_3_5_without_a_signed_agreement_is_a_warning_before_the_session(cast):
    assert gate_item(cast) is None
    with unit_of_work():
        issue_estimate(cast.course_id, None, estimate_plan("4.5"), today())
    item = gate_item(cast)
    assert (item.state.value, item.stops.value) == ("open", "nothing")
    assert [(each.code, each.severity.value, each.facts["numbers"]) for each in item.findings] == [
        ("fee_agreement_missing", "warn", "740")
    ]
    signed(prepared(cast))
    assert gate_item(cast).state.value == "done"


def test_factors_within_par_5_goae_ask_for_no_agreement(cast):
    with unit_of_work():
        issue_estimate(cast.course_id, None, estimate_plan("3.5", reason="großer Aufwand"), today())
    assert gate_item(cast) is None
    assert session().scalars(select(FeeAgreement)).all() == []
