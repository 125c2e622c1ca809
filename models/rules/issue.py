"""May this invoice be issued: everything that stands against it, in reading order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .costs import AgreementFacts, agreement_missing_findings, agreement_proof_findings
from .goae import check_factor, fee
from .invoice import InvoiceLine, invoice_totals
from .payers import PayerKind
from .severity import Finding, Severity
from .vat import Indication, VatRegime, undecided_finding

# § 33 UStDV: up to this gross amount an invoice need not name its recipient.
SMALL_INVOICE = Decimal("250.00")


@dataclass(frozen=True, slots=True)
class IssuerFacts:
    """The practice as the invoice must name it: tax number or VAT id, full address, bank account."""

    name: str
    street: str
    postcode: str
    town: str
    tax_number: str
    iban: str


@dataclass(frozen=True, slots=True)
class RecipientFacts:
    """Who gets the invoice; not always the patient."""

    name: str
    street: str
    postcode: str
    town: str


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """All that issuing depends on.

    `stated` holds what earlier papers of the case say: matter -> indication. `announced_gross` is the upper end of the
    cost information in euros for so many sessions, `estimated_gross` that of the estimate. `agreement_overridden` is
    the owner's logged decision.
    """

    lines: tuple[InvoiceLine, ...]
    regime: VatRegime
    payer: PayerKind
    issuer: IssuerFacts
    recipient: RecipientFacts
    issue_on: date
    today: date
    agreement: AgreementFacts = field(default_factory=AgreementFacts)
    agreement_overridden: bool = False
    books_locked_until: date | None = None
    stated: Mapping[str, Indication] = field(default_factory=dict)
    announced_gross: Decimal | None = None
    estimated_gross: Decimal | None = None
    estimate_number: str = ""


def check_issue(facts: InvoiceFacts) -> list[Finding]:
    """Everything to be said before the invoice is issued; blocks and warnings by domain 10.2."""
    return [
        *_issuer_findings(facts.issuer),
        *_recipient_findings(facts),
        *_line_findings(facts),
        *_contradictions(facts),
        *_agreement_findings(facts),
        *_date_findings(facts),
        *_amount_findings(facts),
    ]


def _issuer_findings(issuer: IssuerFacts) -> Iterator[Finding]:
    if not all(part.strip() for part in (issuer.name, issuer.street, issuer.postcode, issuer.town)):
        yield Finding("issuer_address_missing", Severity.BLOCK, "§ 14 Abs. 4 UStG")
    if not issuer.tax_number.strip():
        yield Finding("issuer_tax_number_missing", Severity.BLOCK, "§ 14 Abs. 4 UStG")
    if not issuer.iban.strip():  # no law asks for it, but no cash is taken: nobody could pay
        yield Finding("issuer_bank_missing", Severity.BLOCK)


def _recipient_findings(facts: InvoiceFacts) -> Iterator[Finding]:
    recipient = facts.recipient
    if not recipient.name.strip():
        yield Finding("recipient_name_missing", Severity.BLOCK, "§ 14 Abs. 4 UStG")
    if not all(part.strip() for part in (recipient.street, recipient.postcode, recipient.town)):
        gross = _gross(facts)
        small = gross is not None and gross <= SMALL_INVOICE
        severity = Severity.WARN if small else Severity.BLOCK
        yield Finding("recipient_address_missing", severity, "§ 33 UStDV" if small else "§ 14 Abs. 4 UStG")


def _line_findings(facts: InvoiceFacts) -> Iterator[Finding]:
    if not facts.lines:
        yield Finding("invoice_without_lines", Severity.BLOCK, "§ 12 Abs. 2 GOÄ")
    for index, line in enumerate(facts.lines, start=1):
        place = {"line": str(index), "number": line.number}
        if line.indication is Indication.UNDECIDED:
            yield undecided_finding(index)
        if line.count < 1:
            yield Finding("line_count", Severity.BLOCK, "", place | {"count": str(line.count)})
        if line.service_on > facts.today:
            service = {"service_on": line.service_on.isoformat()}
            yield Finding("service_in_future", Severity.BLOCK, "§ 12 Abs. 2 GOÄ", place | service)
        yield from _fee_findings(line, index)


def _fee_findings(line: InvoiceLine, index: int) -> Iterator[Finding]:
    if line.position is None:
        return
    found = check_factor(
        line.position,
        line.factor,
        reason=line.reason,
        agreement_signed_on=line.agreement_signed_on,
        service_on=line.service_on,
        agreed_factor=line.agreed_factor,
    )
    for finding in found:
        yield Finding(finding.code, finding.severity, finding.paragraph, {"line": str(index)} | dict(finding.facts))
    if line.position.points is not None and fee(line.position, line.factor) != line.single:
        amounts = {"amount": str(line.single), "fee": str(fee(line.position, line.factor))}
        place = {"line": str(index), "number": line.number}
        yield Finding("amount_not_by_factor", Severity.BLOCK, "§ 5 Abs. 1 GOÄ", place | amounts)


def _contradictions(facts: InvoiceFacts) -> Iterator[Finding]:
    """One matter, one indication: within this invoice and against earlier papers (domain 10.1 no. 1)."""
    said = {matter: word for matter, word in facts.stated.items() if word is not Indication.UNDECIDED}
    for index, line in enumerate(facts.lines, start=1):
        if not line.matter or line.indication is Indication.UNDECIDED:
            continue
        earlier = said.setdefault(line.matter, line.indication)
        if earlier is not line.indication:
            words = {"line": str(index), "stated": earlier.value, "indication": line.indication.value}
            yield Finding("indication_contradicts", Severity.BLOCK, "§ 4 Nr. 14 Buchst. a UStG", words)


def _agreement_findings(facts: InvoiceFacts) -> Iterator[Finding]:
    if facts.payer is not PayerKind.GKV or not facts.lines:
        return
    if any(line.indication is Indication.MEDICAL for line in facts.lines):
        yield Finding("fund_benefit_question", Severity.WARN, "§ 13 SGB V")
    first_service_on = min(line.service_on for line in facts.lines)
    missing = agreement_missing_findings(facts.agreement, first_service_on)
    for finding in [*missing, *agreement_proof_findings(facts.agreement)]:
        severity = Severity.WARN if facts.agreement_overridden else finding.severity
        yield Finding(finding.code, severity, finding.paragraph, finding.facts)


def _date_findings(facts: InvoiceFacts) -> Iterator[Finding]:
    if facts.issue_on != facts.today:  # a number drawn today under another date breaks the order of the range
        yield Finding("issue_not_today", Severity.BLOCK, "§ 14 Abs. 4 UStG", {"issue_on": facts.issue_on.isoformat()})
    locked = facts.books_locked_until
    if locked is None:
        return
    until = {"locked_until": locked.isoformat()}
    if facts.issue_on <= locked:
        yield Finding("books_locked", Severity.BLOCK, "§ 146 Abs. 4 AO", until)
    elif any(line.service_on <= locked for line in facts.lines):
        yield Finding("service_in_locked_books", Severity.WARN, "", until)


def _amount_findings(facts: InvoiceFacts) -> Iterator[Finding]:
    gross, announced = _gross(facts), facts.announced_gross
    if gross is not None and announced is not None and gross > announced:
        amounts = {"gross": str(gross), "announced": str(announced), "over": str(gross - announced)}
        yield Finding("above_cost_notice", Severity.WARN, "§ 630c Abs. 3 BGB", amounts)
    estimated = facts.estimated_gross
    if gross is not None and estimated is not None and gross > estimated:
        over = {"gross": str(gross), "estimated": str(estimated), "over": str(gross - estimated)}
        yield Finding("above_estimate", Severity.WARN, "", over | {"number": facts.estimate_number})


def _gross(facts: InvoiceFacts) -> Decimal | None:
    """The gross sum, or None while a line is undecided."""
    if any(line.indication is Indication.UNDECIDED for line in facts.lines):
        return None
    return invoice_totals(facts.lines, facts.regime).gross
