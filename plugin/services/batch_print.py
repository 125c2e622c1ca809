"""The papers of a batch as files to print: a part holds so few of them that memory stays flat."""

from __future__ import annotations

import io

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...models.paper import IssuedPaper
from .. import blobs
from ..access import scoped
from ..extension import session
from ..queries.batches import papers_of_part


def joined_part(batch_id: int, part: int) -> tuple[bytes, str]:
    """(one PDF with the pages as they were issued, its file name). Raises NotFound."""
    from pypdf import PdfReader, PdfWriter

    ids, first = papers_of_part(batch_id, part)
    query = select(IssuedPaper).where(IssuedPaper.id.in_(ids)).options(joinedload(IssuedPaper.blob))
    papers = {paper.id: paper for paper in session().scalars(scoped(query))}
    writer = PdfWriter()
    for paper_id in ids:
        paper = papers[paper_id]
        writer.append(PdfReader(io.BytesIO(blobs.opened(paper.blob))), outline_item=paper.number)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), f"{batch_id}-{first}-{first + len(ids) - 1}.pdf"
