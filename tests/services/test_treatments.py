"""Planning, asking, opening single items, starting and calling off."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import Update, update

from kostenklar.models.course import Course, Lesion
from kostenklar.models.ledger import Move
from kostenklar.models.patient import Patient
from kostenklar.models.practice import Physician, Staff
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.models.treatment import GateOverride
from kostenklar.plugin.actor import Actor, acting_as
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.errors import NotAllowed, NotFound, StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.treatment_lists import When, treatment_list
from kostenklar.plugin.services import treatments
from kostenklar.plugin.services.gate import StartRefused, gate_of
from kostenklar.plugin.services.treatments import People, Plan
from kostenklar.tests.people import Cast
from kostenklar.tests.statements import watched
from kostenklar.tests.treatment_scene import (
    CALM,
    a_consent,
    a_plan,
    a_ready_one,
    a_started_one,
    a_talk,
    all_papers,
    doctor,
    done,
    fresh,
)

YESTERDAY = today() - dt.timedelta(days=1)


def start(cast: Cast, treatment_id: int, people: People | None = None) -> None:
    done(lambda: treatments.start(treatment_id, None, people or doctor(cast), today()))


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [finding.code for finding in broken.value.findings]


def as_(cast: Cast, role: str) -> AbstractContextManager[Actor]:
    return acting_as(cast.keys[role], name=cast.names[role], roles=[role], practices=[cast.practice_id])


def test_a_plan_lies_ahead_and_counts_its_session(cast: Cast, as_reception: Actor) -> None:
    assert [fresh(a_plan(cast)).session_no for _ in range(2)] == [1, 2]
    with pytest.raises(RuleBroken) as broken:
        done(lambda: treatments.plan_treatment(cast.course_id, None, Plan(YESTERDAY), today()))
    assert codes(broken) == ["planned_in_past"]
    assert fresh(a_plan(cast, YESTERDAY)).planned_on == YESTERDAY  # to be recorded late


def test_an_ended_course_takes_no_more_plans(cast: Cast, as_reception: Actor) -> None:
    done(lambda: setattr(session().get_one(Course, cast.course_id), "ended_on", YESTERDAY))
    with pytest.raises(RuleBroken) as broken:
        a_plan(cast)
    assert codes(broken) == ["course_ended"]


def test_people_and_devices_of_another_practice_are_not_there(cast: Cast, as_reception: Actor) -> None:
    def strange() -> int:
        other = Staff(practice_id=cast.stranger_id, name="Fremd")
        session().add(other)
        session().flush()
        return other.id

    stranger = done(strange)
    with acting_as("both", roles=["reception"], practices=[cast.practice_id, cast.stranger_id]):
        with pytest.raises(NotFound):
            done(lambda: treatments.plan_treatment(cast.course_id, None, Plan(today(), performer_id=stranger), today()))
        with pytest.raises(NotFound):
            done(lambda: treatments.plan_treatment(cast.course_id, None, Plan(today(), site_id=9999), today()))


def test_a_start_is_refused_while_papers_are_missing(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_plan(cast)
    with pytest.raises(StartRefused) as refused:
        start(cast, treatment_id)
    assert [item.code for item in refused.value.items] == ["talk", "consent", "cost_notice", "self_payer_agreement"]
    assert (fresh(treatment_id).state, fresh(treatment_id).started_at) == ("planned", None)


def test_a_start_notes_the_minute_and_the_people(cast: Cast, as_reception: Actor) -> None:
    treatment = fresh(a_started_one(cast))
    assert treatment.started_at is not None
    assert now() - treatment.started_at < dt.timedelta(minutes=2)
    assert (treatment.state, treatment.performed_by_id, treatment.device_id) == (
        "started", cast.physician_id, cast.device_id,
    )  # fmt: skip
    move = session().query(Move).filter_by(noun="treatment").one()
    assert (move.step, move.actor_name) == ("start", cast.names["reception"])


def test_who_comes_on_another_day_is_treated_today(cast: Cast, as_reception: Actor) -> None:
    all_papers(cast)
    early = a_plan(cast, today() + dt.timedelta(days=5))
    start(cast, early)
    assert fresh(early).planned_on == today()


def test_only_one_session_of_a_course_runs(cast: Cast, as_reception: Actor) -> None:
    a_started_one(cast)
    second = a_plan(cast)
    with pytest.raises(RuleBroken) as broken:
        start(cast, second)
    assert codes(broken) == ["session_running"]


def test_an_assistant_starts_only_under_a_named_physician(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_ready_one(cast)
    with pytest.raises(StartRefused) as refused:
        start(cast, treatment_id, People(cast.assistant_id))
    assert codes(refused) == ["supervisor_missing"]
    with pytest.raises(NotFound):
        start(cast, treatment_id, People(cast.assistant_id, cast.assistant_id))
    start(cast, treatment_id, People(cast.assistant_id, cast.physician_id))
    assert fresh(treatment_id).supervised_by_id == cast.physician_id


def test_a_start_on_a_stale_page_or_twice_is_refused(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_ready_one(cast)
    shown = fresh(treatment_id).version
    done(lambda: treatments.recheck(treatment_id, None, CALM))
    with pytest.raises(StalePage):
        done(lambda: treatments.start(treatment_id, shown, doctor(cast), today()))
    start(cast, treatment_id)
    with pytest.raises(StepNotAllowed):
        start(cast, treatment_id)


def medical_without_consent(cast: Cast) -> int:
    """A medical session of an adult without a consent: here alone a physician may go on."""
    all_papers(cast)
    done(lambda: setattr(session().get_one(Lesion, cast.lesion_id), "indication", "medical"))
    done(lambda: session().execute(_without_talks()))
    return a_plan(cast)


def _without_talks() -> Update:
    from sqlalchemy import update

    from kostenklar.models.course import Explanation

    return update(Explanation).values(started_at=now() + dt.timedelta(days=1))


def test_a_physician_opens_for_an_adult_in_need_with_a_reason(cast: Cast, as_reception: Actor) -> None:
    treatment_id = medical_without_consent(cast)
    with pytest.raises(NotAllowed):
        done(lambda: treatments.override(treatment_id, None, "talk", "eilt", today()))
    with as_(cast, "physician"):
        done(lambda: treatments.override(treatment_id, None, "talk", "Blutung, nicht ansprechbar", today()))
        start(cast, treatment_id)
    logged = session().query(GateOverride).one()
    assert (logged.code, logged.reason, logged.actor_name) == (
        "talk", "Blutung, nicht ansprechbar", cast.names["physician"],
    )  # fmt: skip


def test_nobody_opens_a_missing_consent_to_cosmetic_work(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_plan(cast)
    with as_(cast, "physician"), pytest.raises(RuleBroken) as broken:
        done(lambda: treatments.override(treatment_id, None, "consent", "will es so", today()))
    assert codes(broken) == ["not_releasable"]


def test_the_owner_alone_opens_a_missing_agreement(cast: Cast, as_reception: Actor) -> None:
    a_talk(cast)
    a_consent(cast)
    treatment_id = a_plan(cast)
    with as_(cast, "physician"), pytest.raises(NotAllowed):
        done(lambda: treatments.override(treatment_id, None, "self_payer_agreement", "holt nach", today()))
    with as_(cast, "owner"):
        done(lambda: treatments.override(treatment_id, None, "self_payer_agreement", "auf unsere Kosten", today()))
    found = {item.code: item for item in gate_of(fresh(treatment_id), today())}
    assert found["self_payer_agreement"].facts["overridden_by"] == "owner"


def test_a_new_questionnaire_asks_for_a_new_release(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_ready_one(cast)
    ask = treatments.Recheck(tan=True, medicines=False, herpes=False, changes=False)
    done(lambda: treatments.recheck(treatment_id, None, ask))
    for _ in range(2):
        with as_(cast, "physician"):
            done(lambda: treatments.override(treatment_id, None, "recheck", "nur leicht gebräunt", today()))
        assert state_of(treatment_id, "recheck") == "done"
        done(lambda: treatments.recheck(treatment_id, None, ask))
        assert state_of(treatment_id, "recheck") == "open"


def state_of(treatment_id: int, code: str) -> str:
    return next(item.state.value for item in gate_of(fresh(treatment_id), today()) if item.code == code)


def test_a_physician_whose_record_does_not_allow_it_releases_nothing(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_ready_one(cast)
    ask = treatments.Recheck(tan=True, medicines=False, herpes=False, changes=False)
    done(lambda: treatments.recheck(treatment_id, None, ask))
    done(lambda: session().execute(update(Physician).values(may_override=False)))
    with as_(cast, "physician"), pytest.raises(RuleBroken) as broken:
        done(lambda: treatments.override(treatment_id, None, "recheck", "passt", today()))
    assert codes(broken) == ["release_not_granted"]


def test_only_a_physician_judges_a_minor(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_plan(cast)
    judged = treatments.Recheck(tan=False, medicines=False, herpes=False, changes=False, minor_capable=True)
    with pytest.raises(NotAllowed):
        done(lambda: treatments.recheck(treatment_id, None, judged))
    with as_(cast, "physician"):
        done(lambda: treatments.recheck(treatment_id, None, judged))
    assert (fresh(treatment_id).minor_capable, fresh(treatment_id).minor_capable_by) == (True, cast.names["physician"])


def test_called_off_keeps_its_reason_and_is_not_billed(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_plan(cast)
    done(lambda: treatments.call_off(treatment_id, None, "krank gemeldet"))
    treatment = fresh(treatment_id)
    assert (treatment.state, treatment.end_reason, treatment.billing) == (
        "not_started", "krank gemeldet", "not_billable",
    )  # fmt: skip
    with pytest.raises(StepNotAllowed):
        done(lambda: treatments.recheck(treatment_id, None, CALM))


def test_lists_page_by_key_without_a_gap_and_leave_out_who_is_restricted(
    app: Flask, cast: Cast, as_reception: Actor
) -> None:
    days = [today() + dt.timedelta(days=3 - n // 2) for n in range(7)]
    ids = {a_plan(cast, day, time=dt.time(9 + n % 3)) for n, day in enumerate(days) if day > today()}
    seen, key = [], ""
    while True:
        with watched(app) as sent:
            page = treatment_list(When.COMING, today(), key, size=2)
        assert len(sent) == 1
        seen += [(row.planned_on, row.planned_time, row.id) for row in page.rows]
        if not (key := page.next_key):
            break
    assert (seen, {row[2] for row in seen}) == (sorted(seen), ids)
    done(lambda: setattr(session().get_one(Patient, cast.patient_id), "restricted_since", now()))
    assert treatment_list(When.COMING, today()).rows == []


def test_a_key_that_does_not_read_starts_the_list_anew(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_plan(cast)
    for key in ("", "x", "2026-11-22.-.abc", "2026-99-99.-.1", "2026-11-22", "..." * 90):
        assert [row.id for row in treatment_list(When.TODAY, today(), key).rows] == [treatment_id]
