"""Releases and powers of attorney on the screen: prepared, filed, taken back, put aside, and bad input."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from kostenklar.models.clarification import CaseGrant, Clarification
from kostenklar.models.patient import Insurer
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.grant_scene import HOLDER, a_case
from kostenklar.tests.sheets import fill, scan, typed_into

TODAY = f"{today():%d.%m.%Y}"


@pytest.fixture
def desk(sits):
    client = sits("reception")
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    return client


@pytest.fixture
def case(app, cast):
    """Makes a case and says its id."""

    def make(**changes) -> int:
        with app.app_context(), acting_as("t", practices=[cast.practice_id]):
            return a_case(cast, **changes)

    return make


def sheet(case_id: int, kind: str = "release") -> str:
    return f"/kostenklar/clarifications/{case_id}/grants/{kind}"


def states(app) -> list[str]:
    with app.app_context():
        return list(session().scalars(select(CaseGrant.state).order_by(CaseGrant.id)))


def prepared(desk, case_id: int, kind: str = "release") -> str:
    """The address of the page that files the signed sheet."""
    answer = fill(desk, sheet(case_id, kind))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_a_release_goes_from_the_case_to_the_signed_sheet(app, desk, case):
    case_id = case()
    page = desk.get(sheet(case_id)).text
    assert "Es unterschreibt: Gisela Yılmaz-Hofer." in page
    assert "Klärung der Kostenübernahme vor der Behandlung (Fall KK-2026-0001)" in page
    to = prepared(desk, case_id)
    assert "Gezeigt werden darf: Kostenvoranschlag und Kostenanfrage, Diagnose" in desk.get(to).text
    answer = fill(desk, to, signed_on=TODAY, scan=scan(), complete="y")
    assert answer.status_code == 303, answer.text
    assert states(app) == ["signed"]
    shown = desk.get(answer.location).text
    assert "liegt unterschrieben in der Akte" in shown
    assert "unterschrieben am " in shown
    assert "von Gisela Yılmaz-Hofer" in shown
    assert "Widerruf eintragen" in shown


def test_photographs_only_if_ticked(app, desk, case):
    case_id = case()
    assert fill(desk, sheet(case_id), photos="y", estimate=None).status_code == 303
    with app.app_context():
        there = session().scalars(select(CaseGrant)).one()
        assert (there.photos, there.documents) == (True, "diagnosis\nfindings\ntreatment_plan")


def test_the_power_of_attorney_names_the_policyholder_who_signs(desk, case):
    page = desk.get(sheet(case(**HOLDER), "power_of_attorney")).text
    assert "Es unterschreibt die Versicherungsnehmerin oder der Versicherungsnehmer: Hakan Yılmaz." in page


def test_an_insurer_with_its_own_form_is_told_and_that_form_can_be_filed(app, desk, case):
    case_id = case(own_form=True)
    assert "Dieser Versicherer verlangt sein eigenes Formular." in desk.get(sheet(case_id)).text
    to = prepared(desk, case_id)
    old = f"{today() - dt.timedelta(days=4):%d.%m.%Y}"
    wrong = fill(desk, to, signed_on=old, scan=scan(), complete="y")
    assert "Das Blatt wurde erst am" in wrong.text
    assert fill(desk, to, signed_on=old, scan=scan(), complete="y", own_form="y").status_code == 303
    assert states(app) == ["signed"]


def test_the_beihilfe_knows_no_statutory_clock(desk, case):
    assert "gilt für private Versicherer, nicht für die Beihilfe" in desk.get(
        sheet(case(kind="beihilfe"), "power_of_attorney")
    ).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"purpose": ""}, "Der Zweck fehlt."),
        ({"valid_until": "01.01.2020"}, "Dieser Tag ist vorbei."),
        ({"valid_until": "bald"}, "kein Datum"),
        ({"purpose": "Klärung \u202e"}, "Steuerzeichen"),
        ({"version": "99"}, "hat diese Seite"),
    ],
)
def test_what_is_wrong_with_the_plan_is_said_and_nothing_typed_is_lost(app, desk, case, values, sentence):
    answer = fill(desk, sheet(case()), **{"language": "en", "history": "y", **values})
    assert answer.status_code in (409, 422)
    assert sentence in answer.text
    assert 'name="history" type="checkbox" value="y"' in answer.text.replace(" checked", "")
    assert '<option selected value="en">' in answer.text
    assert states(app) == []


def test_a_release_of_everything_or_nothing_does_not_exist(app, desk, case):
    answer = fill(desk, sheet(case()), estimate=None, diagnosis=None, findings=None, treatment_plan=None, photos="y")
    assert answer.status_code == 422
    assert "Bitte haken Sie an, was gezeigt werden darf." in answer.text
    assert states(app) == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"scan": None}, "Die Datei fehlt."),
        ({"scan": b"MZ nothing"}, "Das ist kein Scan."),
        ({"signed_on": ""}, "Das Datum fehlt."),
        ({"signed_on": "01.01.2099"}, "Das Datum liegt in der Zukunft."),
        ({"signed_on": "01.01.2020"}, "Das Blatt wurde erst am"),
        ({"complete": None}, "Bitte prüfen Sie, ob alle unterschrieben haben"),
        ({"signer_name": ""}, "fehlt"),
    ],
)
def test_what_is_wrong_with_the_signed_sheet_is_said_beside_its_field(app, desk, case, values, sentence):
    to = prepared(desk, case())
    given = {"signed_on": TODAY, "scan": b"", "complete": "y", **values}
    given["scan"] = None if given["scan"] is None else scan(given["scan"]) if given["scan"] else scan()
    answer = fill(desk, to, **given)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert states(app) == ["prepared"]


def test_a_sheet_that_waits_is_offered_instead_of_a_second_one(desk, case):
    case_id = case()
    to = prepared(desk, case_id)
    page = desk.get(sheet(case_id)).text
    assert "wartet auf die Unterschrift" in page
    assert to in page


def test_a_sheet_for_another_insurer_is_shown_as_such_and_not_filed(app, cast, desk, case):
    case_id = case()
    to = prepared(desk, case_id)
    with app.app_context(), acting_as("t", practices=[cast.practice_id]), unit_of_work():
        other = Insurer(practice_id=cast.practice_id, name="Nordlicht", kind="pkv")
        session().add(other)
        session().flush()
        session().get_one(Clarification, case_id).insurer_id = other.id
    assert "nennt einen anderen Versicherer als der Fall" in desk.get(to).text
    answer = fill(desk, to, signed_on=TODAY, scan=scan(), complete="y")
    assert answer.status_code == 422
    assert states(app) == ["prepared"]


def test_signing_twice_says_that_the_step_is_over(app, desk, case):
    to = prepared(desk, case())
    page = desk.get(to).text
    assert fill(desk, to, signed_on=TODAY, scan=scan(), complete="y").status_code == 303
    late = typed_into(page, signed_on=TODAY, scan=scan(), complete="y", once="another", version=None)
    answer = desk.post(to, data=late)
    assert answer.status_code == 422
    assert "Dieses Blatt wartet nicht mehr auf eine Unterschrift." in answer.text
    assert states(app) == ["signed"]


def test_a_revocation_is_entered_and_the_case_goes_back_to_the_patient(app, desk, case):
    case_id = case(state="ready")
    to = prepared(desk, case_id)
    fill(desk, to, signed_on=TODAY, scan=scan(), complete="y")
    url = to.replace("/signed", "/revoked")
    assert "liegt in der Zukunft" in fill(desk, url, on="01.01.2099").text
    answer = fill(desk, url, how="telephone", note="möchte selbst einreichen")
    assert answer.status_code == 303
    assert states(app) == ["revoked"]
    with app.app_context():
        assert session().get_one(Clarification, case_id).state == "with_patient"
        assert session().scalars(select(CaseGrant.revoked_how)).one() == "am Telefon: möchte selbst einreichen"


def test_putting_aside_asks_once_for_the_reason(app, desk, case):
    url = prepared(desk, case()).replace("/signed", "/discard")
    assert "Der Grund fehlt." in fill(desk, url).text
    assert fill(desk, url, reason="falscher Zweck").status_code == 303
    assert states(app) == ["void"]


def test_what_is_over_cannot_be_taken_back_or_put_aside_again(desk, case):
    to = prepared(desk, case())
    assert "Widerrufen wird nur, was unterschrieben ist." in desk.get(to.replace("/signed", "/revoked")).text
    fill(desk, to, signed_on=TODAY, scan=scan(), complete="y")
    assert "Verworfen wird nur" in desk.get(to.replace("/signed", "/discard")).text


def test_there_are_no_other_kinds(desk, case):
    assert desk.get(sheet(case(), "everything")).status_code == 404
