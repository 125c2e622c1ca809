"""How a batch of invoices moves, and its items: looked through first, begun by a person, stopped and taken up again."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .severity import Finding, Severity, blocks
from .states import MoveTable

MOST_ITEMS: Final = 1000  # [own] what one batch takes; the rest waits for the next one
PRINTED_AT_ONCE: Final = 50  # [own] invoices of one file: about what a printer's tray holds


class BatchKind(StrEnum):
    """What is done with each invoice."""

    ISSUE = "issue"
    PRINT = "print"
    REMIND = "remind"


class BatchState(StrEnum):
    """Where a batch stands. `checked` waits for a person who has seen what would be done."""

    CHECKING = "checking"
    CHECKED = "checked"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    DISCARDED = "discarded"


class BatchStep(StrEnum):
    """What can happen to a batch."""

    END_CHECK = "end_check"
    BEGIN = "begin"
    DISCARD = "discard"
    STOP = "stop"
    RESUME = "resume"
    FINISH = "finish"


BATCH: MoveTable[BatchState, BatchStep] = MoveTable(
    BatchState,
    BatchStep,
    MappingProxyType(
        {
            (BatchState.CHECKING, BatchStep.END_CHECK): BatchState.CHECKED,
            (BatchState.CHECKING, BatchStep.DISCARD): BatchState.DISCARDED,
            (BatchState.CHECKED, BatchStep.BEGIN): BatchState.RUNNING,
            (BatchState.CHECKED, BatchStep.DISCARD): BatchState.DISCARDED,
            (BatchState.RUNNING, BatchStep.FINISH): BatchState.DONE,
            (BatchState.RUNNING, BatchStep.STOP): BatchState.STOPPED,
            (BatchState.STOPPED, BatchStep.RESUME): BatchState.RUNNING,
        }
    ),
)


class ItemState(StrEnum):
    """One invoice of a batch: waits to be looked at, is ready, warned about or left out; queued, done or refused."""

    WAITING = "waiting"
    READY = "ready"
    WARNED = "warned"
    LEFT = "left"
    QUEUED = "queued"
    DONE = "done"
    REFUSED = "refused"


WORKING: Final = MappingProxyType({BatchState.CHECKING: ItemState.WAITING, BatchState.RUNNING: ItemState.QUEUED})
"""The states in which a job goes on, and the items that it takes next."""


def first_state(kind: BatchKind) -> BatchState:
    """Papers that are there are printed at once; what issues something is looked through first."""
    return BatchState.RUNNING if kind is BatchKind.PRINT else BatchState.CHECKING


def judged(findings: tuple[Finding, ...]) -> ItemState:
    """Left out where something blocks, warned where somebody should look first, else ready; hints weigh nothing."""
    if blocks(findings):
        return ItemState.LEFT
    warned = any(finding.severity is Severity.WARN for finding in findings)
    return ItemState.WARNED if warned else ItemState.READY
