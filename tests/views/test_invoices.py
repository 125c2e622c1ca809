"""The desk's way with an invoice: from the session to the paper in hand, and back."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from sqlalchemy import event, func, select

from kostenklar.models.course import Lesion
from kostenklar.models.invoice import Invoice
from kostenklar.models.ledger import AuditEntry, Move
from kostenklar.models.patient import Patient
from kostenklar.models.practice import Practice
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries import invoices as lists
from kostenklar.plugin.services.invoices import draft_invoice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.forms_of import fill, form_at, forms_in
from kostenklar.tests.invoice_scene import a_draft, a_session, an_agreement, insured, issued, pdf_text
from kostenklar.tests.pages import BASE, said, show

LINE = {"factor": "2,3", "quantity": "1", "clock_time": "", "reason": ""}


@pytest.fixture
def draft(backstage, cast):
    """The id of a draft that nothing stands against."""
    return backstage(a_draft, cast)


def issue(client, invoice_id):
    return fill(client, show(invoice_id), action=show(invoice_id, "/issue"))


def stand(invoice_id):
    """(state, number) of the invoice as the database has it."""
    return tuple(session().execute(select(Invoice.state, Invoice.number).where(Invoice.id == invoice_id)).one())


def change(model, record_id, **values):
    with unit_of_work():
        for name, value in values.items():
            setattr(session().get_one(model, record_id), name, value)


def test_from_the_session_to_the_paper_and_its_cancellation(desk, cast, backstage):
    backstage(an_agreement, cast)
    treatment_id = backstage(a_session, cast)
    started = fill(desk, f"{BASE}/treatments/{treatment_id}/invoice")
    assert started.status_code == 303
    page = desk.get(started.location)
    assert "71 Punkte × 0,0582873 € × 2,3 · auf Verlangen · Handrücken rechts" in said(page)
    assert "11,33 €" in said(page)

    answer = fill(desk, started.location, action=f"{started.location}/issue")
    assert answer.status_code == 303
    page = desk.get(answer.location)
    assert f"Rechnung RE-{today().year}-0001" in said(page)
    (download,) = set(re.findall(r'href="([^"]+/papers/\d+\.pdf)"', page.text))
    paper = desk.get(download)
    assert paper.content_type == "application/pdf"
    assert "11,33 €" in pdf_text(paper.data)

    handed = fill(desk, answer.location, action=f"{answer.location}/delivered", delivered_how="paper")
    assert handed.status_code == 303
    assert "gedruckt übergeben" in said(desk.get(handed.location))

    gone = fill(desk, f"{answer.location}/cancel", reason="Falscher Empfänger")
    assert gone.status_code == 303
    assert f"Stornorechnung ST-{today().year}-0001" in said(desk.get(gone.location))
    assert "−11,33 €" in said(desk.get(gone.location))
    assert "Storniert" in said(desk.get(answer.location))
    listed = desk.get(f"{BASE}/invoices").text
    assert listed.count('data-state="beendet"') == 2, "neither the invoice nor its cancellation looks done"


def test_a_second_draft_leads_to_the_first(desk, cast, backstage):
    treatment_id = backstage(a_session, cast)
    first = fill(desk, f"{BASE}/treatments/{treatment_id}/invoice").location
    assert desk.get(f"{BASE}/treatments/{treatment_id}/invoice").location == first


def test_a_session_that_is_not_done_gets_a_sentence(desk, cast, backstage):
    treatment_id = backstage(a_session, cast, state="started")
    answer = fill(desk, f"{BASE}/treatments/{treatment_id}/invoice")
    assert answer.status_code == 422
    assert "noch nicht abgeschlossen" in said(answer)


def test_the_same_post_twice_gives_one_invoice_and_one_number(desk, draft, backstage):
    to, sent = form_at(desk, show(draft), show(draft, "/issue"))
    answers = [desk.post(to, data=sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert backstage(stand, draft) == ("issued", f"RE-{today().year}-0001")
    assert backstage(how_often, "issue") == 1


def how_often(step):
    """How many invoices took this step."""
    return session().scalar(select(func.count(Move.id)).where(Move.noun == "invoice", Move.step == step))


def test_two_who_both_see_the_draft_issue_it_once(desk, sits, draft):
    physician = sits("physician")
    to, sent = form_at(physician, show(draft), show(draft, "/issue"))
    assert issue(desk, draft).status_code == 303
    late = physician.post(to, data=sent)
    assert late.status_code == 409
    assert "Sabine Krüger hat diese Seite" in said(late)
    assert f"RE-{today().year}-0001" in said(late)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"factor": "0"}, "Der Faktor ist größer als null."),
        ({"factor": "-1"}, "Der Faktor ist größer als null."),
        ({"factor": "abc"}, "Das ist keine Zahl."),
        ({"factor": ""}, "Der Faktor fehlt."),
        ({"factor": "1000"}, "Das ist zu viel."),
        ({"factor": "2,30001"}, "zu viele Stellen"),
        ({"quantity": "0"}, "Das ist zu wenig."),
        ({"quantity": "1,5"}, "ganze Zahl"),
        ({"clock_time": "25:00"}, "Das ist keine Uhrzeit."),
        ({"reason": "\u202ex"}, "unsichtbares Steuerzeichen"),
        ({"reason": "漢"}, "fehlen in der Schrift"),
    ],
)
def test_a_wrong_line_gets_a_sentence_and_keeps_what_was_typed(desk, draft, typed, sentence, backstage):
    url = show(draft, f"/lines/{backstage(first_line, draft)}")
    answer = fill(desk, url, **{**LINE, "reason": "Zeitaufwand", **typed})
    assert answer.status_code == 422
    assert sentence in said(answer)
    (name, value), *_ = typed.items()
    sent = dict(forms_in(answer.text)[0][1])
    assert sent[name] == value.replace("\u202e", "\u202e")


@pytest.mark.parametrize("factor", ["3,5", "3.5", "3,50"])
def test_the_factor_takes_comma_and_point(desk, draft, factor, backstage):
    answer = fill(
        desk, show(draft, f"/lines/{backstage(first_line, draft)}"), **{**LINE, "factor": factor, "reason": "Aufwand"}
    )
    assert answer.status_code == 303
    page = said(desk.get(answer.location))
    assert "14,48 €" in page
    assert "Begründung: Aufwand" in page


def test_a_factor_of_99_is_saved_and_blocks_with_its_sentence(desk, draft, backstage):
    answer = fill(desk, show(draft, f"/lines/{backstage(first_line, draft)}"), **{**LINE, "factor": "99"})
    page = desk.get(answer.location)
    assert "Honorarvereinbarung vor der Leistung" in said(page)
    assert "Rechnung ausstellen" not in page.text  # the way out takes its place
    assert "Position ändern" in said(page)


def first_line(invoice_id):
    return session().get_one(Invoice, invoice_id).lines[0].id


def test_a_stale_line_keeps_what_was_typed_and_says_who_was_faster(desk, sits, draft, backstage):
    url = show(draft, f"/lines/{backstage(first_line, draft)}")
    to, sent = form_at(desk, url)
    fill(sits("physician"), url, **{**LINE, "clock_time": "9:15"})
    answer = desk.post(to, data={**sent, "reason": "Narbengewebe", "factor": "3,0"})
    assert answer.status_code == 409
    assert "Dr. med. Henrike Seidel hat diese Seite" in said(answer)
    assert "Narbengewebe" in answer.text
    again = forms_in(answer.text)[0][1]
    assert desk.post(to, data=again).status_code == 303  # sent once more, it counts


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"tax_number": "", "vat_id": ""}, "Die Steuernummer der Praxis fehlt."),
        ({"iban": ""}, "Die IBAN der Praxis fehlt."),
    ],
)
def test_what_the_practice_lacks_is_said_and_nothing_is_drawn(desk, draft, cast, values, sentence, backstage):
    to, sent = form_at(desk, show(draft), show(draft, "/issue"))
    backstage(change, Practice, cast.practice_id, **values)
    answer = desk.post(to, data=sent)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert backstage(stand, draft) == ("draft", None)


def test_without_agreement_only_the_owner_goes_on(desk, sits, cast, backstage):
    invoice_id = backstage(a_draft, cast, agreed=False)
    page = desk.get(show(invoice_id))
    assert "Selbstzahlervereinbarung fehlt" in said(page)
    assert "/agreement" not in page.text
    for role in ("reception", "physician"):
        assert sits(role).get(show(invoice_id, "/agreement")).status_code == 403
        assert sits(role).post(show(invoice_id, "/agreement"), data={"reason": "x"}).status_code == 403
    owner = sits("owner")
    assert "Ohne Vereinbarung ausstellen" in said(owner.get(show(invoice_id)))
    empty = fill(owner, show(invoice_id, "/agreement"))
    assert empty.status_code == 422
    assert "Die Begründung fehlt." in said(empty)
    assert fill(owner, show(invoice_id, "/agreement"), reason="Original verloren").status_code == 303
    assert issue(owner, invoice_id).status_code == 303
    assert "Dr. med. Karl Lindner" in backstage(who_wrote, "verloren")


def who_wrote(word):
    """Names in the audit entries about invoices that hold this word."""
    entries = select(AuditEntry.actor_name).where(AuditEntry.table_name == "invoice", AuditEntry.body.contains(word))
    return set(session().scalars(entries))


def test_what_changed_behind_the_page_is_looked_at_again(desk, draft, cast, backstage):
    to, sent = form_at(desk, show(draft), show(draft, "/issue"))
    backstage(change, Patient, cast.patient_id, street="Neumarkt 1")
    answer = desk.post(to, data=sent)
    assert answer.status_code == 422
    assert "Am Entwurf hat sich etwas geändert" in said(answer)
    _, again = next(form for form in forms_in(answer.text) if form[0].endswith("/issue"))
    assert desk.post(to, data=again).status_code == 303


def test_the_preview_is_a_pdf_that_says_draft(desk, draft):
    answer = desk.get(show(draft, "/preview.pdf"))
    assert answer.content_type == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Entwurf" in pdf_text(answer.data)


def test_an_undecided_draft_has_no_sum_and_its_preview_a_sentence(desk, sits, draft, cast, backstage):
    backstage(change, Lesion, cast.lesion_id, indication="undecided")
    page = desk.get(show(draft))
    assert "noch nicht ärztlich entschieden" in said(page)
    assert "9,52 €" in said(page)
    assert "11,33" not in said(page)
    assert f"/lesions/{cast.lesion_id}/assessment" not in page.text  # the desk cannot decide it
    assert f"/lesions/{cast.lesion_id}/assessment" in sits("physician").get(show(draft)).text
    assert desk.get(show(draft, "/preview.pdf")).status_code == 422


def test_markup_in_a_name_stays_text_on_the_page(desk, draft, cast, backstage):
    backstage(change, Patient, cast.patient_id, last_name="<b>x")
    page = desk.get(show(draft))
    assert "&lt;b&gt;x" in page.text
    assert "<b>x" not in page.text


def test_a_name_without_a_shape_gets_a_sentence_and_no_number_is_lost(desk, draft, cast, backstage):
    to, sent = form_at(desk, show(draft), show(draft, "/issue"))
    backstage(change, Patient, cast.patient_id, last_name="漢字")
    answer = desk.post(to, data=sent)
    assert answer.status_code == 422
    assert "fehlen in der Schrift der Dokumente: 漢 字" in said(answer)
    backstage(change, Patient, cast.patient_id, last_name="Kanji")
    assert issue(desk, draft).status_code == 303
    assert backstage(stand, draft) == ("issued", f"RE-{today().year}-0001")


def test_cancelling_asks_for_a_reason_and_keeps_it_when_somebody_was_faster(desk, sits, draft, backstage):
    backstage(issued, draft)
    url = show(draft, "/cancel")
    empty = fill(desk, url)
    assert empty.status_code == 422
    assert "Der Grund fehlt." in said(empty)
    to, sent = form_at(desk, url)
    assert fill(sits("physician"), url, reason="Doppelt").status_code == 303
    late = desk.post(to, data={**sent, "reason": "Falscher Empfänger"})
    assert late.status_code == 409
    assert "Falscher Empfänger" in late.text
    again = desk.post(to, data={**forms_in(late.text)[0][1]})
    assert again.status_code == 422
    assert "nicht mehr möglich" in said(again)


def test_a_cancellation_offers_neither_payment_nor_cancelling(desk, draft, backstage):
    backstage(issued, draft)
    made = fill(desk, show(draft, "/cancel"), reason="Doppelt").location
    page = desk.get(made)
    assert "/cancel" not in page.text
    assert "Wartet auf Zahlung" not in said(page)
    assert desk.get(f"{made}/cancel").status_code == 303
    assert desk.get(show(draft, "/cancel")).status_code == 303


def test_e_mail_needs_the_patients_consent(desk, draft, backstage):
    backstage(issued, draft)
    answer = fill(desk, show(draft), action=show(draft, "/delivered"), delivered_how="email")
    assert answer.status_code == 422
    assert "Zustimmung" in said(answer)


def test_a_draft_is_put_away_once_asked(desk, draft, backstage):
    assert "Diesen Entwurf verwerfen?" in said(desk.get(show(draft, "/discard")))
    assert backstage(stand, draft) == ("draft", None)
    answer = fill(desk, show(draft, "/discard"))
    assert "verworfen" in said(desk.get(answer.location))
    assert backstage(stand, draft) == ("discarded", None)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("gkv", "in der Regel keine Kassenleistung"),
        ("pkv_full", "individuell mit ihren Versicherten"),
        ("self_payer", "Selbstzahler"),
    ],
)
def test_a_calm_line_says_who_clears_the_costs(desk, draft, cast, kind, sentence, backstage):
    backstage(insured, cast, kind)
    assert sentence in said(desk.get(show(draft)))


def test_the_english_page_speaks_english(desk, draft):
    page = desk.get(show(draft), headers={"Accept-Language": "en"})
    assert "71 points × €0.0582873 × 2.3" in said(page)
    assert "€11.33" in said(page)


def test_the_list_shows_drafts_on_top_and_the_newest_first(desk, cast, backstage):
    backstage(an_agreement, cast)
    numbers = [backstage(number_of, cast) for _ in range(2)]
    backstage(drafted, cast)
    page = said(desk.get(f"{BASE}/invoices"))
    assert page.index("Entwürfe, noch ohne Nummer") < page.index(numbers[1]) < page.index(numbers[0])
    assert "geb. 02.09.1957" in page
    only = said(desk.get(f"{BASE}/invoices?state=draft"))
    assert numbers[0] not in only
    assert "Entwurf" in only


def number_of(cast):
    """The number of one more issued invoice."""
    return issued(drafted(cast)).number


def drafted(cast):
    """The id of a draft for one more session."""
    treatment_id = a_session(cast)
    with unit_of_work():
        return draft_invoice(treatment_id)


def test_pages_of_the_list_follow_one_another_without_gap_or_double(desk, cast, monkeypatch, backstage):
    monkeypatch.setattr(lists, "PAGE", 2)
    backstage(an_agreement, cast)
    expected = [backstage(number_of, cast) for _ in range(5)][::-1]
    url, seen = f"{BASE}/invoices", []
    while url:
        page = desk.get(url).text
        seen += re.findall(r">(RE-[\d-]+)<", page)
        further = re.search(r'rel="next" href="([^"]+)"', page)
        url = html.unescape(further[1]) if further else ""
    assert seen == expected


@pytest.mark.parametrize("after", ["x", "2026-13-01.4", ".", "2026-01-01.-4", "2026-01-01." + "9" * 40])
def test_a_made_up_place_in_the_list_shows_its_start(desk, draft, after):
    assert desk.get(f"{BASE}/invoices?after={after}").status_code == 200


def test_restricted_patients_are_not_in_the_list(desk, draft, cast, backstage):
    assert "Yılmaz" in said(desk.get(f"{BASE}/invoices"))
    backstage(change, Patient, cast.patient_id, restricted_since=dt.datetime.now(dt.UTC))
    assert "Yılmaz" not in said(desk.get(f"{BASE}/invoices"))


@pytest.mark.parametrize("what", ["list", "draft", "issued", "cancelled"])
def test_no_page_needs_more_than_twelve_statements(app, desk, cast, what, backstage):
    backstage(an_agreement, cast)
    invoice_id = backstage(drafted, cast)
    for _ in range(2):
        backstage(issued, backstage(drafted, cast))
    if what in ("issued", "cancelled"):
        backstage(issued, invoice_id)
    if what == "cancelled":
        fill(desk, show(invoice_id, "/cancel"), reason="Doppelt")
    url = f"{BASE}/invoices" if what == "list" else show(invoice_id)
    desk.get(url)  # what is read once in a process is read now
    assert len(statements(app, lambda: desk.get(url))) <= 12


def statements(app, act):
    """The statements that a request sends."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    with app.app_context():
        engine = app.extensions["test-db"].engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sent
