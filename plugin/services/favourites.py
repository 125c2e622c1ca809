"""The numbers that a practice wants first in every search."""

from __future__ import annotations

from sqlalchemy import delete, select

from ...models.practice import FavouritePosition, Practice
from ...models.text_version import GoaePosition
from ..access import practices, scoped
from ..errors import NotFound
from ..extension import session


def keep_favourite(practice_id: int, number: str, *, wanted: bool) -> None:
    """Mark a number of the schedule, or take the mark away; doing it twice changes nothing. Raises NotFound."""
    known = select(GoaePosition.id).where(GoaePosition.number == number).limit(1)
    if practice_id not in practices() or not session().scalar(known):
        raise NotFound(f"GOÄ {number}")
    # two people who mark the same number wait for each other; the settings' own version stays as it is
    session().execute(select(Practice.id).where(Practice.id == practice_id).with_for_update())
    mine = (FavouritePosition.practice_id == practice_id, FavouritePosition.goae_number == number)
    marked = session().scalar(scoped(select(FavouritePosition.id).where(*mine)))
    if wanted and marked is None:
        session().add(FavouritePosition(practice_id=practice_id, goae_number=number))
    if not wanted and marked is not None:
        session().execute(delete(FavouritePosition).where(*mine))
    session().flush()
