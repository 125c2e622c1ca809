"""The papers of a batch as files to print: a part holds so few of them that memory stays flat."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...models.blob import Blob
from ...models.invoice import Invoice, InvoiceLine
from ...models.paper import IssuedPaper
from ...reports.layout.fonts import face
from .. import blobs
from ..access import scoped
from ..extension import session
from ..queries.batches import papers_of_part
from ..texts import kt

if TYPE_CHECKING:
    from pypdf import PdfReader

_A4_INCHES = (8.27, 11.69)
_A4_POINTS = (595.28, 841.89)


def joined_part(batch_id: int, part: int) -> tuple[bytes, str]:
    """(one PDF with the pages as they were issued, its file name). Raises NotFound.

    Behind an invoice follow the receipts that it says are attached (§ 12(2) no. 5 GOÄ).
    """
    from pypdf import PdfReader, PdfWriter

    ids, first = papers_of_part(batch_id, part)
    query = select(IssuedPaper).where(IssuedPaper.id.in_(ids)).options(joinedload(IssuedPaper.blob))
    papers = {paper.id: paper for paper in session().scalars(scoped(query))}
    receipts = _receipts(ids)
    writer = PdfWriter()
    for paper_id in ids:
        paper = papers[paper_id]
        writer.append(PdfReader(io.BytesIO(blobs.opened(paper.blob))), outline_item=paper.number)
        for receipt in receipts[paper_id]:
            writer.append(_printable(receipt, paper.number), import_outline=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), f"{batch_id}-{first}-{first + len(ids) - 1}.pdf"


def _receipts(paper_ids: Collection[int]) -> defaultdict[int, list[Blob]]:
    """The receipts of the lines of these invoices, each file once; one statement. A cancellation carries none again."""
    query: Any = (
        select(Invoice.paper_id, Blob)
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .join(Blob, Blob.id == InvoiceLine.receipt_id)
        .where(Invoice.paper_id.in_(paper_ids), Invoice.kind == "invoice")
        .order_by(Invoice.id, InvoiceLine.position)
    )
    found: defaultdict[int, list[Blob]] = defaultdict(list)
    rows: Sequence[tuple[int, Blob]] = [tuple(row) for row in session().execute(scoped(query))]
    for paper_id, blob in rows:
        if blob not in found[paper_id]:
            found[paper_id].append(blob)
    return found


def _printable(receipt: Blob, number: str) -> PdfReader:
    """The receipt as pages; a sheet that asks for it where its file cannot be joined, such as one with a password."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    content, pages = blobs.opened(receipt), io.BytesIO()
    try:
        tried = PdfWriter()
        tried.append(PdfReader(io.BytesIO(content if receipt.media_type == "application/pdf" else _picture(content))))
        tried.write(pages)
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pages = io.BytesIO(_asking(number))
    return PdfReader(pages)


def _picture(content: bytes) -> bytes:
    """A photo of a receipt as one page, no larger than a sheet and the right way up."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content)) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    out = io.BytesIO()
    density = max(upright.width / _A4_INCHES[0], upright.height / _A4_INCHES[1])
    upright.save(out, "PDF", resolution=density)
    return out.getvalue()


def _asking(number: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    sheet = Canvas(out, pagesize=_A4_POINTS)
    sheet.setFont(face().name, 11)
    said = kt("Hier fehlt ein Beleg zur Rechnung {number}: Die Datei lässt sich nicht mitdrucken.", number=number)
    sheet.drawString(71, 740, said)
    sheet.drawString(71, 722, kt("Bitte drucken Sie ihn einzeln und legen Sie ihn bei."))
    sheet.save()
    return out.getvalue()
