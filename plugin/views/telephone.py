"""The telephone: find who is asked about, read one sentence, know who may hear it, and write it down."""

from __future__ import annotations

import datetime as dt

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ..access import Permission, requires
from ..blueprint import bp
from ..clock import today
from ..formats import day
from ..forms.base import bound
from ..forms.fields import choices
from ..forms.telephone import TellForm
from ..queries.disclosures import disclosures_of
from ..queries.telephone import Found, find_caller
from ..queries.telephone_page import Telling, telling
from ..services.disclosures import NOBODY, tell
from ..shell import notice
from ..telephone_texts import IDENTITIES, ROLES, WHAT, fingerprint, silence, spoken
from ..texts import kt
from .sending import carried_out, form_page


@bp.route("/telephone")
@requires(Permission.CLARIFY_COSTS)
def telephone_show() -> AnyResponse | str:
    """First interaction: a name as heard, a birth date, a telephone or reference number."""
    typed = request.args.get("q", "").strip()
    found = find_caller(typed, today()) if typed else Found()
    if found.straight is not None:
        return redirect(url_for("kostenklar.telephone_patient", patient_id=found.straight))
    return render_template("kostenklar/telephone/search.html", typed=typed, found=found)


@bp.route("/telephone/<int:patient_id>", methods=["GET", "POST"])
@requires(Permission.CLARIFY_COSTS)
def telephone_patient(patient_id: int) -> AnyResponse:
    """Second interaction: the sentence, and who may hear it; then what was told is kept."""
    facts = telling(patient_id, today())
    sentences = spoken(facts)
    form = bound(
        TellForm,
        read=fingerprint(sentences),
        said=[each.key for each in sentences if each.noun == "clarification"],
    )
    form.listener.choices = choices(_choices(facts))
    form.said.choices = [(each.key, each.text) for each in sentences]

    def action() -> str:
        kept = tell(patient_id, form.value(), form.read.data, today())
        notice(_told(kept[0].told_name))
        return url_for("kostenklar.telephone_show")

    if done := carried_out(form, action):
        return done
    form.read.data = fingerprint(sentences)  # a refused page shows how it stands now
    return form_page(
        "telephone/show.html",
        form,
        facts=facts,
        sentences=sentences,
        silences=[(each, silence(each)) for each in facts.silences],
        roles=ROLES,
        log=disclosures_of(patient_id),
        what=WHAT,
        identities=IDENTITIES,
    )


def _choices(facts: Telling) -> list[tuple[str, str]]:
    named = [
        (each.key, f"{each.name} ({kt(ROLES[each.role])}{_until(each.until)})" if each.key != "patient" else each.name)
        for each in facts.listeners
    ]
    return [*named, (NOBODY, kt("niemandem, es wurde nichts gesagt"))]


def _until(on: dt.date | None) -> str:
    return f", {kt('bis {day}', day=day(on))}" if on else ""


def _told(name: str) -> str:
    if not name:
        return kt("Es ist eingetragen, dass keine Auskunft gegeben wurde.")
    return kt("Die Auskunft an {name} ist eingetragen.", name=name)
