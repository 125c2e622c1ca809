"""What must stand on the paper before it can be issued: who writes, to whom, under which date, and in which letters."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..billing import characters_missing
from ..costs import agreement_missing_findings, agreement_proof_findings
from ..payers import PayerKind
from ..severity import Finding, Severity
from ..vat import Indication
from .bill import Bill

# § 33 UStDV: up to this gross amount an invoice need not name its recipient.
SMALL_INVOICE = Decimal("250.00")


def issuer_is_named(bill: Bill) -> Iterator[Finding]:
    """§ 14(4) no. 1 and 2 UStG: full name and address of the practice, tax number or VAT id."""
    issuer = bill.issuer
    if not all(part.strip() for part in (issuer.name, issuer.street, issuer.postcode, issuer.town)):
        yield Finding("issuer_address_missing", Severity.BLOCK, "§ 14 Abs. 4 UStG")
    if not issuer.tax_number.strip():
        yield Finding("issuer_tax_number_missing", Severity.BLOCK, "§ 14 Abs. 4 UStG")


def account_is_named(bill: Bill) -> Iterator[Finding]:
    """No law asks for the account, but no cash is taken: nobody could pay."""
    if not bill.issuer.iban.strip():
        yield Finding("issuer_bank_missing", Severity.BLOCK)
    if not bill.account_is_valid:
        yield Finding("issuer_iban_wrong", Severity.BLOCK)


def recipient_is_named(bill: Bill) -> Iterator[Finding]:
    """§ 14(4) no. 1 UStG; up to 250 euros the address may be missing (§ 33 UStDV)."""
    recipient = bill.recipient
    if not recipient.name.strip():
        yield Finding("recipient_name_missing", Severity.BLOCK, "§ 14 Abs. 4 UStG")
    if not all(part.strip() for part in (recipient.street, recipient.postcode, recipient.town)):
        gross = bill.gross
        small = gross is not None and gross <= SMALL_INVOICE
        severity = Severity.WARN if small else Severity.BLOCK
        yield Finding("recipient_address_missing", severity, "§ 33 UStDV" if small else "§ 14 Abs. 4 UStG")


def physician_answers(bill: Bill) -> Iterator[Finding]:
    """§ 4(2) GOÄ: own services, or under the physician's supervision; goods alone need nobody."""
    if not bill.physician and not bill.sells_goods_alone():
        yield Finding("physician_missing", Severity.BLOCK, "§ 4 Abs. 2 GOÄ")


def letters_can_be_printed(bill: Bill) -> Iterable[Finding]:
    """Each character typed has a shape in the papers' face."""
    return [characters_missing(bill.unprintable)] if bill.unprintable else []


def date_is_today(bill: Bill) -> Iterator[Finding]:
    """A number drawn today under another date breaks the order of the range (§ 14(4) no. 3, 4 UStG)."""
    if bill.issue_on is not None and bill.issue_on != bill.today:
        yield Finding("issue_not_today", Severity.BLOCK, "§ 14 Abs. 4 UStG", {"issue_on": bill.issue_on.isoformat()})


def books_are_open(bill: Bill) -> Iterator[Finding]:
    """§ 146(4) AO: nothing is written into closed books; a service from before their end is looked at."""
    locked = bill.books_locked_until
    if locked is None:
        return
    until = {"locked_until": locked.isoformat()}
    if (bill.issue_on or bill.today) <= locked:
        yield Finding("books_locked", Severity.BLOCK, "§ 146 Abs. 4 AO", until)
    elif any(line.service_on <= locked for line in bill.lines):
        yield Finding("service_in_locked_books", Severity.WARN, "", until)


def diagnosis_is_named(bill: Bill) -> Iterator[Finding]:
    """§ 12(2) GOÄ does not list it; insurers and Beihilfe need it to reimburse (domain 1.1)."""
    if bill.insurer_asks_diagnosis and not bill.sells_goods_alone():
        yield Finding("diagnosis_missing", Severity.WARN)


def session_was_finished(bill: Bill) -> Iterator[Finding]:
    """Of an aborted session only what was rendered is charged."""
    if bill.aborted:
        yield Finding("treatment_aborted", Severity.WARN)


def fund_is_asked(bill: Bill) -> Iterator[Finding]:
    """A medical service for a statutory patient may be a benefit of the fund (domain 10.1 no. 6)."""
    medical = any(line.indication is Indication.MEDICAL for line in bill.lines)
    if bill.payer is PayerKind.GKV and medical:
        yield Finding("fund_benefit_question", Severity.WARN, "§ 13 SGB V")


def self_payer_agreement(bill: Bill) -> Iterator[Finding]:
    """§ 18(8) no. 3 BMV-Ä: written and from before the service; the owner's override turns the block into a warning."""
    if bill.payer is not PayerKind.GKV or not bill.lines or bill.sells_goods_alone():
        return
    first_service_on = min(line.service_on for line in bill.lines)
    missing = agreement_missing_findings(bill.agreement, first_service_on)
    for finding in [*missing, *agreement_proof_findings(bill.agreement)]:
        severity = Severity.WARN if bill.agreement_overridden else finding.severity
        yield Finding(finding.code, severity, finding.paragraph, finding.facts)


def amount_was_announced(bill: Bill) -> Iterator[Finding]:
    """§ 630c(3) BGB: the cost information named the expected costs; more than that is looked at."""
    gross, announced = bill.announced_part(), bill.announced_gross
    if gross is not None and announced is not None and gross > announced:
        amounts = {"gross": str(gross), "announced": str(announced), "over": str(gross - announced)}
        yield Finding("above_cost_notice", Severity.WARN, "§ 630c Abs. 3 BGB", amounts)


def amount_was_estimated(bill: Bill) -> Iterator[Finding]:
    """An amount above the estimate can be issued, with a look at it."""
    gross, estimated = bill.announced_part(), bill.estimated_gross
    if gross is not None and estimated is not None and gross > estimated:
        over = {"gross": str(gross), "estimated": str(estimated), "over": str(gross - estimated)}
        yield Finding("above_estimate", Severity.WARN, "", over | {"number": bill.estimate_number})
