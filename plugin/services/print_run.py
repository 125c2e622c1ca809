"""All papers of a day's sessions at once: what is missing is issued, and everything unsigned becomes one print job."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...models.paper import IssuedPaper
from ...models.practice import Practice, Site
from ...models.rules.deadlines import add_months
from ...models.rules.print_run import MissingPaper, SessionPapers, missing_papers
from ...models.rules.severity import RuleBroken
from ...models.rules.vat import Indication
from ...reports.content.base import Language
from ...reports.content.print_list import PrintedPaper, PrintListContent
from .. import blobs
from ..access import scoped
from ..errors import NotFound
from ..extension import session
from ..queries.tomorrow import DayPage, PlannedSession, day_page
from ..queries.words import PAPER_KINDS
from ..texts import kt, language
from .consents import ConsentPlan, prepare_consent
from .cost_notices import issue_cost_notice
from .cost_plans import CostPlan, PlannedFactor
from .disclosures import note_printed
from .fees import chain
from .letterheads import letterhead, person


@dataclass(frozen=True, slots=True)
class Missing:
    """A paper that one of the sessions lacks; see models.rules.print_run for its reason."""

    session: PlannedSession
    paper: MissingPaper


def missing_on(page: DayPage) -> Iterator[Missing]:
    """In session order; two sessions of one course share their papers."""
    seen: set[int] = set()
    for each in page.sessions:
        if each.treatment.course_id in seen:
            continue
        seen.add(each.treatment.course_id)
        yield from (Missing(each, paper) for paper in missing_papers(_facts(each)))


def print_day(on: dt.date, after: str, today: dt.date) -> list[tuple[int, str]]:
    """Issue what is missing on this page of the day and log what is printed; (treatment, kind) of what did not work.

    What cannot be issued gives its number back and stands in nobody's way. Printing again issues nothing again.
    """
    failed = []
    for missing in [each for each in missing_on(day_page(on, today, after)) if not each.paper.reason]:
        try:
            with session().begin_nested():
                _issue(missing, today)
        except (RuleBroken, NotFound):
            failed.append((missing.session.treatment.id, missing.paper.kind))
    session().flush()
    _log(day_page(on, today, after))
    return failed


def joined(page: DayPage, today: dt.date) -> bytes:
    """One PDF: a list, then all unsigned papers in session order, their pages as they were issued.

    Raises NotFound where nothing is to be printed.
    """
    from pypdf import PdfReader, PdfWriter

    papers = _records(page)
    if not papers:
        raise NotFound("papers")
    writer = PdfWriter()
    if cover := _cover(page, today):
        writer.append(PdfReader(io.BytesIO(cover)))
    for paper, name in papers:
        writer.append(PdfReader(io.BytesIO(blobs.opened(paper.blob))), outline_item=f"{name}, {paper.number}")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _cover(page: DayPage, today: dt.date) -> bytes:
    """The list in the language of whoever prints; b"" where a name has a character that no paper can print."""
    from ...reports.layout.fonts import CharactersMissing
    from ...reports.layout.print_list import render

    first = page.sessions[0].treatment
    practice, site = session().get_one(Practice, first.practice_id), session().get_one(Site, first.site_id)
    listed = tuple(
        PrintedPaper(
            time=each.treatment.planned_time, patient=person(each.records.course.patient),
            paper=kt(PAPER_KINDS[paper.kind]), number=paper.number,
        )
        for each, paper in _once(page)
    )  # fmt: skip
    head = letterhead(practice, site)
    try:
        return render(
            PrintListContent(language=language(), letterhead=head, on=page.on, printed_on=today, papers=listed)
        )
    except CharactersMissing:
        return b""


def _facts(each: PlannedSession) -> SessionPapers:
    return SessionPapers(
        items=each.items,
        payer=each.payer,
        indications=tuple(Indication(lesion.indication) for lesion in each.records.course.lesions),
        consent_prepared=each.where.prepared_consent_id is not None,
        notice_unsigned=each.where.unsigned_notice_id is not None,
        notice_unscanned=each.where.unscanned_notice_id is not None,
    )


def _issue(missing: Missing, today: dt.date) -> None:
    """Consent with the course's plan, cost notice with the factors of the procedure's chain."""
    course = missing.session.records.course
    spoken: Language = "en" if course.patient.language == "en" else "de"
    if missing.paper.kind == "consent":
        months = session().get_one(Practice, course.practice_id).consent_months
        prepare_consent(course.id, None, ConsentPlan(course.sessions_max, add_months(today, months), spoken), today)
        return
    factors = tuple(PlannedFactor(service.factor, service.factor) for service in chain(course.procedure, today))
    issue_cost_notice(course.id, None, CostPlan(course.sessions_min, course.sessions_max, factors, spoken), today)


def _log(page: DayPage) -> None:
    numbers: dict[int, dict[int, list[str]]] = {}
    for each, paper in _once(page):
        of_practice = numbers.setdefault(each.treatment.practice_id, {})
        of_practice.setdefault(each.treatment.patient_id, []).append(paper.number)
    for practice_id, by_patient in numbers.items():
        note_printed(practice_id, by_patient)


def _once(page: DayPage) -> Iterator[tuple[PlannedSession, Any]]:
    seen: set[int] = set()
    for each in page.sessions:
        for paper in each.papers:
            if paper.id not in seen:
                seen.add(paper.id)
                yield each, paper


def _records(page: DayPage) -> list[tuple[IssuedPaper, str]]:
    wanted = {paper.id: each.records.course.patient.full_name for each, paper in _once(page)}
    query = select(IssuedPaper).where(IssuedPaper.id.in_(wanted)).options(joinedload(IssuedPaper.blob))
    found: Iterable[IssuedPaper] = session().scalars(scoped(query))
    by_id = {paper.id: paper for paper in found}
    return [(by_id[paper_id], name) for paper_id, name in wanted.items() if paper_id in by_id]
