"""Issues the letter beside a corrected invoice: the old one is cancelled, please submit the new one."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from ...models.invoice import Invoice
from ...models.practice import Practice, Site
from ...models.rules.money import ZERO
from ...models.rules.numbering import NumberKind
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.rules.states import InvoiceState
from ...reports.content.base import Language
from ...reports.content.correction_letter import CorrectionLetterContent
from ...reports.content.formats import day, money
from ...reports.content.texts import filled
from ..access import scoped
from ..extension import session
from ..queries.payments import credit_amount
from ..unit_of_work import locked
from .invoice_papers import refuse_unprintable
from .letterheads import debtor_address, letterhead, person
from .papers import issue_next
from .texts import wordings

_BODY, _CREDIT = "correction_letter.body", "correction_letter.credit"


def issue_letter(invoice_id: int, version: int | None, today: dt.date) -> int:
    """The id of the letter's paper for an invoice that was written anew; the one that is there, if it is.

    Raises RuleBroken where the invoice replaces none, is no longer valid or not issued yet; StalePage.
    """
    invoice: Invoice = locked(Invoice, invoice_id, version)
    if invoice.letter_paper_id is not None:
        return invoice.letter_paper_id
    if invoice.replaces_id is None or invoice.number is None or invoice.state == InvoiceState.CANCELLED.value:
        raise RuleBroken([Finding("letter_without_correction", Severity.BLOCK)])
    content = _content(invoice, session().get_one(Invoice, invoice.replaces_id), today)
    refuse_unprintable(content)
    paper = issue_next(
        content,
        NumberKind.CORRECTION_LETTER,
        practice_id=invoice.practice_id,
        patient_id=invoice.patient_id,
        issued_on=today,
    )
    invoice.letter_paper_id = paper.id
    session().flush()
    return paper.id


def _content(invoice: Invoice, old: Invoice, today: dt.date) -> CorrectionLetterContent:
    language: Language = "en" if invoice.patient.language == "en" else "de"
    practice, site = session().get_one(Practice, invoice.practice_id), session().get_one(Site, invoice.site_id)
    cancellation = session().scalars(scoped(select(Invoice).where(Invoice.cancels_id == old.id))).one()
    assert invoice.issued_on is not None  # a number and its day come together
    assert old.issued_on is not None
    assert cancellation.issued_on is not None
    credit = credit_amount(old.state, old.gross_total, old.paid_total)
    values = {
        "invoice": old.number or "",
        "invoiced": day(old.issued_on, language),
        "cancellation": cancellation.number or "",
        "cancelled": day(cancellation.issued_on, language),
        "new": invoice.number or "",
        "newly": day(invoice.issued_on, language),
        "amount": money(invoice.gross_total, language),
        "credit": money(credit, language),
    }
    texts = wordings(invoice.practice_id, (_BODY, _CREDIT), language, today)
    paid = min(invoice.paid_total, invoice.gross_total)
    return CorrectionLetterContent(
        language=language,
        letterhead=letterhead(practice, site),
        recipient=debtor_address(invoice),
        number="",
        issued_on=today,
        patient=person(invoice.patient),
        cancelled_number=old.number or "",
        cancelled_issued_on=old.issued_on,
        cancellation_number=cancellation.number or "",
        cancellation_issued_on=cancellation.issued_on,
        invoice_number=invoice.number or "",
        invoice_issued_on=invoice.issued_on,
        total=invoice.gross_total,
        paid=paid,
        due=invoice.gross_total - paid,
        body=filled(texts[_BODY], values),
        credit_note=filled(texts[_CREDIT], values) if credit > ZERO else "",
    )
