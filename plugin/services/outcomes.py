"""Tells the patient the outcome: issues the information with what every payer answered, and notes day and way."""

from __future__ import annotations

import datetime as dt
from typing import Final

from ...models.clarification import AnswerLine, Clarification, ClarificationAnswer
from ...models.estimate import Estimate
from ...models.rules.case_states import ClarificationState
from ...models.rules.numbering import NumberKind
from ...models.rules.reimbursement import Caution, PayerPart
from ...models.rules.severity import Finding, Severity, refuse_blocked
from ...reports.content.base import Language
from ...reports.content.formats import day, factor, money
from ...reports.content.outcome import OutcomeContent, PayerOutcome
from ...reports.content.texts import filled
from ...reports.content.words import word
from ..queries.clarification_answers import AskedPayer, asked_payers, expected
from ..unit_of_work import locked
from . import papers
from .clarification_dates import due_day_of
from .letterheads import address, person
from .numbers import draw
from .paper_heads import PaperHead, latest_talk, paper_head, physician_of
from .texts import wording

S = ClarificationState
TELLABLE: Final = (S.ANSWERED.value, S.PRESUMED.value, S.OBJECTION.value, S.OVERDUE.value, S.CLOSED.value)
_CAUTIONS: Final = {
    Caution.SECTION_2_FEE: "outcome_section_2",
    Caution.CONDITIONS: "outcome_under_conditions",
    Caution.RAN_OUT: "outcome_ran_out",
}


def tell_patient(
    clarification_id: int, version: int | None, on: dt.date, how: str, language: Language, today: dt.date
) -> Clarification:
    """Issue the information on the outcome and note that the patient has it: paper, telephone, email, in person.

    Raises NotFound, StalePage, RuleBroken.
    """
    case: Clarification = locked(Clarification, clarification_id, version)
    refuse_blocked(telling_findings(case, on, how, today))
    head = paper_head(case.course, language)
    number = draw(case.practice_id, NumberKind.OUTCOME, today.year)
    content = outcome_content(head, number, today)
    paper = papers.issue(
        content, practice_id=case.practice_id, patient_id=case.patient_id, number=number, issued_on=today
    )
    case.outcome_paper_id, case.told_on, case.told_how = paper.id, on, how
    return case


def telling_findings(case: Clarification, on: dt.date, how: str, today: dt.date) -> list[Finding]:
    """Nothing to tell yet, told in the future, or by a mail nobody agreed to."""
    if case.state not in TELLABLE:
        return [Finding("nothing_to_tell", Severity.BLOCK)]
    found = [Finding("told_in_future", Severity.BLOCK)] if on > today else []
    patient = case.course.patient
    if how == "email" and not (patient.email and patient.email_consent):
        found.append(Finding("email_not_agreed", Severity.BLOCK))
    return found


def outcome_content(head: PaperHead, number: str, today: dt.date) -> OutcomeContent:
    """All payers of the course with what they answered, and what is probably not reimbursed."""
    language = head.language
    payers = asked_payers(head.course.id)
    whole = expected(payers, today)
    parts = whole.parts if whole else (None,) * len(payers)
    estimates = [payer.case.estimate for payer in payers if payer.case.estimate]
    latest = max(estimates, key=lambda each: each.id) if estimates else None
    return OutcomeContent(
        language=language,
        letterhead=head.letterhead,
        recipient=address(head.patient),
        number=number,
        issued_on=today,
        patient=person(head.patient),
        physician=physician_of(head, latest_talk(head.course.id)),
        procedure=head.procedure_name,
        estimate=_estimate(latest, language) if latest else "",
        payers=tuple(_payer(head, payer, part, today) for payer, part in zip(payers, parts, strict=True)),
        gap=whole.gap if whole else None,
        whole=wording(head.practice.id, "clarification.whole", language, today),
        contact=head.site.telephone,
    )


def _estimate(estimate: Estimate, language: Language) -> str:
    count = estimate.sessions_max
    sessions = (
        word(language, "query_sessions_one") if count == 1 else word(language, "query_sessions", count=str(count))
    )
    return word(
        language, "outcome_estimate_value", number=estimate.number, day=day(estimate.issued_on, language),
        amount=money(estimate.gross_max, language), sessions=sessions,
    )  # fmt: skip


def _payer(head: PaperHead, payer: AskedPayer, part: PayerPart | None, today: dt.date) -> PayerOutcome:
    language, answer = head.language, payer.answer
    cautions = [word(language, _CAUTIONS[each], payer=payer.name) for each in (part.cautions if part else ())]
    return PayerOutcome(
        payer=payer.name or "–",
        number=payer.case.number,
        headline=word(language, f"outcome_{answer.decision}" if answer else "outcome_none"),
        details=_details(answer, language) if answer else (),
        note=_presumption(head, payer.case, today),
        part=part.part if part else None,
        gap=part.gap if part else None,
        cautions=tuple(cautions),
    )


def _details(answer: ClarificationAnswer, language: Language) -> tuple[str, ...]:
    facts = [word(language, "outcome_of", day=day(answer.dated_on, language))]
    if answer.amount is not None:
        facts.append(word(language, "outcome_amount", amount=money(answer.amount, language)))
    if answer.factor_cap is not None:
        facts.append(word(language, "outcome_cap", factor=factor(answer.factor_cap, language)))
    if answer.sessions is not None:
        facts.append(word(language, "outcome_sessions", count=str(answer.sessions)))
    if answer.valid_until is not None:
        facts.append(word(language, "outcome_until", day=day(answer.valid_until, language)))
    lines = [_line(line, language) for line in answer.lines]
    more = [word(language, "outcome_conditions", text=answer.conditions)] if answer.conditions else []
    if answer.objection_until:
        more.append(word(language, "outcome_objection", day=day(answer.objection_until, language)))
    return (", ".join(facts) + ".", *lines, *more)


def _line(line: AnswerLine, language: Language) -> str:
    """ "Nr. 2442: anerkannt, bis Faktor 2,3, Sitzungen: 4"."""
    said = [word(language, f"outcome_line_{line.verdict}", number=line.estimate_line.goae_number)]
    if line.factor_cap is not None:
        said.append(word(language, "outcome_cap", factor=factor(line.factor_cap, language)))
    if line.sessions is not None:
        said.append(word(language, "outcome_sessions", count=str(line.sessions)))
    return ", ".join([*said, line.reason] if line.reason else said)


def _presumption(head: PaperHead, case: Clarification, today: dt.date) -> str:
    """The wording of the presumption, while no answer stands."""
    due = due_day_of(case)
    if case.state != S.PRESUMED.value or due is None:
        return ""
    body = wording(head.practice.id, "clarification.presumption", head.language, today)
    return filled(body, {"until": day(due.due_on, head.language)})
