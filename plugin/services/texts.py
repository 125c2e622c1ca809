"""The wording that holds on a day: the practice's own before the shipped one; shipped ones are loaded at upgrades."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import or_, select

from ...models.text_version import TextVersion
from ..extension import session


def wording(practice_id: int, key: str, language: str, on: dt.date) -> str:
    """The body of a text. Raises LookupError where no version holds."""
    found = wordings(practice_id, [key], language, on)
    if key not in found:
        raise LookupError(f"no text {key} in {language} on {on}")
    return found[key]


def wordings(practice_id: int, keys: list[str] | tuple[str, ...], language: str, on: dt.date) -> dict[str, str]:
    """key -> body for every key that has a version on that day; the newest of the practice wins."""
    rows = session().execute(
        select(TextVersion.key, TextVersion.body)
        .where(
            TextVersion.key.in_(keys),
            TextVersion.language == language,
            TextVersion.valid_from <= on,
            or_(TextVersion.practice_id.is_(None), TextVersion.practice_id == practice_id),
        )
        .order_by(TextVersion.practice_id.is_not(None), TextVersion.valid_from, TextVersion.id)
    )
    return {key: body for key, body in rows}  # noqa: C416  # a Row is no pair to mypy; the last row of a key is the one that wins


FROM_THE_FIRST = dt.date(1983, 1, 1)  # as the fee schedule: what has no predecessor holds for every day before, too


def load_shipped(on: dt.date) -> int:
    """Add the shipped texts that are not there yet; a practice's own are never touched. Returns how many were new.

    The first wording of a text holds from the first day, a later one from `on`.
    """
    from ...models.catalogue import shipped_texts

    query = select(TextVersion.key, TextVersion.language, TextVersion.sha256).where(TextVersion.shipped)
    there = {(key, language, digest) for key, language, digest in session().execute(query)}
    known = {(key, language) for key, language, _ in there}
    new = [text for text in shipped_texts() if (text.key, text.language, text.sha256) not in there]
    session().add_all(
        TextVersion(
            key=text.key, language=text.language, body=text.body, sha256=text.sha256, shipped=True,
            valid_from=on if (text.key, text.language) in known else FROM_THE_FIRST,
        )
        for text in new
    )  # fmt: skip
    return len(new)
