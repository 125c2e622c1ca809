"""A lesion over HTTP: a tattoo's inks, a correction while nothing rests on it, and taking it out again."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from kostenklar.models.course import Lesion
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.extension import session
from kostenklar.tests.forms_of import fill, form_at
from kostenklar.tests.laser_scene import a_laser_course
from kostenklar.tests.people import Cast
from kostenklar.tests.treatment_scene import a_consent

Sits = Callable[..., Any]
HOME = "/kostenklar"


def acting(cast: Cast) -> Any:
    return acting_as("user:sabine", name="Sabine Krüger", roles=["reception"], practices=[cast.practice_id])


@pytest.fixture
def tattoo(app: Flask, cast: Cast) -> Cast:
    with app.app_context(), acting(cast):
        return a_laser_course(cast)


def lesion(app: Flask, cast: Cast) -> Lesion:
    with app.app_context(), acting(cast):
        return session().get_one(Lesion, cast.lesion_id)


def edit(cast: Cast) -> str:
    return f"{HOME}/lesions/{cast.lesion_id}/edit"


def ticked(html: str, value: str) -> bool:
    """Whether the box of this value is ticked."""
    box = next(tag for tag in re.findall(r"<input[^>]*>", html) if f'value="{value}"' in tag)
    return " checked" in box


def test_a_tattoo_is_entered_with_its_inks(app: Flask, tattoo: Cast, sits: Sits) -> None:
    url = f"{HOME}/courses/{tattoo.course_id}"
    answer = fill(
        sits("reception"), url + "/lesions/new", lesion__kind="tattoo", lesion__site="Knöchel",
        lesion__ink_colours=["black", "red"], lesion__ink_may_darken="y",
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    shown = sits("reception").get(url).text
    assert "schwarz, rot" in shown
    assert "kann nachdunkeln" in shown


def test_inks_without_a_tattoo_are_asked_back_and_stay(tattoo: Cast, sits: Sits) -> None:
    url = f"{HOME}/courses/{tattoo.course_id}/lesions/new"
    answer = fill(sits("reception"), url, lesion__kind="mole", lesion__site="Knie", lesion__ink_colours=["red"])
    assert answer.status_code == 422
    assert "Farben gehören zu einer Tätowierung." in answer.text
    assert ticked(answer.text, "red")
    assert not ticked(answer.text, "blue")
    wrong = fill(sits("reception"), url, lesion__kind="tattoo", lesion__site="Knie", lesion__ink_colours=["pink"])
    assert wrong.status_code == 422
    assert "Diesen Eintrag gibt es hier nicht" in wrong.text


def test_the_form_shows_what_is_there_and_the_inks_can_change_at_any_time(app: Flask, tattoo: Cast, sits: Sits) -> None:
    with app.app_context(), acting(tattoo):
        a_consent(tattoo)
    assert form_at(sits("reception"), edit(tattoo))[1]["lesion-site"] == "Unterarm"
    assert ticked(sits("reception").get(edit(tattoo)).text, "black")
    answer = fill(sits("reception"), edit(tattoo), lesion__ink_colours=["black", "white"], lesion__size_mm="80")
    assert answer.status_code == 303, answer.text
    now = lesion(app, tattoo)
    assert (now.ink_colours, now.size_mm, now.benign_how) == ("black,white", Decimal(80), "Blickdiagnose")
    page = sits("reception").get(f"{HOME}/courses/{tattoo.course_id}").text
    assert "Der Hinweis darauf fehlt auf der Einwilligung" in page


def test_what_a_paper_names_does_not_change(app: Flask, tattoo: Cast, sits: Sits) -> None:
    with app.app_context(), acting(tattoo):
        a_consent(tattoo)
    answer = fill(sits("reception"), edit(tattoo), lesion__site="Oberarm")
    assert answer.status_code == 422
    assert "Diese Stelle steht auf einer Einwilligung" in answer.text
    assert 'value="Oberarm"' in answer.text
    assert fill(sits("reception"), edit(tattoo), remove="1").status_code == 422
    assert lesion(app, tattoo).site == "Unterarm"


def test_another_place_wants_to_be_judged_anew(app: Flask, tattoo: Cast, sits: Sits) -> None:
    assert fill(sits("reception"), edit(tattoo), lesion__site="Oberarm").status_code == 303
    now = lesion(app, tattoo)
    assert (now.site, now.benign_on, now.indication, now.indication_by_id) == ("Oberarm", None, "undecided", None)


def test_a_lesion_on_which_nothing_rests_can_go(app: Flask, tattoo: Cast, sits: Sits) -> None:
    answer = fill(sits("reception"), edit(tattoo), remove="1")
    assert answer.status_code == 303, answer.text
    assert sits("reception").get(edit(tattoo)).status_code == 404
    page = sits("reception").get(f"{HOME}/courses/{tattoo.course_id}").text
    assert "Noch keine Stelle eingetragen." in page


def test_sensitive_skin_and_skin_type_stand_on_the_course(app: Flask, tattoo: Cast, sits: Sits) -> None:
    answer = fill(sits("reception"), f"{HOME}/patients/{tattoo.patient_id}/edit", skin_type="5", skin_sensitive="y")
    assert answer.status_code == 303, answer.text
    page = sits("reception").get(f"{HOME}/courses/{tattoo.course_id}").text
    assert "Hauttyp V, sehr empfindlich" in page
    again = form_at(sits("reception"), f"{HOME}/patients/{tattoo.patient_id}/edit")[1]
    assert "skin_sensitive" in again
