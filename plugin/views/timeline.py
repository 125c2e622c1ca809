"""The course of events of a patient, ready for the macro: newest first, papers with the way to their PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from ..formats import clock
from ..history_texts import acted_by, event_text
from ..queries.patient_page import Event
from ..texts import kt


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline."""

    on: dt.datetime
    text: str
    who: str
    icon: str
    state: str


def entries(events: Iterable[Event]) -> list[Entry]:
    """The events in words. An invoice's own paper says what its move says: the move is left out."""
    shown = [event for event in events if (event.what, event.detail) != ("invoice", "issue")]
    return [_entry(event) for event in shown]


def _entry(event: Event) -> Entry:
    said = event_text(event.what, event.detail)
    number: str | Markup = event.number
    if event.what == "paper":
        address = url_for("kostenklar.papers_download", paper_id=event.record_id)
        number = Markup('<a href="{}">{}</a>').format(address, event.number)
    text = Markup("{}").format(kt(said.text)).format(number=number)
    return Entry(event.at, text, f"{acted_by(event.who)}, {clock(event.at)}", said.icon, said.state)
