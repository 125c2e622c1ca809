"""Pages of clarifications: the list, a new case, one case with its next step, and the steps that ask once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from ..access import Permission, requires
from ..blueprint import bp
from ..clarification_words import CAUTIONS, STATES
from ..clock import today
from ..forms.base import KostenklarForm, bound
from ..forms.clarifications import NewCaseForm, NoteForm, WayForm, WhyForm
from ..forms.fields import choices
from ..patient_texts import POLICY_KINDS
from ..queries.case_grants import grants_of
from ..queries.clarification_answers import answers_of, asked_payers, expected
from ..queries.clarification_status import said_of, status_of_course
from ..queries.clarifications import Part, PolicyChoice, case_list, papers_of_case, policies_to_ask
from ..queries.courses import course_head
from ..queries.incoming import letters_of
from ..services import clarification_answers as answers
from ..services import clarification_ends as ends
from ..services import clarification_sending as sending
from ..services import clarifications
from ..shell import notice
from ..texts import kt, lazy_kt
from .clarification_pages import case_view, clock_of, history_of
from .clarification_steps import next_of, other_steps
from .sending import carried_out, form_page

PARTS: Final = {
    Part.OURS: lazy_kt("Offen bei uns"),
    Part.WAITING: lazy_kt("Wartet"),
    Part.OVERDUE: lazy_kt("Überfällig"),
    Part.ANSWERED: lazy_kt("Beantwortet"),
    Part.DONE: lazy_kt("Abgeschlossen"),
}


@bp.route("/clarifications")
@requires(Permission.SEE_PATIENTS)
def clarifications_list() -> str:
    """By who has to do something; the newest first."""
    asked, typed = request.args.get("part", ""), request.args.get("after", "")
    part = Part(asked) if asked in set(Part) else Part.OURS
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    return render_template(
        "kostenklar/clarifications/list.html", part=part, parts=PARTS, states=STATES, started=after is not None,
        page=case_list(part, today(), after),
    )  # fmt: skip


@bp.route("/courses/<int:course_id>/clarification", methods=["GET", "POST"])
@requires(Permission.CLARIFY_COSTS)
def clarifications_new(course_id: int) -> Response:
    """Open a case with the payer of one policy."""
    head = course_head(course_id)
    policies = policies_to_ask(head.patient_id, today())
    form = bound(NewCaseForm, version=head.version, policy_id=policies[0].id if len(policies) == 1 else None)
    form.policy_id.choices = choices([(policy.id, _policy(policy)) for policy in policies])

    def action() -> str:
        wanted = not form.declined.data
        case = clarifications.open_case(
            course_id, form.version.data, form.policy_id.data, form.way(), today(), query=wanted
        )
        notice(kt("Die Kostenklärung {number} ist angelegt.", number=case.number))
        return _url(case.id)

    return carried_out(form, action) or form_page(
        "clarifications/new.html", form, head=head, policies=policies, cases=status_of_course(course_id, today())
    )


@bp.route("/clarifications/<int:clarification_id>")
@requires(Permission.SEE_PATIENTS)
def clarifications_show(clarification_id: int) -> str:
    """The case: facts, deadline, history, one next step and the other ones as quiet links."""
    view = case_view(clarification_id, today())
    step, payers = next_of(view), asked_payers(view.case.course_id)
    return render_template(
        "kostenklar/clarifications/show.html",
        view=view,
        case=view.case,
        head=view.head,
        step=step,
        others=other_steps(view, step),
        clock=clock_of(view),
        answers=answers_of(clarification_id),
        standing=next((payer.answer for payer in payers if payer.case.id == clarification_id), None),
        expected=expected(payers, today()),
        cautions=CAUTIONS,
        papers=papers_of_case(view.case),
        grants=grants_of(clarification_id),
        letters=letters_of(clarification_id),
        history=history_of(view),
        said=said_of,
        policy_kinds=POLICY_KINDS,
    )


@bp.route("/clarifications/<int:clarification_id>/way", methods=["GET", "POST"])
@requires(Permission.CLARIFY_COSTS)
def clarifications_edit(clarification_id: int) -> Response:
    """Change who asks and how, before anything is sent."""
    view = case_view(clarification_id, today())
    form = bound(WayForm, obj=view.case, version=view.case.version)

    def action() -> str:
        clarifications.change_way(clarification_id, form.version.data, form.way())
        return _url(clarification_id)

    return carried_out(form, action) or form_page("clarifications/way.html", form, view=view)


@dataclass(frozen=True, slots=True)
class Question:
    """A step that asks once: the question, what follows, the button, the form, and the use case."""

    question: str
    consequence: str
    yes: str
    act: Callable[[int, Any], Any]
    form: type[KostenklarForm] = KostenklarForm


_ASKED: Final[dict[str, Question]] = {
    "open": Question(
        lazy_kt("Doch beim Kostenträger anfragen?"),
        lazy_kt("Danach braucht es einen Kostenvoranschlag und den Brief."),
        lazy_kt("Doch anfragen"),
        lambda key, form: clarifications.open_query(key, form.version.data),
    ),
    "estimate": Question(
        lazy_kt("Den Kostenvoranschlag dieser Serie zuordnen?"),
        lazy_kt("Die Anfrage nennt dann seine Nummer, sein Datum und seinen Betrag."),
        lazy_kt("Kostenvoranschlag zuordnen"),
        lambda key, form: clarifications.attach_estimate(key, form.version.data, today()),
    ),
    "give": Question(
        lazy_kt("Unterlagen der Patientin oder dem Patienten mitgeben?"),
        lazy_kt("Gefragt wird im Namen der Versicherungsnehmerin oder des Versicherungsnehmers. Wir erinnern daran, "
        "nachzufragen, ob abgeschickt wurde."),
        lazy_kt("Mitgegeben"),
        lambda key, form: sending.give_to_patient(key, form.version.data, today()),
    ),
    "ready": Question(
        lazy_kt("Anfrage zum Absenden bereitlegen?"),
        lazy_kt("Das geht nur mit Brief und gültiger Schweigepflichtentbindung (§ 203 StGB)."),
        lazy_kt("Bereitlegen"),
        lambda key, form: sending.make_ready(key, form.version.data, today()),
    ),
    "presume": Question(
        lazy_kt("Vermerken, dass keine Antwort kam?"),
        lazy_kt("Soweit § 192 Abs. 8 VVG gilt, wird vermutet, dass die Behandlung medizinisch notwendig ist, bis der "
        "Versicherer das Gegenteil beweist. Das ist keine Kostenzusage; Tarifgrenzen und Ausschlüsse bleiben möglich."),
        lazy_kt("Vermutung vermerken"),
        lambda key, form: ends.presume(key, form.version.data, today()),
    ),
    "object": Question(
        lazy_kt("Widerspruch gegen die Antwort eintragen?"),
        lazy_kt("Der Widerspruch ist Sache der Versicherungsnehmerin oder des Versicherungsnehmers."),
        lazy_kt("Widerspruch eintragen"),
        lambda key, form: answers.object_to(key, form.version.data, form.reason.data, today()),
        WhyForm,
    ),
    "close": Question(
        lazy_kt("Kostenklärung abschließen?"),
        lazy_kt("Alles bleibt in der Akte. Sie lässt sich neu beginnen."),
        lazy_kt("Abschließen"),
        lambda key, form: ends.close(key, form.version.data, form.reason.data or "", today()),
        NoteForm,
    ),
    "expire": Question(
        lazy_kt("Als abgelaufen ablegen?"),
        lazy_kt("Der Kostenvoranschlag gilt nicht mehr, abgeschickt wurde nichts."),
        lazy_kt("Ablegen"),
        lambda key, form: ends.expire(key, form.version.data, today()),
    ),
    "cancel": Question(
        lazy_kt("Kostenklärung abbrechen?"),
        lazy_kt("Alles bleibt in der Akte. Sie lässt sich neu beginnen."),
        lazy_kt("Abbrechen"),
        lambda key, form: ends.cancel(key, form.version.data, form.reason.data, today()),
        WhyForm,
    ),
    "reopen": Question(
        lazy_kt("Kostenklärung neu beginnen?"),
        lazy_kt("Sie braucht dann einen neuen Kostenvoranschlag. Frühere Antworten bleiben in der Akte und gelten "
        "nicht mehr."),
        lazy_kt("Neu beginnen"),
        lambda key, form: ends.reopen(key, form.version.data, form.reason.data),
        WhyForm,
    ),
}  # fmt: skip


@bp.route(f"/clarifications/<int:clarification_id>/<any({','.join(_ASKED)}):step>", methods=["GET", "POST"])
@requires(Permission.CLARIFY_COSTS)
def clarifications_step(clarification_id: int, step: str) -> Response:
    """A step that needs no more than a yes, or a reason."""
    view = case_view(clarification_id, today())
    asked = _ASKED[step]
    form = bound(asked.form, version=view.case.version)

    def action() -> str:
        asked.act(clarification_id, form)
        return _url(clarification_id)

    return carried_out(form, action) or form_page("clarifications/step.html", form, view=view, asked=asked)


def _url(clarification_id: int) -> str:
    return url_for("kostenklar.clarifications_show", clarification_id=clarification_id)


def _policy(policy: PolicyChoice) -> str:
    kind = kt(POLICY_KINDS[policy.kind])
    named = f"{policy.insurer}, {kind}" if policy.insurer else kind
    return kt("{policy} (über {name})", policy=named, name=policy.holder) if policy.holder else named
