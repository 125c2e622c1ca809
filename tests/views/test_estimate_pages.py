"""The estimate on the screen: planned line by line, shown with its sums, handed over."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from kostenklar.models.clarification import Clarification
from kostenklar.models.course import Lesion
from kostenklar.models.estimate import Estimate
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.estimate_scene import with_chain
from kostenklar.tests.invoice_scene import insured
from kostenklar.tests.sheets import fill, typed_into


@pytest.fixture
def desk(sits):
    client = sits("reception")
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    return client


@pytest.fixture
def course(cast) -> str:
    return f"/kostenklar/courses/{cast.course_id}"


@pytest.fixture
def estimate(desk, course) -> str:
    """The address of an issued estimate's page."""
    answer = fill(desk, f"{course}/estimate")
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def read(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.text.replace("\u00a0", " ").split())


def states(app) -> list[str]:
    with app.app_context():
        return list(session().scalars(select(Estimate.state).order_by(Estimate.id)))


def test_the_form_begins_with_the_chain_and_leads_to_the_estimates_page(app, desk, course, estimate):
    page = read(desk, estimate)
    for phrase in (
        f"Kostenvoranschlag KV-{today().year}-0001",
        "Kryotherapie der Haut, je Sitzung",
        "auf Verlangen erbracht, § 1 Abs. 2 S. 2 GOÄ",
        "9,52 €",
        "1,81 €",
        "11,33 € bis 33,99 €",
        "Zu zahlen ist immer die ganze Rechnung",
        "In der Regel keine Leistung der gesetzlichen Krankenversicherung.",
        "Noch keine Kostenklärung stützt sich auf diesen Kostenvoranschlag.",
    ):
        assert phrase in page, phrase
    until = today() + dt.timedelta(days=90)
    assert f"{until:%d.%m.%Y}" in page
    assert "KV-" in read(desk, course)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"lines__0__factor": ""}, "Der Faktor fehlt."),
        ({"lines__0__factor": "zwei"}, "2,3"),
        ({"lines__0__factor": "0,5"}, "liegt außerhalb von 1,0 bis 3,5"),
        ({"lines__0__factor": "3"}, "Dafür gehört eine kurze Begründung auf den Kostenvoranschlag"),
        ({"sessions_min": "5"}, "Das sind weniger Sitzungen als bei „mindestens“."),
        ({"sessions_max": "0"}, "1"),
        ({"valid_until": "01.01.2020"}, "Ein Kostenvoranschlag gilt mindestens bis heute."),
        ({"valid_until": "31.02.2027"}, "Datum"),
        ({"language": "fr"}, "Diesen Eintrag gibt es hier nicht."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(app, desk, course, values, sentence):
    answer = fill(desk, f"{course}/estimate", **{"lines__0__reason": "", "sessions_max": "3", **values})
    assert answer.status_code == 422
    assert sentence in answer.text.replace("\u00a0", " ")
    (name, typed), *_ = values.items()
    if name not in ("language", "valid_until"):
        assert f'value="{typed}"' in answer.text
    assert states(app) == []


def test_a_factor_above_3_5_is_announced_and_asks_for_the_agreement(desk, course):
    url = str(fill(desk, f"{course}/estimate", lines__0__factor="4,5").location)
    assert "nur mit Honorarvereinbarung vor der Behandlung" in read(desk, url)
    page = read(desk, course)
    assert "Für Nr. 740 ist ein Faktor über 3,5 angekündigt." in page
    assert "Honorarvereinbarung vorbereiten" in page


def test_what_was_typed_is_looked_at_on_the_issued_estimate_too(desk, course):
    """The same engine as on the invoice: a crooked factor is named before the session, not after it."""
    crooked = str(fill(desk, f"{course}/estimate", lines__0__factor="2,2734").location)
    assert "Der Faktor 2,2734 hat mehr als eine Nachkommastelle" in read(desk, crooked)
    straight = str(fill(desk, f"{course}/estimate", lines__0__factor="2,2").location)
    assert "Nachkommastelle" not in read(desk, straight)


def test_without_a_site_the_way_out_is_shown(app, cast, desk, course):
    with app.app_context(), unit_of_work():
        session().delete(session().get_one(Lesion, cast.lesion_id))
    page = read(desk, f"{course}/estimate")
    assert "Der Kostenvoranschlag nennt jede Stelle." in page
    assert "Stelle eintragen" in page


def test_an_undecided_indication_is_told_before_and_a_changed_one_after(app, cast, desk, course, estimate):
    with app.app_context(), unit_of_work():
        session().get_one(Lesion, cast.lesion_id).indication = "undecided"
    assert "rechnet vorsichtig mit Umsatzsteuer" in read(desk, f"{course}/estimate")
    assert "Die Indikation hat sich geändert." in read(desk, estimate)


def test_a_private_patient_without_diagnosis_is_told(app, cast, desk, course):
    with app.app_context():
        insured(cast, "pkv_full")
    assert "Die Diagnose ist noch nicht eingetragen." in read(desk, f"{course}/estimate")


def test_the_area_decides_the_laser_number_and_is_asked_for_lasers_only(app, cast, desk, course):
    assert 'name="area_cm2"' not in read(desk, f"{course}/estimate")
    with app.app_context():
        with_chain(cast, "pigment_laser")
    assert "Bis 7 cm² Nr. 2440" in read(desk, f"{course}/estimate")
    page = read(desk, str(fill(desk, f"{course}/estimate", area_cm2="8,5").location))
    assert "entsprechend Nr. 2885 GOÄ" in page


def test_the_next_form_begins_with_the_last_estimate(desk, course):
    fill(desk, f"{course}/estimate", lines__0__factor="3", lines__0__reason="viele kleine Herde")
    page = desk.get(f"{course}/estimate").text
    assert 'value="3,0"' in page or 'value="3"' in page
    assert "viele kleine Herde" in page


def test_the_handing_over_is_entered_once(app, desk, estimate):
    answer = fill(desk, f"{estimate}/handed")
    assert answer.status_code == 303
    assert states(app) == ["handed"]
    assert "auf Papier" in read(desk, estimate)
    assert "Die Übergabe ist schon eingetragen" in read(desk, f"{estimate}/handed")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"on": "01.01.2099"}, "Das Datum liegt in der Zukunft."),
        ({"on": "01.01.2020"}, "Das Blatt wurde erst am"),
        ({"how": "email"}, "Für E-Mail fehlt die Adresse oder die Zustimmung"),
    ],
)
def test_a_wrong_handing_over_is_told(app, desk, estimate, values, sentence):
    answer = fill(desk, f"{estimate}/handed", **values)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert states(app) == ["issued"]


def test_the_same_form_twice_makes_one_estimate(app, desk, course):
    url = f"{course}/estimate"
    page = desk.get(url).text
    sent = typed_into(page)
    first, second = desk.post(url, data=sent), desk.post(url, data=sent)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert states(app) == ["issued"]


def test_two_people_at_one_course_are_told(app, cast, desk, course):
    sent = typed_into(desk.get(f"{course}/estimate").text)
    fill(desk, f"{course}/edit", title="Anders")
    answer = desk.post(f"{course}/estimate", data=sent)
    assert answer.status_code == 409
    assert "hat diese Seite um" in answer.text
    assert states(app) == []


def test_a_flagged_an_expired_and_a_replaced_estimate_say_so(app, cast, desk, course, estimate):
    with app.app_context(), unit_of_work():
        session().get_one(Estimate, 1).flag = "consent_withdrawn"
    assert "Die Einwilligung wurde widerrufen." in read(desk, estimate)
    assert "Die Einwilligung wurde widerrufen." in read(desk, course)
    fill(desk, f"{course}/estimate")
    assert states(app) == ["replaced", "issued"]
    assert "Es gibt einen neueren Kostenvoranschlag." in read(desk, estimate)


def test_after_its_last_day_the_page_says_expired(desk, course, time_machine):
    url = str(fill(desk, f"{course}/estimate", valid_until=f"{today():%d.%m.%Y}").location)
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(days=3), tick=False)
    page = read(desk, url)
    assert "abgelaufen" in page
    assert "Neuen Kostenvoranschlag ausstellen" in page


def test_a_clarification_that_rests_on_it_is_named(app, cast, desk, estimate):
    with app.app_context(), unit_of_work():
        session().add(
            Clarification(
                practice_id=cast.practice_id, patient_id=cast.patient_id, course_id=cast.course_id,
                number="KK-2026-0007", payer_role="pkv", state="draft", estimate_id=1,
            )
        )  # fmt: skip
    assert "KK-2026-0007" in read(desk, estimate)


def test_the_totals_of_2000_00_and_2000_01_stand_on_the_page(app, cast, desk, course):
    with app.app_context(), unit_of_work():
        session().get_one(Lesion, cast.lesion_id).indication = "medical"
    for factor, shown in (("483,2788", "2.000,00 €"), ("483,2812", "2.000,01 €")):
        answer = fill(desk, f"{course}/estimate", sessions_min="1", sessions_max="1", lines__0__factor=factor)
        assert shown in read(desk, str(answer.location))
    with app.app_context():
        totals = list(session().scalars(select(Estimate.gross_max).order_by(Estimate.id)))
    assert totals == [Decimal("2000.00"), Decimal("2000.01")]


def test_the_page_speaks_english_too(sits, course):
    client = sits("reception")
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = read(client, f"{course}/estimate")
    assert "Issue an estimate" in page
    assert "Kostenvoranschlag" not in page
