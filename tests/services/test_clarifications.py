"""The clarification with one payer: opening, the way it goes, its dates, and every illegal move."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kostenklar.models.clarification import ClarificationAnswer
from kostenklar.models.course import Lesion
from kostenklar.models.estimate import Estimate
from kostenklar.models.ledger import Move
from kostenklar.models.rules.case_states import CLARIFICATION, ClarificationState, ClarificationStep
from kostenklar.models.rules.reimbursement import Verdict
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import NotFound, StalePage
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries import clarification_answers
from kostenklar.plugin.services import clarification_answers as answers
from kostenklar.plugin.services import clarification_ends as ends
from kostenklar.plugin.services import clarification_sending as sending
from kostenklar.plugin.services import clarifications
from kostenklar.plugin.services.case_grants import Revocation, revoke_grant
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.services.clarification_dates import fall_overdue
from kostenklar.plugin.services.clarifications import Way
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.clarification_scene import (
    BY_ATTORNEY,
    BY_PRACTICE,
    DAY,
    HOLDER,
    STATES,
    a_case,
    a_policy,
    an_answer,
    an_estimate,
    answered,
    brought_to,
    done,
    fresh,
    late,
    released,
    sent,
    written,
)
from kostenklar.tests.grant_scene import a_signed_one

pytestmark = pytest.mark.usefixtures("as_reception")


def standing(case_id: int) -> ClarificationAnswer:
    found = clarification_answers.standing_answer(case_id)
    assert found
    return found


def codes(error) -> list[str]:
    return [finding.code for finding in error.value.findings]


def refused(action) -> list[str]:
    with pytest.raises(RuleBroken) as error:
        done(action)
    session().rollback()
    return codes(error)


def submit(case_id: int, on: dt.date | None = None, channel: str = "post") -> None:
    done(lambda: sending.submit(case_id, None, sending.Sending(on or today(), channel), today()))


def test_a_case_opens_on_the_estimate_that_is_there(cast):
    case = fresh(a_case(cast))
    assert (case.state, case.payer_role, case.round) == ("estimate_issued", "pkv", 1)
    assert case.number == f"KK-{today().year}-0001"
    assert case.estimate
    assert case.estimate.gross_max == Decimal("2086.30")


def test_a_case_has_its_number_without_a_paper_and_the_books_are_whole(cast):
    an_estimate(cast)
    opened = done(lambda: clarifications.open_case(cast.course_id, None, a_policy(cast), Way(), today()))
    assert opened.number == f"KK-{today().year}-0001"
    assert [told for told in problems() if "KK-" in told] == []


def test_without_an_estimate_it_waits_for_one(cast):
    policy_id = a_policy(cast)
    case_id = done(lambda: clarifications.open_case(cast.course_id, None, policy_id, Way(), today())).id
    assert fresh(case_id).state == "draft"
    assert refused(lambda: clarifications.attach_estimate(case_id, None, today())) == ["estimate_missing"]
    an_estimate(cast)
    done(lambda: clarifications.attach_estimate(case_id, None, today()))
    assert fresh(case_id).state == "estimate_issued"


def test_an_estimate_that_says_something_else_than_the_lesions_is_not_used(cast):
    policy_id = a_policy(cast)
    an_estimate(cast, indication="medical")
    with unit_of_work():
        session().get_one(Lesion, cast.lesion_id).indication = "cosmetic"
    case_id = done(lambda: clarifications.open_case(cast.course_id, None, policy_id, Way(), today())).id
    assert refused(lambda: clarifications.attach_estimate(case_id, None, today())) == ["estimate_other_indication"]


def test_private_insurer_and_beihilfe_are_asked_at_once_each_in_its_own_case(cast):
    a_case(cast)
    other = a_policy(cast, "beihilfe", name="Landesamt Beihilfe", percentage=Decimal(50))
    case = fresh(done(lambda: clarifications.open_case(cast.course_id, None, other, Way(), today())).id)
    assert (case.payer_role, case.state) == ("beihilfe", "estimate_issued")


def test_a_payer_is_asked_once_at_a_time_and_again_after_the_end(cast):
    case_id = a_case(cast)
    policy_id = fresh(case_id).policy_id or 0
    again = lambda: clarifications.open_case(cast.course_id, None, policy_id, Way(), today())  # noqa: E731
    assert refused(again) == ["case_open_already"]
    done(lambda: ends.cancel(case_id, None, "doch nicht", today()))
    assert done(again).number.endswith("-0002")


@pytest.mark.parametrize("kind", ["self_payer", "accident"])
def test_who_has_nobody_to_ask_is_told_so(cast, kind):
    policy_id = a_policy(cast, kind)
    assert refused(lambda: clarifications.open_case(cast.course_id, None, policy_id, Way(), today())) == [
        "nobody_to_ask"
    ]


def test_a_policy_of_somebody_else_is_not_there(cast):
    with pytest.raises(NotFound):
        done(lambda: clarifications.open_case(cast.course_id, None, 999, Way(), today()))


@pytest.mark.parametrize(
    ("way", "code"),
    [
        (Way("patient", "attorney"), "handed_in_by_holder"),
        (Way("patient", "practice"), "handed_in_by_holder"),
        (Way(urgent=True, urgent_reason=" "), "urgent_without_reason"),
    ],
)
def test_ways_that_do_not_go_together_are_refused(cast, way, code):
    assert refused(lambda: clarifications.open_case(cast.course_id, None, a_policy(cast), way, today())) == [code]


# every step from every state: what the table allows moves, everything else is a named error


def run(case_id: int, step: ClarificationStep) -> None:
    now = today()
    out = sending.Sending(now, "patient")
    done(
        {
            "open": lambda: clarifications.open_query(case_id, None),
            "issue_estimate": lambda: clarifications.attach_estimate(case_id, None, now),
            "give_to_patient": lambda: sending.give_to_patient(case_id, None, now),
            "make_ready": lambda: sending.make_ready(case_id, None, now),
            "submit": lambda: sending.submit(case_id, None, out, now),
            "acknowledge": lambda: sending.receive(case_id, None, now, "Rückschein", now),
            "ask_documents": lambda: sending.ask_documents(case_id, None, now, "Befund", now),
            "resubmit": lambda: sending.resubmit(case_id, None, out, now),
            "presume": lambda: ends.presume(case_id, None, now),
            "answer": lambda: answers.record_answer(case_id, None, an_answer(), None, now),
            "object": lambda: answers.object_to(case_id, None, "nein", now),
            "close": lambda: ends.close(case_id, None, "", now),
            "expire": lambda: ends.expire(case_id, None, now + 91 * DAY),
            "cancel": lambda: ends.cancel(case_id, None, "doch nicht", now),
            "reopen": lambda: ends.reopen(case_id, None, "noch einmal"),
        }[step.value]
    )


STEPS = [step for step in ClarificationStep if step is not ClarificationStep.FALL_OVERDUE]


@pytest.mark.parametrize("state", STATES)
def test_every_illegal_move_is_a_named_error_and_changes_nothing(cast, state):
    case_id = brought_to(cast, state)
    allowed = set(CLARIFICATION.next_steps(ClarificationState(state)))
    # the receipt may be proven later than it moves anything
    notes = {ClarificationStep.ACKNOWLEDGE} if state in ("acknowledged", "documents_requested", "overdue") else set()
    for step in STEPS:
        if step in allowed | notes:
            continue
        if step is ClarificationStep.ISSUE_ESTIMATE and state == "not_required":
            an_estimate(cast)
        with pytest.raises(StepNotAllowed):
            run(case_id, step)
        session().rollback()
        assert fresh(case_id).state == state


@pytest.mark.parametrize(
    ("state", "step", "after"),
    [
        (state, step, CLARIFICATION.advance(ClarificationState(state), step).value)
        for state in STATES
        for step in CLARIFICATION.next_steps(ClarificationState(state))
        if step is not ClarificationStep.FALL_OVERDUE
    ],
)
def test_every_allowed_move_is_made_and_kept_with_who_and_when(cast, state, step, after):
    case_id = brought_to(cast, state)
    if step is ClarificationStep.ISSUE_ESTIMATE:
        an_estimate(cast)
    if step is ClarificationStep.MAKE_READY:
        released(case_id)
        written(case_id)
    run(case_id, step)
    assert fresh(case_id).state == after
    moves = session().query(Move).filter_by(noun="clarification", record_id=case_id)
    last = moves.order_by(Move.id.desc()).limit(1).one()
    assert (last.step, last.from_state, last.to_state, last.actor_name) == (step.value, state, after, "Sabine Krüger")


# § 203 StGB: no letter of the practice without a release for this insurer


def test_the_practice_makes_nothing_ready_without_letter_and_release(cast):
    case_id = a_case(cast, Way("practice", "policyholder"))
    assert refused(lambda: sending.make_ready(case_id, None, today())) == ["query_missing", "release_missing"]
    written(case_id)
    released(case_id)
    done(lambda: sending.make_ready(case_id, None, today()))


@pytest.mark.parametrize("channel", ["post", "patient"])
def test_par_203_stgb_nothing_leaves_a_ready_case_once_the_release_is_over(cast, channel):
    case_id = a_case(cast, Way("practice", "policyholder"))
    written(case_id)
    a_signed_one(case_id, valid_until=today())
    done(lambda: sending.make_ready(case_id, None, today()))
    tomorrow = today() + DAY
    out = sending.Sending(tomorrow, channel)
    assert refused(lambda: sending.submit(case_id, None, out, tomorrow)) == ["release_expired"]


def test_the_practice_sends_a_second_round_only_with_a_release(cast):
    case_id = brought_to(cast, "documents_requested")
    out = sending.Sending(today(), "fax")
    assert refused(lambda: sending.resubmit(case_id, None, out, today())) == ["release_missing"]
    released(case_id)
    done(lambda: sending.resubmit(case_id, None, out, today()))


def test_a_withdrawn_release_gives_a_ready_case_back_to_the_patient(cast):
    case_id = a_case(cast, Way("practice", "policyholder"))
    written(case_id)
    grant_id = released(case_id)
    done(lambda: sending.make_ready(case_id, None, today()))
    from kostenklar.plugin.clock import now

    at = now()
    done(lambda: revoke_grant(grant_id, None, Revocation(at, "am Telefon", "Sabine Krüger"), at))
    case = fresh(case_id)
    assert (case.state, case.route, case.asked_by) == ("with_patient", "patient", "policyholder")
    submit(case_id)
    assert fresh(case_id).sent_channel == "patient", "what the patient hands in needs no release"


# § 192(8) VVG: the clock


@pytest.mark.parametrize(("gross", "clock", "why"), [("2000.00", False, "not_over_2000"), ("2000.01", True, "runs")])
def test_par_192_8_vvg_2000_00_and_2000_01(cast, gross, clock, why):
    case_id = a_case(cast, gross=gross)
    sent(case_id)
    case = fresh(case_id)
    assert (case.statutory_clock, case.clock_reason) == (clock, why)
    assert case.due_on == today() + 31 * DAY, "three days of post are assumed, then 28"


def test_par_192_8_vvg_a_letter_of_the_practice_runs_no_clock(cast):
    case_id = a_case(cast, BY_PRACTICE)
    sent(case_id)
    assert fresh(case_id).clock_reason == "not_by_holder"


def test_par_192_8_vvg_with_the_policyholders_power_it_runs(cast):
    case_id = a_case(cast, BY_ATTORNEY, **HOLDER)
    a_signed_one(case_id, "power_of_attorney")
    sent(case_id)
    assert fresh(case_id).statutory_clock


def test_par_192_8_vvg_cosmetic_work_runs_no_clock(cast):
    case_id = a_case(cast, indication="cosmetic")
    sent(case_id)
    assert fresh(case_id).clock_reason == "cosmetic"


def test_the_proven_receipt_moves_the_due_date(cast):
    case_id = a_case(cast)
    sent(case_id, today() - 9 * DAY)
    done(lambda: sending.receive(case_id, None, today() - 7 * DAY, "Rückschein", today()))
    case = fresh(case_id)
    assert (case.state, case.due_on) == ("acknowledged", today() + 21 * DAY)


def test_urgent_halves_the_weeks(cast):
    case_id = a_case(cast, Way(urgent=True, urgent_reason="Blutung"))
    sent(case_id)
    done(lambda: sending.receive(case_id, None, today(), "Fax", today()))
    assert fresh(case_id).due_on == today() + 14 * DAY


def test_a_second_round_keeps_the_statutory_date(cast):
    case_id = brought_to(cast, "documents_requested")
    due = fresh(case_id).due_on
    done(lambda: sending.resubmit(case_id, None, sending.Sending(today(), "patient"), today()))
    case = fresh(case_id)
    assert (case.state, case.round, case.due_on) == ("submitted", 2, due)


def test_after_an_objection_no_clock_runs(cast):
    case_id = brought_to(cast, "objection")
    done(lambda: sending.resubmit(case_id, None, sending.Sending(today(), "patient"), today()))
    case = fresh(case_id)
    assert (case.statutory_clock, case.clock_reason, case.round, case.decision) == (False, "after_answer", 2, "")


@pytest.mark.parametrize(("on", "code"), [(1, "received_in_future"), (-1, "received_before_sent")])
def test_a_receipt_lies_between_sending_and_today(cast, on, code):
    case_id = brought_to(cast, "submitted")
    assert refused(lambda: sending.receive(case_id, None, today() + on * DAY, "Fax", today())) == [code]


@pytest.mark.parametrize(("on", "code"), [(1, "sent_in_future"), (-1, "sent_before_letter")])
def test_a_letter_is_sent_on_its_day_or_later_and_not_tomorrow(cast, on, code):
    case_id = brought_to(cast, "ready")
    out = sending.Sending(today() + on * DAY, "post")
    assert refused(lambda: sending.submit(case_id, None, out, today()))[0] == code


def test_the_daily_job_lets_late_ones_fall_overdue_once(cast):
    case_id = brought_to(cast, "submitted")
    assert done(lambda: fall_overdue(today())) == 0
    late(case_id)
    assert done(lambda: fall_overdue(today())) == 1
    assert done(lambda: fall_overdue(today())) == 0
    assert fresh(case_id).state == "overdue"


def test_the_job_is_among_those_that_run_for_ever(cast):
    from kostenklar.plugin.jobs import HANDLERS, RECURRING

    case_id = brought_to(cast, "submitted")
    late(case_id)
    assert "fall_overdue" in RECURRING
    done(lambda: HANDLERS["fall_overdue"]({}))
    assert fresh(case_id).state == "overdue"


def test_a_late_case_needs_no_job_to_be_presumed(cast):
    case_id = brought_to(cast, "submitted")
    late(case_id)
    done(lambda: ends.presume(case_id, None, today()))
    assert fresh(case_id).state == "presumed"
    moves = [move.step for move in session().query(Move).filter_by(noun="clarification", record_id=case_id)]
    assert moves[-2:] == ["fall_overdue", "presume"]


def test_silence_presumes_nothing_without_a_clock(cast):
    case_id = a_case(cast, gross="2000.00")
    sent(case_id)
    late(case_id)
    assert refused(lambda: ends.presume(case_id, None, today())) == ["presume_without_clock"]


def test_silence_presumes_nothing_once_the_work_is_cosmetic(cast):
    case_id = brought_to(cast, "overdue")
    with unit_of_work():
        session().get_one(Lesion, cast.lesion_id).indication = "cosmetic"
    assert refused(lambda: ends.presume(case_id, None, today())) == ["presume_cosmetic"]


def test_a_later_proof_of_receipt_takes_the_presumption_away_again(cast):
    case_id = brought_to(cast, "overdue")
    done(lambda: sending.receive(case_id, None, today() - DAY, "Rückschein", today()))
    assert fresh(case_id).state == "overdue"
    assert refused(lambda: ends.presume(case_id, None, today())) == ["presume_too_early"]


# answers


def test_two_answers_the_later_stands_and_both_are_kept(cast):
    case_id = brought_to(cast, "submitted")
    late(case_id, 10)
    answered(case_id, "part", amount=Decimal(900), dated_on=today() - DAY)
    answered(case_id, "full", dated_on=today() - 3 * DAY, received_on=today() - 2 * DAY)
    case = fresh(case_id)
    assert (case.decision, len(case.answers)) == ("part", 2)
    answered(case_id, "refused")
    assert fresh(case_id).decision == "refused"


def test_a_promise_by_telephone_binds_nobody(cast):
    case_id = brought_to(cast, "submitted")
    note = answered(case_id, "full", form="telephone")
    case = fresh(case_id)
    assert (case.state, case.decision, case.answers[0].id, case.answers[0].binding) == ("submitted", "", note, False)
    assert clarification_answers.standing_answer(case_id) is None


def test_an_answer_without_a_query_says_so(cast):
    case_id = brought_to(cast, "draft")
    answered(case_id, "refused")
    case = fresh(case_id)
    assert (case.state, case.unknown_dispatch) == ("answered", True)


def test_an_amount_above_the_estimate_is_saved_when_confirmed(cast):
    case_id = brought_to(cast, "submitted")
    data = an_answer("part", amount=Decimal("2300.00"))
    assert refused(lambda: answers.record_answer(case_id, None, data, None, today())) == ["answer_above_estimate"]
    answered(case_id, "part", amount=Decimal("2300.00"), above_confirmed=True)
    assert standing(case_id).amount == Decimal("2300.00")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"received_on": today() + DAY}, "received_in_future"),
        ({"received_on": today() - 2 * DAY, "dated_on": today() - 3 * DAY}, "received_before_sent"),
        ({"dated_on": today() + DAY}, "answer_dated_later"),
        ({"valid_from": today(), "valid_until": today() - DAY}, "answer_ends_before_start"),
        ({"valid_until": today() - DAY}, "answer_over_when_written"),
        ({"objection_until": today() - DAY}, "objection_before_answer"),
    ],
)
def test_an_answer_with_impossible_days_is_refused(cast, values, code):
    case_id = brought_to(cast, "submitted")
    data = an_answer("part", **values)
    assert code in refused(lambda: answers.record_answer(case_id, None, data, None, today()))


def test_a_refusal_promises_no_amount(cast):
    case_id = brought_to(cast, "submitted")
    data = an_answer("refused", amount=Decimal(5))
    assert refused(lambda: answers.record_answer(case_id, None, data, None, today())) == ["amount_without_promise"]


def test_an_answer_line_by_line_is_kept(cast):
    case_id = brought_to(cast, "submitted")
    first, second = session().get_one(Estimate, fresh(case_id).estimate_id).lines
    said = (
        answers.LineData(first.id, Verdict.ACCEPTED, factor_cap=Decimal("1.8")),
        answers.LineData(second.id, Verdict.REFUSED, reason="Zielleistung"),
    )
    answered(case_id, "part", lines=said)
    assert [(line.verdict, line.factor_cap) for line in standing(case_id).lines] == [
        ("accepted", Decimal("1.8")),
        ("refused", None),
    ]
    foreign = an_answer("part", lines=(answers.LineData(9999, Verdict.OPEN),))
    assert refused(lambda: answers.record_answer(case_id, None, foreign, None, today())) == ["answer_lines_changed"]


def test_reopening_begins_anew_and_earlier_answers_stand_no_longer(cast):
    case_id = brought_to(cast, "closed")
    done(lambda: ends.reopen(case_id, None, "neue Stelle"))
    case = fresh(case_id)
    assert (case.state, case.round, case.decision, case.estimate_id, case.sent_on) == ("draft", 1, "", None, None)
    assert len(case.answers) == 1
    assert clarification_answers.standing_answer(case_id) is None
    answered(case_id, "refused")
    assert standing(case_id).decision == "refused"


def test_an_estimate_that_still_holds_lets_nothing_expire(cast):
    case_id = a_case(cast)
    assert refused(lambda: ends.expire(case_id, None, today())) == ["estimate_still_holds"]


def test_two_people_at_one_case_the_second_sees_who_was_faster(cast):
    case_id = a_case(cast)
    version = fresh(case_id).version
    done(lambda: sending.give_to_patient(case_id, version, today()))
    with pytest.raises(StalePage):
        done(lambda: ends.cancel(case_id, version, "doch nicht", today()))


def test_the_letter_is_written_anew_when_another_name_asks(cast):
    case_id = a_case(cast, Way("practice", "practice"))
    written(case_id)
    done(lambda: clarifications.change_way(case_id, None, Way("practice", "policyholder")))
    assert fresh(case_id).query_paper_id is None
    sent(case_id)
    assert refused(lambda: clarifications.change_way(case_id, None, Way())) == ["way_fixed"]
