"""What the pages of batches say: kinds, states, groups, the next step; and how their addresses are read."""

from __future__ import annotations

import datetime as dt
from typing import Final

from ...models.practice import Practice
from ...models.rules.batch_states import BatchKind, BatchState, ItemState
from ..queries.batches import BatchPage, BatchRow
from ..texts import kt, kt_count, lazy_kt
from . import dunning_words

KINDS: Final = {
    BatchKind.ISSUE: lazy_kt("Entwürfe ausstellen"),
    BatchKind.PRINT: lazy_kt("Rechnungen drucken"),
    BatchKind.REMIND: lazy_kt("An Zahlungen erinnern"),
}
ABOUT: Final = {
    BatchKind.ISSUE: lazy_kt(
        "Alle Entwürfe werden zuerst geprüft, jeder wie auf seiner eigenen Seite. Danach sehen Sie, welche so weit "
        "sind, und erst mit Ihrem Klick bekommen diese ihre Nummer."
    ),
    BatchKind.PRINT: lazy_kt(
        "Alle ausgestellten Rechnungen, zu denen noch keine Übergabe eingetragen ist, als PDF zum Drucken."
    ),
    BatchKind.REMIND: lazy_kt(
        "Alle Rechnungen, deren Zahltag vorbei ist, werden zuerst geprüft. Danach sehen Sie, wer ein Schreiben "
        "bekommt, und erst mit Ihrem Klick werden die Schreiben ausgestellt."
    ),
}
EMPTY: Final = {
    BatchKind.ISSUE: lazy_kt("Im Moment liegt kein Entwurf bereit."),
    BatchKind.PRINT: lazy_kt("Alle ausgestellten Rechnungen sind übergeben."),
    BatchKind.REMIND: lazy_kt("Im Moment ist an keine Zahlung zu erinnern."),
}
MAKES: Final = {
    BatchKind.ISSUE: lazy_kt("Entwürfe prüfen"),
    BatchKind.PRINT: lazy_kt("PDF zusammenstellen"),
    BatchKind.REMIND: lazy_kt("Rechnungen prüfen"),
}
STATES: Final = {
    BatchState.CHECKING: ("waiting", lazy_kt("wird geprüft")),
    BatchState.CHECKED: ("open", lazy_kt("geprüft")),
    BatchState.RUNNING: ("waiting", lazy_kt("läuft")),
    BatchState.STOPPED: ("overdue", lazy_kt("angehalten")),
    BatchState.DONE: ("done", lazy_kt("fertig")),
    BatchState.DISCARDED: ("ended", lazy_kt("verworfen")),
}
GROUPS: Final = {
    ItemState.READY: lazy_kt("So weit"),
    ItemState.WARNED: lazy_kt("Mit Warnung"),
    ItemState.LEFT: lazy_kt("Bleiben liegen"),
    ItemState.REFUSED: lazy_kt("Nicht gelungen"),
    ItemState.QUEUED: lazy_kt("Noch an der Reihe"),
    ItemState.DONE: lazy_kt("Erledigt"),
    ItemState.WAITING: lazy_kt("Noch nicht geprüft"),
}

LETTERS: Final = {str(level.value): word for level, word in dunning_words.LETTERS.items()}
"""Which letter it will be, by the level as an item keeps it."""


def count_text(kind: BatchKind, count: int) -> str:
    """How many of what a batch would take."""
    if kind is BatchKind.ISSUE:
        return kt_count("{count} Entwurf", "{count} Entwürfe", count)
    return kt_count("{count} Rechnung", "{count} Rechnungen", count)


def begin_text(page: BatchPage) -> str:
    """The button that begins."""
    ready = page.batch.counts.get(ItemState.READY, 0)
    if page.batch.kind is BatchKind.REMIND:
        return kt_count("{count} Schreiben ausstellen", "{count} Schreiben ausstellen", ready)
    if not ready:
        return kt("Rechnungen ausstellen")
    return kt_count("{count} Rechnung ausstellen", "{count} Rechnungen ausstellen", ready)


def done_text(batch: BatchRow) -> str:
    """What came of a batch, in a few words."""
    parts = [f"{count} {kt(_COUNTED[state])}" for state in _COUNTED if (count := batch.counts.get(state, 0))]
    return ", ".join(parts)


_COUNTED: Final = {
    ItemState.DONE: lazy_kt("erledigt"),
    ItemState.REFUSED: lazy_kt("nicht gelungen"),
    ItemState.READY: lazy_kt("so weit"),
    ItemState.WARNED: lazy_kt("mit Warnung"),
    ItemState.LEFT: lazy_kt("bleiben liegen"),
    ItemState.QUEUED: lazy_kt("noch an der Reihe"),
    ItemState.WAITING: lazy_kt("noch nicht geprüft"),
}


def next_step(page: BatchPage, *, allowed: bool) -> str:
    """What the page offers: "begin", "resume", "print" or ""."""
    batch = page.batch
    if batch.state is BatchState.CHECKED and allowed:
        warned = batch.kind is BatchKind.ISSUE and batch.counts.get(ItemState.WARNED)
        return "begin" if batch.counts.get(ItemState.READY) or warned else ""
    if allowed and (batch.state is BatchState.STOPPED or page.stalled):
        return "resume"
    return "print" if page.parts and batch.state is BatchState.DONE else ""


def days_to_pay(practice: Practice) -> dt.timedelta:
    """How long the letters of a batch give, whichever is each invoice's turn."""
    return dt.timedelta(days=max(practice.reminder_days, practice.dunning_days))


def file_name(name: str) -> str:
    """The name under which a browser keeps a file of papers."""
    return f"{kt('Stapel')}-{name}"


def read_kind(text: str) -> BatchKind:
    """The kind asked for; issuing where it cannot be read."""
    return next((kind for kind in BatchKind if kind.value == text), BatchKind.ISSUE)


def read_group(text: str) -> ItemState | None:
    """The group asked for, None for the most telling one."""
    return next((state for state in ItemState if state.value == text), None)


def read_number(text: str) -> int | None:
    """A cursor, None for the start and for what cannot be read."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
