"""Letter and outcome as the services write them: in whose voice, with what enclosed, and what is told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kostenklar.models.course import Course, Lesion
from kostenklar.models.disclosure import Disclosure
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.patient import Insurer, Patient
from kostenklar.models.rules.grants import GrantDocument
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services import clarification_ends as ends
from kostenklar.plugin.services import clarification_sending as sending
from kostenklar.plugin.services import clarifications, cost_queries, outcomes
from kostenklar.plugin.services.clarifications import Way
from kostenklar.plugin.services.papers import bytes_of, content_of
from kostenklar.plugin.services.treatments import start
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.reports.content.cost_query import CostQueryContent
from kostenklar.reports.content.outcome import OutcomeContent
from kostenklar.tests.clarification_scene import (
    BY_ATTORNEY,
    BY_PRACTICE,
    DAY,
    HOLDER,
    a_case,
    a_policy,
    answered,
    brought_to,
    done,
    fresh,
    released,
    sent,
    written,
)
from kostenklar.tests.grant_scene import a_signed_one
from kostenklar.tests.invoice_scene import pdf_text
from kostenklar.tests.treatment_scene import a_ready_one, doctor

pytestmark = pytest.mark.usefixtures("as_reception")


def letter(case_id: int) -> CostQueryContent:
    content = content_of(written(case_id))
    assert isinstance(content, CostQueryContent)
    return content


def told(case_id: int, **more) -> OutcomeContent:
    done(lambda: outcomes.tell_patient(case_id, None, today(), "person", more.get("language", "de"), today()))
    content = content_of(session().get_one(IssuedPaper, fresh(case_id).outcome_paper_id))
    assert isinstance(content, OutcomeContent)
    return content


def refused(action) -> list[str]:
    with pytest.raises(RuleBroken) as error:
        done(action)
    session().rollback()
    return [finding.code for finding in error.value.findings]


def test_the_letter_of_the_patient_who_holds_the_policy(cast):
    content = letter(a_case(cast))
    assert (content.voice, content.statutory, content.payer) == ("policyholder", True, "pkv")
    assert content.recipient == ("Albatros Kranken", "Leistung", "Hafen 1", "20457 Hamburg")
    assert content.holder.name == content.patient.name == "Gisela Yılmaz-Hofer"
    assert content.enclosures[0].startswith("Kostenvoranschlag KV-")
    assert [line.role for line in content.signatures] == ["policyholder"]
    pdf, name = bytes_of(session().query(IssuedPaper).filter_by(kind="cost_query").one().id)
    assert name == f"KA-{today().year}-0001.pdf"
    assert "nach § 192 Abs. 8 VVG" in pdf_text(pdf).replace("\u00a0", " ")


def test_the_letter_names_the_policyholder_where_it_is_somebody_else(cast):
    content = letter(a_case(cast, **HOLDER))
    assert (content.holder.name, content.holder_address[1]) == ("Hakan Yılmaz", "Ring 1")
    assert [line.name for line in content.signatures] == ["Hakan Yılmaz"]


def test_a_letter_with_power_needs_the_power(cast):
    case_id = a_case(cast, BY_ATTORNEY, **HOLDER)
    assert refused(lambda: cost_queries.issue_cost_query(case_id, None, cost_queries.QueryPlan(), today())) == [
        "power_of_attorney_missing"
    ]
    a_signed_one(case_id, "power_of_attorney")
    released(case_id)
    content = letter(case_id)
    assert (content.voice, content.statutory) == ("attorney", True)
    assert "Hakan Yılmaz bitten wir" in content.request
    assert [line.split()[0] for line in content.enclosures] == [
        "Kostenvoranschlag",
        "Schweigepflichtentbindung",
        "Vollmacht",
    ]
    assert [line.role for line in content.signatures] == ["practice"]


@pytest.mark.parametrize(
    ("way", "gross", "indication"),
    [(BY_PRACTICE, "2086.30", "medical"), (Way(), "2000.00", "medical"), (Way(), "2086.30", "cosmetic")],
)
def test_par_192_8_vvg_stands_only_where_the_clock_can_run(cast, way, gross, indication):
    content = letter(a_case(cast, way, gross=gross, indication=indication))
    assert not content.statutory
    assert "192" not in content.request


@pytest.mark.parametrize(
    ("indication", "said"),
    [
        ("medical", "medizinisch begründet, s. Anlage"),
        ("undecided", "nicht abschließend geklärt"),
        ("cosmetic", "auf eigenen Wunsch"),
    ],
)
def test_the_assessment_is_what_the_physician_decided(cast, indication, said):
    assert letter(a_case(cast, indication=indication)).assessment == said


def test_par_203_stgb_a_letter_of_the_practice_shows_only_what_is_released(cast):
    case_id = a_case(cast, BY_PRACTICE)
    with unit_of_work():
        session().get_one(Course, cast.course_id).diagnosis = "Lentigo senilis"
    a_signed_one(case_id, documents=(GrantDocument.ESTIMATE,))
    assert (letter(case_id).diagnosis, letter(case_id).reason) == ("", "")
    a_signed_one(case_id, documents=(GrantDocument.DIAGNOSIS, GrantDocument.FINDINGS))
    content = letter(case_id)
    assert (content.diagnosis, content.reason) == ("Lentigo senilis", "auf eigenen Wunsch")  # the scene's words


def test_par_203_stgb_nothing_goes_out_that_the_release_does_not_name(cast):
    case_id = a_case(cast, BY_PRACTICE)
    with unit_of_work():
        session().get_one(Course, cast.course_id).diagnosis = "Lentigo senilis"
    a_signed_one(case_id, documents=(GrantDocument.DIAGNOSIS, GrantDocument.FINDINGS))
    letter(case_id)  # with diagnosis and reason
    assert refused(lambda: sending.make_ready(case_id, None, today())) == ["release_lacks_estimate"]
    a_signed_one(case_id, documents=(GrantDocument.ESTIMATE,))
    assert refused(lambda: sending.make_ready(case_id, None, today())) == [
        "release_lacks_diagnosis",
        "release_lacks_findings",
    ]
    letter(case_id)  # anew, with what is released now
    done(lambda: sending.make_ready(case_id, None, today()))


def test_what_the_practice_sends_stands_in_the_disclosure_log_by_its_numbers(cast):
    case_id = a_case(cast, BY_PRACTICE)
    with unit_of_work():
        session().get_one(Course, cast.course_id).diagnosis = "Lentigo senilis"
    sent(case_id)
    row = session().query(Disclosure).one()
    case = fresh(case_id)
    assert case.estimate is not None
    assert (row.what, row.record_id, row.patient_id) == ("sent", case_id, cast.patient_id)
    assert row.sentence == f"{case.number}, {case.estimate.number}, KA-{today().year}-0001: Albatros Kranken"
    assert row.actor_name


def test_what_the_patient_hands_in_is_no_disclosure_of_the_practice(cast):
    sent(a_case(cast))
    assert session().query(Disclosure).all() == []


def test_the_policyholders_own_letter_says_what_it_is_about(cast):
    case_id = a_case(cast)
    assert letter(case_id).reason == "auf eigenen Wunsch"


def test_beihilfe_is_asked_for_beihilfe(cast):
    content = letter(a_case(cast, kind="beihilfe", name="Landesamt Beihilfe"))
    assert "beihilfefähig" in content.request
    assert not content.statutory
    assert [line.role for line in content.signatures] == ["entitled"]


def test_a_letter_needs_an_address_and_its_time(cast):
    case_id = a_case(cast)
    plan = cost_queries.QueryPlan()
    with unit_of_work():
        session().get_one(Insurer, fresh(case_id).insurer_id).street = ""
    assert refused(lambda: cost_queries.issue_cost_query(case_id, None, plan, today())) == [
        "query_insurer_address_missing"
    ]
    assert refused(lambda: cost_queries.issue_cost_query(case_id, None, plan, today() + 91 * DAY)) == [
        "estimate_ran_out",
        "query_insurer_address_missing",
    ]
    done(lambda: ends.cancel(case_id, None, "doch nicht", today()))
    assert refused(lambda: cost_queries.issue_cost_query(case_id, None, plan, today())) == ["query_not_now"]


def test_part_from_the_one_and_no_commitment_from_the_other_is_open_with_the_known_part(cast):
    first = a_case(cast, percentage=Decimal(50))
    other_policy = a_policy(cast, "beihilfe", name="Landesamt Beihilfe", percentage=Decimal(50))
    other = done(lambda: clarifications.open_case(cast.course_id, None, other_policy, Way(), today())).id
    for case_id in (first, other):
        sent(case_id)
    answered(first, "part", amount=Decimal("900.00"), conditions="Diagnose auf der Rechnung")
    answered(other, "no_commitment")
    content = told(first)
    assert content.gap is None
    assert [(payer.payer, payer.part, payer.gap) for payer in content.payers] == [
        ("Albatros Kranken", Decimal("1043.15"), Decimal("143.15")),
        ("Landesamt Beihilfe", Decimal("1043.15"), None),
    ]
    assert content.payers[1].headline == "Keine Zusage vor der Rechnung: offen"
    assert "ganze Rechnung" in content.whole
    case = fresh(first)
    assert (case.told_on, case.told_how, case.state) == (today(), "person", "answered")


def test_silence_is_told_as_a_presumption_and_no_promise(cast):
    content = told(brought_to(cast, "presumed"))
    assert "Das ist keine Kostenzusage" in content.payers[0].note
    assert content.gap is None


def test_nothing_is_told_before_there_is_anything(cast):
    case_id = a_case(cast)
    assert refused(lambda: outcomes.tell_patient(case_id, None, today(), "person", "de", today())) == [
        "nothing_to_tell"
    ]
    answer = brought_to(cast, "answered")
    later = today() + DAY
    assert refused(lambda: outcomes.tell_patient(answer, None, later, "person", "de", today())) == ["told_in_future"]


def test_the_outcome_goes_by_mail_only_to_who_agreed(cast):
    case_id = brought_to(cast, "answered")
    assert refused(lambda: outcomes.tell_patient(case_id, None, today(), "email", "de", today())) == [
        "email_not_agreed"
    ]
    with unit_of_work():
        patient = session().get_one(Patient, cast.patient_id)
        patient.email, patient.email_consent = "gisela@example.org", True
    done(lambda: outcomes.tell_patient(case_id, None, today(), "email", "de", today()))
    assert fresh(case_id).told_how == "email"


def test_a_treatment_before_the_answer_is_marked_on_open_cases_only(cast):
    treatment = a_ready_one(cast)
    waiting, over = brought_to(cast, "submitted"), brought_to(cast, "answered")
    with unit_of_work():
        session().get_one(Lesion, cast.lesion_id).indication = "cosmetic"  # as the signed papers say
    done(lambda: start(treatment, None, doctor(cast), today()))
    assert fresh(waiting).started_before_answer
    assert not fresh(over).started_before_answer
