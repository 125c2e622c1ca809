"""Writing off at the desk, what leads back where nothing is open, and a credit that is interest."""

from __future__ import annotations

import datetime as dt

import pytest

from kostenklar.models.invoice import Invoice
from kostenklar.plugin.clock import frozen, now
from kostenklar.plugin.extension import session
from kostenklar.tests.dunning_scene import EVERYTHING, a_late_invoice, after, dunned
from kostenklar.tests.forms_of import fill, form_at, forms_in
from kostenklar.tests.pages import BASE, said, show
from kostenklar.tests.payment_scene import paid


@pytest.fixture
def invoice_id(backstage, cast):
    """An invoice over 11.33 euros of today, due in 14 days, handed over."""
    return backstage(a_late_invoice, cast)


def in_days(days):
    """The clock stands so many days from now."""
    return frozen(now() + dt.timedelta(days))


def state_of(invoice_id):
    return session().get_one(Invoice, invoice_id).state


def test_only_the_owner_writes_off_and_takes_it_back(desk, owner, invoice_id, backstage):
    assert desk.get(show(invoice_id, "/write-off")).status_code == 403
    with in_days(20):
        assert "Ausbuchen" not in said(desk.get(show(invoice_id)))
        assert "Ausbuchen" in said(owner.get(show(invoice_id)))
    answer = fill(owner, show(invoice_id, "/write-off"), reason=" ")
    assert answer.status_code == 422
    assert fill(owner, show(invoice_id, "/write-off"), reason="unbekannt verzogen").status_code == 303
    page = said(owner.get(show(invoice_id)))
    assert "Ausgebucht: unbekannt verzogen" in page
    assert "Zahlung eintragen" in page
    assert "RE-" in said(desk.get(f"{BASE}/invoices?state=written_off"))
    assert fill(owner, show(invoice_id, "/write-off/undo"), reason="neue Anschrift").status_code == 303
    assert backstage(state_of, invoice_id) == "sent"


def test_where_nothing_is_open_the_pages_lead_back(desk, owner, invoice_id, backstage):
    backstage(paid, invoice_id, "11.33")
    for person, more in ((desk, "/dunning/1"), (desk, "/hold"), (owner, "/write-off"), (owner, "/write-off/undo")):
        assert person.get(show(invoice_id, more)).status_code == 303, more
        _, sent = form_at(person, show(invoice_id, "/payments"))
        refused = person.post(show(invoice_id, more), data={**sent, "reason": "x"})
        assert refused.status_code == 422, more
        assert "Dieser Schritt ist nicht mehr möglich" in said(refused)


def test_a_credit_that_is_interest_is_booked_as_such(desk, invoice_id, backstage):
    backstage(dunned, invoice_id, 1, after(400), *EVERYTHING)
    backstage(paid, invoice_id, "20.00", "paid_too_much")
    page = desk.get(show(invoice_id))
    assert "Als Zinsen und Mahnkosten buchen" in said(page)
    too_much = fill(desk, show(invoice_id, "/claims"), amount="8,67")
    assert too_much.status_code == 422
    assert "Mehr kann nicht gebucht werden" in said(too_much)
    assert fill(desk, show(invoice_id, "/claims")).status_code == 303
    page = said(desk.get(show(invoice_id)))
    assert "als Zinsen und Mahnkosten" in page
    assert "Guthaben:" in page
    assert desk.get(show(invoice_id, "/claims")).status_code == 303


def test_money_for_what_was_written_off_is_asked_about_once_and_booked(desk, owner, invoice_id, backstage):
    fill(owner, show(invoice_id, "/write-off"), reason="unbekannt verzogen")
    asked = fill(desk, show(invoice_id, "/payments"), amount="11,33")
    assert asked.status_code == 422
    assert "Diese Rechnung ist ausgebucht." in said(asked)
    shown = forms_in(asked.text)[0][1]
    assert desk.post(show(invoice_id, "/payments"), data={**shown, "confirm": "y"}).status_code == 303
    assert backstage(state_of, invoice_id) == "paid"
