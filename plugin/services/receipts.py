"""Issues the receipt for a payment, a paper of its own: the invoice stays as it is (domain 10.1 no. 4)."""

from __future__ import annotations

import datetime as dt

from ...models.invoice import Invoice, Payment
from ...models.practice import Practice, Site
from ...models.rules.numbering import NumberKind
from ...models.rules.payments import RECEIVED, PaymentKind
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...reports.content.base import Language
from ...reports.content.formats import day, money
from ...reports.content.receipt import ReceiptContent
from ...reports.content.texts import filled
from ...reports.content.words import word
from ..extension import session
from ..unit_of_work import locked
from .invoice_papers import refuse_unprintable
from .letterheads import debtor_address, letterhead, person
from .papers import issue_next
from .payments import payment_record, reversal_of
from .texts import wording

_BODY = "receipt.body"


def issue_receipt(payment_id: int, today: dt.date) -> int:
    """The id of the receipt's paper; the one that is there, for money is receipted once.

    Raises NotFound, and RuleBroken for what is no money received or was taken back.
    """
    invoice: Invoice = locked(Invoice, payment_record(payment_id).invoice_id)
    payment = payment_record(payment_id)
    if payment.receipt_paper_id is not None:
        return payment.receipt_paper_id
    if PaymentKind(payment.kind) not in RECEIVED or reversal_of(payment.id) is not None:
        raise RuleBroken([Finding("receipt_without_money", Severity.BLOCK)])
    content = _content(invoice, payment, today)
    refuse_unprintable(content)
    paper = issue_next(
        content, NumberKind.RECEIPT, practice_id=invoice.practice_id, patient_id=invoice.patient_id, issued_on=today
    )
    payment.receipt_paper_id = paper.id
    session().flush()
    return paper.id


def _content(invoice: Invoice, payment: Payment, today: dt.date) -> ReceiptContent:
    language: Language = "en" if invoice.patient.language == "en" else "de"
    practice, site = session().get_one(Practice, invoice.practice_id), session().get_one(Site, invoice.site_id)
    recipient = debtor_address(invoice)
    way = word(language, f"way_{payment.kind}", number=payment.external_receipt_no)
    assert invoice.issued_on is not None  # no draft takes money
    values = {
        "invoice": invoice.number or "",
        "invoiced": day(invoice.issued_on, language),
        "day": day(payment.value_date, language),
        "amount": money(payment.amount, language),
        "way": way,
    }
    return ReceiptContent(
        language=language,
        letterhead=letterhead(practice, site),
        recipient=recipient,
        number="",
        issued_on=today,
        patient=person(invoice.patient),
        payer=payment.payer or recipient[0],
        amount=payment.amount,
        received_on=payment.value_date,
        way=way,
        invoice_number=invoice.number or "",
        invoice_issued_on=invoice.issued_on,
        body=filled(wording(invoice.practice_id, _BODY, language, today), values),
    )
