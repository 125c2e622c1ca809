"""The way of a query: given to the patient or made ready, sent, received, asked for more, sent again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from ...models.clarification import Clarification
from ...models.paper import IssuedPaper
from ...models.practice import Practice
from ...models.rules.case_states import CLARIFICATION, ClarificationState, ClarificationStep
from ...models.rules.clarification_clock import AskedBy, ClockReason
from ...models.rules.severity import Finding, Severity, refuse_blocked
from ..extension import session
from ..queries.case_grants import missing_grant
from ..unit_of_work import locked
from .clarification_dates import case_in_hand, set_clock, set_due, why_clock
from .clarifications import PATIENT, PRACTICE, Way, take_way
from .disclosures import note_sent
from .moves import move
from .released_papers import papers_beyond_release

S, Step = ClarificationState, ClarificationStep


@dataclass(frozen=True, slots=True)
class Sending:
    """When and how a query went out; `channel` is patient, post, registered, fax, portal or email."""

    on: dt.date
    channel: str
    proof: str = ""


def give_to_patient(clarification_id: int, version: int | None, today: dt.date) -> Clarification:
    """The policyholder hands it in; after some days we ask whether that was done.

    Raises NotFound, StalePage, StepNotAllowed.
    """
    case: Clarification = locked(Clarification, clarification_id, version)
    hand_over(case, today)
    return case


def hand_over(case: Clarification, today: dt.date, reason: str = "") -> None:
    """Move a locked case to the patient: from here the query is made in the policyholder's own name."""
    move(case, Step.GIVE_TO_PATIENT, reason)
    take_way(case, Way(PATIENT, AskedBy.POLICYHOLDER.value, case.urgent, case.urgent_reason))
    case.remind_on = _later(case, today)


def make_ready(clarification_id: int, version: int | None, today: dt.date) -> Clarification:
    """The practice will send it: letter and release are there.

    Raises NotFound, StalePage, StepNotAllowed, RuleBroken.
    """
    case: Clarification = locked(Clarification, clarification_id, version)
    CLARIFICATION.advance(S(case.state), Step.MAKE_READY)
    refuse_blocked([*_letter_missing(case), *(release_findings(case.id, today) or papers_beyond_release(case, today))])
    move(case, Step.MAKE_READY)
    case.route = PRACTICE
    return case


def submit(clarification_id: int, version: int | None, sending: Sending, today: dt.date) -> Clarification:
    """Note that the query went out, from which the dates follow. What the practice sends needs a release that holds
    for this insurer on that day (§ 203 StGB); nobody at the desk overrides that.

    Raises NotFound, StalePage, StepNotAllowed, RuleBroken.
    """
    case: Clarification = locked(Clarification, clarification_id, version)
    CLARIFICATION.advance(S(case.state), Step.SUBMIT)
    found = sending_findings(case, sending, today)
    if case.state == S.READY.value:
        found += _letter_missing(case)
        found += _released(case, sending, today) or papers_beyond_release(case, sending.on)
    else:
        sending = replace(sending, channel=PATIENT)
    refuse_blocked(found)
    _sent(case, Step.SUBMIT, sending)
    _log(case)
    set_clock(case, why_clock(case, sending.on))
    return case


def resubmit(clarification_id: int, version: int | None, sending: Sending, today: dt.date) -> Clarification:
    """Send what was asked for, or the objection: the next round.

    Whether a demand for documents moves the statutory clock is disputed (domain 4.4), so it keeps its first date. A
    round after an answer is no new request under § 192(8) VVG: no clock, only our reminder.
    Raises NotFound, StalePage, StepNotAllowed, RuleBroken.
    """
    case = case_in_hand(clarification_id, version, today)
    CLARIFICATION.advance(S(case.state), Step.RESUBMIT)
    found = sending_findings(case, sending, today)
    if sending.channel != PATIENT:  # patients may send what they like
        found += _released(case, sending, today)
    refuse_blocked(found)
    after_answer, first = case.state == S.OBJECTION.value, (case.sent_on, case.received_on, case.received_proof)
    _sent(case, Step.RESUBMIT, sending)
    _log(case)
    case.round += 1
    if after_answer:
        case.decision = ""
        set_clock(case, ClockReason.AFTER_ANSWER)
    elif case.statutory_clock:
        case.sent_on, case.received_on, case.received_proof = first
    else:
        set_due(case)
    return case


def receive(clarification_id: int, version: int | None, on: dt.date, proof: str, today: dt.date) -> Clarification:
    """Note the proven day of receipt, from which the answer's date is reckoned anew.

    An awaited query is acknowledged; one that is further on keeps its state and only gets the day.
    Raises NotFound, StalePage, StepNotAllowed, RuleBroken.
    """
    case: Clarification = locked(Clarification, clarification_id, version)
    if case.state not in (S.ACKNOWLEDGED.value, S.DOCUMENTS_REQUESTED.value, S.OVERDUE.value):
        CLARIFICATION.advance(S(case.state), Step.ACKNOWLEDGE)
    refuse_blocked(receipt_findings(case.sent_on, on, today))
    if case.state == S.SUBMITTED.value:
        move(case, Step.ACKNOWLEDGE, f"{on:%d.%m.%Y}, {proof}")
    case.received_on, case.received_proof = on, proof
    set_due(case)
    return case


def ask_documents(clarification_id: int, version: int | None, on: dt.date, what: str, today: dt.date) -> Clarification:
    """The payer asks for more; the clock keeps its date. Raises NotFound, StalePage, StepNotAllowed, RuleBroken."""
    case = case_in_hand(clarification_id, version, today)
    CLARIFICATION.advance(S(case.state), Step.ASK_DOCUMENTS)
    refuse_blocked(receipt_findings(case.sent_on, on, today))
    move(case, Step.ASK_DOCUMENTS, f"{on:%d.%m.%Y}: {what}")
    case.remind_on = _later(case, on)
    return case


def release_findings(clarification_id: int, on: dt.date) -> list[Finding]:
    """The block where no release holds for this insurer on that day, with the reason; empty where one does."""
    found = missing_grant(clarification_id, "release", on)
    return [found] if found else []


def sending_findings(case: Clarification, sending: Sending, today: dt.date) -> list[Finding]:
    """When a query cannot have been sent: in the future, before its letter, before the round it follows."""
    if sending.on > today:
        return [Finding("sent_in_future", Severity.BLOCK)]
    paper = session().get(IssuedPaper, case.query_paper_id) if case.query_paper_id else None
    if case.sent_on and sending.on < case.sent_on:
        return [Finding("sent_before_last_round", Severity.BLOCK, "", {"sent_on": case.sent_on.isoformat()})]
    if paper and case.sent_on is None and sending.on < paper.issued_on:
        facts = {"number": paper.number, "issued_on": paper.issued_on.isoformat()}
        return [Finding("sent_before_letter", Severity.BLOCK, "", facts)]
    return []


def receipt_findings(sent_on: dt.date | None, on: dt.date, today: dt.date) -> list[Finding]:
    """When nothing can have arrived: in the future, or before it was sent."""
    if on > today:
        return [Finding("received_in_future", Severity.BLOCK)]
    if sent_on and on < sent_on:
        return [Finding("received_before_sent", Severity.BLOCK, "", {"sent_on": sent_on.isoformat()})]
    return []


def _released(case: Clarification, sending: Sending, today: dt.date) -> list[Finding]:
    """The practice sends only with a release that holds on the day of sending and today."""
    return release_findings(case.id, sending.on) or release_findings(case.id, today)


def _letter_missing(case: Clarification) -> list[Finding]:
    return [] if case.query_paper_id else [Finding("query_missing", Severity.BLOCK)]


def _sent(case: Clarification, step: ClarificationStep, sending: Sending) -> None:
    told = [f"{sending.on:%d.%m.%Y}", sending.proof]
    move(case, step, ", ".join(part for part in told if part))
    case.sent_on, case.sent_channel, case.sent_proof = sending.on, sending.channel, sending.proof
    case.received_on, case.received_proof, case.remind_on = None, "", None


def _log(case: Clarification) -> None:
    """Whatever the practice itself sends is a disclosure (§ 203 StGB); a later round may carry anything of the case."""
    if case.sent_channel == PATIENT or case.insurer is None:
        return
    letter = session().get(IssuedPaper, case.query_paper_id) if case.query_paper_id else None
    numbers = [case.number, *([case.estimate.number] if case.estimate else []), *([letter.number] if letter else [])]
    note_sent(case, numbers, case.insurer.name)


def _later(case: Clarification, on: dt.date) -> dt.date:
    return on + dt.timedelta(days=session().get_one(Practice, case.practice_id).query_reminder_days)
