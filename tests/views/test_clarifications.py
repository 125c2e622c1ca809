"""The pages of a clarification: the way of a case over the screen, its buttons, and what they refuse."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from kostenklar.models.clarification import Clarification, ClarificationAnswer
from kostenklar.models.practice import Practice
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.moves import steps
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.clarification_scene import (
    BY_PRACTICE,
    DAY,
    STATES,
    a_case,
    a_policy,
    an_estimate,
    brought_to,
    fresh,
    late,
    sent,
    written,
)
from kostenklar.tests.grant_scene import a_prepared_one
from kostenklar.tests.sheets import fill, scan, typed_into
from kostenklar.tests.statements import watched

pytestmark = pytest.mark.usefixtures("as_reception")
HERE = "/kostenklar/clarifications"


def german(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"


@pytest.fixture
def desk(sits):
    client = sits("reception")
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"
    return client


def words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).replace("\u00a0", " ").split())


def primary(page) -> list[str]:
    return re.findall(r'class="btn btn-primary"[^>]*>([^<]+)<', page.text)


def test_the_way_of_a_query_from_opening_to_the_outcome(app, cast, desk):
    policy_id = a_policy(cast)
    an_estimate(cast)
    opened = fill(desk, f"/kostenklar/courses/{cast.course_id}/clarification", policy_id=policy_id)
    case = opened.location
    assert primary(desk.get(case)) == ["Kostenanfrage schreiben"]
    assert fill(desk, f"{case}/query", enclosures="Befundbericht").location == case
    assert primary(desk.get(case)) == ["Unterlagen mitgeben"]
    fill(desk, f"{case}/give")
    assert primary(desk.get(case)) == ["Absenden eintragen"]
    fill(desk, f"{case}/send", on=german(today()))
    page = desk.get(case)
    assert primary(page) == ["Antwort erfassen"]
    assert "Noch 31 von 28 Tagen" in words(page) or "von 28 Tagen" in words(page)
    assert "Gesetzliche Frist (§ 192 Abs. 8 VVG)" in words(page)
    assert "Gerechnet wird mit drei Tagen Postlauf" in words(page)
    fill(desk, f"{case}/received", on=german(today()), proof="Rückschein")
    assert "Eingang (Rückschein)" in words(desk.get(case))
    answer = fill(
        desk, f"{case}/answer", decision="part", amount="1.800,00", factor_cap="2,3", dated_on=german(today()),
        valid_until=german(today() + 200 * DAY), conditions="Diagnose auf der Rechnung", scan=scan(),
    )  # fmt: skip
    assert answer.status_code == 303, words(answer)
    page = desk.get(case)
    assert primary(page) == ["Ergebnis mitteilen"]
    assert "Zusage zum Teil, 1.800,00 €, bis Faktor 2,3" in words(page)
    assert "Voraussichtlich nicht erstattet (ohne Selbstbehalt und Beitragsrückerstattung): 286,30 €." in words(page)
    assert fill(desk, f"{case}/told", how="telephone").status_code == 303
    assert primary(desk.get(case)) == ["Abschließen"]
    fill(desk, f"{case}/close")
    assert "abgeschlossen" in words(desk.get(case))


@pytest.mark.parametrize("state", STATES)
def test_the_buttons_come_from_the_table_and_one_is_primary(cast, desk, state):
    case_id = brought_to(cast, state)
    page = desk.get(f"{HERE}/{case_id}")
    assert page.status_code == 200
    assert len(primary(page)) == (0 if state in ("closed", "expired", "cancelled") else 1)
    ends = {
        "open": "open", "issue_estimate": "estimate", "give_to_patient": "give", "make_ready": "ready",
        "presume": "presume", "object": "object", "close": "close", "cancel": "cancel", "reopen": "reopen",
        "submit": "send", "resubmit": "send", "ask_documents": "documents", "answer": "answer",
    }  # fmt: skip
    allowed = {ends[step] for step in steps("clarification", state) if step in ends}
    linked = set(re.findall(rf'href="{HERE}/{case_id}/([a-z]+)"', page.text)) & set(ends.values())
    assert linked <= allowed
    missing = allowed - linked
    assert missing <= {"estimate", "give"}, missing  # the estimate or the letter comes first


@pytest.mark.parametrize(
    ("state", "end", "values"),
    [
        ("closed", "answer", {"decision": "full", "dated_on": german(today())}),
        ("draft", "send", {"on": german(today()), "channel": "post"}),
        ("draft", "presume", {}),
        ("answered", "ready", {}),
        ("cancelled", "cancel", {"reason": "x"}),
    ],
)
def test_a_step_that_is_not_possible_is_said_and_nothing_breaks(cast, desk, state, end, values):
    case_id = brought_to(cast, state)
    answer = fill(desk, f"{HERE}/{case_id}/{end}", **values)
    assert answer.status_code == 422
    assert "Dieser Schritt ist nicht mehr möglich." in words(answer)
    assert fresh(case_id).state == state


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"decision": None}, "Bitte wählen Sie, wie entschieden wurde."),
        ({"received_on": german(today() + DAY)}, "Das Datum liegt in der Zukunft."),
        ({"received_on": german(today() - DAY), "dated_on": german(today() - DAY)}, "Abgeschickt wurde am"),
        ({"amount": "zwei"}, "Das ist keine Zahl."),
        ({"amount": "2.300,00"}, "Der Betrag liegt 213,70 € über dem Kostenvoranschlag (2.086,30 €)."),
        ({"decision": "refused", "amount": "5,00"}, "Ein Betrag gehört nur zu einer Zusage."),
        ({"valid_until": "01.01.2020"}, "„Gültig bis“ liegt vor dem Datum des Schreibens."),
        ({"objection_until": "01.01.2020"}, "Die Widerspruchsfrist endet vor dem Datum des Schreibens."),
        ({"lines__0__factor_cap": "1,8"}, "Bitte wählen Sie, ob anerkannt oder nicht."),
        ({"scan": b"<script>"}, "Das ist kein Scan."),
        ({"conditions": "Hand 漢"}, "Diese Zeichen fehlen in der Schrift der Dokumente"),
    ],
)
def test_an_answer_says_what_is_wrong_beside_its_field_and_keeps_the_rest(cast, desk, values, sentence):
    case_id = brought_to(cast, "submitted")
    given = {"decision": "part", "dated_on": german(today()), "sessions": "6", "conditions": "nur <b>heute", **values}
    given["scan"] = scan(given["scan"]) if "scan" in given else None
    answer = fill(desk, f"{HERE}/{case_id}/answer", **given)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'value="6"' in answer.text
    assert fresh(case_id).state == "submitted"


def test_an_amount_above_the_estimate_is_saved_after_a_tick(cast, desk):
    case_id = brought_to(cast, "submitted")
    url = f"{HERE}/{case_id}/answer"
    asked = fill(desk, url, decision="part", dated_on=german(today()), amount="2.300,00")
    assert "obwohl er über dem Kostenvoranschlag liegt" in words(asked)
    assert desk.post(url, data=typed_into(asked.text, confirm_above="y")).status_code == 303
    assert fresh(case_id).answers[0].amount == 2300


def test_an_answer_line_by_line(cast, desk):
    case_id = brought_to(cast, "submitted")
    filed = fill(
        desk, f"{HERE}/{case_id}/answer", decision="part", dated_on=german(today()), lines__0__verdict="accepted",
        lines__0__factor_cap="1,8", lines__1__verdict="refused", lines__1__reason="Zielleistung",
    )  # fmt: skip
    assert filed.status_code == 303, words(filed)
    page = words(desk.get(f"{HERE}/{case_id}"))
    assert "Nr. 2440: anerkannt, bis Faktor 1,8" in page
    assert "Nr. 5: nicht anerkannt, Zielleistung" in page


def test_a_promise_by_telephone_is_kept_as_a_note(cast, desk):
    case_id = brought_to(cast, "submitted")
    fill(desk, f"{HERE}/{case_id}/answer", decision="full", form="telephone", dated_on=german(today()))
    page = words(desk.get(f"{HERE}/{case_id}"))
    assert "mündlich, unverbindlich" in page
    assert fresh(case_id).state == "submitted"


def test_the_same_form_twice_files_one_answer(cast, desk):
    case_id = brought_to(cast, "submitted")
    url = f"{HERE}/{case_id}/answer"
    sent_form = typed_into(desk.get(url).text, decision="refused", dated_on=german(today()))
    first, second = (desk.post(url, data=sent_form) for _ in range(2))
    assert first.location == second.location
    assert session().query(ClarificationAnswer).count() == 1


def test_two_people_at_one_case_the_second_is_told_and_keeps_what_was_typed(cast, desk):
    case_id = brought_to(cast, "submitted")
    url = f"{HERE}/{case_id}/answer"
    typed = typed_into(desk.get(url).text, decision="part", dated_on=german(today()), conditions="Diagnose nennen")
    fill(desk, f"{HERE}/{case_id}/received", on=german(today()), proof="Fax")
    answer = desk.post(url, data=typed)
    assert answer.status_code == 409
    assert "hat diese Seite um" in words(answer)
    assert "Diagnose nennen" in answer.text


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda _case_id: None, "Die Kostenanfrage ist noch nicht geschrieben."),
        (written, "Schweigepflichtentbindung"),
    ],
)
def test_the_practice_is_held_back_without_letter_and_release(cast, desk, prepare, sentence):
    case_id = a_case(cast, BY_PRACTICE)
    prepare(case_id)
    answer = fill(desk, f"{HERE}/{case_id}/ready")
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert primary(desk.get(f"{HERE}/{case_id}")) == ["Entbindung vorbereiten"]
    a_prepared_one(case_id)
    assert primary(desk.get(f"{HERE}/{case_id}")) == ["Scan zuordnen"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"on": german(today() + DAY)}, "Das Datum liegt in der Zukunft."),
        ({"on": german(today() - DAY)}, "Vorher kann sie nicht abgeschickt sein."),
        ({"channel": ""}, "Bei „Wie“ fehlt die Auswahl."),
        ({"channel": "patient"}, "Diesen Eintrag gibt es hier nicht."),
    ],
)
def test_sending_says_what_is_wrong(cast, desk, values, sentence):
    case_id = brought_to(cast, "ready")
    answer = fill(desk, f"{HERE}/{case_id}/send", **{"on": german(today()), "channel": "post", **values})
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_new_case_says_what_does_not_go_together(cast, desk):
    policy_id = a_policy(cast)
    url = f"/kostenklar/courses/{cast.course_id}/clarification"
    assert "Bei „Welche Versicherung?“ fehlt die Auswahl." in words(fill(desk, url))
    assert "im eigenen Namen" in words(fill(desk, url, policy_id=policy_id, asked_by="attorney"))
    assert "Zur Dringlichkeit fehlt der Grund." in words(fill(desk, url, policy_id=policy_id, urgent="y"))
    assert fill(desk, url, policy_id=policy_id).status_code == 303
    assert "schon offen" in words(fill(desk, url, policy_id=policy_id))


def test_who_wants_no_query_has_a_case_that_says_so(cast, desk):
    policy_id = a_policy(cast)
    made = fill(desk, f"/kostenklar/courses/{cast.course_id}/clarification", policy_id=policy_id, declined="y")
    assert "keine Anfrage gewünscht" in words(desk.get(made.location))


def test_without_a_policy_to_ask_about_the_way_is_shown(cast, desk, app):
    with app.app_context():
        from kostenklar.tests.invoice_scene import insured

        insured(cast, "self_payer")
    page = desk.get(f"/kostenklar/courses/{cast.course_id}/clarification")
    assert primary(page) == ["Versicherung eintragen"]


def due_on(case_id: int, day: dt.date, state: str = "NW") -> None:
    with unit_of_work():
        case = session().get_one(Clarification, case_id)
        case.due_on = day
        session().get_one(Practice, case.practice_id).federal_state = state


@pytest.mark.parametrize(
    ("day", "state", "sentence"),
    [
        (dt.date(2027, 1, 2), "NW", "Das Ende kann sich auf den 04.01.2027 verschieben (§ 193 BGB)"),
        (dt.date(2027, 5, 27), "BY", "verschieben (§ 193 BGB)"),
        (dt.date(2041, 1, 8), "NW", "Die Feiertage dieses Jahres sind noch nicht bekannt."),
    ],
)
def test_a_due_date_on_a_saturday_a_holiday_or_beyond_the_table_is_explained(cast, desk, day, state, sentence):
    case_id = brought_to(cast, "acknowledged")
    due_on(case_id, day, state)
    assert sentence in words(desk.get(f"{HERE}/{case_id}"))


def test_a_holiday_of_another_state_is_no_holiday_here(cast, desk):
    case_id = brought_to(cast, "acknowledged")
    due_on(case_id, dt.date(2027, 5, 27), "BE")
    assert "§ 193 BGB" not in words(desk.get(f"{HERE}/{case_id}"))


def test_the_presumption_is_worded_carefully(cast, desk):
    case_id = brought_to(cast, "submitted")
    late(case_id)
    page = desk.get(f"{HERE}/{case_id}")
    assert primary(page) == ["Vermutung vermerken"]
    fill(desk, f"{HERE}/{case_id}/presume")
    said = words(desk.get(f"{HERE}/{case_id}"))
    assert "Das ist keine Kostenzusage." in said
    assert "genehmigt" not in said


# the list


def numbers(page) -> list[str]:
    return re.findall(r">(KK-\d{4}-\d{4})<", page.text)


def test_the_list_shows_each_case_where_somebody_has_to_act(cast, desk):
    states = ("draft", "with_patient", "overdue", "answered", "closed")
    made = {state: fresh(brought_to(cast, state)).number for state in states}
    late_one = brought_to(cast, "submitted")
    late(late_one)
    made["late"] = fresh(late_one).number
    names = ("ours", "waiting", "overdue", "answered", "done")
    parts = {part: numbers(desk.get(f"{HERE}?part={part}")) for part in names}
    assert parts == {
        "ours": [made["draft"]], "waiting": [made["with_patient"]], "overdue": [made["late"], made["overdue"]],
        "answered": [made["answered"]], "done": [made["closed"]],
    }  # fmt: skip
    assert numbers(desk.get(HERE)) == [made["draft"]]
    assert desk.get(f"{HERE}?part=x&after=y").status_code == 200


def test_the_list_costs_the_same_for_two_and_for_ten(app, cast, desk):
    desk.get(HERE)
    counts = []
    for more in (2, 8):
        for _ in range(more):
            with unit_of_work():
                number = session().query(Clarification).count()
                session().add(
                    Clarification(
                        practice_id=cast.practice_id, patient_id=cast.patient_id, course_id=cast.course_id,
                        number=f"KK-2020-{number + 1:04d}", payer_role="pkv", state="draft",
                    )
                )  # fmt: skip
        with watched(app) as seen:
            desk.get(HERE)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    if "sqlite" in str(seen.engine.url):  # PostgreSQL rightly reads ten rows from end to end
        assert seen.scanned("kostenklar_clarification") == []


def test_pages_of_the_list_show_everybody_once(cast, desk):
    with unit_of_work():
        session().add_all(
            Clarification(
                practice_id=cast.practice_id, patient_id=cast.patient_id, course_id=cast.course_id,
                number=f"KK-2020-{number:04d}", payer_role="pkv", state="draft",
            )
            for number in range(1, 56)
        )  # fmt: skip
    first = desk.get(HERE)
    more = re.findall(r'rel="next" href="([^"]+)"', first.text)[0].replace("&amp;", "&")
    assert numbers(first) + numbers(desk.get(more)) == [f"KK-2020-{number:04d}" for number in range(55, 0, -1)]


# other pages


def test_today_shows_what_is_late_and_what_is_to_be_asked(cast, desk):
    case_id = brought_to(cast, "submitted")
    late(case_id)
    other = brought_to(cast, "with_patient")
    with unit_of_work():
        session().get_one(Clarification, other).remind_on = today()
    said = words(desk.get("/kostenklar/"))
    assert "Antwort von Albatros Kranken ist überfällig" in said
    assert "Bei Albatros Kranken eingereicht? Bitte nachfragen" in said


def test_the_status_stands_on_patient_course_and_treatment(cast, desk):
    from kostenklar.tests.treatment_scene import a_plan

    treatment = a_plan(cast)
    case_id = brought_to(cast, "submitted")
    number = fresh(case_id).number
    for page in (f"patients/{cast.patient_id}", f"courses/{cast.course_id}", f"treatments/{treatment}"):
        said = words(desk.get(f"/kostenklar/{page}"))
        assert number in said, page
        assert "Albatros Kranken: angefragt, noch keine Antwort" in said, page


def test_a_released_case_that_was_sent_shows_its_grants(cast, desk):
    case_id = a_case(cast, BY_PRACTICE)
    sent(case_id)
    said = words(desk.get(f"{HERE}/{case_id}"))
    assert "Entbindung und Vollmacht" in said
    assert "Die Auskunft kann nur die Versicherungsnehmerin oder der Versicherungsnehmer verlangen" in said
