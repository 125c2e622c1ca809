"""Writing down the explanation talk."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from kostenklar.models.course import Course, Explanation
from kostenklar.models.practice import Staff
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.plugin.clock import at_berlin
from kostenklar.plugin.errors import NotFound, StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.explanations import TalkData, record_talk
from kostenklar.plugin.unit_of_work import unit_of_work

pytestmark = pytest.mark.usefixtures("as_reception")
DAY = dt.date(2026, 7, 20)  # summer time: the clock is two hours ahead of UTC
LATER = at_berlin(DAY, dt.time(18))


def talk(cast, **changes) -> TalkData:
    values = {"explained_by_id": cast.physician_id, "held_on": DAY, "started": dt.time(10), "ended": dt.time(10, 20)}
    return TalkData(**(values | changes))


def test_a_talk_has_its_own_time_and_the_time_of_writing_it_down(cast):
    with unit_of_work():
        talk_id = record_talk(cast.course_id, None, talk(cast, questions="Wie lange Schorf?"), LATER).id

    kept = session().get_one(Explanation, talk_id)
    assert kept.started_at == dt.datetime(2026, 7, 20, 8, 0, tzinfo=dt.UTC)
    assert kept.ended_at - kept.started_at == dt.timedelta(minutes=20)
    assert kept.recorded_at > kept.ended_at
    assert (kept.recorded_by, kept.questions) == ("Sabine Krüger", "Wie lange Schorf?")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ended": dt.time(10)}, "talk_ends_before_start"),
        ({"ended": dt.time(9)}, "talk_ends_before_start"),
        ({"ended": dt.time(18, 1)}, "talk_in_future"),
        ({"copy_handed_on": dt.date(2026, 7, 19), "copy_handed_how": "paper"}, "copy_before_talk"),
        ({"copy_handed_on": DAY}, "copy_how_missing"),
        ({"copy_handed_how": "email"}, "copy_day_missing"),
    ],
)
def test_what_cannot_be_is_refused(cast, changes, code):
    with pytest.raises(RuleBroken) as refused, unit_of_work():
        record_talk(cast.course_id, None, talk(cast, **changes), LATER)
    assert [finding.code for finding in refused.value.findings] == [code]
    assert session().scalar(select(func.count(Explanation.id))) == 0


def test_only_people_of_the_practice_explain(cast):
    with unit_of_work():
        other = Staff(practice_id=cast.stranger_id, name="Fremde Person")
        session().add(other)
        session().flush()
        other_id = other.id
    with pytest.raises(NotFound), unit_of_work():
        record_talk(cast.course_id, None, talk(cast, explained_by_id=other_id), LATER)


def test_who_has_left_does_not_explain_later(cast):
    with unit_of_work():
        session().get_one(Staff, cast.physician_id).engaged_to = DAY - dt.timedelta(days=1)
    with pytest.raises(NotFound), unit_of_work():
        record_talk(cast.course_id, None, talk(cast), LATER)


def test_a_stale_page_records_no_talk(cast):
    version = session().get_one(Course, cast.course_id).version
    with unit_of_work():
        record_talk(cast.course_id, version, talk(cast), LATER)
    with pytest.raises(StalePage), unit_of_work():
        record_talk(cast.course_id, version, talk(cast), LATER)
    assert session().scalar(select(func.count(Explanation.id))) == 1
