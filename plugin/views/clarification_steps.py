"""The steps of a clarification as buttons: the one that comes next by what is missing, and the quiet other ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ...models.rules.case_states import ClarificationState
from .. import formats
from ..access import Permission, may
from ..clarification_words import STEPS
from ..queries.case_grants import grants_of, missing_grant
from ..queries.gate_links import address
from ..services.clarifications import current_estimate, estimate_findings
from ..texts import kt, lazy_kt
from .clarification_pages import CaseView

S = ClarificationState
_PAGES: Final = {
    "submit": "clarifications_send",
    "resubmit": "clarifications_send",
    "acknowledge": "clarifications_received",
    "ask_documents": "clarifications_documents",
    "answer": "clarifications_answer",
}


@dataclass(frozen=True, slots=True)
class Next:
    """The page's next step: a sentence, the button's words and address."""

    text: str
    label: str = ""
    url: str = ""


def step_url(view: CaseView, step: str) -> str:
    """The page of a step: its own, or the one that asks once."""
    here = {"clarification_id": view.case.id}
    if step in _PAGES:
        return address(_PAGES[step], **here)
    return address("clarifications_step", step=URL_OF[step], **here)


URL_OF: Final = {
    "open": "open",
    "issue_estimate": "estimate",
    "give_to_patient": "give",
    "make_ready": "ready",
    "presume": "presume",
    "object": "object",
    "close": "close",
    "expire": "expire",
    "cancel": "cancel",
    "reopen": "reopen",
}
"""Step -> the end of the address of the page that asks once."""


def other_steps(view: CaseView, first: Next) -> list[tuple[str, str]]:
    """(words, address) of all steps but the primary one; what a rule would refuse at once is left out."""
    if not may(Permission.CLARIFY_COSTS):
        return []
    found = [(kt(STEPS[step]), step_url(view, step)) for step in view.steps if _offered(view, step)]
    if view.state in (S.OVERDUE.value, S.DOCUMENTS_REQUESTED.value, S.ACKNOWLEDGED.value):
        found.insert(0, (kt("Eingang belegen"), step_url(view, "acknowledge")))
    if view.state in (S.DRAFT.value, S.ESTIMATE_ISSUED.value):
        found.append((kt("Wer fragt, ändern"), address("clarifications_edit", clarification_id=view.case.id)))
    if view.state in _LETTER_STATES and view.case.query_paper_id:
        found.append((kt("Anfrage neu schreiben"), address("clarifications_query", clarification_id=view.case.id)))
    return [(label, url) for label, url in found if url and url != first.url]


_LETTER_STATES: Final = frozenset({S.ESTIMATE_ISSUED.value, S.WITH_PATIENT.value, S.READY.value})


def _offered(view: CaseView, step: str) -> bool:
    estimate = view.case.estimate
    if step == "expire":
        return estimate is not None and estimate.valid_until < view.today
    return step != "presume" or view.case.statutory_clock


def next_of(view: CaseView) -> Next:
    """The one primary step, by what is missing."""
    if not may(Permission.CLARIFY_COSTS):
        return Next(kt("Stand: {word}", word=view.look[1]))
    if view.state in _SENTENCES:
        text, step = _SENTENCES[view.state]
        return Next(kt(text), kt(STEPS[step]) if step else "", step_url(view, step) if step else "")
    return _BY_STATE.get(view.state, _after_answer)(view)


_SENTENCES: Final = {
    S.NOT_REQUIRED.value: (lazy_kt("Es ist keine Anfrage gewünscht."), "open"),
    S.SUBMITTED.value: (
        lazy_kt("Jetzt ist der Kostenträger dran. Kommt die Antwort, tragen Sie sie ein."),
        "answer",
    ),
    S.ACKNOWLEDGED.value: (lazy_kt("Der Eingang ist belegt. Kommt die Antwort, tragen Sie sie ein."), "answer"),
    S.DOCUMENTS_REQUESTED.value: (
        lazy_kt("Es werden Unterlagen verlangt. Sind sie abgeschickt, tragen Sie das ein."),
        "resubmit",
    ),
    S.OBJECTION.value: (lazy_kt("Ist der Widerspruch abgeschickt, tragen Sie das ein."), "resubmit"),
    S.CLOSED.value: (lazy_kt("Diese Kostenklärung ist abgeschlossen."), ""),
    S.EXPIRED.value: (lazy_kt("Der Kostenvoranschlag ist abgelaufen, ohne dass gefragt wurde."), ""),
    S.CANCELLED.value: (lazy_kt("Diese Kostenklärung ist abgebrochen."), ""),
}


def _first(view: CaseView) -> Next:
    found = current_estimate(view.case.course_id)
    if found and not estimate_findings(view.case, found, view.today):
        text = kt("Der Kostenvoranschlag {number} passt zu dieser Anfrage.", number=found.number)
        return Next(text, kt(STEPS["issue_estimate"]), step_url(view, "issue_estimate"))
    text = kt("Zuerst braucht es einen gültigen Kostenvoranschlag.")
    return Next(text, kt("Kostenvoranschlag ausstellen"), address("estimates_new", course_id=view.case.course_id))


def _before_sending(view: CaseView) -> Next:
    """Power, release, letter, then the next step; the first that is missing."""
    case = view.case
    if lacking := _lacking(view):
        return lacking
    if view.state != S.ESTIMATE_ISSUED.value:
        text = kt("Ist die Anfrage abgeschickt, tragen Sie Tag und Weg ein. Daraus ergibt sich die Frist.")
        return Next(text, kt(STEPS["submit"]), step_url(view, "submit"))
    if case.route == "practice":
        return Next(kt("Brief und Entbindung sind da."), kt(STEPS["make_ready"]), step_url(view, "make_ready"))
    text = kt("Brief und Kostenvoranschlag können Sie jetzt mitgeben.")
    return Next(text, kt(STEPS["give_to_patient"]), step_url(view, "give_to_patient"))


def _lacking(view: CaseView) -> Next | None:
    case = view.case
    if case.asked_by == "attorney" and missing_grant(case.id, "power_of_attorney", view.today):
        text = kt("Für die Anfrage im fremden Namen fehlt die Vollmacht.")
        return _grant(view, "power_of_attorney", text, kt("Vollmacht vorbereiten"))
    if case.route == "practice" and missing_grant(case.id, "release", view.today):
        text = kt("Bevor die Praxis schreibt, braucht sie die Schweigepflichtentbindung (§ 203 StGB).")
        return _grant(view, "release", text, kt("Entbindung vorbereiten"))
    if case.query_paper_id is None:
        text = kt("Als Nächstes kommt der Brief an den Kostenträger.")
        return Next(text, kt("Kostenanfrage schreiben"), address("clarifications_query", clarification_id=case.id))
    return None


def _grant(view: CaseView, kind: str, text: str, label: str) -> Next:
    """Prepare the sheet, or file the one that waits for its signature."""
    waiting = [grant for grant in grants_of(view.case.id) if (grant.kind, grant.state) == (kind, "prepared")]
    if waiting:
        text = kt("{number} liegt zur Unterschrift bereit.", number=waiting[0].number)
        return Next(text, kt("Scan zuordnen"), address("grants_sign", grant_id=waiting[0].id))
    return Next(text, label, address("grants_new", kind=kind, clarification_id=view.case.id))


def _overdue(view: CaseView) -> Next:
    if view.case.statutory_clock:
        text = kt(
            "Keine Antwort bis {day}. Das ist keine Kostenzusage (§ 192 Abs. 8 VVG).", day=formats.day(view.case.due_on)
        )
        return Next(text, kt(STEPS["presume"]), step_url(view, "presume"))
    text = kt("Keine Antwort bis {day}. Bitte fragen Sie dort nach.", day=formats.day(view.case.due_on))
    return Next(text, kt(STEPS["answer"]), step_url(view, "answer"))


def _after_answer(view: CaseView) -> Next:
    if view.case.told_on is None:
        text = kt("Bitte teilen Sie der Patientin oder dem Patienten mit, was herausgekommen ist.")
        url = address("clarifications_told", clarification_id=view.case.id)
        return Next(text, kt("Ergebnis mitteilen"), url)
    return Next(kt("Das Ergebnis ist mitgeteilt."), kt(STEPS["close"]), step_url(view, "close"))


_BY_STATE: Final[dict[str, Callable[[CaseView], Next]]] = {
    S.DRAFT.value: _first,
    S.ESTIMATE_ISSUED.value: _before_sending,
    S.WITH_PATIENT.value: _before_sending,
    S.READY.value: _before_sending,
    S.OVERDUE.value: _overdue,
}
