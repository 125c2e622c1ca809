"""Today's work: what is late, what is due, what waits; each row has one button."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from ..access import Permission, may, requires
from ..blueprint import bp
from ..clock import today
from ..queries import home as query
from ..queries import home_money as money
from ..queries.clarifications import to_look_at
from ..queries.incoming import waiting_count
from ..queries.side_effects import due_effects
from ..texts import kt
from . import home_rows as words
from .home_rows import Row


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with its rows; more_url leads to the full list where not all are shown."""

    key: str
    title: str
    hint: str
    rows: tuple[Row, ...]
    more_url: str = ""


@bp.route("/")
@requires(Permission.OWN_SETTINGS)
def home_show() -> AnyResponse | str:
    """The work list; who sees no patients (the administration) is led to what is theirs."""
    if not may(Permission.SEE_PATIENTS):
        theirs = "practice_show" if may(Permission.EDIT_PRACTICE) else "person_show"
        return redirect(url_for(f"kostenklar.{theirs}"))
    now = today()
    groups = _groups(now)
    tomorrow = query.sessions_on(now + dt.timedelta(days=1)) if not groups else 0
    scans = waiting_count() if may(Permission.RECORD_PAPERS) else 0
    return render_template(
        "kostenklar/home/show.html", groups=groups, line=_line(groups), tomorrow=tomorrow, scans=scans
    )


def _groups(now: dt.date) -> list[Group]:
    ahead = query.ahead(now)
    shown = {item.course_id for item in ahead}
    invoices, treatments = url_for("kostenklar.invoices_list"), url_for("kostenklar.treatments_list")
    clarifications = url_for("kostenklar.clarifications_list", part="overdue")
    sessions = [words.left_open(item, now) for item in query.left_open(now)]
    unpaid = [words.late_invoice(item, now) for item in money.late_invoices(now)]
    unbilled = [words.unbilled(item) for item in money.unbilled()]
    effects = [words.side_effect(item, now) for item in due_effects(now)]
    todays = [words.session(item, now) for item in ahead if item.planned_on == now]
    coming = [words.session(item, now) for item in ahead if item.planned_on > now]
    cases = [words.clarification(item, now) for item in to_look_at(now, query.SHOWN * 2)]
    late_cases = [row for row in cases if row.state == "overdue"]
    asked_cases = [row for row in cases if row.state != "overdue"]
    waiting = [words.unsigned(item, now) for item in query.unsigned() if item.course_id not in shown]
    late = ((sessions, treatments), (unpaid, invoices), (late_cases, clarifications))
    due = ((effects, ""), (todays, treatments), (asked_cases, ""))
    groups = (
        _group("late", kt("Überfällig"), kt("zuerst erledigen"), *late),
        _group("today", kt("Für heute"), kt("Sitzungen und was ihnen fehlt"), *due),
        _group("unbilled", kt("Noch abzurechnen"), "", (unbilled, url_for("kostenklar.unbilled_list"))),
        _group("coming", kt("Demnächst"), kt("hier fehlt noch etwas"), (coming, treatments)),
        _group("waiting", kt("Wartet auf andere"), "", (waiting, "")),
    )
    return [group for group in groups if group.rows]


def _group(key: str, title: str, hint: str, *parts: tuple[list[Row], str]) -> Group:
    """A group of (rows, full list) parts, each cut at what a page shows."""
    most = query.SHOWN * 2 if key == "today" else query.SHOWN
    more = [address for rows, address in parts if len(rows) > most]
    return Group(key, title, hint, tuple(row for rows, _ in parts for row in rows[:most]), more[0] if more else "")


def _line(groups: list[Group]) -> str:
    """ "2 überfällig, 4 für heute, 2 warten auf andere"; "mehr als" where a group is cut."""
    said = {
        "late": kt("überfällig"),
        "today": kt("für heute"),
        "unbilled": kt("noch abzurechnen"),
        "waiting": kt("warten auf andere"),
    }
    return ", ".join(f"{_many(group)} {said[group.key]}" for group in groups if group.key in said)


def _many(group: Group) -> str:
    if not group.more_url:
        return str(len(group.rows))
    return kt("mehr als {count}", count=len(group.rows))
