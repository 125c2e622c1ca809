"""The coming days: which sessions are planned, what each still lacks, and all missing papers in one print job."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.rules.gate_facts import GateState
from ..access import Permission, requires
from ..blueprint import bp
from ..clock import today
from ..forms.base import bound
from ..forms.tomorrow import PrintForm
from ..front_desk_texts import CASE_STATES, PAYERS, REASONS
from ..queries.gate import GateRow, gate_rows_at
from ..queries.tomorrow import DayPage, PlannedSession, coming_days, day_page
from ..queries.words import PAPER_KINDS
from ..services.print_run import joined, missing_on, print_day
from ..texts import kt
from .papers import shown_file
from .sending import carried_out, form_page

_ON_THE_DAY: Final = frozenset({"recheck", "sun", "area"})
"""Asked when the patient is here."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session with what is missing before its day, in words."""

    session: PlannedSession
    missing: tuple[GateRow, ...]

    @property
    def state(self) -> tuple[str, str]:
        """Colour word and words."""
        if any(row.stops_start for row in self.missing):
            return "blocked", kt("fehlt noch etwas")
        return ("open", kt("noch offen")) if self.missing else ("done", kt("vollständig"))


@bp.route("/tomorrow")
@requires(Permission.SEE_PATIENTS)
def tomorrow_show() -> str:
    """The sessions of one of the coming days."""
    days = coming_days(today())
    on = _day() or (days[0][0] if days else today() + dt.timedelta(days=1))
    page = day_page(on, today(), request.args.get("after", ""))
    return render_template(
        "kostenklar/tomorrow/show.html",
        days=days,
        page=page,
        rows=[_row(each) for each in page.sessions],
        after=request.args.get("after", ""),
        form=bound(PrintForm),
        payers=PAYERS,
        case_states=CASE_STATES,
    )


@bp.route("/tomorrow/print", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def tomorrow_print() -> AnyResponse:
    """Issue what is missing, once; then the list of what is printed and of what could not be, and why."""
    on, after = _day() or today() + dt.timedelta(days=1), request.args.get("after", "")
    form = bound(PrintForm)

    def action() -> str:
        failed = ",".join(f"{treatment_id}.{kind}" for treatment_id, kind in print_day(on, after, today()))
        return url_for("kostenklar.tomorrow_print", day=on.isoformat(), after=after or None, failed=failed or None)

    return carried_out(form, action) or form_page("tomorrow/printed.html", form, after=after, **_printed(on, after))


@bp.route("/tomorrow/papers.pdf")
@requires(Permission.RECORD_PAPERS)
def tomorrow_papers() -> Response:
    """All unsigned papers of this page of the day as one file."""
    on = _day() or today() + dt.timedelta(days=1)
    page = day_page(on, today(), request.args.get("after", ""))
    return shown_file(joined(page, today()), "application/pdf", f"{on.isoformat()}.pdf")


def _day() -> dt.date | None:
    """The day in the address where it is one to come."""
    try:
        on = dt.date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None
    return on if on > today() else None


def _row(each: PlannedSession) -> SessionRow:
    items = [item for item in each.items if item.state is not GateState.DONE and item.code not in _ON_THE_DAY]
    return SessionRow(each, tuple(gate_rows_at(items, each.where)))


def _printed(on: dt.date, after: str) -> dict[str, Any]:
    page: DayPage = day_page(on, today(), after)
    failed = set(request.args.get("failed", "").split(","))
    missing = [
        (each, kt(REASONS[each.paper.reason or "failed"]))
        for each in missing_on(page)
        if each.paper.reason or f"{each.session.treatment.id}.{each.paper.kind}" in failed
    ]
    papers = [(each, paper) for each in page.sessions for paper in each.papers]
    return {"page": page, "papers": papers, "missing": missing, "kinds": PAPER_KINDS}
