"""Side effects on the screen: reported by telephone on day 3, on today's page, judged, closed; wrong input."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from kostenklar.models.course import Lesion
from kostenklar.models.patient import Policy
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services import treatment_records
from kostenklar.tests.forms_of import fill
from kostenklar.tests.laser_scene import a_laser_course, a_laser_record
from kostenklar.tests.people import Cast
from kostenklar.tests.treatment_scene import a_plan, done

Sits = Callable[..., Any]
HOME = "/kostenklar"
LATER = today() + dt.timedelta(days=4)


def acting(cast: Cast) -> Any:
    return acting_as("user:sabine", name="Sabine Krüger", roles=["reception"], practices=[cast.practice_id])


@pytest.fixture
def past(app: Flask, cast: Cast) -> tuple[Cast, int]:
    """A tattoo session three days ago."""
    with app.app_context(), acting(cast):
        tattoo, on = a_laser_course(cast), today() - dt.timedelta(days=3)
        treatment_id = a_plan(tattoo, on)
        record = a_laser_record(
            tattoo, began=dt.time(10), ended=dt.time(10, 20), reason="Netz war aus", aftercare_handed=True
        )
        done(lambda: treatment_records.record_late(treatment_id, None, on, record))
        return tattoo, treatment_id


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def new(treatment_id: int) -> str:
    return f"{HOME}/treatments/{treatment_id}/side-effects"


def report(sits: Sits, treatment_id: int, **more: Any) -> Any:
    values: dict[str, Any] = {"kinds": ["bloody_blister", "swelling"], "advice": "kühlen, nicht öffnen"}
    return fill(sits("reception"), new(treatment_id), **(values | more))


def test_a_report_on_day_three_shows_session_aftercare_and_hint(past: tuple[Cast, int], sits: Sits) -> None:
    tattoo, treatment_id = past
    page = words(sits("reception").get(new(treatment_id)).text)
    assert "kann vorübergehend auftreten: Rötung, Schwellung, Blase, blutige Blase" in page
    assert "nicht genannt: Schuppen, Infektion" in page
    assert "1064 nm" in page
    assert "ausgehändigt" in page
    assert page.count("btn-primary") == 1
    answer = report(sits, treatment_id, lesion_id=tattoo.lesion_id, follow_up_on=f"{LATER:%d.%m.%Y}")
    assert answer.status_code == 303, answer.text
    shown = words(sits("reception").get(answer.location).text)
    for fact in (
        "blutige Blase, Schwellung",
        "3 Tage nach der Sitzung gemeldet",
        "Unterarm links",
        "am Telefon",
        "blutige Blase: kann vorübergehend auftreten, etwa 14 Tage lang",
        "kühlen, nicht öffnen",
        "4,5 J/cm²",
        f'Nachkontrolle</dt><dd><time datetime="{LATER.isoformat()}"',
    ):
        assert fact in shown, fact


def test_it_stands_on_today_and_on_the_pages_of_patient_course_and_session(past: tuple[Cast, int], sits: Sits) -> None:
    tattoo, treatment_id = past
    url = report(sits, treatment_id).location
    for page in (f"{HOME}/", f"{HOME}/patients/{tattoo.patient_id}", f"{HOME}/courses/{tattoo.course_id}",
                 f"{HOME}/treatments/{treatment_id}"):  # fmt: skip
        text = words(sits("reception").get(page).text)
        assert url in text, page
        assert "blutige Blase, Schwellung" in text, page


def test_the_desk_records_and_only_a_physician_judges(past: tuple[Cast, int], sits: Sits) -> None:
    url = report(sits, past[1]).location
    desk, doctor = sits("reception"), sits("physician")
    assert "Ärztlich beurteilen" not in desk.get(url).text
    assert desk.get(url + "/seen").status_code == 403
    assert "Das darf nur eine Ärztin oder ein Arzt." in words(desk.get(url + "/close").text)
    seen = fill(doctor, url + "/seen", expected="yes", measure="keine nötig", follow_up_on=f"{LATER:%d.%m.%Y}")
    assert seen.status_code == 303, seen.text
    page = words(desk.get(url).text)
    assert "Zu erwarten · Dr. med. Henrike Seidel" in page
    assert "ärztlich gesehen" in page
    assert url not in desk.get(f"{HOME}/").text  # its follow-up lies ahead
    assert fill(doctor, url + "/close", outcome="gone").status_code == 303
    closed = words(desk.get(url).text)
    assert "abgeschlossen" in closed
    assert "abgeheilt" in closed
    assert fill(doctor, url, action=url + "/reopen").status_code == 303
    history = words(desk.get(f"{HOME}/courses/{past[0].course_id}").text)
    assert "Nebenwirkung abgeschlossen" in history
    assert "Nebenwirkung wieder geöffnet" in words(desk.get(f"{HOME}/patients/{past[0].patient_id}").text)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"kinds": None}, "Bitte kreuzen Sie an, was aufgetreten ist."),
    ({"kinds": ["other"]}, "Bei „anderes“ fehlt die Beschreibung."),
    ({"kinds": ["dragon"]}, "Diesen Eintrag gibt es hier nicht"),
    ({"on": "1.1.2020"}, "Die Meldung liegt vor der Sitzung"),
    ({"on": "gestern"}, "Datum"),
    ({"time": "25:00"}, "Uhrzeit"),
    ({"began_on": "1.1.2020"}, "Der Beginn liegt vor der Sitzung"),
    ({"follow_up_on": "1.1.2020"}, "liegt in der Vergangenheit"),
    ({"lesion_id": "999"}, "Diesen Eintrag gibt es hier nicht"),
    ({"how": "taube"}, "Diesen Eintrag gibt es hier nicht"),
    ({"advice": "x" * 2001}, "2001 Zeichen"),
]


@pytest.mark.parametrize(("typed", "told"), WRONG)
def test_what_is_typed_wrong_gets_a_sentence_and_stays(
    past: tuple[Cast, int], sits: Sits, typed: dict[str, Any], told: str
) -> None:
    answer = report(sits, past[1], **({"by": "Mutter"} | typed))
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert 'value="Mutter"' in answer.text


def test_the_fund_note_stands_for_statutory_patients_and_cosmetic_work_only(
    app: Flask, past: tuple[Cast, int], sits: Sits
) -> None:
    tattoo, treatment_id = past
    url, doctor = report(sits, treatment_id).location, sits("physician")
    assert "§ 294a Abs. 2 SGB V" in words(doctor.get(url).text)
    assert 'name="par52_note"' in doctor.get(url + "/seen").text
    with app.app_context(), acting(tattoo):
        done(lambda: setattr(session().get_one(Lesion, tattoo.lesion_id), "indication", "medical"))
    assert "§ 294a" not in words(doctor.get(url).text)
    with app.app_context(), acting(tattoo):
        done(lambda: setattr(session().get_one(Lesion, tattoo.lesion_id), "indication", "cosmetic"))
        done(lambda: setattr(session().query(Policy).one(), "kind", "pkv_full"))
    assert "§ 294a" not in words(doctor.get(url).text)
    assert 'name="par52_note"' not in doctor.get(url + "/seen").text


def test_from_the_patients_page_one_asks_after_which_session(app: Flask, past: tuple[Cast, int], sits: Sits) -> None:
    tattoo, treatment_id = past
    desk, url = sits("reception"), f"{HOME}/patients/{tattoo.patient_id}/side-effects"
    assert url in desk.get(f"{HOME}/patients/{tattoo.patient_id}").text
    assert desk.get(url).location == new(treatment_id)
    with app.app_context(), acting(tattoo):
        on = today() - dt.timedelta(days=1)
        second = a_plan(tattoo, on)
        record = a_laser_record(tattoo, began=dt.time(9), ended=dt.time(9, 5), reason="Netz war aus")
        done(lambda: treatment_records.record_late(second, None, on, record))
    page = desk.get(url).text
    assert new(treatment_id) in page
    assert new(second) in page


def test_the_same_report_sent_twice_counts_once(past: tuple[Cast, int], sits: Sits) -> None:
    from kostenklar.tests.forms_of import form_at

    desk = sits("reception")
    url, typed = form_at(desk, new(past[1]))
    sent = {**typed, "kinds": ["redness"]}
    first, second = desk.post(url, data=sent), desk.post(url, data=sent)
    assert first.location == second.location


def test_another_practice_finds_nothing_of_it(past: tuple[Cast, int], sits: Sits) -> None:
    tattoo, treatment_id = past
    url, stranger = report(sits, treatment_id).location, sits("physician", (tattoo.stranger_id,))
    for address in (
        url, url + "/seen", url + "/close", new(treatment_id), f"{HOME}/patients/{tattoo.patient_id}/side-effects",
        f"{HOME}/lesions/{tattoo.lesion_id}/edit", f"{HOME}/treatments/{treatment_id}/aborted",
    ):  # fmt: skip
        assert stranger.get(address).status_code == 404, address
