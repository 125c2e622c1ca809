"""What a draft says today: its lines with the indication that holds now, its sums, and what stands against it."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from ...models.invoice import Invoice
from ...models.practice import Practice, Site, Staff
from ...models.rules.checks import check_bill
from ...models.rules.invoice import InvoiceLine as RuleLine
from ...models.rules.invoice import InvoiceTotals, LineKind, invoice_totals
from ...models.rules.issue import RecipientFacts
from ...models.rules.payers import PayerKind
from ...models.rules.severity import Finding, Severity
from ...models.rules.vat import VatRegime
from ...models.treatment import Treatment
from ..extension import session
from .cost_notices import cover_on
from .invoice_facts import Estimated, estimates_and_queries, issue_bill, with_sessions
from .invoice_lines import rule_lines, treatments_of
from .invoice_people import diagnosis_of, physician_of

_ORDER = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.HINT: 2}


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it would be issued on a day. `lines` stand beside `invoice.lines`; undecided ones have no totals.

    `diagnosis` is what the paper will say, "" where it is left off; `known_diagnosis` what the course has.
    """

    invoice: Invoice
    practice: Practice
    site: Site
    treatments: tuple[Treatment, ...]
    physician: Staff | None
    payer: PayerKind
    recipient: RecipientFacts
    diagnosis: str
    known_diagnosis: str
    lines: tuple[RuleLine, ...]
    totals: InvoiceTotals | None
    pay_by: dt.date
    estimate: Estimated | None
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
            *((line.agreement_signed_on, line.service_on) for line in self.lines),
            *((line.kind.value, line.goods_rate, line.other_illness, line.receipt) for line in self.lines),
            *((line.reason, line.clock_time, line.body_site) for line in self.invoice.lines),
            *((finding.code, sorted(finding.facts.items())) for finding in self.findings),
            (self.totals and self.totals.gross, self.recipient, self.diagnosis, self.physician and self.physician.id),
            (patient.full_name, patient.birth_date, patient.language, self.invoice.without_agreement_reason),
            (patient.e_invoice, patient.country, (patient.recipient or {}).get("country")),
        ]
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]


def draft_of(invoice: Invoice, today: dt.date) -> Draft:
    """Look at a draft on a day: a fixed number of statements for a day of service, nothing is changed."""
    query = select(Practice, Site).join(Site, Site.practice_id == Practice.id).where(Site.id == invoice.site_id)
    practice, site = session().execute(query).one()
    treatments = treatments_of(invoice.lines)
    lines = rule_lines(invoice, treatments)
    cover = cover_on(invoice.patient_id, min((line.service_on for line in lines), default=today))
    physician, (estimate, asked) = physician_of(treatments), estimates_and_queries(invoice.course_id)
    known = diagnosis_of(invoice.course)
    diagnosis = known if names_diagnosis(invoice, cover.payer) else ""
    bill = issue_bill(invoice, practice, site, lines=lines, cover=cover, estimate=estimate, asked=asked, today=today)
    bill = with_sessions(bill, invoice, practice, treatments, physician, diagnosis=diagnosis)
    decided = bill.gross is not None
    return Draft(
        invoice=invoice,
        practice=practice,
        site=site,
        treatments=treatments,
        physician=physician,
        payer=cover.payer,
        recipient=bill.recipient,
        diagnosis=diagnosis,
        known_diagnosis=known,
        lines=lines,
        totals=invoice_totals(lines, bill.regime) if decided else None,
        pay_by=today + dt.timedelta(days=practice.payment_days),
        estimate=estimate,
        findings=tuple(sorted(check_bill(bill), key=lambda finding: _ORDER[finding.severity])),
    )


def names_diagnosis(invoice: Invoice, payer: PayerKind) -> bool:
    """Whether the diagnosis stands on the paper: as chosen at the draft, else where insurer or Beihilfe need it."""
    if invoice.with_diagnosis is not None:
        return invoice.with_diagnosis
    rendered = any(line.kind != LineKind.GOODS.value for line in invoice.lines)
    return payer is PayerKind.PKV and (rendered or not invoice.lines)
