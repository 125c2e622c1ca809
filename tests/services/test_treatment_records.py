"""What was done: complete, abort, add later, explain; the aftercare sheet, and papers that are kept longer."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest

from kostenklar.models.course import Lesion
from kostenklar.models.ledger import Move
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.patient import Patient
from kostenklar.models.practice import Procedure
from kostenklar.models.rules.deadlines import add_months
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.plugin.actor import Actor, acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import NotAllowed, NotFound
from kostenklar.plugin.extension import session
from kostenklar.plugin.formats import day
from kostenklar.plugin.services import aftercare, treatment_records
from kostenklar.plugin.services.papers import bytes_of
from kostenklar.plugin.services.treatment_records import SiteRecord
from kostenklar.plugin.services.treatments import People
from kostenklar.tests.invoice_scene import pdf_text
from kostenklar.tests.people import Cast
from kostenklar.tests.treatment_scene import a_plan, a_record, a_started_one, done, fresh

YESTERDAY = today() - dt.timedelta(days=1)


def complete(cast: Cast, treatment_id: int, **more: object) -> None:
    done(lambda: treatment_records.complete(treatment_id, None, a_record(cast, **more)))


def late(cast: Cast, on: dt.date, **more: object) -> int:
    treatment_id = a_plan(cast, on)
    record = a_record(cast, **({"began": dt.time(10), "ended": dt.time(10, 20), "reason": "Netz war aus"} | more))
    done(lambda: treatment_records.record_late(treatment_id, None, on, record))
    return treatment_id


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [finding.code for finding in broken.value.findings]


def as_physician(cast: Cast) -> AbstractContextManager[Actor]:
    return acting_as(
        cast.keys["physician"], name=cast.names["physician"], roles=["physician"], practices=[cast.practice_id]
    )


def aftercare_text(treatment_id: int) -> str:
    paper_id = fresh(treatment_id).aftercare_paper_id
    assert paper_id is not None
    return pdf_text(bytes_of(paper_id)[0])


def test_a_completed_session_holds_what_was_set_and_two_times(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_started_one(cast)
    complete(cast, treatment_id, note="gut vertragen", aftercare_handed=True)
    treatment = fresh(treatment_id)
    site = treatment.sites[0]
    assert (treatment.state, treatment.billing, treatment.irregular) == ("done", "open", False)
    assert (site.temperature_c, site.seconds, site.cycles, site.spots, site.area_cm2) == (
        Decimal(-60),
        Decimal(10),
        2,
        6,
        Decimal("4.5"),
    )
    assert treatment.started_at is not None
    assert treatment.documented_at is not None
    assert treatment.started_at <= treatment.documented_at
    assert treatment.documented_by == cast.names["reception"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"sites": ()}, "nothing_treated"),
        ({"began": dt.time(23, 59)}, "happened_in_future"),
        ({"began": dt.time(0, 5), "ended": dt.time(0, 4)}, "ended_before_began"),
    ],
)
def test_what_cannot_have_been_is_asked_back(
    cast: Cast, as_reception: Actor, changes: dict[str, object], expected: str
) -> None:
    treatment_id = a_started_one(cast)
    with pytest.raises(RuleBroken) as broken:
        complete(cast, treatment_id, **changes)
    assert codes(broken) == [expected]
    assert fresh(treatment_id).state == "started"


def test_a_lesion_of_another_course_is_not_there(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_started_one(cast)
    with pytest.raises(NotFound):
        complete(cast, treatment_id, sites=(SiteRecord(9999, spots=1),))


def beyond(cast: Cast) -> tuple[SiteRecord, ...]:
    return (SiteRecord(cast.lesion_id, "", Decimal(-120), Decimal(10), 2, 6, Decimal(4)),)


def test_a_device_limit_refuses_the_plan_and_wants_a_reason_in_the_record(cast: Cast, as_reception: Actor) -> None:
    planned = a_plan(cast)
    with pytest.raises(RuleBroken) as broken:
        done(lambda: treatment_records.note(planned, None, a_record(cast, sites=beyond(cast))))
    assert codes(broken) == ["device_limit_exceeded"]
    started = a_started_one(cast)
    with pytest.raises(RuleBroken) as broken:
        complete(cast, started, sites=beyond(cast))
    assert codes(broken) == ["device_limit_exceeded", "reason_needed"]
    complete(cast, started, sites=beyond(cast), reason="Sonde hing fest")
    treatment = fresh(started)
    assert (treatment.state, treatment.irregular, treatment.irregular_reason) == ("done", True, "")


def test_the_desks_reason_waits_for_a_physicians(cast: Cast, as_reception: Actor) -> None:
    treatment_id = late(cast, YESTERDAY)
    assert session().query(Move).filter_by(record_id=treatment_id, step="record_late").one().reason == "Netz war aus"
    with pytest.raises(NotAllowed):
        done(lambda: treatment_records.give_reason(treatment_id, None, "stimmt"))
    with as_physician(cast):
        done(lambda: treatment_records.give_reason(treatment_id, None, "Stromausfall, am Folgetag eingetragen"))
        with pytest.raises(RuleBroken):
            done(lambda: treatment_records.give_reason(treatment_id, None, "noch einmal"))
    treatment = fresh(treatment_id)
    assert (treatment.irregular, treatment.irregular_by) == (True, cast.names["physician"])


def test_an_assistant_without_a_physician_is_recorded_with_a_reason(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_started_one(cast)
    alone = People(cast.assistant_id, None, cast.device_id)
    with pytest.raises(RuleBroken) as broken:
        complete(cast, treatment_id, people=alone)
    assert codes(broken) == ["supervisor_missing", "reason_needed"]
    with as_physician(cast):
        complete(cast, treatment_id, people=alone, reason="Ich war im Nebenraum")
    assert fresh(treatment_id).irregular_by == cast.names["physician"]


def test_what_happened_is_recorded_late_whatever_the_gate_says(cast: Cast, as_reception: Actor) -> None:
    """§ 630f BGB: no consent, no agreement, a limit exceeded; the record is flagged, never turned away."""
    treatment = fresh(late(cast, YESTERDAY, sites=beyond(cast)))
    assert (treatment.state, treatment.irregular, treatment.planned_on) == ("done", True, YESTERDAY)
    assert treatment.started_at is not None
    assert treatment.documented_at is not None
    assert treatment.documented_at - treatment.started_at > dt.timedelta(hours=5)


def test_a_late_entry_wants_a_reason_and_a_day_that_was(cast: Cast, as_reception: Actor) -> None:
    with pytest.raises(RuleBroken) as broken:
        late(cast, YESTERDAY, reason="")
    assert codes(broken) == ["documented_later", "reason_needed"]
    tomorrow = today() + dt.timedelta(days=1)
    treatment_id = a_plan(cast, tomorrow)
    with pytest.raises(RuleBroken) as broken:
        done(lambda: treatment_records.record_late(treatment_id, None, tomorrow, a_record(cast, reason="vorab")))
    assert "happened_in_future" in codes(broken)


def test_an_aborted_session_keeps_what_was_done(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_started_one(cast)
    part = (SiteRecord(cast.lesion_id, spots=2),)
    done(lambda: treatment_records.abort(treatment_id, None, "Kreislauf", part))
    treatment = fresh(treatment_id)
    assert (treatment.state, treatment.end_reason, treatment.billing) == ("aborted", "Kreislauf", "open")
    assert treatment.sites[0].spots == 2
    assert treatment.ended_at is not None
    assert "Nach der Behandlung" in aftercare_text(treatment_id)


def test_an_aborted_session_in_which_nothing_was_done_is_not_billed(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_started_one(cast)
    done(lambda: treatment_records.abort(treatment_id, None, "Angst", ()))
    treatment = fresh(treatment_id)
    assert (treatment.billing, treatment.aftercare_paper_id) == ("not_billable", None)
    with pytest.raises(StepNotAllowed):
        complete(cast, treatment_id)


def test_kept_for_later_is_not_yet_documented(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_started_one(cast)
    part = a_record(cast, sites=(SiteRecord(cast.lesion_id, spots=3),), note="Pause")
    done(lambda: treatment_records.note(treatment_id, None, part))
    treatment = fresh(treatment_id)
    assert (treatment.state, treatment.documented_at, treatment.sites[0].spots) == ("started", None, 3)


def test_the_sheet_names_the_patients_own_last_day_without_sun(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_started_one(cast)
    complete(cast, treatment_id)
    text = aftercare_text(treatment_id)
    assert f"bis einschließlich {day(today() + dt.timedelta(days=14))}" in text.replace("\u00a0", " ")
    assert "NB-" in text
    assert "kratzen Sie die Blasen nicht auf" in text


def test_the_sheet_speaks_the_patients_language(cast: Cast, as_reception: Actor) -> None:
    done(lambda: setattr(session().get_one(Patient, cast.patient_id), "language", "en"))
    treatment_id = a_started_one(cast)
    complete(cast, treatment_id)
    assert "do not scratch the blisters open" in aftercare_text(treatment_id)
    assert "Handrücken right" in aftercare_text(treatment_id)


def test_a_sheet_that_cannot_be_printed_never_keeps_a_session_from_its_record(cast: Cast, as_reception: Actor) -> None:
    def strange() -> None:
        session().get_one(Patient, cast.patient_id).first_name = "\u4e2d"

    treatment_id = a_started_one(cast)
    done(strange)
    complete(cast, treatment_id)
    assert (fresh(treatment_id).state, fresh(treatment_id).aftercare_paper_id) == ("done", None)
    with pytest.raises(RuleBroken) as broken:
        done(lambda: aftercare.make_aftercare(treatment_id, None))
    assert codes(broken) == ["characters_missing"]
    done(lambda: setattr(session().get_one(Patient, cast.patient_id), "first_name", "Gisela"))
    done(lambda: aftercare.make_aftercare(treatment_id, None))
    assert "-0001" in aftercare_text(treatment_id)  # the number was given back


def test_the_courses_papers_are_kept_ten_years_from_the_treatment_and_never_less(
    cast: Cast, as_reception: Actor
) -> None:
    treatment_id = a_started_one(cast)
    longer = add_months(today(), 240)
    first = session().query(IssuedPaper).order_by(IssuedPaper.id).first()
    assert first is not None
    done(lambda: setattr(session().get_one(IssuedPaper, first.id), "retain_until", longer))
    complete(cast, treatment_id)
    kept = {paper.kind: paper.retain_until for paper in session().query(IssuedPaper)}
    assert kept == {"consent": longer, "cost_notice": add_months(today(), 120), "aftercare": add_months(today(), 120)}


def test_a_laser_record_outside_medicine_is_kept_to_the_end_of_the_year(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_started_one(cast)
    done(lambda: setattr(session().get_one(Procedure, cast.procedure_id), "nisv", True))
    complete(cast, treatment_id)
    assert {paper.retain_until for paper in session().query(IssuedPaper)} == {dt.date(today().year + 10, 12, 31)}
    assert session().get_one(Lesion, cast.lesion_id).indication == "cosmetic"


def test_handing_over_the_sheet_is_noted_once_the_session_is_over(cast: Cast, as_reception: Actor) -> None:
    treatment_id = a_started_one(cast)
    with pytest.raises(StepNotAllowed):
        done(lambda: aftercare.hand_aftercare(treatment_id, None))
    complete(cast, treatment_id)
    done(lambda: aftercare.hand_aftercare(treatment_id, None))
    assert fresh(treatment_id).aftercare_handed
