"""Pages of treatments: the list by day, plan one, look at it, ask before it, start it, call it off, open an item."""

from __future__ import annotations

from flask import current_app, render_template, request, url_for
from werkzeug.wrappers import Response

from ...models.rules.age import is_minor
from ...models.rules.gate_facts import GateItem
from ...models.rules.states import TreatmentState
from ...models.treatment import Treatment
from .. import side_effect_texts
from ..access import Permission, may, require, requires
from ..blueprint import bp
from ..clock import today
from ..extension import actor
from ..forms.base import KostenklarForm, bound
from ..forms.treatments import PlanForm, ReasonForm, RecheckForm, StartForm
from ..gate_texts import TITLES
from ..queries.clarification_status import status_of_course
from ..queries.cost_notices import cover_on
from ..queries.courses import course_head
from ..queries.gate import gate_of, gate_rows
from ..queries.side_effects import effects_of_treatment
from ..queries.treatment_lists import When, treatment_list
from ..queries.treatments import Choices, choices_for, invoice_of, own_staff_id, site_choices, treatment_page
from ..queries.words import TREATMENT_STATES
from ..services import treatments
from ..services.gate import StartRefused
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page
from .treatment_pages import lines_of, page_of, state_words, sun_end, too_late


@bp.route("/treatments")
@requires(Permission.SEE_PATIENTS)
def treatments_list() -> str:
    """Sessions by day: today, coming, past, and those that want a reason."""
    asked = request.args.get("when", "")
    when = When(asked) if asked in set(When) else When.TODAY
    page = treatment_list(when, today(), request.args.get("after", ""))
    return render_template(
        "kostenklar/treatments/list.html", nav="treatments", when=when.value, page=page, states=TREATMENT_STATES
    )


@bp.route("/courses/<int:course_id>/treatments/new", methods=["GET", "POST"])
@requires(Permission.PLAN_TREATMENTS)
def treatments_new(course_id: int) -> Response:
    """Plan a session of a course; with ?late one that already took place."""
    head, late = course_head(course_id), "late" in request.args
    found = choices_for(head.practice_id, _method(head.procedure_code), today())
    day = today() if late else head.next_planned_on
    form = bound(PlanForm, version=head.version, on=day, device_id=_only(found.devices))
    form.late = late
    form.offer(found, site_choices(head.practice_id))

    def plan() -> str:
        made = treatments.plan_treatment(course_id, form.version.data, form.plan(), today())
        if late:
            return url_for("kostenklar.treatments_record_late", treatment_id=made.id)
        notice(kt("Die Sitzung ist geplant."))
        return url_for("kostenklar.treatments_show", treatment_id=made.id)

    return carried_out(form, plan) or form_page("treatments/new.html", form, head=head, late=late, nav="treatments")


@bp.route("/treatments/<int:treatment_id>")
@requires(Permission.SEE_PATIENTS)
def treatments_show(treatment_id: int) -> Response:
    """One session: what is missing, the next step, what was done."""
    treatment = treatment_page(treatment_id)
    planned = treatment.state == TreatmentState.PLANNED.value
    return show_page(treatment, _start_form(treatment) if planned else KostenklarForm(formdata=None))


@bp.route("/treatments/<int:treatment_id>/start", methods=["POST"])
@requires(Permission.RECORD_TREATMENTS)
def treatments_start(treatment_id: int) -> Response:
    """Start at this minute, or say what stands in the way."""
    form = _start_form(treatment_page(treatment_id))
    refused: list[GateItem] = []

    def begin() -> str:
        try:
            treatments.start(treatment_id, form.version.data, form.people(), today())
        except StartRefused as refusal:
            refused.extend(refusal.items)
            raise
        return url_for("kostenklar.treatments_record", treatment_id=treatment_id)

    return carried_out(form, begin) or show_page(treatment_page(treatment_id), form, tuple(refused))


@bp.route("/treatments/<int:treatment_id>/recheck", methods=["GET", "POST"])
@requires(Permission.RECORD_TREATMENTS)
def treatments_recheck(treatment_id: int) -> Response:
    """The short questions of the day."""
    treatment = treatment_page(treatment_id)
    if over := too_late(treatment, TreatmentState.PLANNED, TreatmentState.STARTED):
        return over
    patient = treatment.course.patient
    form = bound(RecheckForm, treatment if treatment.rechecked_at else None, version=treatment.version)
    minor = is_minor(patient.birth_date, max(today(), treatment.planned_on))
    form.shape(sex=patient.sex, judge=minor and may(Permission.DECIDE_INDICATION))

    def keep() -> str:
        treatments.recheck(treatment_id, form.version.data, form.answers())
        notice(kt("Die Abfrage ist gespeichert."))
        return url_for("kostenklar.treatments_show", treatment_id=treatment_id)

    return carried_out(form, keep) or form_page(
        "treatments/recheck.html", form, minor=minor, **page_of(treatment_page(treatment_id), with_gate=False)
    )


@bp.route("/treatments/<int:treatment_id>/call-off", methods=["GET", "POST"])
@requires(Permission.PLAN_TREATMENTS)
def treatments_call_off(treatment_id: int) -> Response:
    """It will not take place."""
    treatment = treatment_page(treatment_id)
    if over := too_late(treatment, TreatmentState.PLANNED):
        return over
    form = bound(ReasonForm, version=treatment.version)

    def call_off() -> str:
        treatments.call_off(treatment_id, form.version.data, form.reason.data)
        notice(kt("Die Sitzung ist abgesagt."))
        return url_for("kostenklar.treatments_show", treatment_id=treatment_id)

    return carried_out(form, call_off) or form_page(
        "treatments/call_off.html", form, **page_of(treatment_page(treatment_id), with_gate=False)
    )


@bp.route("/treatments/<int:treatment_id>/override/<code>", methods=["GET", "POST"])
@requires(Permission.RECORD_TREATMENTS)
def treatments_override(treatment_id: int, code: str) -> Response:
    """Whose right it is depends on the item: the service asks for it, and so does the page."""
    treatment = treatment_page(treatment_id)
    item = treatments.releasable(gate_of(treatment), code)
    require(treatments.RIGHTS[item.override])
    form = bound(ReasonForm, version=treatment.version)

    def open_item() -> str:
        treatments.override(treatment_id, form.version.data, code, form.reason.data, today())
        notice(kt("Freigegeben: {what}", what=kt(TITLES[code])))
        return url_for("kostenklar.treatments_show", treatment_id=treatment_id)

    done = carried_out(form, open_item)
    if done:
        return done
    treatment = treatment_page(treatment_id)
    row = gate_rows((item,), treatment.course_id, treatment_id)[0]
    return form_page("treatments/override.html", form, row=row, **page_of(treatment, with_gate=False))


def show_page(treatment: Treatment, form: KostenklarForm, refused: tuple[GateItem, ...] = ()) -> Response:
    """The page of one treatment; `form` brings what went wrong, `refused` what holds back its start."""
    rows = gate_rows(refused, treatment.course_id, treatment.id) if refused else []
    return form_page(
        "treatments/show.html",
        form,
        cases=status_of_course(treatment.course_id, today()),
        payer=cover_on(treatment.patient_id, today()).payer.value,
        refused=rows,
        button=KostenklarForm(formdata=None, version=treatment.version),
        known=current_app.view_functions,
        no_sun_until=sun_end(treatment),
        history=lines_of(treatment),
        state=state_words(treatment),
        invoice_id=invoice_of(treatment.id) if treatment.state in ("done", "aborted") else None,
        effects=effects_of_treatment(treatment.id) if treatment.started_at else [],
        effect_words=side_effect_texts,
        **page_of(treatment, with_gate=treatment.state != TreatmentState.NOT_STARTED.value),
    )


def _start_form(treatment: Treatment) -> StartForm:
    found = choices_for(treatment.practice_id, treatment.course.procedure.method, today())
    form = bound(
        StartForm,
        version=treatment.version,
        performer_id=treatment.performed_by_id or _sitting(treatment, found),
        supervisor_id=treatment.supervised_by_id,
        device_id=treatment.device_id or _only(found.devices),
    )
    form.offer(found)
    return form


def _sitting(treatment: Treatment, found: Choices) -> int | None:
    """A physician who sits here will mostly be the one who applies."""
    who = actor()
    staff_id = own_staff_id(treatment.practice_id, who.key) if who else None
    return staff_id if staff_id in {key for key, _ in found.physicians} else None


def _only(entries: list[tuple[int, str]]) -> int | None:
    return entries[0][0] if len(entries) == 1 else None


def _method(procedure_code: str) -> str:
    return "cryo" if procedure_code == "cryopeeling" else "laser"
