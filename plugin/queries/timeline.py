"""The history of a course: talks, papers and moves in one line of time, the latest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ..formats import day, instant
from ..history_texts import acted_by, event_text
from ..texts import kt, lazy_kt
from .consents import ConsentRow
from .cost_notices import NoticeRow
from .course_parts import TalkRow
from .papers import MoveRow, PaperRow
from .words import PAPER_KINDS

_MOVES: Final = {
    ("consent", "sign"): lazy_kt("Unterschriebene Einwilligung {number} abgelegt"),
    ("consent", "withdraw"): lazy_kt("Einwilligung {number} widerrufen"),
    ("consent", "expire"): lazy_kt("Einwilligung {number} abgelaufen"),
    ("consent", "discard"): lazy_kt("Einwilligung {number} verworfen"),
    ("cost_notice", "hand"): lazy_kt("Kosteninformation {number} übergeben"),
    ("cost_notice", "sign"): lazy_kt("Unterschriebene Kosteninformation {number} abgelegt"),
    ("cost_notice", "discard"): lazy_kt("Kosteninformation {number} ersetzt oder verworfen"),
    ("estimate", "hand"): lazy_kt("Kostenvoranschlag übergeben"),
    ("estimate", "expire"): lazy_kt("Kostenvoranschlag abgelaufen"),
    ("estimate", "replace"): lazy_kt("Kostenvoranschlag durch einen neuen ersetzt"),
    ("fee_agreement", "sign"): lazy_kt("Unterschriebene Honorarvereinbarung abgelegt"),
    ("fee_agreement", "discard"): lazy_kt("Honorarvereinbarung ersetzt oder verworfen"),
    ("treatment", "start"): lazy_kt("Sitzung begonnen"),
    ("treatment", "complete"): lazy_kt("Sitzung dokumentiert"),
    ("treatment", "abort"): lazy_kt("Sitzung abgebrochen"),
    ("treatment", "call_off"): lazy_kt("Sitzung nicht begonnen"),
    ("treatment", "record_late"): lazy_kt("Sitzung nachgetragen"),
    ("side_effect", "see"): lazy_kt("Nebenwirkung ärztlich gesehen"),
    ("side_effect", "close"): lazy_kt("Nebenwirkung abgeschlossen"),
    ("side_effect", "reopen"): lazy_kt("Nebenwirkung wieder geöffnet"),
    ("invoice", "issue"): lazy_kt("Rechnung ausgestellt"),
    ("invoice", "discard"): lazy_kt("Rechnungsentwurf verworfen"),
    ("invoice", "cancel"): lazy_kt("Rechnung storniert"),
    ("invoice", "pay_part"): lazy_kt("Teilzahlung eingegangen"),
    ("invoice", "pay_rest"): lazy_kt("Rechnung bezahlt"),
    ("invoice", "reopen"): lazy_kt("Rechnung wieder offen"),
    ("invoice", "send"): lazy_kt("Rechnung übergeben"),
    ("invoice", "fall_overdue"): lazy_kt("Zahlungsziel der Rechnung vorbei"),
    ("invoice", "remind"): lazy_kt("An die Rechnung erinnert"),
    ("invoice", "put_off"): lazy_kt("Späterer Zahltag zugesagt"),
    ("invoice", "write_off"): lazy_kt("Rechnung ausgebucht"),
}
_PAPERS: Final = frozenset({"consent", "cost_notice", "estimate", "fee_agreement", "cost_query", "outcome"})
_BAD: Final = {"withdraw": "blocked", "abort": "overdue", "cancel": "overdue"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history; `state` and `icon` as the macro `timeline` knows them."""

    on: dt.datetime
    text: str
    who: str
    state: str = ""
    icon: str = ""


def timeline(
    moves: Iterable[MoveRow],
    consents: Sequence[ConsentRow],
    notices: Sequence[NoticeRow],
    talks: Iterable[TalkRow],
    issued: Iterable[PaperRow],
) -> list[Entry]:
    """Everything that happened, the latest first."""
    papers = {("consent", row.id): row for row in consents} | {("cost_notice", row.id): row for row in notices}
    entries = [_moved(move, papers.get((move.noun, move.record_id))) for move in moves]
    entries += [_talk(talk) for talk in talks]
    entries += [_issued(paper) for paper in issued if paper.kind in _PAPERS]
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def _moved(move: MoveRow, paper: ConsentRow | NoticeRow | None) -> Entry:
    own, said = _MOVES.get((move.noun, move.step)), event_text(move.noun, move.step)
    text = kt(own or said.text, number=paper.number if paper else "")
    signed = paper.signed_on if paper and move.step == "sign" else None
    if signed:
        text += kt(", unterschrieben am {day}", day=day(signed))
    who = [acted_by(move.actor_name), instant(move.at), move.reason]
    return Entry(
        move.at, text, " · ".join(part for part in who if part), _BAD.get(move.step, "done") if own else said.state
    )


def _issued(paper: PaperRow) -> Entry:
    text = kt("{paper} {number} ausgestellt", paper=kt(PAPER_KINDS[paper.kind]), number=paper.number)
    return Entry(paper.issued_at, text, f"{paper.issued_by} · {instant(paper.issued_at)}", icon="file-earmark-text")


def _talk(talk: TalkRow) -> Entry:
    text = kt("Aufklärungsgespräch, {by}, {minutes} Minuten", by=talk.by, minutes=talk.minutes)
    who = kt("eingetragen von {name}, {at}", name=talk.recorded_by, at=instant(talk.recorded_at))
    return Entry(talk.started_at, text, who, "done")
