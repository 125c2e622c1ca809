"""Pages about what was done: record it, stop it, add it later, give the reason, and the aftercare sheet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from ...models.rules.severity import RuleBroken
from ...models.rules.states import TreatmentState
from ...models.treatment import Treatment
from ..access import Permission, requires
from ..blueprint import bp
from ..forms.base import KostenklarForm, bound
from ..forms.treatment_records import AbortedForm, AbortForm, LateForm, RecordForm, recorded
from ..forms.treatment_sites import with_sites
from ..forms.treatments import ReasonForm
from ..queries.treatments import choices_for, last_time, treatment_page
from ..queries.withdrawals import stopped_by
from ..sentences import sentence
from ..services import aftercare, treatment_records
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page
from .treatment_pages import page_of, too_late
from .treatments import show_page


@bp.route("/treatments/<int:treatment_id>/record", methods=["GET", "POST"])
@requires(Permission.RECORD_TREATMENTS)
def treatments_record(treatment_id: int) -> Response:
    """What was done; before the start what is planned."""
    treatment = treatment_page(treatment_id)
    if over := too_late(treatment, TreatmentState.PLANNED, TreatmentState.STARTED):
        return over
    planning = treatment.state == TreatmentState.PLANNED.value
    form, last = _record_form(RecordForm, treatment, planning=planning), last_time(treatment)
    if "like" in request.form and last:
        form.fill_like(last)
        return _record_page(form, treatment, last, planning=planning)
    for_later = planning or "later" in request.form
    form.needs_all = not for_later
    asked: list[str] = []

    def keep() -> str:
        if for_later:
            treatment_records.note(treatment_id, form.version.data, form.record())
            notice(kt("Gespeichert. Sie können später weitermachen."))
            return _at(treatment_id)
        with _noting_questions(asked):
            treatment_records.complete(treatment_id, form.version.data, form.record())
        notice(kt("Die Sitzung ist dokumentiert."))
        return _at(treatment_id)

    done = carried_out(form, keep)
    if done:
        return done
    if asked:
        form.ask_why(asked[0])
    return _record_page(form, treatment_page(treatment_id), last, planning=planning, ask_reason=bool(asked))


@bp.route("/treatments/<int:treatment_id>/late", methods=["GET", "POST"])
@requires(Permission.RECORD_TREATMENTS)
def treatments_record_late(treatment_id: int) -> Response:
    """A session that took place without a start here."""
    treatment = treatment_page(treatment_id)
    if over := too_late(treatment, TreatmentState.PLANNED):
        return over
    form, last = _record_form(LateForm, treatment, planning=False), last_time(treatment)
    if "like" in request.form and last:
        form.fill_like(last)
        return _record_page(form, treatment, last, late=True, ask_reason=True)

    def keep() -> str:
        treatment_records.record_late(treatment_id, form.version.data, form.on.data, form.record())
        notice(kt("Die Sitzung ist nachgetragen."))
        return _at(treatment_id)

    return carried_out(form, keep) or _record_page(form, treatment_page(treatment_id), last, late=True, ask_reason=True)


@bp.route("/treatments/<int:treatment_id>/abort", methods=["GET", "POST"])
@requires(Permission.RECORD_TREATMENTS)
def treatments_abort(treatment_id: int) -> Response:
    """Stop at this minute."""
    treatment = treatment_page(treatment_id)
    if over := too_late(treatment, TreatmentState.STARTED):
        return over
    form = bound(with_sites(AbortForm, treatment), **(recorded(treatment) | {"version": treatment.version}))

    def stop() -> str:
        treatment_records.abort(
            treatment_id, form.version.data, form.reason.data or "", form.site_records(), withdrawn=form.withdrawn
        )
        if form.withdrawn:
            notice(kt("Die Sitzung ist abgebrochen, der Widerruf ist eingetragen. Spätere Sitzungen sind abgesagt."))
        else:
            notice(kt("Die Sitzung ist abgebrochen. Was gemacht wurde, steht in der Akte."))
        return _at(treatment_id)

    return carried_out(form, stop) or form_page(
        "treatments/abort.html", form, rows=form.rows(None), stops=stopped_by(treatment.course_id),
        **page_of(treatment_page(treatment_id), with_gate=False),
    )  # fmt: skip


@bp.route("/treatments/<int:treatment_id>/aborted", methods=["GET", "POST"])
@requires(Permission.RECORD_TREATMENTS)
def treatments_record_aborted(treatment_id: int) -> Response:
    """Add what had been done until a session was stopped."""
    treatment = treatment_page(treatment_id)
    if over := too_late(treatment, TreatmentState.ABORTED):
        return over
    form, last = _record_form(AbortedForm, treatment, planning=False), last_time(treatment)
    if "like" in request.form and last:
        form.fill_like(last)
        return _record_page(form, treatment, last, aborted=True)
    asked: list[str] = []

    def keep() -> str:
        with _noting_questions(asked):
            treatment_records.complete_aborted(treatment_id, form.version.data, form.record())
        notice(kt("Was bis zum Abbruch gemacht wurde, steht in der Akte."))
        return _at(treatment_id)

    done = carried_out(form, keep)
    if done:
        return done
    if asked:
        form.ask_why(asked[0])
    return _record_page(form, treatment_page(treatment_id), last, aborted=True, ask_reason=bool(asked))


@bp.route("/treatments/<int:treatment_id>/reason", methods=["GET", "POST"])
@requires(Permission.OVERRIDE_GATE)
def treatments_reason(treatment_id: int) -> Response:
    """A physician explains a late or unusual entry."""
    form = bound(ReasonForm, version=treatment_page(treatment_id).version)

    def explain() -> str:
        treatment_records.give_reason(treatment_id, form.version.data, form.reason.data)
        notice(kt("Die Begründung ist gespeichert."))
        return _at(treatment_id)

    return carried_out(form, explain) or form_page(
        "treatments/reason.html", form, **page_of(treatment_page(treatment_id), with_gate=False)
    )


@bp.route("/treatments/<int:treatment_id>/aftercare", methods=["POST"])
@requires(Permission.RECORD_TREATMENTS)
def treatments_aftercare(treatment_id: int) -> Response:
    """Issue the sheet where it is missing, else note that the patient has it."""
    form = bound(KostenklarForm)
    missing = treatment_page(treatment_id).aftercare_paper_id is None

    def follow() -> str:
        if missing:
            aftercare.make_aftercare(treatment_id, form.version.data)
            notice(kt("Das Nachsorgeblatt liegt bereit."))
        else:
            aftercare.hand_aftercare(treatment_id, form.version.data)
            notice(kt("Vermerkt: Das Nachsorgeblatt ist ausgehändigt."))
        return _at(treatment_id)

    return carried_out(form, follow) or show_page(treatment_page(treatment_id), form)


def _record_form(kind: type[RecordForm], treatment: Treatment, *, planning: bool) -> RecordForm:
    found = choices_for(treatment.practice_id, treatment.course.procedure.method, treatment.planned_on)
    first = recorded(treatment) | {"version": treatment.version}
    if first["device_id"] is None and len(found.devices) == 1:
        first["device_id"] = found.devices[0][0]
    form: RecordForm = bound(with_sites(kind, treatment), **first)
    form.offer(found)
    form.shape(planning=planning)
    return form


def _record_page(form: RecordForm, treatment: Treatment, last: Treatment | None, **facts: Any) -> Response:
    facts = {"planning": False, "late": False, "aborted": False, "ask_reason": False} | facts
    facts["ask_reason"] = facts["ask_reason"] or bool(form.reason.data)
    return form_page("treatments/record.html", form, rows=form.rows(last), before=last, **facts, **page_of(treatment))


@contextmanager
def _noting_questions(asked: list[str]) -> Iterator[None]:
    """Remember the sentence that asks for a reason: only then the page shows its field."""
    try:
        yield
    except RuleBroken as broken:
        asked.extend(sentence(finding) for finding in broken.findings if finding.code == "reason_needed")
        raise


def _at(treatment_id: int) -> str:
    return url_for("kostenklar.treatments_show", treatment_id=treatment_id)
