"""The pages of a course: opening it, its lesions, its papers and what they refuse."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import event, func, select

from kostenklar.models.consent import Consent, CostNotice
from kostenklar.models.course import Course, Explanation, Lesion
from kostenklar.plugin.actor import Actor
from kostenklar.plugin.clock import BERLIN, now, today
from kostenklar.plugin.extension import session
from kostenklar.tests.sheets import PDF, fill, scan, typed_into


def german(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"


@pytest.fixture
def desk(sits):
    client = sits("reception")
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    return client


@pytest.fixture
def physician(sits):
    client = sits("physician")
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    return client


@pytest.fixture
def course(cast) -> str:
    return f"/kostenklar/courses/{cast.course_id}"


def an_hour_ago() -> dict[str, str]:
    """Values of a talk that ended before now, on the day of its beginning."""
    end = now().astimezone(BERLIN) - dt.timedelta(minutes=5)
    if end.hour == 0:  # just after midnight yesterday's talk is told
        end -= dt.timedelta(hours=1)
    start = end.replace(minute=0) - dt.timedelta(minutes=0 if end.minute else 60)
    return {"held_on": german(end.date()), "started": f"{start:%H:%M}", "ended": f"{end:%H:%M}"}


def test_the_path_from_a_new_course_to_complete_papers(app, cast, desk, physician):
    opened = fill(
        desk,
        f"/kostenklar/patients/{cast.patient_id}/courses/new",
        sessions_max="3",
        first__site="Wange",
        first__side="L",
    )
    assert opened.status_code == 303
    course = opened.location
    page = desk.get(course).text
    assert "Altersfleck Wange links" in page
    assert "bestätigt zuerst, dass die Stelle gutartig ist" in page

    with app.app_context():
        lesion_id = session().scalar(select(func.max(Lesion.id)))
    decision = {
        "indication": "cosmetic",
        "reason": "auf eigenen Wunsch",
        "benign": "y",
        "benign_how": "Auflichtmikroskopie",
    }
    assert fill(physician, f"/kostenklar/lesions/{lesion_id}/assessment", **decision).status_code == 303
    assert "Das Aufklärungsgespräch fehlt noch" in desk.get(course).text

    assert fill(desk, f"{course}/explanation", **an_hour_ago()).status_code == 303
    assert "Die Einwilligung fehlt" in desk.get(course).text

    issued = fill(desk, f"{course}/consent")
    assert issued.location.endswith("/signed")
    signed = fill(desk, issued.location, signed_on=german(today()), scan=scan(), signers__0__signed="y")
    assert signed.status_code == 303
    assert "Die Kosteninformation fehlt" in desk.get(course).text

    issued = fill(desk, f"{course}/cost-notice")
    assert issued.location.endswith("/signed")  # a statutory patient signs the agreement
    assert fill(desk, issued.location, signed_on=german(today()), scan=scan(PDF + b"\n")).status_code == 303
    page = desk.get(course).text
    assert "Die nächste Sitzung kann geplant werden" in page
    assert f"EW-{today().year}-0001" in page
    assert f"KI-{today().year}-0001" in page


def test_another_row_for_a_lesion_keeps_what_was_typed(cast, desk):
    url = f"/kostenklar/patients/{cast.patient_id}/courses/new"
    page = fill(desk, url, first__site="<b>Wange", title="O'Brien", another="1")
    assert page.status_code == 200
    assert "&lt;b&gt;Wange" in page.text
    assert 'name="more-0-site"' in page.text
    sent = typed_into(page.text, more__0__site="Stirn")
    assert desk.post(url, data=sent).status_code == 303


def test_an_empty_spare_row_is_no_lesion(app, cast, desk):
    url = f"/kostenklar/patients/{cast.patient_id}/courses/new"
    page = fill(desk, url, first__site="Wange", another="1")
    answer = desk.post(url, data=typed_into(page.text))
    with app.app_context():
        course_id = int(answer.location.rsplit("/", 1)[1])
        assert session().scalar(select(func.count(Lesion.id)).where(Lesion.course_id == course_id)) == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"first__site": ""}, "Der Ort fehlt. Zum Beispiel Handrücken."),
        ({"first__site": "Wa\u202enge"}, "Hier steckt ein unsichtbares Steuerzeichen"),
        ({"first__site": "Hand 漢"}, "Diese Zeichen fehlen in der Schrift der Dokumente: 漢"),
        ({"first__size_mm": "abc"}, "Das ist keine Zahl."),
        ({"first__size_mm": "-1"}, "Eine Zahl unter null passt hier nicht."),
        ({"first__count": "0"}, "Das ist zu wenig."),
        ({"sessions_min": "4", "sessions_max": "2"}, "Das sind weniger Sitzungen als bei „mindestens“."),
        ({"icd_code": "1,5"}, "Das ist kein ICD-Code. Zum Beispiel L81.4."),
        ({"title": "x" * 200}, "Platz ist für 160"),
        ({"procedure_id": "999"}, "Diesen Eintrag gibt es hier nicht."),
    ],
)
def test_a_course_says_what_is_wrong_and_keeps_the_rest(app, cast, desk, values, sentence):
    url = f"/kostenklar/patients/{cast.patient_id}/courses/new"
    answer = fill(desk, url, **{"first__site": "Wange", "diagnosis": "=cmd()", **values})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="=cmd()"' in answer.text
    with app.app_context():
        assert session().scalar(select(func.count(Course.id))) == 1


def test_a_course_of_nobody_is_not_there(desk):
    assert desk.get("/kostenklar/patients/999/courses/new").status_code == 404
    assert desk.get("/kostenklar/courses/999").status_code == 404


def test_a_lesion_added_later_waits_for_the_physician(desk, course):
    assert fill(desk, f"{course}/lesions/new", lesion__site="Schläfe").status_code == 303
    assert "noch nicht bestätigt" in desk.get(course).text


def test_two_people_change_the_same_course(desk, course):
    old = desk.get(f"{course}/edit").text
    assert fill(desk, f"{course}/edit", diagnosis="Lentigo").status_code == 303
    late = desk.post(f"{course}/edit", data=typed_into(old, diagnosis="Nävus"))
    assert late.status_code == 409
    assert "hat diese Seite um" in late.text
    assert 'value="Nävus"' in late.text
    assert desk.post(f"{course}/edit", data=typed_into(late.text)).status_code == 303


def test_the_desk_decides_no_indication(cast, desk):
    page = desk.get(f"/kostenklar/lesions/{cast.lesion_id}/assessment")
    assert page.status_code == 403
    assert "Das darf nur eine Ärztin oder ein Arzt." in page.text


def test_a_physicians_role_without_a_physician_behind_it_gets_a_sentence(app, cast, desk):
    desk.environ_base["kostenklar.actor"] = Actor("user:gast", "Gast", frozenset({"physician"}), (cast.practice_id,))
    answer = fill(desk, f"/kostenklar/lesions/{cast.lesion_id}/assessment", reason="Wunsch")
    assert answer.status_code == 422
    assert "Ihr Zugang gehört zu keiner Ärztin und keinem Arzt dieser Praxis." in answer.text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reason": ""}, "Die Begründung fehlt."),
        ({"benign_on": "01.01.2099"}, "Das Datum liegt in der Zukunft."),
        ({"benign_on": ""}, "Das Datum fehlt. Zum Beispiel 23.11.2026."),
        ({"benign_how": ""}, "Bitte schreiben Sie dazu, womit beurteilt wurde"),
    ],
)
def test_an_assessment_says_what_is_missing(cast, physician, values, sentence):
    answer = fill(physician, f"/kostenklar/lesions/{cast.lesion_id}/assessment", **values)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_changed_indication_asks_for_a_new_cost_notice(cast, desk, physician, course):
    fill(desk, f"{course}/cost-notice")
    fill(physician, f"/kostenklar/lesions/{cast.lesion_id}/assessment", indication="medical", reason="blutet")
    page = physician.get(course).text
    assert "nennt noch eine andere Indikation" in page
    assert "Bitte Kosteninformation neu ausstellen." in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"started": "10:30", "ended": "10:00"}, "Das Ende liegt nicht nach dem Beginn."),
        ({"held_on": "01.01.2099"}, "Das Datum liegt in der Zukunft."),
        ({"started": "25:00"}, "Das ist keine Uhrzeit."),
        ({"ended": ""}, "Die Uhrzeit fehlt."),
        ({"copy_handed_on": "20.10.2026"}, "Bitte wählen Sie, wie die Abschrift übergeben wurde."),
        ({"copy_handed_how": "paper"}, "Das Datum der Übergabe fehlt."),
        ({"copy_handed_on": "18.10.2026", "copy_handed_how": "paper"}, "Die Abschrift gibt es erst danach."),
    ],
)
def test_a_talk_says_what_is_wrong_and_keeps_the_rest(app, desk, course, values, sentence):
    talk = {"held_on": "19.10.2026", "started": "10:00", "ended": "10:20", "questions": "Narben?\nSonne?"}
    answer = fill(desk, f"{course}/explanation", **(talk | values))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Narben?\nSonne?" in answer.text.replace("\r\n", "\n")
    with app.app_context():
        assert session().scalar(select(func.count(Explanation.id))) == 0


def test_the_course_page_reads_no_more_statements_for_more_rows(app, desk, course):
    def statements() -> int:
        counted = []
        with app.app_context():
            engine = app.extensions["test-db"].engine
        listener = lambda *_: counted.append(1)  # noqa: E731  # one line tells it all
        event.listen(engine, "before_cursor_execute", listener)
        assert desk.get(course).status_code == 200
        event.remove(engine, "before_cursor_execute", listener)
        return len(counted)

    desk.get(course)
    few = statements()
    for number in range(4):
        fill(desk, f"{course}/lesions/new", lesion__site=f"Stelle {number}")
        fill(desk, f"{course}/cost-notice")
        fill(desk, f"{course}/explanation", **an_hour_ago())
    assert statements() <= few


def test_a_double_post_opens_one_course(app, cast, desk):
    url = f"/kostenklar/patients/{cast.patient_id}/courses/new"
    sent = typed_into(desk.get(url).text, first__site="Wange")
    first, second = desk.post(url, data=sent), desk.post(url, data=sent)
    assert first.location == second.location
    with app.app_context():
        assert session().scalar(select(func.count(Course.id))) == 2


def test_a_double_post_issues_one_paper_of_each_kind(app, desk, course):
    for page, record in (("consent", Consent), ("cost-notice", CostNotice)):
        sent = typed_into(desk.get(f"{course}/{page}").text)
        first, second = (desk.post(f"{course}/{page}", data=sent) for _ in range(2))
        assert first.location == second.location
        with app.app_context():
            assert session().scalar(select(func.count(record.id))) == 1
