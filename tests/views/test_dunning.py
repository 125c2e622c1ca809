"""The desk's way with an unpaid invoice: reminder, two dunning letters, a hold."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from sqlalchemy import select

from kostenklar.models.invoice import Invoice, Reminder
from kostenklar.plugin.clock import frozen, now, today
from kostenklar.plugin.extension import session
from kostenklar.tests.dunning_scene import EVERYTHING, a_late_invoice, after, dunned, practice
from kostenklar.tests.forms_of import fill, form_at, forms_in
from kostenklar.tests.invoice_scene import pdf_text
from kostenklar.tests.pages import BASE, said, show
from kostenklar.tests.payment_scene import paid
from kostenklar.tests.statements import watched


@pytest.fixture
def invoice_id(backstage, cast):
    """An invoice over 11.33 euros of today, due in 14 days, handed over."""
    return backstage(a_late_invoice, cast)


def in_days(days):
    """The clock stands so many days from now."""
    return frozen(now() + dt.timedelta(days))


def state_of(invoice_id):
    return session().get_one(Invoice, invoice_id).state


def letters():
    return session().scalars(select(Reminder.level).order_by(Reminder.id)).all()


def test_from_the_reminder_to_the_second_letter_the_page_names_the_next_step(desk, invoice_id, backstage):
    for day, name, more in (
        (20, "Zahlungserinnerung schreiben", "/reminder"),
        (40, "Mahnung schreiben", "/dunning/1"),
        (60, "Zweite Mahnung schreiben", "/dunning/2"),
    ):
        with in_days(day):
            page = desk.get(show(invoice_id))
            assert name in said(page), day
            assert show(invoice_id, more) in page.text
            to, sent = form_at(desk, show(invoice_id, more))
            answer = desk.post(to, data=sent)
            if answer.status_code == 422:  # the base rate of a new half-year is asked about
                answer = desk.post(to, data={**forms_in(answer.text)[0][1], "confirm": "y"})
            assert answer.status_code == 303
            page = desk.get(show(invoice_id))
            if day > 20:
                link = re.findall(r'href="([^"]+/reminders/\d+/delivered)"', page.text)[-1]
                assert "tragen Sie die Übergabe ein" in said(page)
                assert fill(desk, link, delivered_how="paper").status_code == 303
    assert backstage(letters) == [0, 1, 2]
    with in_days(90):
        page = said(desk.get(show(invoice_id)))
    assert "Nach der zweiten Mahnung entscheidet die Praxisleitung" in page
    assert "In Verzug seit" in page
    assert "Erinnert oder gemahnt" in page


def test_the_letter_s_page_shows_beforehand_what_it_will_ask_for(desk, invoice_id, cast, backstage):
    backstage(practice, cast, dunning_fee=Decimal("2.50"))
    with in_days(400):
        page = said(desk.get(show(invoice_id, "/dunning/2")))
        assert "In Verzug seit" in page
        assert "Verzugszinsen bis heute" in page
        assert "Kosten des Schreibens 2,50 €" in page
        to, sent = form_at(desk, show(invoice_id, "/dunning/2"))
        asked = desk.post(to, data=sent)
        assert asked.status_code == 422
        assert "Üblich wäre jetzt die Zahlungserinnerung" in said(asked)
        done = desk.post(to, data={**forms_in(asked.text)[0][1], "confirm": "y"})
        assert done.status_code == 303
        shown = desk.get(show(invoice_id))
        assert "Zinsen und 2,50 € Kosten" in said(shown)
        paper = re.findall(r'href="([^"]+)"[^>]*>MA-', shown.text)[0]
        text = pdf_text(desk.get(paper).data)
    assert "Zweite Mahnung zur Rechnung" in text
    assert "Kryotherapie" not in text


def test_before_the_day_no_dunning_letter_leaves_the_house(desk, invoice_id, backstage):
    answer = fill(desk, show(invoice_id, "/dunning/1"))
    assert answer.status_code == 422
    assert "Das Zahlungsziel ist erst der" in said(answer)
    assert backstage(letters) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"pay_until": ""}, "Das Datum fehlt."),
        ({"pay_until": "morgen"}, "kein Datum"),
        ({"pay_until": "01.01.2020"}, "Der neue Zahltag liegt nicht nach heute"),
    ],
)
def test_a_wrong_day_gets_a_sentence(desk, invoice_id, backstage, typed, sentence):
    with in_days(40):
        answer = fill(desk, show(invoice_id, "/dunning/1"), **typed)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert backstage(letters) == []


def test_there_is_no_third_letter(desk, invoice_id):
    assert desk.get(show(invoice_id, "/dunning/3")).status_code == 404
    assert desk.get(show(invoice_id, "/dunning/0")).status_code == 404


def test_the_same_post_twice_is_one_letter(desk, invoice_id, backstage):
    with in_days(20):
        to, sent = form_at(desk, show(invoice_id, "/reminder"))
        assert [desk.post(to, data=sent).status_code for _ in range(2)] == [303, 303]
    assert backstage(letters) == [0]


def test_a_hold_is_said_in_the_next_step_and_lifted_again(desk, invoice_id):
    with in_days(20):
        until = (today() + dt.timedelta(30)).strftime("%d.%m.%Y")
        answer = fill(desk, show(invoice_id, "/hold"), until=until, reason="")
        assert answer.status_code == 422
        assert "Der Grund fehlt." in said(answer)
        done = fill(desk, show(invoice_id, "/hold"), until=until, reason="Die Versicherung prüft noch.")
        assert done.status_code == 303
        page = said(desk.get(done.location))
        assert f"Mahnsperre bis {until}: Die Versicherung prüft noch." in page
        refused = fill(desk, show(invoice_id, "/reminder"))
        assert refused.status_code == 422
        assert "gilt eine Mahnsperre" in said(refused)
        (_, change), (to, lift) = forms_in(desk.get(show(invoice_id, "/hold")).text)[:2]
        assert change["reason"] == "Die Versicherung prüft noch."
        assert desk.post(to, data=lift).status_code == 303
        assert "Zahlungserinnerung schreiben" in said(desk.get(show(invoice_id)))


def test_a_late_invoice_is_in_the_list_of_the_late_before_the_job_has_run(desk, invoice_id):
    def listed(state):
        return "RE-" in said(desk.get(f"{BASE}/invoices?state={state}"))

    assert (listed("sent"), listed("overdue")) == (True, False)
    with in_days(15):
        assert (listed("sent"), listed("overdue")) == (False, True)


def test_today_s_page_offers_the_letter_whose_turn_it_is(desk, invoice_id, backstage):
    with in_days(40):
        assert "Erinnerung schreiben" in said(desk.get(f"{BASE}/"))
    backstage(dunned, invoice_id, 1, after(40), *EVERYTHING)
    with in_days(50):
        assert "Zweite Mahnung" not in said(desk.get(f"{BASE}/"))  # its day is not over
    with in_days(60):
        page = said(desk.get(f"{BASE}/"))
    assert "gemahnt am" in page
    assert "Zweite Mahnung" in page


def test_three_letters_and_two_payments_cost_no_statement_more(app, desk, invoice_id, backstage):
    def statements():
        desk.get(show(invoice_id))  # what is read once in a process is read now
        with watched(app) as sent:
            desk.get(show(invoice_id))
        return len(sent)

    backstage(dunned, invoice_id, 1, after(60), *EVERYTHING)
    with in_days(80):
        before = statements()
        backstage(dunned, invoice_id, 2, after(80), *EVERYTHING)
        backstage(paid, invoice_id, "2.00")
        backstage(paid, invoice_id, "3.00")
        assert statements() == before
