"""What the pages of one clarification share: its head, its deadline in words, and its history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final

from ...models.clarification import Clarification
from ...models.rules.case_states import ClarificationState
from ...models.rules.clarification_clock import ClockReason, DueDay, due_day
from ...models.rules.holidays import FederalState
from .. import formats
from ..clarification_words import CLOCK, MOVED, STATES
from ..history_texts import acted_by
from ..queries.case_grants import missing_grant
from ..queries.clarification_answers import payer_name
from ..queries.clarification_status import shown_state
from ..queries.clarifications import CaseMove, case_record, federal_state_of, moves_of_case
from ..queries.courses import CourseHead, course_head
from ..services.clarification_dates import why_clock
from ..services.moves import steps
from ..texts import kt

S = ClarificationState
_BY_ITSELF: Final = frozenset({"fall_overdue"})


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its pages show it; `state` as it is today."""

    case: Clarification
    head: CourseHead
    payer: str
    state: str
    due: DueDay | None
    today: dt.date

    @property
    def look(self) -> tuple[str, str]:
        """(look, word) of the state."""
        look, word = STATES[self.state]
        return look, kt(word)

    @property
    def steps(self) -> tuple[str, ...]:
        """What the table allows from here, without what happens by itself."""
        return tuple(step for step in steps("clarification", self.state) if step not in _BY_ITSELF)


@dataclass(frozen=True, slots=True)
class Clock:
    """The deadline in words: left of all days, the pairs, and the sentences under them."""

    title: str
    look: str
    left: int | None
    total: int
    passed: int
    entries: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the history as the macro `timeline` shows it."""

    on: Any
    text: str
    who: str
    state: str
    icon: str


def case_view(clarification_id: int, today: dt.date) -> CaseView:
    """Raises NotFound."""
    case = case_record(clarification_id)
    federal = federal_state_of(case.practice_id)
    due = due_day(case.due_on, FederalState(federal)) if case.due_on else None
    return CaseView(
        case, course_head(case.course_id), payer_name(case) or kt("Kostenträger"),
        shown_state(case.state, case.due_on, federal, today), due, today,
    )  # fmt: skip


def history_of(view: CaseView) -> list[Line]:
    """The moves of the case, newest first."""
    return [_line(move) for move in moves_of_case(view.case.id)]


def _line(move: CaseMove) -> Line:
    text, icon, look = MOVED[move.step]
    who = " · ".join(part for part in (move.reason, acted_by(move.who), formats.clock(move.at)) if part)
    return Line(move.at, kt(text), who, look, icon)


def clock_of(view: CaseView) -> Clock:
    """The deadline's card: before sending whether a clock could run, afterwards how it stands."""
    case = view.case
    reason = ClockReason(case.clock_reason) if case.clock_reason else why_clock(case, view.today)
    sentences = [kt(CLOCK[reason])]
    entries: list[tuple[str, str]] = []
    if case.sent_on:
        entries.append((kt("Abgeschickt"), formats.day(case.sent_on)))
    received = case.received_on or (case.sent_on + dt.timedelta(days=3) if case.sent_on else None)
    if received:
        proven = kt("Eingang ({proof})", proof=case.received_proof) if case.received_on else kt("Eingang (angenommen)")
        entries.append((proven, formats.day(received)))
        if not case.received_on:
            sentences.insert(0, kt("Der Eingang ist nicht belegt. Gerechnet wird mit drei Tagen Postlauf."))
    if case.due_on:
        entries.append((kt("Antwort fällig") if case.statutory_clock else kt("Erinnerung"), formats.day(case.due_on)))
    if case.estimate:
        entries.append((kt("Kostenvoranschlag"), formats.money(case.estimate.gross_max)))
    if case.route == "practice":
        entries += _grants(view)
    sentences += _weekend(view)
    if case.round > 1 and case.statutory_clock:
        sentences.append(
            kt(
                "Runde {round}: Die Frist rechnet ab dem ersten Eingang weiter. Ob Nachforderungen sie verschieben, "
                "ist umstritten.",
                round=case.round,
            )
        )
    return _counted(view, received, tuple(entries), tuple(sentences))


def _grants(view: CaseView) -> list[tuple[str, str]]:
    there, not_there = kt("liegt vor"), kt("fehlt")
    entries = [(kt("Entbindung"), not_there if missing_grant(view.case.id, "release", view.today) else there)]
    if view.case.asked_by == "attorney":
        missing = missing_grant(view.case.id, "power_of_attorney", view.today)
        entries.append((kt("Vollmacht"), not_there if missing else there))
    return entries


def _weekend(view: CaseView) -> list[str]:
    due = view.due
    if due is None or view.state not in _COUNTING:
        return []
    said = []
    if due.may_move:
        said.append(
            kt(
                "Der Tag ist kein Werktag. Das Ende kann sich auf den {day} verschieben (§ 193 BGB); bis dahin warten "
                "wir.",
                day=formats.day(due.waits_until),
            )
        )
    if due.holidays_unknown:
        said.append(kt("Die Feiertage dieses Jahres sind noch nicht bekannt. Bitte prüfen Sie den Tag selbst."))
    return said


_COUNTING: Final = frozenset({S.SUBMITTED.value, S.ACKNOWLEDGED.value, S.DOCUMENTS_REQUESTED.value, S.OVERDUE.value})


def _counted(view: CaseView, received: dt.date | None, entries: Any, sentences: Any) -> Clock:
    case = view.case
    title = kt("Frist des Versicherers") if case.statutory_clock else kt("Frist und Erinnerung")
    if view.state not in _COUNTING or case.due_on is None or received is None:
        return Clock(title, "open", None, 0, 0, entries, sentences)
    total = max((case.due_on - received).days, 1)
    left = max((case.due_on - view.today).days, 0)
    look = "overdue" if view.state == S.OVERDUE.value else "waiting"
    return Clock(title, look, left, total, min(max(total - left, 0), total), entries, sentences)
