"""What issuing an invoice depends on beyond its lines: the practice, what the patient was told before, the sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from ...models.clarification import Clarification
from ...models.consent import CostNotice
from ...models.estimate import Estimate
from ...models.invoice import Invoice
from ...models.practice import Practice, Site, Staff
from ...models.rules.case_states import ClarificationState, EstimateState
from ...models.rules.checks.bill import Bill, Stated, StatedOn
from ...models.rules.deadlines import CaseReading
from ...models.rules.invoice import InvoiceLine as RuleLine
from ...models.rules.issue import IssuerFacts
from ...models.rules.payers import PayerKind
from ...models.rules.states import CostNoticeState, TreatmentState
from ...models.rules.vat import Indication, VatRegime
from ...models.treatment import Treatment
from ...reports.content.base import UnreadableContent
from ...reports.content.cost_notice import CostNoticeContent
from ..access import scoped
from ..extension import session
from .billed_services import earlier_services
from .cost_notices import Cover
from .gate_papers import agreement_facts
from .invoice_lines import areas_by_session
from .invoice_people import recipient_of, unprintable

_TOLD = (CostNoticeState.HANDED.value, CostNoticeState.SIGNED.value)
_COURSE = "course"  # the matter of every line, see rule_lines
_STANDS = (EstimateState.ISSUED.value, EstimateState.HANDED.value)


@dataclass(frozen=True, slots=True)
class Estimated:
    """What the course's latest estimate says, in euros gross."""

    id: int
    number: str
    session_gross: Decimal
    gross_max: Decimal
    sessions_max: int
    indication: str

    def of(self, sessions: int) -> Decimal:
        """The upper end for so many sessions: never more than the estimate names for all."""
        return min(self.session_gross * sessions, self.gross_max) if sessions else self.gross_max


def estimated(course_id: int) -> Estimated | None:
    """The latest estimate of the course that was issued or handed over."""
    return estimates_and_queries(course_id)[0]


def estimates_and_queries(course_id: int) -> tuple[Estimated | None, tuple[Stated, ...]]:
    """The estimate of `estimated`, and what cost queries that went out said by theirs; in one statement."""
    columns = [getattr(Estimate, name) for name in Estimated.__dataclass_fields__]
    went_out = and_(
        Clarification.estimate_id == Estimate.id,
        Clarification.query_paper_id.is_not(None),
        Clarification.state != ClarificationState.CANCELLED.value,
    )
    query: Any = (
        select(Clarification.number, Estimate.state, *columns)
        .select_from(Estimate)
        .outerjoin(Clarification, went_out)
        .where(Estimate.course_id == course_id)
        .order_by(Estimate.id, Clarification.id)
    )
    rows = [(case, state, Estimated(*row)) for case, state, *row in session().execute(scoped(query))]
    live = [found for _, state, found in rows if state in _STANDS]
    asked = tuple(
        Stated(StatedOn.COST_QUERY, _COURSE, Indication(found.indication), case) for case, _, found in rows if case
    )
    return live[-1] if live else None, asked


def issue_bill(
    invoice: Invoice,
    practice: Practice,
    site: Site,
    *,
    lines: tuple[RuleLine, ...],
    cover: Cover,
    estimate: Estimated | None,
    asked: tuple[Stated, ...],
    today: dt.date,
) -> Bill:
    """What the rules ask of a draft, but for its sessions: see with_sessions."""
    notices = _notices(invoice.course_id)
    told = notices[-1] if notices else None
    day = min((line.service_on for line in lines), default=today)
    sessions = len({line.treatment_id for line in invoice.lines} - {None})  # goods alone were never estimated
    return Bill(
        lines=lines,
        regime=VatRegime(practice.vat_regime),
        payer=cover.payer,
        tariffs=cover.tariffs,
        earlier=earlier_services(invoice.patient_id, [line.service_on for line in lines]),
        case_reading=CaseReading(practice.case_reading),
        issuer=IssuerFacts(
            practice.name, site.street, site.postcode, site.city, practice.tax_number or practice.vat_id, practice.iban
        ),
        recipient=recipient_of(invoice.patient),
        issue_on=today,
        today=today,
        agreement=agreement_facts(notices, day, accepts_screen=practice.sign_agreement_on_screen),
        agreement_overridden=bool(invoice.without_agreement_reason),
        books_locked_until=practice.books_locked_until,
        stated=(*_stated(told, estimate), *asked),
        announced_gross=_announced(told, sessions) if sessions else None,
        estimated_gross=estimate.of(sessions) if estimate and sessions else None,
        estimate_number=estimate.number if estimate else "",
    )


def with_sessions(
    bill: Bill,
    invoice: Invoice,
    practice: Practice,
    treatments: Sequence[Treatment],
    physician: Staff | None,
    *,
    diagnosis: str,
) -> Bill:
    """The bill with what its sessions say, and what no paper can print."""
    from stdnum import iban

    return replace(
        bill,
        physician=physician.full_name if physician else "",
        indications=frozenset(
            Indication(entry.lesion.indication) for treatment in treatments for entry in treatment.sites
        ),
        aborted=any(treatment.state == TreatmentState.ABORTED.value for treatment in treatments),
        laser_areas=areas_by_session(treatments),
        naevus_sessions=frozenset(
            str(each.id) for each in treatments if any(entry.lesion.kind == "mole" for entry in each.sites)
        ),
        insurer_asks_diagnosis=bill.payer is PayerKind.PKV and not diagnosis,
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


def _stated(told: CostNotice | None, estimate: Estimated | None) -> Iterator[Stated]:
    """What the cost information and the estimate of the course say of its indication."""
    if told:
        yield Stated(StatedOn.COST_NOTICE, _COURSE, Indication(told.indication))
    if estimate:
        yield Stated(StatedOn.ESTIMATE, _COURSE, Indication(estimate.indication), estimate.number)


def _announced(notice: CostNotice | None, sessions: int) -> Decimal | None:
    """The upper end for so many sessions, from the paper itself; for the series where it cannot be read any more."""
    if notice is None:
        return None
    try:
        return CostNoticeContent.from_dict(notice.paper.content).session_to.gross * sessions
    except UnreadableContent:
        return notice.gross_max
