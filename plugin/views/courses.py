"""Pages of a course: open it, look at it, change it, add a lesion, decide about one."""

from __future__ import annotations

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from ...models.course import place
from ...models.rules.vat import Indication
from .. import side_effect_texts
from ..access import Permission, requires
from ..blueprint import bp
from ..clock import today
from ..forms.base import bound
from ..forms.courses import AssessmentForm, CourseEditForm, LesionForm, NewCourseForm
from ..forms.fields import choices
from ..queries import words
from ..queries.clarification_status import status_of_course
from ..queries.consents import consents_of
from ..queries.cost_notices import notices_of
from ..queries.course_invoices import billable_sessions, invoices_of_course
from ..queries.course_parts import gate_of_course_rows, lesion_course, lesions_of, talks_of, treatments_of
from ..queries.courses import course_head, patient_line, procedure_choices
from ..queries.estimates import estimates_of
from ..queries.fee_agreements import agreements_of
from ..queries.next_step import step_of
from ..queries.papers import moves_of, papers_of
from ..queries.side_effects import effects_of_course
from ..queries.standing import standing
from ..queries.timeline import timeline
from ..queries.words import LESION_KINDS
from ..services import courses
from ..shell import notice
from ..texts import kt
from .course_steps import steps_of
from .invoice_words import state_of
from .sending import carried_out, form_page


@bp.route("/courses/<int:course_id>")
@requires(Permission.SEE_PATIENTS)
def courses_show(course_id: int) -> str:
    """The series with what is missing, what comes next, its papers and its history."""
    head, at = course_head(course_id), standing(course_id, today())
    gate = [] if head.ended_on else gate_of_course_rows(course_id, today())
    consents, notices, talks = consents_of(course_id), notices_of(course_id), talks_of(course_id)
    papers = papers_of(course_id)
    return render_template(
        "kostenklar/courses/show.html",
        head=head,
        standing=at,
        gate_rows=gate,
        step=step_of(at, gate),
        steps=steps_of(at),
        lesions=lesions_of(course_id),
        consents=consents,
        cost_notices=notices,
        cases=status_of_course(course_id, today()),
        estimates=estimates_of(course_id),
        fee_agreements=agreements_of(course_id),
        talks=talks,
        treatments=treatments_of(course_id),
        effects=effects_of_course(course_id),
        effect_words=side_effect_texts,
        invoices=invoices_of_course(course_id),
        billable=billable_sessions(course_id),
        invoice_state=state_of,
        papers=papers,
        words=words,
        history=timeline(moves_of(course_id), consents, notices, talks, papers),
    )


@bp.route("/patients/<int:patient_id>/courses/new", methods=["GET", "POST"])
@requires(Permission.PLAN_TREATMENTS)
def courses_new(patient_id: int) -> Response:
    """Open a series with its lesions; "Weitere Stelle" adds a row and asks nothing yet."""
    patient = patient_line(patient_id)
    procedures = procedure_choices()
    form = bound(NewCourseForm, procedure_id=procedures[0][0] if procedures else None)
    form.procedure_id.choices = choices(procedures)
    if request.form.get("another"):
        form.more.append_entry()
        return form_page("courses/new.html", form, patient=patient)

    def action() -> str:
        lesions = form.lesions()
        course = courses.open_course(patient_id, form.procedure_id.data, form.value(_title(lesions)), lesions)
        notice(kt("Die Serie ist angelegt."))
        return url_for("kostenklar.courses_show", course_id=course.id)

    return carried_out(form, action) or form_page("courses/new.html", form, patient=patient)


@bp.route("/courses/<int:course_id>/edit", methods=["GET", "POST"])
@requires(Permission.PLAN_TREATMENTS)
def courses_edit(course_id: int) -> Response:
    """Change what the desk knows about the series."""
    head = course_head(course_id)
    form = bound(CourseEditForm, obj=head)

    def action() -> str:
        courses.change_course(course_id, form.version.data, form.value(head.title))
        return url_for("kostenklar.courses_show", course_id=course_id)

    return carried_out(form, action) or form_page("courses/edit.html", form, head=head)


@bp.route("/courses/<int:course_id>/lesions/new", methods=["GET", "POST"])
@requires(Permission.PLAN_TREATMENTS)
def lesions_new(course_id: int) -> Response:
    """One more site for the series."""
    head = course_head(course_id)
    form = bound(LesionForm, version=head.version)

    def action() -> str:
        courses.add_lesion(course_id, form.version.data, form.lesion.form.value())
        notice(kt("Die Stelle ist eingetragen. Eine Ärztin oder ein Arzt beurteilt sie vor der Behandlung."))
        return url_for("kostenklar.courses_show", course_id=course_id)

    return carried_out(form, action) or form_page("courses/lesion.html", form, head=head)


@bp.route("/lesions/<int:lesion_id>/assessment", methods=["GET", "POST"])
@requires(Permission.DECIDE_INDICATION)
def lesions_assess(lesion_id: int) -> Response:
    """A physician says why a lesion is treated and that it is benign."""
    course_id = lesion_course(lesion_id)
    head = course_head(course_id)
    lesion = next(row for row in lesions_of(course_id) if row.id == lesion_id)
    form = bound(
        AssessmentForm,
        version=head.version,
        indication=Indication(lesion.indication),
        reason=lesion.indication_reason,
        benign=lesion.benign_on is not None,
        benign_on=lesion.benign_on or today(),
        benign_how=lesion.benign_how,
    )

    def action() -> str:
        courses.assess_lesion(lesion_id, form.version.data, form.value(), today())
        if standing(course_id, today()).notice_outdated:
            notice(kt("Die Kosteninformation nennt noch eine andere Indikation. Bitte neu ausstellen."), "overdue")
        return url_for("kostenklar.courses_show", course_id=course_id)

    return carried_out(form, action) or form_page("courses/assessment.html", form, head=head, lesion=lesion)


def _title(lesions: list[courses.LesionData]) -> str:
    """A name for a series without one, in German as everything typed: "Altersfleck Handrücken rechts"."""
    first = lesions[0]
    return f"{str.__str__(LESION_KINDS[first.kind])} {place(first.site, first.side)}"
