"""A treatment over HTTP: planned, refused, asked, started, recorded, its sheet in hand; and what is typed wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from kostenklar.models.paper import IssuedPaper
from kostenklar.models.rules.states import TreatmentState
from kostenklar.models.treatment import GateOverride, Treatment
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.forms.treatment_sites import with_sites
from kostenklar.plugin.services import treatment_records, treatments
from kostenklar.plugin.services.treatments import People, Recheck
from kostenklar.tests.forms_of import fill, form_at
from kostenklar.tests.people import Cast
from kostenklar.tests.treatment_scene import a_plan, a_ready_one, a_record, a_started_one, all_papers, done, fresh

Sits = Callable[..., Any]
HOME = "/kostenklar"
NO = dict.fromkeys(("recheck_tan", "recheck_medicines", "recheck_pregnancy", "recheck_herpes", "recheck_changes"), "no")


@pytest.fixture
def scene(app: Flask, cast: Cast) -> Callable[[Callable[[Cast], Any]], Any]:
    """Run a function of the scene as the receptionist: scene(a_plan) gives what it gives."""

    def play(make: Callable[[Cast], Any]) -> Any:
        with (
            app.app_context(),
            acting_as("user:sabine", name="Sabine Krüger", roles=["reception"], practices=[cast.practice_id]),
        ):
            return make(cast)

    return play


def at(treatment_id: int, rest: str = "") -> str:
    return f"{HOME}/treatments/{treatment_id}{rest}"


def begin(client: Any, treatment_id: int, **values: Any) -> Any:
    return fill(client, at(treatment_id), action=at(treatment_id, "/start"), **values)


def figures(cast: Cast, **more: str) -> dict[str, str]:
    site = f"s{cast.lesion_id}_"
    values = {
        "probe": "flach, 5 mm",
        "temperature_c": "-60",
        "seconds": "10",
        "cycles": "2",
        "spots": "6",
        "area_cm2": "4,5",
    }
    return {site + name: value for name, value in {**values, **more}.items()}


def words(text: str) -> str:
    return text.replace("\u00a0", " ").replace("&#39;", "'")


def test_a_whole_session_from_the_plan_to_the_aftercare_sheet(
    app: Flask, cast: Cast, sits: Sits, scene: Callable[..., Any]
) -> None:
    desk = sits("reception")
    scene(all_papers)
    planned = fill(desk, f"{HOME}/courses/{cast.course_id}/treatments/new", on=f"{today():%d.%m.%Y}", time="10:30")
    page = planned.location
    treatment_id = int(page.rsplit("/", 1)[1])
    assert "Yılmaz-Hofer, Gisela" in desk.get(f"{HOME}/treatments").text

    assert fill(desk, page + "/recheck", **NO).location == page
    started = begin(desk, treatment_id, performer_id=cast.physician_id)
    assert started.location == page + "/record"
    recorded = fill(desk, page + "/record", **figures(cast), immediate_reaction="Rötung", note="gut vertragen")
    assert recorded.location == page

    shown = words(desk.get(page).text)
    for fact in ("gemacht", "−60 °C", "10 s", "4,5 cm²", "Rötung", "gut vertragen", "Dr. med. Henrike Seidel"):
        assert fact in shown
    sun = today() + dt.timedelta(days=14)
    assert f"keine Sonne und kein Solarium bis {sun:%d.%m.%Y}" in shown
    assert f'action="{HOME}/treatments/{treatment_id}/invoice"' in shown
    sheet = re.search(r'href="(/kostenklar/papers/\d+\.pdf)"', shown)
    assert sheet
    assert desk.get(sheet[1]).data.startswith(b"%PDF")
    assert fill(desk, page, action=page + "/invoice").status_code == 303
    handed = fill(desk, page, action=page + "/aftercare")
    assert handed.status_code == 303
    assert "Als ausgehändigt vermerken" not in desk.get(page).text
    with app.app_context():
        assert fresh(treatment_id).aftercare_handed


def test_a_start_is_refused_with_a_sentence_and_a_link_for_each_missing_paper(
    cast: Cast, sits: Sits, scene: Callable[..., Any]
) -> None:
    desk, treatment_id = sits("reception"), scene(a_plan)
    refused = begin(desk, treatment_id, performer_id=cast.physician_id)
    assert refused.status_code == 422
    summary = words(refused.text.split('id="fehler"')[1].split("</div>")[0])
    course = f"{HOME}/courses/{cast.course_id}"
    for sentence, link in {
        "Das Aufklärungsgespräch fehlt.": f"{course}/explanation",
        "Es liegt keine Einwilligung vor.": f"{course}/consent",
        "Die Kosteninformation wurde noch nicht ausgehändigt": f"{course}/cost-notice",
        "Die Selbstzahlervereinbarung fehlt.": f"{course}/cost-notice",
    }.items():
        assert sentence in summary
        assert f'href="{link}"' in summary
        assert desk.get(link).status_code == 200
    assert "§ 630d BGB" in summary


def test_the_page_offers_the_way_out_as_its_one_primary_button(sits: Sits, scene: Callable[..., Any]) -> None:
    page = sits("reception").get(at(scene(a_plan))).text
    assert page.count("btn-primary") == 1
    assert "Gespräch eintragen" in page.split("btn-primary")[1][:200]


def test_a_ready_page_offers_the_start_as_its_one_primary_button(sits: Sits, scene: Callable[..., Any]) -> None:
    page = sits("reception").get(at(scene(a_ready_one))).text
    assert page.count("btn-primary") == 1
    assert "Sitzung beginnen" in page.split("btn-primary")[1][:200]


def test_a_plan_in_the_past_is_led_to_the_late_entry(cast: Cast, sits: Sits) -> None:
    desk, url = sits("reception"), f"{HOME}/courses/{cast.course_id}/treatments/new"
    yesterday = today() - dt.timedelta(days=1)
    refused = fill(desk, url, on=f"{yesterday:%d.%m.%Y}")
    assert refused.status_code == 422
    assert "tragen Sie bitte nach" in refused.text
    late = fill(desk, url + "?late=1", on=f"{yesterday:%d.%m.%Y}", action="")
    assert late.location.endswith("/late")
    written = fill(
        desk,
        late.location,
        **figures(cast),
        performer_id=cast.physician_id,
        began="10:00",
        ended="10:20",
        reason="Netz war aus",
    )
    assert written.status_code == 303
    shown = words(desk.get(written.location).text)
    assert "Die ärztliche Begründung fehlt noch." in shown
    assert "Begründung fehlt" in desk.get(f"{HOME}/treatments?when=unusual").text
    doctor = sits("physician")
    assert fill(doctor, written.location + "/reason", reason="Am Abend eingetragen").status_code == 303
    assert "Am Abend eingetragen" in doctor.get(written.location).text


def test_a_late_entry_without_a_reason_is_asked_for_one_and_keeps_what_was_typed(
    cast: Cast, sits: Sits, scene: Callable[..., Any]
) -> None:
    treatment_id = scene(lambda cast: a_plan(cast, today() - dt.timedelta(days=1)))
    asked = fill(
        sits("reception"),
        at(treatment_id, "/late"),
        **figures(cast),
        performer_id=cast.physician_id,
        began="9:00",
        ended="9:10",
    )
    assert asked.status_code == 422
    assert "Bitte begründen Sie den Nachtrag kurz." in asked.text
    assert 'value="4,5"' in asked.text


def test_a_limit_of_the_device_wants_a_reason_beside_its_field(
    app: Flask, cast: Cast, sits: Sits, scene: Callable[..., Any]
) -> None:
    desk, treatment_id = sits("reception"), scene(a_started_one)
    too_cold = figures(cast, temperature_c="-120")
    asked = fill(desk, at(treatment_id, "/record"), **too_cold)
    assert asked.status_code == 422
    assert "liegt außerhalb dessen, was das Gerät erlaubt" in asked.text
    assert 'href="#reason"' in asked.text
    assert fill(desk, at(treatment_id, "/record"), **too_cold, reason="Sonde hing fest").status_code == 303
    with app.app_context():
        assert fresh(treatment_id).irregular


def test_parameters_planned_beyond_the_limit_are_refused(cast: Cast, sits: Sits, scene: Callable[..., Any]) -> None:
    refused = fill(sits("reception"), at(scene(a_plan), "/record"), **figures(cast, seconds="61"))
    assert refused.status_code == 422
    assert "Einwirkzeit 61" in refused.text


WRONG = [
    ("spots", "-1", "Das ist zu wenig. Erlaubt ist mindestens 1."),
    ("seconds", "-1", "Das ist zu wenig. Erlaubt ist mindestens 0,1."),
    ("seconds", "abc", "Das ist keine Zahl."),
    ("area_cm2", "1.234,567", "Das sind zu viele Stellen nach dem Komma."),
    ("spots", "1.234,56", "Bitte geben Sie eine ganze Zahl ein"),
    ("area_cm2", "12.50", "Bitte schreiben Sie die Zahl mit Komma"),
    ("cycles", "99999", "Das ist zu viel."),
    ("probe", "x" * 200, "Das sind 200 Zeichen"),
    ("probe", "flach\u202e5 mm", "unsichtbares Steuerzeichen"),
]


def test_what_is_typed_wrong_gets_a_sentence_and_stays(
    app: Flask, cast: Cast, sits: Sits, scene: Callable[..., Any]
) -> None:
    desk, treatment_id = sits("reception"), scene(a_started_one)
    for name, typed, sentence in WRONG:
        answer = fill(desk, at(treatment_id, "/record"), **figures(cast, **{name: typed}))
        assert answer.status_code == 422
        assert words(answer.text).count(sentence) == 2, sentence  # in the summary and at the field
        assert typed in answer.text
    with app.app_context():
        assert fresh(treatment_id).state == "started"


def test_half_a_row_is_asked_for_its_rest(cast: Cast, sits: Sits, scene: Callable[..., Any]) -> None:
    desk, treatment_id = sits("reception"), scene(a_started_one)
    answer = fill(desk, at(treatment_id, "/record"), **figures(cast, area_cm2=""))
    assert "Handrücken rechts: Bei „Fläche“ fehlt die Zahl." in answer.text
    assert fill(desk, at(treatment_id, "/record"), **figures(cast, area_cm2=""), later="1").status_code == 303


def test_markup_in_a_note_is_shown_as_text(cast: Cast, sits: Sits, scene: Callable[..., Any]) -> None:
    desk, treatment_id = sits("reception"), scene(a_started_one)
    fill(desk, at(treatment_id, "/record"), **figures(cast), note="<b>x</b> =cmd()")
    assert "&lt;b&gt;x&lt;/b&gt; =cmd()" in desk.get(at(treatment_id)).text


def test_like_last_time_fills_and_hints_without_saving(
    app: Flask, cast: Cast, sits: Sits, scene: Callable[..., Any]
) -> None:
    first = scene(a_started_one)
    scene(lambda cast: done(lambda: treatment_records.complete(first, None, a_record(cast))))
    second = scene(a_plan)
    scene(
        lambda cast: done(
            lambda: treatments.start(second, None, People(cast.physician_id, None, cast.device_id), today())
        )
    )
    filled = fill(sits("reception"), at(second, "/record"), like="last", note="schon getippt")
    assert filled.status_code == 200
    for text in ('value="-60"', 'value="4,5"', "zuletzt 10", "schon getippt"):
        assert text in filled.text
    changed = fill(sits("reception"), at(second, "/record"), **figures(cast, seconds="12"), began="99")
    assert "zuletzt 10, geändert" in changed.text
    with app.app_context():
        assert fresh(second).sites == []


def test_the_same_record_sent_twice_counts_once(app: Flask, cast: Cast, sits: Sits, scene: Callable[..., Any]) -> None:
    desk, treatment_id = sits("reception"), scene(a_started_one)
    to, values = form_at(desk, at(treatment_id, "/record"))
    answers = [desk.post(to, data={**values, **figures(cast)}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    with app.app_context():
        assert session().query(IssuedPaper).filter_by(kind="aftercare").count() == 1


def test_a_stale_record_keeps_what_was_typed_and_says_who_was_faster(
    cast: Cast, sits: Sits, scene: Callable[..., Any]
) -> None:
    desk, treatment_id = sits("reception"), scene(a_started_one)
    to, values = form_at(desk, at(treatment_id, "/record"))
    asked = Recheck(tan=False, medicines=False, herpes=False, changes=False)
    scene(lambda _: done(lambda: treatments.recheck(treatment_id, None, asked)))
    answer = desk.post(to, data={**values, **figures(cast)})
    assert answer.status_code == 409
    assert "Sabine Krüger hat diese Seite" in answer.text
    assert 'value="4,5"' in answer.text


def test_stop_and_call_off_ask_why(app: Flask, cast: Cast, sits: Sits, scene: Callable[..., Any]) -> None:
    desk, running = sits("reception"), scene(a_started_one)
    assert "Der Grund fehlt." in fill(desk, at(running, "/abort")).text
    site = f"s{cast.lesion_id}_spots"
    assert fill(desk, at(running, "/abort"), reason="Kreislauf", **{site: "2"}).status_code == 303
    planned = scene(a_plan)
    assert fill(desk, at(planned, "/call-off"), reason="abgesagt").status_code == 303
    with app.app_context():
        states = [fresh(key).state for key in (running, planned)]
    assert states == ["aborted", "not_started"]
    assert "Neue Sitzung planen" in desk.get(at(planned)).text


def test_only_who_may_sees_and_reaches_a_release(app: Flask, cast: Cast, sits: Sits, scene: Callable[..., Any]) -> None:
    treatment_id = scene(a_ready_one)
    desk, doctor = sits("reception"), sits("physician")
    fill(desk, at(treatment_id, "/recheck"), **{**NO, "recheck_herpes": "yes"})
    assert "Ärztlich freigeben" not in desk.get(at(treatment_id)).text
    assert desk.get(at(treatment_id, "/override/recheck")).status_code == 403
    assert "Ärztlich freigeben" in doctor.get(at(treatment_id)).text
    assert fill(doctor, at(treatment_id, "/override/recheck"), reason="abgeheilt").status_code == 303
    shown = doctor.get(at(treatment_id)).text
    assert "Ärztlich freigegeben, die Begründung steht im Verlauf." in shown
    assert "abgeheilt" in shown
    with app.app_context():
        assert session().query(GateOverride).one().actor_name == cast.names["physician"]


def test_the_owner_opens_a_missing_agreement_and_nobody_a_missing_talk(
    cast: Cast, sits: Sits, scene: Callable[..., Any]
) -> None:
    treatment_id, owner = scene(a_plan), sits("owner")
    assert "Als Praxisleitung freigeben" in owner.get(at(treatment_id)).text
    assert fill(owner, at(treatment_id, "/override/self_payer_agreement"), reason="Kulanz").status_code == 303
    for code in ("talk", "nonsense"):
        assert owner.get(at(treatment_id, f"/override/{code}")).status_code == 422


def test_the_question_about_a_minor_is_the_physicians(
    app: Flask, cast: Cast, sits: Sits, scene: Callable[..., Any]
) -> None:
    treatment_id = scene(a_plan)
    with app.app_context(), acting_as("system:tests", practices=[cast.practice_id]):
        done(lambda: setattr(fresh(treatment_id).course.patient, "birth_date", today() - dt.timedelta(days=6000)))
    assert 'name="minor_capable"' not in sits("reception").get(at(treatment_id, "/recheck")).text
    assert 'name="minor_capable"' in sits("physician").get(at(treatment_id, "/recheck")).text


def test_every_part_of_the_list_opens_in_both_languages(sits: Sits, scene: Callable[..., Any]) -> None:
    scene(a_plan)
    for when in ("today", "coming", "past", "unusual", "nonsense"):
        for language, title in (("de", "Behandlungen"), ("en", "Treatments")):
            page = sits("reception").get(f"{HOME}/treatments?when={when}", headers={"Accept-Language": language})
            assert f"<h1>{title}</h1>" in page.text


def test_a_form_for_a_step_that_is_over_leads_to_the_session(sits: Sits, scene: Callable[..., Any]) -> None:
    desk, treatment_id = sits("reception"), scene(a_started_one)
    for step in ("/late", "/call-off"):
        assert desk.get(at(treatment_id, step)).location == at(treatment_id)


def test_a_laser_is_asked_for_pulses_and_eye_protection(app: Flask, cast: Cast, scene: Callable[..., Any]) -> None:
    treatment_id = scene(a_plan)
    with app.app_context(), acting_as("system:tests", practices=[cast.practice_id]):
        treatment: Treatment = fresh(treatment_id)
        treatment.course.procedure.method = "laser"
        form = with_sites(object, treatment)
        session().rollback()
    assert [column.name for column in form.columns] == [
        "probe", "wavelength_nm", "fluence_j_cm2", "spot_mm", "pulse_length", "repetition_hz", "pulses", "cycles",
        "area_cm2",
    ]  # fmt: skip
    assert [column.unit for column in form.columns] == ["", "nm", "J/cm²", "mm", "", "Hz", "", "", "cm²"]


def test_every_state_has_its_page(cast: Cast, sits: Sits, app: Flask, scene: Callable[..., Any]) -> None:
    treatment_id = scene(a_plan)
    for state in TreatmentState:
        with app.app_context(), acting_as("system:tests", practices=[cast.practice_id]):
            done(lambda state=state: setattr(fresh(treatment_id), "state", state.value))  # type: ignore[misc]  # bound now
        if state is not TreatmentState.STARTED:
            assert sits("reception").get(at(treatment_id)).status_code == 200
