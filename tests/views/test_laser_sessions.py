"""A laser session over HTTP: its parameters with their units, the next one from the first's, and how soon it may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask

from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.services import treatment_records
from kostenklar.tests.forms_of import fill, form_at
from kostenklar.tests.laser_scene import a_laser_course, a_laser_record, shot
from kostenklar.tests.people import Cast
from kostenklar.tests.treatment_scene import a_plan, a_ready_one, a_started_one, done, fresh

Sits = Callable[..., Any]
HOME = "/kostenklar"


@pytest.fixture
def desk(app: Flask, cast: Cast) -> Callable[[], AbstractContextManager[Any]]:
    """Run services as the receptionist: with desk()."""

    def sit() -> AbstractContextManager[Any]:
        return acting_as("user:sabine", name="Sabine Krüger", roles=["reception"], practices=[cast.practice_id])

    return sit


@pytest.fixture
def laser(app: Flask, cast: Cast, desk: Any) -> Cast:
    """The cast before a tattoo course."""
    with app.app_context(), desk():
        return a_laser_course(cast)


def play(app: Flask, desk: Any, make: Callable[[], Any]) -> Any:
    with app.app_context(), desk():
        return make()


def at(treatment_id: int, rest: str = "") -> str:
    return f"{HOME}/treatments/{treatment_id}{rest}"


def words(text: str) -> str:
    return text.replace("\u00a0", " ")


def earlier(cast: Cast, days: int) -> int:
    """A session that took place some days ago."""
    on = today() - dt.timedelta(days=days)
    treatment_id = a_plan(cast, on)
    record = a_laser_record(cast, began=dt.time(10), ended=dt.time(10, 20), reason="Netz war aus")
    done(lambda: treatment_records.record_late(treatment_id, None, on, record))
    return treatment_id


def test_what_was_set_stands_on_the_page_with_its_units(app: Flask, laser: Cast, sits: Sits, desk: Any) -> None:
    treatment_id = play(app, desk, lambda: a_started_one(laser))
    answer = fill(sits("reception"), at(treatment_id, "/record"), **shot(laser), eye_protection="y")
    assert answer.status_code == 303, answer.text
    shown = words(sits("reception").get(at(treatment_id)).text)
    for fact in ("1064 nm", "4,5 J/cm²", "Spotgröße", "4 mm", "10 ns", "2 Hz", "240", "12 cm²", "Handstück 4 mm"):
        assert fact in shown, fact
    with app.app_context(), desk():
        site = fresh(treatment_id).sites[0]
        assert (site.wavelength_nm, site.pulses, site.pulse_length, site.temperature_c) == (1064, 240, "10 ns", None)


def test_the_second_session_is_filled_from_the_first_and_says_what_was_changed(
    app: Flask, laser: Cast, sits: Sits, desk: Any
) -> None:
    play(app, desk, lambda: earlier(laser, 35))
    second = play(app, desk, lambda: a_started_one(laser))
    url, field = at(second, "/record"), f"s{laser.lesion_id}_fluence_j_cm2"
    empty = words(sits("reception").get(url).text)
    assert "zuletzt 4,5" in empty
    filled = words(fill(sits("reception"), url, like="last").text)
    assert f'name="{field}"' in filled
    for value in ('value="1064"', 'value="4,5"', 'value="10 ns"', 'value="240"', 'value="Handstück 4 mm"'):
        assert value in filled, value
    changed = words(fill(sits("reception"), url, **shot(laser, fluence_j_cm2="5", pulses="")).text)
    assert "zuletzt 4,5, geändert" in changed
    assert "Bei „Impulse“ fehlt die Zahl" in changed


@pytest.mark.parametrize(
    ("field", "told"),
    [
        (("wavelength_nm", "10"), "Das ist zu wenig. Erlaubt ist mindestens 100."),
        (("wavelength_nm", "532,5"), "Bitte geben Sie eine ganze Zahl ein"),
        (("fluence_j_cm2", "-1"), "Das ist zu wenig"),
        (("pulse_length", "10"), "Bitte mit Einheit: ps, ns, µs oder ms."),
        (("pulse_length", "kurz"), "Bitte mit Einheit"),
        (("repetition_hz", "abc"), "Das ist keine Zahl."),
        (("pulses", "0"), "Das ist zu wenig"),
    ],
)
def test_what_is_typed_wrong_gets_a_sentence_and_stays(
    app: Flask, laser: Cast, sits: Sits, desk: Any, field: tuple[str, str], told: str
) -> None:
    name, typed = field
    treatment_id = play(app, desk, lambda: a_started_one(laser))
    answer = fill(sits("reception"), at(treatment_id, "/record"), **shot(laser, **{name: typed}))
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert f'value="{typed}"' in answer.text


def test_the_limits_of_the_device_name_the_unit(app: Flask, laser: Cast, sits: Sits, desk: Any) -> None:
    treatment_id = play(app, desk, lambda: a_plan(laser))
    answer = fill(sits("reception"), at(treatment_id, "/record"), **shot(laser, fluence_j_cm2="13,5"))
    assert answer.status_code == 422
    assert "Unterarm links: Fluenz 13,5 J/cm² liegt über dem, was das Gerät erlaubt (12 J/cm²)." in words(answer.text)
    started = play(app, desk, lambda: a_started_one(laser))
    asked = fill(sits("reception"), at(started, "/record"), **shot(laser, wavelength_nm="355"))
    assert "Wellenlänge 355 nm liegt außerhalb dessen, was das Gerät erlaubt (532 bis 1064 nm)" in words(asked.text)
    kept = fill(sits("reception"), at(started, "/record"), **shot(laser, wavelength_nm="355"), reason="neues Handstück")
    assert kept.status_code == 303
    assert "Nachtrag oder Besonderheit" in sits("reception").get(at(started)).text


def test_the_second_tattoo_session_after_ten_days_warns_and_a_physician_releases_it(
    app: Flask, laser: Cast, sits: Sits, desk: Any
) -> None:
    play(app, desk, lambda: earlier(laser, 10))
    second = play(app, desk, lambda: a_ready_one(laser))
    possible = today() + dt.timedelta(days=20)
    shown = words(sits("reception").get(at(second)).text)
    assert f"Bei 30 Tagen Abstand ginge es ab {possible:%d.%m.%Y}" in shown
    assert "Ärztlich freigeben" not in shown
    assert sits("reception").get(at(second, "/override/interval")).status_code == 403
    seen = sits("physician").get(at(second)).text
    assert at(second, "/override/interval") in seen
    released = fill(sits("physician"), at(second, "/override/interval"), reason="Haut ist abgeheilt")
    assert released.status_code == 303
    assert "Freigegeben: Abstand zur letzten Sitzung" in sits("reception").get(at(second)).text


def test_after_thirty_days_nothing_is_said(app: Flask, laser: Cast, sits: Sits, desk: Any) -> None:
    play(app, desk, lambda: earlier(laser, 30))
    second = play(app, desk, lambda: a_ready_one(laser))
    assert "ginge es ab" not in words(sits("reception").get(at(second)).text)


def test_the_questions_before_a_laser_session_stay_short(app: Flask, laser: Cast, sits: Sits, desk: Any) -> None:
    treatment_id = play(app, desk, lambda: a_plan(laser))
    page = sits("reception").get(at(treatment_id, "/recheck")).text
    for question in ("gebräunt", "Sonne oder Solarium", "Medikamente", "Schwanger", "Herpes", "verändert"):
        assert question in page
    assert len(form_at(sits("reception"), at(treatment_id, "/recheck"))[1]) <= 9
    answer = fill(
        sits("reception"), at(treatment_id, "/recheck"), recheck_tan="no", recheck_medicines="no",
        recheck_pregnancy="yes", recheck_herpes="no", recheck_changes="no",
    )  # fmt: skip
    assert answer.status_code == 303
    assert "Aus der Abfrage: Schwangerschaft." in words(sits("reception").get(at(treatment_id)).text)
