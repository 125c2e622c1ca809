"""Gives a prepared paper to a tablet for its signature and takes it back: the desk's side."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from ...models.rules.severity import Finding, RuleBroken, Severity, refuse_blocked
from ...models.rules.tablet_states import SigningState, SigningStep
from ...models.signing import PaperSigning
from .. import pairing
from ..access import scoped
from ..extension import actor, session
from ..unit_of_work import SYSTEM, locked
from .moves import move
from .papers import content_of
from .signable import INK_ONLY, record_of, screen_findings

ALIVE = (SigningState.OFFERED.value, SigningState.PAIRED.value)


@dataclass(frozen=True, slots=True)
class Offered:
    """A signing that waits for its tablet; the code is told once and kept nowhere but as a hash."""

    signing_id: int
    code: str


def offer(noun: str, record_id: int, at: dt.datetime) -> Offered:
    """Let one tablet open this paper; an earlier offer of the same paper ends. Raises NotFound, RuleBroken."""
    if noun in INK_ONLY:
        raise RuleBroken([Finding("tablet_never", Severity.BLOCK, "§ 2 GOÄ, § 126 BGB")])
    record = record_of(noun, record_id)
    content = content_of(record.paper)
    refuse_blocked(screen_findings(noun, record, content))
    for earlier in _alive(noun, record_id):
        _end(earlier, at, "neu angeboten")
    code = pairing.new_code()
    signing = PaperSigning(
        practice_id=record.practice_id, patient_id=record.patient_id, noun=noun, record_id=record.id,
        record_version=record.version, paper_id=record.paper_id, paper_sha256=record.paper.sha256,
        code_sha256=pairing.digest(code), offered_at=at, offered_by=(actor() or SYSTEM).name,
        code_until=at + pairing.CODE_LIFE, ends_at=at + pairing.CODE_LIFE,
    )  # fmt: skip
    session().add(signing)
    session().flush()
    return Offered(signing.id, code)


def end(signing_id: int, at: dt.datetime) -> PaperSigning:
    """The desk takes the paper back, whatever the tablet did since the page was shown.

    Raises NotFound, StepNotAllowed (it is signed, or over already).
    """
    signing: PaperSigning = locked(PaperSigning, signing_id)
    _end(signing, at, "vom Empfang zurückgenommen")
    return signing


def _end(signing: PaperSigning, at: dt.datetime, reason: str) -> None:
    move(signing, SigningStep.END, reason)
    signing.ended_at = at


def _alive(noun: str, record_id: int) -> list[PaperSigning]:
    query = (
        select(PaperSigning)
        .where(PaperSigning.noun == noun, PaperSigning.record_id == record_id, PaperSigning.state.in_(ALIVE))
        .with_for_update(of=PaperSigning)
    )
    return list(session().scalars(scoped(query)))
