"""Which papers may be signed on a screen, on which lines, and how each of them is filed then."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from ...models.clarification import CaseGrant
from ...models.consent import Consent, CostNotice
from ...models.practice import Practice
from ...models.rules.minors import SignerRole
from ...models.rules.severity import Finding, Severity
from ...reports.content.base import PaperContent
from ...reports.content.parts import Signature
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from .case_grants import sign_grant
from .consents import Signer, sign_consent
from .cost_notices import sign_cost_notice
from .moves import steps
from .scans import FiledScan

MODELS: Final[dict[str, Any]] = {"consent": Consent, "cost_notice": CostNotice, "case_grant": CaseGrant}
INK_ONLY: Final = frozenset({"fee_agreement"})  # § 2 GOÄ: Schriftform, so ink always (domain 10.1 no. 3)
_STAFF: Final = frozenset({"physician", "practice"})
_CONSENT_ROLES: Final = {"patient": SignerRole.PATIENT, "guardian": SignerRole.GUARDIAN}


@dataclass(frozen=True, slots=True)
class Line:
    """A signature line of a paper: its place counted from 0, its role, its printed name, whether it must be signed."""

    place: int
    role: str
    name: str
    needed: bool


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """The signed paper as the services of the records file it; a FiledScan."""

    content: bytes
    media_type: str = "application/pdf"


def record_of(noun: str, record_id: int, *, lock: bool = True) -> Any:
    """The record, read afresh and locked; unlike `locked` it does not make the desk's open form stale.

    Raises NotFound, also for a foreign practice's record.
    """
    model = MODELS.get(noun)
    if model is None:
        raise NotFound(noun)
    query = select(model).where(model.id == record_id)
    record = session().scalar(
        scoped(query.with_for_update(of=model) if lock else query).execution_options(populate_existing=True)
    )
    if record is None:
        raise NotFound(f"{noun} {record_id}")
    return record


def lines_of(content: PaperContent) -> tuple[Line, ...]:
    """The paper's lines; a physician or the practice may sign on the tablet, too, but need not."""
    signatures: tuple[Signature, ...] = getattr(content, "signatures", ())
    return tuple(Line(place, line.role, line.name, line.role not in _STAFF) for place, line in enumerate(signatures))


def screen_findings(noun: str, record: Any, content: PaperContent) -> list[Finding]:
    """Why a paper cannot be signed on a screen."""
    if "sign" not in steps(noun, record.state):
        return [Finding("tablet_not_waiting", Severity.BLOCK)]
    if not any(line.needed for line in lines_of(content)):
        return [Finding("tablet_no_line", Severity.BLOCK)]
    if noun != "cost_notice":
        return []
    found = []
    if record.with_agreement and not session().get_one(Practice, record.practice_id).sign_agreement_on_screen:
        found.append(Finding("tablet_needs_ink", Severity.BLOCK, "§ 126 BGB"))
    elif record.handed_on is None:  # seen on a practice's screen is not text form (§ 126b BGB)
        found.append(Finding("tablet_hand_first", Severity.BLOCK, "§ 630c Abs. 3 BGB"))
    return found


def file_signed(noun: str, record_id: int, lines: tuple[Line, ...], scan: FiledScan, today: dt.date) -> Any:
    """File the signed paper by its own use case, with the names of those who signed. Raises RuleBroken."""
    if noun == "consent":
        signers = tuple(
            Signer(line.name, _CONSENT_ROLES[line.role], "known") for line in lines if line.role in _CONSENT_ROLES
        )
        return sign_consent(record_id, None, today, signers, scan, today, medium="screen")
    if noun == "cost_notice":
        return sign_cost_notice(record_id, None, today, scan, today, medium="screen")
    name = ", ".join(line.name for line in lines if line.needed)
    return sign_grant(record_id, None, today, scan, today, "screen", signer_name=name)
