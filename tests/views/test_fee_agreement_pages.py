"""The § 2 GOÄ agreement on the screen: after the talk, printed twice, signed in ink, filed as a scan."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from kostenklar.models.estimate import FeeAgreement
from kostenklar.models.patient import Patient
from kostenklar.models.practice import Physician
from kostenklar.models.treatment import Treatment
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.estimate_scene import with_chain
from kostenklar.tests.invoice_scene import a_session
from kostenklar.tests.sheets import fill, scan, typed_into

TODAY = f"{today():%d.%m.%Y}"


@pytest.fixture
def desk(sits):
    client = sits("reception")
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    return client


@pytest.fixture
def course(cast) -> str:
    return f"/kostenklar/courses/{cast.course_id}"


@pytest.fixture
def paper(desk, course) -> str:
    """The address of a printed agreement's page for the signed sheet."""
    answer = fill(desk, f"{course}/fee-agreement", lines__0__factor="4,2")
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def read(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.text.replace("\u00a0", " ").split())


def states(app) -> list[str]:
    with app.app_context():
        return list(session().scalars(select(FeeAgreement.state).order_by(FeeAgreement.id)))


def test_the_form_offers_the_patient_the_physicians_and_the_chain(desk, course):
    page = read(desk, f"{course}/fee-agreement")
    assert 'value="Gisela Yılmaz-Hofer"' in page
    assert "Dr. med. Henrike Seidel" in page
    assert "Kryotherapie der Haut" in page
    assert "unterschrieben wird mit Tinte (§ 2 Abs. 2 GOÄ)" in page


def test_the_estimates_high_factor_is_offered(desk, course):
    fill(desk, f"{course}/estimate", lines__0__factor="4,5")
    assert 'value="4,5"' in desk.get(f"{course}/fee-agreement").text


def test_it_is_printed_twice_signed_and_filed(app, desk, course, paper):
    page = read(desk, paper)
    assert "Zweimal drucken und mit Tinte unterschreiben" in page
    assert "Ein Blatt bekommt Gisela Yılmaz-Hofer" in page
    assert "Tablet" not in page.split("<main")[-1]
    assert fill(desk, paper, signed_on=TODAY, scan=scan()).status_code == 303
    assert states(app) == ["signed"]
    shown = read(desk, course)
    assert "Nr. 740 mit Faktor 4,2, netto 17,38 €" in shown
    assert "Unterschriebene Honorarvereinbarung abgelegt" in shown
    assert "Dieses Blatt wartet nicht mehr auf eine Unterschrift." in read(desk, paper)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"lines__0__factor": ""}, "Es ist noch kein Faktor eingetragen."),
        ({"lines__0__factor": "viel"}, "4,2"),
        ({"lines__0__factor": "0"}, "Der Faktor ist größer als null."),
        ({"payer_name": ""}, "Der Name fehlt."),
        ({"talked_on": "01.01.2099"}, "Das Datum liegt in der Zukunft."),
        ({"talked_on": ""}, "Das Datum fehlt."),
        ({"physician_id": "999"}, "Diesen Eintrag gibt es hier nicht."),
        ({"payer_name": "Gisela \U0001f600"}, "Diese Zeichen fehlen in der Schrift der Dokumente"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(app, desk, course, values, sentence):
    answer = fill(desk, f"{course}/fee-agreement", **{"lines__0__factor": "4,2", **values})
    assert answer.status_code == 422
    if sentence != "4,2":
        assert sentence in answer.text
    assert states(app) == []


def test_a_position_that_par_2_3_goae_excludes_is_refused_at_its_field(app, cast, desk, course):
    with app.app_context():
        with_chain(cast, "cryopeeling", ("740", ""), ("560", ""))
    answer = fill(desk, f"{course}/fee-agreement", lines__0__factor="4,2", lines__1__factor="3")
    assert answer.status_code == 422
    assert "Für Nr. 560 ist keine Honorarvereinbarung möglich" in answer.text
    assert 'href="#lines-1-factor"' in answer.text


def test_a_minor_does_not_agree(app, cast, desk, course):
    with app.app_context(), unit_of_work():
        session().get_one(Patient, cast.patient_id).birth_date = today() - dt.timedelta(days=15 * 365)
    answer = fill(desk, f"{course}/fee-agreement", lines__0__factor="4,2", payer_name="Gisela Yılmaz-Hofer")
    assert "Bitte nennen Sie die Sorgeberechtigten" in answer.text


def test_a_practice_without_a_physician_is_told(app, desk, course):
    with app.app_context(), unit_of_work():
        for physician in session().scalars(select(Physician)):
            session().delete(physician)
    assert "ist keine Ärztin und kein Arzt eingetragen" in read(desk, f"{course}/fee-agreement")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"scan": None}, "Die Datei fehlt."),
        ({"scan": scan(b"no scan")}, "Das ist kein Scan."),
        ({"signed_on": "01.01.2020"}, "Das Blatt wurde erst am"),
        ({"signed_on": "01.01.2099"}, "Das Datum liegt in der Zukunft."),
        ({"signed_on": ""}, "Das Datum fehlt."),
    ],
)
def test_what_is_wrong_with_the_signed_sheet_is_said(app, desk, paper, values, sentence):
    answer = fill(desk, paper, **{"signed_on": TODAY, "scan": scan(), **values})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert states(app) == ["prepared"]


def test_signing_after_a_session_is_possible_and_says_for_what_it_does_not_count(app, cast, desk, paper):
    with app.app_context():
        treatment_id = a_session(cast)
        with unit_of_work():
            session().get_one(Treatment, treatment_id).started_at = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    answer = fill(desk, paper, signed_on=TODAY, scan=scan())
    assert answer.status_code == 303
    assert f"Für Sitzungen vor dem {TODAY} gilt sie nicht" in read(desk, str(answer.location))


def test_discarding_asks_once_for_the_reason(app, desk, paper):
    url = paper.replace("/signed", "/discard")
    assert "Der Grund fehlt." in fill(desk, url).text
    assert fill(desk, url, reason="anderer Faktor").status_code == 303
    assert states(app) == ["void"]
    assert "Verworfen wird nur, was noch nicht unterschrieben ist." in read(desk, url)


def test_signing_what_somebody_discarded_meanwhile_is_told(app, desk, paper):
    sent = typed_into(desk.get(paper).text, signed_on=TODAY, scan=scan())
    fill(desk, paper.replace("/signed", "/discard"), reason="anderer Faktor")
    answer = desk.post(paper, data=sent)
    assert answer.status_code == 409
    assert states(app) == ["void"]


def test_the_page_speaks_english_too(sits, course):
    client = sits("reception")
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = read(client, f"{course}/fee-agreement")
    assert "Prepare a fee agreement" in page
    assert "Honorarvereinbarung" not in page
