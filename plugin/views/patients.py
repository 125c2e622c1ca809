"""Patients: search and list, taking in, changing, the page of one, and the insurances."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...models.rules.folding import fold
from ...models.rules.kvnr import kvnr_looks_right
from ...models.rules.patient_search import read_search
from .. import side_effect_texts
from ..access import Permission, practices, requires
from ..blueprint import bp
from ..clock import today
from ..forms.base import bound
from ..forms.patients import NewPatientForm, PatientForm, values_of
from ..forms.patients_prefill import typed_name
from ..forms.policies import PolicyForm
from ..forms.policies import values_of as policy_values
from ..patient_texts import INDICATIONS, POLICY_KINDS, insured, who_pays
from ..queries import patient_page as page
from ..queries import patients as query
from ..queries.clarification_status import status_of_patient
from ..queries.contacts import contacts_of
from ..queries.disclosures import disclosures_of
from ..queries.gate import gate_of_course, gate_rows
from ..queries.next_step import next_step
from ..queries.payments import sums_of
from ..queries.side_effects import effects_of_patient
from ..services.patients import change_patient, register_patient
from ..services.policies import change_policy, take_out_policy
from ..shell import notice
from ..telephone_texts import IDENTITIES, ROLES, WHAT
from ..texts import kt
from .sending import carried_out, form_page
from .timeline import entries


@bp.route("/patients")
@requires(Permission.SEE_PATIENTS)
def patients_list() -> AnyResponse | str:
    """All by name, or who is found; a patient number leads straight to the patient."""
    typed, after = request.args.get("q", "").strip(), request.args.get("after", "")
    search = read_search(typed)
    if typed and not search:
        found = query.PatientPage(())
    elif search:
        found = query.find_patients(search, today(), after)
    else:
        found = query.patients_by_name(today(), after)
    if len(found.rows) == 1 and fold(found.rows[0].number) == fold(typed):
        return redirect(_page_of(found.rows[0].id))
    return render_template(
        "kostenklar/patients/list.html", typed=typed, after=after, rows=found.rows, next_after=found.after,
        insured=insured,
    )  # fmt: skip


@bp.route("/patients/new", methods=["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
def patients_new() -> AnyResponse:
    """Take in a patient; who has the birth date and the last name of another one is asked about once."""
    form = bound(NewPatientForm, **typed_name(request.args.get("typed", "")))
    twins = query.likely_same(form.last_name.data, form.birth_date.data) if _to_be_asked(form) else ()
    if twins:
        form.ask()
    elif done := carried_out(form, lambda: _register(form)):
        _look_at_kvnr(form)
        return done
    return form_page("patients/new.html", form, twins=twins, insurers=query.insurer_names())


@bp.route("/patients/<int:patient_id>")
@requires(Permission.SEE_PATIENTS)
def patients_show(patient_id: int) -> str:
    """The person, what comes next, what is missing, the courses, and what happened last."""
    now = today()
    head, policies, courses = page.patient_head(patient_id), page.policies_of(patient_id), page.courses_of(patient_id)
    holding = [policy for policy in policies if policy.holds(now)]
    urgent = next((course for course in courses if course.ended_on is None), None)
    missing = gate_rows(gate_of_course(urgent.id, now), urgent.id) if urgent else []
    return render_template(
        "kostenklar/patients/show.html",
        patient=head,
        policies=holding,
        insurances=[policy for policy in policies if (policy.valid_to or now) >= now],
        policy_kinds=POLICY_KINDS,
        contacts=contacts_of(patient_id),
        pays=who_pays(page.payer(policies, now), head.sex, known=bool(holding)),
        courses=courses,
        payer=page.payer(policies, now).value,
        cases=status_of_patient(patient_id, now),
        urgent=urgent,
        step=next_step(urgent.id, now, missing) if urgent else None,
        missing=missing,
        events=entries(page.events_of(patient_id)),
        sums=sums_of(patient_id),
        disclosures=disclosures_of(patient_id),
        disclosure_words=(WHAT, ROLES, IDENTITIES),
        insured=insured,
        indications=INDICATIONS,
        effects=effects_of_patient(patient_id),
        effect_words=side_effect_texts,
    )


@bp.route("/patients/<int:patient_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
def patients_edit(patient_id: int) -> AnyResponse:
    """Change what the desk knows."""
    patient = query.patient_record(patient_id)
    form = bound(PatientForm, **values_of(patient))

    def change() -> str:
        change_patient(patient_id, form.version.data, form.typed())
        return _page_of(patient_id)

    if done := carried_out(form, change):
        _look_at_kvnr(form)
        return done
    return form_page("patients/edit.html", form, patient=page.patient_head(patient_id))


@bp.route("/patients/<int:patient_id>/insurance", methods=["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
def policies_edit(patient_id: int) -> AnyResponse:
    """All insurances of a patient, and a new one."""
    head = page.patient_head(patient_id)
    form = bound(PolicyForm, version=head.version)

    def add() -> str:
        take_out_policy(patient_id, form.version.data, form.typed())
        return url_for("kostenklar.policies_edit", patient_id=patient_id)

    return carried_out(form, add) or form_page(
        "patients/insurance.html", form, patient=head, policies=page.policies_of(patient_id), kinds=POLICY_KINDS,
        insurers=query.insurer_names(),
    )  # fmt: skip


@bp.route("/patients/<int:patient_id>/insurance/<int:policy_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
def policies_change(patient_id: int, policy_id: int) -> AnyResponse:
    """Correct an insurance, or end it."""
    head = page.patient_head(patient_id)
    record, insurer = page.policy_record(patient_id, policy_id)
    form = bound(PolicyForm, version=head.version, **policy_values(record, insurer))

    def change() -> str:
        change_policy(patient_id, form.version.data, policy_id, form.typed())
        return url_for("kostenklar.policies_edit", patient_id=patient_id)

    return carried_out(form, change) or form_page(
        "patients/insurance_change.html", form, patient=head, insurers=query.insurer_names()
    )


def _register(form: NewPatientForm) -> str:
    return _page_of(register_patient(practices()[0], form.typed(), [form.policy.form.typed()]))


def _to_be_asked(form: NewPatientForm) -> bool:
    return request.method == "POST" and form.validate() and not form.asked


def _look_at_kvnr(form: PatientForm) -> None:
    """A number that looks wrong is kept, and said."""
    number = form.typed().kvnr
    if number and not kvnr_looks_right(number):
        told = kt(
            "Die Krankenversichertennummer {number} sieht ungewöhnlich aus. Bitte vergleichen Sie sie.", number=number
        )
        notice(told, "overdue")


def _page_of(patient_id: int) -> str:
    return url_for("kostenklar.patients_show", patient_id=patient_id)
