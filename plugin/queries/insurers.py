"""What pages read about insurers, funds and Beihilfe authorities."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, tuple_

from ...models.patient import Insurer
from ..access import scoped
from ..errors import NotFound
from ..extension import session

PAGE = 50


@dataclass(frozen=True, slots=True)
class InsurerRow:
    """One of them as the list shows it."""

    id: int
    name: str
    kind: str
    ik: str
    department: str
    postcode: str
    city: str
    fax: str
    own_release_form: bool


def insurers(after: int = 0) -> tuple[list[InsurerRow], int]:
    """(a page by name, the id after which the next one begins; 0 at the end); `after` is such an id."""
    columns = [getattr(Insurer, name) for name in InsurerRow.__dataclass_fields__]
    query = select(*columns).order_by(Insurer.name, Insurer.id).limit(PAGE + 1)
    if after:
        place = session().execute(scoped(select(Insurer.name, Insurer.id).where(Insurer.id == after))).first()
        if place is not None:
            query = query.where(tuple_(Insurer.name, Insurer.id) > (place[0], place[1]))
    rows = [InsurerRow(*row) for row in session().execute(scoped(query))]
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else 0


def insurer_record(insurer_id: int) -> Insurer:
    """For its form. Raises NotFound."""
    found: Insurer | None = session().scalar(scoped(select(Insurer).where(Insurer.id == insurer_id)))
    if found is None:
        raise NotFound(f"insurer {insurer_id}")
    return found
