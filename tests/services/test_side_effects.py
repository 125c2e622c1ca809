"""A side effect from the report by telephone to its end: who may what, and what is kept."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy import select

from kostenklar.models.ledger import Move
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.side_effects import SideEffectKind
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.models.side_effect import SideEffect
from kostenklar.plugin.actor import Actor, acting_as
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.errors import NotAllowed, NotFound, StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.side_effects import due_effects
from kostenklar.plugin.services import side_effects, treatment_records
from kostenklar.plugin.services.side_effects import Judgement, Report
from kostenklar.tests.people import Cast
from kostenklar.tests.treatment_scene import a_plan, a_record, done

BLISTER = (SideEffectKind.BLISTER, SideEffectKind.REDNESS)


def a_session(cast: Cast, days_ago: int = 3) -> int:
    """The id of a session that took place some days ago."""
    on = today() - dt.timedelta(days=days_ago)
    treatment_id = a_plan(cast, on)
    record = a_record(cast, began=dt.time(10), ended=dt.time(10, 20), reason="Netz war aus")
    done(lambda: treatment_records.record_late(treatment_id, None, on, record))
    return treatment_id


def told(**more: Any) -> Report:
    values: dict[str, Any] = {"at": now(), "how": "telephone", "kinds": BLISTER, "by": "Gisela Yılmaz-Hofer"}
    return Report(**(values | more))


def reported(treatment_id: int, **more: Any) -> int:
    return done(lambda: side_effects.report_side_effect(treatment_id, told(**more), today())).id


def as_physician(cast: Cast) -> AbstractContextManager[Actor]:
    return acting_as(
        cast.keys["physician"], name=cast.names["physician"], roles=["physician"], practices=[cast.practice_id]
    )


def effect(effect_id: int) -> SideEffect:
    session().expire_all()
    return session().get_one(SideEffect, effect_id)


def judge(effect_id: int, **more: Any) -> None:
    values: dict[str, Any] = {"expected": True, "measure": "Kontrolle in einer Woche"}
    done(lambda: side_effects.see_side_effect(effect_id, None, Judgement(**(values | more)), today()))


def test_what_was_reported_by_telephone_on_day_three_is_kept(cast: Cast, as_reception: Actor) -> None:
    treatment_id, later = a_session(cast), today() + dt.timedelta(days=4)
    kept = effect(reported(treatment_id, lesion_id=cast.lesion_id, advice="nicht aufkratzen", follow_up_on=later))
    assert (kept.state, kept.kinds, kept.reported_how) == ("reported", "blister\nredness", "telephone")
    assert (kept.course_id, kept.lesion_id, kept.recorded_by) == (cast.course_id, cast.lesion_id, "Sabine Krüger")
    assert (kept.advice, kept.follow_up_on, kept.expected) == ("nicht aufkratzen", later, None)


def test_a_physician_judges_it_as_often_as_needed_and_closes_it(cast: Cast, as_reception: Actor) -> None:
    effect_id, later = reported(a_session(cast)), today() + dt.timedelta(days=7)
    with as_physician(cast):
        judge(effect_id, follow_up_on=later)
        seen = effect(effect_id)
        assert (seen.state, seen.expected, seen.seen_by_id, seen.follow_up_on) == (
            "seen", True, cast.physician_id, later,
        )  # fmt: skip
        judge(effect_id, expected=False, measure="Salbe")
        done(lambda: side_effects.close_side_effect(effect_id, None, "gone", today(), "", today()))
    closed = effect(effect_id)
    assert (closed.state, closed.outcome, closed.outcome_on) == ("closed", "gone", today())
    assert (closed.expected, closed.follow_up_on) == (False, None)
    moves = session().scalars(select(Move.step).where(Move.noun == "side_effect").order_by(Move.id)).all()
    assert moves == ["see", "see", "close"]


def test_it_can_be_opened_again_but_not_closed_twice(cast: Cast, as_reception: Actor) -> None:
    effect_id = reported(a_session(cast))
    with as_physician(cast):
        close = lambda: side_effects.close_side_effect(effect_id, None, "better", today(), "", today())  # noqa: E731
        done(close)
        with pytest.raises(StepNotAllowed):
            done(close)
        with pytest.raises(StepNotAllowed):
            judge(effect_id)
        done(lambda: side_effects.reopen_side_effect(effect_id, None))
    assert (effect(effect_id).state, effect(effect_id).outcome) == ("seen", "")


def test_only_a_physician_judges(cast: Cast, as_reception: Actor) -> None:
    effect_id = reported(a_session(cast))
    with pytest.raises(NotAllowed):
        judge(effect_id)
    with pytest.raises(NotAllowed):
        done(lambda: side_effects.close_side_effect(effect_id, None, "gone", today(), "", today()))
    with pytest.raises(NotAllowed):
        done(lambda: side_effects.reopen_side_effect(effect_id, None))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"at": now() + dt.timedelta(hours=2)}, "reported_in_future"),
        ({"at": now() - dt.timedelta(days=9)}, "reported_before_session"),
        ({"began_on": today() - dt.timedelta(days=9)}, "began_before_session"),
        ({"follow_up_on": today() - dt.timedelta(days=1)}, "follow_up_in_past"),
    ],
)
def test_days_that_cannot_be_are_asked_back(cast: Cast, as_reception: Actor, more: dict[str, Any], code: str) -> None:
    treatment_id = a_session(cast)
    with pytest.raises(RuleBroken) as broken:
        reported(treatment_id, **more)
    assert code in [finding.code for finding in broken.value.findings]


def test_nothing_is_reported_after_a_session_that_has_not_been(cast: Cast, as_reception: Actor) -> None:
    planned = a_plan(cast)
    with pytest.raises(RuleBroken) as broken:
        reported(planned)
    assert [finding.code for finding in broken.value.findings] == ["side_effect_without_session"]
    with pytest.raises(NotFound):
        reported(a_session(cast), lesion_id=9999)


def test_a_stale_page_and_an_outcome_before_the_session_are_asked_back(cast: Cast, as_reception: Actor) -> None:
    effect_id = reported(a_session(cast))
    before = today() - dt.timedelta(days=9)
    with as_physician(cast):
        with pytest.raises(StalePage):
            done(lambda: side_effects.close_side_effect(effect_id, 99, "gone", today(), "", today()))
        with pytest.raises(RuleBroken):
            done(lambda: side_effects.close_side_effect(effect_id, None, "gone", before, "", today()))


def test_what_is_due_today_is_listed_until_it_is_seen_or_its_day_has_come(cast: Cast, as_reception: Actor) -> None:
    effect_id, ahead = reported(a_session(cast)), today() + dt.timedelta(days=7)
    assert [row.id for row in due_effects(today())] == [effect_id]
    with as_physician(cast):
        judge(effect_id, follow_up_on=ahead)
    assert due_effects(today()) == []
    assert [row.id for row in due_effects(ahead)] == [effect_id]
    with acting_as("user:fremd", roles=["reception"], practices=[cast.stranger_id]):
        assert due_effects(ahead) == []
