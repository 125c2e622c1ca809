"""Issues papers: freezes content, renders and stores bytes, in the transaction that needs them (promise 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from ...models.paper import IssuedPaper
from ...models.rules.numbering import NumberKind
from ...models.rules.retention import RetentionKind, retain_until
from ...models.rules.severity import Finding, RuleBroken, Severity
from ...reports.content.base import PaperContent
from ...reports.content.kinds import content_from_dict
from ...reports.content.parts import DrawnSignature
from .. import blobs
from ..access import scoped
from ..clock import now
from ..errors import NotFound
from ..extension import actor, session
from ..signals import paper_issued
from ..unit_of_work import SYSTEM
from .numbers import draw

RETENTION = {
    "invoice": RetentionKind.INVOICE,
    "cancellation": RetentionKind.INVOICE,
    "receipt": RetentionKind.INVOICE,
    "reminder": RetentionKind.LETTER,
    "correction_letter": RetentionKind.LETTER,
    "instalment_plan": RetentionKind.LETTER,
    "claim_statement": RetentionKind.LETTER,
    "dunning": RetentionKind.LETTER,
}  # every other paper belongs to the patient file


def issue(
    content: PaperContent,
    *,
    practice_id: int,
    patient_id: int,
    number: str,
    issued_on: dt.date,
    corrects: IssuedPaper | None = None,
) -> IssuedPaper:
    """Render and store a paper under its number; from the flush on it cannot change.

    Raises RuleBroken for what the paper cannot show.
    """
    blob = blobs.put(practice_id, rendered(content), "application/pdf")
    paper = IssuedPaper(
        practice_id=practice_id,
        patient_id=patient_id,
        kind=content.kind,
        number=number,
        issued_on=issued_on,
        issued_at=now(),
        issued_by=(actor() or SYSTEM).name,
        language=content.language,
        schema_version=content.schema_version,
        content=content.to_dict(),
        sha256=blob.sha256,
        blob_id=blob.id,
        retain_until=retain_until(RETENTION.get(content.kind, RetentionKind.PATIENT_FILE), issued_on),
        corrects_id=corrects.id if corrects else None,
    )
    session().add(paper)
    session().flush()
    paper_issued.send(paper)
    return paper


def issue_next(
    content: PaperContent, kind: NumberKind, *, practice_id: int, patient_id: int, issued_on: dt.date
) -> IssuedPaper:
    """Draw the next number of this kind, last of all, and issue the paper under it; what fails rolls both back."""
    number = draw(practice_id, kind, issued_on.year)
    numbered: dict[str, Any] = {"number": number}
    return issue(
        replace(content, **numbered), practice_id=practice_id, patient_id=patient_id, number=number, issued_on=issued_on
    )


def rendered(content: PaperContent) -> bytes:
    """The PDF. Raises RuleBroken with a sentence for characters the font lacks and for a wrong account."""
    from ...reports.render import render_paper

    return _drawn(lambda: render_paper(content))


def signed(content: PaperContent, drawn: Mapping[int, DrawnSignature], answers: Mapping[int, bool]) -> bytes:
    """The same paper with the signatures that were drawn on a screen. Raises RuleBroken as `rendered` does."""
    from ...reports.render import render_signed

    return _drawn(lambda: render_signed(content, drawn, answers))


def _drawn(render: Callable[[], bytes]) -> bytes:
    from ...reports.layout.fonts import CharactersMissing
    from ...reports.layout.qr import NoValidIban

    try:
        return render()
    except CharactersMissing as missing:
        shown = " ".join(missing.characters)
        raise RuleBroken([Finding("characters_missing", Severity.BLOCK, "", {"characters": shown})]) from missing
    except NoValidIban as wrong:
        raise RuleBroken([Finding("issuer_iban_wrong", Severity.BLOCK)]) from wrong


def content_of(paper: IssuedPaper) -> PaperContent:
    """What stood on the paper when it was issued."""
    return content_from_dict(paper.content)


def bytes_of(paper_id: int) -> tuple[bytes, str]:
    """(the same PDF bytes as on the first day, file name). Raises NotFound."""
    paper = session().scalar(scoped(select(IssuedPaper).where(IssuedPaper.id == paper_id)))
    if paper is None:
        raise NotFound(f"paper {paper_id}")
    return blobs.opened(paper.blob), f"{paper.number}.pdf"
