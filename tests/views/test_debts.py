"""The desk's way with a debt: the letter beside a corrected invoice, instalments, and the owner's way to a lawyer."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
from sqlalchemy import func, select

from kostenklar.models.debt import InstalmentPlan
from kostenklar.models.practice import Practice
from kostenklar.models.rules.batch_states import BatchKind
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.batch_candidates import candidates
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoices import reissue_invoice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.forms_of import fill, form_at, typed_into
from kostenklar.tests.invoice_scene import issued, pdf_text
from kostenklar.tests.pages import BASE, said, show
from kostenklar.tests.payment_scene import an_invoice, paid, stands
from kostenklar.tests.statements import watched

LATER = today() + dt.timedelta(days=10)
YEAR = today().year
LAWYER = {"lawyer": "Kanzlei Ahrens", "street": "Hohenzollernring 2", "postcode": "50672", "city": "Köln"}


@pytest.fixture
def invoice_id(backstage, cast):
    """An issued invoice over 11.33 euros whose day of payment was yesterday."""
    return backstage(late, cast)


def late(cast):
    with unit_of_work():
        session().get_one(Practice, cast.practice_id).payment_days = -1
    return an_invoice(cast)


def corrected(invoice_id):
    with unit_of_work():
        cancel_invoice(invoice_id, None, "Falscher Faktor", today())
    with unit_of_work():
        draft_id = reissue_invoice(invoice_id, None)
    return issued(draft_id).id


def plans():
    return session().scalar(select(func.count(InstalmentPlan.id)))


def looked_at(desk, invoice_id, **typed):
    """Send the form once; the page that shows the instalments."""
    return fill(desk, show(invoice_id, "/instalments"), **{"first_on": f"{LATER:%d.%m.%Y}", "figure": "3", **typed})


def test_the_letter_beside_a_corrected_invoice(desk, invoice_id, backstage):
    assert "Begleitbrief" not in said(desk.get(show(invoice_id)))
    new_id = backstage(corrected, invoice_id)
    page = desk.get(show(new_id))
    assert "War die stornierte Rechnung schon bei Versicherung oder Beihilfe?" in said(page)
    answer = fill(desk, show(new_id, "/letter"))
    assert answer.status_code == 303
    page = desk.get(show(new_id))
    assert f"KB-{YEAR}-0001" in said(page)
    link = re.search(rf'href="([^"]+)"[^>]*>KB-{YEAR}-0001', page.text)
    assert link
    assert "reichen Sie dort bitte die neue Rechnung" in pdf_text(desk.get(link[1]).data)
    assert desk.get(show(new_id, "/letter")).status_code == 303
    assert desk.get(show(invoice_id, "/letter")).status_code == 303


def test_instalments_are_looked_at_and_then_agreed(desk, invoice_id, backstage):
    shown = looked_at(desk, invoice_id)
    assert shown.status_code == 200
    assert backstage(plans) == 0
    for part in (f"1 {LATER:%d.%m.%Y} 3,77 €", "3,79 €"):
        assert part in said(shown), part
    agreed = desk.post(show(invoice_id, "/instalments"), data=typed_into(shown.text))
    assert agreed.status_code == 303
    page = said(desk.get(show(invoice_id)))
    assert "Ratenzahlung" in page
    assert f"RZ-{YEAR}-0001" in page
    assert "In Raten" in page
    for where in ("/receivables", "?state=issued"):
        assert "In Raten" in said(desk.get(f"{BASE}/invoices{where}"))
    assert f"RE-{YEAR}-0001" not in said(desk.get(f"{BASE}/invoices?state=overdue"))
    assert desk.get(show(invoice_id, "/instalments")).status_code == 303


def test_while_instalments_run_nobody_offers_a_letter_or_a_hold(desk, invoice_id, backstage, cast):
    assert "Zahlungserinnerung schreiben" in said(desk.get(show(invoice_id)))
    desk.post(show(invoice_id, "/instalments"), data=typed_into(looked_at(desk, invoice_id).text))
    page = said(desk.get(show(invoice_id)))
    assert "ruht während der Ratenzahlung" in page
    assert "Zahlungserinnerung schreiben" not in page
    assert "Mahnsperre eintragen" not in page
    assert backstage(candidates, cast.practice_id, BatchKind.REMIND, today()).ids == ()


def test_whoever_changes_the_figures_looks_again(desk, invoice_id, backstage):
    shown = looked_at(desk, invoice_id)
    other = desk.post(show(invoice_id, "/instalments"), data=typed_into(shown.text, figure="2"))
    assert other.status_code == 200
    assert "5,67 €" in said(other)
    assert backstage(plans) == 0
    assert desk.post(show(invoice_id, "/instalments"), data=typed_into(other.text)).status_code == 303


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"figure": ""}, "Die Zahl fehlt"),
        ({"figure": "1"}, "Möglich sind 2 bis 60 Raten"),
        ({"figure": "61"}, "Möglich sind 2 bis 60 Raten"),
        ({"figure": "2,5"}, "Möglich sind 2 bis 60 Raten"),
        ({"figure": "drei"}, "Anzahl oder Betrag"),
        ({"figure": "-3"}, "Anzahl oder Betrag"),
        ({"figure": "99999999999999999999"}, "Anzahl oder Betrag"),
        ({"split": "amount", "figure": "11,33"}, "weniger als 2"),
        ({"split": "amount", "figure": "0,01"}, "mehr als 60"),
        ({"split": "amount", "figure": "1.2,3"}, "Anzahl oder Betrag"),
        ({"split": "thirds"}, "Aufteilen"),
        ({"first_on": ""}, "Das Datum fehlt"),
        ({"first_on": "31.02.2027"}, "Datum"),
        ({"first_on": "31.12.9999"}, "kann nicht stimmen"),
    ],
)
def test_a_figure_that_does_not_fit_is_said_at_its_field_and_nothing_is_lost(
    desk, invoice_id, backstage, typed, sentence
):
    answer = looked_at(desk, invoice_id, **typed)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert backstage(plans) == 0
    if "first_on" not in typed:
        assert f"{LATER:%d.%m.%Y}" in answer.text


def test_a_first_instalment_of_today_is_refused_in_a_sentence(desk, invoice_id):
    shown = looked_at(desk, invoice_id, first_on=f"{today():%d.%m.%Y}")
    answer = desk.post(show(invoice_id, "/instalments"), data=typed_into(shown.text))
    assert answer.status_code == 422
    assert "Die erste Rate liegt nicht nach heute" in said(answer)


def test_a_payment_that_came_meanwhile_is_not_overlooked(desk, invoice_id, backstage):
    shown = looked_at(desk, invoice_id)
    backstage(paid, invoice_id, "1.33")
    answer = desk.post(show(invoice_id, "/instalments"), data=typed_into(shown.text))
    assert backstage(plans) == 0
    assert "Offen sind 10,00 €" in said(answer)


def test_instalments_are_ended_with_a_reason(desk, invoice_id, backstage):
    shown = looked_at(desk, invoice_id)
    desk.post(show(invoice_id, "/instalments"), data=typed_into(shown.text))
    link = re.search(r'href="([^"]+/instalments/\d+/end)"', desk.get(show(invoice_id)).text)
    assert link
    assert fill(desk, link[1]).status_code == 422
    assert fill(desk, link[1], reason="zahlt auf einmal").status_code == 303
    assert backstage(stands, invoice_id)[0] == "overdue"
    assert desk.get(link[1]).status_code == 303


def test_only_the_owner_hands_a_claim_over(desk, invoice_id):
    assert "/handover" not in desk.get(show(invoice_id)).text
    assert desk.get(show(invoice_id, "/handover")).status_code == 403


def test_the_owner_hands_it_over_and_gets_its_papers_in_one_file(sits, invoice_id):
    owner = sits("owner")
    first = fill(owner, show(invoice_id, "/handover"), **LAWYER)
    assert first.status_code == 422
    assert "Es ist noch keine Mahnung geschrieben" in said(first)
    done = owner.post(show(invoice_id, "/handover"), data=typed_into(first.text, confirm="y"))
    assert done.status_code == 303
    page = owner.get(show(invoice_id))
    assert "Kanzlei Ahrens" in said(page)
    assert "Zahlungserinnerung schreiben" not in said(page)
    assert "Anwaltlich übergeben" in said(owner.get(f"{BASE}/invoices/receivables"))
    assert "Anwaltlich übergeben" in said(owner.get(f"{BASE}/invoices"))
    link = re.search(r'href="([^"]+/papers\.zip)"', page.text)
    assert link
    answer = owner.get(link[1])
    assert answer.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert sorted(archive.namelist()) == [f"FA-{YEAR}-0001.pdf", f"RE-{YEAR}-0001.pdf"]
    assert sits("reception").get(link[1]).status_code == 403

    assert "Bitte sagen Sie der Kanzlei Bescheid" not in said(page)
    assert "Die Forderung liegt in einer Kanzlei" in said(owner.get(show(invoice_id, "/cancel")))
    assert fill(owner, show(invoice_id, "/cancel"), reason="Falscher Faktor").status_code == 303
    assert "Bitte sagen Sie der Kanzlei Bescheid und beenden Sie die Übergabe" in said(owner.get(show(invoice_id)))

    end = re.search(r'href="([^"]+/handovers/\d+/end)"', page.text)
    assert end
    assert fill(owner, end[1], reason="bezahlt").status_code == 303
    assert "Beendet am" in said(owner.get(show(invoice_id)))


@pytest.mark.parametrize("field", list(LAWYER))
def test_a_claim_without_an_address_goes_nowhere_and_nothing_is_lost(sits, invoice_id, field):
    answer = fill(sits("owner"), show(invoice_id, "/handover"), **{**LAWYER, field: " "})
    assert answer.status_code == 422
    assert all(value in answer.text for name, value in LAWYER.items() if name != field)


def test_letters_that_no_paper_can_print_are_named(sits, invoice_id):
    owner = sits("owner")
    first = fill(owner, show(invoice_id, "/handover"), **{**LAWYER, "lawyer": "Kanzlei 漢字"})
    answer = owner.post(show(invoice_id, "/handover"), data=typed_into(first.text, confirm="y"))
    assert answer.status_code == 422
    assert "漢" in said(answer)


@pytest.mark.parametrize("where", ["/instalments", "/handover", "/letter"])
def test_a_draft_and_a_paid_invoice_lead_back_to_their_page(sits, invoice_id, backstage, where):
    backstage(paid, invoice_id, "11.33")
    answer = sits("owner").get(show(invoice_id, where))
    assert (answer.status_code, answer.location) == (303, show(invoice_id))


def test_a_plan_for_what_was_paid_meanwhile_is_refused_in_a_sentence(desk, invoice_id, backstage):
    _, sent = form_at(desk, show(invoice_id, "/instalments"))
    backstage(paid, invoice_id, "11.33")
    answer = desk.post(show(invoice_id, "/instalments"), data={**sent, "figure": "3", "first_on": f"{LATER:%d.%m.%Y}"})
    assert answer.status_code == 422
    assert "ist nichts offen" in said(answer)


def test_the_cards_of_a_debt_cost_the_same_whatever_the_instalments(app, desk, invoice_id):
    def count():
        with watched(app) as sent:
            desk.get(show(invoice_id))
        return len(sent)

    bare = count()
    shown = looked_at(desk, invoice_id, figure="40")
    desk.post(show(invoice_id, "/instalments"), data=typed_into(shown.text))
    count()
    assert count() <= bare + 1
