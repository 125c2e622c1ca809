"""Opening a course, adding lesions, and what a physician decides about one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from kostenklar.models.course import Course, Lesion
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.vat import Indication
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import NotFound, StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.standing import standing
from kostenklar.plugin.services.cost_notices import issue_cost_notice
from kostenklar.plugin.services.courses import (
    Assessment,
    CourseData,
    LesionData,
    add_lesion,
    assess_lesion,
    change_course,
    open_course,
)
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.treatment_scene import COSTS

pytestmark = pytest.mark.usefixtures("as_reception")
HANDS = [
    LesionData("age_spot", "Handrücken", "R", Decimal(8), 6),
    LesionData("scar", "Stirn", pigmented=False),
]
MEDICAL = Assessment(Indication.MEDICAL, "blutet wiederholt", today(), "Auflichtmikroskopie")


def codes(error: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def as_physician(cast, key: str = ""):
    who = key or cast.keys["physician"]
    return acting_as(who, name="Dr. med. Henrike Seidel", roles=["physician"], practices=[cast.practice_id])


def test_a_new_course_has_its_lesions_undecided_and_unchecked(cast):
    with unit_of_work():
        course_id = open_course(cast.patient_id, cast.procedure_id, CourseData("Hände", 1, 3), HANDS).id

    course = session().get_one(Course, course_id)
    assert [(lesion.place, lesion.indication, lesion.benign_on) for lesion in course.lesions] == [
        ("Handrücken rechts", "undecided", None),
        ("Stirn", "undecided", None),
    ]


def test_a_course_needs_a_patient_of_the_own_practice(cast):
    stranger = acting_as("user:fremd", roles=["reception"], practices=[cast.stranger_id])
    with stranger, pytest.raises(NotFound), unit_of_work():
        open_course(cast.patient_id, cast.procedure_id, CourseData("Hände"), HANDS)


def test_fewer_sessions_at_most_than_at_least_are_refused(cast):
    with pytest.raises(RuleBroken) as refused, unit_of_work():
        change_course(cast.course_id, None, CourseData("Hände", 3, 2))
    assert codes(refused) == ["sessions_backwards"]


def test_a_stale_page_adds_no_lesion(cast):
    version = session().get_one(Course, cast.course_id).version
    with unit_of_work():
        add_lesion(cast.course_id, version, HANDS[0])
    with pytest.raises(StalePage), unit_of_work():
        add_lesion(cast.course_id, version, HANDS[1])
    assert len(session().scalars(select(Lesion).where(Lesion.course_id == cast.course_id)).all()) == 2


def test_the_physician_who_acts_stands_behind_the_decision(cast):
    with as_physician(cast), unit_of_work():
        assess_lesion(cast.lesion_id, None, MEDICAL, today())

    lesion = session().get_one(Lesion, cast.lesion_id)
    assert (lesion.indication, lesion.indication_by_id) == ("medical", cast.physician_id)
    assert (lesion.benign_on, lesion.benign_how, lesion.benign_by_id) == (
        today(),
        "Auflichtmikroskopie",
        cast.physician_id,
    )


@pytest.mark.parametrize("key", ["user:sabine", "user:nobody"])
def test_without_a_physician_behind_the_sign_in_nobody_decides(cast, key):
    with as_physician(cast, key), pytest.raises(RuleBroken) as refused, unit_of_work():
        assess_lesion(cast.lesion_id, None, MEDICAL, today())
    assert codes(refused) == ["assessment_needs_physician"]
    assert session().get_one(Lesion, cast.lesion_id).indication == "cosmetic"


@pytest.mark.parametrize(
    ("assessment", "missing"),
    [
        (Assessment(Indication.COSMETIC), "indication_without_reason"),
        (Assessment(Indication.UNDECIDED, "", today() + dt.timedelta(days=1), "Histologie"), "benign_in_future"),
        (Assessment(Indication.UNDECIDED, "", today()), "benign_how_missing"),
    ],
)
def test_a_decision_says_why_and_a_check_says_how_and_when(cast, assessment, missing):
    with as_physician(cast), pytest.raises(RuleBroken) as refused, unit_of_work():
        assess_lesion(cast.lesion_id, None, assessment, today())
    assert codes(refused) == [missing]


def test_a_check_can_be_taken_back(cast):
    with as_physician(cast), unit_of_work():
        assess_lesion(cast.lesion_id, None, Assessment(Indication.UNDECIDED), today())
    lesion = session().get_one(Lesion, cast.lesion_id)
    assert (lesion.benign_on, lesion.benign_how, lesion.benign_by_id) == (None, "", None)


def test_a_changed_indication_flags_the_cost_notice_that_is_out(cast):
    with unit_of_work():
        issue_cost_notice(cast.course_id, None, COSTS, today())
    assert not standing(cast.course_id, today()).notice_outdated

    with as_physician(cast), unit_of_work():
        assess_lesion(cast.lesion_id, None, MEDICAL, today())
    assert standing(cast.course_id, today()).notice_outdated
