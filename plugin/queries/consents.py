"""What pages read about consents: their state, their paper, their scan and their two times."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from ...models.consent import Consent
from ...models.paper import IssuedPaper
from ..access import scoped
from ..errors import NotFound
from ..extension import session


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A consent with the number and day of its paper."""

    id: int
    version: int
    course_id: int
    state: str
    sites: str
    sessions: int
    valid_until: dt.date
    scan_id: int | None
    signed_on: dt.date | None
    recorded_at: dt.datetime | None
    recorded_by: str
    withdrawn_at: dt.datetime | None
    withdrawn_by: str
    withdrawn_how: str
    paper_id: int
    number: str
    issued_on: dt.date

    @property
    def places(self) -> str:
        """The covered sites in one line."""
        return ", ".join(self.sites.splitlines())


def consents_of(course_id: int) -> list[ConsentRow]:
    """The course's consents, the latest first; discarded ones are among them."""
    rows = session().execute(scoped(_rows().where(Consent.course_id == course_id).order_by(Consent.id.desc())))
    return [ConsentRow(*row) for row in rows]


def consent_row(consent_id: int) -> ConsentRow:
    """One consent. Raises NotFound."""
    row = session().execute(scoped(_rows().where(Consent.id == consent_id))).first()
    if row is None:
        raise NotFound(f"consent {consent_id}")
    return ConsentRow(*row)


def _rows() -> Select[Any]:
    names = list(ConsentRow.__dataclass_fields__)[:-2]
    columns = [getattr(Consent, name) for name in names]
    return select(*columns, IssuedPaper.number, IssuedPaper.issued_on).join(
        IssuedPaper, IssuedPaper.id == Consent.paper_id
    )
