"""The telephone: found in two interactions, one sentence to read, who may hear it, and what was told is kept."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import DatabaseError

from kostenklar.models.disclosure import Disclosure
from kostenklar.models.ledger import Job
from kostenklar.models.patient import Patient, PatientKey, Policy
from kostenklar.models.rules.phonetic import MARK
from kostenklar.plugin import jobs
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import now, today
from kostenklar.plugin.extension import session
from kostenklar.plugin.formats import day
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.desk_scene import a_case, a_contact, a_guardian, an_answer, put
from kostenklar.tests.forms_of import fill
from kostenklar.tests.patient_scene import register
from kostenklar.tests.statements import watched
from kostenklar.tests.treatment_scene import a_plan

HERE = "/kostenklar/telephone"


def asked(desk, typed):
    return desk.get(HERE, query_string={"q": typed})


def page_of(desk, patient_id):
    return " ".join(desk.get(f"{HERE}/{patient_id}").text.split())


def log():
    session().expire_all()
    return list(session().scalars(select(Disclosure).order_by(Disclosure.id)))


def test_today_and_the_search_page_lead_to_the_telephone(desk):
    assert "/kostenklar/telephone" in desk.get("/kostenklar/").text
    assert "/kostenklar/telephone?q=Maier" in desk.get("/kostenklar/patients?q=Maier").text


@pytest.mark.parametrize(
    "typed", ["Yilmaz", "jilmaz", "Hofer Gisela", "gisela jilmatz-hoffer", "02.09.1957", "PA9001 x"]
)
def test_first_interaction_a_name_as_heard_or_a_birth_date_lists_who_is_meant(cast, as_reception, desk, typed):
    a_case(cast)
    page = asked(desk, typed.removesuffix(" x")) if not typed.endswith(" x") else asked(desk, "Hoffer")
    assert page.status_code == 200
    assert "Yılmaz-Hofer, Gisela" in page.text
    assert "02.09.1957" in page.text
    assert "Köln" in page.text
    assert "1 offene Kostenklärung" in page.text


def test_what_only_sounds_alike_says_so_and_comes_last(app, cast, desk):
    for last in ("Meier", "Maier"):
        register(app, cast, last=last)
    page = asked(desk, "Maier").text
    assert page.index("Maier, Anna") < page.index("Meier, Anna") < page.index("klingt ähnlich")


@pytest.mark.parametrize("typed", ["{}", "kk {0.n}", "KK{0.y}000{0.n}", " pa-9001", "pa9001"])
def test_a_number_of_ours_leads_straight_to_the_page(cast, as_reception, desk, typed):
    case = a_case(cast, number=f"KK-{today().year}-0007")
    assert case
    number = type("Number", (), {"n": 7, "y": today().year, "__str__": lambda self: f"KK-{self.y}-0007"})()
    assert asked(desk, typed.format(number)).location.endswith(f"{HERE}/{cast.patient_id}")


def test_the_number_of_a_paper_leads_there_too(cast, as_reception, desk):
    from kostenklar.tests.treatment_scene import an_agreement

    an_agreement(cast)
    assert asked(desk, "ki 1").location.endswith(f"{HERE}/{cast.patient_id}")


def test_name_and_birth_date_of_exactly_one_lead_straight_to_the_page(cast, desk):
    assert asked(desk, "Yilmaz-Hofer 2.9.1957").location.endswith(f"{HERE}/{cast.patient_id}")


@pytest.mark.parametrize("typed", ["RE-2026-4711", "kk 99", "Niemand", "٣٤", "'; DROP", "%", "x" * 300, "KK-", "\x00"])
def test_what_leads_to_nobody_gets_a_sentence(desk, typed):
    page = asked(desk, typed)
    assert page.status_code == 200
    assert "sagen Sie bitte nichts" in page.text


def test_another_practices_number_is_no_number_here(app, cast, sits):
    with app.app_context(), acting_as("t", practices=[cast.practice_id]):
        a_case(cast, number=f"KK-{today().year}-0001")
    assert "gibt es hier nicht" in asked(sits("reception", (cast.stranger_id,)), "kk 1").text


def test_a_restricted_patient_is_found_by_nothing(cast, as_reception, desk):
    """Art. 18 GDPR."""
    a_case(cast, number=f"KK-{today().year}-0001")
    with unit_of_work():
        session().get_one(Patient, cast.patient_id).restricted_since = now()
    for typed in ("kk 1", "Yilmaz", "jilmaz", "pa-9001", "02.09.1957"):
        assert "Gisela" not in asked(desk, typed).text
    assert desk.get(f"{HERE}/{cast.patient_id}").status_code == 404


@pytest.mark.parametrize(
    ("state", "due", "told"),
    [
        ("submitted", 5, "Albatros Kranken hat noch nicht geantwortet; wir rechnen bis zum {due} mit einer Antwort."),
        ("with_patient", None, "Die Anfrage an Albatros Kranken liegt bei Ihnen, bitte reichen Sie sie dort ein."),
        ("overdue", -2, "Albatros Kranken hat bis zum {due} nicht geantwortet"),
        ("presumed", -2, "ging bis zum {due} keine Auskunft bei uns ein, das ist keine Kostenzusage."),
        ("documents_requested", None, "Unterlagen nachgefordert, entschieden ist noch nichts."),
        ("draft", None, "ist noch nicht geschrieben"),
    ],
)
def test_one_sentence_says_how_an_open_case_stands(cast, as_reception, desk, state, due, told):
    on = today() + dt.timedelta(days=due) if due else None
    a_case(cast, state, due_on=on)
    assert told.format(due=day(on)) in page_of(desk, cast.patient_id)


def test_an_answer_is_told_carefully_with_its_amount(cast, as_reception, desk):
    case = a_case(cast, "answered")
    an_answer(cast, case, amount=Decimal(1800), valid_until=dt.date(2027, 6, 30), objection_until=dt.date(2026, 12, 31))
    told = (
        f"Albatros Kranken hat am {day(today())} geantwortet: ein Teil der Kosten wird voraussichtlich übernommen, "
        "1.800,00 €, gültig bis 30.06.2027; widersprechen kann man bis zum 31.12.2026."
    )
    assert told.replace("\u00a0", " ") in page_of(desk, cast.patient_id).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("decision", "told"),
    [("no_commitment", "keine Zusage, was erstattet wird, ist offen"), ("refused", "voraussichtlich nicht übernommen")],
)
def test_no_commitment_and_refusal_name_no_amount(cast, as_reception, desk, decision, told):
    case = a_case(cast, "answered")
    an_answer(cast, case, decision, amount=Decimal(1800))
    page = page_of(desk, cast.patient_id)
    assert told in page
    assert "1.800,00" not in page


def test_a_promise_by_telephone_is_oral_and_not_binding(cast, as_reception, desk):
    case = a_case(cast, "submitted")
    an_answer(cast, case, "full", form="telephone", binding=False)
    page = page_of(desk, cast.patient_id)
    assert "hat noch nicht geantwortet." in page
    assert "werden voraussichtlich übernommen (mündlich, unverbindlich)." in page


def test_the_later_of_two_answers_stands(cast, as_reception, desk):
    case = a_case(cast, "answered")
    an_answer(cast, case, "refused")
    an_answer(cast, case, "full")
    page = page_of(desk, cast.patient_id)
    assert "die angefragten Kosten werden voraussichtlich übernommen" in page
    assert "nicht übernommen" not in page


def test_what_was_told_is_kept_with_the_very_sentence(cast, as_reception, desk):
    a_case(cast)
    page = fill(desk, f"{HERE}/{cast.patient_id}", listener="patient", identity="birth_date", said=f"case-{1}")
    assert page.status_code == 303
    (row,) = log()
    assert (row.told_name, row.told_role, row.identity) == ("Gisela Yılmaz-Hofer", "patient", "birth_date")
    assert row.sentence == "Albatros Kranken hat noch nicht geantwortet."
    assert row.noun == "clarification"
    assert row.actor_name == "Sabine Krüger"
    assert "Auskünfte" in desk.get(f"/kostenklar/patients/{cast.patient_id}").text


def test_told_nobody_is_kept_without_a_sentence(cast, as_reception, desk):
    a_case(cast)
    fill(desk, f"{HERE}/{cast.patient_id}", listener="nobody")
    (row,) = log()
    assert (row.told_role, row.sentence, row.told_name) == ("nobody", "", "")


def test_who_may_only_know_appointments_hears_no_costs(cast, as_reception, desk):
    a_case(cast)
    session_id = a_plan(cast, today() + dt.timedelta(days=3))
    who = f"contact-{a_contact(cast, scope='appointments')}"
    url = f"{HERE}/{cast.patient_id}"
    page = fill(desk, url, listener=who, identity="known", said="case-1")
    assert page.status_code == 422
    assert "Ahmet Yılmaz darf das nicht erfahren" in page.text
    assert not log()
    assert fill(desk, url, listener=who, identity="known", said=f"session-{session_id}").status_code == 303
    assert [row.noun for row in log()] == ["treatment"]


def test_who_may_know_costs_hears_appointments_too(cast, as_reception, desk):
    a_case(cast)
    session_id = a_plan(cast, today() + dt.timedelta(days=3))
    who = f"contact-{a_contact(cast)}"
    assert page_of(desk, cast.patient_id).count("Termine und Kosten") == 2  # the patient and the contact
    said = ["case-1", f"session-{session_id}"]
    assert fill(desk, f"{HERE}/{cast.patient_id}", listener=who, identity="known", said=said).status_code == 303
    assert [row.noun for row in log()] == ["clarification", "treatment"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"valid_until": dt.date(2020, 1, 1), "allowed_on": dt.date(2019, 1, 1)}, "die Erlaubnis galt bis 01.01.2020"),
        ({"revoked_on": dt.date(2020, 1, 1)}, "die Erlaubnis wurde am 01.01.2020 zurückgenommen"),
    ],
)
def test_a_permission_that_ended_is_none(cast, as_reception, desk, more, why):
    a_case(cast)
    contact = a_contact(cast, **more)
    assert why in page_of(desk, cast.patient_id)
    page = fill(desk, f"{HERE}/{cast.patient_id}", listener=f"contact-{contact}", identity="known", said="case-1")
    assert page.status_code == 422
    assert not log()


def test_a_policyholder_who_is_no_contact_learns_nothing(cast, as_reception, desk):
    policy = put(
        Policy(practice_id=cast.practice_id, patient_id=cast.patient_id, kind="pkv_full", holder_name="Ute Hofer")
    )
    a_case(cast, policy_id=policy)
    a_case(cast)
    page = page_of(desk, cast.patient_id)
    assert "hat den Vertrag, ist aber nicht als Kontakt benannt" in page
    a_contact(cast, "Hofer, Ute")
    assert "nur zum eigenen Vertrag" in page_of(desk, cast.patient_id)
    who = session().scalar(select(Policy.holder_name).where(Policy.id == policy)) and "contact-1"
    url = f"{HERE}/{cast.patient_id}"
    assert fill(desk, url, listener=who, identity="callback", said=["case-1", "case-2"]).status_code == 422
    assert fill(desk, url, listener=who, identity="callback", said="case-1").status_code == 303
    assert [row.told_role for row in log()] == ["policyholder"]


def test_for_a_minor_the_guardians_are_told(app, cast, as_reception, desk):
    child = register(app, cast, last="Kurz", first="Leo", born=today() - dt.timedelta(days=3000))
    a_guardian(cast, child)
    a_guardian(cast, child, "Ida Betreu", "carer")
    page = page_of(desk, child)
    assert "minderjährig, Auskunft erhalten die Sorgeberechtigten" in page
    assert "der Nachweis der Betreuung wurde noch nicht gesehen" in page
    assert 'value="patient"' not in page
    assert "Maria Kurz (sorgeberechtigt)" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"listener": None}, "Bitte wählen Sie, wem Sie Auskunft gegeben haben."),
        ({"listener": "patient", "identity": ""}, "Bitte wählen Sie, wie Sie geprüft haben, wer anruft."),
        ({"listener": "patient", "identity": "known", "said": None}, "Bitte haken Sie an, was Sie vorgelesen haben."),
        ({"listener": "patient", "identity": "known", "said": "case-999"}, "Bitte haken Sie an"),
        ({"listener": "contact-99", "identity": "known"}, "Diesen Eintrag gibt es hier nicht."),
        ({"listener": "patient", "identity": "guessed"}, "Diesen Eintrag gibt es hier nicht."),
        ({"listener": "patient", "identity": "known", "read": "old"}, "Der Stand hat sich gerade geändert."),
    ],
)
def test_an_incomplete_entry_gets_a_sentence_and_is_not_kept(cast, as_reception, desk, typed, told):
    a_case(cast)
    page = fill(desk, f"{HERE}/{cast.patient_id}", **typed)
    assert page.status_code == 422
    assert told in page.text
    assert not log()


def test_what_was_told_can_neither_be_changed_nor_deleted(cast, as_reception, desk):
    a_case(cast)
    fill(desk, f"{HERE}/{cast.patient_id}", listener="patient", identity="known", said="case-1")
    for statement in ("UPDATE kostenklar_disclosure SET sentence = ''", "DELETE FROM kostenklar_disclosure"):
        with pytest.raises(DatabaseError):
            session().execute(text(statement))
        session().rollback()


def test_the_telephone_speaks_english_too(cast, as_reception, desk):
    a_case(cast, due_on=dt.date(2026, 12, 7))
    page = desk.get(f"{HERE}/{cast.patient_id}", headers={"Accept-Language": "en"}).text.replace("\u00a0", " ")
    assert "Albatros Kranken has not answered yet; we expect an answer by 7 Dec 2026." in page
    assert "Who may be told" in page


def test_sending_twice_is_kept_once(cast, as_reception, desk):
    from kostenklar.tests.forms_of import form_at

    a_case(cast)
    to, sent = form_at(desk, f"{HERE}/{cast.patient_id}")
    sent |= {"listener": "patient", "identity": "known", "said": "case-1"}
    assert desk.post(to, data=sent).location == desk.post(to, data=sent).location
    assert len(log()) == 1


def test_statements_do_not_grow_with_what_there_is(app, cast, as_reception, desk):
    case = a_case(cast)
    an_answer(cast, case)
    desk.get(f"{HERE}/{cast.patient_id}")
    with watched(app) as calm:
        desk.get(f"{HERE}/{cast.patient_id}")
    for _ in range(4):
        an_answer(cast, a_case(cast, "answered"))
        a_contact(cast)
    with watched(app) as busy:
        desk.get(f"{HERE}/{cast.patient_id}")
    assert len(busy) == len(calm)
    for last in ("Meier", "Maier", "Mayer", "Meyer"):
        register(app, cast, last=last)
    with watched(app) as found:
        asked(desk, "Maier")
    assert len(found) <= 9


def test_patients_of_before_get_their_phonetic_keys_by_a_job(app, cast, as_reception, desk):
    with unit_of_work():
        session().execute(delete(PatientKey).where(PatientKey.key.startswith(MARK)))
    assert "Gisela" not in asked(desk, "jilmaz").text
    jobs.run_due()
    assert "Gisela" in asked(desk, "jilmaz").text
    assert session().scalar(select(Job.state).where(Job.kind == "hear_names")) == "done"
