"""The steps of a series as its page shows them: explained, agreed, costs told, treated, billed."""

from __future__ import annotations

from flask import url_for

from ..queries.standing import Standing
from ..texts import kt

Step = tuple[str, str, str]
"""Words, address ("" for none), and done, current or open."""


def steps_of(at: Standing) -> list[Step]:
    """The first step that is not done is the current one."""
    billed = bool(at.done) and not (at.unbilled_id or at.draft_id)
    consent = url_for("kostenklar.consents_new", course_id=at.course_id)
    if at.prepared_id:
        consent = url_for("kostenklar.consents_sign", consent_id=at.prepared_id)
    entries = [
        (kt("Aufklärung"), url_for("kostenklar.explanations_new", course_id=at.course_id), at.talks > 0),
        (kt("Einwilligung"), consent, at.signed_id is not None),
        (kt("Kosten"), url_for("kostenklar.cost_notices_new", course_id=at.course_id), at.costs_told),
        (kt("Sitzung"), "", at.done > 0),
        (kt("Rechnung"), "", billed),
    ]
    current = next((index for index, entry in enumerate(entries) if not entry[2]), len(entries))
    return [
        (title, "" if done else url, "done" if done else "current" if index == current else "open")
        for index, (title, url, done) in enumerate(entries)
    ]
