"""Hands an unpaid claim to a lawyer, with its frozen statement and the papers that belong to it, or takes it back."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from ...models.debt import DebtHandover
from ...models.invoice import Invoice
from ...models.rules.handover import check_handover
from ...models.rules.numbering import NumberKind
from ...models.rules.payments import refuse_unconfirmed
from ...models.rules.severity import Finding, RuleBroken, Severity
from ..access import scoped
from ..clock import now
from ..errors import NotFound
from ..extension import actor, session
from ..queries.debts import handover_papers, handover_row
from ..queries.dunning import claim_of, interest_to
from ..unit_of_work import SYSTEM, locked
from .claim_statements import claim_statement
from .disclosures import note_handed_over
from .invoice_papers import refuse_unprintable
from .papers import bytes_of, issue_next


@dataclass(frozen=True, slots=True)
class Lawyer:
    """To whom the claim goes."""

    name: str
    street: str
    postcode: str
    city: str

    @property
    def address(self) -> tuple[str, ...]:
        """The lines of the window."""
        lines = (self.name, self.street, f"{self.postcode} {self.city}".strip())
        return tuple(line for line in lines if line)


def hand_over(
    invoice_id: int,
    version: int | None,
    lawyer: Lawyer,
    note: str,
    today: dt.date,
    *,
    confirmed: Collection[str] = (),
) -> DebtHandover:
    """Hand over what is open, with interest to today; from now on the practice writes no letters about it.

    Raises RuleBroken for what blocks (nothing open, there already, instalments that run) and for warnings that are not
    among `confirmed`; StalePage.
    """
    invoice: Invoice = locked(Invoice, invoice_id, version)
    claim = claim_of(invoice)
    interest = interest_to(invoice, claim, today)
    refuse_unconfirmed([*check_handover(claim, today), *interest.findings], confirmed)
    content = claim_statement(invoice, claim, interest, lawyer.address, note, today)
    refuse_unprintable(content)
    paper = issue_next(
        content,
        NumberKind.CLAIM_STATEMENT,
        practice_id=invoice.practice_id,
        patient_id=invoice.patient_id,
        issued_on=today,
    )
    handover = DebtHandover(
        practice_id=invoice.practice_id,
        patient_id=invoice.patient_id,
        invoice_id=invoice.id,
        number=paper.number,
        paper_id=paper.id,
        lawyer=lawyer.name,
        street=lawyer.street,
        postcode=lawyer.postcode,
        city=lawyer.city,
        handed_on=today,
        open_amount=content.due,
        interest=content.interest,
        fees=content.fees,
        note=note,
        recorded_at=now(),
        recorded_by=(actor() or SYSTEM).name,
    )
    session().add(handover)
    invoice.handed_over_on = today
    session().flush()
    numbers = [each.number for each in handover_papers(handover_row(handover.id))]
    note_handed_over(invoice.practice_id, invoice.patient_id, invoice.id, numbers, lawyer.name)
    return handover


def end_handover(handover_id: int, version: int | None, reason: str, today: dt.date) -> int:
    """Take the claim back, or note that the lawyer is done with it. `version` is the invoice's; returns its id.

    Raises RuleBroken for one that has ended, NotFound, StalePage.
    """
    invoice: Invoice = locked(Invoice, handover_row(handover_id).invoice_id, version)
    handover = _handover(handover_id)
    if handover.ended_on is not None:
        raise RuleBroken([Finding("handover_not_running", Severity.BLOCK)])
    handover.ended_on, handover.ended_reason = today, reason
    invoice.handed_over_on = None
    session().flush()
    return invoice.id


def packed(handover_id: int) -> tuple[bytes, str]:
    """(a ZIP of statement, invoice and letters, its file name); the same bytes each time. Raises NotFound."""
    handover = handover_row(handover_id)
    day = handover.handed_on
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in handover_papers(handover):
            entry = zipfile.ZipInfo(f"{paper.number}.pdf", (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, bytes_of(paper.id)[0])
    return file.getvalue(), f"{handover.number}.zip"


def _handover(handover_id: int) -> DebtHandover:
    query = select(DebtHandover).where(DebtHandover.id == handover_id).execution_options(populate_existing=True)
    handover: DebtHandover | None = session().scalar(scoped(query))
    if handover is None:
        raise NotFound(f"handover {handover_id}")
    return handover
