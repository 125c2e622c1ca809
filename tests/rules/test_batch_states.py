"""The moves of a batch."""

from __future__ import annotations

import pytest

from kostenklar.models.rules.batch_states import (
    BATCH,
    WORKING,
    BatchKind,
    BatchState,
    BatchStep,
    ItemState,
    first_state,
    judged,
)
from kostenklar.models.rules.severity import Finding, Severity
from kostenklar.models.rules.states import StepNotAllowed


def test_nothing_is_issued_before_somebody_has_seen_what_would_be() -> None:
    assert first_state(BatchKind.ISSUE) is first_state(BatchKind.REMIND) is BatchState.CHECKING
    assert BATCH.next_steps(BatchState.CHECKING) == (BatchStep.END_CHECK, BatchStep.DISCARD)
    assert BATCH.next_steps(BatchState.CHECKED) == (BatchStep.BEGIN, BatchStep.DISCARD)


def test_papers_that_are_there_are_printed_at_once() -> None:
    assert first_state(BatchKind.PRINT) is BatchState.RUNNING


def test_a_stopped_batch_can_be_taken_up_and_a_finished_one_not() -> None:
    assert BATCH.advance(BatchState.STOPPED, BatchStep.RESUME) is BatchState.RUNNING
    assert BATCH.is_final(BatchState.DONE)
    assert BATCH.is_final(BatchState.DISCARDED)
    with pytest.raises(StepNotAllowed):
        BATCH.advance(BatchState.DONE, BatchStep.BEGIN)


def test_a_job_goes_on_only_while_it_is_checked_or_runs() -> None:
    assert dict(WORKING) == {BatchState.CHECKING: ItemState.WAITING, BatchState.RUNNING: ItemState.QUEUED}


@pytest.mark.parametrize(
    ("severities", "state"),
    [
        ((), ItemState.READY),
        ((Severity.HINT,), ItemState.READY),
        ((Severity.HINT, Severity.WARN), ItemState.WARNED),
        ((Severity.WARN, Severity.BLOCK), ItemState.LEFT),
    ],
)
def test_what_blocks_is_left_out_and_what_warns_waits_for_a_look(
    severities: tuple[Severity, ...], state: ItemState
) -> None:
    assert judged(tuple(Finding("code", severity) for severity in severities)) is state
