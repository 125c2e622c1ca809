"""Pages of an estimate: issue it, look at it, note that it was handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from flask import render_template, url_for
from werkzeug.wrappers import Response

from ...models.rules.vat import Indication
from ..access import Permission, requires
from ..blueprint import bp
from ..clock import today
from ..forms.base import bound
from ..forms.cost_notices import HandForm
from ..forms.estimates import EstimateForm
from ..queries import words
from ..queries.clarification_status import status_of_course
from ..queries.cost_notices import cover_on
from ..queries.course_parts import LesionRow, lesions_of
from ..queries.courses import course_head
from ..queries.estimates import estimate_days, estimate_row, latest_estimate, lines_of, resting_on
from ..queries.standing import standing
from ..services import estimates
from ..services.cost_plans import planned_chain
from ..services.estimate_checks import EstimateFacts, billing_findings, issued_warnings
from ..services.estimate_plans import EstimatedFactor, LineStart, first_lines, has_laser_line
from ..services.prices import regime_of
from ..shell import notice
from ..texts import kt
from .estimate_words import cases, money_lines, step_of, warnings
from .sending import carried_out, form_page


@bp.route("/courses/<int:course_id>/estimate", methods=["GET", "POST"])
@requires(Permission.CLARIFY_COSTS)
def estimates_new(course_id: int) -> Response:
    """Issue an estimate, itemised like an invoice."""
    head, services = course_head(course_id), planned_chain(course_id, today())
    lesions, latest = lesions_of(course_id), latest_estimate(course_id)
    starts: Sequence[LineStart] = first_lines(services, lines_of(latest.id) if latest else ())
    form = bound(
        EstimateForm,
        version=head.version,
        sessions_min=head.sessions_min,
        sessions_max=head.sessions_max,
        valid_until=today() + timedelta(days=estimate_days(head.practice_id)),
        language="en" if head.patient_language == "en" else "de",
        lines=[{"factor": start.factor, "reason": start.reason} for start in starts],
    )
    form.services = services

    def action() -> str:
        estimate = estimates.issue_estimate(course_id, form.version.data, form.value(), today())
        return url_for("kostenklar.estimates_show", estimate_id=estimate.id)

    if done := carried_out(form, action):
        return done
    cover, at = cover_on(head.patient_id, today()), standing(course_id, today())
    facts = EstimateFacts(
        Indication(at.indication), cover, regime_of(head.practice_id), any(each.kind == "mole" for each in lesions)
    )
    factors = [EstimatedFactor(start.factor, start.reason) for start in starts]
    return form_page(
        "estimates/new.html",
        form,
        head=head,
        services=services,
        lesions=lesions,
        laser=has_laser_line(services),
        at_most=_area_at_most(lesions),
        cover=cover,
        standing=at,
        checks=billing_findings(facts, services, factors, today()),
        words=words,
    )


@bp.route("/estimates/<int:estimate_id>")
@requires(Permission.SEE_PATIENTS)
def estimates_show(estimate_id: int) -> str:
    """The estimate with its lines, its sums, and the clarifications that rest on it."""
    estimate = estimate_row(estimate_id)
    head, at = course_head(estimate.course_id), standing(estimate.course_id, today())
    resting, lines = resting_on(estimate_id), lines_of(estimate_id)
    cover, regime = cover_on(head.patient_id, today()), regime_of(head.practice_id)
    return render_template(
        "kostenklar/estimates/show.html",
        head=head,
        estimate=estimate,
        lines=money_lines(lines),
        checks=issued_warnings(lines, cover, regime, estimate.issued_on) if estimate.live(today()) else [],
        cases=cases(resting),
        said={case.number: case.sentence for case in status_of_course(estimate.course_id, today())},
        step=step_of(estimate, at, resting, today()),
        warnings=warnings(estimate, at.indication, today()),
        payer=at.payer,
        words=words,
    )


@bp.route("/estimates/<int:estimate_id>/handed", methods=["GET", "POST"])
@requires(Permission.CLARIFY_COSTS)
def estimates_hand(estimate_id: int) -> Response:
    """The issued paper to print or mail, and the day it reached the patient."""
    estimate = estimate_row(estimate_id)
    head = course_head(estimate.course_id)
    form = bound(HandForm, version=estimate.version, on=today())
    form.issued_on, form.mail_allowed = estimate.issued_on, bool(head.email and head.email_consent)

    def action() -> str:
        estimates.hand_estimate(estimate_id, form.version.data, form.on.data, form.how.data, today())
        notice(kt("Die Übergabe des Kostenvoranschlags {number} ist eingetragen.", number=estimate.number))
        return url_for("kostenklar.estimates_show", estimate_id=estimate_id)

    return carried_out(form, action) or form_page("estimates/hand.html", form, head=head, estimate=estimate)


def _area_at_most(lesions: Sequence[LesionRow]) -> Decimal | None:
    """What the sizes allow at most, in cm²: each lesion as a square of its largest measure."""
    if not lesions or any(not lesion.size_mm for lesion in lesions):
        return None
    return sum(((lesion.size_mm or Decimal()) ** 2 / 100 * lesion.count for lesion in lesions), Decimal())
