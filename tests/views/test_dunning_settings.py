"""Settings around reminding and dunning: base rates with their source, days, and what a letter costs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from kostenklar.models.debt import BaseRate
from kostenklar.models.practice import Practice
from kostenklar.plugin.clock import frozen, now, today
from kostenklar.plugin.extension import session
from kostenklar.tests.dunning_scene import a_late_invoice
from kostenklar.tests.forms_of import fill, form_at
from kostenklar.tests.pages import said

BASE = "/kostenklar"


def test_base_rates_are_shown_with_their_source_and_can_be_corrected(owner, cast, backstage):
    page = said(owner.get(f"{BASE}/practice/base-rates"))
    assert "nicht mit der Bundesbank abgeglichen" in page
    assert "1,52 %" in page
    for typed, sentence in (
        ({"valid_from": "02.01.2027"}, "ändert sich nur zum 1. Januar und zum 1. Juli"),
        ({"percent": "zwei"}, "Das ist keine Zahl."),
        ({"percent": "99"}, "Das ist zu viel."),
        ({"source": ""}, "Die Quelle fehlt."),
    ):
        given = {"valid_from": "01.01.2027", "percent": "-0,88", "source": "Bundesbank, 29.12.2026", **typed}
        wrong = fill(owner, f"{BASE}/practice/base-rates", **given)
        assert wrong.status_code == 422, typed
        assert sentence in said(wrong), typed
    given = {"valid_from": "01.01.2027", "percent": "-0,88", "source": "Bundesbank, 29.12.2026"}
    assert fill(owner, f"{BASE}/practice/base-rates", **given).status_code == 303
    assert backstage(lambda: session().scalars(select(BaseRate.percent)).one()) == Decimal("-0.88")
    assert "Eintrag der Praxis" in said(owner.get(f"{BASE}/practice/base-rates"))


def test_days_and_cost_of_letters_are_settings_of_the_practice(owner, sits, cast, backstage):
    invoice_id = backstage(a_late_invoice, cast)
    wrong = fill(owner, f"{BASE}/practice/edit", dunning_fee="99")
    assert wrong.status_code == 422
    assert "höchstens 50,00" in said(wrong)
    done = fill(owner, f"{BASE}/practice/edit", reminder_days="7", dunning_days="21", dunning_fee="2,50")
    assert done.status_code == 303
    kept = backstage(lambda: session().get_one(Practice, cast.practice_id))
    assert (kept.reminder_days, kept.dunning_days, kept.dunning_fee) == (7, 21, Decimal("2.50"))
    with frozen(now() + dt.timedelta(20)):
        _, sent = form_at(sits("reception"), f"{BASE}/invoices/{invoice_id}/reminder")
        assert sent["pay_until"] == (today() + dt.timedelta(7)).strftime("%d.%m.%Y")
