"""Today's page: what is late, what is due, what waits, each with one way on."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from sqlalchemy import insert, text

from kostenklar.models.course import Lesion
from kostenklar.models.invoice import Invoice
from kostenklar.models.patient import Patient
from kostenklar.models.treatment import Treatment
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.statements import watched
from kostenklar.tests.treatment_scene import a_consent, a_plan, a_talk, all_papers, an_agreement

HERE = "/kostenklar/"
DAY = dt.timedelta(days=1)


def group(page, title):
    """The words of one group, "" where it is not there."""
    found = re.search(rf"<h2 [^>]*>{title}</h2>.*?</section>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def test_an_empty_day_says_that_all_is_done(desk):
    page = desk.get(HERE).text
    assert "Für heute ist alles erledigt." in page
    assert "Für morgen ist noch keine Sitzung geplant." in page


def test_an_empty_day_looks_ahead(cast, as_reception, desk):
    all_papers(cast)
    a_plan(cast, today() + DAY)
    page = desk.get(HERE).text
    assert "Für heute ist alles erledigt." in page
    assert "Morgen steht 1 Sitzung an." in page


@pytest.mark.parametrize(
    ("there", "told", "button"),
    [
        ((), "Aufklärungsgespräch fehlt", "Gespräch eintragen"),
        ((a_talk,), "Einwilligung fehlt", "Einwilligung vorbereiten"),
        ((a_talk, a_consent), "Kosteninformation fehlt", "Kosteninformation ausstellen"),
        ((a_talk, a_consent, an_agreement), "Die Unterlagen sind vollständig", "Sitzung öffnen"),
    ],
)
def test_a_session_of_today_names_the_first_thing_it_lacks(cast, as_reception, desk, there, told, button):
    for paper in there:
        paper(cast)
    a_plan(cast)
    words = group(desk.get(HERE).text, "Für heute")
    for word in ("Yılmaz-Hofer, Gisela", "02.09.1957", "Cryopeeling, Sitzung 1 von 3", told, button):
        assert word in words
    assert ("Blockiert" in words) is (len(there) < 3)


def test_an_unconfirmed_mole_comes_before_every_paper(app, cast, as_reception, desk):
    with unit_of_work():
        session().get_one(Lesion, cast.lesion_id).benign_on = None
    a_plan(cast)
    assert "Gutartigkeit noch nicht ärztlich bestätigt" in group(desk.get(HERE).text, "Für heute")


def test_a_coming_session_shows_only_while_something_is_missing(cast, as_reception, desk):
    a_plan(cast, today() + DAY)
    assert "Aufklärungsgespräch fehlt" in group(desk.get(HERE).text, "Demnächst")
    all_papers(cast)
    assert group(desk.get(HERE).text, "Demnächst") == ""


def test_a_session_that_nobody_documented_is_late(cast, as_reception, desk):
    a_plan(cast, today() - 3 * DAY)
    words = group(desk.get(HERE).text, "Überfällig")
    assert "ist noch offen" in words
    assert "seit 3 Tagen" in words


def test_an_unpaid_invoice_is_late_from_the_day_after(app, cast, as_reception, desk):
    with unit_of_work():
        for number, due in (("RE-1", today() - 9 * DAY), ("RE-2", today())):
            issued_invoice(cast, number, due)
    words = group(desk.get(HERE).text, "Überfällig")
    assert "RE-1 · 11,33 €" in words.replace("\u00a0", " ")
    assert "seit 9 Tagen" in words
    assert "RE-2" not in words, "today is still in time"


def test_a_documented_session_waits_for_its_invoice(cast, as_reception, desk):
    add_treatment(cast, state="done")
    words = group(desk.get(HERE).text, "Noch abzurechnen")
    assert "Dokumentiert, noch ohne Rechnung" in words
    assert "Rechnung vorbereiten" in words


def test_a_billed_session_waits_for_nothing(cast, as_reception, desk):
    add_treatment(cast, state="done", billing="billed")
    assert group(desk.get(HERE).text, "Noch abzurechnen") == ""


def test_a_paper_out_for_signature_waits_on_others(cast, as_reception, desk):
    from kostenklar.plugin.services.consents import ConsentPlan, prepare_consent

    with unit_of_work():
        prepare_consent(cast.course_id, None, ConsentPlan(3, today() + 100 * DAY), today())
    words = group(desk.get(HERE).text, "Wartet auf andere")
    assert "EW-" in words
    assert "Scan zuordnen" in words
    a_plan(cast)
    assert group(desk.get(HERE).text, "Wartet auf andere") == "", "it stands with today's session now"


def test_restricted_patients_stay_away(cast, as_reception, desk):
    a_plan(cast)
    add_treatment(cast, state="done")
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).restricted_since = now()
    assert "Yılmaz" not in desk.get(HERE).text


def test_each_row_has_one_button_and_the_page_one_primary(cast, as_reception, desk):
    a_plan(cast)
    page = desk.get(HERE).text
    assert page.count("btn-primary") == 1
    assert all(row.count('class="btn') == 1 for row in re.findall(r'<li class="kk-row">.*?</li>', page, re.DOTALL))


def test_the_administration_is_led_to_the_practice(sits):
    answer = sits("admin").get(HERE)
    assert (answer.status_code, answer.location) == (302, "/kostenklar/practice")
    assert sits(None).get(HERE).status_code == 401


def test_a_full_day_costs_no_more_statements_and_reads_indexes(app, cast, as_reception, desk):
    desk.get(HERE)
    with watched(app) as calm:
        desk.get(HERE)
    crowd(cast)
    with watched(app) as busy:
        page = desk.get(HERE).text
    assert len(busy) <= len(calm) <= 9
    assert "mehr als 8 überfällig, mehr als 16 für heute, mehr als 8 noch abzurechnen" in page
    assert "Zur ganzen Liste" in page
    assert busy.scanned("kostenklar_treatment") == []


def issued_invoice(cast, number, due):
    from kostenklar.models.paper import IssuedPaper
    from kostenklar.plugin import blobs

    own = {"practice_id": cast.practice_id, "patient_id": cast.patient_id}
    blob = blobs.put(cast.practice_id, b"%PDF-1.4", "application/pdf")
    paper = IssuedPaper(
        **own, kind="invoice", number=number, issued_on=due, issued_at=now(), issued_by="t", language="de",
        schema_version=1, content={}, sha256=blob.sha256, blob_id=blob.id, retain_until=due,
    )  # fmt: skip
    session().add(paper)
    session().flush()
    gross = Decimal("11.33")
    session().add(
        Invoice(
            **own, course_id=cast.course_id, site_id=cast.site_id, state="issued", number=number, paper_id=paper.id,
            issued_on=due, due_on=due, net_total=Decimal("9.52"), vat_total=Decimal("1.81"), gross_total=gross,
        )
    )  # fmt: skip


def add_treatment(cast, **values):
    own = {"practice_id": cast.practice_id, "patient_id": cast.patient_id, "course_id": cast.course_id}
    with unit_of_work():
        session().add(Treatment(**({**own, "site_id": cast.site_id, "session_no": 1, "planned_on": today()} | values)))


def crowd(cast):
    """A year of sessions, thirty of them left open, thirty to be billed, thirty today."""
    own = {"practice_id": cast.practice_id, "patient_id": cast.patient_id, "course_id": cast.course_id}
    row = {**own, "site_id": cast.site_id, "session_no": 1, "billing": "open", "state": "planned"}
    past = [{**row, "state": "done", "billing": "billed", "planned_on": today() - DAY * (n % 365)} for n in range(1500)]
    late = [{**row, "planned_on": today() - DAY * (n + 1)} for n in range(30)]
    todays = [{**row, "planned_on": today()} for _ in range(30)]
    unbilled = [{**row, "state": "done", "planned_on": today() - DAY} for _ in range(30)]
    with unit_of_work():
        session().execute(insert(Treatment), past + late + todays + unbilled)
    session().execute(text("ANALYZE"))
    session().commit()
