"""The closed tables of moves of papers and cases around a course: estimate, clarification, grants, agreement."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from .states import MoveTable


class EstimateState(StrEnum):
    """Where one estimate stands."""

    ISSUED = "issued"
    HANDED = "handed"
    EXPIRED = "expired"
    REPLACED = "replaced"


class EstimateStep(StrEnum):
    """What can happen to an estimate."""

    HAND = "hand"
    EXPIRE = "expire"
    REPLACE = "replace"


_E, _ES = EstimateState, EstimateStep
ESTIMATE: MoveTable[EstimateState, EstimateStep] = MoveTable(
    EstimateState,
    EstimateStep,
    MappingProxyType(
        {
            (_E.ISSUED, _ES.HAND): _E.HANDED,
            (_E.ISSUED, _ES.EXPIRE): _E.EXPIRED,
            (_E.ISSUED, _ES.REPLACE): _E.REPLACED,
            (_E.HANDED, _ES.EXPIRE): _E.EXPIRED,
            (_E.HANDED, _ES.REPLACE): _E.REPLACED,
        }
    ),
)


class ClarificationState(StrEnum):
    """Where the case with one payer stands (domain 10.1 no. 10)."""

    NOT_REQUIRED = "not_required"
    DRAFT = "draft"
    ESTIMATE_ISSUED = "estimate_issued"
    WITH_PATIENT = "with_patient"
    READY = "ready"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    DOCUMENTS_REQUESTED = "documents_requested"
    OVERDUE = "overdue"
    PRESUMED = "presumed"
    ANSWERED = "answered"
    OBJECTION = "objection"
    CLOSED = "closed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class ClarificationStep(StrEnum):
    """What can happen to the case; RESUBMIT opens the next round, REOPEN a new version."""

    OPEN = "open"
    ISSUE_ESTIMATE = "issue_estimate"
    GIVE_TO_PATIENT = "give_to_patient"
    MAKE_READY = "make_ready"
    SUBMIT = "submit"
    ACKNOWLEDGE = "acknowledge"
    ASK_DOCUMENTS = "ask_documents"
    RESUBMIT = "resubmit"
    FALL_OVERDUE = "fall_overdue"
    PRESUME = "presume"
    ANSWER = "answer"
    OBJECT = "object"
    CLOSE = "close"
    EXPIRE = "expire"
    CANCEL = "cancel"
    REOPEN = "reopen"


_C, _CS = ClarificationState, ClarificationStep
FINAL_CASES = frozenset({_C.CLOSED, _C.EXPIRED, _C.CANCELLED})
OPEN_CASES = frozenset(_C) - FINAL_CASES


def _clarification() -> Mapping[tuple[ClarificationState, ClarificationStep], ClarificationState]:
    moves = {
        (_C.NOT_REQUIRED, _CS.OPEN): _C.DRAFT,
        (_C.DRAFT, _CS.ISSUE_ESTIMATE): _C.ESTIMATE_ISSUED,
        (_C.ESTIMATE_ISSUED, _CS.GIVE_TO_PATIENT): _C.WITH_PATIENT,
        (_C.ESTIMATE_ISSUED, _CS.MAKE_READY): _C.READY,
        (_C.WITH_PATIENT, _CS.SUBMIT): _C.SUBMITTED,
        (_C.READY, _CS.SUBMIT): _C.SUBMITTED,
        (_C.READY, _CS.GIVE_TO_PATIENT): _C.WITH_PATIENT,
        (_C.SUBMITTED, _CS.ACKNOWLEDGE): _C.ACKNOWLEDGED,
        (_C.SUBMITTED, _CS.ASK_DOCUMENTS): _C.DOCUMENTS_REQUESTED,
        (_C.SUBMITTED, _CS.FALL_OVERDUE): _C.OVERDUE,
        (_C.ACKNOWLEDGED, _CS.ASK_DOCUMENTS): _C.DOCUMENTS_REQUESTED,
        (_C.ACKNOWLEDGED, _CS.FALL_OVERDUE): _C.OVERDUE,
        (_C.DOCUMENTS_REQUESTED, _CS.RESUBMIT): _C.SUBMITTED,
        (_C.DOCUMENTS_REQUESTED, _CS.FALL_OVERDUE): _C.OVERDUE,
        (_C.OVERDUE, _CS.ASK_DOCUMENTS): _C.DOCUMENTS_REQUESTED,
        (_C.OVERDUE, _CS.PRESUME): _C.PRESUMED,
        (_C.PRESUMED, _CS.CLOSE): _C.CLOSED,
        (_C.ANSWERED, _CS.OBJECT): _C.OBJECTION,
        (_C.ANSWERED, _CS.CLOSE): _C.CLOSED,
        (_C.OBJECTION, _CS.RESUBMIT): _C.SUBMITTED,
        (_C.OBJECTION, _CS.CLOSE): _C.CLOSED,
    }
    moves |= {(state, _CS.EXPIRE): _C.EXPIRED for state in (_C.ESTIMATE_ISSUED, _C.WITH_PATIENT, _C.READY)}
    # Every open state: an answer may come at any time ("Versand unbekannt"), also a later one that then stands.
    moves |= {(state, _CS.ANSWER): _C.ANSWERED for state in OPEN_CASES}
    moves |= {(state, _CS.CANCEL): _C.CANCELLED for state in OPEN_CASES}
    moves |= {(state, _CS.REOPEN): _C.DRAFT for state in FINAL_CASES}
    return MappingProxyType(moves)


CLARIFICATION: MoveTable[ClarificationState, ClarificationStep] = MoveTable(
    ClarificationState, ClarificationStep, _clarification()
)


class GrantState(StrEnum):
    """Where a release or a power of attorney stands; whether it has run out, its date tells."""

    PREPARED = "prepared"
    SIGNED = "signed"
    REVOKED = "revoked"
    VOID = "void"


class GrantStep(StrEnum):
    """What can happen to a release or a power of attorney; it can be taken back at any time."""

    SIGN = "sign"
    REVOKE = "revoke"
    DISCARD = "discard"


_G, _GS = GrantState, GrantStep
CASE_GRANT: MoveTable[GrantState, GrantStep] = MoveTable(
    GrantState,
    GrantStep,
    MappingProxyType(
        {
            (_G.PREPARED, _GS.SIGN): _G.SIGNED,
            (_G.PREPARED, _GS.DISCARD): _G.VOID,
            (_G.SIGNED, _GS.REVOKE): _G.REVOKED,
        }
    ),
)


class FeeAgreementState(StrEnum):
    """Where a § 2 GOÄ agreement stands."""

    PREPARED = "prepared"
    SIGNED = "signed"
    VOID = "void"


class FeeAgreementStep(StrEnum):
    """What can happen to a § 2 GOÄ agreement."""

    SIGN = "sign"
    DISCARD = "discard"


_A, _AS = FeeAgreementState, FeeAgreementStep
FEE_AGREEMENT: MoveTable[FeeAgreementState, FeeAgreementStep] = MoveTable(
    FeeAgreementState,
    FeeAgreementStep,
    MappingProxyType({(_A.PREPARED, _AS.SIGN): _A.SIGNED, (_A.PREPARED, _AS.DISCARD): _A.VOID}),
)
