"""Which of a session's missing papers can be issued without anybody deciding something, and which cannot, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from .gate_facts import GateItem, GateState
from .payers import PayerKind
from .vat import Indication


@dataclass(frozen=True, slots=True)
class SessionPapers:
    """What is known of a planned session: its gate, its lesions' indications, and what lies there unsigned."""

    items: tuple[GateItem, ...]
    payer: PayerKind
    indications: tuple[Indication, ...]
    consent_prepared: bool = False
    notice_unsigned: bool = False
    notice_unscanned: bool = False


@dataclass(frozen=True, slots=True)
class MissingPaper:
    """kind: consent or cost_notice; `reason` is why somebody must look first, "" where it can be issued.

    Reasons: lesions, withdrawn, benign, undecided, fund, scan.
    """

    kind: str
    reason: str = ""


def missing_papers(session: SessionPapers) -> tuple[MissingPaper, ...]:
    """In the order in which they are laid before the patient; what lies prepared is not missing."""
    found = []
    if _open(session.items, "consent") and not session.consent_prepared:
        found.append(MissingPaper("consent", _consent_reason(session)))
    if (_open(session.items, "cost_notice") or _open(session.items, "self_payer_agreement")) and not (
        session.notice_unsigned
    ):
        found.append(MissingPaper("cost_notice", _costs_reason(session)))
    return tuple(found)


def _consent_reason(session: SessionPapers) -> str:
    """Whoever withdrew is asked before a new sheet lies there; a mole is judged before anybody consents."""
    if not session.indications:
        return "lesions"
    if "consent_withdrawn" in _codes(session.items, "consent"):
        return "withdrawn"
    return "benign" if _open(session.items, "benign") else ""


def _costs_reason(session: SessionPapers) -> str:
    """The indication drives VAT and wording (domain 10.1 no. 1); a medical one asks the fund first (no. 6)."""
    if not session.indications:
        return "lesions"
    if session.notice_unscanned:
        return "scan"
    if Indication.UNDECIDED in session.indications:
        return "undecided"
    if session.payer is PayerKind.GKV and Indication.MEDICAL in session.indications:
        return "fund"
    return ""


def _open(items: Iterable[GateItem], code: str) -> bool:
    return any(item.code == code and item.state is not GateState.DONE for item in items)


def _codes(items: Iterable[GateItem], code: str) -> set[str]:
    return {finding.code for item in items if item.code == code for finding in item.findings}
