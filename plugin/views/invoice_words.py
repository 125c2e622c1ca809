"""What an invoice's page says and offers: its state in a word, the next step, and the way out of each finding."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from ...models.rules.payers import PayerKind
from ...models.rules.severity import Severity
from ...models.rules.states import UNPAID, InvoiceState
from .. import formats
from ..access import Permission, may
from ..clock import today
from ..queries.clarification_status import CaseStatus, status_of_course
from ..queries.course_invoices import BillableSession
from ..queries.dunning import DunningStatus
from ..queries.gate_links import address
from ..queries.invoice_rows import DraftPage, IssuedPage
from ..queries.invoices import After, InvoiceRow
from ..queries.receivables import OpenItem
from ..texts import kt, kt_count, lazy_kt
from . import dunning_words
from .invoice_ways import way_out

FILTERS: Final = {
    InvoiceState.DRAFT: lazy_kt("Entwürfe"),
    InvoiceState.ISSUED: lazy_kt("Noch nicht übergeben"),
    InvoiceState.SENT: lazy_kt("Warten auf Zahlung"),
    InvoiceState.PART_PAID: lazy_kt("Teilweise bezahlt"),
    InvoiceState.OVERDUE: lazy_kt("Überfällig"),
    InvoiceState.REMINDED: lazy_kt("Erinnert oder gemahnt"),
    InvoiceState.PAID: lazy_kt("Bezahlt"),
    InvoiceState.WRITTEN_OFF: lazy_kt("Ausgebucht"),
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
    "send": lazy_kt("Übergeben"),
    "fall_overdue": lazy_kt("Zahlungsziel vorbei"),
    "remind": lazy_kt("Erinnert oder gemahnt"),
    "put_off": lazy_kt("Späterer Zahltag zugesagt"),
    "write_off": lazy_kt("Ausgebucht"),
    "reopen": lazy_kt("Wieder offen"),
    "cancel": lazy_kt("Storniert"),
}


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
        return "ended", kt("Stornorechnung")
    if state in ("issued", "sent", "part_paid") and due_on and due_on < today:
        return "overdue", kt("Zahlungsziel vorbei")
    return {
        "draft": ("open", kt("Entwurf")),
        "issued": ("open", kt("Noch nicht übergeben")),
        "sent": ("waiting", kt("Wartet auf Zahlung")),
        "part_paid": ("waiting", kt("Teilweise bezahlt")),
        "overdue": ("overdue", kt("Zahlungsziel vorbei")),
        "reminded": ("overdue", kt("Erinnert oder gemahnt")),
        "paid": ("done", kt("Bezahlt")),
        "written_off": ("ended", kt("Ausgebucht")),
        "cancelled": ("ended", kt("Storniert")),
        "discarded": ("ended", kt("Verworfen")),
    }[state]


def look_of(row: InvoiceRow | OpenItem) -> tuple[str, str]:
    """(look, word) of a row's badge: who pays by instalments is not late, and what is with a lawyer waits there."""
    if row.state in UNPAID and row.handed_over_on:
        return with_lawyer()
    if row.state in UNPAID and row.in_instalments:
        return in_instalments()
    return state_of(row.state, getattr(row, "kind", "invoice"), row.due_on, today())


def in_instalments() -> tuple[str, str]:
    """The badge of an invoice for which instalments run."""
    return "waiting", kt("In Raten")


def with_lawyer() -> tuple[str, str]:
    """The badge of an invoice whose claim is with a lawyer."""
    return "waiting", kt("Anwaltlich übergeben")


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


def issued_step(page: IssuedPage, today: dt.date) -> Next:
    """What comes after issuing."""
    head = page.head
    if head.state == "discarded":
        return Next(kt("Der Entwurf ist verworfen. Die Sitzung kann neu berechnet werden."), *_anew(page))
    if head.state == "cancelled":
        return _after_cancelling(page)
    if page.delivered_on is None:
        text = kt("Bitte händigen Sie das Dokument aus und tragen Sie die Übergabe ein.")
        return Next(text, kt("PDF herunterladen"), address("papers_download", paper_id=page.paper_id))
    if head.kind == "cancellation":
        return Next(kt("Die Stornorechnung ist übergeben. Zu zahlen ist daraus nichts."))
    if head.state == "paid" or page.dunning is None:
        return Next(kt("Die Rechnung ist bezahlt."))
    return _towards_payment(page, page.dunning, today)


def _after_cancelling(page: IssuedPage) -> Next:
    """Written anew, or what became of it; a credit goes to the new one as soon as that is issued."""
    follower = page.follower
    if follower is None:
        text = kt("Die Rechnung ist storniert. Die Sitzung kann neu berechnet werden.")
        where = address("invoices_reissue", invoice_id=page.head.id) if may(Permission.ISSUE_INVOICES) else ""
        return Next(text, kt("Neue Rechnung vorbereiten"), where)
    there = address("invoices_show", invoice_id=follower.id)
    if not follower.number:
        return Next(kt("Die neue Rechnung liegt als Entwurf bereit."), kt("Entwurf ansehen"), there)
    if page.money.credit and may(Permission.RECORD_PAYMENTS):
        text = kt("Hier steht noch ein Guthaben. Es kann auf die neue Rechnung {number}.", number=follower.number)
        return Next(text, kt("Guthaben verrechnen"), _credit(page.head.id, follower.id))
    text = kt("Die Rechnung ist storniert. An ihre Stelle tritt {number}.", number=follower.number)
    return Next(text, kt("Neue Rechnung ansehen"), there)


def _towards_payment(page: IssuedPage, at: DunningStatus, today: dt.date) -> Next:
    if not may(Permission.RECORD_PAYMENTS):
        return Next(kt("Wartet auf die Zahlung, möglichst bis {day}.", day=formats.day(page.due_on)))
    if page.replaces and page.replaces.credit:
        text = kt(
            "Auf der stornierten Rechnung {number} steht ein Guthaben von {amount}.",
            number=page.replaces.number,
            amount=formats.money(page.replaces.credit),
        )
        return Next(text, kt("Guthaben verrechnen"), _credit(page.replaces.id, page.head.id))
    way = dunning_words.towards_money(page, at, today)
    return Next(way.text, way.label, way.url)


def _credit(invoice_id: int, target_id: int) -> str:
    return address("credits_move", invoice_id=invoice_id, to=target_id)


def _anew(page: IssuedPage) -> tuple[str, str]:
    if page.head.several:
        return kt("Neue Rechnung vorbereiten"), address("invoices_of_course", course_id=page.head.course_id)
    if page.head.treatment_id is None:
        return kt("Zur Serie"), address("courses_show", course_id=page.head.course_id)
    return kt("Neue Rechnung vorbereiten"), address("invoices_draft", treatment_id=page.head.treatment_id)


def session_label(entry: BillableSession) -> str:
    """A session as a line to tick."""
    label = kt("Sitzung {number} vom {day}", number=entry.session_no, day=formats.day(entry.day))
    if entry.draft_id is not None:
        return kt("{session} (steht schon in einem Entwurf)", session=label)
    if not entry.usual:
        return kt("{session}, abgebrochen: {reason}", session=label, reason=entry.end_reason or "–")
    return label


def cases_of(page: DraftPage | IssuedPage) -> tuple[CaseStatus, ...]:
    """What the insurers have said about the course, a sentence each."""
    return status_of_course(page.head.course_id, today()) if page.head.kind == "invoice" else ()


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
