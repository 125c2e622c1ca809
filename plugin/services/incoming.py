"""Takes in scanned letters and papers, files each by the number that stands on it, and puts others aside."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from ...models.blob import Blob
from ...models.clarification import Clarification
from ...models.disclosure import IncomingScan
from ...models.paper import IssuedPaper
from ...models.rules.incoming_states import INCOMING_SCAN, ScanState, ScanStep
from ...models.rules.severity import Finding, RuleBroken, Severity
from .. import blobs
from ..access import practices, scoped
from ..clock import now
from ..errors import NotFound
from ..extension import actor, session
from ..queries.incoming import Target
from ..unit_of_work import SYSTEM, locked
from .case_grants import sign_grant
from .consents import Signer, sign_consent
from .cost_notices import sign_cost_notice
from .fee_agreements import sign_fee_agreement
from .moves import move

_KNOWN: Final = {"waiting": "scan_known_waiting", "filed": "scan_known_filed", "put_aside": "scan_known_aside"}


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file as it was chosen: its name, its bytes and what they are."""

    name: str
    content: bytes
    media_type: str


def take_in(practice_id: int, files: Sequence[Arrived], received_on: dt.date) -> tuple[list[int], list[Finding]]:
    """(ids of what is new, what is here already). Raises NotFound outside the own practices, RuleBroken where
    nothing of it is new."""
    if practice_id not in practices():
        raise NotFound(f"practice {practice_id}")
    new: list[int] = []
    known: list[Finding] = []
    for each in files:
        if told := _known(practice_id, each):
            known.append(told)
            continue
        blob = blobs.put(practice_id, each.content, each.media_type)
        scan = IncomingScan(
            practice_id=practice_id, blob_id=blob.id, received_on=received_on, recorded_at=now(),
            recorded_by=(actor() or SYSTEM).name, file_name=each.name,
        )  # fmt: skip
        session().add(scan)
        session().flush()
        new.append(scan.id)
    if not new:
        raise RuleBroken(known)
    return new, known


def file_signed(
    scan_id: int,
    version: int | None,
    target: Target,
    signed_on: dt.date,
    signers: tuple[Signer, ...],
    today: dt.date,
) -> IncomingScan:
    """The scan is the signed paper; the paper's own service judges day and signers.

    Raises NotFound, StalePage, StepNotAllowed, RuleBroken.
    """
    scan = _unfiled(scan_id, version)
    content, media_type = blobs.get(scan.blob_id)
    paper = Arrived(scan.file_name, content, media_type)
    if target.noun == "consent":
        sign_consent(target.record_id, None, signed_on, signers, paper, today)
    elif target.noun == "cost_notice":
        sign_cost_notice(target.record_id, None, signed_on, paper, today)
    elif target.noun == "fee_agreement":
        sign_fee_agreement(target.record_id, None, signed_on, paper, today)
    else:
        sign_grant(target.record_id, None, signed_on, paper, today)
    return _filed(scan, target)


def file_letter(scan_id: int, version: int | None, target: Target) -> IncomingScan:
    """The scan is a letter to a case. Raises NotFound, StalePage, StepNotAllowed."""
    scan = _unfiled(scan_id, version)
    locked(Clarification, target.record_id)
    return _filed(scan, target)


def put_aside(scan_id: int, version: int | None, reason: str) -> IncomingScan:
    """It belongs to nothing here. Raises NotFound, StalePage, StepNotAllowed."""
    scan: IncomingScan = locked(IncomingScan, scan_id, version)
    # no row in the history of a patient: there is none
    scan.state = INCOMING_SCAN.advance(ScanState(scan.state), ScanStep.PUT_ASIDE).value
    scan.note, scan.filed_at, scan.filed_by = reason, now(), (actor() or SYSTEM).name
    return scan


def _unfiled(scan_id: int, version: int | None) -> IncomingScan:
    scan: IncomingScan = locked(IncomingScan, scan_id, version)
    INCOMING_SCAN.advance(ScanState(scan.state), ScanStep.FILE)
    return scan


def _filed(scan: IncomingScan, target: Target) -> IncomingScan:
    scan.patient_id, scan.noun, scan.record_id = target.patient_id, target.noun, target.record_id
    scan.filed_at, scan.filed_by = now(), (actor() or SYSTEM).name
    move(scan, ScanStep.FILE, target.number)
    return scan


def _known(practice_id: int, file: Arrived) -> Finding | None:
    """The same bytes are here already: as a scan, as a paper of ours that nobody signed, or filed with something."""
    digest = hashlib.sha256(file.content).hexdigest()
    blob_id = session().scalar(select(Blob.id).where(Blob.practice_id == practice_id, Blob.sha256 == digest))
    if blob_id is None:
        return None
    scan = session().scalar(scoped(select(IncomingScan).where(IncomingScan.blob_id == blob_id).limit(1)))
    if scan is not None:
        facts = {"name": file.name, "on": scan.received_on.isoformat()}
        return Finding(_KNOWN[scan.state], Severity.BLOCK, "", facts)
    number = session().scalar(scoped(select(IssuedPaper.number).where(IssuedPaper.blob_id == blob_id).limit(1)))
    if number is not None:
        return Finding("scan_is_our_paper", Severity.BLOCK, "", {"name": file.name, "number": number})
    return Finding("scan_in_file", Severity.BLOCK, "", {"name": file.name})
