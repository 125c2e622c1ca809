"""Pages of a release and of a power of attorney: prepare it, file the signed one, take one back, put one aside."""

from __future__ import annotations

from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from ...models.rules.deadlines import add_months
from ...models.rules.grants import GrantKind
from ..access import Permission, requires
from ..blueprint import bp
from ..clock import BERLIN, now, today
from ..errors import NotFound
from ..extension import actor
from ..forms.base import bound
from ..forms.case_grants import TICKS, GrantForm, ReleaseForm, RevocationForm, SignedGrantForm
from ..forms.consents import DiscardForm
from ..queries.case_grants import CaseHead, GrantRow, case_head, grant_row, grants_of
from ..queries.courses import CourseHead, course_head
from ..services import case_grants
from ..services.grant_content import signing_party
from ..shell import notice
from ..texts import kt
from .sending import carried_out, form_page
from .signings import tablet_offer

_MONTHS = 6  # [own] long enough for a query, its reminder and an objection; can be typed over


@bp.route("/clarifications/<int:clarification_id>/grants/<kind>", methods=["GET", "POST"])
@requires(Permission.CLARIFY_COSTS)
def grants_new(clarification_id: int, kind: str) -> Response:
    """Issue the sheet; then it is printed and signed, or given to the tablet."""
    case = case_head(clarification_id)
    if kind not in set(GrantKind):
        raise NotFound(f"grant {kind}")
    head = course_head(case.course_id)
    form = bound(
        ReleaseForm if kind == GrantKind.RELEASE.value else GrantForm,
        version=case.version,
        purpose=_purpose(case, head),
        valid_until=add_months(today(), _MONTHS),
        language="en" if head.patient_language == "en" else "de",
    )

    def action() -> str:
        grant = case_grants.prepare_grant(clarification_id, form.version.data, form.value(), today())
        return url_for("kostenklar.grants_sign", grant_id=grant.id)

    waiting = next((row for row in grants_of(case.id) if (row.kind, row.state) == (kind, "prepared")), None)
    return carried_out(form, action) or form_page(
        "case_grants/new.html", form, kind=kind, waiting=waiting, ticks=TICKS,
        party=signing_party(case.id, GrantKind(kind), today()), **_about(case, head),
    )  # fmt: skip


@bp.route("/grants/<int:grant_id>/signed", methods=["GET", "POST"])
@requires(Permission.CLARIFY_COSTS)
def grants_sign(grant_id: int) -> Response:
    """The issued sheet to print, and the signed one to file."""
    grant, case, head = _opened(grant_id)
    form = bound(SignedGrantForm, version=grant.version, signer_name=grant.signer_name)
    form.issued_on, form.valid_until = grant.issued_on, grant.valid_until

    def action() -> str:
        case_grants.sign_grant(
            grant_id, form.version.data, form.signed_on.data, form.scan.data, today(),
            signer_name=form.signer_name.data, own_form=form.own_form.data,
        )  # fmt: skip
        notice(kt("{paper} {number} liegt unterschrieben in der Akte.", paper=grant.paper, number=grant.number))
        return _case_url(case)

    return carried_out(form, action) or form_page(
        "case_grants/sign.html", form, grant=grant, tablet=tablet_offer("case_grant", grant_id), **_about(case, head)
    )


@bp.route("/grants/<int:grant_id>/revoked", methods=["GET", "POST"])
@requires(Permission.CLARIFY_COSTS)
def grants_revoke(grant_id: int) -> Response:
    """Note that a signed one was taken back, to the minute."""
    grant, case, head = _opened(grant_id)
    local, who = now().astimezone(BERLIN), actor()
    values: dict[str, Any] = {"on": local.date(), "time": local.time(), "received_by": who.name if who else ""}
    form = bound(RevocationForm, version=grant.version, **values)
    form.signed_on = grant.signed_on

    def action() -> str:
        case_grants.revoke_grant(grant_id, form.version.data, form.value(), now())
        notice(_after_revocation(grant), "overdue")
        return _case_url(case)

    return carried_out(form, action) or form_page("case_grants/revoke.html", form, grant=grant, **_about(case, head))


@bp.route("/grants/<int:grant_id>/discard", methods=["GET", "POST"])
@requires(Permission.CLARIFY_COSTS)
def grants_discard(grant_id: int) -> Response:
    """Put an unsigned sheet aside, after asking once."""
    grant, case, head = _opened(grant_id)
    form = bound(DiscardForm, version=grant.version)

    def action() -> str:
        case_grants.discard_grant(grant_id, form.version.data, form.reason.data)
        return _case_url(case)

    return carried_out(form, action) or form_page("case_grants/discard.html", form, grant=grant, **_about(case, head))


def _opened(grant_id: int) -> tuple[GrantRow, CaseHead, CourseHead]:
    grant = grant_row(grant_id)
    case = case_head(grant.clarification_id)
    return grant, case, course_head(case.course_id)


def _about(case: CaseHead, head: CourseHead) -> dict[str, Any]:
    return {"case": case, "head": head, "back_url": _case_url(case)}


def _case_url(case: CaseHead) -> str:
    return url_for("kostenklar.clarifications_show", clarification_id=case.id)


def _purpose(case: CaseHead, head: CourseHead) -> str:
    """In the language of the sheet, as it will be printed."""
    if head.patient_language == "en":
        return f"Clarifying before the treatment whether its costs are covered (case {case.number})"
    return f"Klärung der Kostenübernahme vor der Behandlung (Fall {case.number})"


def _after_revocation(grant: GrantRow) -> str:
    if grant.kind == GrantKind.RELEASE.value:
        return kt("Der Widerruf ist eingetragen. Ab jetzt geht nichts mehr an den Versicherer.")
    return kt("Der Widerruf ist eingetragen. Die Praxis schreibt nicht mehr im Namen der versicherten Person.")
