"""Where each finding about a draft is solved: the words of a link and its address, as far as a person may go there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ...models.rules.severity import Finding
from ..access import Permission, may
from ..queries.gate_links import address
from ..queries.invoice_rows import DraftPage
from ..texts import kt


@dataclass(frozen=True, slots=True)
class Way:
    """Where a finding is solved: the words of the link and its address, "" where this person cannot go there."""

    label: str = ""
    url: str = ""


def way_out(finding: Finding, page: DraftPage) -> Way:
    """Where the finding is solved, as far as this person may go there."""
    way = _WAYS.get(finding.code) or (_line if "line" in finding.facts else None)
    return way(finding, page) if way else Way()


def _line(finding: Finding, page: DraftPage) -> Way:
    number, index = finding.facts.get("number", ""), int(finding.facts.get("line", 0))
    line = page.lines[index - 1] if index else next(line for line in page.lines if line.number.endswith(number))
    label = kt("Begründung ergänzen") if finding.code == "factor_needs_reason" else kt("Position ändern")
    return Way(label, address("invoices_line", invoice_id=page.head.id, line_id=line.id))


def _diagnosis(_finding: Finding, page: DraftPage) -> Way:
    """It is the course's; where it is known and was left off, the draft's own form brings it back."""
    if page.known_diagnosis:
        return Way()
    return Way(kt("Diagnose eintragen"), address("courses_edit", course_id=page.head.course_id))


def _indication(_finding: Finding, page: DraftPage) -> Way:
    if page.undecided_lesion_id is None or not may(Permission.DECIDE_INDICATION):
        return Way()
    label = kt("Medizinisch oder kosmetisch festlegen")
    return Way(label, address("lesions_assess", lesion_id=page.undecided_lesion_id))


def _apart(finding: Finding, page: DraftPage) -> Way:
    """A physician decides line by line; the first one that follows its session comes first."""
    if not may(Permission.DECIDE_INDICATION):
        return Way()
    charged = [line for line in page.lines if line.kind != "goods"]
    index = int(finding.facts.get("line", 0))
    line = page.lines[index - 1] if index else next((each for each in charged if not each.decided_by), None)
    if line is None:
        return Way()
    label = kt("Für die Position entscheiden")
    return Way(label, address("invoices_line_indication", invoice_id=page.head.id, line_id=line.id))


def _issuer(_finding: Finding, _page: DraftPage) -> Way:
    return Way(kt("Praxisdaten ergänzen"), address("practice_edit") if may(Permission.EDIT_PRACTICE) else "")


def _estimate(_finding: Finding, page: DraftPage) -> Way:
    """A new one says what holds now; the old one is replaced by it."""
    return Way(kt("Kostenvoranschlag neu ausstellen"), address("estimates_new", course_id=page.head.course_id))


def _recipient(_finding: Finding, page: DraftPage) -> Way:
    return Way(kt("Anschrift ergänzen"), address("patients_edit", patient_id=page.head.patient_id))


def _agreement(_finding: Finding, page: DraftPage) -> Way:
    """It may have been signed in time and only not be in the file yet."""
    return Way(kt("Vereinbarung zuordnen"), address("courses_show", course_id=page.head.course_id))


def owners_way(finding: Finding, page: DraftPage) -> Way:
    """What the owner may decide instead; quiet, because the paper itself is the better way."""
    if finding.code not in _AGREEMENT_CODES or page.override_reason or not may(Permission.OVERRIDE_AGREEMENT):
        return Way()
    return Way(kt("Ohne Vereinbarung ausstellen"), address("invoices_override", invoice_id=page.head.id))


_LINE_CODES = (
    "factor_needs_reason", "factor_needs_agreement", "factor_out_of_range", "factor_fixed", "line_count",
    "amount_not_by_factor", "once_per_session",
)  # fmt: skip
_ISSUER_CODES = ("issuer_address_missing", "issuer_tax_number_missing", "issuer_bank_missing", "issuer_iban_wrong")
_AGREEMENT_CODES = (
    "self_payer_agreement_missing",
    "self_payer_agreement_late",
    "self_payer_agreement_on_screen",
    "self_payer_agreement_not_recorded",
)
_WAYS: Final[dict[str, Callable[[Finding, DraftPage], Way]]] = {
    **dict.fromkeys(_LINE_CODES, _line),
    **dict.fromkeys(_ISSUER_CODES, _issuer),
    "indication_undecided": _indication,
    "indications_differ": _apart,
    "line_decided_apart": _apart,
    "indication_contradicts_estimate": _estimate,
    "diagnosis_missing": _diagnosis,
    "recipient_name_missing": _recipient,
    "recipient_address_missing": _recipient,
    **dict.fromkeys(_AGREEMENT_CODES, _agreement),
}
