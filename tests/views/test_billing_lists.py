"""The lists of the invoices' area: what waits for its invoice, what is open by age, and the way from row to row."""

from __future__ import annotations

import re

import pytest
import time_machine

from kostenklar.models.practice import Practice
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import a_session, an_agreement
from kostenklar.tests.pages import said
from kostenklar.tests.payment_scene import an_invoice, paid

BASE = "/kostenklar/invoices"


def late(cast, days):
    with unit_of_work():
        session().get_one(Practice, cast.practice_id).payment_days = -days
    return an_invoice(cast)


def test_the_tabs_lead_from_list_to_list_and_one_is_the_current(sits):
    desk = sits("reception")
    for where in ("", "/unbilled", "/receivables"):
        page = desk.get(f"{BASE}{where}")
        assert page.status_code == 200
        tabs = re.search(r'<nav class="kk-tabs".*?</nav>', page.text, re.DOTALL)
        assert tabs
        assert tabs[0].count("aria-current") == 1
        assert {f'href="{BASE}"', f'href="{BASE}/unbilled"', f'href="{BASE}/receivables"'} <= set(
            re.findall(r'href="[^"]+"', tabs[0])
        )


def test_from_the_session_without_an_invoice_to_its_draft(sits, backstage, cast):
    backstage(an_agreement, cast)
    treatment_id = backstage(a_session, cast)
    desk = sits("reception")
    page = desk.get(f"{BASE}/unbilled")
    assert "Dokumentiert, noch ohne Rechnung" in said(page)
    assert f'href="/kostenklar/treatments/{treatment_id}/invoice"' in page.text


def test_a_session_that_is_not_charged_says_why(sits, backstage, cast):
    backstage(a_session, cast, state="aborted", billing="not_billable", end_reason="Kreislauf")
    desk = sits("reception")
    assert "Jede Sitzung hat ihre Rechnung" in said(desk.get(f"{BASE}/unbilled"))
    assert "als nicht berechenbar eingetragen: Kreislauf" in said(desk.get(f"{BASE}/unbilled?part=free"))


def test_the_open_items_by_age_with_sums_and_their_rows(sits, backstage, cast):
    invoice_id = backstage(late, cast, 45)
    backstage(paid, invoice_id, "5.00")
    desk = sits("reception")
    page = desk.get(f"{BASE}/receivables")
    assert re.search(r"31 bis 60 Tage 6,33 € 0,00 € 0,00 € 1 6,33 €", said(page))
    assert "Zusammen 6,33 €" in said(page)
    assert f'href="{BASE}/{invoice_id}"' in page.text
    assert f'href="{BASE}/{invoice_id}"' in desk.get(f"{BASE}/receivables?age=to_60").text
    assert f'href="{BASE}/{invoice_id}"' not in desk.get(f"{BASE}/receivables?age=older").text


def test_what_was_paid_too_much_stands_among_the_credits(sits, backstage, cast):
    invoice_id = backstage(late, cast, 1)
    backstage(paid, invoice_id, "20.00", "paid_too_much")
    page = said(sits("reception").get(f"{BASE}/receivables"))
    assert "Hier ist nichts offen" in page
    assert "zu viel bezahlt 8,67 €" in page


@pytest.mark.parametrize(
    "asked",
    ["unbilled?part=x&after=y", "unbilled?after=" + "9" * 40, "receivables?age=x&after=y",
     "receivables?after=2026-02-30.1", "receivables?after=2026-11-22." + "9" * 30,
     "receivables?age=older&after=2026-11-22.1"],
)  # fmt: skip
def test_an_address_that_does_not_read_shows_the_list(sits, asked):
    assert sits("reception").get(f"{BASE}/{asked}").status_code == 200


def test_a_claim_that_will_be_barred_is_marked_and_found(sits, backstage, cast):
    invoice_id = backstage(late, cast, 45)
    desk = sits("reception")
    assert "verjähr" not in said(desk.get(f"{BASE}/receivables"))
    with time_machine.travel(today().replace(year=today().year + 3, month=7, day=1), tick=False):
        page = desk.get(f"{BASE}/receivables")
        assert "Eine offene Forderung über 11,33 € verjährt in der Regel mit dem 31.12." in said(page)
        assert "verjährt in der Regel zum 31.12." in said(page)
        link = re.search(r'href="([^"]+age=barred)"', page.text)
        assert link
        found = desk.get(link[1])
        assert "Verjährt oder bald verjährt" in said(found)
        assert f'href="{BASE}/{invoice_id}"' in found.text
