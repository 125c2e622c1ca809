"""Who gets the invoice and in which form, as the desk enters it with the patient."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from flask import render_template
from sqlalchemy import select

from kostenklar.models.patient import Patient, Policy
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.invoice_pages import invoice_page
from kostenklar.plugin.queries.invoice_rows import DraftPage
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.forms_of import fill, typed_into
from kostenklar.tests.invoice_scene import a_draft, issued
from kostenklar.tests.patient_scene import PATIENTS, ask, patient, register, shown

FIRM = {
    "recipient__name": "Beispiel GmbH", "recipient__street": "Am Hof 1", "recipient__postcode": "53113",
    "recipient__city": "Bonn", "recipient__company": "y",
}  # fmt: skip
READABLE = "Das sind Gesundheitsdaten."


def typed(**values: str) -> dict[str, str]:
    return {name.replace("__", "-"): value for name, value in values.items()}


def test_a_company_and_its_wish_for_electronic_invoices_are_kept_and_shown_again(app, cast, desk):
    new = register(app, cast)
    url = f"{PATIENTS}/{new}/edit"
    assert fill(desk, url, **typed(**FIRM, e_invoice="y")).status_code == 303
    kept = patient(app, new)
    assert kept.e_invoice is True
    assert kept.recipient == {
        "name": "Beispiel GmbH", "street": "Am Hof 1", "postcode": "53113", "city": "Bonn", "country": "DE",
        "company": True,
    }  # fmt: skip
    page = desk.get(url).text
    again = shown(page)
    assert (again["recipient-company"], again["e_invoice"]) == ("y", "y")
    assert "Gesundheitsdaten" in page


def test_nobody_has_it_unless_somebody_ticked_it(app, cast, desk):
    new = register(app, cast)
    assert patient(app, new).e_invoice is False
    assert "e_invoice" not in shown(desk.get(f"{PATIENTS}/{new}/edit").text)


def test_it_can_be_taken_back(app, cast, desk):
    new = register(app, cast, e_invoice=True)
    url = f"{PATIENTS}/{new}/edit"
    sent = typed_into(desk.get(url).text)
    del sent["e_invoice"]
    assert desk.post(url, data=sent).status_code == 303
    assert patient(app, new).e_invoice is False


def test_a_recipient_whom_an_earlier_release_wrote_is_shown_and_saved(app, cast, desk):
    new = register(app, cast)
    with app.app_context(), acting_as("t"), unit_of_work():
        old = {"name": "Eva Müller", "street": "Weg 1", "postcode": "50667", "city": "Köln"}
        session().get_one(Patient, new).recipient = old
    assert fill(desk, f"{PATIENTS}/{new}/edit").status_code == 303
    kept = patient(app, new).recipient
    assert kept is not None
    assert (kept["name"], kept["country"], kept["company"]) == ("Eva Müller", "DE", False)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"recipient__postcode": "5311"}, "Die PLZ hat fünf Ziffern."),
        ({"recipient__name": ""}, "Der Name auf der Rechnung fehlt."),
        ({"recipient__street": ""}, "Zur Anschrift auf der Rechnung fehlt die Straße."),
        ({"recipient__country": "XX"}, "Bitte wählen Sie"),
    ],
)
def test_a_wrong_address_is_asked_back_and_nothing_typed_is_lost(app, cast, desk, changes, told):
    new = register(app, cast)
    values = {**FIRM, **changes}
    answer = fill(desk, f"{PATIENTS}/{new}/edit", **typed(**values, e_invoice="y"))
    assert answer.status_code == 422
    assert told in html.unescape(answer.text)
    again = shown(answer.text)
    assert (again["recipient-city"], again["recipient-company"], again["e_invoice"]) == ("Bonn", "y", "y")


def test_a_postcode_abroad_is_taken_as_it_is(app, cast, desk):
    new = register(app, cast)
    values = {**FIRM, "recipient__postcode": "1010", "recipient__city": "Wien", "recipient__country": "AT"}
    assert fill(desk, f"{PATIENTS}/{new}/edit", **typed(**values)).status_code == 303


def test_only_a_company_ticked_without_a_name_is_asked_back(app, cast, desk):
    new = register(app, cast)
    answer = fill(desk, f"{PATIENTS}/{new}/edit", **typed(recipient__company="y"))
    assert answer.status_code == 422
    assert "Der Name auf der Rechnung fehlt." in answer.text


@pytest.mark.parametrize("wanted", [True, False])
def test_draft_and_invoice_say_that_readable_data_goes_out(app, cast, desk, wanted):
    def backstage(act, *args):
        with app.app_context(), acting_as("user:sabine", name="Sabine Krüger", practices=[cast.practice_id]):
            return act(*args)

    def wish():
        with unit_of_work():
            session().get_one(Patient, cast.patient_id).e_invoice = wanted

    backstage(wish)
    invoice_id = backstage(a_draft, cast)
    url = f"/kostenklar/invoices/{invoice_id}"
    assert (READABLE in desk.get(url).text) is wanted
    backstage(issued, invoice_id)
    assert (READABLE in desk.get(url).text) is wanted


def test_an_invoice_to_a_child_asks_who_pays_until_somebody_is_named(app, cast, desk):
    def backstage(act, *args):
        with app.app_context(), acting_as("user:sabine", name="Sabine Krüger", practices=[cast.practice_id]):
            return act(*args)

    def child(recipient):
        with unit_of_work():
            found = session().get_one(Patient, cast.patient_id)
            found.birth_date, found.recipient = today() - dt.timedelta(days=15 * 365), recipient

    url = f"/kostenklar/invoices/{backstage(a_draft, cast)}"
    assert "minderjährige Person" not in desk.get(url).text
    backstage(child, None)
    page = desk.get(url).text
    assert "Die Rechnung geht an eine minderjährige Person." in page
    assert f"/patients/{cast.patient_id}/edit" in page
    backstage(child, {"name": "Eva Müller", "street": "Weg 1", "postcode": "50667", "city": "Köln"})
    assert "minderjährige Person" not in desk.get(url).text


def test_a_policyholder_abroad_is_kept_and_shown_with_the_country(app, cast, desk):
    new = register(app, cast)
    holder = {
        "kind": "pkv_full", "holder_name": "Hakan Yılmaz", "holder_street": "Ring 1", "holder_postcode": "1010",
        "holder_city": "Wien", "holder_country": "AT",
    }  # fmt: skip
    url = f"{PATIENTS}/{new}/insurance"
    assert fill(desk, url, **holder).status_code == 303
    policy_id = ask(app, select(Policy.id).where(Policy.patient_id == new, Policy.holder_name != ""))
    assert shown(desk.get(f"{url}/{policy_id}").text)["holder_country"] == "AT"
    assert "Ring 1, 1010 Wien, Österreich" in html.unescape(desk.get(url).text + desk.get(f"{PATIENTS}/{new}").text)


@pytest.mark.parametrize(
    ("country", "year", "told"),
    [
        ("DE", 2026, ""),
        ("DE", 2027, "mehr als 800.000"),
        ("DE", 2028, "in der Regel eine E-Rechnung"),
        ("AT", 2026, "eine Firma im Ausland"),
    ],
)
def test_a_draft_to_a_company_says_what_par_14_ustg_asks(app, cast, country, year, told):
    firm = {"name": "Beispiel GmbH", "street": "Am Hof 1", "postcode": "53113", "city": "Bonn", "company": True}
    with app.app_context(), acting_as("user:sabine", name="Sabine Krüger", practices=[cast.practice_id]):
        invoice_id = a_draft(cast)
        with unit_of_work():
            session().get_one(Patient, cast.patient_id).recipient = {**firm, "country": country}
        page = invoice_page(invoice_id, dt.date(year, 12, 1))
    assert isinstance(page, DraftPage)
    with app.test_request_context("/kostenklar/"):
        said = html.unescape(render_template("kostenklar/invoices/_recipient_notes.html", page=page))
    assert (told in said) if told else not said.strip()
