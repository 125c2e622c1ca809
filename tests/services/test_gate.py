"""The gate collected from the records: each missing thing alone blocks or warns as domain 10.2 says."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import update

from kostenklar.models.base import Base
from kostenklar.models.consent import Consent, CostNotice
from kostenklar.models.course import Course, Lesion
from kostenklar.models.patient import Patient, Policy
from kostenklar.models.practice import Device, Physician, Procedure
from kostenklar.models.rules.gate import blocking
from kostenklar.models.rules.gate_facts import GateItem, GateState, Override, Stops
from kostenklar.models.treatment import Treatment, TreatmentSite
from kostenklar.plugin.actor import Actor
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.gate import gate_rows
from kostenklar.plugin.services import treatments
from kostenklar.plugin.services.consents import (
    ConsentPlan,
    Withdrawal,
    discard_consent,
    prepare_consent,
    withdraw_consent,
)
from kostenklar.plugin.services.cost_notices import hand_cost_notice, issue_cost_notice
from kostenklar.plugin.services.gate import gate_of, gate_of_course
from kostenklar.tests.people import Cast
from kostenklar.tests.statements import watched
from kostenklar.tests.treatment_scene import (
    CALM,
    COSTS,
    a_consent,
    a_plan,
    a_ready_one,
    a_started_one,
    a_talk,
    all_papers,
    an_agreement,
    done,
    fresh,
)


def items(treatment_id: int) -> dict[str, GateItem]:
    return {item.code: item for item in gate_of(fresh(treatment_id), today())}


def codes(item: GateItem) -> list[str]:
    return [finding.code for finding in item.findings]


def held_back_by(treatment_id: int) -> list[str]:
    return [item.code for item in blocking(gate_of(fresh(treatment_id), today()))]


def test_a_complete_file_lets_the_session_start(cast: Cast, as_reception: Actor) -> None:
    found = items(a_ready_one(cast))
    assert {item.state for item in found.values()} == {GateState.DONE}
    assert found["consent"].facts["sites"] == "Handrücken rechts"


def test_an_empty_file_names_every_paper(cast: Cast, as_reception: Actor) -> None:
    assert held_back_by(a_plan(cast)) == ["talk", "consent", "cost_notice", "self_payer_agreement"]


PAPERS: dict[str, Callable[[Cast], object]] = {
    "talk": a_talk,
    "consent": a_consent,
    "self_payer_agreement": an_agreement,
}


@pytest.mark.parametrize("missing", PAPERS)
def test_each_paper_alone_holds_back_the_start(cast: Cast, as_reception: Actor, missing: str) -> None:
    for name, make in PAPERS.items():
        if name != missing:
            make(cast)
    expected = ["cost_notice", missing] if missing == "self_payer_agreement" else [missing]
    assert held_back_by(a_plan(cast)) == expected


def change(model: type[Base], **values: object) -> None:
    """Change every row of a small table."""
    done(lambda: session().execute(update(model).values(**values)))


@pytest.mark.parametrize(
    ("model", "values", "item", "finding"),
    [
        (Lesion, {"benign_on": None}, "benign", "benign_check_missing"),
        (Lesion, {"benign_by_id": None}, "benign", "benign_check_missing"),
        (Lesion, {"site": "Stirn", "side": ""}, "consent", "consent_sites"),
        (Course, {"procedure_id": 2}, "qualification", "performer_not_named"),
    ],
)
def test_one_change_of_the_records_closes_the_gate(
    cast: Cast, as_reception: Actor, model: type, values: dict[str, object], item: str, finding: str
) -> None:
    treatment_id = a_ready_one(cast)
    change(model, **values)
    assert held_back_by(treatment_id) == [item]
    assert finding in codes(items(treatment_id)[item])


@pytest.mark.parametrize(
    ("changes", "item", "override"),
    [
        ({"tan": True}, "recheck", Override.PHYSICIAN),
        ({"pregnancy": True}, "recheck", Override.PHYSICIAN),
        ({"herpes": True}, "recheck", Override.PHYSICIAN),
        ({"last_sun_on": today() - dt.timedelta(days=27)}, "sun", Override.PHYSICIAN),
    ],
)
def test_what_stands_out_in_the_questions_warns_and_a_physician_releases(
    cast: Cast, as_reception: Actor, changes: dict[str, object], item: str, override: Override
) -> None:
    treatment_id = a_ready_one(cast)
    answers = dataclasses.replace(CALM, **changes)  # type: ignore[arg-type]  # names of the parametrisation
    done(lambda: treatments.recheck(treatment_id, None, answers))
    found = items(treatment_id)[item]
    assert (found.state, found.override, held_back_by(treatment_id)) == (GateState.OPEN, override, [])


def test_questions_of_another_day_do_not_count(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_ready_one(cast)
    change(Treatment, rechecked_at=now() - dt.timedelta(days=1))
    assert codes(items(treatment_id)["recheck"]) == ["recheck_missing"]


def test_undecided_holds_back_the_invoice_not_the_start(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_ready_one(cast)
    change(Lesion, indication="undecided")
    found = items(treatment_id)["indication"]
    assert (found.stops, held_back_by(treatment_id)) == (Stops.INVOICE, [])


def test_a_withdrawn_consent_closes_the_gate_at_once_and_a_prepared_sheet_does_not_open_it(
    cast: Cast, as_reception: Actor
) -> None:
    treatment_id = a_ready_one(cast)
    consent_id = session().query(Consent).one().id
    done(lambda: withdraw_consent(consent_id, None, Withdrawal(now(), "mündlich", "Sabine Krüger"), now()))
    treatment_id = a_plan(cast)
    done(lambda: treatments.recheck(treatment_id, None, CALM))
    sheet = done(lambda: prepare_consent(cast.course_id, None, ConsentPlan(3, today()), today()))
    assert codes(items(treatment_id)["consent"]) == ["consent_withdrawn"]
    done(lambda: discard_consent(sheet.id, None, "verdruckt"))
    a_consent(cast)
    assert held_back_by(treatment_id) == []


def test_an_old_consent_gives_way_to_one_that_covers(cast: Cast, as_reception: Actor) -> None:
    a_talk(cast)
    a_consent(cast, sessions=1)
    an_agreement(cast)
    first = a_plan(cast)
    done(lambda: treatments.recheck(first, None, CALM))
    done(lambda: treatments.start(first, None, treatments.People(cast.physician_id, None, cast.device_id), today()))
    second = a_plan(cast)
    assert codes(items(second)["consent"]) == ["consent_sessions_used"]
    a_consent(cast, sessions=2)
    assert items(second)["consent"].state is GateState.DONE


def test_an_expired_consent_holds_back(cast: Cast, as_reception: Actor) -> None:
    a_talk(cast)
    a_consent(cast, until=today() + dt.timedelta(days=3))
    an_agreement(cast)
    later = a_plan(cast, today() + dt.timedelta(days=4))
    assert codes(items(later)["consent"]) == ["consent_expired"]


def test_an_agreement_without_its_scan_holds_back_the_invoice_only(cast: Cast, as_reception: Actor) -> None:
    a_talk(cast)
    a_consent(cast)
    notice = done(lambda: issue_cost_notice(cast.course_id, None, COSTS, today()))
    done(lambda: setattr(session().get_one(CostNotice, notice.id), "state", "signed"))
    change(CostNotice, handed_on=today(), signed_on=today())
    treatment_id = a_plan(cast)
    found = items(treatment_id)["self_payer_agreement"]
    assert (found.stops, held_back_by(treatment_id)) == (Stops.INVOICE, [])


def test_a_private_patients_unsigned_notice_warns(cast: Cast, as_reception: Actor) -> None:
    change(Policy, kind="pkv_full")
    a_talk(cast)
    a_consent(cast)
    notice = done(lambda: issue_cost_notice(cast.course_id, None, COSTS, today()))
    treatment_id = a_plan(cast)
    assert held_back_by(treatment_id) == ["cost_notice"]
    done(lambda: hand_cost_notice(notice.id, None, today(), "paper", today()))
    assert items(treatment_id)["cost_notice"].state is GateState.WAITING
    assert "self_payer_agreement" not in items(treatment_id)


def test_a_policy_that_ended_no_longer_decides(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_plan(cast)
    change(Policy, valid_to=today() - dt.timedelta(days=1))
    assert "self_payer_agreement" not in items(treatment_id)


def test_a_minor_needs_guardians_and_a_physicians_judgement(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_ready_one(cast)
    change(Patient, birth_date=today() - dt.timedelta(days=16 * 365))
    assert codes(items(treatment_id)["minor"]) == ["minor_without_guardian", "minor_capacity_not_judged"]
    change(Treatment, minor_capable=True)
    assert codes(items(treatment_id)["minor"]) == ["minor_without_guardian"]


def test_a_laser_wants_a_physician_with_proof(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_ready_one(cast)
    laser = session().query(Procedure).filter_by(practice_id=cast.practice_id, code="pigment_laser").one().id
    change(Course, procedure_id=laser)
    change(Treatment, performed_by_id=cast.assistant_id, device_id=None)
    assert codes(items(treatment_id)["qualification"])[0] == "performer_not_physician"
    change(Treatment, performed_by_id=cast.physician_id)
    assert items(treatment_id)["qualification"].state is GateState.DONE
    change(Physician, nisv_on=None)
    assert codes(items(treatment_id)["qualification"])[0] == "nisv_proof_missing"


def test_an_assistant_needs_a_named_physician(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_ready_one(cast)
    change(Treatment, performed_by_id=cast.assistant_id)
    assert held_back_by(treatment_id) == ["supervision"]
    change(Treatment, supervised_by_id=cast.physician_id)
    assert held_back_by(treatment_id) == []


def test_interval_area_and_device_speak_up(cast: Cast, as_reception: Actor) -> None:
    a_started_one(cast)
    treatment_id = a_plan(cast)
    change(Procedure, min_interval_days=30, max_area_cm2=Decimal(10))
    site = TreatmentSite(
        practice_id=cast.practice_id, treatment_id=treatment_id, lesion_id=cast.lesion_id, area_cm2=Decimal(11),
        seconds=Decimal(61),
    )  # fmt: skip
    done(lambda: session().add(site))
    change(Device, safety_check_due=today() - dt.timedelta(days=1))
    found = items(treatment_id)
    assert codes(found["interval"]) == ["interval_too_short"]
    assert codes(found["area"]) == ["area_too_large"]
    assert codes(found["device"]) == ["device_limit_exceeded", "device_check_overdue"]
    assert held_back_by(treatment_id) == ["device"]


def test_a_session_that_began_is_judged_for_its_own_day(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_started_one(cast)
    change(Policy, valid_from=today() + dt.timedelta(days=1))
    assert "self_payer_agreement" not in items(treatment_id)
    long_after = gate_of(fresh(treatment_id), today() + dt.timedelta(days=900))
    assert not blocking(long_after)


def test_a_course_without_a_plan_is_judged_as_if_treated_today(cast: Cast, as_reception: Actor) -> None:
    all_papers(cast)
    course = session().get_one(Course, cast.course_id)
    assert not blocking(gate_of_course(course, today()))
    assert gate_of_course(course.id, today()) == gate_of_course(course, today())


def test_every_blocked_line_has_a_sentence_and_a_way_out(app: Flask, cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_plan(cast)
    with app.test_request_context():
        rows = gate_rows(gate_of(fresh(treatment_id), today()), cast.course_id, treatment_id)
    stopping = [row for row in rows if row.stops_start]
    assert [row.url.removeprefix("/kostenklar") for row in stopping] == [
        f"/courses/{cast.course_id}/explanation",
        f"/courses/{cast.course_id}/consent",
        f"/courses/{cast.course_id}/cost-notice",
        f"/courses/{cast.course_id}/cost-notice",
    ]
    assert all(row.text and row.link_label for row in stopping)
    assert "§\u00a0630e\u00a0BGB" in stopping[0].text


def test_the_gate_reads_in_a_fixed_number_of_statements(app: Flask, cast: Cast, as_reception: Actor) -> None:
    first = a_ready_one(cast)
    with watched(app) as few:
        gate_of(fresh(first), today())
    for _ in range(3):
        a_plan(cast)
        a_talk(cast)
        a_consent(cast)
        an_agreement(cast)
    with watched(app) as many:
        gate_of(fresh(first), today())
    assert len(many) == len(few)
