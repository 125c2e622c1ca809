"""What a draft says today: its lines with the indication that holds now, its sums, and what stands against it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...models.consent import CostNotice
from ...models.invoice import Invoice, InvoiceLine
from ...models.practice import Practice, Site, Staff
from ...models.rules.billing import SessionFacts, check_draft
from ...models.rules.goae import Position
from ...models.rules.invoice import InvoiceLine as RuleLine
from ...models.rules.invoice import InvoiceTotals, invoice_totals
from ...models.rules.issue import InvoiceFacts, IssuerFacts, RecipientFacts, check_issue
from ...models.rules.joint import joint_indication
from ...models.rules.money import to_cent
from ...models.rules.payers import PayerKind
from ...models.rules.severity import Finding, Severity
from ...models.rules.states import CostNoticeState, TreatmentState
from ...models.rules.vat import Indication, VatRegime
from ...models.treatment import Treatment, TreatmentSite
from ...reports.content.base import UnreadableContent
from ...reports.content.cost_notice import CostNoticeContent
from ..access import scoped
from ..clock import BERLIN
from ..extension import session
from .cost_notices import cover_on
from .fees import positions
from .gate_papers import agreement_facts
from .invoice_people import diagnosis_of, physician_of, recipient_of, unprintable

_ORDER = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.HINT: 2}
_TOLD = (CostNoticeState.HANDED.value, CostNoticeState.SIGNED.value)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it would be issued on a day. `lines` stand beside `invoice.lines`; undecided ones have no totals."""

    invoice: Invoice
    practice: Practice
    site: Site
    treatments: tuple[Treatment, ...]
    physician: Staff | None
    payer: PayerKind
    recipient: RecipientFacts
    diagnosis: str
    lines: tuple[RuleLine, ...]
    totals: InvoiceTotals | None
    pay_by: dt.date
    findings: tuple[Finding, ...]

    @property
    def regime(self) -> VatRegime:
        """How the practice stands to VAT today."""
        return VatRegime(self.practice.vat_regime)

    @property
    def fingerprint(self) -> str:
        """Changes with everything that the page shows: whoever issues means what they have seen."""
        patient = self.invoice.patient
        seen = [
            *(
                (line.number, line.text, line.net, line.factor, line.count, line.indication.value)
                for line in self.lines
            ),
            *((line.reason, line.clock_time, line.body_site) for line in self.invoice.lines),
            *((finding.code, sorted(finding.facts.items())) for finding in self.findings),
            (self.totals and self.totals.gross, self.recipient, self.diagnosis, self.physician and self.physician.id),
            (patient.full_name, patient.birth_date, patient.language, self.invoice.without_agreement_reason),
        ]
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]


def draft_of(invoice: Invoice, today: dt.date) -> Draft:
    """Look at a draft on a day: at most six statements, nothing is changed."""
    query = select(Practice, Site).join(Site, Site.practice_id == Practice.id).where(Site.id == invoice.site_id)
    practice, site = session().execute(query).one()
    treatments = treatments_of(invoice.lines)
    lines = rule_lines(invoice, treatments)
    day = min((line.service_on for line in lines), default=today)
    payer = cover_on(invoice.patient_id, day).payer
    physician = physician_of(treatments)
    facts = _issue_facts(invoice, practice, site, lines, payer, today)
    found = [*check_issue(facts), *check_draft(lines, _session_facts(invoice, practice, treatments, physician))]
    decided = all(line.indication is not Indication.UNDECIDED for line in lines)
    return Draft(
        invoice=invoice,
        practice=practice,
        site=site,
        treatments=treatments,
        physician=physician,
        payer=payer,
        recipient=facts.recipient,
        diagnosis=diagnosis_of(invoice.course),
        lines=lines,
        totals=invoice_totals(lines, facts.regime) if decided else None,
        pay_by=today + dt.timedelta(days=practice.payment_days),
        findings=tuple(sorted(found, key=lambda finding: _ORDER[finding.severity])),
    )


def treatments_of(lines: Iterable[InvoiceLine]) -> tuple[Treatment, ...]:
    """The treatments that the lines bill, with their lesions and people, in one statement."""
    ids = {line.treatment_id for line in lines if line.treatment_id is not None}
    query = (
        select(Treatment)
        .where(Treatment.id.in_(ids))
        .order_by(Treatment.id)
        .options(
            joinedload(Treatment.sites).joinedload(TreatmentSite.lesion),
            joinedload(Treatment.performed_by).joinedload(Staff.physician),
            joinedload(Treatment.supervised_by).joinedload(Staff.physician),
        )
    )
    return tuple(session().scalars(scoped(query)).unique())


def treated_indication(treatment: Treatment) -> Indication:
    """The one indication of what was treated; undecided where the lesions differ or none is recorded."""
    return joint_indication(Indication(entry.lesion.indication) for entry in treatment.sites)


def treated_area(treatment: Treatment) -> Decimal | None:
    """The treated area of the session in cm², None where no site names one."""
    areas = [entry.area_cm2 for entry in treatment.sites if entry.area_cm2]
    return sum(areas, Decimal()) if areas else None


def service_day(treatment: Treatment) -> dt.date:
    """The day of the service (§ 12(2) no. 1 GOÄ): when it began, in Germany."""
    return treatment.started_at.astimezone(BERLIN).date() if treatment.started_at else treatment.planned_on


def rule_lines(invoice: Invoice, treatments: Sequence[Treatment]) -> tuple[RuleLine, ...]:
    """The invoice's lines as rules read them, with the indication that the physician has decided by now."""
    decided = {treatment.id: treated_indication(treatment) for treatment in treatments}
    days = {line.service_on for line in invoice.lines}
    schedule = {day: positions([line.goae_number for line in invoice.lines], day) for day in days}
    return tuple(
        _rule_line(
            line,
            decided.get(line.treatment_id or 0, Indication(line.indication)),
            schedule[line.service_on].get(line.goae_number),
        )
        for line in invoice.lines
    )


def _rule_line(line: InvoiceLine, indication: Indication, position: Position | None) -> RuleLine:
    return RuleLine(
        service_on=line.service_on,
        number=line.goae_number,
        text=line.analog_service or line.service,
        single=to_cent(line.net / line.quantity),
        indication=indication,
        count=line.quantity,
        factor=line.factor,
        position=position,
        reason=line.reason,
        agreement_signed_on=line.agreement_on,
        matter="course",
    )


def _issue_facts(
    invoice: Invoice, practice: Practice, site: Site, lines: tuple[RuleLine, ...], payer: PayerKind, today: dt.date
) -> InvoiceFacts:
    notices = _notices(invoice.course_id)
    told = notices[-1] if notices else None
    day = min((line.service_on for line in lines), default=today)
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
        announced_gross=_announced(told),
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


def _announced(notice: CostNotice | None) -> Decimal | None:
    """The upper end for one session, from the paper itself; for the series where the paper cannot be read any more."""
    if notice is None:
        return None
    try:
        return CostNoticeContent.from_dict(notice.paper.content).session_to.gross
    except UnreadableContent:
        return notice.gross_max


def _session_facts(
    invoice: Invoice, practice: Practice, treatments: tuple[Treatment, ...], physician: Staff | None
) -> SessionFacts:
    from stdnum import iban

    areas = [area for area in map(treated_area, treatments) if area]
    return SessionFacts(
        physician=physician.full_name if physician else "",
        indications=frozenset(
            Indication(entry.lesion.indication) for treatment in treatments for entry in treatment.sites
        ),
        aborted=any(treatment.state == TreatmentState.ABORTED.value for treatment in treatments),
        laser_area=sum(areas, Decimal()) if areas else None,
        unprintable=unprintable(invoice, practice, physician),
        account_is_valid=not practice.iban or iban.is_valid(practice.iban),
    )
