"""Which consent, talk, cost notice and agreement of a course speak for one treatment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ...models.consent import Consent, CostNotice
from ...models.course import Explanation
from ...models.rules.consent import ConsentFacts, TalkFacts, TreatmentFacts, consent_problems
from ...models.rules.costs import AgreementFacts, CostNoticeFacts
from ...models.rules.minors import SignerRole
from ..clock import BERLIN
from .gate_records import CourseRecords, Happened


def best_consent(records: CourseRecords, treatment: TreatmentFacts, before: Iterable[Happened]) -> Consent | None:
    """The consent that carries the treatment; else the one whose want is to be told.

    A withdrawal is told until something newer is signed: a sheet that merely lies prepared does not undo it.
    """
    earlier = tuple(before)

    def rank(consent: Consent) -> tuple[int, int, int]:
        facts = consent_facts(consent, records.course.procedure.code)
        used = sessions_under(consent, earlier)
        problems = len(consent_problems(facts, _with_sessions(treatment, used)))
        if not problems:
            return 0, 0, -consent.id
        if consent.withdrawn_at is not None and not _signed_since(records.consents, consent.withdrawn_at):
            return 1, 0, -consent.id
        return 2, 0 if consent.withdrawn_at is None else 1, -consent.id

    return min(records.consents, key=rank, default=None)


def consent_facts(consent: Consent, procedure: str) -> ConsentFacts:
    """`procedure`: the code of the course's procedure, which is the consent's own (the paper was made from it)."""
    in_file = consent.recorded_at is not None and (consent.medium == "screen" or consent.scan_id is not None)
    return ConsentFacts(
        procedure=procedure,
        sites=frozenset(consent.sites.splitlines()),
        sessions=consent.sessions,
        signed_on=consent.signed_on,
        recorded=in_file,
        valid_until=consent.valid_until,
        withdrawn_at=consent.withdrawn_at,
        signers=tuple(SignerRole(signer.role) for signer in consent.signers),
        risk_clauses=frozenset(consent.risk_clauses.split(",")),
    )


def sessions_under(consent: Consent | None, before: Iterable[Happened]) -> int:
    """How many of the earlier sessions used up this consent: those since it was signed."""
    if consent is None or consent.signed_on is None:
        return 0
    return sum(each.on >= consent.signed_on for each in before)


def talk_facts(
    talks: Iterable[Explanation], signed_on: dt.date | None, on: dt.date, performer_id: int | None
) -> TalkFacts | None:
    """The last talk before the signature, or before the session where nothing is signed."""
    held = [(talk, talk.started_at.astimezone(BERLIN).date()) for talk in talks]
    if not held:
        return None
    limit = min(on, signed_on or on)
    _, day = next((each for each in reversed(held) if each[1] <= limit), held[0])
    return TalkFacts(
        held_on=day,
        by_performer=performer_id is None or any(talk.explained_by_id == performer_id for talk, _ in held),
        waived=any(talk.waiver.strip() for talk, _ in held),
    )


def notice_facts(notices: Iterable[CostNotice], on: dt.date) -> CostNoticeFacts:
    """The last cost information that reached the patient by that day; a signed one before one merely handed over."""
    reached = [each for each in notices if _reached_on(each) is not None]
    if not reached:
        return CostNoticeFacts()
    best = min(reached, key=lambda each: (_reached_on(each) > on, each.signed_on is None, -each.id))  # type: ignore[operator]  # dated, see above
    return CostNoticeFacts(best.handed_on, best.signed_on)


def agreement_facts(notices: Iterable[CostNotice], on: dt.date, *, accepts_screen: bool) -> AgreementFacts:
    """The signed self-payer agreement: one from before the session, in an accepted form, with its scan goes first."""
    signed = [each for each in notices if each.with_agreement and each.signed_on is not None]
    if not signed:
        return AgreementFacts(screen_accepted=accepts_screen)

    def rank(notice: CostNotice) -> tuple[bool, bool, bool, int]:
        refused = notice.medium == "screen" and not accepts_screen
        return notice.signed_on > on, refused, notice.scan_id is None, -notice.id  # type: ignore[operator]  # signed, see above

    best = min(signed, key=rank)
    return AgreementFacts(
        best.signed_on,
        recorded=best.scan_id is not None,
        drawn_on_screen=best.medium == "screen",
        screen_accepted=accepts_screen,
    )


def _reached_on(notice: CostNotice) -> dt.date | None:
    return notice.handed_on or notice.signed_on


def _signed_since(consents: Iterable[Consent], moment: dt.datetime) -> bool:
    return any(each.recorded_at is not None and each.recorded_at > moment for each in consents)


def _with_sessions(treatment: TreatmentFacts, done: int) -> TreatmentFacts:
    return TreatmentFacts(
        treatment.procedure, treatment.sites, treatment.on, treatment.starts_at, done, treatment.minor
    )
