"""The closed table of moves of an incoming scan."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from .states import MoveTable


class ScanState(StrEnum):
    """Where an incoming scan stands."""

    WAITING = "waiting"
    FILED = "filed"
    PUT_ASIDE = "put_aside"


class ScanStep(StrEnum):
    """What can happen to it: what was put aside by mistake can still be filed."""

    FILE = "file"
    PUT_ASIDE = "put_aside"


_S, _SS = ScanState, ScanStep
INCOMING_SCAN: MoveTable[ScanState, ScanStep] = MoveTable(
    ScanState,
    ScanStep,
    MappingProxyType(
        {
            (_S.WAITING, _SS.FILE): _S.FILED,
            (_S.WAITING, _SS.PUT_ASIDE): _S.PUT_ASIDE,
            (_S.PUT_ASIDE, _SS.FILE): _S.FILED,
        }
    ),
)
