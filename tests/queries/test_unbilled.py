"""Treatments without an invoice: what waits and why, what is not charged, and pages by key."""

from __future__ import annotations

import pytest

from kostenklar.models.course import Lesion
from kostenklar.models.practice import ProcedurePosition
from kostenklar.plugin.extension import session
from kostenklar.plugin.queries.unbilled import Obstacle, Part, unbilled_page
from kostenklar.plugin.services.invoices import draft_invoice
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.invoice_scene import a_session, an_agreement, insured, issued
from kostenklar.tests.statements import watched

pytestmark = pytest.mark.usefixtures("as_reception")


def drafted(treatment_id):
    with unit_of_work():
        return draft_invoice(treatment_id)


def test_a_session_waits_until_its_invoice_is_issued(cast):
    an_agreement(cast)
    treatment_id = a_session(cast)
    assert [(row.id, row.draft_id, row.obstacle) for row in unbilled_page(Part.OPEN).rows] == [
        (treatment_id, None, None)
    ]
    draft_id = drafted(treatment_id)
    assert [row.draft_id for row in unbilled_page(Part.OPEN).rows] == [draft_id]
    issued(draft_id)
    assert unbilled_page(Part.OPEN).rows == ()


def test_each_session_that_cannot_be_billed_yet_says_why(cast):
    treatment_id = a_session(cast)
    reason = lambda: unbilled_page(Part.OPEN).rows[0].obstacle  # noqa: E731  # read three times
    insured(cast, "gkv")
    assert reason() is Obstacle.NO_AGREEMENT
    insured(cast, "pkv_full")
    assert reason() is None
    with unit_of_work():
        session().query(ProcedurePosition).delete()
    assert reason() is Obstacle.NO_CHAIN
    with unit_of_work():
        session().get_one(Lesion, cast.lesion_id).indication = "undecided"
    assert reason() is Obstacle.UNDECIDED
    assert unbilled_page(Part.OPEN).rows[0].id == treatment_id


def test_what_is_not_charged_stands_apart_with_its_reason(cast):
    goodwill = a_session(cast, billing="goodwill")
    ended = a_session(cast, state="aborted", billing="not_billable", end_reason="Kreislauf")
    a_session(cast, state="not_started", billing="not_billable")
    assert unbilled_page(Part.OPEN).rows == ()
    assert [(row.id, row.billing, row.end_reason) for row in unbilled_page(Part.FREE).rows] == [
        (ended, "not_billable", "Kreislauf"), (goodwill, "goodwill", ""),
    ]  # fmt: skip


def test_the_list_pages_by_key(cast):
    ids = [a_session(cast, session_no=number, state=state) for number, state in enumerate(("done", "aborted") * 3)]
    first = unbilled_page(Part.OPEN, size=4)
    second = unbilled_page(Part.OPEN, first.more, size=4)
    assert [row.id for row in (*first.rows, *second.rows)] == ids
    assert second.more is None


def test_one_statement_whatever_the_rows(app, cast):
    for number in range(3):
        a_session(cast, session_no=number)
    with watched(app) as sent:
        unbilled_page(Part.OPEN)
    assert len(sent) == 1
