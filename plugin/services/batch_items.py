"""One invoice of a batch: what stands against it, and what is done with it; nothing else of the batch stands still."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from ...models.batch import BatchItem
from ...models.invoice import Invoice
from ...models.rules.batch_states import BatchKind, ItemState, judged
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.rules.states import INVOICE, InvoiceState, InvoiceStep, StepNotAllowed
from ...reports.content.base import PaperContradictsItself, PaperDoesNotAddUp
from ..access import scoped
from ..errors import DatabaseBusy, DatabaseFull, DatabaseGone, NotFound, StalePage
from ..extension import session
from ..queries.home import restricted
from ..queries.invoice_drafts import draft_of
from ..unit_of_work import locked
from .batch_reminders import check_turn, remind
from .disclosures import note_printed
from .invoice_issue import issue_invoice
from .invoices import record_delivery

log = logging.getLogger("kostenklar")
_DATABASE = (OperationalError, DatabaseBusy, DatabaseFull, DatabaseGone)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an item; `note` holds findings, see `noted`."""

    state: ItemState
    note: str = ""
    shown: str = ""
    paper_id: int | None = None


def noted(findings: Iterable[Finding]) -> str:
    """Findings as they are kept with an item, to be said in the language of whoever reads; "" for none."""
    rows = [[entry.code, entry.severity.value, entry.paragraph, dict(entry.facts)] for entry in findings]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def outcome_of(work: Callable[[], Outcome], failed: ItemState) -> Outcome:
    """Do the work, or undo all of it (a number goes back) and say why; only a database in trouble stops the batch."""
    try:
        with session().begin_nested():
            outcome = work()
            session().flush()
            return outcome
    except RuleBroken as broken:
        return Outcome(failed, noted(broken.findings))
    except (StepNotAllowed, StalePage, NotFound):
        return Outcome(failed, _note("batch_moved_on"))
    except (PaperDoesNotAddUp, PaperContradictsItself) as wrong:
        return Outcome(failed, _note("batch_paper_wrong", why=str(wrong)))
    except _DATABASE:
        raise
    except Exception:  # one invoice must not stop the others; it is kept in the log and shown
        log.exception("an invoice of a batch failed")
        return Outcome(failed, _note("batch_failed"))


def check(kind: BatchKind, item: BatchItem, wanted: Mapping[str, Any], today: dt.date) -> Outcome:
    """Whether the item can be done, without doing it; keeps the fingerprint of what it looked at."""
    _refuse_restricted(item.invoice_id)
    if kind is BatchKind.ISSUE:
        return _check_draft(item, today)
    findings, shown = check_turn(item.invoice_id, dt.date.fromisoformat(wanted["pay_until"]), today)
    return Outcome(judged(findings), noted(findings), shown)


def act(kind: BatchKind, item: BatchItem, wanted: Mapping[str, Any], today: dt.date) -> Outcome:
    """Do it. Raises what the use cases of single invoices raise."""
    _refuse_restricted(item.invoice_id)
    if kind is BatchKind.ISSUE:
        _refuse_issued(locked(Invoice, item.invoice_id))
        invoice = issue_invoice(item.invoice_id, None, item.shown, today)
        return Outcome(ItemState.DONE, item.note, paper_id=invoice.paper_id)
    if kind is BatchKind.PRINT:
        return _printed(item.invoice_id, wanted.get("delivered_on", ""))
    paper_id = remind(item.invoice_id, item.shown, dt.date.fromisoformat(wanted["pay_until"]), today)
    return Outcome(ItemState.DONE, item.note, paper_id=paper_id)


def _refuse_restricted(invoice_id: int) -> None:
    """Art. 18 GDPR: whose data were restricted meanwhile is not worked on in passing. Raises NotFound."""
    query = select(Invoice.id).where(Invoice.id == invoice_id, restricted(Invoice.patient_id))
    if session().scalar(scoped(query)) is not None:
        raise NotFound(f"invoice {invoice_id}")


def _check_draft(item: BatchItem, today: dt.date) -> Outcome:
    invoice = session().scalar(scoped(select(Invoice).where(Invoice.id == item.invoice_id)))
    if invoice is None:
        raise NotFound(f"invoice {item.invoice_id}")
    _refuse_issued(invoice)
    draft = draft_of(invoice, today)
    weighty = [finding for finding in draft.findings if finding.severity is not Severity.HINT]
    return Outcome(judged(draft.findings), noted(weighty), draft.fingerprint)


def _refuse_issued(invoice: Invoice) -> None:
    """Raises RuleBroken with the number where somebody issued it meanwhile, StepNotAllowed where it is no draft."""
    if invoice.number:
        raise RuleBroken([Finding("batch_issued_already", Severity.BLOCK, "", {"number": invoice.number})])
    INVOICE.advance(InvoiceState(invoice.state), InvoiceStep.ISSUE)


def _printed(invoice_id: int, delivered_on: str) -> Outcome:
    """Logged as printed, and noted as posted where the form said so."""
    invoice: Invoice = locked(Invoice, invoice_id)
    if invoice.delivered_on is not None:
        facts = {"delivered_on": invoice.delivered_on.isoformat()}
        raise RuleBroken([Finding("batch_handed_over", Severity.BLOCK, "", facts)])
    if invoice.paper_id is None or invoice.state == InvoiceState.CANCELLED.value:
        raise RuleBroken([Finding("batch_moved_on", Severity.BLOCK)])
    note_printed(invoice.practice_id, {invoice.patient_id: [invoice.number or ""]})
    if delivered_on:
        record_delivery(invoice_id, None, dt.date.fromisoformat(delivered_on), "post")
    return Outcome(ItemState.DONE, paper_id=invoice.paper_id)


def _note(code: str, **facts: str) -> str:
    return noted([Finding(code, Severity.BLOCK, "", facts)])
