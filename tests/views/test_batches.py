"""The desk's way with many invoices at once: look through, begin, watch, print; and what was left out and why."""

from __future__ import annotations

import re
import threading
import time

import pypdfium2
import pytest

from kostenklar.models.practice import Practice
from kostenklar.plugin.actor import acting_as
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries import batches as batch_queries
from kostenklar.plugin.services.batches import step
from kostenklar.plugin.services.invoices import override_agreement
from kostenklar.plugin.standalone import serve
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.batch_scene import a_batch, batch, begun, drafts, items, jobs_run, looked_through, numbers
from kostenklar.tests.forms_of import fill, form_at
from kostenklar.tests.host import client_of, make_app
from kostenklar.tests.invoice_scene import a_draft, insured, issued, record
from kostenklar.tests.pages import said
from kostenklar.tests.statements import watched

BASE = "/kostenklar/invoices/batches"


def made(desk, kind):
    """The address of the batch that the page's button makes."""
    return fill(desk, f"{BASE}/new?kind={kind}").headers["Location"]


def test_the_whole_way_from_the_drafts_to_the_printer(desk, as_reception, cast):
    drafts(cast, 2)
    page = desk.get(f"{BASE}/new?kind=issue")
    assert "2 Entwürfe" in said(page)
    there = made(desk, "issue")
    checking = desk.get(there)
    assert "wird geprüft" in said(checking)
    assert checking.headers["Refresh"] == "3"
    jobs_run()

    checked = desk.get(there)
    assert "So weit: 2" in said(checked)
    assert "Refresh" not in checked.headers
    assert numbers() == []
    assert fill(desk, there, action=f"{there}/begin").status_code == 303
    assert "0 von 2" in said(desk.get(there))
    jobs_run()

    done = desk.get(there)
    assert "Erledigt: 2" in said(done)
    for number in numbers():
        assert number in said(done)
    pdf = desk.get(f"{there}/papers/1.pdf")
    assert pdf.content_type == "application/pdf"
    assert len(pypdfium2.PdfDocument(pdf.data)) >= 2
    assert desk.get(f"{there}/papers/2.pdf").status_code == 404
    assert desk.get(f"{there}/papers/0.pdf").status_code == 404


def test_what_is_left_out_is_named_with_its_reason_and_its_draft(desk, as_reception, cast):
    insured(cast, "gkv")
    draft = a_draft(cast, agreed=False)
    page = desk.get(f"{BASE}/{looked_through(cast)}")
    assert "Bleiben liegen: 1" in said(page)
    assert "§ 18 Abs. 8 BMV-Ä" in said(page) or "Vereinbarung" in said(page)
    assert f"/kostenklar/invoices/{draft}" in page.text
    assert "Rechnungen ausstellen</button>" not in page.text


def test_a_warning_is_read_before_it_is_ticked(desk, as_reception, cast):
    insured(cast, "gkv")
    draft = a_draft(cast, agreed=False)
    with unit_of_work():
        override_agreement(draft, None, "mündlich vereinbart")
    there = f"{BASE}/{looked_through(cast)}"
    page = desk.get(there)
    assert "Mit Warnung: 1" in said(page)
    assert "Auch die ausstellen, zu denen es eine Warnung gibt" in said(page)
    without = fill(desk, there, action=f"{there}/begin")
    assert without.status_code == 422
    assert "Keine Rechnung ist so weit" in said(without)
    assert fill(desk, there, action=f"{there}/begin", with_warned="y").status_code == 303
    jobs_run()
    assert record(draft).state == "issued"


def test_a_refused_one_says_why_and_leads_to_the_invoice(desk, as_reception, cast):
    first, _ = drafts(cast, 2)
    batch_id = begun(looked_through(cast))
    with unit_of_work():
        override_agreement(first, None, "mündlich vereinbart")
    jobs_run()
    page = desk.get(f"{BASE}/{batch_id}")
    assert "Nicht gelungen: 1" in said(page)
    assert "geändert" in said(page)
    assert f"/kostenklar/invoices/{first}" in page.text


def test_the_button_pressed_twice_makes_one_batch(desk, as_reception, cast):
    drafts(cast, 1)
    _, data = form_at(desk, f"{BASE}/new?kind=issue")
    first = desk.post(f"{BASE}/new?kind=issue", data=data).headers["Location"]
    assert desk.post(f"{BASE}/new?kind=issue", data=data).headers["Location"] == first


def test_begun_twice_it_runs_once(desk, as_reception, cast):
    drafts(cast, 1)
    there = f"{BASE}/{looked_through(cast)}"
    to, data = form_at(desk, there, f"{there}/begin")
    desk.post(to, data=data)
    answer = desk.post(to, data=data | {"once": "another"})
    assert answer.status_code == 422
    assert "nicht mehr möglich" in said(answer)


def test_stopped_and_resumed_at_the_desk(desk, as_reception, cast):
    drafts(cast, 2)
    batch_id = begun(looked_through(cast))
    there = f"{BASE}/{batch_id}"
    with unit_of_work():
        step(batch_id)
    fill(desk, there, action=f"{there}/stop")
    assert "Angehalten" in said(desk.get(there))
    fill(desk, there, action=f"{there}/resume")
    jobs_run()
    assert (batch(batch_id).state, len(numbers())) == ("done", 2)


def test_a_batch_that_stands_still_offers_to_go_on(desk, as_reception, cast, monkeypatch):
    drafts(cast, 1)
    batch_id = a_batch(cast)
    monkeypatch.setattr(batch_queries, "STALLED", -batch_queries.STALLED)
    page = desk.get(f"{BASE}/{batch_id}")
    assert "Weitermachen" in said(page)
    assert "Refresh" not in page.headers


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "fehlt"), ("32.13.2026", ""), ("01.01.2020", "späteren"), (today().strftime("%d.%m.%Y"), "späteren")],
)
def test_a_day_to_pay_that_is_none_gets_a_sentence_and_keeps_what_was_typed(desk, as_reception, cast, typed, sentence):
    _late_invoice(cast)
    answer = fill(desk, f"{BASE}/new?kind=remind", pay_until=typed)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert f'value="{typed}"' in answer.text


def test_all_who_are_late_are_reminded_at_once(desk, as_reception, cast):
    invoice = _late_invoice(cast)
    there = made(desk, "remind")
    jobs_run()
    checked = desk.get(there)
    assert "1 Schreiben ausstellen" in said(checked)
    assert re.search(r"geb\. \S+ [^.]* Zahlungserinnerung \d", said(checked)), "which letter it will be"
    fill(desk, there, action=f"{there}/begin")
    jobs_run()
    assert "ZE-" in said(desk.get(there))
    assert record(invoice).state in ("issued", "reminded")
    assert "an keine Zahlung zu erinnern" in said(desk.get(f"{BASE}/new?kind=remind"))


def test_printing_needs_no_looking_through(desk, as_reception, cast):
    issued(drafts(cast, 1)[0])
    there = made(desk, "print")
    jobs_run()
    assert "PDF öffnen" in said(desk.get(there))
    assert batch(int(there.rpartition("/")[2])).state == "done"


@pytest.mark.parametrize("kind", ["", "nonsense", "issue", "print", "remind"])
def test_with_nothing_to_do_the_page_says_so(desk, cast, kind):
    answer = desk.get(f"{BASE}/new?kind={kind}")
    assert answer.status_code == 200
    assert "Im Moment" in said(answer) or "übergeben" in said(answer)


@pytest.mark.parametrize("query", ["after=x", "after=99999999999999", "group=nonsense", "group=done&after=-1"])
def test_an_address_that_makes_no_sense_shows_the_start(desk, as_reception, cast, query):
    drafts(cast, 1)
    assert desk.get(f"{BASE}/{looked_through(cast)}?{query}").status_code == 200
    assert desk.get(f"{BASE}?{query}").status_code == 200


def test_the_list_shows_the_latest_with_what_came_of_it(desk, as_reception, cast):
    drafts(cast, 2)
    begun(looked_through(cast))
    jobs_run()
    assert "2 erledigt" in said(desk.get(BASE))


def test_statements_do_not_grow_with_the_invoices(app, desk, as_reception, cast):
    ids = drafts(cast, 8)
    few, many = looked_through(cast, ids[:2]), looked_through(cast, ids[2:])
    for one, other in (
        (f"{BASE}/{few}", f"{BASE}/{many}"),
        (f"{BASE}/new?kind=issue", f"{BASE}/new?kind=issue"),
        (BASE, BASE),
    ):
        desk.get(one)
        with watched(app) as first:
            desk.get(one)
        with watched(app) as second:
            desk.get(other)
        assert len(first) == len(second) <= 8


def test_without_waiting_for_the_minute_the_process_that_was_asked_begins(app, cast, database_url, tmp_path):
    """As `kostenklar serve` and a host run: a thread of the process works the batch off while the browser waits."""
    quick = make_app(database_url, tmp_path, KOSTENKLAR_BATCH_THREAD=True)
    who = {"name": cast.names["reception"], "roles": ["reception"], "practices": [cast.practice_id]}
    with quick.app_context(), acting_as(cast.keys["reception"], **who) as person:
        drafts(cast, 2)
        desk = client_of(quick, person)
        there = made(desk, "issue")
        _until("So weit: 2", desk, there)
        fill(desk, there, action=f"{there}/begin")
        _until("Erledigt: 2", desk, there)
        assert len(numbers()) == 2
    for thread in threading.enumerate():
        if thread.name == "batches":
            thread.join(20)
    with quick.app_context():
        quick.extensions["test-db"].engine.dispose()


def test_the_round_of_every_minute_takes_up_what_a_dead_process_left(app, as_reception, cast, monkeypatch):
    drafts(cast, 51)  # more than one round takes
    batch_id = begun(looked_through(cast))
    monkeypatch.setattr(serve, "_DUE_EVERY", 0.01)
    stop = threading.Event()
    due = threading.Thread(target=serve.run_due_for_ever, args=(app, stop))
    due.start()
    for _ in range(300):
        if batch(batch_id).state == "done":
            break
        session().rollback()
        time.sleep(0.1)
    stop.set()
    due.join(20)
    assert [state for state, _ in items(batch_id)] == ["done"] * 51


def _until(words, desk, there):
    for _ in range(200):
        page = desk.get(there)
        if words in said(page):
            return
        time.sleep(0.1)
    raise AssertionError(f"{words} did not come: {said(page)}")


def _late_invoice(cast):
    with unit_of_work():
        session().get_one(Practice, cast.practice_id).payment_days = -1
    return issued(drafts(cast, 1)[0]).id
