"""What an invoice's page says and offers: its state in a word, the next step, and the way out of each finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ...models.rules.payers import PayerKind
from ...models.rules.severity import Finding, Severity
from ...models.rules.states import InvoiceState
from .. import formats
from ..access import Permission, may
from ..queries.gate_links import address
from ..queries.invoice_rows import DraftPage, IssuedPage
from ..queries.invoices import After
from ..texts import kt, kt_count, lazy_kt

FILTERS: Final = {
    InvoiceState.DRAFT: lazy_kt("Entwürfe"),
    InvoiceState.ISSUED: lazy_kt("Unbezahlt"),
    InvoiceState.PART_PAID: lazy_kt("Teilweise bezahlt"),
    InvoiceState.PAID: lazy_kt("Bezahlt"),
    InvoiceState.CANCELLED: lazy_kt("Storniert"),
}
PAYER_NOTES: Final = {
    PayerKind.GKV: lazy_kt(
        "Gesetzlich versichert: in der Regel keine Kassenleistung. Über Ausnahmen entscheidet die Krankenkasse."
    ),
    PayerKind.PKV: lazy_kt(
        "Privat versichert: Ob und wie viel die Versicherung zahlt, klärt sie individuell mit ihren Versicherten. "
        "Zu zahlen ist die ganze Rechnung."
    ),
    PayerKind.SELF_PAYER: lazy_kt("Selbstzahler: Die Rechnung trägt die Patientin oder der Patient selbst."),
}
STEPS: Final = {
    "issue": lazy_kt("Ausgestellt"),
    "discard": lazy_kt("Entwurf verworfen"),
    "pay_part": lazy_kt("Teilzahlung eingegangen"),
    "pay_rest": lazy_kt("Bezahlt"),
    "reopen": lazy_kt("Zahlung zurückgenommen"),
    "cancel": lazy_kt("Storniert"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """Where a finding is solved: the words of the link and its address, "" where this person cannot go there."""

    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """The page's next step; with `issues` the button is the one that issues, else it leads to `url`, if any."""

    text: str
    label: str = ""
    url: str = ""
    issues: bool = False


def state_of(state: str, kind: str, due_on: dt.date | None, today: dt.date) -> tuple[str, str]:
    """(look, word) of an invoice's badge."""
    if kind == "cancellation":
        return "done", kt("Stornorechnung")
    if state in ("issued", "part_paid") and due_on and due_on < today:
        return "overdue", kt("Zahlungsziel vorbei")
    return {
        "draft": ("open", kt("Entwurf")),
        "issued": ("waiting", kt("Wartet auf Zahlung")),
        "part_paid": ("waiting", kt("Teilweise bezahlt")),
        "paid": ("done", kt("Bezahlt")),
        "cancelled": ("done", kt("Storniert")),
        "discarded": ("done", kt("Verworfen")),
    }[state]


def draft_step(page: DraftPage) -> Next:
    """Issue, or the way out of what stands against it."""
    stopping = [finding for finding in page.findings if finding.severity is Severity.BLOCK]
    if not stopping:
        return Next(
            kt("Beim Ausstellen bekommt die Rechnung ihre Nummer. Danach ändert sich an ihr nichts mehr."), issues=True
        )
    text = kt_count("Ein Punkt hält die Rechnung auf.", "{count} Punkte halten die Rechnung auf.", count=len(stopping))
    for finding in stopping:
        if (way := way_out(finding, page)).url:
            return Next(text, way.label, way.url)
    return Next(text)


def issued_step(page: IssuedPage) -> Next:
    """What comes after issuing."""
    head = page.head
    if head.state == "discarded":
        return Next(kt("Der Entwurf ist verworfen. Die Sitzung kann neu berechnet werden."), *_anew(page))
    if head.state == "cancelled":
        return Next(kt("Die Rechnung ist storniert. Die Sitzung kann neu berechnet werden."), *_anew(page))
    download = address("papers_download", paper_id=page.paper_id)
    if page.delivered_on is None:
        return Next(
            kt("Bitte händigen Sie das Dokument aus und tragen Sie die Übergabe ein."),
            kt("PDF herunterladen"),
            download,
        )
    if head.kind == "cancellation":
        return Next(kt("Die Stornorechnung ist übergeben. Zu zahlen ist daraus nichts."))
    if head.state == "paid":
        return Next(kt("Die Rechnung ist bezahlt."))
    return Next(kt("Wartet auf die Zahlung, möglichst bis {day}.", day=formats.day(page.due_on)))


def _anew(page: IssuedPage) -> tuple[str, str]:
    return kt("Neue Rechnung vorbereiten"), address("invoices_draft", treatment_id=page.head.treatment_id)


def way_out(finding: Finding, page: DraftPage) -> Way:
    """Where the finding is solved, as far as this person may go there."""
    way = _WAYS.get(finding.code)
    return way(finding, page) if way else Way()


def _line(finding: Finding, page: DraftPage) -> Way:
    number, index = finding.facts.get("number", ""), int(finding.facts.get("line", 0))
    line = page.lines[index - 1] if index else next(line for line in page.lines if line.number.endswith(number))
    label = kt("Begründung ergänzen") if finding.code == "factor_needs_reason" else kt("Position ändern")
    return Way(label, address("invoices_line", invoice_id=page.head.id, line_id=line.id))


def _indication(_finding: Finding, page: DraftPage) -> Way:
    if page.undecided_lesion_id is None or not may(Permission.DECIDE_INDICATION):
        return Way()
    label = kt("Medizinisch oder kosmetisch festlegen")
    return Way(label, address("lesions_assess", lesion_id=page.undecided_lesion_id))


def _issuer(_finding: Finding, _page: DraftPage) -> Way:
    return Way(kt("Praxisdaten ergänzen"), address("practice_edit") if may(Permission.EDIT_PRACTICE) else "")


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
    "recipient_name_missing": _recipient,
    "recipient_address_missing": _recipient,
    **dict.fromkeys(_AGREEMENT_CODES, _agreement),
}


def read_filter(text: str) -> InvoiceState | None:
    """The state asked for, None for all."""
    return next((state for state in FILTERS if state.value == text), None)


def read_after(text: str) -> After | None:
    """ "2026-11-23.17" or ".17" for drafts; None for the start and for what cannot be read."""
    day, _, number = text.rpartition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    try:
        return After(dt.date.fromisoformat(day) if day else None, int(number))
    except ValueError:
        return None


def write_after(after: After | None) -> str | None:
    """The text that read_after reads again."""
    return f"{after.issued_on.isoformat() if after.issued_on else ''}.{after.id}" if after else None
