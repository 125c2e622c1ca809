"""Consent and cost notice on the screen: filing, withdrawing, handing over, and the downloads."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from kostenklar.models.consent import Consent, CostNotice
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.patient import Patient, Representative
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import insured
from kostenklar.tests.sheets import PDF, fill, scan, typed_into

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
def consent(desk, course) -> str:
    """The address of a prepared consent's page for the signed sheet."""
    return str(fill(desk, f"{course}/consent").location)


@pytest.fixture
def signed(desk, consent: str) -> str:
    """The address under which a signed consent's pages lie."""
    assert fill(desk, consent, signed_on=TODAY, scan=scan(), signers__0__signed="y").status_code == 303
    return consent.removesuffix("/signed")


@pytest.fixture
def notice(desk, course) -> str:
    """The address under which a prepared cost notice's pages lie."""
    return str(fill(desk, f"{course}/cost-notice").location).rsplit("/", 1)[0]


def states(app, record) -> list[str]:
    with app.app_context():
        return list(session().scalars(select(record.state).order_by(record.id)))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"scan": None}, "Die Datei fehlt."),
        ({"scan": b""}, "Die Datei ist leer."),
        (
            {"scan": b"<script>alert(1)</script>"},
            "Das ist kein Scan. Erlaubt sind PDF, JPEG und PNG.",
        ),
        ({"scan": b"%PDF-1.4 cut"}, "Die Datei ist beschädigt."),
        ({"signed_on": ""}, "Das Datum fehlt."),
        ({"signed_on": "01.01.2099"}, "Das Datum liegt in der Zukunft."),
        ({"signed_on": "01.01.2020"}, "Das Blatt wurde erst am"),
        ({"signers__0__signed": None}, "Bitte haken Sie an, wer unterschrieben hat."),
        ({"signers__0__name": ""}, "Der Name fehlt."),
    ],
)
def test_what_is_wrong_with_the_signed_sheet_is_said_beside_its_field(app, desk, consent, values, sentence):
    given = {"signed_on": TODAY, "scan": PDF, "signers__0__signed": "y", **values}
    given["scan"] = scan(given["scan"]) if given["scan"] is not None else None
    answer = fill(desk, consent, **given)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Bitte wählen Sie die Datei noch einmal aus." in answer.text or "scan" in values
    assert states(app, Consent) == ["prepared"]


def test_a_minor_needs_both_guardians_on_the_sheet(app, cast, desk, course):
    with app.app_context(), unit_of_work():
        session().get_one(Patient, cast.patient_id).birth_date = today() - dt.timedelta(days=15 * 365)
        session().add(
            Representative(practice_id=cast.practice_id, patient_id=cast.patient_id, name="Ayla Hofer", kind="parent")
        )
    page = fill(desk, f"{course}/consent").location
    assert 'value="Ayla Hofer"' in desk.get(page).text
    one = {"signed_on": TODAY, "scan": scan(), "signers__0__signed": "y", "signers__1__signed": "y"}
    answer = fill(desk, page, **one)
    assert answer.status_code == 422
    assert "unterschrieben hat nur eine sorgeberechtigte Person" in answer.text
    both = one | {"scan": scan(), "signers__2__signed": "y", "signers__2__name": "Bernd Hofer"}
    assert fill(desk, page, **both).status_code == 303


def test_a_consent_that_waits_is_offered_instead_of_a_second_one(desk, course, consent):
    page = desk.get(f"{course}/consent").text
    assert "wartet auf die Unterschrift" in page
    assert consent in page


def test_discarding_asks_once_for_the_reason(app, desk, consent):
    url = consent.replace("/signed", "/discard")
    assert "Der Grund fehlt." in fill(desk, url).text
    assert fill(desk, url, reason="falsche Stelle").status_code == 303
    assert states(app, Consent) == ["void"]


def test_a_withdrawal_is_entered_and_the_gate_holds_back(app, desk, signed, course):
    answer = fill(desk, f"{signed}/withdrawal", how="telephone", note="möchte warten")
    assert answer.status_code == 303
    assert states(app, Consent) == ["withdrawn"]
    page = desk.get(course).text
    assert "am Telefon: möchte warten" in page
    assert "Die Einwilligung wurde am" in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"on": "01.01.2099"}, "Das Datum liegt in der Zukunft."),
        ({"on": "01.01.2020"}, "Der Widerruf kann nicht davor liegen."),
        ({"time": "halb drei"}, "Das ist keine Uhrzeit."),
        ({"received_by": ""}, "„Entgegengenommen von“ fehlt noch."),
    ],
)
def test_a_withdrawal_says_what_is_wrong(app, desk, signed, values, sentence):
    answer = fill(desk, f"{signed}/withdrawal", **values)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert states(app, Consent) == ["signed"]


def test_only_what_is_signed_can_be_withdrawn_and_only_what_waits_discarded(desk, consent):
    withdrawal, discard = consent.replace("/signed", "/withdrawal"), consent.replace("/signed", "/discard")
    assert "Widerrufen wird nur, was unterschrieben ist." in desk.get(withdrawal).text
    fill(desk, consent, signed_on=TODAY, scan=scan(), signers__0__signed="y")
    assert "Verworfen wird nur, was noch nicht unterschrieben ist." in desk.get(discard).text
    assert "wartet nicht mehr auf eine Unterschrift" in desk.get(consent).text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"factors__0__highest": "abc"}, "Das ist keine Zahl."),
        ({"factors__0__highest": "-1"}, "Der Faktor ist größer als null. Zum Beispiel 2,3."),
        ({"factors__0__highest": "1.234,56"}, "Bitte schreiben Sie die Zahl mit Komma, zum Beispiel 2,3."),
        ({"factors__0__highest": "1000"}, "Das ist zu viel."),
        ({"factors__0__lowest": "3"}, "Der höchste Faktor liegt unter dem niedrigsten."),
        ({"factors__0__lowest": "0,5"}, "liegt außerhalb von 1,0 bis 3,5"),
        ({"sessions_min": "5"}, "Das sind weniger Sitzungen als bei „mindestens“."),
        ({"sessions_max": ""}, "fehlt die Zahl"),
    ],
)
def test_a_cost_notice_says_what_is_wrong_and_draws_no_number(app, desk, course, values, sentence):
    answer = fill(desk, f"{course}/cost-notice", factors__0__reason="viele Stellen", **values)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "viele Stellen" in answer.text
    assert states(app, CostNotice) == []


def test_a_self_payer_gets_the_paper_in_hand_and_need_not_sign(app, cast, desk, course):
    with app.app_context():
        insured(cast, "self_payer")
    issued = fill(desk, f"{course}/cost-notice")
    assert issued.location.endswith("/handed")
    assert fill(desk, issued.location).status_code == 303
    assert states(app, CostNotice) == ["handed"]
    assert "Die Kosten der Behandlung trägt die Patientin oder der Patient selbst." in desk.get(course).text


def test_mail_needs_an_address_and_the_patients_yes(app, desk, notice):
    answer = fill(desk, f"{notice}/handed", how="email")
    assert answer.status_code == 422
    assert "Für E-Mail fehlt die Adresse oder die Zustimmung" in answer.text
    assert states(app, CostNotice) == ["prepared"]


def test_a_signature_before_the_handing_over_is_asked_back(app, desk, notice):
    fill(desk, f"{notice}/handed")
    answer = fill(desk, f"{notice}/signed", signed_on="01.01.2020", scan=scan())
    assert answer.status_code == 422
    assert "Das Blatt wurde erst am" in answer.text


def test_a_second_person_files_the_same_sheet(app, desk, notice):
    old = desk.get(f"{notice}/signed").text
    assert fill(desk, f"{notice}/handed").status_code == 303
    late = desk.post(f"{notice}/signed", data=typed_into(old, signed_on=TODAY, scan=scan()))
    assert late.status_code == 409
    assert f'value="{TODAY}"' in late.text
    again = typed_into(late.text, scan=scan())
    assert desk.post(f"{notice}/signed", data=again).status_code == 303
    assert states(app, CostNotice) == ["signed"]


def test_a_discarded_cost_notice_keeps_its_paper(app, desk, notice):
    assert fill(desk, f"{notice}/discard", reason="falscher Faktor").status_code == 303
    assert states(app, CostNotice) == ["void"]
    with app.app_context():
        paper_id = session().scalar(select(IssuedPaper.id))
    assert desk.get(f"/kostenklar/papers/{paper_id}.pdf").status_code == 200


def test_the_desk_without_a_role_reaches_no_paper(app, sits, desk, signed):
    with app.app_context():
        paper_id, scan_id = session().execute(select(Consent.paper_id, Consent.scan_id)).one()
    for url in (f"/kostenklar/papers/{paper_id}.pdf", f"/kostenklar/scans/{scan_id}", f"{signed}/withdrawal"):
        assert sits("admin").get(url).status_code == 403


def test_a_paper_is_shown_by_the_browser_and_kept_nowhere(app, desk, consent):
    with app.app_context():
        paper = session().scalars(select(IssuedPaper)).one()
        paper_id, number = paper.id, paper.number
    first, again = (desk.get(f"/kostenklar/papers/{paper_id}.pdf") for _ in range(2))
    assert first.data.startswith(b"%PDF")
    assert first.data == again.data
    assert first.headers["Content-Type"] == "application/pdf"
    assert first.headers["Content-Disposition"] == f'inline; filename="{number}.pdf"'
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    assert first.headers["Cache-Control"] == "no-store"
    assert "script-src" not in first.headers["Content-Security-Policy"]
    assert "object-src 'self'" in first.headers["Content-Security-Policy"]


def test_a_scan_comes_back_as_it_was_filed(app, desk, signed):
    with app.app_context():
        scan_id = session().scalar(select(Consent.scan_id))
    answer = desk.get(f"/kostenklar/scans/{scan_id}")
    assert answer.data == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline;")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_paper_of_another_practice_is_not_there(app, cast, sits, desk, signed):
    with app.app_context():
        paper_id, scan_id = session().execute(select(Consent.paper_id, Consent.scan_id)).one()
    stranger = sits("reception", (cast.stranger_id,))
    assert stranger.get(f"/kostenklar/papers/{paper_id}.pdf").status_code == 404
    assert stranger.get(f"/kostenklar/scans/{scan_id}").status_code == 404
