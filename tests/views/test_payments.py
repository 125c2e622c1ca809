"""The desk's way with money: parts, too much, taken back, cancelled, written anew, credit, receipt, reminder."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import func, select

from kostenklar.models.course import Course
from kostenklar.models.invoice import Payment, Reminder
from kostenklar.models.practice import Practice
from kostenklar.plugin.clock import today
from kostenklar.plugin.errors import NotFound
from kostenklar.plugin.extension import session
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoices import choose_diagnosis, draft_invoice
from kostenklar.plugin.services.payments import move_credit
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.clarification_scene import a_case, sent
from kostenklar.tests.forms_of import fill, form_at, forms_in
from kostenklar.tests.invoice_scene import a_draft, a_session, issued, pdf_text
from kostenklar.tests.pages import BASE, said, show
from kostenklar.tests.payment_scene import an_invoice, paid, stands, two_sessions

DAY = dt.timedelta(days=1)
PART = {"amount": "5,00", "kind": "transfer", "payer": "Gisela Yılmaz-Hofer"}


def found(pattern, text):
    """What stands in the pattern's brackets."""
    match = re.search(pattern, text)
    assert match, pattern
    return match[1]


@pytest.fixture
def invoice_id(backstage, cast):
    """An issued invoice over 11.33 euros."""
    return backstage(an_invoice, cast)


def change(model, record_id, **values):
    with unit_of_work():
        for name, value in values.items():
            setattr(session().get_one(model, record_id), name, value)


def rows():
    return session().scalar(select(func.count(Payment.id)))


def made(step, invoice_id):
    """The number of a cancellation, or the id of one more issued invoice."""
    with unit_of_work():
        return cancel_invoice(invoice_id, None, step, today()).id


def one_more(cast):
    treatment_id = a_session(cast)
    with unit_of_work():
        draft_id = draft_invoice(treatment_id)
    return issued(draft_id).id


def test_in_two_parts_and_with_a_receipt(desk, invoice_id, backstage):
    page = desk.get(show(invoice_id, "/payments"))
    assert "Offen sind 11,33 €" in said(page)
    first = fill(desk, show(invoice_id, "/payments"), **PART)
    assert first.status_code == 303
    page = said(desk.get(first.location))
    assert "Teilweise bezahlt" in page
    assert "Offen 6,33 €" in page
    rest = fill(desk, show(invoice_id, "/payments"), kind="till", external_receipt_no="K-0815")
    assert rest.status_code == 303
    page = desk.get(rest.location)
    assert "Bezahlt" in said(page)
    assert "Beleg-Nr. K-0815" in said(page)
    assert backstage(stands, invoice_id) == ("paid", Decimal("11.33"))

    link = re.findall(r'href="([^"]+/payments/\d+/receipt)"', page.text)[-1]
    assert fill(desk, link).status_code == 303
    again = desk.get(show(invoice_id))
    assert f"QU-{today().year}-0001" in said(again)
    receipt = found(rf'href="([^"]+)"[^>]*>QU-{today().year}-0001', again.text)
    text = pdf_text(desk.get(receipt).data)
    for part in (
        f"Quittung QU-{today().year}-0001", "6,33 €", "laut Praxiskasse, Beleg-Nr. K-0815",
        f"RE-{today().year}-0001", "Gisela Yılmaz-Hofer", "02.09.1957",
    ):  # fmt: skip
        assert part in text, part
    assert "Kryotherapie" not in text
    assert desk.get(link).status_code == 303  # receipted once


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount": ""}, "Der Betrag fehlt."),
        ({"amount": "0"}, "Das ist zu wenig."),
        ({"amount": "-5"}, "Das ist zu wenig."),
        ({"amount": "100.000.000.000,00"}, "Das ist zu viel."),
        ({"amount": "5,005"}, "zu viele Stellen"),
        ({"amount": "fünf"}, "Das ist keine Zahl."),
        ({"value_date": "31.02.2026"}, "Diesen Tag gibt es nicht."),
        ({"value_date": (today() + DAY).strftime("%d.%m.%Y")}, "liegt in der Zukunft"),
        ({"kind": "cash"}, "Diesen Eintrag gibt es hier nicht."),
        ({"kind": "till"}, "Die Beleg-Nr. der Praxiskasse fehlt."),
        ({"payer": "漢"}, "fehlen in der Schrift"),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_nothing_typed_is_lost(desk, invoice_id, backstage, typed, sentence):
    answer = fill(desk, show(invoice_id, "/payments"), **{**PART, "payer": "Mehmet", **typed})
    assert answer.status_code == 422
    assert sentence in said(answer)
    if "payer" not in typed:
        assert "Mehmet" in answer.text
    assert backstage(rows) == 0


def test_too_much_is_asked_about_once_and_kept_as_credit(desk, invoice_id, backstage):
    asked = fill(desk, show(invoice_id, "/payments"), **{**PART, "amount": "20,00"})
    assert asked.status_code == 422
    assert "8,67 € sind zu viel" in said(asked)
    shown = forms_in(asked.text)[0][1]
    assert shown["amount"] == "20,00"
    assert desk.post(show(invoice_id, "/payments"), data=shown).status_code == 422  # the tick is the decision
    done = desk.post(show(invoice_id, "/payments"), data={**shown, "confirm": "y"})
    assert done.status_code == 303
    page = said(desk.get(done.location))
    assert "Guthaben: 8,67 €." in page
    assert "Gutschrift" not in page
    assert backstage(stands, invoice_id) == ("paid", Decimal("20.00"))


def test_two_warnings_are_both_confirmed_with_one_tick(desk, invoice_id):
    before = (today() - DAY).strftime("%d.%m.%Y")
    asked = fill(desk, show(invoice_id, "/payments"), **{**PART, "amount": "20,00", "value_date": before})
    assert "das Geld kam früher" in said(asked)
    assert "sind zu viel" in said(asked)
    shown = forms_in(asked.text)[0][1]
    assert desk.post(show(invoice_id, "/payments"), data={**shown, "confirm": "y"}).status_code == 303


def test_the_same_post_twice_is_one_payment(desk, invoice_id, backstage):
    to, sent = form_at(desk, show(invoice_id, "/payments"))
    answers = [desk.post(to, data={**sent, **PART}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert backstage(rows) == 1


def test_of_two_who_book_from_the_same_page_the_second_is_told(desk, sits, invoice_id, backstage):
    to, sent = form_at(desk, show(invoice_id, "/payments"))
    assert fill(sits("physician"), show(invoice_id, "/payments"), **PART).status_code == 303
    late = desk.post(to, data={**sent, **PART, "payer": "Mehmet Yılmaz"})
    assert late.status_code == 409
    assert "Dr. med. Henrike Seidel hat diese Seite" in said(late)
    assert "Mehmet Yılmaz" in late.text
    assert backstage(rows) == 1


def test_closed_books_get_a_sentence(desk, invoice_id, cast, backstage):
    backstage(change, Practice, cast.practice_id, books_locked_until=today())
    answer = fill(desk, show(invoice_id, "/payments"), **PART)
    assert answer.status_code == 422
    assert "Die Bücher sind bis" in said(answer)


def test_a_payment_is_taken_back_with_its_reason(desk, invoice_id, backstage):
    payment_id = backstage(paid, invoice_id, "11.33")
    url = f"{BASE}/payments/{payment_id}/reversal"
    empty = fill(desk, url)
    assert empty.status_code == 422
    assert "Der Grund fehlt." in said(empty)
    to, sent = form_at(desk, url)
    assert desk.post(to, data={**sent, "reason": "Rücklastschrift"}).status_code == 303
    page = said(desk.get(show(invoice_id)))
    assert "−11,33 €" in page
    assert "Rücklastschrift" in page
    assert backstage(stands, invoice_id) == ("issued", Decimal(0))
    assert desk.get(url).status_code == 303
    twice = desk.post(to, data={**sent, "once": "another", "reason": "noch einmal"})
    assert twice.status_code in (409, 422)


def test_a_cancelled_invoice_is_not_paid_and_money_for_it_is_credit(desk, invoice_id, backstage):
    backstage(made, "Falscher Empfänger", invoice_id)
    again = fill(desk, show(invoice_id, "/again"))
    assert again.status_code == 303
    draft_id = int(again.location.rsplit("/", 1)[1])
    assert fill(desk, show(invoice_id, "/again")).location == again.location
    new = backstage(lambda: issued(draft_id).number)
    page = desk.get(show(invoice_id, "/payments"))
    assert "Diese Rechnung ist storniert." in said(page)
    assert new in said(page)
    asked = desk.post(show(invoice_id, "/payments"), data={**forms_in(page.text)[0][1], **PART})
    assert asked.status_code == 422
    assert "bleibt als Guthaben stehen" in said(asked)
    done = desk.post(show(invoice_id, "/payments"), data={**forms_in(asked.text)[0][1], "confirm": "y"})
    assert done.status_code == 303
    page = said(desk.get(show(invoice_id)))
    assert "Guthaben: 5,00 €." in page
    assert "Guthaben verrechnen" in page


def test_the_credit_is_offered_and_moved_to_the_new_invoice(desk, invoice_id, cast, backstage):
    backstage(paid, invoice_id, "11.33")
    gone = fill(desk, show(invoice_id, "/cancel"), reason="Falscher Empfänger")
    assert gone.status_code == 303
    page = desk.get(show(invoice_id))
    assert "Neue Rechnung vorbereiten" in said(page)
    assert "Guthaben: 11,33 €." in said(page)
    assert "Guthaben" in said(desk.get(f"{BASE}/patients/{cast.patient_id}"))
    draft_id = int(fill(desk, show(invoice_id, "/again")).location.rsplit("/", 1)[1])
    assert f"stornierte Rechnung RE-{today().year}-0001" in said(desk.get(show(draft_id)))
    assert fill(desk, show(draft_id), action=show(draft_id, "/issue")).status_code == 303
    assert "Dort stehen 11,33 € Guthaben." in said(desk.get(show(draft_id)))
    moved = fill(desk, show(invoice_id, f"/credit?to={draft_id}"))
    assert moved.status_code == 303
    assert moved.location.endswith(show(draft_id))
    assert backstage(stands, draft_id) == ("paid", Decimal("11.33"))
    assert backstage(stands, invoice_id) == ("cancelled", Decimal(0))
    assert "Guthaben:" not in said(desk.get(show(invoice_id)))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"amount": "9,00"}, "Das Guthaben beträgt 8,67 €"), ({"target_id": "999"}, "Diesen Eintrag gibt es hier nicht.")],
)
def test_a_credit_goes_no_further_than_it_reaches(desk, invoice_id, cast, backstage, typed, sentence):
    backstage(paid, invoice_id, "20.00", "paid_too_much")
    backstage(one_more, cast)
    answer = fill(desk, show(invoice_id, "/credit"), **typed)
    assert answer.status_code == 422
    assert sentence in said(answer)


def test_without_another_open_invoice_the_credit_is_refunded(desk, invoice_id, backstage):
    backstage(paid, invoice_id, "20.00", "paid_too_much")
    assert "Es gibt keine andere offene Rechnung." in said(desk.get(show(invoice_id, "/credit")))
    empty = fill(desk, show(invoice_id, "/refund"))
    assert empty.status_code == 422
    assert "Wie wurde erstattet?" in said(empty)
    done = fill(desk, show(invoice_id, "/refund"), reason="Überweisung auf das Konto der Patientin")
    assert done.status_code == 303
    assert "Überweisung auf das Konto" in said(desk.get(done.location))
    assert backstage(stands, invoice_id) == ("paid", Decimal("11.33"))
    assert desk.get(show(invoice_id, "/refund")).status_code == 303


def test_a_reminder_before_the_due_date_is_asked_about(desk, invoice_id, backstage):
    asked = fill(desk, show(invoice_id, "/reminder"))
    assert asked.status_code == 422
    assert "Eine Erinnerung kommt noch zu früh." in said(asked)
    done = desk.post(show(invoice_id, "/reminder"), data={**forms_in(asked.text)[0][1], "confirm": "y"})
    assert done.status_code == 303
    page = desk.get(done.location)
    assert f"ZE-{today().year}-0001" in said(page)


@pytest.mark.parametrize(
    ("day", "sentence"), [("", "Das Datum fehlt."), ("heute", "Das ist kein Datum."), (0, "liegt nicht nach heute")]
)
def test_a_wrong_day_to_pay_by_gets_a_sentence(desk, invoice_id, day, sentence):
    typed = today().strftime("%d.%m.%Y") if day == 0 else day
    answer = fill(desk, show(invoice_id, "/reminder"), pay_until=typed)
    assert answer.status_code == 422
    assert sentence in said(answer)


def test_the_reminder_asks_for_what_is_open_and_its_code_pays_just_that(desk, cast, backstage):
    """Free of charge, no interest, no diagnosis; the GiroCode carries the open amount and the invoice's number."""
    backstage(change, Course, cast.course_id, diagnosis="Lentigo solaris", icd_code="L81.4")
    backstage(change, Practice, cast.practice_id, payment_days=-1)  # due yesterday
    draft_id = backstage(a_draft, cast)
    backstage(with_diagnosis, draft_id)
    invoice_id = backstage(lambda: issued(draft_id).id)
    backstage(paid, invoice_id, "5.00")
    assert "Erinnerung schreiben" in said(desk.get(f"{BASE}/"))
    assert fill(desk, show(invoice_id, "/reminder")).status_code == 303
    pdf = desk.get(f"{BASE}/papers/{backstage(reminder_paper, invoice_id)}.pdf").data
    text = pdf_text(pdf)
    until = (today() + 10 * DAY).strftime("%d.%m.%Y")
    for part in (
        f"Zahlungserinnerung zur Rechnung RE-{today().year}-0001", "Offen sind 6,33 €", until, "noch zu zahlen",
        "Kosten entstehen Ihnen durch diese Erinnerung nicht", "Gisela Yılmaz-Hofer",
    ):  # fmt: skip
        assert part in text, part
    for word in ("Lentigo", "L81.4", "Zinsen", "Mahnung", "Verzug", "Kryotherapie"):
        assert word not in text
    (code,) = zxingcpp.read_barcodes(pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil())
    assert code.text.splitlines()[7:] == ["EUR6.33", "", "", f"RE-{today().year}-0001"]
    home = said(desk.get(f"{BASE}/"))
    assert "Rechnung ist nicht bezahlt" not in home  # until the day that was named


def with_diagnosis(draft_id):
    with unit_of_work():
        choose_diagnosis(draft_id, None, shown=True)


def reminder_paper(invoice_id):
    return session().scalars(select(Reminder.paper_id).where(Reminder.invoice_id == invoice_id)).one()


def test_nothing_open_needs_no_reminder(desk, invoice_id, backstage):
    to, sent = form_at(desk, show(invoice_id, "/reminder"))
    backstage(paid, invoice_id, "11.33")
    assert desk.get(show(invoice_id, "/reminder")).status_code == 303
    answer = desk.post(to, data=sent)
    assert answer.status_code in (409, 422)
    assert backstage(lambda: session().scalar(select(func.count(Reminder.id)))) == 0


@pytest.mark.parametrize("page", ["/payments", "/credit", "/refund", "/reminder", "/again"])
def test_a_draft_has_no_money(desk, cast, backstage, page):
    draft_id = backstage(a_draft, cast)
    assert desk.get(show(draft_id, page)).status_code == 303
    home = found(r'name="csrf_token"[^>]*value="([^"]+)"', desk.get(f"{BASE}/me").text)
    answer = desk.post(show(draft_id, page), data={"csrf_token": home, "once": "x", "version": "1"})
    assert answer.status_code == 422
    assert "nicht mehr möglich" in said(answer)


def test_several_sessions_on_one_invoice(desk, cast, backstage):
    first, second = backstage(two_sessions, cast)
    stopped = backstage(a_session, cast, session_no=3, state="aborted", end_reason="Kreislauf")
    url = f"{BASE}/courses/{cast.course_id}/invoice"
    assert url in desk.get(f"{BASE}/courses/{cast.course_id}").text
    page = desk.get(url)
    assert "Sitzung 1 vom" in said(page)
    assert "abgebrochen: Kreislauf" in said(page)
    done = fill(desk, url, treatments=ticked(page))
    assert ticked(page) == [str(first), str(second)]  # the aborted one only by choice
    assert done.status_code == 303
    page = said(desk.get(done.location))
    assert "2 Sitzungen vom" in page
    assert page.count("Kryotherapie der Haut, je Sitzung") == 2
    assert "22,66 €" in page
    again = fill(desk, url, treatments=[str(first), str(second)])
    assert again.location == done.location
    other = fill(desk, url, treatments=[str(second), str(stopped)])
    assert other.status_code == 422
    assert "steht schon in einem anderen Entwurf" in said(other)


def ticked(page):
    """The values of the boxes that are ticked."""
    boxes = re.findall(r"<input[^>]*>", page.text)
    return [found(r'value="(\d+)"', box) for box in boxes if 'name="treatments"' in box and "checked" in box]


def test_no_session_chosen_gets_a_sentence(desk, cast, backstage):
    backstage(two_sessions, cast)
    answer = fill(desk, f"{BASE}/courses/{cast.course_id}/invoice", treatments=None)
    assert answer.status_code == 422
    assert "Bitte wählen Sie mindestens eine Sitzung." in said(answer)
    made_up = fill(desk, f"{BASE}/courses/{cast.course_id}/invoice", treatments=["99999"])
    assert made_up.status_code == 422


def test_a_course_without_open_sessions_says_so(desk, cast):
    assert "Hier ist nichts abzurechnen." in said(desk.get(f"{BASE}/courses/{cast.course_id}/invoice"))


def test_the_diagnosis_is_put_on_and_left_off_at_the_draft(desk, cast, backstage):
    backstage(change, Course, cast.course_id, diagnosis="Lentigo solaris", icd_code="L81.4", icd_certainty="G")
    draft_id = backstage(a_draft, cast)
    assert "bleibt weg" in said(desk.get(show(draft_id)))
    assert fill(desk, show(draft_id), action=show(draft_id, "/diagnosis")).status_code == 303
    page = said(desk.get(show(draft_id)))
    assert "Lentigo solaris (L81.4 G)" in page
    assert "Diagnose weglassen" in page
    assert "Lentigo solaris" in pdf_text(desk.get(show(draft_id, "/preview.pdf")).data)


def test_lists_and_patient_show_what_is_open(desk, invoice_id, cast, backstage):
    backstage(paid, invoice_id, "5.00")
    assert "6,33 €" in said(desk.get(f"{BASE}/invoices"))
    assert "Offen aus 1 Rechnung 6,33 €" in said(desk.get(f"{BASE}/patients/{cast.patient_id}"))
    assert "6,33 €" in said(desk.get(f"{BASE}/courses/{cast.course_id}"))


def test_another_patients_invoice_takes_no_credit(invoice_id, cast, backstage):
    """The list offers the patient's own invoices only, and the use case looks once more."""
    backstage(paid, invoice_id, "20.00", "paid_too_much")
    with pytest.raises(NotFound):
        backstage(stray, invoice_id)


def stray(invoice_id):
    with unit_of_work():
        move_credit(invoice_id, None, 999_999, Decimal("1.00"), today())


def test_the_english_page_speaks_english(desk, invoice_id, backstage):
    backstage(paid, invoice_id, "5.00")
    page = said(desk.get(show(invoice_id), headers={"Accept-Language": "en"}))
    assert "Payments" in page
    assert "€6.33" in page


def test_what_the_insurer_said_stands_beside_the_invoice(desk, cast, backstage):
    draft_id = backstage(a_draft, cast)
    assert "KK-" not in said(desk.get(show(draft_id)))
    backstage(clarified, cast)
    page = said(desk.get(show(draft_id)))
    assert "Albatros Kranken" in page
    assert f"KK-{today().year}-0001" in page


def clarified(cast):
    case_id = a_case(cast)
    sent(case_id)


def test_two_sessions_that_wait_for_their_invoice_lead_to_one_over_both(desk, cast, as_reception):
    two_sessions(cast)
    page = desk.get(f"{BASE}/courses/{cast.course_id}")
    assert "2 Sitzungen sind dokumentiert und noch nicht abgerechnet." in said(page)
    assert f'href="{BASE}/courses/{cast.course_id}/invoice"' in page.text
