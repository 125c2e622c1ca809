"""From the treatment to the invoice: what may be billed, and what a draft is asked besides the invoice itself."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .analog import laser_position
from .goae import plain
from .invoice import InvoiceLine
from .severity import Finding, Severity
from .states import TreatmentState
from .vat import Indication

LASER_NUMBERS = frozenset({"2440", "2885", "2886"})  # charged by the area of the session, see laser_position
_PER_SESSION = "je Sitzung"  # how a legend says that the service counts once, however many spots were treated


class Billing(StrEnum):
    """Where the bill of one treatment stands."""

    OPEN = "open"
    BILLED = "billed"
    GOODWILL = "goodwill"
    NOT_BILLABLE = "not_billable"


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What the draft's treatments say of themselves.

    `indications` of all treated lesions; `laser_areas` in cm² by session of the lines, without those that name none;
    `insurer_asks_diagnosis` where the invoice goes to an insurer or Beihilfe and names none; `unprintable` the
    characters that somebody typed and the papers' face lacks.
    """

    physician: str
    indications: frozenset[Indication]
    aborted: bool = False
    laser_areas: Mapping[str, Decimal] = field(default_factory=dict)
    insurer_asks_diagnosis: bool = False
    unprintable: tuple[str, ...] = ()
    account_is_valid: bool = True


def check_billable(state: TreatmentState, billing: Billing) -> list[Finding]:
    """Whether an invoice can be drafted: only for what took place, and once."""
    if state not in (TreatmentState.DONE, TreatmentState.ABORTED):
        return [Finding("treatment_not_done", Severity.BLOCK, "§ 12 Abs. 1 GOÄ")]
    if billing is Billing.BILLED:
        return [Finding("treatment_billed", Severity.BLOCK)]
    if billing is not Billing.OPEN:
        return [Finding("treatment_not_billable", Severity.BLOCK)]
    return []


def nothing_to_bill() -> Finding:
    """No session was chosen, or none of the course is open."""
    return Finding("nothing_to_bill", Severity.BLOCK)


def session_on_invoice(number: str) -> Finding:
    """A chosen session already stands on another invoice; without a number that is a draft."""
    return Finding("session_on_invoice" if number else "session_in_draft", Severity.BLOCK, "", {"number": number})


def chain_empty() -> Finding:
    """The catalogue names no position for the procedure."""
    return Finding("chain_empty", Severity.BLOCK)


def position_unknown(number: str, on: date) -> Finding:
    """The fee schedule of that day has no such number, or it has no points of its own."""
    return Finding("position_unknown", Severity.BLOCK, "", {"number": number, "service_on": on.isoformat()})


def draft_changed() -> Finding:
    """The draft is no longer what the page showed: amounts, texts or the recipient."""
    return Finding("draft_changed", Severity.BLOCK)


def check_cancel(*, is_cancellation: bool, cancel_on: date, books_locked_until: date | None) -> list[Finding]:
    """Whether an issued invoice can be cancelled; a cancellation cannot, a new invoice follows it."""
    if is_cancellation:
        return [Finding("cancellation_final", Severity.BLOCK)]
    if books_locked_until and cancel_on <= books_locked_until:
        return [
            Finding("books_locked", Severity.BLOCK, "§ 146 Abs. 4 AO", {"locked_until": books_locked_until.isoformat()})
        ]
    return []


def check_delivery(issued_on: date, delivered_on: date, *, by_mail: bool, mail_allowed: bool) -> list[Finding]:
    """A paper is not handed over before it exists, and goes by e-mail only where the patient agreed (§ 14(1) UStG)."""
    found = []
    if delivered_on < issued_on:
        found.append(Finding("delivered_before_issue", Severity.BLOCK, "", {"issued_on": issued_on.isoformat()}))
    if by_mail and not mail_allowed:
        found.append(Finding("email_not_agreed", Severity.BLOCK))
    return found


def check_draft(lines: Sequence[InvoiceLine], facts: SessionFacts) -> list[Finding]:
    """What stands against a draft apart from check_issue, blocks first."""
    return [
        *_source_findings(facts),
        *_per_session_findings(lines),
        *_area_findings(lines, facts.laser_areas),
        *([Finding("treatment_aborted", Severity.WARN)] if facts.aborted else []),
        *([Finding("diagnosis_missing", Severity.WARN)] if facts.insurer_asks_diagnosis else []),
    ]


def _source_findings(facts: SessionFacts) -> Iterator[Finding]:
    if not facts.physician:
        yield Finding("physician_missing", Severity.BLOCK, "§ 4 Abs. 2 GOÄ")
    if {Indication.MEDICAL, Indication.COSMETIC} <= facts.indications:
        yield Finding("indications_differ", Severity.BLOCK, "§ 4 Nr. 14 Buchst. a UStG")
    if not facts.account_is_valid:
        yield Finding("issuer_iban_wrong", Severity.BLOCK)
    if facts.unprintable:
        yield characters_missing(facts.unprintable)


def characters_missing(characters: Iterable[str]) -> Finding:
    """What the papers cannot print, each character once."""
    return Finding("characters_missing", Severity.BLOCK, "", {"characters": " ".join(characters)})


def _per_session_findings(lines: Iterable[InvoiceLine]) -> Iterator[Finding]:
    counts: Counter[tuple[str, date, str]] = Counter()
    for line in lines:
        if line.position and _PER_SESSION in line.position.text:
            counts[line.number, line.service_on, line.session] += line.count
    for (number, _, _), count in counts.items():
        if count > 1:
            facts = {"number": number, "count": str(count)}
            yield Finding("once_per_session", Severity.BLOCK, f"Nr. {number} GOÄ", facts)


def _area_findings(lines: Iterable[InvoiceLine], areas: Mapping[str, Decimal]) -> Iterator[Finding]:
    """BÄK recommendation of 2002: the whole area of one session gives the number; a proposal, the physician decides."""
    for index, line in enumerate(lines, start=1):
        area = areas.get(line.session)
        if not area or line.number not in LASER_NUMBERS:
            continue
        proposed = laser_position(area)
        if proposed != line.number:
            facts = {"line": str(index), "number": line.number, "proposed": proposed, "area": plain(area)}
            yield Finding("laser_position_by_area", Severity.WARN, "", facts)
