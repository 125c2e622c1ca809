"""Proves that the books are whole: triggers, numbers, papers, scans, invoices, audit chain (`kostenklar check`)."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from sqlalchemy import func, select

from ...models import triggers
from ...models.blob import Blob
from ...models.clarification import Clarification
from ...models.invoice import Invoice, InvoiceLine, NumberRange, Payment
from ...models.ledger import AuditSeal
from ...models.paper import IssuedPaper
from ...models.rules.money import ZERO
from ...models.rules.numbering import UNDATED_KINDS, NumberKind, format_number, gaps_and_doubles, parse_number
from ...models.schema import HEAD, current
from .. import blobs
from ..extension import session
from ..texts import kt, lazy_kt
from .papers import content_of
from .seal import broken_link

_TRIGGERS: Final[Mapping[str, str]] = {
    "missing": lazy_kt("Trigger fehlt: {name}"),
    "unknown": lazy_kt("Trigger gehört nicht hierher: {name}"),
    "changed": lazy_kt("Trigger ist verändert: {name}"),
    "changed or off": lazy_kt("Trigger ist verändert oder abgeschaltet: {name}"),
}
_LINKS: Final[Mapping[str, str]] = {
    "a seal is missing before it": lazy_kt("davor fehlt ein Siegel"),
    "its entry is missing": lazy_kt("sein Eintrag fehlt"),
    "its body was changed": lazy_kt("der Inhalt seines Eintrags ist verändert"),
    "its entry was changed": lazy_kt("sein Eintrag ist verändert"),
}


@dataclass
class Proof:
    """What was looked at (counts by noun), what is wrong, and the last link of the chain, to be noted elsewhere."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    last_seal: tuple[int, str] = (0, "")


def prove() -> Proof:
    """Look at every practice. Where the tables are older than the program, only that is said."""
    proof = Proof()
    connection = session().connection()
    if (found := current(connection)) != HEAD:
        told = kt("Die Tabellen stehen auf {found}, das Programm braucht {wanted}. Bitte geben Sie ein: {command}",
            found=found or "–", wanted=HEAD, command="kostenklar upgrade")  # fmt: skip
        proof.problems.append(told)
        return proof
    proof.counts["triggers"] = len(triggers.present(connection))
    for look in (_triggers, _numbers, _bytes, _invoices, _chain):
        proof.problems.extend(look(proof))
    return proof


def problems() -> list[str]:
    """One sentence for each thing that is wrong; none when all is well."""
    return prove().problems


def _triggers(_proof: Proof) -> Iterator[str]:
    for difference in triggers.differences(session().connection()):
        kind, _, name = difference.partition(": ")
        yield kt(_TRIGGERS[kind], name=name)


def _numbers(proof: Proof) -> Iterator[str]:
    """Each range from its first number to the last one drawn. Papers have theirs, and a case with an insurer has one
    without a paper of its own; patients' are drawn for a file.
    """
    ranges = {(row.practice_id, row.prefix, row.year): row for row in session().scalars(select(NumberRange))}
    found: dict[tuple[int, str, int], list[str]] = defaultdict(list)
    papers = select(IssuedPaper.practice_id, IssuedPaper.number)
    cases = select(Clarification.practice_id, Clarification.number)
    for practice_id, number in session().execute(papers.union_all(cases)):
        proof.counts["numbers"] += 1
        if (key := _range_of(practice_id, number)) in ranges:
            found[key].append(number)
        else:
            yield kt("Nummer {number}: zu ihr gehört kein Nummernkreis", number=number)
    for key, row in sorted(ranges.items()):
        if row.kind not in {kind.value for kind in UNDATED_KINDS}:
            yield from _range(row, found[key])


def _range_of(practice_id: int, number: str) -> tuple[int, str, int]:
    try:
        drawn = parse_number(number)
    except ValueError:
        return practice_id, "", 0
    return practice_id, drawn.prefix, drawn.year


def _range(row: NumberRange, found: list[str]) -> Iterator[str]:
    check = gaps_and_doubles(found)
    for gap in check.gaps:
        if gap.first == gap.last:
            yield kt("Nummer {number} fehlt", number=gap.first)
        else:
            yield kt("Nummern {first} bis {last} fehlen", first=gap.first, last=gap.last)
    for double in check.doubles:
        yield kt("Nummer {number} gibt es zweimal", number=double)
    if len(found) != row.next_number - 1 and check.clean:
        last = format_number(row.prefix, row.year, row.next_number - 1) if row.next_number > 1 else NumberKind(row.kind)
        yield kt("Nummer {last} ist zuletzt vergeben, es gibt dazu {count} Dokumente", last=last, count=len(found))


def _bytes(proof: Proof) -> Iterator[str]:
    """Every paper and scan opens and is what it was when it was stored."""
    query = select(Blob, IssuedPaper.number, IssuedPaper.sha256).outerjoin(IssuedPaper, IssuedPaper.blob_id == Blob.id)
    for blob, number, digest in session().execute(query.order_by(Blob.id).execution_options(yield_per=200)):
        proof.counts["papers" if number else "scans"] += 1
        what = kt("Dokument {number}", number=number) if number else kt("Scan {number}", number=blob.id)
        try:
            plain = blobs.opened(blob)
        except blobs.BlobDamaged:
            yield kt("{what}: die gespeicherte Datei ist verändert, oder ihr Schlüssel fehlt", what=what)
            continue
        if digest and hashlib.sha256(plain).hexdigest() != digest:
            yield kt("{what}: die Datei ist nicht die, die ausgestellt wurde", what=what)


def _invoices(_proof: Proof) -> Iterator[str]:
    """An issued invoice says what its lines and its paper say."""
    summed = select(InvoiceLine.invoice_id, func.sum(InvoiceLine.net)).group_by(InvoiceLine.invoice_id)
    sums = {invoice_id: total for invoice_id, total in session().execute(summed)}  # noqa: C416  # a Row is no pair to mypy
    query = select(Invoice, IssuedPaper).join(IssuedPaper, IssuedPaper.id == Invoice.paper_id).order_by(Invoice.id)
    for invoice, paper in session().execute(query.execution_options(yield_per=200)):
        if sums.get(invoice.id, ZERO) != invoice.net_total:
            yield kt("Rechnung {number}: ihre Zeilen ergeben eine andere Summe", number=invoice.number)
        if (invoice.number, invoice.gross_total) != (paper.number, _total_of(paper)):
            yield kt("Rechnung {number}: sie stimmt nicht mit ihrem Dokument überein", number=invoice.number)
    yield from _payments()


def _payments() -> Iterator[str]:
    """What an invoice says was paid is what its rows say."""
    rows = select(Payment.invoice_id, func.sum(Payment.amount).label("paid")).group_by(Payment.invoice_id).subquery()
    paid = func.coalesce(rows.c.paid, 0)
    query = select(Invoice.number).outerjoin(rows, rows.c.invoice_id == Invoice.id).where(Invoice.paid_total != paid)
    for number in session().scalars(query.order_by(Invoice.id)):
        yield kt("Rechnung {number}: ihre Zahlungen ergeben eine andere Summe", number=number)


def _total_of(paper: IssuedPaper) -> Decimal | None:
    """What the paper's content says; None where it does not even add up any more."""
    try:
        return getattr(content_of(paper), "total", None)
    except ValueError:
        return None


def _chain(proof: Proof) -> Iterator[str]:
    proof.counts["entries"] = session().scalar(select(func.count()).select_from(AuditSeal)) or 0
    last = session().execute(select(AuditSeal.seq, AuditSeal.hash).order_by(AuditSeal.seq.desc()).limit(1)).first()
    proof.last_seal = (last.seq, last.hash) if last else (0, "")
    if broken := broken_link():
        yield kt("Protokoll, Siegel {seq}: {what}", seq=broken.seq, what=kt(_LINKS[broken.what]))
