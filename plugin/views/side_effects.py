"""Pages of side effects: report one, look at it, and a physician's word about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from ...models.course import place
from ...models.rules.payers import PayerKind
from ...models.rules.procedures import Procedure
from ...models.rules.side_effects import Hint, SideEffectKind, hint_of
from ...models.rules.vat import Indication
from ...models.side_effect import SideEffect
from ...models.treatment import Treatment
from ..access import Permission, requires
from ..blueprint import bp
from ..clock import BERLIN, today
from ..formats import instant
from ..forms.base import KostenklarForm, bound
from ..forms.side_effects import CloseForm, JudgeForm, ReportForm, first_values
from ..queries import side_effects as query
from ..queries.cost_notices import cover_on
from ..queries.courses import patient_line
from ..queries.gate_facts import happened_on
from ..queries.treatments import treatment_page
from ..services import side_effects
from ..shell import notice
from ..side_effect_texts import HOW, OUTCOMES, STATES, hint_said, hints_said, kinds_said
from ..texts import kt, language, lazy_kt
from .sending import carried_out, form_page
from .treatment_pages import Line, page_of, sun_end

_STEPS = {
    "see": ("done", lazy_kt("Ärztlich gesehen")),
    "close": ("done", lazy_kt("Abgeschlossen")),
    "reopen": ("open", lazy_kt("Wieder geöffnet")),
}


@bp.route("/patients/<int:patient_id>/side-effects")
@requires(Permission.SEE_PATIENTS)
def side_effects_choose(patient_id: int) -> Response | str:
    """After which session? With only one the question is answered."""
    patient, sessions = patient_line(patient_id), query.past_sessions(patient_id)
    if len(sessions) == 1:
        return redirect(url_for("kostenklar.side_effects_new", treatment_id=sessions[0].id))
    return render_template(
        "kostenklar/side_effects/choose.html", patient=patient, sessions=sessions, nav="patients"
    )  # fmt: skip


@bp.route("/treatments/<int:treatment_id>/side-effects", methods=["GET", "POST"])
@requires(Permission.RECORD_TREATMENTS)
def side_effects_new(treatment_id: int) -> Response:
    """Keep what was reported after a session."""
    treatment = treatment_page(treatment_id)
    form = bound(ReportForm, **first_values(treatment.course.patient.full_name))
    form.offer([(each.id, place(each.site, each.side, language())) for each in treatment.course.lesions])

    def keep() -> str:
        effect = side_effects.report_side_effect(treatment_id, form.report(), today())
        notice(kt("Die Nebenwirkung ist gemeldet. Eine Ärztin oder ein Arzt sieht sie an."))
        return url_for("kostenklar.side_effects_show", effect_id=effect.id)

    return carried_out(form, keep) or form_page(
        "side_effects/new.html", form, known=hints_said(_hints(treatment, SideEffectKind)), sun=sun_end(treatment),
        **page_of(treatment, with_gate=False),
    )  # fmt: skip


@bp.route("/side-effects/<int:effect_id>")
@requires(Permission.SEE_PATIENTS)
def side_effects_show(effect_id: int) -> Response:
    """What was reported, what the session had been, and what a physician says."""
    return form_page("side_effects/show.html", KostenklarForm(formdata=None), **_page(effect_id))


@bp.route("/side-effects/<int:effect_id>/seen", methods=["GET", "POST"])
@requires(Permission.JUDGE_SIDE_EFFECTS)
def side_effects_see(effect_id: int) -> Response:
    """A physician saw it; as often as needed."""
    page = _page(effect_id)
    effect: SideEffect = page["effect"]
    form = bound(JudgeForm, version=effect.version, measure=effect.measure, par52_note=effect.par52_note)
    form.shape(fund=page["fund"])

    def keep() -> str:
        side_effects.see_side_effect(effect_id, form.version.data, form.judgement(), today())
        notice(kt("Die ärztliche Beurteilung ist gespeichert."))
        return _at(effect_id)

    return carried_out(form, keep) or form_page("side_effects/see.html", form, **_page(effect_id))


@bp.route("/side-effects/<int:effect_id>/close", methods=["GET", "POST"])
@requires(Permission.JUDGE_SIDE_EFFECTS)
def side_effects_close(effect_id: int) -> Response:
    """How it ended."""
    effect = _page(effect_id)["effect"]
    form = bound(CloseForm, version=effect.version, outcome_on=today())

    def close() -> str:
        side_effects.close_side_effect(
            effect_id, form.version.data, form.outcome.data, form.outcome_on.data, form.note.data or "", today()
        )
        notice(kt("Die Nebenwirkung ist abgeschlossen."))
        return _at(effect_id)

    return carried_out(form, close) or form_page("side_effects/close.html", form, **_page(effect_id))


@bp.route("/side-effects/<int:effect_id>/reopen", methods=["POST"])
@requires(Permission.JUDGE_SIDE_EFFECTS)
def side_effects_reopen(effect_id: int) -> Response:
    """It came back, or was closed too early."""
    form = bound(KostenklarForm)

    def reopen() -> str:
        side_effects.reopen_side_effect(effect_id, form.version.data)
        return _at(effect_id)

    return carried_out(form, reopen) or form_page("side_effects/show.html", form, **_page(effect_id))


def _page(effect_id: int) -> dict[str, Any]:
    """Facts for each page about this side effect."""
    effect, site, seen_by = query.effect_page(effect_id)
    treatment = treatment_page(effect.treatment_id)
    kinds = [SideEffectKind(code) for code in effect.kinds.split()]
    return {
        **page_of(treatment, with_gate=False),
        "effect": effect,
        "said": kinds_said(kinds),
        "site": site,
        "seen_by": seen_by,
        "day_no": (effect.reported_at.astimezone(BERLIN).date() - treatment.planned_on).days,
        "hints": [hint_said(hint) for hint in _hints(treatment, kinds)],
        "fund": _concerns_fund(treatment),
        "how": kt(HOW[effect.reported_how]),
        "outcome": kt(OUTCOMES[effect.outcome]) if effect.outcome else "",
        "look": (STATES[effect.state][0], kt(STATES[effect.state][1])),
        "history": _lines(effect_id),
        "button": KostenklarForm(formdata=None, version=effect.version),
        "sun": sun_end(treatment),
        "effect_url": _at(effect_id),
    }


def _hints(treatment: Treatment, kinds: Iterable[SideEffectKind]) -> list[Hint]:
    """What the information before this procedure says of each kind today: no judgement."""
    procedure, day = Procedure(treatment.course.procedure.code), happened_on(treatment) or treatment.planned_on
    return [hint_of(procedure, kind, day, today()) for kind in kinds if kind is not SideEffectKind.OTHER]


def _concerns_fund(treatment: Treatment) -> bool:
    """§ 52(2), § 294a(2) SGB V: a statutory patient, and a treatment that was not medical throughout."""
    cosmetic = any(each.indication != Indication.MEDICAL.value for each in treatment.course.lesions)
    day = happened_on(treatment) or treatment.planned_on
    return cosmetic and cover_on(treatment.patient_id, day).payer is PayerKind.GKV


def _lines(effect_id: int) -> list[Line]:
    lines = []
    for at, step, who, reason in query.moves_of_effect(effect_id):
        state, text = _STEPS[step]
        lines.append(Line(at, kt(text), " · ".join(part for part in (who, instant(at), reason) if part), state))
    return lines


def _at(effect_id: int) -> str:
    return url_for("kostenklar.side_effects_show", effect_id=effect_id)
