"""Proves that the books are whole: numbers, paper hashes, the audit chain, the triggers (`kostenklar check`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import select

from ...models import triggers
from ...models.blob import Blob
from ...models.invoice import Invoice, InvoiceLine, NumberRange
from ...models.paper import IssuedPaper
from ...models.rules.numbering import format_number, gaps_and_doubles
from ...models.schema import HEAD, current
from .. import blobs
from ..extension import session
from .seal import broken_link


def problems() -> Iterator[str]:
    """One line for each thing that is wrong; none when all is well. Reads every practice."""
    yield from _schema()
    yield from _numbers()
    yield from _papers()
    yield from _invoices()
    if broken := broken_link():
        yield f"audit chain: seal {broken.seq}: {broken.what}"


def _schema() -> Iterator[str]:
    connection = session().connection()
    if (found := current(connection)) != HEAD:
        yield f"schema: tables stand at {found}, the program needs {HEAD}"
    for difference in triggers.differences(connection):
        yield f"trigger {difference}"


def _numbers() -> Iterator[str]:
    ranges = session().scalars(select(NumberRange).order_by(NumberRange.id)).all()
    for numbers in ranges:
        if numbers.kind == "patient":
            continue  # drawn for a file, not for a paper
        found = list(
            session().scalars(
                select(IssuedPaper.number).where(
                    IssuedPaper.practice_id == numbers.practice_id,
                    IssuedPaper.kind == numbers.kind,
                    IssuedPaper.number.like(f"{numbers.prefix}-{numbers.year}-%"),
                )
            )
        )
        check = gaps_and_doubles(found)
        for gap in check.gaps:
            yield f"numbers: {gap.first} to {gap.last} are missing"
        for double in check.doubles:
            yield f"numbers: {double} stands twice"
        if len(found) != numbers.next_number - 1 and check.clean:
            last = format_number(numbers.prefix, numbers.year, numbers.next_number - 1)
            yield f"numbers: {last} is the last one drawn, but {len(found)} papers are there"


def _papers() -> Iterator[str]:
    query = select(IssuedPaper.number, IssuedPaper.sha256, Blob).join(Blob, Blob.id == IssuedPaper.blob_id)
    for number, digest, blob in session().execute(query.execution_options(yield_per=200)):
        try:
            plain = blobs.opened(blob)
        except blobs.BlobDamaged as error:
            yield f"paper {number}: {error}"
            continue
        if hashlib.sha256(plain).hexdigest() != digest:
            yield f"paper {number}: its bytes are not those that were issued"


def _invoices() -> Iterator[str]:
    query = (
        select(Invoice.number, Invoice.net_total, InvoiceLine.net)
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .where(Invoice.paper_id.is_not(None))
        .order_by(Invoice.id)
    )
    open_sums: dict[str, list[object]] = {}
    for number, total, net in session().execute(query):
        entry = open_sums.setdefault(str(number), [total, 0])
        entry[1] += net  # type: ignore[operator]  # Decimal on int
    for number, (total, summed) in open_sums.items():
        if total != summed:
            yield f"invoice {number}: its lines make {summed}, it says {total}"
