"""What the pages of one treatment share: its head, its steps, and the gate beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from ...models.course import place
from ...models.rules.states import TreatmentState
from ...models.rules.sun import no_sun_until
from ...models.treatment import Treatment
from ..clock import today
from ..formats import instant
from ..gate_texts import TITLES
from ..queries.cost_notices import Cover, cover_on
from ..queries.doses import settings_of
from ..queries.gate import GateRow, gate_of, gate_rows, happened_on
from ..queries.gate_links import address
from ..queries.treatments import Entry, history
from ..queries.words import TREATMENT_STATES
from ..texts import kt, language, lazy_kt

Step = tuple[str, str, str]
"""Words, address ("" for none), and done, current or open."""

_PAYERS: Final = {
    "gkv": lazy_kt("gesetzlich versichert"),
    "pkv": lazy_kt("privat versichert"),
    "self_payer": lazy_kt("zahlt selbst"),
}
_MOVES: Final = {
    "start": ("open", lazy_kt("Sitzung begonnen")),
    "complete": ("done", lazy_kt("Sitzung dokumentiert")),
    "abort": ("overdue", lazy_kt("Sitzung abgebrochen")),
    "call_off": ("waiting", lazy_kt("Sitzung abgesagt")),
    "record_late": ("overdue", lazy_kt("Sitzung nachgetragen")),
}
_OVER: Final = (TreatmentState.DONE.value, TreatmentState.ABORTED.value)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the history as the macro `timeline` shows it."""

    on: Any
    text: str
    who: str
    state: str = ""
    icon: str = ""


def page_of(treatment: Treatment, *, with_gate: bool = True) -> dict[str, Any]:
    """Facts for the head, the steps and the aside of each page about this treatment."""
    begun = treatment.state != TreatmentState.PLANNED.value
    rows = gate_rows(gate_of(treatment), treatment.course_id, treatment.id, begun=begun) if with_gate else []
    return {
        "nav": "treatments",
        "treatment": treatment,
        "course": treatment.course,
        "patient": treatment.course.patient,
        "title": title_of(treatment),
        "settings": [(place(s.lesion.site, s.lesion.side, language()), settings_of(s)) for s in treatment.sites],
        "cover": _cover(cover_on(treatment.patient_id, happened_on(treatment) or today())),
        "gate_rows": rows,
        "steps": _steps(treatment, rows) if rows else [],
        "back_url": url_for("kostenklar.treatments_show", treatment_id=treatment.id),
    }


def too_late(treatment: Treatment, *states: TreatmentState) -> Response | None:
    """Who opens a form for a step that is over is led to the session; what was sent is answered by the use case."""
    if request.method != "GET" or treatment.state in {state.value for state in states}:
        return None
    return redirect(url_for("kostenklar.treatments_show", treatment_id=treatment.id))


def title_of(treatment: Treatment) -> str:
    """ "Cryopeeling, Sitzung 2 von 3"; without the total where more were made than planned."""
    procedure = treatment.course.procedure
    name = procedure.name_en if language() == "en" else procedure.name_de
    if treatment.session_no > treatment.course.sessions_max:
        return kt("{name}, Sitzung {number}", name=name, number=treatment.session_no)
    total = treatment.course.sessions_max
    return kt("{name}, Sitzung {number} von {total}", name=name, number=treatment.session_no, total=total)


def lines_of(treatment: Treatment) -> list[Line]:
    """The history, newest first."""
    return [_line(entry) for entry in history(treatment)]


def _line(entry: Entry) -> Line:
    who = " · ".join(part for part in (entry.who, instant(entry.at), entry.reason) if part)
    if entry.step == "override":
        return Line(entry.at, kt("Freigegeben: {what}", what=kt(TITLES[entry.code])), who, "overdue")
    state, text = _MOVES[entry.step]
    return Line(entry.at, kt(text), who, state)


def _cover(cover: Cover) -> str:
    return ", ".join((kt(_PAYERS[cover.payer.value]), *cover.insurers))


def _steps(treatment: Treatment, rows: list[GateRow]) -> list[Step]:
    course, patient = {"course_id": treatment.course_id}, {"patient_id": treatment.patient_id}
    over, billed = treatment.state in _OVER, treatment.billing != "open"

    def solved(*codes: str) -> str:
        return "open" if any(row.code in codes and row.state != "done" for row in rows) else "done"

    return [
        (kt("Patient und Art"), address("patients_show", **patient), "done"),
        (kt("Aufklärung"), address("explanations_new", **course), solved("talk")),
        (kt("Einwilligung"), address("courses_show", **course), solved("consent", "minor")),
        (kt("Kosten"), address("courses_show", **course), solved("cost_notice", "self_payer_agreement")),
        (kt("Sitzung"), "", "done" if over else "current"),
        (kt("Rechnung"), "", "open" if not over else "done" if billed else "current"),
    ]


def state_words(treatment: Treatment) -> tuple[str, str]:
    """(look, word) of its state."""
    look, word = TREATMENT_STATES[treatment.state]
    return look, kt(word)


def sun_end(treatment: Treatment) -> dt.date | None:
    """The last day without sun, as it stands on the aftercare sheet; None where there is none to name."""
    day, after = happened_on(treatment), treatment.course.procedure.sun_days_after
    return no_sun_until(day, after) if day and after else None
