"""Batches: many invoices, each done in a transaction of its own as the person who asked for it (promise 7).

An item is marked done in the transaction that does it, and taken under its lock: whatever is killed, and however many
work on the same batch, each invoice is done once. What each person did is in the audit; a batch has no history apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, update

from ...models.batch import Batch, BatchItem
from ...models.ledger import Job
from ...models.rules.batch_states import (
    BATCH,
    MOST_ITEMS,
    WORKING,
    BatchKind,
    BatchState,
    BatchStep,
    ItemState,
    first_state,
)
from ...models.rules.severity import Finding, RuleBroken, Severity
from ..access import GRANTS, Permission, Role, require
from ..actor import acting_as
from ..clock import now, today
from ..errors import NotAllowed
from ..extension import actor, session
from ..queries.batches import count_items
from ..unit_of_work import SYSTEM, locked, tell_triggers
from .batch_items import act, check, outcome_of

JOB = "batch"
PERMISSIONS = {
    BatchKind.ISSUE: Permission.ISSUE_INVOICES,
    BatchKind.PRINT: Permission.ISSUE_INVOICES,
    BatchKind.REMIND: Permission.RECORD_PAYMENTS,
}


def start_batch(practice_id: int, kind: BatchKind, ids: Sequence[int], wanted: Mapping[str, Any] | None = None) -> int:
    """The id of a new batch over these invoices: papers are printed at once, anything else is looked through first.

    `wanted` is what the form said, days in ISO 8601. Raises RuleBroken without invoices, NotAllowed.
    """
    require(PERMISSIONS[kind])
    chosen = list(dict.fromkeys(ids))[:MOST_ITEMS]
    if not chosen:
        raise _broken("batch_empty")
    who = actor() or SYSTEM
    state = first_state(kind)
    batch = Batch(
        practice_id=practice_id,
        kind=kind.value,
        state=state.value,
        wanted={**(wanted or {}), "roles": _roles(kind)},
        total=len(chosen),
        started_at=now(),
        started_by=who.name,
        actor_key=who.key,
    )
    session().add(batch)
    session().flush()
    rows = [
        {"practice_id": practice_id, "batch_id": batch.id, "position": position, "invoice_id": invoice_id}
        | {"state": WORKING[state].value, "shown": "", "note": ""}
        for position, invoice_id in enumerate(chosen, 1)
    ]
    session().execute(insert(BatchItem), rows)
    _arm(batch)
    return batch.id


def begin_batch(batch_id: int, *, with_warned: bool = False) -> None:
    """Do what was looked through: all that is ready, and what has warnings where the person wants that, too.

    Whoever begins is the person in whose name it is done. Raises RuleBroken where nothing is ready, StepNotAllowed.
    """
    batch = _asked(batch_id)
    _advance(batch, BatchStep.BEGIN)
    taken = [ItemState.READY.value]
    if with_warned and batch.kind == BatchKind.ISSUE.value:  # a reminder that came too early is not worth the anger
        taken.append(ItemState.WARNED.value)
    there = update(BatchItem).where(BatchItem.batch_id == batch.id, BatchItem.state.in_(taken))
    moved: Any = session().execute(
        there.values(state=ItemState.QUEUED.value).execution_options(synchronize_session=False)
    )
    if not moved.rowcount:
        raise _broken("batch_nothing_ready")
    who = actor() or SYSTEM
    batch.started_at, batch.started_by, batch.actor_key = now(), who.name, who.key
    batch.wanted = {**batch.wanted, "roles": _roles(BatchKind(batch.kind))}
    _arm(batch)


def stop_batch(batch_id: int) -> None:
    """Hold a running batch where it is, or put one away that has not begun. Raises StepNotAllowed."""
    batch = _asked(batch_id)
    running = batch.state == BatchState.RUNNING.value
    _advance(batch, BatchStep.STOP if running else BatchStep.DISCARD)


def resume_batch(batch_id: int) -> None:
    """Go on with a batch that was stopped, or whose worker died; one that is under way is not disturbed by it."""
    batch = _asked(batch_id)
    if BatchState(batch.state) not in WORKING:
        _advance(batch, BatchStep.RESUME)
    _arm(batch)


def step(batch_id: int) -> dt.timedelta | None:
    """Look at or do the next item, in the running transaction; how soon there is more, None where all is done."""
    batch = session().get(Batch, batch_id, populate_existing=True)  # a job belongs to no practice
    if batch is None or BatchState(batch.state) not in WORKING:
        return None
    roles = batch.wanted.get("roles", ())
    with acting_as(batch.actor_key, name=batch.started_by, roles=roles, practices=[batch.practice_id]):
        tell_triggers(f"batch {batch.id}")
        item = _next(batch)
        if item is None:
            return _ended(batch)
        _take(batch, item)
        session().flush()
    return dt.timedelta(0)


def _take(batch: Batch, item: BatchItem) -> None:
    """What became of the item is written down with it, in one transaction."""
    kind, day = BatchKind(batch.kind), today()
    if batch.state == BatchState.CHECKING.value:
        outcome = outcome_of(lambda: check(kind, item, batch.wanted, day), ItemState.LEFT)
    else:
        outcome = outcome_of(lambda: act(kind, item, batch.wanted, day), ItemState.REFUSED)
    item.state, item.note, item.done_at = outcome.state.value, outcome.note, now()
    item.shown, item.paper_id = outcome.shown or item.shown, outcome.paper_id


def _next(batch: Batch) -> BatchItem | None:
    """The next item that nobody else has in hand."""
    found: BatchItem | None = session().scalar(
        _open_items(batch).order_by(BatchItem.position).limit(1).with_for_update(skip_locked=True)
    )
    return found


def _ended(batch: Batch) -> dt.timedelta | None:
    """The last one out closes the batch."""
    batch = locked(Batch, batch.id)
    state = BatchState(batch.state)
    if state not in WORKING:
        return None
    if session().scalar(_open_items(batch).limit(1)) is not None:  # in somebody else's hands
        return dt.timedelta(seconds=2)
    _advance(batch, BatchStep.END_CHECK if state is BatchState.CHECKING else BatchStep.FINISH)
    if state is BatchState.RUNNING:
        counts = count_items([batch.id]).get(batch.id, {})
        batch.done, batch.refused = counts.get(ItemState.DONE, 0), counts.get(ItemState.REFUSED, 0)
        batch.finished_at = now()
    return None


def _open_items(batch: Batch) -> Any:
    state = WORKING[BatchState(batch.state)]
    return select(BatchItem).where(BatchItem.batch_id == batch.id, BatchItem.state == state.value)


def _asked(batch_id: int) -> Batch:
    """The batch, for a person who may do what it does."""
    batch: Batch = locked(Batch, batch_id)
    require(PERMISSIONS[BatchKind(batch.kind)])
    return batch


def _advance(batch: Batch, step: BatchStep) -> None:
    batch.state = BATCH.advance(BatchState(batch.state), step).value


def _roles(kind: BatchKind) -> list[str]:
    """The roles by which the person may do this: they hold for this batch, whatever becomes of the sign-in."""
    who = actor()
    held = [role for role in (who.roles if who else ()) if role in set(Role)]
    found = sorted(role for role in held if PERMISSIONS[kind] in GRANTS[Role(role)])
    if not found:
        raise NotAllowed(PERMISSIONS[kind].value)
    return found


def _arm(batch: Batch) -> None:
    """The batch's job is due now, in nobody's hands; its items are guarded by their own locks."""
    due = {"state": "waiting", "run_at": now(), "leased_until": None, "attempts": 0}
    # written whatever was read: a worker that finds nothing to do must see that its lease is gone, see jobs
    there: Any = session().execute(
        update(Job)
        .where(Job.kind == JOB, Job.unique_key == str(batch.id))
        .values(due)
        .execution_options(synchronize_session=False)
    )
    if not there.rowcount:
        payload = {"batch_id": batch.id}
        session().add(Job(kind=JOB, unique_key=str(batch.id), practice_id=batch.practice_id, payload=payload, **due))


def _broken(code: str) -> RuleBroken:
    return RuleBroken([Finding(code, Severity.BLOCK)])
