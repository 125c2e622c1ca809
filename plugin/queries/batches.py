"""Batches as pages show them: the list of the latest, and one with what became of its invoices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from ...models.batch import Batch, BatchItem
from ...models.invoice import Invoice
from ...models.paper import IssuedPaper
from ...models.patient import Patient
from ...models.rules.batch_states import PRINTED_AT_ONCE, BatchKind, BatchState, ItemState
from ..access import leading, scoped
from ..clock import now
from ..errors import NotFound
from ..extension import session
from .batch_rows import COLUMNS, ItemRow, read_rows
from .home import restricted

PAGE: Final = 50
LATEST: Final = 20
STALLED: Final = dt.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch with how many of its invoices stand where."""

    id: int
    kind: BatchKind
    state: BatchState
    total: int
    started_at: dt.datetime
    started_by: str
    finished_at: dt.datetime | None
    counts: dict[ItemState, int]

    @property
    def ahead(self) -> int:
        """How many are still to be looked at or to be done."""
        state = ItemState.WAITING if self.state is BatchState.CHECKING else ItemState.QUEUED
        return self.counts.get(state, 0)

    @property
    def of(self) -> int:
        """How many there were of them when it began."""
        if self.state is BatchState.CHECKING:
            return self.total
        done = self.counts.get(ItemState.DONE, 0) + self.counts.get(ItemState.REFUSED, 0)
        return done + self.counts.get(ItemState.QUEUED, 0)


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A batch and the invoices of one group; `parts` files of papers can be printed; `stalled`: nobody works on it."""

    batch: BatchRow
    group: ItemState | None
    rows: tuple[ItemRow, ...]
    more: int | None
    parts: int
    stalled: bool


def batch_list(after: int | None = None) -> tuple[list[BatchRow], int | None]:
    """(the latest first, where the next page begins); two statements."""
    query = select(Batch).where(leading(Batch)).order_by(Batch.id.desc()).limit(LATEST + 1)
    found = list(session().scalars(scoped(query.where(Batch.id < after) if after else query)))
    shown = found[:LATEST]
    counts = count_items([batch.id for batch in shown])
    more = shown[-1].id if len(found) > LATEST else None
    return [_row(batch, counts.get(batch.id, {})) for batch in shown], more


def batch_page(batch_id: int, group: ItemState | None = None, after: int = 0) -> BatchPage:
    """One batch; without a group the most telling one. Raises NotFound."""
    batch = _found(batch_id)
    counts = count_items([batch_id]).get(batch_id, {})
    row = _row(batch, counts)
    group = group if group in counts else next((each for each in _TELLING if counts.get(each)), None)
    rows = _items(batch_id, group, after)
    done = counts.get(ItemState.DONE, 0) if row.state in (BatchState.DONE, BatchState.STOPPED) else 0
    return BatchPage(
        batch=row,
        group=group,
        rows=tuple(rows[:PAGE]),
        more=rows[PAGE - 1].position if len(rows) > PAGE else None,
        parts=-(-done // PRINTED_AT_ONCE),
        stalled=row.state in (BatchState.CHECKING, BatchState.RUNNING) and _stalled(batch),
    )


def batch_kind(batch_id: int) -> BatchKind:
    """What the batch does. Raises NotFound."""
    return BatchKind(_found(batch_id).kind)


def papers_of_part(batch_id: int, part: int) -> tuple[list[int], int]:
    """(ids of the papers of the printed part, in the batch's order, number of the first). Raises NotFound."""
    _found(batch_id)
    first = (part - 1) * PRINTED_AT_ONCE
    query = (
        select(BatchItem.paper_id, restricted(Invoice.patient_id))
        .join(Invoice, Invoice.id == BatchItem.invoice_id)
        .where(BatchItem.batch_id == batch_id, BatchItem.state == ItemState.DONE.value, BatchItem.paper_id.is_not(None))
        .order_by(BatchItem.position)
        .offset(first)
        .limit(PRINTED_AT_ONCE)
    )
    found = [] if part < 1 else [paper_id for paper_id, hidden in session().execute(scoped(query)) if not hidden]
    if not found:
        raise NotFound(f"part {part} of batch {batch_id}")
    return found, first + 1


def count_items(batch_ids: Collection[int]) -> dict[int, dict[ItemState, int]]:
    """How many items of each batch stand where, in one statement."""
    query = (
        select(BatchItem.batch_id, BatchItem.state, func.count())
        .where(BatchItem.batch_id.in_(batch_ids))
        .group_by(BatchItem.batch_id, BatchItem.state)
    )
    found: dict[int, dict[ItemState, int]] = {}
    for batch_id, state, count in session().execute(scoped(query)):
        found.setdefault(batch_id, {})[ItemState(state)] = count
    return found


_TELLING: Final = (
    ItemState.READY,
    ItemState.REFUSED,
    ItemState.DONE,
    ItemState.WARNED,
    ItemState.LEFT,
    ItemState.QUEUED,
    ItemState.WAITING,
)


def _items(batch_id: int, group: ItemState | None, after: int) -> list[ItemRow]:
    if group is None:
        return []
    query = (
        select(
            BatchItem.position, *COLUMNS[1:], BatchItem.paper_id, IssuedPaper.number, BatchItem.shown, BatchItem.note
        )
        .join(Invoice, Invoice.id == BatchItem.invoice_id)
        .join(IssuedPaper, IssuedPaper.id == BatchItem.paper_id, isouter=True)
        .where(BatchItem.batch_id == batch_id, BatchItem.state == group.value, BatchItem.position > after)
        .where(Patient.restricted_since.is_(None))  # read_rows joins it
        .order_by(BatchItem.position)
        .limit(PAGE + 1)
    )
    return read_rows(query)


def _row(batch: Batch, counts: dict[ItemState, int]) -> BatchRow:
    return BatchRow(
        batch.id, BatchKind(batch.kind), BatchState(batch.state), batch.total, batch.started_at, batch.started_by,
        batch.finished_at, counts,
    )  # fmt: skip


def _found(batch_id: int) -> Batch:
    batch: Batch | None = session().scalar(scoped(select(Batch).where(Batch.id == batch_id)))
    if batch is None:
        raise NotFound(f"batch {batch_id}")
    return batch


def _stalled(batch: Batch) -> bool:
    last = session().scalar(scoped(select(func.max(BatchItem.done_at)).where(BatchItem.batch_id == batch.id)))
    return now() - max(last or batch.started_at, batch.started_at) > STALLED
