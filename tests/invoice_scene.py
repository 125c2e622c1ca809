"""Scenes before an invoice, made by the services: a session that took place, the signed agreement, a draft."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pypdfium2

from kostenklar.models.invoice import Invoice
from kostenklar.models.patient import Policy
from kostenklar.models.treatment import Treatment, TreatmentSite
from kostenklar.plugin.clock import today
from kostenklar.plugin.extension import session
from kostenklar.plugin.forms.scan import Scan
from kostenklar.plugin.queries.invoice_drafts import draft_of
from kostenklar.plugin.services.cost_notices import issue_cost_notice, sign_cost_notice
from kostenklar.plugin.services.cost_plans import CostPlan, PlannedFactor
from kostenklar.plugin.services.invoice_issue import issue_invoice
from kostenklar.plugin.services.invoices import draft_invoice
from kostenklar.plugin.services.papers import bytes_of
from kostenklar.plugin.unit_of_work import unit_of_work
from kostenklar.tests.people import Cast

PLAN = CostPlan(1, 3, (PlannedFactor(Decimal("2.3"), Decimal("2.3")),))
SCAN = Scan(b"%PDF-1.4 signed", "application/pdf")


def a_session(cast: Cast, **changes: Any) -> int:
    """The id of a cryopeeling session of today that is done, by the physician."""
    with unit_of_work():
        treatment = Treatment(
            **{
                "practice_id": cast.practice_id, "patient_id": cast.patient_id, "course_id": cast.course_id,
                "site_id": cast.site_id, "session_no": 1, "state": "done", "planned_on": today(),
                "started_at": dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1), "performed_by_id": cast.physician_id,
                **changes,
            }
        )  # fmt: skip
        treatment.sites = [
            TreatmentSite(practice_id=cast.practice_id, lesion_id=cast.lesion_id, spots=6, area_cm2=Decimal(5))
        ]
        session().add(treatment)
        session().flush()
        return treatment.id


def an_agreement(cast: Cast) -> int:
    """The id of the cost notice with the self-payer agreement, signed today before the session and scanned."""
    with unit_of_work():
        notice = issue_cost_notice(cast.course_id, None, PLAN, today())
        session().flush()
        sign_cost_notice(notice.id, None, today(), SCAN, today())
        return notice.id


def a_draft(cast: Cast, *, agreed: bool = True) -> int:
    """The id of the draft for a session of today."""
    if agreed:
        an_agreement(cast)
    treatment_id = a_session(cast)
    with unit_of_work():
        return draft_invoice(treatment_id)


def issued(invoice_id: int) -> Invoice:
    """Issue a draft as a page that shows it would."""
    with unit_of_work():
        shown = draft_of(record(invoice_id), today()).fingerprint
        return issue_invoice(invoice_id, None, shown, today())


def record(invoice_id: int) -> Invoice:
    """The invoice, read afresh."""
    session().expire_all()
    return session().get_one(Invoice, invoice_id)


def billed_by(invoice_id: int) -> int:
    """The id of the treatment that the invoice bills."""
    treatment_id = record(invoice_id).lines[0].treatment_id
    assert treatment_id
    return treatment_id


def pdf_of(invoice: Invoice) -> bytes:
    """The invoice's PDF."""
    assert invoice.paper_id
    return bytes_of(invoice.paper_id)[0]


def paper_text(invoice: Invoice) -> str:
    """What the invoice's PDF says, spaces evened out."""
    return pdf_text(pdf_of(invoice))


def pdf_text(pdf: bytes) -> str:
    """The text of a PDF, spaces evened out."""
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def insured(cast: Cast, kind: str) -> None:
    """Give the patient this one kind of policy."""
    with unit_of_work():
        for policy in session().query(Policy).filter_by(patient_id=cast.patient_id):
            policy.kind = kind


def at_once(count: int, act: Callable[[], Any]) -> list[Any]:
    """Run `act` in so many threads that all begin together."""
    ready = threading.Barrier(count)
    outcomes: list[Any] = []

    def run() -> None:
        ready.wait()
        outcomes.append(act())

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes
