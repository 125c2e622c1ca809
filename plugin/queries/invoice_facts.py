"""What issuing an invoice depends on beyond its lines: the practice, what the patient was told before, the sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...models.consent import CostNotice
from ...models.estimate import Estimate
from ...models.invoice import Invoice
from ...models.practice import Practice, Site, Staff
from ...models.rules.billing import SessionFacts
from ...models.rules.case_states import EstimateState
from ...models.rules.invoice import InvoiceLine as RuleLine
from ...models.rules.issue import InvoiceFacts, IssuerFacts
from ...models.rules.payers import PayerKind
from ...models.rules.states import CostNoticeState, TreatmentState
from ...models.rules.vat import Indication, VatRegime
from ...models.treatment import Treatment
from ...reports.content.base import UnreadableContent
from ...reports.content.cost_notice import CostNoticeContent
from ..access import scoped
from ..extension import session
from .gate_papers import agreement_facts
from .invoice_lines import areas_by_session
from .invoice_people import recipient_of, unprintable

_TOLD = (CostNoticeState.HANDED.value, CostNoticeState.SIGNED.value)
_STANDS = (EstimateState.ISSUED.value, EstimateState.HANDED.value)


@dataclass(frozen=True, slots=True)
class Estimated:
    """What the course's latest estimate says, in euros gross."""

    id: int
    number: str
    session_gross: Decimal
    gross_max: Decimal
    sessions_max: int

    def of(self, sessions: int) -> Decimal:
        """The upper end for so many sessions: never more than the estimate names for all."""
        return min(self.session_gross * sessions, self.gross_max) if sessions else self.gross_max


def estimated(course_id: int) -> Estimated | None:
    """The latest estimate of the course that was issued or handed over."""
    columns = [getattr(Estimate, name) for name in Estimated.__dataclass_fields__]
    query: Any = (
        select(*columns)
        .where(Estimate.course_id == course_id, Estimate.state.in_(_STANDS))
        .order_by(Estimate.id.desc())
        .limit(1)
    )
    row = session().execute(scoped(query)).first()
    return Estimated(*row) if row else None


def issue_facts(
    invoice: Invoice,
    practice: Practice,
    site: Site,
    *,
    lines: tuple[RuleLine, ...],
    payer: PayerKind,
    estimate: Estimated | None,
    today: dt.date,
) -> InvoiceFacts:
    """Everything that check_issue asks."""
    notices = _notices(invoice.course_id)
    told = notices[-1] if notices else None
    day = min((line.service_on for line in lines), default=today)
    sessions = len({line.treatment_id for line in invoice.lines}) or 1
    return InvoiceFacts(
        lines=lines,
        regime=VatRegime(practice.vat_regime),
        payer=payer,
        issuer=IssuerFacts(
            practice.name, site.street, site.postcode, site.city, practice.tax_number or practice.vat_id, practice.iban
        ),
        recipient=recipient_of(invoice.patient),
        issue_on=today,
        today=today,
        agreement=agreement_facts(notices, day, accepts_screen=practice.sign_agreement_on_screen),
        agreement_overridden=bool(invoice.without_agreement_reason),
        books_locked_until=practice.books_locked_until,
        stated={"course": Indication(told.indication)} if told else {},
        announced_gross=_announced(told, sessions),
        estimated_gross=estimate.of(sessions) if estimate else None,
        estimate_number=estimate.number if estimate else "",
    )


def session_facts(
    invoice: Invoice,
    practice: Practice,
    treatments: Sequence[Treatment],
    physician: Staff | None,
    *,
    asks_diagnosis: bool,
) -> SessionFacts:
    """Everything that check_draft asks."""
    from stdnum import iban

    return SessionFacts(
        physician=physician.full_name if physician else "",
        indications=frozenset(
            Indication(entry.lesion.indication) for treatment in treatments for entry in treatment.sites
        ),
        aborted=any(treatment.state == TreatmentState.ABORTED.value for treatment in treatments),
        laser_areas=areas_by_session(treatments),
        insurer_asks_diagnosis=asks_diagnosis,
        unprintable=unprintable(invoice, practice, physician),
        account_is_valid=not practice.iban or iban.is_valid(practice.iban),
    )


def _notices(course_id: int) -> list[CostNotice]:
    """What the patient was told, oldest first; the last one is what a paper must not contradict."""
    query = (
        select(CostNotice)
        .where(CostNotice.course_id == course_id, CostNotice.state.in_(_TOLD))
        .options(joinedload(CostNotice.paper))
        .order_by(CostNotice.id)
    )
    return list(session().scalars(scoped(query)))


def _announced(notice: CostNotice | None, sessions: int) -> Decimal | None:
    """The upper end for so many sessions, from the paper itself; for the series where it cannot be read any more."""
    if notice is None:
        return None
    try:
        return CostNoticeContent.from_dict(notice.paper.content).session_to.gross * sessions
    except UnreadableContent:
        return notice.gross_max
