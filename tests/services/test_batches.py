"""Batches: each invoice is done once, as the person who asked for it, and what cannot be done is named."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select, update

from kostenklar.models.batch import BatchItem
from kostenklar.models.invoice import Invoice, Reminder
from kostenklar.models.ledger import AuditEntry, Job, Move
from kostenklar.models.practice import Practice
from kostenklar.models.rules.batch_states import BatchKind, ItemState
from kostenklar.models.rules.numbering import gaps_and_doubles
from kostenklar.models.rules.severity import RuleBroken
from kostenklar.models.rules.states import StepNotAllowed
from kostenklar.plugin import jobs
from kostenklar.plugin.actor import Actor, acting_as
from kostenklar.plugin.clock import frozen, now, today
from kostenklar.plugin.errors import NotAllowed, NotFound
from kostenklar.plugin.extension import session
from kostenklar.plugin.forms.scan import Scan
from kostenklar.plugin.queries.batch_candidates import candidates
from kostenklar.plugin.queries.batches import batch_page, papers_of_part
from kostenklar.plugin.services import batch_items
from kostenklar.plugin.services.batch_print import joined_part
from kostenklar.plugin.services.batches import JOB, begin_batch, resume_batch, start_batch, step, stop_batch
from kostenklar.plugin.services.checks import problems
from kostenklar.plugin.services.dunning import hold_dunning
from kostenklar.plugin.services.expenses_and_goods import ExpenseData, add_expense
from kostenklar.plugin.services.invoice_cancel import cancel_invoice
from kostenklar.plugin.services.invoice_issue import issue_invoice
from kostenklar.plugin.services.invoices import discard_invoice, draft_invoice, override_agreement, record_delivery
from kostenklar.plugin.services.reminders import issue_reminder
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.batch_scene import (
    a_batch,
    batch,
    begun,
    drafts,
    items,
    jobs_run,
    looked_through,
    numbers,
    somebody,
)
from kostenklar.tests.invoice_scene import a_draft, a_session, at_once, billed_by, insured, issued, pdf_text, record
from kostenklar.tests.payment_scene import paid
from kostenklar.tests.people import Cast
from kostenklar.tests.services import killed_batches
from kostenklar.tests.statements import watched


def test_all_drafts_are_looked_through_and_then_issued_in_their_order(as_reception: Actor, cast: Cast) -> None:
    ids = drafts(cast, 3)
    batch_id = looked_through(cast)
    assert (batch(batch_id).state, numbers()) == ("checked", [])
    assert [state for state, _ in items(batch_id)] == ["ready", "ready", "ready"]

    begun(batch_id)
    jobs_run()

    found = batch(batch_id)
    assert (found.state, found.done, found.refused) == ("done", 3, 0)
    assert [record(each).number for each in ids] == numbers()
    assert len(numbers()) == 3


def test_the_looking_through_changes_no_invoice(as_reception: Actor, cast: Cast) -> None:
    [draft] = drafts(cast, 1)
    before = record(draft).version
    looked_through(cast)
    assert record(draft).version == before


def test_it_is_done_in_the_name_of_whoever_began_it(as_reception: Actor, cast: Cast) -> None:
    [draft] = drafts(cast, 1)
    begun(looked_through(cast))
    jobs_run()
    move = session().scalars(select(Move).where(Move.noun == "invoice", Move.record_id == draft)).one()
    assert (move.actor_key, move.actor_name) == (cast.keys["reception"], cast.names["reception"])
    entry = select(AuditEntry).where(AuditEntry.table_name == "invoice", AuditEntry.row_id == draft)
    last = session().scalars(entry.order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (last.actor_name, (last.reason or "").split()[0]) == (cast.names["reception"], "batch")


def test_a_draft_that_is_blocked_is_left_out_with_the_reason(as_reception: Actor, cast: Cast) -> None:
    insured(cast, "gkv")  # without the self-payer agreement
    blocked = a_draft(cast, agreed=False)
    batch_id = looked_through(cast)
    [(state, codes)] = items(batch_id)
    assert state == "left"
    assert "agreement" in codes
    with pytest.raises(RuleBroken, match="batch_nothing_ready"):
        begun(batch_id)
    session().rollback()
    assert record(blocked).state == "draft"


@pytest.mark.parametrize(("with_warned", "states"), [(False, ["warned", "done"]), (True, ["done", "done"])])
def test_a_draft_with_a_warning_is_issued_only_where_somebody_wants_it(
    as_reception: Actor, cast: Cast, with_warned: bool, states: list[str]
) -> None:
    insured(cast, "gkv")
    warned, [ready] = a_draft(cast, agreed=False), drafts(somebody(cast, 7), 1)
    with unit_of_work():
        override_agreement(warned, None, "mündlich vereinbart")
    batch_id = looked_through(cast, [warned, ready])
    assert items(batch_id) == [("warned", "self_payer_agreement_missing"), ("ready", "")]
    begun(batch_id, with_warned=with_warned)
    jobs_run()
    assert [state for state, _ in items(batch_id)] == states


def test_a_draft_that_changed_since_it_was_looked_at_is_refused(as_reception: Actor, cast: Cast) -> None:
    first, second = drafts(cast, 2)
    batch_id = begun(looked_through(cast))
    with unit_of_work():
        override_agreement(first, None, "mündlich vereinbart")
    jobs_run()
    assert [entry[0] for entry in items(batch_id)] == ["refused", "done"]
    assert items(batch_id)[0][1] == "draft_changed"
    assert record(first).state == "draft"
    assert record(second).number == numbers()[0]


def test_two_batches_over_the_same_drafts_issue_each_of_them_once(as_reception: Actor, cast: Cast) -> None:
    drafts(cast, 3)
    first, second = a_batch(cast), a_batch(cast)
    jobs_run()
    begun(first)
    begun(second)
    jobs_run()
    done = [state for state, _ in items(first) + items(second)]
    assert (done.count("done"), done.count("refused")) == (3, 3)
    assert {codes for state, codes in items(first) + items(second) if state == "refused"} == {"batch_issued_already"}
    assert len(numbers()) == 3


def test_a_discarded_draft_is_refused(as_reception: Actor, cast: Cast) -> None:
    [draft] = drafts(cast, 1)
    batch_id = begun(looked_through(cast))
    with unit_of_work():
        discard_invoice(draft, None)
    jobs_run()
    assert items(batch_id) == [("refused", "batch_moved_on")]


def test_one_broken_invoice_stops_no_other_and_gives_its_number_back(
    as_reception: Actor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = drafts(cast, 2)
    batch_id = begun(looked_through(cast))

    def breaks(invoice_id: int, *rest: object) -> Invoice:
        made = issue_invoice(invoice_id, *rest)  # type: ignore[arg-type]
        if invoice_id == first:
            raise ZeroDivisionError("a bug of ours")
        return made

    monkeypatch.setattr(batch_items, "issue_invoice", breaks)
    jobs_run()
    assert [entry[0] for entry in items(batch_id)] == ["refused", "done"]
    assert items(batch_id)[0][1] == "batch_failed"
    assert [number[-4:] for number in numbers()] == ["0001"]


def test_stopped_it_stands_still_and_resumed_it_goes_on(as_reception: Actor, cast: Cast) -> None:
    drafts(cast, 3)
    batch_id = begun(looked_through(cast))
    with unit_of_work():
        step(batch_id)
    with unit_of_work():
        stop_batch(batch_id)
    jobs_run()
    assert (batch(batch_id).state, len(numbers())) == ("stopped", 1)
    with unit_of_work():
        resume_batch(batch_id)
    jobs_run()
    assert (batch(batch_id).state, len(numbers())) == ("done", 3)


def test_before_it_has_begun_it_can_be_put_away(as_reception: Actor, cast: Cast) -> None:
    drafts(cast, 1)
    batch_id = looked_through(cast)
    with unit_of_work():
        stop_batch(batch_id)
    assert batch(batch_id).state == "discarded"
    with pytest.raises(StepNotAllowed), unit_of_work():
        begin_batch(batch_id)


def test_a_batch_taken_up_again_while_its_worker_looks_for_the_last_time_goes_on(
    as_reception: Actor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL the button and the worker's last look can cross: the button must not be overwritten."""
    drafts(cast, 1)
    batch_id = a_batch(cast)
    handler, looks = jobs.HANDLERS[JOB], []

    def last_look(payload: dict[str, Any]) -> dt.timedelta | None:
        looks.append(payload)
        if len(looks) > 1:
            return handler(payload)
        with acting_as(cast.keys["reception"], roles=["reception"], practices=[cast.practice_id]):
            resume_batch(batch_id)
        return None

    monkeypatch.setitem(jobs.HANDLERS, JOB, last_look)
    jobs_run()
    assert batch(batch_id).state == "checked"


def test_whose_data_were_restricted_meanwhile_is_neither_billed_nor_printed_nor_shown(
    as_reception: Actor, cast: Cast
) -> None:
    """Art. 18 GDPR, domain 10.4: for the desk there is no such patient."""
    ids = [draft_invoice_of(somebody(cast, number)) for number in range(3)]
    batch_id = looked_through(cast, ids)
    restrict(ids[0])
    jobs_of(begun(batch_id))
    assert items(batch_id) == [("refused", "batch_moved_on"), ("done", ""), ("done", "")]
    assert batch_page(batch_id, ItemState.REFUSED).rows == ()
    assert len(papers_of_part(batch_id, 1)[0]) == 2
    restrict(ids[1])
    assert len(papers_of_part(batch_id, 1)[0]) == 1
    assert [row.invoice_id for row in batch_page(batch_id, ItemState.DONE).rows] == [ids[2]]


def draft_invoice_of(patient: Cast) -> int:
    treatment_id = a_session(patient)
    with unit_of_work():
        return draft_invoice(treatment_id)


def jobs_of(batch_id: int) -> None:
    jobs_run()
    assert batch(batch_id).state == "done"


def restrict(invoice_id: int) -> None:
    with unit_of_work():
        session().get_one(Invoice, invoice_id).patient.restricted_since = now()


def test_two_people_who_press_begin_at_once_begin_it_once(app: Flask, as_reception: Actor, cast: Cast) -> None:
    drafts(cast, 3)
    batch_id = looked_through(cast)

    def press() -> str:
        with app.app_context(), acting_as(cast.keys["owner"], roles=["owner"], practices=[cast.practice_id]):
            try:
                with unit_of_work():
                    begin_batch(batch_id)
            except (StepNotAllowed, RuleBroken):
                return "told"
            return "begun"

    assert sorted(at_once(4, press)) == ["begun", "told", "told", "told"]
    jobs_of(batch_id)
    assert len(numbers()) == 3


def test_a_worker_that_died_holds_nobody_up_for_long(as_reception: Actor, cast: Cast) -> None:
    drafts(cast, 1)
    batch_id = begun(looked_through(cast))
    with unit_of_work():
        held = now() + dt.timedelta(minutes=1)
        session().execute(update(Job).where(Job.kind == "batch").values(state="running", leased_until=held))
    jobs_run()
    assert batch(batch_id).state == "running"
    with unit_of_work():
        resume_batch(batch_id)
    jobs_run()
    assert batch(batch_id).state == "done"


def test_whoever_may_not_issue_starts_no_batch(app: Flask, cast: Cast) -> None:
    with app.app_context(), acting_as("user:admin", roles=["admin"], practices=[cast.practice_id]):
        with pytest.raises(NotAllowed), unit_of_work():
            start_batch(cast.practice_id, BatchKind.ISSUE, [1])


def test_the_right_to_issue_holds_for_the_batch_whatever_becomes_of_the_sign_in(
    as_reception: Actor, cast: Cast
) -> None:
    drafts(cast, 1)
    batch_id = begun(looked_through(cast))
    assert batch(batch_id).wanted["roles"] == ["reception"]


def test_an_empty_batch_is_refused(as_reception: Actor, cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="batch_empty"):
        a_batch(cast)


def test_a_foreign_practices_batch_is_not_there(as_reception: Actor, cast: Cast, app: Flask) -> None:
    drafts(cast, 1)
    batch_id = looked_through(cast)
    with app.app_context(), acting_as("user:other", roles=["owner"], practices=[cast.stranger_id]):
        with pytest.raises(NotFound), unit_of_work():
            begin_batch(batch_id)


def test_a_batch_does_not_touch_a_foreign_practices_invoice(as_reception: Actor, cast: Cast, app: Flask) -> None:
    ids = drafts(cast, 1)
    with app.app_context(), acting_as("user:other", roles=["owner"], practices=[cast.stranger_id]):
        with unit_of_work():
            batch_id = start_batch(cast.stranger_id, BatchKind.ISSUE, ids)
    jobs_run()
    assert items(batch_id) == [("left", "batch_moved_on")]


def test_all_that_is_not_handed_over_is_printed_and_noted_as_posted(as_reception: Actor, cast: Cast) -> None:
    ids = [issued(draft).id for draft in drafts(cast, 2)]
    batch_id = a_batch(cast, BatchKind.PRINT, delivered_on=today().isoformat())
    jobs_run()
    assert batch(batch_id).state == "done"
    assert [(record(each).state, record(each).delivered_how) for each in ids] == [("sent", "post")] * 2
    pdf, name = joined_part(batch_id, 1)
    text = pdf_text(pdf)
    assert text.index(str(record(ids[0]).number)) < text.index(str(record(ids[1]).number))
    assert name.endswith("-1-2.pdf")
    with pytest.raises(NotFound):
        joined_part(batch_id, 2)


def test_12_2_no_5_goae_the_receipts_are_printed_behind_their_invoice(as_reception: Actor, cast: Cast) -> None:
    """Those that say so on paper: a PDF, a photo, and a sheet in place of a file that nobody can join."""
    page, photo = io.BytesIO(), io.BytesIO()
    sheet = Canvas(page)
    sheet.drawString(100, 700, "Apothekenbeleg")
    sheet.save()
    Image.new("RGB", (60, 90), "red").save(photo, "PNG")
    files = [(page.getvalue(), "application/pdf"), (photo.getvalue(), "image/png"), (b"%PDF-1.4 x", "application/pdf")]
    ids = drafts(cast, 2)
    with unit_of_work():
        for content, kind in files:
            spent = ExpenseData("Farbstofflösung", Decimal("31.20"), None, Scan(content, kind))
            add_expense(ids[0], None, billed_by(ids[0]), spent)
    first, second = (issued(draft) for draft in ids)
    batch_id = a_batch(cast, BatchKind.PRINT, delivered_on=today().isoformat())
    jobs_run()
    document = pypdfium2.PdfDocument(joined_part(batch_id, 1)[0])
    said = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    place = next(index for index, text in enumerate(said) if "Apothekenbeleg" in text)
    assert str(first.number) in said[place - 1]
    assert said[place + 1] == ""
    assert f"Hier fehlt ein Beleg zur Rechnung {first.number}" in said[place + 2]
    assert str(second.number) in said[place + 3]
    assert max(document[place + 1].get_size()) <= 842


def test_what_was_handed_over_meanwhile_is_not_noted_twice(as_reception: Actor, cast: Cast) -> None:
    [draft] = drafts(cast, 1)
    issued(draft)
    first = a_batch(cast, BatchKind.PRINT, delivered_on=today().isoformat())
    second = a_batch(cast, BatchKind.PRINT, delivered_on=today().isoformat())
    jobs_run()
    assert sorted(items(first) + items(second)) == [("done", ""), ("refused", "batch_handed_over")]


def test_whoever_is_late_gets_a_letter_and_whoever_paid_none(as_reception: Actor, cast: Cast) -> None:
    with unit_of_work():
        session().get_one(Practice, cast.practice_id).payment_days = -1
    late, settled = [issued(draft).id for draft in drafts(cast, 2)]
    until = (today() + dt.timedelta(days=10)).isoformat()
    batch_id = a_batch(cast, BatchKind.REMIND, pay_until=until)
    jobs_run()
    assert [state for state, _ in items(batch_id)] == ["ready", "ready"]
    begun(batch_id)
    paid(settled, record(settled).gross_total)
    jobs_run()
    assert [state for state, _ in items(batch_id)] == ["done", "refused"]
    assert str(record(late).number) in pdf_text(joined_part(batch_id, 1)[0])


def test_each_gets_the_letter_that_is_its_turn_and_a_warning_leaves_it_out(as_reception: Actor, cast: Cast) -> None:
    insured(cast, "self_payer")
    dunned, undelivered, held = (_reminded_a_month_ago(cast, number, number != 2) for number in (1, 2, 3))
    fresh = _issued_two_months_ago(cast, 4)
    batch_id = a_batch(cast, BatchKind.REMIND, pay_until=(today() + dt.timedelta(days=14)).isoformat())
    with unit_of_work():
        hold_dunning(held, None, today(), "Widerspruch", today())
    jobs_run()
    found = dict(zip(_invoices(batch_id), items(batch_id), strict=True))
    assert found[dunned][0] == found[fresh][0] == "ready"
    assert found[undelivered] == ("warned", "dunning_without_delivery")
    assert found[held] == ("left", "reminder_on_hold")
    with unit_of_work():
        begin_batch(batch_id, with_warned=True)  # which is for drafts only
    jobs_run()
    assert {key: state for key, (state, _) in zip(_invoices(batch_id), items(batch_id), strict=True)} == {
        dunned: "done", undelivered: "warned", held: "left", fresh: "done",
    }  # fmt: skip
    levels = session().execute(select(Reminder.invoice_id, Reminder.level).order_by(Reminder.id)).all()[-2:]
    assert {tuple(row) for row in levels} == {(dunned, 1), (fresh, 0)}


def test_a_cancellation_is_printed_and_the_invoice_it_cancels_is_not(as_reception: Actor, cast: Cast) -> None:
    [draft] = drafts(cast, 1)
    issued(draft)
    with unit_of_work():
        made = cancel_invoice(draft, None, "Doppelt berechnet", today())
    batch_id = a_batch(cast, BatchKind.PRINT, delivered_on=today().isoformat())
    jobs_run()
    assert (_invoices(batch_id), items(batch_id)) == ([made.id], [("done", "")])
    assert record(made.id).delivered_on == today()


def _issued_two_months_ago(cast: Cast, number: int, delivered: bool = True) -> int:
    with frozen(now() - dt.timedelta(days=60)):
        earlier = now() - dt.timedelta(minutes=1)
        treatment_id = a_session(cast, session_no=number, started_at=earlier)
        with unit_of_work():
            invoice_id = draft_invoice(treatment_id)
        issued(invoice_id)
        if delivered:
            with unit_of_work():
                record_delivery(invoice_id, None, today(), "paper")
    return invoice_id


def _reminded_a_month_ago(cast: Cast, number: int, delivered: bool) -> int:
    invoice_id = _issued_two_months_ago(cast, number, delivered)
    with frozen(now() - dt.timedelta(days=28)), unit_of_work():
        issue_reminder(invoice_id, None, today() + dt.timedelta(days=10), today())
    return invoice_id


def _invoices(batch_id: int) -> list[int]:
    query = select(BatchItem.invoice_id).where(BatchItem.batch_id == batch_id).order_by(BatchItem.position)
    return list(session().scalars(query))


def test_killed_half_way_and_started_twice_each_invoice_is_issued_once(
    app: Flask, cast: Cast, database_url: str, tmp_path: Path
) -> None:
    with (
        app.app_context(),
        acting_as(
            cast.keys["reception"], name=cast.names["reception"], roles=["reception"], practices=[cast.practice_id]
        ),
    ):
        drafts(cast, 12)
        batch_id = begun(looked_through(cast))
    subprocess.run([sys.executable, killed_batches.__file__, database_url, str(tmp_path), str(batch_id)], check=True)

    with app.app_context(), acting_as("system:tests", practices=[cast.practice_id]):
        assert batch(batch_id).state == "done"
        assert [state for state, _ in items(batch_id)] == ["done"] * 12
        assert len(numbers()) == len(set(numbers())) == 12
        assert gaps_and_doubles(numbers()).clean
        assert [line for line in problems() if "Nummer" in line] == []
        papers = list(session().scalars(select(BatchItem.paper_id).where(BatchItem.batch_id == batch_id)))
        assert len(set(papers)) == 12


def test_two_workers_at_once_share_the_work(app: Flask, as_reception: Actor, cast: Cast) -> None:
    drafts(cast, 8)
    batch_id = begun(looked_through(cast))

    def work() -> int:
        count = 0
        with app.app_context(), acting_as("system:jobs"):
            again: dt.timedelta | None = dt.timedelta(0)
            while again == dt.timedelta(0):
                with unit_of_work():
                    again = step(batch_id)
                count += 1
        return count

    assert len(at_once(2, work)) == 2
    jobs_run()
    assert batch(batch_id).state == "done"
    assert [state for state, _ in items(batch_id)] == ["done"] * 8
    assert len(numbers()) == 8


def test_what_a_batch_would_take_is_read_by_the_state_and_never_from_all_invoices(
    app: Flask, as_reception: Actor, cast: Cast
) -> None:
    drafts(cast, 1)
    for kind in BatchKind:
        with watched(app) as sent:
            candidates(cast.practice_id, kind, today())
        assert len(sent) == 2
        if sent.engine.dialect.name == "sqlite":  # PostgreSQL reads a table of a few rows from end to end
            assert sent.scanned("kostenklar_invoice") == []
            walks = [line for line in sent.plans()[0].splitlines() if "kostenklar_invoice USING INDEX" in line]
            assert all("(practice_id=? AND state=?" in line for line in walks), (kind, walks)
