"""What pages say about an unpaid invoice: the names of the letters, and the next step towards the money."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from ...models.rules.dunning import DunningLevel
from .. import formats
from ..access import Permission, may
from ..queries.dunning import DunningStatus
from ..queries.gate_links import address
from ..queries.invoice_rows import IssuedPage
from ..queries.payments import ReminderRow
from ..texts import kt, lazy_kt

LETTERS: Final = {
    DunningLevel.REMINDER: lazy_kt("Zahlungserinnerung"),
    DunningLevel.FIRST: lazy_kt("Mahnung"),
    DunningLevel.SECOND: lazy_kt("Zweite Mahnung"),
}
WRITE: Final = {
    DunningLevel.REMINDER: lazy_kt("Zahlungserinnerung schreiben"),
    DunningLevel.FIRST: lazy_kt("Mahnung schreiben"),
    DunningLevel.SECOND: lazy_kt("Zweite Mahnung schreiben"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """What to do next: a sentence, and the button with its address."""

    text: str
    label: str = ""
    url: str = ""


def letter_url(invoice_id: int, level: DunningLevel) -> str:
    """Where that letter is written."""
    if level is DunningLevel.REMINDER:
        return address("reminders_new", invoice_id=invoice_id)
    return address("dunnings_new", invoice_id=invoice_id, level=level.value)


def towards_money(page: IssuedPage, at: DunningStatus, today: dt.date) -> Way:
    """The next step of an unpaid invoice that was handed over; for whoever may record payments."""
    pay = (kt("Zahlung eintragen"), address("payments_new", invoice_id=page.head.id))
    if page.head.state == "written_off":
        return Way(kt("Die Rechnung ist ausgebucht. Kommt doch noch Geld, wird es hier eingetragen."), *pay)
    if stopped := standstill(at, today):
        return Way(stopped, *pay)
    if waiting := _undelivered(page):
        text = kt("Bitte übergeben Sie die Mahnung {number} und tragen Sie die Übergabe ein.", number=waiting.number)
        return Way(text, kt("Übergabe eintragen"), address("reminders_deliver", reminder_id=waiting.id))
    until = max((entry.pay_until for entry in page.money.reminders), default=page.due_on)
    if until is None or until >= today:
        return Way(kt("Wartet auf die Zahlung, möglichst bis {day}.", day=formats.day(until)), *pay)
    over = kt("Der Zahltag {day} ist vorbei.", day=formats.day(until))
    if at.level is not None:
        return Way(over, kt(WRITE[at.level]), letter_url(page.head.id, at.level))
    return _after_the_last(page, over, pay)


def standstill(at: DunningStatus, today: dt.date) -> str:
    """Why nobody is reminded at present; "" where nothing speaks against it."""
    claim = at.claim
    if claim.with_lawyer:
        return kt("Die Forderung liegt bei der Anwältin oder dem Anwalt.")
    if claim.plan_runs:
        return kt("Es läuft eine Ratenzahlung. Solange sie eingehalten wird, wird nicht erinnert.")
    if claim.hold_until and claim.hold_until >= today:
        return kt("Mahnsperre bis {day}: {reason}", day=formats.day(claim.hold_until), reason=claim.hold_reason)
    return ""


def _undelivered(page: IssuedPage) -> ReminderRow | None:
    """The last dunning letter while its hand-over is not noted: only then it proves anything."""
    last = page.money.reminders[-1] if page.money.reminders else None
    return last if last and last.level >= DunningLevel.FIRST and last.delivered_on is None else None


def _after_the_last(page: IssuedPage, over: str, pay: tuple[str, str]) -> Way:
    if may(Permission.ENFORCE_DEBTS):
        where = address("handovers_new", invoice_id=page.head.id)
        if where:
            text = kt("{over} Nach der zweiten Mahnung entscheiden Sie, wie es weitergeht.", over=over)
            return Way(text, kt("An Anwältin oder Anwalt übergeben"), where)
    text = kt("{over} Nach der zweiten Mahnung entscheidet die Praxisleitung, wie es weitergeht.", over=over)
    return Way(text, *pay)
