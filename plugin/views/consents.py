"""Pages of a consent: issue the paper, file the signed one, note a withdrawal, put one aside."""

from __future__ import annotations

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from ...models.rules.age import is_minor
from ...models.rules.deadlines import add_months
from ...models.rules.minors import SignerRole
from ..access import Permission, requires
from ..blueprint import bp
from ..clock import BERLIN, now, today
from ..extension import actor
from ..forms.base import bound
from ..forms.consents import ConsentForm, DiscardForm, SignedConsentForm, WithdrawalForm
from ..queries import words
from ..queries.consents import consent_row, consents_of
from ..queries.course_parts import lesions_of
from ..queries.courses import CourseHead, course_head, representatives_of
from ..queries.risks import clauses_of_course
from ..queries.withdrawals import stopped_by
from ..services import consents
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page
from .signings import tablet_offer

_GUARDIANS = ("parent", "guardian")


@bp.route("/courses/<int:course_id>/consent", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def consents_new(course_id: int) -> Response:
    """Issue the paper; then it is printed and signed."""
    head = course_head(course_id)
    form = bound(
        ConsentForm,
        version=head.version,
        sessions=head.sessions_max,
        valid_until=add_months(today(), head.consent_months),
        language="en" if head.patient_language == "en" else "de",
    )

    def action() -> str:
        consent = consents.prepare_consent(course_id, form.version.data, form.value(), today())
        return url_for("kostenklar.consents_sign", consent_id=consent.id)

    waiting = next((row for row in consents_of(course_id) if row.state == "prepared"), None)
    return carried_out(form, action) or form_page(
        "consents/new.html", form, head=head, lesions=lesions_of(course_id), waiting=waiting,
        risks=clauses_of_course(course_id), words=words,
    )  # fmt: skip


@bp.route("/consents/<int:consent_id>/signed", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def consents_sign(consent_id: int) -> Response:
    """The issued paper to print, and the signed one to file."""
    consent = consent_row(consent_id)
    head = course_head(consent.course_id)
    people = signers_of(head)
    form = bound(SignedConsentForm, version=consent.version, signers=[{"name": name} for _, name in people])
    form.roles, form.issued_on = tuple(role for role, _ in people), consent.issued_on

    def action() -> str:
        consents.sign_consent(consent_id, form.version.data, form.signed_on.data, form.value(), form.scan.data, today())
        notice(kt("Die unterschriebene Einwilligung {number} liegt in der Akte.", number=consent.number))
        return url_for("kostenklar.courses_show", course_id=head.id)

    return carried_out(form, action) or form_page(
        "consents/sign.html",
        form,
        head=head,
        consent=consent,
        roles=form.roles,
        tablet=tablet_offer("consent", consent_id),
    )


@bp.route("/consents/<int:consent_id>/withdrawal", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def consents_withdraw(consent_id: int) -> Response:
    """Note a withdrawal to the minute."""
    consent = consent_row(consent_id)
    head, local = course_head(consent.course_id), now().astimezone(BERLIN)
    who = actor()
    values: dict[str, Any] = {"on": local.date(), "time": local.time(), "received_by": who.name if who else ""}
    form = bound(WithdrawalForm, version=consent.version, **values)
    form.signed_on = consent.signed_on

    def action() -> str:
        consents.withdraw_consent(consent_id, form.version.data, form.value(), now())
        notice(kt("Der Widerruf ist eingetragen. Ohne neue Einwilligung beginnt keine Sitzung."), "overdue")
        return url_for("kostenklar.courses_show", course_id=head.id)

    return carried_out(form, action) or form_page(
        "consents/withdraw.html", form, head=head, consent=consent, stops=stopped_by(head.id, consent_id)
    )


@bp.route("/consents/<int:consent_id>/discard", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
def consents_discard(consent_id: int) -> Response:
    """Put a prepared consent aside, after asking once."""
    consent = consent_row(consent_id)
    head = course_head(consent.course_id)
    form = bound(DiscardForm, version=consent.version)

    def action() -> str:
        consents.discard_consent(consent_id, form.version.data, form.reason.data)
        return url_for("kostenklar.courses_show", course_id=head.id)

    return carried_out(form, action) or form_page("consents/discard.html", form, head=head, consent=consent)


def signers_of(head: CourseHead) -> list[tuple[SignerRole, str]]:
    """The lines of the paper: the patient, for a minor both guardians, for an adult whoever acts for them."""
    own = (SignerRole.PATIENT, f"{head.patient_title} {head.first_name} {head.last_name}".strip()[:200])
    others = representatives_of(head.patient_id)
    if is_minor(head.birth_date, today()):
        names = [name for name, kind in others if kind in _GUARDIANS][:2]
        return [own, *((SignerRole.GUARDIAN, name) for name in [*names, *[""] * (2 - len(names))])]
    return [own, *((SignerRole.REPRESENTATIVE, name) for name, kind in others if kind not in _GUARDIANS)][:4]
