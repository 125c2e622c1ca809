"""Authorised contacts of a patient: allow somebody to be told, take that back."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from ..access import Permission, requires
from ..blueprint import bp
from ..clock import today
from ..forms.base import bound
from ..forms.contacts import ContactEndForm, ContactForm
from ..queries.contacts import contact_row, contacts_of
from ..queries.patient_page import patient_head
from ..services.contacts import allow_contact, revoke_contact
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page


@bp.route("/patients/<int:patient_id>/contacts", methods=["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
def contacts_new(patient_id: int) -> Response:
    """Who may be told already, and one more."""
    head = patient_head(patient_id)
    form = bound(ContactForm, version=head.version, allowed_on=today())

    def action() -> str:
        allow_contact(patient_id, form.version.data, form.typed(), today())
        notice(kt("{name} darf jetzt Auskunft bekommen.", name=form.name.data))
        return url_for("kostenklar.patients_show", patient_id=patient_id)

    return carried_out(form, action) or form_page(
        "contacts/new.html", form, patient=head, contacts=contacts_of(patient_id)
    )


@bp.route("/contacts/<int:contact_id>/revoked", methods=["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
def contacts_revoke(contact_id: int) -> Response:
    """From a day on nothing is told any more."""
    contact = contact_row(contact_id)
    head = patient_head(contact.patient_id)
    form = bound(ContactEndForm, version=contact.version, on=today())
    form.allowed_on, form.revoked_on = contact.allowed_on, contact.revoked_on

    def action() -> str:
        revoke_contact(contact_id, form.version.data, form.on.data, today())
        notice(kt("{name} bekommt keine Auskunft mehr.", name=contact.name), "overdue")
        return url_for("kostenklar.patients_show", patient_id=contact.patient_id)

    return carried_out(form, action) or form_page("contacts/revoke.html", form, patient=head, contact=contact)
