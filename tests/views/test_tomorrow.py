"""The coming days: what each session still lacks, and all missing papers in one print job, issued once."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from kostenklar.models.consent import Consent
from kostenklar.models.course import Course, Lesion
from kostenklar.models.disclosure import Disclosure
from kostenklar.models.paper import IssuedPaper
from kostenklar.models.patient import Patient
from kostenklar.models.treatment import Treatment
from kostenklar.plugin import blobs
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.consents import Withdrawal, withdraw_consent
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.desk_scene import a_case, a_prepared_agreement, put
from kostenklar.tests.forms_of import fill, form_at
from kostenklar.tests.statements import watched
from kostenklar.tests.treatment_scene import a_consent, a_plan, a_talk, all_papers

HERE = "/kostenklar/tomorrow"
DAY = dt.timedelta(days=1)


def words(page):
    return " ".join(page.text.split())


def count(model):
    session().expire_all()
    return session().scalar(select(func.count(model.id)))


def printed(desk, on=None):
    """Press the button on the day's page and follow it."""
    url = f"{HERE}?day={(on or today() + DAY).isoformat()}"
    answer = fill(desk, url, action=f"{HERE}/print?day={(on or today() + DAY).isoformat()}")
    assert answer.status_code == 303, answer.text
    return desk.get(answer.location)


def the_pdf(desk):
    answer = desk.get(f"{HERE}/papers.pdf?day={(today() + DAY).isoformat()}")
    assert answer.mimetype == "application/pdf"
    return PdfReader(io.BytesIO(answer.data))


def drawn(page):
    """What is drawn on a page, byte by byte."""
    contents = page.get_contents()
    assert contents is not None
    return contents.get_data()


def others(cast, many, start=0):
    """More patients, each with a course, a lesion and a session of tomorrow at nine."""
    for number in range(start, start + many):
        patient = put(
            Patient(
                practice_id=cast.practice_id, number=f"PA-7{number:03d}", first_name="Ute", last_name=f"Weber {number}",
                birth_date=dt.date(1970, 1, 1), sort_key=f"weber {number}",
            )
        )  # fmt: skip
        course = put(
            Course(
                practice_id=cast.practice_id, patient_id=patient, procedure_id=cast.procedure_id, title="Flecken",
                sessions_min=1, sessions_max=2,
            )
        )  # fmt: skip
        put(
            Lesion(
                practice_id=cast.practice_id, course_id=course, kind="age_spot", site="Stirn", indication="cosmetic",
                benign_on=today(), benign_by_id=cast.physician_id, benign_how="Auge",
            )
        )  # fmt: skip
        put(
            Treatment(
                practice_id=cast.practice_id, patient_id=patient, course_id=course, site_id=cast.site_id, session_no=1,
                planned_on=today() + DAY, planned_time="09:00",
            )
        )  # fmt: skip


def test_an_empty_week_says_so(desk):
    assert "Für diesen Tag ist keine Sitzung geplant." in desk.get(HERE).text


def test_a_session_of_tomorrow_says_what_it_lacks_and_where_it_is_solved(cast, as_reception, desk):
    a_plan(cast, today() + DAY, time=dt.time(10, 30))
    page = words(desk.get(HERE))
    for word in (
        "10:30", "Yılmaz-Hofer, Gisela", "02.09.1957", "Cryopeeling, Sitzung 1 von 3", "Kasse Rheinland-West",
        "Aufklärungsgespräch:", "Gespräch eintragen", "Einwilligung:", "fehlt noch etwas",
    ):  # fmt: skip
        assert word in page
    assert "Kurze Abfrage" not in page


def test_a_complete_session_says_so_and_names_the_open_case(cast, as_reception, desk):
    all_papers(cast)
    a_plan(cast, today() + DAY)
    a_case(cast)
    page = words(desk.get(HERE))
    assert "Albatros Kranken: wartet auf Antwort" in page
    assert "Einwilligung:" not in page


def test_each_of_the_next_days_can_be_chosen(cast, as_reception, desk):
    a_plan(cast, today() + 3 * DAY)
    a_plan(cast, today() + 9 * DAY)
    page = desk.get(HERE).text
    assert f"day={(today() + 3 * DAY).isoformat()}" in page
    assert f"day={(today() + 9 * DAY).isoformat()}" in page
    assert "Yılmaz" in page


@pytest.mark.parametrize(
    "query", ["?day=", "?day=morgen", "?day=2020-01-01", "?day=2026-13-45", "?after=x", "?after=-9", "?after=%00-1"]
)
def test_a_broken_address_shows_the_next_day(cast, as_reception, desk, query):
    a_plan(cast, today() + DAY)
    page = desk.get(HERE + query)
    assert page.status_code == 200
    assert desk.get(f"{HERE}/print{query}").status_code == 200


def test_a_restricted_patient_is_on_no_list(cast, as_reception, desk):
    a_plan(cast, today() + DAY)
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).restricted_since = now()
    assert "Yılmaz" not in desk.get(HERE).text


def test_print_all_issues_consent_and_cost_notice_and_joins_them(cast, as_reception, desk):
    a_plan(cast, today() + DAY)
    page = words(printed(desk))
    assert "EW-" in page
    assert "KI-" in page
    assert "2 Blätter als PDF öffnen" in page
    joined = the_pdf(desk)
    papers = list(session().scalars(select(IssuedPaper).order_by(IssuedPaper.kind)))
    assert [paper.kind for paper in papers] == ["consent", "cost_notice"]
    single = [page for paper in papers for page in PdfReader(io.BytesIO(blobs.opened(paper.blob))).pages]
    cover, *pages = joined.pages
    for word in ("Druckliste", "Gisela Yılmaz-Hofer", "02.09.1957", "Kosteninformation", papers[0].number):
        assert word in cover.extract_text().replace("\u00a0", " ")
    for one, other in zip(pages, single, strict=True):
        assert drawn(one) == drawn(other)


def test_what_is_printed_stands_in_the_disclosure_log(cast, as_reception, desk):
    a_plan(cast, today() + DAY)
    printed(desk)
    (row,) = session().scalars(select(Disclosure))
    assert (row.what, row.patient_id, row.noun) == ("printed", cast.patient_id, "papers")
    assert "EW-" in row.sentence
    assert "KI-" in row.sentence
    assert "gedruckt" in desk.get(f"/kostenklar/patients/{cast.patient_id}").text


def test_printing_again_issues_nothing_again(cast, as_reception, desk):
    a_plan(cast, today() + DAY)
    printed(desk)
    before = count(IssuedPaper)
    again = printed(desk)
    assert count(IssuedPaper) == before == 2
    assert "2 Blätter als PDF öffnen" in words(again)


def test_the_button_pressed_twice_leads_to_the_same_list(cast, as_reception, desk):
    a_plan(cast, today() + DAY)
    to, sent = form_at(desk, HERE, f"{HERE}/print?day={(today() + DAY).isoformat()}")
    first, second = desk.post(to, data=sent), desk.post(to, data=sent)
    assert first.location == second.location
    assert count(IssuedPaper) == 2
    assert count(Disclosure) == 1


def test_a_prepared_fee_agreement_is_printed_too(cast, as_reception, desk):
    a_prepared_agreement(cast)
    a_plan(cast, today() + DAY)
    page = words(printed(desk))
    assert "HV-" in page
    assert "3 Blätter als PDF öffnen" in page
    text = "".join(each.extract_text() for each in the_pdf(desk).pages)
    assert "§ 2" in text


def test_what_is_signed_is_not_printed(cast, as_reception, desk):
    all_papers(cast)
    a_plan(cast, today() + DAY)
    assert "Für diesen Tag fehlt kein Blatt." in words(printed(desk))
    assert desk.get(f"{HERE}/papers.pdf?day={(today() + DAY).isoformat()}").status_code == 404


@pytest.mark.parametrize(
    ("change", "told", "issued"),
    [
        (
            {"indication": "undecided"},
            "Ob medizinisch oder kosmetisch, ist ärztlich noch nicht entschieden.",
            ["consent"],
        ),
        ({"indication": "medical"}, "ob die Krankenkasse sie übernimmt", ["consent"]),
        ({"benign_on": None}, "noch nicht ärztlich bestätigt", ["cost_notice"]),
    ],
)
def test_what_needs_a_decision_is_listed_and_not_issued(cast, as_reception, desk, change, told, issued):
    a_plan(cast, today() + DAY)
    with unit_of_work():
        for name, value in change.items():
            setattr(session().get_one(Lesion, cast.lesion_id), name, value)
    page = words(printed(desk))
    assert "Nicht gedruckt" in page
    assert told in page
    assert list(session().scalars(select(IssuedPaper.kind))) == issued


def test_who_withdrew_is_asked_before_a_new_sheet_lies_there(cast, as_reception, desk):
    a_talk(cast)
    consent = a_consent(cast)
    with unit_of_work():
        withdraw_consent(consent, None, Withdrawal(now(), "mündlich", "S"), now())
    a_plan(cast, today() + DAY)
    assert "Die Einwilligung wurde widerrufen." in words(printed(desk))
    assert count(Consent) == 1


def test_two_sessions_of_one_course_need_one_set_of_papers(cast, as_reception, desk):
    a_plan(cast, today() + DAY, time=dt.time(9))
    a_plan(cast, today() + DAY, time=dt.time(15))
    printed(desk)
    assert count(IssuedPaper) == 2


def test_a_character_no_paper_can_print_stops_one_paper_only(cast, as_reception, desk):
    others(cast, 1)
    a_plan(cast, today() + DAY)
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).last_name = "漢字"
    page = words(printed(desk))
    assert "ließ sich nicht ausstellen" in page
    assert count(IssuedPaper) == 2


def test_the_physicians_desk_prints_and_the_administration_does_not(cast, sits):
    assert sits("physician").get(f"{HERE}/print").status_code == 200
    assert sits("admin").get(HERE).status_code == 403


def test_statements_do_not_grow_with_the_sessions(app, cast, as_reception, desk):
    others(cast, 2)
    a_plan(cast, today() + DAY)
    desk.get(HERE)
    with watched(app) as calm:
        desk.get(HERE)
    others(cast, 8, start=2)
    with watched(app) as busy:
        page = desk.get(HERE)
    assert page.text.count("Weber") > 8
    assert len(busy) == len(calm)


def test_a_long_day_is_paged(app, cast, as_reception, desk):
    a_plan(cast, today() + DAY, time=dt.time(8))
    for number in range(2, 45):
        put(
            Treatment(
                practice_id=cast.practice_id, patient_id=cast.patient_id, course_id=cast.course_id, session_no=number,
                site_id=cast.site_id, planned_on=today() + DAY, planned_time="09:00",
            )
        )  # fmt: skip
    first = desk.get(HERE).text
    assert first.count('kk-row"') == 40
    assert "after=09:00-" in first.replace("%3A", ":")
