"""Pages of a § 2 GOÄ agreement: prepare it, file the one signed in ink, put one aside."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from ..access import Permission, requires
from ..blueprint import bp
from ..clock import today
from ..formats import day
from ..forms.base import bound
from ..forms.consents import DiscardForm
from ..forms.estimates import FeeAgreementForm, SignedAgreementForm
from ..forms.fields import choices
from ..queries.courses import course_head
from ..queries.fee_agreements import agreement_row
from ..services import fee_agreements
from ..services.agreement_plans import parties_of, proposed_factors, proposed_payer
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page


@bp.route("/courses/<int:course_id>/fee-agreement", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def fee_agreements_new(course_id: int) -> Response:
    """Print the agreement after the personal talk (§ 2(2) GOÄ)."""
    head, parties = course_head(course_id), parties_of(course_id, today())
    form = bound(
        FeeAgreementForm,
        version=head.version,
        payer_name=proposed_payer(parties.patient, today()),
        physician_id=parties.physicians[0].id if parties.physicians else None,
        talked_on=today(),
        language="en" if head.patient_language == "en" else "de",
        lines=[{"factor": factor} for factor in proposed_factors(parties.services)],
    )
    form.services, form.patient, form.people = parties.services, parties.patient, parties.physicians
    form.physician_id.choices = choices([(staff.id, staff.full_name) for staff in parties.physicians])

    def action() -> str:
        agreement = fee_agreements.prepare_fee_agreement(course_id, form.version.data, form.value(), today())
        return url_for("kostenklar.fee_agreements_sign", agreement_id=agreement.id)

    return carried_out(form, action) or form_page(
        "fee_agreements/new.html", form, head=head, services=parties.services, people=parties.physicians
    )


@bp.route("/fee-agreements/<int:agreement_id>/signed", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def fee_agreements_sign(agreement_id: int) -> Response:
    """The paper to print twice, and the scan of the one that both signed in ink."""
    agreement = agreement_row(agreement_id)
    head = course_head(agreement.course_id)
    form = bound(SignedAgreementForm, version=agreement.version)
    form.issued_on = agreement.issued_on

    def action() -> str:
        signed_on = form.signed_on.data
        fee_agreements.sign_fee_agreement(agreement_id, form.version.data, signed_on, form.scan.data, today())
        notice(kt("Die Honorarvereinbarung {number} liegt in der Akte.", number=agreement.number))
        if fee_agreements.treated_before(agreement.course_id, signed_on):
            told = kt(
                "Für Sitzungen vor dem {day} gilt sie nicht, dort bleibt es bei höchstens 3,5.", day=day(signed_on)
            )
            notice(told, "overdue")
        return url_for("kostenklar.courses_show", course_id=head.id)

    return carried_out(form, action) or form_page("fee_agreements/sign.html", form, head=head, agreement=agreement)


@bp.route("/fee-agreements/<int:agreement_id>/discard", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def fee_agreements_discard(agreement_id: int) -> Response:
    """Put an unsigned agreement aside, after asking once."""
    agreement = agreement_row(agreement_id)
    head = course_head(agreement.course_id)
    form = bound(DiscardForm, version=agreement.version)

    def action() -> str:
        fee_agreements.discard_fee_agreement(agreement_id, form.version.data, form.reason.data)
        return url_for("kostenklar.courses_show", course_id=head.id)

    return carried_out(form, action) or form_page("fee_agreements/discard.html", form, head=head, agreement=agreement)
