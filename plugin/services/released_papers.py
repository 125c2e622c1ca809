"""Whether the release of a case names what its papers show: estimate, diagnosis, physician's reason (§ 203 StGB)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...models.clarification import Clarification
from ...models.paper import IssuedPaper
from ...models.rules.grants import GrantDocument, GrantKind, not_released
from ...models.rules.severity import Finding
from ..extension import session
from ..queries.case_grants import standing_grant


def papers_beyond_release(case: Clarification, on: dt.date) -> list[Finding]:
    """A block for each thing that would go out and stands on no release of that day; a release must hold on it."""
    release = standing_grant(case.id, GrantKind.RELEASE.value, on)
    return not_released(_shown(case), release.documents.split() if release else ())


def _shown(case: Clarification) -> set[GrantDocument]:
    """The estimate goes with every query; its diagnosis and the letter's stand in their frozen contents."""
    letter: IssuedPaper | None = session().get(IssuedPaper, case.query_paper_id) if case.query_paper_id else None
    papers = (case.estimate.paper if case.estimate else None, letter)
    contents: list[dict[str, Any]] = [paper.content for paper in papers if paper]
    shown = {GrantDocument.ESTIMATE}
    if any(content.get("diagnosis") for content in contents):
        shown.add(GrantDocument.DIAGNOSIS)
    if letter and letter.content.get("reason"):
        shown.add(GrantDocument.FINDINGS)
    return shown
