"""Writes down what went out of the house: to whom what was told or printed, and how the identity was checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...models.clarification import Clarification
from ...models.disclosure import Disclosure
from ...models.patient import Patient
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...models.rules.telling import Listener, ListenerRole
from ..clock import now
from ..extension import actor, session
from ..queries.telephone_page import Telling, telling
from ..telephone_texts import Spoken, fingerprint, spoken
from ..unit_of_work import SYSTEM

NOBODY = ListenerRole.NOBODY.value


@dataclass(frozen=True, slots=True)
class Told:
    """The listener's key or "nobody", how the identity was checked, the keys of the sentences that were read."""

    listener: str
    identity: str
    said: tuple[str, ...]


def tell(patient_id: int, told: Told, read: str, today: dt.date) -> list[Disclosure]:
    """Keep what was said on the telephone, one row for each sentence. `read` is the fingerprint of the page.

    Raises NotFound, and RuleBroken for a listener who may not hear it, or where the page no longer says what is so.
    """
    facts = telling(patient_id, today)
    sentences = spoken(facts)
    if fingerprint(sentences) != read:
        raise _broken("told_outdated")
    practice_id = session().get_one(Patient, patient_id).practice_id
    if told.listener == NOBODY:
        return [_keep(practice_id, patient_id, "told", told_role=NOBODY, noun="patient", record_id=patient_id)]
    listener = _listener(facts, told)
    said = [each for each in sentences if each.key in told.said]
    if not said:
        raise _broken("told_nothing")
    _refuse_unheard(listener, said)
    return [
        _keep(
            practice_id, patient_id, "told", noun=each.noun, record_id=each.record_id, sentence=each.text,
            told_name=listener.name, told_role=listener.role.value, identity=told.identity,
        )
        for each in said
    ]  # fmt: skip


def note_printed(practice_id: int, papers: Mapping[int, Sequence[str]]) -> None:
    """Papers left the printer: for each patient's id the numbers."""
    for patient_id, numbers in papers.items():
        _keep(practice_id, patient_id, "printed", noun="papers", record_id=None, sentence=", ".join(numbers))


def note_sent(case: Clarification, papers: Sequence[str], insurer: str) -> None:
    """The practice sent something of the case to the insurer: by number, so no diagnosis stands in the log."""
    sentence = f"{', '.join(papers)}: {insurer}"
    _keep(case.practice_id, case.patient_id, "sent", noun="clarification", record_id=case.id, sentence=sentence)


def note_handed_over(practice_id: int, patient_id: int, invoice_id: int, papers: Sequence[str], to: str) -> None:
    """Papers of an unpaid claim went to a lawyer: by number, so no service and no diagnosis stands in the log."""
    sentence = f"{', '.join(papers)}: {to}"
    _keep(practice_id, patient_id, "exported", noun="invoice", record_id=invoice_id, sentence=sentence)


def _listener(facts: Telling, told: Told) -> Listener:
    listener = next((each for each in facts.listeners if each.key == told.listener), None)
    if listener is None:
        raise _broken("told_not_allowed")
    if not told.identity:
        raise _broken("told_unchecked")
    return listener


def _refuse_unheard(listener: Listener, said: Sequence[Spoken]) -> None:
    for each in said:
        if not listener.may_hear(each.topic, each.policy_id, of_a_case=each.noun == "clarification"):
            raise _broken("told_beyond_scope", name=listener.name, sentence=each.text)


def _keep(practice_id: int, patient_id: int, what: str, *, noun: str, record_id: int | None, **more: str) -> Disclosure:
    who = actor() or SYSTEM
    row = Disclosure(
        practice_id=practice_id, patient_id=patient_id, at=now(), actor_key=who.key, actor_name=who.name, what=what,
        noun=noun, record_id=record_id, **more,
    )  # fmt: skip
    session().add(row)
    return row


def _broken(code: str, **facts: str) -> RuleBroken:
    return RuleBroken([Finding(code, Severity.BLOCK, "", facts)])
