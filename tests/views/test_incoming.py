"""Incoming scans: taken in, recognised when they come twice, and filed by the number that stands on the paper."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from PIL import Image
from sqlalchemy import func, select

from kostenklar.models.blob import Blob
from kostenklar.models.clarification import CaseGrant
from kostenklar.models.consent import Consent, CostNotice
from kostenklar.models.disclosure import IncomingScan
from kostenklar.models.estimate import FeeAgreement
from kostenklar.models.patient import Patient
from kostenklar.plugin import blobs
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.formats import day
from kostenklar.plugin.queries.incoming import letters_of
from kostenklar.plugin.services.consents import ConsentPlan, discard_consent, prepare_consent
from kostenklar.plugin.services.cost_notices import issue_cost_notice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests import grant_scene
from kostenklar.tests.desk_scene import a_case, a_prepared_agreement
from kostenklar.tests.forms_of import form_at
from kostenklar.tests.sheets import PDF, fill
from kostenklar.tests.treatment_scene import COSTS, done

HERE = "/kostenklar/incoming"


def sheet(text=b"one"):
    return PDF.replace(b"<<>>", b"<</T(" + text + b")>>")


def took_in(desk, *contents, **more):
    files = [(io.BytesIO(content), f"brief-{n}.pdf") for n, content in enumerate(contents)]
    to, sent = form_at(desk, f"{HERE}/new")
    return desk.post(to, data=sent | {"files": files} | more)


def a_scan(desk, content=b"one"):
    answer = took_in(desk, sheet(content))
    assert answer.status_code == 303, answer.text
    return answer.location


def scans():
    session().expire_all()
    return list(session().scalars(select(IncomingScan).order_by(IncomingScan.id)))


def a_prepared_consent(cast):
    plan = ConsentPlan(3, today() + dt.timedelta(days=90))
    return done(lambda: prepare_consent(cast.course_id, None, plan, today()))


def said(answer):
    return " ".join(answer.text.split())


def test_one_scan_leads_on_to_its_number_several_to_the_list(desk):
    assert took_in(desk, sheet(b"1")).location.endswith(f"{HERE}/1")
    assert took_in(desk, sheet(b"2"), sheet(b"3")).location.endswith(HERE)
    page = desk.get(HERE).text
    assert page.count("brief-0.pdf") >= 2
    assert "Posteingang: 3 Scans warten" in desk.get("/kostenklar/").text


def test_the_bytes_are_kept_as_they_came_with_day_and_person(cast, as_reception, desk):
    took_in(desk, sheet(), received_on="01.11.2026" if today() > dt.date(2026, 11, 1) else day(today()))
    (scan,) = scans()
    assert blobs.get(scan.blob_id) == (sheet(), "application/pdf")
    assert (scan.state, scan.recorded_by, scan.file_name) == ("waiting", "Sabine Krüger", "brief-0.pdf")


def test_a_picture_is_taken_too(cast, as_reception, desk):
    out = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, "JPEG")
    took_in(desk, out.getvalue())
    assert blobs.get(scans()[0].blob_id)[1] == "image/jpeg"


def test_the_same_file_twice_is_recognised(cast, as_reception, desk):
    a_scan(desk)
    again = took_in(desk, sheet(b"one"))
    assert again.status_code == 422
    assert "ist schon da" in again.text
    mixed = took_in(desk, sheet(b"one"), sheet(b"new"), sheet(b"new"))
    assert mixed.status_code == 303
    assert "ist schon da" in desk.get(mixed.location).text
    assert len(scans()) == 2


def test_our_own_paper_without_a_signature_is_recognised(cast, as_reception, desk):
    consent = a_prepared_consent(cast)
    answer = took_in(desk, blobs.opened(consent.paper.blob))
    assert answer.status_code == 422
    assert "ohne Unterschrift" in answer.text
    assert not scans()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "brief-0.pdf: Die Datei ist leer."),
        (b"GIF89a", "brief-0.pdf: Das ist kein Scan."),
        (b"%PDF-1.4 cut", "brief-0.pdf: Die Datei ist beschädigt."),
    ],
)
def test_what_is_no_scan_names_its_file(desk, content, told):
    answer = took_in(desk, content)
    assert answer.status_code == 422
    assert told in answer.text


def test_no_file_and_a_day_to_come_get_a_sentence_each(desk):
    answer = took_in(desk, received_on=day(today() + dt.timedelta(days=2)))
    assert answer.status_code == 422
    assert "Bitte wählen Sie einen oder mehrere Scans aus." in answer.text
    assert "Zukunft" in answer.text


def test_too_many_files_at_once_get_a_sentence(desk):
    answer = took_in(desk, *[sheet(str(n).encode()) for n in range(31)])
    assert answer.status_code == 422
    assert "mehr als 30 Dateien" in answer.text


def test_a_signed_consent_is_filed_by_its_number(cast, as_reception, desk):
    consent = a_prepared_consent(cast)
    url = a_scan(desk)
    sloppy = consent.paper.number.lower().replace("-", " ")
    page = desk.get(url, query_string={"number": sloppy})
    for word in ("Yılmaz-Hofer, Gisela", "02.09.1957", consent.paper.number):
        assert word in page.text
    answer = fill(
        desk, f"{url}?number={sloppy}", signed_on=day(today()), signers__0__signed="y", signers__0__identity="known"
    )
    assert answer.status_code == 303, answer.text
    (scan,) = scans()
    record = session().get_one(Consent, consent.id)
    assert (record.state, record.scan_id, record.signed_on) == ("signed", scan.blob_id, today())
    assert (scan.state, scan.noun, scan.record_id, scan.patient_id) == ("filed", "consent", consent.id, cast.patient_id)
    assert (
        session().scalar(select(func.count(Blob.id)).where(Blob.sha256 == session().get_one(Blob, scan.blob_id).sha256))
        == 1
    )
    assert "Eingegangener Scan zugeordnet" in desk.get(f"/kostenklar/patients/{cast.patient_id}").text


def test_a_consent_that_nobody_signed_or_signed_too_early_is_not_filed(cast, as_reception, desk):
    consent = a_prepared_consent(cast)
    url = f"{a_scan(desk)}?number={consent.paper.number}"
    answer = fill(desk, url, signed_on=day(today() - dt.timedelta(days=1)))
    assert answer.status_code == 422
    assert "Bitte haken Sie an, wer unterschrieben hat." in answer.text
    assert "wurde erst am" in answer.text
    assert scans()[0].state == "waiting"


def test_a_signed_cost_notice_is_filed(cast, as_reception, desk):
    notice = done(lambda: issue_cost_notice(cast.course_id, None, COSTS, today()))
    answer = fill(desk, f"{a_scan(desk)}?number=ki1", signed_on=day(today()))
    assert answer.status_code == 303, answer.text
    session().expire_all()
    assert session().get_one(CostNotice, notice.id).state == "signed"


@pytest.mark.parametrize(("kind", "prefix"), [("release", "SE"), ("power_of_attorney", "VM")])
def test_a_release_and_a_power_of_attorney_are_filed(cast, as_reception, desk, kind, prefix):
    grant = grant_scene.a_prepared_one(grant_scene.a_case(cast), kind)
    answer = fill(desk, f"{a_scan(desk)}?number={prefix.lower()}.{today().year}.1", signed_on=day(today()))
    assert answer.status_code == 303, answer.text
    session().expire_all()
    record = session().get_one(CaseGrant, grant)
    assert (record.state, record.medium, record.scan_id) == ("signed", "paper", scans()[0].blob_id)


def test_a_fee_agreement_is_filed(cast, as_reception, desk):
    agreement = a_prepared_agreement(cast)
    answer = fill(desk, f"{a_scan(desk)}?number=HV 1", signed_on=day(today()))
    assert answer.status_code == 303, answer.text
    session().expire_all()
    assert session().get_one(FeeAgreement, agreement).state == "signed"


def test_a_letter_goes_to_its_case(cast, as_reception, desk):
    case = a_case(cast, number=f"KK-{today().year}-0003")
    url = f"{a_scan(desk)}?number=KK{today().year}3"
    page = said(desk.get(url))
    assert "Zur Kostenklärung legen" in page
    assert "Yılmaz-Hofer, Gisela" in page
    assert fill(desk, url).status_code == 303
    (letter,) = letters_of(case)
    assert (letter.noun, letter.record_id, letter.filed_by) == ("clarification", case, "Sabine Krüger")
    page = said(desk.get(f"/kostenklar/clarifications/{case}"))
    assert "Eingegangene Briefe" in page
    assert f"/kostenklar/scans/{letter.blob_id}" in page
    assert f"/kostenklar/clarifications/{case}/answer" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("hallo", "Das ist keine Nummer von uns."),
        ("EW-2026-9999", "gibt es hier nichts"),
        ("kk 99", "gibt es hier nichts"),
        ("RE-2026-0001", "kommt nicht unterschrieben zurück"),
        ("PA-9001", "kommt nicht unterschrieben zurück"),
        ("KV-2026-0001", "gibt es hier nichts"),
        ("\x00", "Das ist keine Nummer von uns."),
        ("EW" + "9" * 80, "Das ist keine Nummer von uns."),
    ],
)
def test_a_wrong_number_gets_a_sentence(desk, typed, told):
    page = desk.get(a_scan(desk), query_string={"number": typed})
    assert page.status_code == 200
    assert told in page.text


def test_another_practices_number_belongs_to_nothing(app, cast, sits):
    with app.app_context(), acting_as("t", practices=[cast.practice_id]):
        a_case(cast, number=f"KK-{today().year}-0001")
    stranger = sits("reception", (cast.stranger_id,))
    url = a_scan(stranger)
    assert "gibt es hier nichts" in stranger.get(url, query_string={"number": "kk1"}).text
    assert sits("reception").get(url).status_code == 404


def test_a_restricted_patients_number_belongs_to_nothing(cast, as_reception, desk):
    a_case(cast, number=f"KK-{today().year}-0001")
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).restricted_since = now()
    assert "gibt es hier nichts" in desk.get(a_scan(desk), query_string={"number": "kk1"}).text


def test_a_paper_that_is_signed_already_takes_no_second_scan(cast, as_reception, desk):
    consent = a_prepared_consent(cast)
    first = f"{a_scan(desk)}?number={consent.paper.number}"
    fill(desk, first, signed_on=day(today()), signers__0__signed="y")
    assert "schon unterschrieben in der Akte" in desk.get(f"{a_scan(desk, b'two')}?number={consent.paper.number}").text
    assert "Dieser Scan ist zugeordnet" in desk.get(first).text


def test_a_discarded_paper_is_no_longer_filed(cast, as_reception, desk):
    consent = a_prepared_consent(cast)
    done(lambda: discard_consent(consent.id, None, "falsche Stelle"))
    assert "gilt nicht mehr" in desk.get(f"{a_scan(desk)}?number={consent.paper.number}").text


def test_the_paper_is_discarded_while_the_form_is_open(cast, as_reception, desk):
    consent = a_prepared_consent(cast)
    to, sent = form_at(desk, f"{a_scan(desk)}?number={consent.paper.number}")
    done(lambda: discard_consent(consent.id, None, "falsche Stelle"))
    answer = desk.post(to, data=sent | {"signed_on": day(today()), "signers-0-signed": "y"})
    assert answer.status_code == 422
    assert "gilt nicht mehr" in answer.text
    assert scans()[0].state == "waiting"


def test_a_form_without_a_number_files_nothing(cast, as_reception, desk):
    url = a_scan(desk)
    _, sent = form_at(desk, f"{url}/aside")
    answer = desk.post(url, data=sent)
    assert answer.status_code == 422
    assert "Bitte tippen Sie zuerst die Nummer" in answer.text
    assert scans()[0].state == "waiting"


def test_put_aside_with_a_reason_and_filed_after_all(cast, as_reception, desk):
    url = a_scan(desk)
    assert "Der Grund fehlt." in fill(desk, f"{url}/aside", reason="").text
    assert fill(desk, f"{url}/aside", reason="Werbung").status_code == 303
    assert "Werbung" in desk.get(HERE).text
    assert "Scan wartet" not in desk.get("/kostenklar/").text
    a_case(cast, number=f"KK-{today().year}-0001")
    assert fill(desk, f"{url}?number=kk1").status_code == 303
    assert scans()[0].state == "filed"


def test_two_people_at_one_scan(cast, as_reception, desk):
    a_case(cast, number=f"KK-{today().year}-0001")
    url = a_scan(desk)
    to, sent = form_at(desk, f"{url}?number=kk1")
    fill(desk, f"{url}/aside", reason="Werbung")
    answer = desk.post(to, data=sent)
    assert answer.status_code == 409
    assert "geändert" in answer.text
