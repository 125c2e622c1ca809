"""One indication drives VAT, the on-demand mark and the wording: the papers of one case never contradict each other."""

from collections.abc import Iterator

from ..invoice import LineKind
from ..severity import Finding, Severity
from ..vat import Indication
from .bill import Bill, StatedOn

_LAW = "§ 4 Nr. 14 Buchst. a UStG"

# A new estimate can be written; what an insurer has been asked cannot be taken back (domain 10.1 no. 1).
_CODES = {
    StatedOn.ESTIMATE: ("indication_contradicts_estimate", Severity.BLOCK),
    StatedOn.COST_QUERY: ("indication_contradicts_query", Severity.WARN),
}


def lesions_agree(bill: Bill) -> Iterator[Finding]:
    """Sessions that treated medical and cosmetic lesions: a physician decides, line by line, what each covers."""
    charged = [line for line in bill.lines if line.kind is not LineKind.GOODS]
    if charged and all(line.decided_apart for line in charged):
        return
    if {Indication.MEDICAL, Indication.COSMETIC} <= bill.indications:
        yield Finding("indications_differ", Severity.BLOCK, _LAW)


def lines_agree(bill: Bill) -> Iterator[Finding]:
    """One matter has one indication, on this paper and on the cost information before it."""
    notices = [each for each in bill.stated if each.on is StatedOn.COST_NOTICE]
    said = {each.matter: each.indication for each in notices if each.indication is not Indication.UNDECIDED}
    for place, line in enumerate(bill.lines, start=1):
        if not line.matter or line.indication is Indication.UNDECIDED:
            continue
        earlier = said.setdefault(line.matter, line.indication)
        if earlier is not line.indication:
            words = {"line": str(place), "stated": earlier.value, "indication": line.indication.value}
            yield Finding("indication_contradicts", Severity.BLOCK, _LAW, words)


def decided_apart_is_seen(bill: Bill) -> Iterator[Finding]:
    """A line that a physician judged otherwise than the papers before it: whoever issues sees it once more."""
    said = {each.indication for each in bill.stated} - {Indication.UNDECIDED}
    for place, line in enumerate(bill.lines, start=1):
        if line.decided_apart and said and line.indication not in said:
            words = {"line": str(place), "indication": line.indication.value}
            yield Finding("line_decided_apart", Severity.WARN, _LAW, words)


def estimate_and_query_agree(bill: Bill) -> Iterator[Finding]:
    """What the estimate and the cost query said of the matter, each paper once."""
    now = {line.matter: line.indication for line in bill.lines if line.matter}
    for stated in bill.stated:
        billed = now.get(stated.matter, Indication.UNDECIDED)
        if stated.on not in _CODES or Indication.UNDECIDED in (billed, stated.indication):
            continue
        if billed is not stated.indication:
            words = {"number": stated.number, "stated": stated.indication.value, "indication": billed.value}
            yield Finding(*_CODES[stated.on], _LAW, words)


def expense_follows_its_service(bill: Bill) -> Iterator[Finding]:
    """An expense shares the VAT of the service that it belongs to: where all services agree, it agrees with them."""
    services = {line.indication for line in bill.lines if line.kind is LineKind.GOAE}
    if len(services) != 1:
        return
    (indication,) = services
    for place, line in bill.other_lines(LineKind.EXPENSE):
        if Indication.UNDECIDED not in (line.indication, indication) and line.indication is not indication:
            words = {"line": str(place), "indication": line.indication.value, "stated": indication.value}
            yield Finding("expense_other_indication", Severity.WARN, _LAW, words)
