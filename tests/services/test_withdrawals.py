"""The patient takes the consent back, on the table or later: what it stops, flags and keeps (§ 630d BGB)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from kostenklar.models.clarification import Clarification
from kostenklar.models.consent import Consent
from kostenklar.models.estimate import Estimate
from kostenklar.models.ledger import Move
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.models.treatment import Treatment
from kostenklar.plugin.actor import Actor
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services import treatment_records
from kostenklar.plugin.services.consents import Withdrawal, withdraw_consent
from kostenklar.plugin.services.flags import flag_course
from kostenklar.plugin.services.treatment_records import SiteRecord
from kostenklar.tests.people import Cast
from kostenklar.tests.treatment_scene import a_consent, a_plan, a_record, a_started_one, done, fresh


def part(cast: Cast) -> tuple[SiteRecord, ...]:
    return (SiteRecord(cast.lesion_id, spots=2),)


def an_estimate(cast: Cast, state: str = "handed") -> int:
    paper_id = session().scalars(select(Consent.paper_id)).first()
    values = dict.fromkeys(("session_net", "session_vat", "session_gross", "gross_min", "gross_max"), Decimal(100))
    estimate = Estimate(
        practice_id=cast.practice_id, patient_id=cast.patient_id, course_id=cast.course_id, state=state, number="KV-1",
        paper_id=paper_id, indication="cosmetic", issued_on=today(), valid_until=today(), sessions_min=1,
        sessions_max=3, **values,
    )  # fmt: skip
    done(lambda: session().add(estimate))
    return estimate.id


def a_case(cast: Cast, state: str = "submitted", number: str = "KK-1") -> int:
    case = Clarification(
        practice_id=cast.practice_id, patient_id=cast.patient_id, course_id=cast.course_id, number=number,
        payer_role="pkv", state=state,
    )  # fmt: skip
    done(lambda: session().add(case))
    return case.id


def withdraw_on_the_table(treatment_id: int, sites: tuple[SiteRecord, ...] = (), reason: str = "") -> None:
    done(lambda: treatment_records.abort(treatment_id, None, reason, sites, withdrawn=True))


def flags() -> list[tuple[str, str]]:
    session().expire_all()
    cases = session().execute(select(Clarification.number, Clarification.flag))
    return [(number, flag) for number, flag in [*session().execute(select(Estimate.number, Estimate.flag)), *cases]]


def test_a_withdrawal_on_the_table_ends_session_and_consent_at_the_same_minute(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_started_one(cast)
    withdraw_on_the_table(treatment_id, part(cast), "zu schmerzhaft")
    treatment, consent = fresh(treatment_id), session().query(Consent).one()
    assert (treatment.state, treatment.withdrawn_on_table) == ("aborted", True)
    assert consent.state == "withdrawn"
    assert consent.withdrawn_at == treatment.ended_at
    assert consent.withdrawn_by == cast.names["reception"]
    assert treatment.end_reason == "Einwilligung während der Sitzung widerrufen: zu schmerzhaft"
    assert (treatment.sites[0].spots, treatment.billing) == (2, "open")


def test_later_sessions_are_called_off_and_the_course_is_flagged(cast: Cast, as_reception: Actor) -> None:
    later = a_plan(cast, today() + dt.timedelta(days=30))
    treatment_id = a_started_one(cast)
    an_estimate(cast), an_estimate(cast, "replaced"), a_case(cast), a_case(cast, "closed", "KK-2")
    withdraw_on_the_table(treatment_id)
    called_off: Treatment = fresh(later)
    assert (called_off.state, called_off.billing) == ("not_started", "not_billable")
    assert called_off.end_reason.startswith("Einwilligung widerrufen am")
    said = session().scalars(select(Move.step).where(Move.record_id == later, Move.noun == "treatment")).all()
    assert said == ["call_off"]
    assert sorted(flags()) == [("KK-1", "consent_withdrawn"), ("KK-2", ""), ("KV-1", ""), ("KV-1", "consent_withdrawn")]
    assert session().scalars(select(Clarification.state).where(Clarification.number == "KK-1")).one() == "submitted"


def test_nothing_is_kept_where_the_session_is_over_already(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_started_one(cast)
    done(lambda: treatment_records.complete(treatment_id, None, a_record(cast)))
    with pytest.raises(StepNotAllowed):
        withdraw_on_the_table(treatment_id)
    session().expire_all()
    assert session().query(Consent).one().state == "signed"


def test_what_had_been_done_can_be_added_afterwards(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_started_one(cast)
    withdraw_on_the_table(treatment_id)
    ended = fresh(treatment_id).ended_at
    assert (fresh(treatment_id).billing, fresh(treatment_id).aftercare_paper_id) == ("not_billable", None)
    record = a_record(cast, began=None, note="zwei Stellen")
    done(lambda: treatment_records.complete_aborted(treatment_id, None, record))
    treatment = fresh(treatment_id)
    assert (treatment.state, treatment.billing, treatment.note) == ("aborted", "open", "zwei Stellen")
    assert treatment.sites[0].spots == 6
    assert treatment.ended_at == ended
    assert treatment.aftercare_paper_id is not None


def test_only_an_aborted_session_is_completed_that_way_and_limits_want_a_reason(
    cast: Cast, as_reception: Actor
) -> None:
    treatment_id = a_started_one(cast)
    with pytest.raises(StepNotAllowed):
        done(lambda: treatment_records.complete_aborted(treatment_id, None, a_record(cast)))
    withdraw_on_the_table(treatment_id)
    beyond = (SiteRecord(cast.lesion_id, "", Decimal(-120), Decimal(10), 2, 6, Decimal(4)),)
    with pytest.raises(RuleBroken):
        done(lambda: treatment_records.complete_aborted(treatment_id, None, a_record(cast, sites=beyond)))


def test_a_withdrawal_outside_a_session_stops_later_ones_and_flags(cast: Cast, as_reception: Actor) -> None:
    consent_id, later = a_consent(cast), a_plan(cast)
    an_estimate(cast)
    done(lambda: withdraw_consent(consent_id, None, Withdrawal(now(), "am Telefon", "Sabine Krüger"), now()))
    assert fresh(later).state == "not_started"
    assert flags() == [("KV-1", "consent_withdrawn")]


def test_where_another_signed_consent_stands_the_sessions_stay(cast: Cast, as_reception: Actor) -> None:
    first, _, later = a_consent(cast), a_consent(cast), a_plan(cast)
    done(lambda: withdraw_consent(first, None, Withdrawal(now(), "mündlich", "Sabine Krüger"), now()))
    assert fresh(later).state == "planned"


def test_a_flag_counts_what_is_open(cast: Cast, as_reception: Actor) -> None:
    a_consent(cast), an_estimate(cast), a_case(cast)
    assert done(lambda: flag_course(cast.course_id, "indication_changed", now())) == 2
    assert {flag for _, flag in flags()} == {"indication_changed"}
