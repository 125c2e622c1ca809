"""The closed tables of moves of a signing on the tablet and of a side effect."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from .states import MoveTable


class SigningState(StrEnum):
    """Where one signing on a tablet stands."""

    OFFERED = "offered"
    PAIRED = "paired"
    SIGNED = "signed"
    ENDED = "ended"


class SigningStep(StrEnum):
    """What can happen to it: END is the desk's word, a time-out or a changed paper."""

    PAIR = "pair"
    SIGN = "sign"
    END = "end"


_S, _SS = SigningState, SigningStep
PAPER_SIGNING: MoveTable[SigningState, SigningStep] = MoveTable(
    SigningState,
    SigningStep,
    MappingProxyType(
        {
            (_S.OFFERED, _SS.PAIR): _S.PAIRED,
            (_S.OFFERED, _SS.END): _S.ENDED,
            (_S.PAIRED, _SS.SIGN): _S.SIGNED,
            (_S.PAIRED, _SS.END): _S.ENDED,
        }
    ),
)


class SideEffectState(StrEnum):
    """Where a side effect stands."""

    REPORTED = "reported"
    SEEN = "seen"
    CLOSED = "closed"


class SideEffectStep(StrEnum):
    """What can happen to it: a physician sees it, as often as needed, and closes it with its outcome."""

    SEE = "see"
    CLOSE = "close"
    REOPEN = "reopen"


_F, _FS = SideEffectState, SideEffectStep
SIDE_EFFECT: MoveTable[SideEffectState, SideEffectStep] = MoveTable(
    SideEffectState,
    SideEffectStep,
    MappingProxyType(
        {
            (_F.REPORTED, _FS.SEE): _F.SEEN,
            (_F.REPORTED, _FS.CLOSE): _F.CLOSED,
            (_F.SEEN, _FS.SEE): _F.SEEN,
            (_F.SEEN, _FS.CLOSE): _F.CLOSED,
            (_F.CLOSED, _FS.REOPEN): _F.SEEN,
        }
    ),
)
